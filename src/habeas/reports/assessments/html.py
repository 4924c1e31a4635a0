"""An assessment as one page of HTML: no script, nothing from elsewhere, what is missing shown as missing.

As with the audit report, the page carries its own content security policy: only its one style sheet, named by its digest, may apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from habeas.errors import BadInput
from habeas.reports.assessments import words
from habeas.reports.assessments.page import page
from habeas.reports.html import digest
from habeas.rules.assessments.completing import Missing
from habeas.rules.assessments.values import Assessment
from habeas.terms.release import RELEASE

STYLES = ("report.css", "assessment.css")


def render(assessment: Assessment, missing: Sequence[Missing], *, at: datetime) -> str:
    """The whole assessment, self-contained, with everything that it lacks; `at` (aware) is when the page was written.

    Raises:
        BadInput: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise BadInput("at: expected a time with its time zone, e.g. datetime.now(UTC); got one without: say which zone it is in")
    style = _style_sheet()
    template = _environment().get_template("assessment.html.jinja")
    return template.render(
        page=page(assessment, missing, written=f"{at.astimezone(UTC):%Y-%m-%d, %H:%M} UTC"),
        words=words,
        style=Markup(style),  # noqa: S704 - our own files, which no data reaches
        style_hash=digest(style),
        version=RELEASE,
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader("habeas.reports.assessments"), PackageLoader("habeas.reports")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style_sheet() -> str:
    environment = _environment()
    loader = environment.loader
    return "" if loader is None else "".join(loader.get_source(environment, name)[0] for name in STYLES)
