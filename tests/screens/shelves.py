"""A small shelf for tests of pages: two made-up books, three made-up systems, one technology."""

from __future__ import annotations

from typing import Any

from habeas.catalogue.entries import Entry, Family, Statement, Status
from habeas.catalogue.families import Concern, Guidance, Worry
from habeas.reports.rule_pages.shelf import Shelf
from habeas.reports.screening.table import Row
from habeas.rules.rulebook import Force, Outcome, Rulebook
from habeas.rules.screening import screen
from habeas.terms.answers import Answer
from habeas.terms.description import SystemDescription, Technique
from habeas.terms.sources import Confidence, Source
from screens.made_up import ON, VOCABULARY, YES, among, book, is_yes, lift, rule, told, words

FIRST = Source(title="Paper One", where="https://one.example/a", read_on=ON)
SECOND = Source(title="Paper Two")

BAN = rule("FT-1", when=among("purpose", "predict", "list"))
STREETS = rule(
    "T-1",
    when=is_yes("public"),
    clears={"public": "the list of places"},
    lifts=(lift("order", is_yes("ordered"), "ordered"),),
    confidence=Confidence.MEMORY,
)
DUTY = rule("T-2", when=among("purpose", "draft", "list", "predict"), outcome=Outcome.DUTY, evidence=("a plan",), who=("users",))
STANDARD = book(BAN, name="fair-trials", short="Fair Trials", force=Force.STANDARD, binds_in=())
TOWN = book(STREETS, DUTY, unsettled=("whether streets are places",))


def entry(name: str, family: Family, answers: dict[str, Answer], **more: Any) -> Entry:
    """A made-up system of the catalogue."""
    said = Statement(says="In use", sources=(FIRST,), confidence=Confidence.SOURCE)
    description = SystemDescription(
        name=f"System {name}",
        version="1",
        operator="Police",
        about=f"About {name}.",
        used_in=("XA",),
        techniques=(Technique.LIST, Technique.UNKNOWN),
        answers=answers,
    )
    usual: dict[str, Any] = {
        "name": f"System {name}",
        "place": "Town",
        "operator": "Police",
        "vendor": None,
        "years": "since 2020",
        "status": Status.IN_USE,
        "status_note": said,
        "inputs": (Statement(says="age", sources=(FIRST, SECOND), confidence=Confidence.MIXED),),
        "decides": (),
        "findings": (Statement(says="nobody tested it", sources=(), confidence=Confidence.MEMORY),),
        "verified": Confidence.SOURCE,
    }
    return Entry(id=name, family=family, description=description, **{**usual, **more})


LISTED = entry("xa-list", Family.PERSON_LIST, {"purpose": told(words("list")), "public": told(YES)})
DRAFTS = entry("xa-draft", Family.CASEWORK, {"purpose": told(words("draft"))})
REMEMBERED = entry("xa-memory", Family.PERSON_LIST, {"purpose": told(words("list"))}, verified=Confidence.MEMORY)

TECHNOLOGY = Guidance(
    id="lists",
    name="Lists",
    what="A list.",
    purposes=("list",),
    benefits=("Police say it helps.",),
    worries=tuple(Worry(concern=concern, worry=f"Worry {concern.value}.", ask=("Who is on it?",)) for concern in reversed(Concern)),
    tested_by="`habeas audit`",
    waits_for=None,
    examples=("xa-list",),
    sources=(FIRST,),
)


def row(of: Entry, books: tuple[Rulebook, ...] = (STANDARD, TOWN)) -> Row:
    """The system with what the books find."""
    return Row(entry=of, verdicts=screen(of.description, books, on=ON))


def shelf() -> Shelf:
    """All of it."""
    return Shelf(
        books=(STANDARD, TOWN),
        vocabulary=VOCABULARY,
        technologies=(TECHNOLOGY,),
        documented=(row(LISTED), row(DRAFTS)),
        unverified=(row(REMEMBERED),),
        on=ON,
    )
