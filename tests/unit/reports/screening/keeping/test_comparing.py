from __future__ import annotations

import copy
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from habeas.errors import BadInput
from habeas.reports.screening.document import as_document
from habeas.reports.screening.keeping.changes_text import as_text
from habeas.reports.screening.keeping.comparing import Reason, Was, compare
from habeas.reports.screening.subject import Screening
from habeas.rules.rulebook import Outcome, Rulebook, Window
from habeas.rules.screening import screen
from habeas.terms.answers import Answer, Evidence, Value
from screens.made_up import NO, ON, VOCABULARY, YES, among, book, is_yes, rule, shown, system, told, words

LISTS = among("purpose", "list")
BAN = book(rule(when=LISTS), rule("R-2", when=is_yes("public"), outcome=Outcome.DUTY))


def document(answers: dict[str, Answer | Value], *books: Rulebook, on: date = ON) -> dict[str, Any]:
    described = system(answers)
    return as_document(Screening(system=described, verdicts=screen(described, books or (BAN,), on=on), on=on, vocabulary=VOCABULARY))


LISTING = {"purpose": words("list"), "public": told(NO)}


def test_nothing_changed_between_equal_screens() -> None:
    changes = compare(document(LISTING), document(LISTING))

    assert (changes.books, changes.answers, changes.reasons, changes.finding_changed) == ((), (), (), False)
    assert "No book finds anything else than before." in as_text(changes)
    assert "Nothing that a verdict rests on." in as_text(changes)


def test_another_answer_is_told_with_the_finding_and_the_rule_that_it_changed() -> None:
    changes = compare(document(LISTING), document({**LISTING, "purpose": words("draft")}))

    assert changes.finding_changed
    assert changes.reasons == (Reason.DESCRIPTION,)
    assert changes.answers == (Was(name="purpose", before="list", after="draft"),)
    assert changes.books[0].finding == Was(name="town", before="prohibited", after="no rule found")
    assert changes.books[0].rules == (Was(name="R-1", before="bites", after=None),)


def test_evidence_that_was_added_is_a_change_of_the_description() -> None:
    changes = compare(document(LISTING), document({**LISTING, "public": shown(NO)}))

    assert changes.answers == (Was(name="public", before="no", after="no, shown by a paper"),)
    assert not changes.finding_changed


def test_another_version_of_the_book_is_told() -> None:
    amended = book(
        rule(when=is_yes("public")), version="2", changes=(BAN.changes[0].__class__(version="2", on=ON, what="Lists are free."),)
    )
    changes = compare(document(LISTING), document(LISTING, amended))

    assert changes.reasons == (Reason.BOOKS,)
    assert changes.finding_changed
    assert changes.books[0].edition is not None
    assert str(changes.books[0].edition.before).startswith("version 1 (")
    assert str(changes.books[0].edition.after).startswith("version 2 (")


def test_a_book_that_says_something_else_under_the_same_version_is_told_by_its_digest() -> None:
    changes = compare(document(LISTING), document(LISTING, book(rule(when=LISTS, text="Other words."), BAN.rules[1])))

    assert changes.reasons == (Reason.BOOKS,)


def test_a_book_of_ones_own_is_told_beside_the_one_that_habeas_brings() -> None:
    own = document(LISTING, book(rule(when=LISTS, text="Other words."), BAN.rules[1]))
    own["books"][0]["shipped"] = False
    (change,) = compare(document(LISTING), own).books

    assert change.edition is not None
    assert str(change.edition.after).endswith(", not a book that habeas brings)")
    assert "not a book" not in str(change.edition.before)


def test_another_day_is_told() -> None:
    ended = book(rule(when=LISTS, windows=(Window(end=ON, basis="Art 9"),)))
    changes = compare(document(LISTING, ended), document(LISTING, ended, on=ON + timedelta(days=1)))

    assert changes.reasons == (Reason.DAY,)
    assert changes.finding_changed


def test_a_refusing_book_that_was_asked_only_once_is_a_change_and_the_first_reason() -> None:
    city = book(rule("C-1", when=LISTS), name="city")
    for before, after, said in ((BAN,), (BAN, city), "screened now only"), ((BAN, city), (BAN,), "screened before only"):
        changes = compare(document(LISTING, *before), document({**LISTING, "needed": NO}, *after))
        assert changes.finding_changed
        assert changes.reasons == (Reason.ASKED, Reason.DESCRIPTION)
        text = as_text(changes)
        assert f"! Not the same books were asked: only once City.\n* City: {said}: prohibited" in text
        assert "These differ: which books were asked; the description of the system." in text


def test_a_book_without_a_ban_that_was_asked_only_once_changes_no_finding() -> None:
    city = book(rule("C-1", when=LISTS, outcome=Outcome.DUTY), name="city")
    changes = compare(document(LISTING, BAN, city), document(LISTING, BAN))

    assert not changes.finding_changed
    assert changes.reasons == (Reason.ASKED,)


def test_the_strictest_finding_counts_where_no_book_was_asked_twice() -> None:
    free, duties = book(rule(when=among("purpose", "draft"))), book(rule(when=LISTS, outcome=Outcome.DUTY), name="city")

    assert compare(document(LISTING, free), document(LISTING, duties)).finding_changed


@pytest.mark.parametrize(
    "altered",
    [Answer(value=YES, note="read"), Answer(value=YES, evidence=(Evidence(what="a paper", where="file 3"),)), Answer(value=YES)],
)
def test_any_difference_in_an_answer_is_told(altered: Answer) -> None:
    before = Answer(value=YES, evidence=(Evidence(what="a paper"),), note="seen")
    changes = compare(document({**LISTING, "needed": before}), document({**LISTING, "needed": altered}))

    assert [answer.name for answer in changes.answers] == ["needed"]
    assert changes.answers[0].before == "yes, shown by a paper, noted: seen"
    assert changes.answers[0].after != changes.answers[0].before


def test_rules_that_went_the_same_way_stand_together() -> None:
    many = book(rule("R-1", when=LISTS), rule("R-2", when=LISTS), rule("R-3", when=is_yes("public")))
    changes = compare(document({"purpose": words("list")}, many), document({"purpose": words("draft"), "public": YES}, many))

    assert "Town\n  - R-1, R-2: bites -> doesn't bite\n  - R-3: open -> bites\n" in as_text(changes)


def test_what_is_to_come_disputed_or_lifted_is_said_in_words() -> None:
    disputed = Window(start=ON, basis="Art 9", disputed="two readings")
    later = Window(start=date(2027, 1, 1), basis="Art 9")
    of = book(
        rule("R-1", when=LISTS, windows=(disputed,)),
        rule("R-2", when=LISTS, windows=(later,)),
        rule("R-3", when=is_yes("public"), windows=(later,)),
    )
    changes = compare(document({"purpose": words("draft"), "public": NO}, of), document({"purpose": words("list")}, of))

    assert {rule.name: rule.after for rule in changes.books[0].rules} == {
        "R-1": "open, and disputed",
        "R-2": "from 2027-01-01 on",
        "R-3": "perhaps from 2027-01-01 on",
    }


def test_fields_that_a_later_release_adds_are_passed_over() -> None:
    later = copy.deepcopy(document(LISTING))
    later["tool"]["version"] = "9.9"
    later["colour"] = "blue"
    later["books"][0]["rulings"][0]["colour"] = "blue"

    changes = compare(document(LISTING), later)

    assert changes.books == ()
    assert changes.reasons == (Reason.RELEASE,)


def test_a_verdict_that_the_first_release_kept_stays_readable(repository: Path) -> None:
    first = json.loads((repository / "tests" / "vectors" / "screens" / "verdicts-1.json").read_bytes())
    of = book(rule(when=LISTS), rule("R-2", when=is_yes("public")))

    changes = compare(first, document({"purpose": words("list")}, of))

    assert changes.books[0].finding == Was(name="town", before="blocked pending evidence", after="prohibited")
    assert changes.books[0].rules == (Was(name="R-1", before="lifted by ordered", after="bites"),)


@pytest.mark.parametrize(
    "spoil", [{"habeas": "audit-result/1"}, {"books": None}, {"books": [{}]}, {"system": {}}, {"on": None, "books": 3}]
)
def test_what_is_no_verdict_is_refused(spoil: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        compare(document(LISTING), {**document(LISTING), **spoil})

    assert str(refused.value) == (
        "the second file: expected a verdict that `habeas screen SYSTEM --out FILE` wrote; it holds something else"
    )


def test_a_verdict_of_a_later_format_is_refused_by_name() -> None:
    with pytest.raises(BadInput) as refused:
        compare({**document(LISTING), "habeas": "verdicts/2"}, document(LISTING))

    assert str(refused.value) == (
        "habeas: the first file is of format verdicts/2; this release reads verdicts/1, not verdicts/2: use a newer habeas"
    )


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_asked_for(width: int) -> None:
    text = as_text(compare(document(LISTING), document({**LISTING, "purpose": words("draft"), "ordered": shown(YES)})), width=width)

    assert max(len(line) for line in text.splitlines()) <= width


def test_screens_by_different_books_have_nothing_to_compare() -> None:
    city = book(rule("C-1", when=LISTS), name="city")

    changes = compare(document(LISTING, BAN), document(LISTING, city))

    assert as_text(changes).startswith("! No book was asked in both.\n")
    assert "No book was asked" not in as_text(compare(document(LISTING, BAN), document(LISTING, BAN, city)))
