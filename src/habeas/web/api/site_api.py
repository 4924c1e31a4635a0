"""The API itself: its name, what it can be asked, and how problems are answered."""

from __future__ import annotations

from ninja import NinjaAPI

from habeas.web.api.problems import answer_problems
from habeas.web.api.routes import entries, findings, known, organisations

DESCRIPTION = """\
Everything that this register shows to everybody, for programs. Read-only: there is nothing to sign in to, and no key. Answers are JSON,
allow any origin (CORS), and have an ETag. What is withheld isn't here either; what is missing is named as missing. Texts are in English or
in the owners' own words. Readers must pass over fields they don't know: later releases of version 1 may add some, and take none away.
"""


def made() -> NinjaAPI:
    """The API with all that it can be asked."""
    one = NinjaAPI(
        title="habeas register",
        version="1",
        description=DESCRIPTION,
        urls_namespace="api",
        openapi_url=None,  # ours, with the shapes that are published elsewhere: `openapi`
        docs_url=None,  # ninja's page loads scripts from elsewhere; ours is /api/
    )
    for router in (entries.router, findings.router, known.router, organisations.router):
        one.add_router("", router)
    answer_problems(one)
    return one


api = made()
