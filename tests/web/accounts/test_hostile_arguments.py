"""What nobody types, at every address: each is refused or ignored, on every database, and never an error of the site's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from habeas.web.accounts.matrix import Endpoint, endpoints
from habeas.web.base.actors import Role
from web.endpoint_arguments import Line, arguments_of_drafts, value_of
from web.makers import signed_in, user

pytestmark = pytest.mark.django_db

NAMES = (
    "q", "near", "operator", "kind", "place", "technology", "purpose", "status", "standing", "origin", "sort", "prohibited", "audited",
    "page", "version", "from", "to", "before", "after", "again", "next", "all", "family", "book", "finding", "key", "size",
)  # fmt: skip
"""What addresses may be asked after the question mark, by all our views and those of libraries."""
VALUES = ("\0", "a\0b", "9" * 100, "-1", "²", "١", "1e9", "\u202e\ufffe", "'\"<script>", "..%2f..", "\ud7ff\U0010ffff", "%", "_")
PIECES = ("a%00b", "%00", "..%2f..%2fetc%2fpasswd", "%ff%fe", "9" * 40, "%c2%b2", "-1", "%2e%2e", "%5c", "%0d%0aX-Made-Up:%201")
ROLES = (Role.SYSTEM_OWNER, Role.APPROVER, Role.AUDITOR, Role.OVERSIGHT, Role.ADMINISTRATOR)
SAYS_IT_IS_NOT_WELL = {"health"}  # 503 where no worker runs


@pytest.fixture
def browsers() -> tuple[Client, Client]:
    """A stranger's, and that of somebody who may do everything."""
    return Client(raise_request_exception=False), signed_in(Client(raise_request_exception=False), user("all@force.example", *ROLES))


def broken(client: Client, address: str, **asked: object) -> str:
    """The address, where it answers by an error of the site's own."""
    with transaction.atomic():
        answer = client.get(address, asked)
        if answer.streaming:
            b"".join(answer)  # type: ignore[arg-type]  # no view here is asynchronous
        transaction.set_rollback(True)
    return address if answer.status_code >= 500 else ""


def made(endpoint: Endpoint, lines: Sequence[Line]) -> str:
    """The address with arguments that fit."""
    given = {one: value_of(endpoint, one, lines) for one in endpoint.arguments}
    return reverse(endpoint.name, kwargs=given)


def of_pieces(endpoint: Endpoint, piece: str) -> str:
    """The address with that in the place of every argument."""
    route = f"/{endpoint.route}"
    for name in endpoint.arguments:
        for kind in ("", "int:", "str:", "slug:", "path:"):
            route = route.replace(f"<{kind}{name}>", piece)
    return route


def test_after_the_question_mark(tmp_path: Path, browsers: tuple[Client, Client], caplog: pytest.LogCaptureFixture) -> None:
    lines = arguments_of_drafts(tmp_path)
    every = [one for one in endpoints() if one.name and one.name not in SAYS_IT_IS_NOT_WELL]
    caplog.clear()

    found = [
        broken(browser, made(one, lines), **dict.fromkeys(NAMES, value), sent=quote(value))
        for one in every
        for browser in browsers
        for value in VALUES
    ]

    assert set(found) == {""}


def test_in_the_address_itself(browsers: tuple[Client, Client]) -> None:
    found = [broken(browser, of_pieces(one, piece)) for one in endpoints() if one.arguments for browser in browsers for piece in PIECES]

    assert set(found) == {""}
