"""The report as one page of HTML: no script, nothing from elsewhere, readable by everyone, on paper too.

The page carries its own content security policy: only its one style sheet, named by its digest, may apply. Browsers then refuse
whatever else someone might smuggle in, even if a label of the data got past the escaping.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Container
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from habeas.audit.result import AuditResult
from habeas.errors import BadInput
from habeas.reports.sections import (
    calibration,
    closing,
    consequences,
    discrimination,
    exploring,
    findings,
    groups,
    opening,
    sensitivity,
    thresholds,
)
from habeas.reports.sections.blocks import Page, Section
from habeas.terms.release import RELEASE


def render(result: AuditResult, *, at: datetime) -> str:
    """The whole report, self-contained; `at` (aware) is when it was written.

    Raises:
        BadInput: `at` has no time zone.
    """
    environment = _environment()
    style = _style_sheet()
    return environment.get_template("report.html.jinja").render(
        page=page(result, at=at),
        style=Markup(style),  # noqa: S704 - our own file, which no data reaches
        style_hash=digest(style),
        version=RELEASE,
    )


def fragment(result: AuditResult, *, at: datetime, sections: Container[str] | None = None) -> Markup:
    """The verdict and these sections (by id; None: all) as a part of another page, which brings the style sheet.

    Raises:
        BadInput: `at` has no time zone.
    """
    shown = page(result, at=at)
    chosen = [section for section in shown.sections if sections is None or section.id in sections]
    text = _environment().get_template("fragment.html.jinja").render(page=shown, sections=chosen)
    return Markup(text)  # noqa: S704 - from our template, which escapes every word of the data


def page(result: AuditResult, *, at: datetime) -> Page:
    """What the report says, before it is laid out; sections without content are left out."""
    written = _written(at)
    return Page(
        title=result.plan.title,
        tested=opening.tested(result, written=written),
        verdict=opening.verdict(result),
        sections=tuple(section for section in _sections(result) if section is not None),
        written=written,
    )


def digest(style: str) -> str:
    """The style sheet's name in a content security policy (CSP level 3, section 2.3.1): `sha256-...`."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"


def _sections(result: AuditResult) -> tuple[Section | None, ...]:
    return (
        opening.reading(result),
        findings.section(result),
        groups.section(result),
        consequences.balances(result),
        consequences.oversight(result),
        discrimination.section(result),
        calibration.section(result),
        thresholds.section(result),
        sensitivity.stratified(result),
        sensitivity.doubts(result),
        exploring.exploratory(result),
        exploring.screening(result),
        closing.limits(result),
        closing.method(result),
        closing.check(result),
        closing.glossary(result),
    )


def _written(at: datetime) -> str:
    if at.tzinfo is None:
        raise BadInput("at: expected a time with its time zone, e.g. datetime.now(UTC); got one without: say which zone it is in")
    moment = at.astimezone(UTC)
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment:%Y, %H:%M} UTC"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Written out, since the machine's locale must not change the page."""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("habeas.reports"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


@cache
def _style_sheet() -> str:
    environment = _environment()
    return environment.loader.get_source(environment, "report.css")[0] if environment.loader is not None else ""
