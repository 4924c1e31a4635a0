"""A made-up law, a described system and the assessments drafted from them, blank and filled in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import count
from typing import Any

from habeas.catalogue.families import Concern, Guidance, Worry
from habeas.errors import BadRulebook
from habeas.rules.assessments.drafting import draft
from habeas.rules.assessments.values import Assessment, Blank, Harm, Kind
from habeas.rules.rulebook import Rulebook
from habeas.rules.screening import screen
from habeas.runs.rulebooks.library import parse_description, vocabulary
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.yaml_text.door import parse
from habeas.terms.description import SystemDescription

ON = date(2026, 11, 22)

SYSTEM = """\
habeas: system/1
name: Visit planner
version: "2.1"
operator: Example Police
about: Says which streets are visited on which evening.
used_in: [XA]
answers:
  purpose: [predict-place]
  operator:
    answer: [police]
    evidence: [{what: the contract, where: file 12, by: head of purchasing}]
    note: since May
  context: [prevention, unknown]
  influences_decisions: yes
  in_service_from: 2026-05-01
"""

BOOK = """\
habeas: rulebook/1
id: made-up
title: A made-up law
short: Made up
force: law
version: "1"
checked_on: 2026-11-22
binds_in: [XA]
about: A law made up for tests.
source: Gazette
changes: [{version: "1", on: 2026-11-22, what: First version.}]
rules:
"""

RULE = """\
  - id: %(id)s
    article: Art %(id)s
    title: Title of %(id)s
    text: A rule.
    outcome: %(outcome)s
    when: %(when)s
    applies: [%(applies)s]
    source: Gazette
    confidence: memory
    examples:
      caught: [{says: yes, answers: {purpose: [predict-place]}}]
      passed: [{says: no, answers: {purpose: [assist-casework]}}]
"""

PLACE, EMOTION, ADVERSE = "{purpose: [predict-place]}", "{purpose: [infer-emotion-or-deception]}", "{adverse_effect: yes}"
ALWAYS, LATER = "{from: 2025-02-01, basis: b}", "{from: 2027-12-02, basis: b}"


def rule(name: str, *more: str, outcome: str = "duty", when: str = PLACE, applies: str = ALWAYS) -> str:
    """A rule as text; `more`: further lines such as `safeguard: oversight`."""
    return RULE % {"id": name, "outcome": outcome, "when": when, "applies": applies} + "".join(f"    {line}\n" for line in more)


def book(*rules: str, head: str = BOOK) -> Rulebook:
    """A book of these rules."""
    return parse(head + "".join(rules), top=RulebookFile, name="book", kind=BadRulebook, context={"vocabulary": vocabulary()}).value()


DUTIES = (
    rule("D-OVERSIGHT", "safeguard: oversight"),
    rule("D-TRANSPARENT", "safeguard: transparency", "deadline: {within: 1, unit: months, starts: the request, says: in a month}"),
    rule("D-LATER", "safeguard: accountability", "deadline: {says: without undue delay}", applies=LATER),
    rule("D-UNCLEAR", "safeguard: bias-testing", when=ADVERSE),
    rule("D-DATA", "safeguard: data-protection"),
    rule("D-REST", outcome="right"),
    rule("D-OTHER", "safeguard: oversight", when=EMOTION),
)
BAN = rule("BAN", outcome="prohibited")
OPEN_BAN = rule("OPEN-BAN", outcome="prohibited", when=ADVERSE)

FAMILY = Guidance(
    id="made-up-family",
    name="Made-up family",
    what="Something.",
    purposes=("predict-place",),
    benefits=("Vendors say that it saves hours.",),
    worries=tuple(Worry(concern=concern, worry="A worry.", ask=("A question?",)) for concern in Concern),
    tested_by="nothing",
    waits_for=None,
    examples=(),
    sources=(),
)
OTHER_FAMILY = dataclasses.replace(FAMILY, id="other", purposes=("route-calls",), benefits=("Others say that it is quick.",))

HARM = Harm(
    id="harm-1",
    says="Shown different. False positive rate: +21.4 percentage points (95% interval +18.2 to +24.5; 1,795 against 1,488 cases).",
    detail="Of 100 people, 45.",
    audited="Visit planner, 2.1",
    plan_sha256="0" * 64,
    report_sha256="1" * 64,
)


@cache
def system() -> SystemDescription:
    """The system described above."""
    return parse_description(SYSTEM, name="system.yaml")


def drafted(kind: Kind = Kind.FUNDAMENTAL_RIGHTS, *, of: SystemDescription | None = None, books: Any = None, **more: Any) -> Assessment:
    """A draft for the system, or another, by the made-up law."""
    described, known = system() if of is None else of, (book(*DUTIES),) if books is None else books
    return draft(described, screen(described, known, on=ON), kind=kind, vocabulary=vocabulary(), on=ON, **more)


def filled(assessment: Assessment) -> Assessment:
    """The assessment with a sentence of its own in every blank, a signature, and a review a year after it."""
    return dataclasses.replace(_filled(assessment, count(1)), review_on=assessment.drafted_on + timedelta(days=365))


def _filled(value: Any, page: Iterator[int]) -> Any:
    if isinstance(value, Blank):
        return ON if value.ask.startswith("a day") else f"People wrote this on page {next(page)}, in May."
    if isinstance(value, tuple):
        return tuple(_filled(item, page) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{field.name: _filled(getattr(value, field.name), page) for field in dataclasses.fields(value)})
    return value
