from __future__ import annotations

import json
from datetime import date, timedelta

import jsonschema

from habeas.reports.documents.writing import to_bytes
from habeas.reports.screening.document import as_document
from habeas.reports.screening.schema import verdicts_schema
from habeas.reports.screening.subject import Screening
from habeas.rules.conditions import AllOf
from habeas.rules.plain import digest
from habeas.rules.rulebook import Force, Outcome, Window
from habeas.rules.screening import screen
from habeas.runs.rulebooks import library
from screens.made_up import NO, ON, VOCABULARY, YES, among, book, in_class, is_yes, lift, rule, shown, system, told, words

LISTS = among("purpose", "list")
TOMORROW = ON + timedelta(days=1)
BOOK = book(
    rule("R-1", when=LISTS, lifts=(lift("ordered", AllOf(parts=(is_yes("ordered"), is_yes("needed"))), "ordered", "needed"),)),
    rule("R-2", when=is_yes("public"), clears={"public": "a map"}),
    rule("R-3", when=among("purpose", "draft"), outcome=Outcome.DUTY),
    rule("R-4", when=LISTS, outcome=Outcome.DUTY, windows=(Window(start=TOMORROW, basis="Art 9"),)),
    rule("R-5", when=LISTS, windows=(Window(start=ON, basis="Art 9", disputed="two readings"), Window(start=TOMORROW, basis="Art 10"))),
    rule("R-6", when=LISTS, lifts=(lift("started", is_yes("public"), "public"),)),
    rule("R-7", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk"),
    rule("R-8", when=in_class("high-risk"), outcome=Outcome.DUTY, windows=(Window(start=date(2025, 2, 2), basis="Art 9"),)),
)
SYSTEM = system({"purpose": words("list"), "public": told(NO), "ordered": told(YES), "needed": NO}, used_in=("XA",))
DOCUMENT = as_document(Screening(system=SYSTEM, verdicts=screen(SYSTEM, (BOOK,), on=ON), on=ON, vocabulary=VOCABULARY))
RULINGS = {ruling["rule"]: ruling for ruling in DOCUMENT["books"][0]["rulings"]}


def test_the_document_says_what_was_screened_by_what_and_when() -> None:
    assert (DOCUMENT["habeas"], DOCUMENT["on"], DOCUMENT["finding"]) == ("verdicts/1", "2026-11-22", "prohibited")
    assert DOCUMENT["system"]["sha256"] == digest(SYSTEM)
    assert DOCUMENT["system"]["answers"] == {"purpose": ["list"], "public": "no", "ordered": "yes", "needed": "no"}
    assert {name: DOCUMENT["books"][0][name] for name in ("id", "version", "sha256", "binding", "finding")} == {
        "id": "town",
        "version": "1",
        "sha256": digest(BOOK),
        "binding": "yes",
        "finding": "prohibited",
    }


def test_rulings_that_are_plainly_no_are_left_out() -> None:
    assert list(RULINGS) == ["R-1", "R-2", "R-4", "R-5", "R-6", "R-7", "R-8"]


def test_an_exception_tells_what_is_missing_and_what_stands_in_its_way() -> None:
    assert RULINGS["R-1"]["bites"] == "yes"
    assert RULINGS["R-1"]["exceptions"] == [
        {
            "id": "ordered",
            "article": "Art 1(2)",
            "title": "exception ordered",
            "shown": "unknown",
            "missing": [{"test": {"ordered": "yes"}, "shown_by": "paper on ordered"}],
            "in_the_way": [{"needed": "yes"}],
        }
    ]


def test_an_open_ruling_tells_its_question_and_what_would_show_it() -> None:
    assert RULINGS["R-2"]["bites"] == "unknown"
    assert RULINGS["R-2"]["hinges"] == [{"public": "yes"}]
    assert RULINGS["R-2"]["clears"] == {"public": "a map"}
    assert DOCUMENT["open_questions"] == [
        {
            "fact": "public",
            "question": "Is it used in public?",
            "why": "Some bans are about streets.",
            "rules": ["R-2"],
            "shown_by": {"R-2": "a map"},
        }
    ]


def test_days_and_disputes_are_told() -> None:
    assert (RULINGS["R-4"]["from"], RULINGS["R-4"]["bites"]) == ("2026-11-23", "no")
    assert (RULINGS["R-5"]["disputed"], RULINGS["R-5"]["beyond_dispute_from"]) == ("two readings", "2026-11-23")
    assert RULINGS["R-8"]["since"] == "2025-02-02"


def test_a_lifted_ban_stays_in_the_document_with_what_lifts_it() -> None:
    answers = system({"purpose": words("list"), "ordered": shown(YES), "needed": shown(YES)})
    document = as_document(Screening(system=answers, verdicts=screen(answers, (BOOK,), on=ON), on=ON, vocabulary=VOCABULARY))

    assert document["books"][0]["rulings"][0]["lifted_by"] == "ordered"
    assert document["system"]["answers"]["ordered"] == {"answer": "yes", "evidence": [{"what": "a paper"}]}


def test_an_exception_to_a_ban_that_is_not_met_is_no_news() -> None:
    harmless = system({"purpose": words("draft"), "public": shown(NO), "ordered": shown(YES), "needed": shown(YES)})
    document = as_document(Screening(system=harmless, verdicts=screen(harmless, (BOOK,), on=ON), on=ON, vocabulary=VOCABULARY))

    assert [ruling["rule"] for ruling in document["books"][0]["rulings"]] == ["R-3"]


def test_a_standard_has_no_place_where_it_binds() -> None:
    standard = book(rule(when=LISTS), force=Force.STANDARD, binds_in=())
    document = as_document(Screening(system=SYSTEM, verdicts=screen(SYSTEM, (standard,), on=ON), on=ON, vocabulary=VOCABULARY))

    assert document["books"][0]["binding"] == "standard"


def test_equal_screens_are_equal_bytes() -> None:
    again = as_document(Screening(system=SYSTEM, verdicts=screen(SYSTEM, (BOOK,), on=ON), on=ON, vocabulary=VOCABULARY))

    assert to_bytes(again) == to_bytes(DOCUMENT)
    assert json.loads(to_bytes(DOCUMENT)) == DOCUMENT


def test_the_document_keeps_to_its_published_schema() -> None:
    jsonschema.Draft202012Validator(verdicts_schema()).validate(DOCUMENT)


def test_every_field_that_is_written_is_described_by_the_schema() -> None:
    schema = verdicts_schema()

    assert set(DOCUMENT) == set(schema["properties"])
    assert set(DOCUMENT["books"][0]) == set(schema["$defs"]["Book"]["properties"])
    assert {name for ruling in RULINGS.values() for name in ruling} <= set(schema["$defs"]["Ruling"]["properties"])


def test_every_system_of_the_catalogue_keeps_to_the_schema_too() -> None:
    check = jsonschema.Draft202012Validator(verdicts_schema())
    for entry in library.catalogue():
        verdicts = screen(entry.description, library.books(), on=ON)
        check.validate(as_document(Screening(system=entry.description, verdicts=verdicts, on=ON, vocabulary=library.vocabulary())))


def test_a_document_with_a_finding_of_its_own_does_not_fit() -> None:
    assert not jsonschema.Draft202012Validator(verdicts_schema()).is_valid({**DOCUMENT, "finding": "allowed"})
