"""What a newer version changes is told field by field, whether its changelog tells it, and whom it judges otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.rules.difference import NOT_SAID, FieldChange, How, RuleChange, difference, rejudged, turning_days
from habeas.rules.rulebook import Change
from habeas.rules.verdicts import Finding
from habeas.terms.answers import Answer, Evidence, Several, Ternary
from habeas.terms.description import SystemDescription
from screens.book_texts import BOOK, book

NEXT = ("changes:\n", 'changes:\n  - {version: "3", on: 2026-12-01, what: Amended., rules: [RULES]}\n')
RAISED = ('version: "2"\nchecked', 'version: "3"\nchecked')
ON = date(2026, 11, 22)


def entry(*rules: str) -> tuple[str, str]:
    """The line that version 3 adds to the changelog."""
    return NEXT[0], NEXT[1].replace("RULES", ", ".join(rules))


def system(**answers: Answer) -> SystemDescription:
    return SystemDescription(name="A tool", version="1", operator="somebody", about="does something", answers=answers)


LISTED = Answer(value=Several(words=frozenset({"list"})))
NEW = Answer(value=date(2025, 1, 1))
NO = Answer(value=Ternary.NO)
DRAFTS = Answer(value=Several(words=frozenset({"draft"})))


def test_a_book_does_not_differ_from_itself() -> None:
    found = difference(book(), book())

    assert (found.fields, found.rules, found.entries, found.omissions) == ((), (), (), ())


def test_an_amended_date_is_told_with_its_place() -> None:
    found = difference(book(), book(RAISED, entry("S-1"), ("from: 2026-02-01", "from: 2026-03-01")))

    change = FieldChange(field="applies[0].from", old="2026-02-01", new="2026-03-01")
    assert found.rules == (RuleChange(id="S-1", title="No lists", how=How.AMENDED, fields=(change,)),)
    assert found.omissions == ()


def test_an_amended_condition_is_told_word_by_word() -> None:
    found = difference(book(), book(RAISED, entry("S-1"), ("when: {purpose: [list, predict]}", "when: {purpose: [list]}")))

    assert found.rules[0].fields == (FieldChange(field="when.purpose", old=["list", "predict"], new=["list"]),)


def test_an_exception_is_recognised_by_its_name_wherever_it_stands() -> None:
    amended = book(RAISED, entry("S-1"), ("title: A human decides", "title: A human really decides"))

    assert difference(book(), amended).rules[0].fields == (
        FieldChange(field="exceptions[0].title", old="A human decides", new="A human really decides"),
    )


def test_an_exception_that_is_new_is_told_whole() -> None:
    start = BOOK.index("    exceptions:")
    without = book(
        (BOOK[start : BOOK.index("    applies:", start)], ""),
        ("purpose: [list]\n            human_decides", "purpose: [draft]\n            human_decides"),
    )
    change = next(change for change in difference(without, book()).rules[0].fields if change.field.startswith("exceptions"))

    assert (change.field, change.old) == ("exceptions", None)
    assert change.new[0]["id"] == "human"


def test_examples_in_another_order_are_told_by_what_they_say() -> None:
    first, second = "{says: A letter writer., answers: {purpose: [draft]}}", "{says: Another., answers: {purpose: []}}"
    old, new = (book((first, f"{one}\n        - {other}")) for one, other in ((first, second), (second, first)))

    (change,) = difference(old, new).rules[0].fields
    assert change.field == "examples.passed"
    assert (change.old[:2], change.new[:2]) == (["A letter writer.", "Another."], ["Another.", "A letter writer."])


def test_an_example_that_is_added_is_told_alone() -> None:
    second = "{says: Another., answers: {purpose: []}}"
    amended = book(("      passed:\n        - {says: A letter", f"      passed:\n        - {second}\n        - {{says: A letter"))

    (change,) = difference(book(), amended).rules[0].fields
    assert (change.field, change.old, change.new) == ("examples.passed[0]", None, {"says": "Another.", "answers": {"purpose": []}})


def test_two_examples_of_the_same_words_are_told_apart_by_their_place() -> None:
    twice = ("{says: A list of the time before., ", "{says: A list where a human decides., ")
    old, new = book(twice), book(twice, ("on: 2026-01-31", "on: 2026-01-30"))

    assert difference(old, new).rules[0].fields == (FieldChange(field="examples.passed[2].on", old="2026-01-31", new="2026-01-30"),)


def test_an_example_that_says_the_same_as_another_is_not_lost() -> None:
    letter = "{says: A letter writer., answers: {purpose: [draft]}}"
    amended = book((letter, f"{letter}\n        - {{says: A letter writer., answers: {{purpose: []}}}}"))

    assert [change.new for change in difference(book(), amended).rules[0].fields] == [
        {"says": "A letter writer.", "answers": {"purpose": []}},
    ]


def test_a_window_that_is_added_is_told_alone() -> None:
    amended = book(
        RAISED,
        entry("S-3"),
        (
            "      - {from: 2027-12-02, basis: Art 10}\n",
            "      - {from: 2027-12-02, basis: Art 10}\n      - {from: 2030-01-01, basis: Art 11}\n",
        ),
    )

    assert difference(book(), amended).rules[0].fields == (
        FieldChange(field="applies[2]", old=None, new={"from": "2030-01-01", "basis": "Art 11"}),
    )


def test_a_rule_that_is_removed_and_one_that_is_added_are_told() -> None:
    found = difference(book(), book(RAISED, entry("S-3", "S-4"), ("id: S-3", "id: S-4")))

    assert [(change.id, change.how) for change in found.rules] == [("S-4", How.ADDED), ("S-3", How.REMOVED)]


def test_a_rule_that_is_removed_should_have_ended_unless_it_went_on_purpose() -> None:
    lost = difference(book(), book(RAISED, entry("S-3", "S-4"), ("id: S-3", "id: S-4"))).rules[1]
    taken = difference(book(), book(RAISED, entry("S-4"), ("id: S-3", "id: S-4"), ("rules: [S-4]", "rules: [S-4], removed: [S-3]")))

    (warning,) = lost.warnings
    assert warning.startswith("removed: a rule that ended gets an `until`; verdicts cite its id")
    assert taken.rules[1].warnings == ()
    assert taken.omissions == ()


NARROWED = ("when: {purpose: [list, predict]}", "when: {purpose: [list]}")


@pytest.mark.parametrize(
    ("changes", "warned"),
    [
        ([NARROWED], True),
        ([("human_decides: yes}", "human_decides: no}")], True),
        ([NARROWED, ("title: No lists", "title: No lists of people")], False),
        ([("from: 2026-02-01", "from: 2026-03-01")], False),
        ([("title: A human decides", "title: A human really decides")], False),
    ],
)
def test_conditions_that_change_without_title_and_text_are_warned_of(changes: list[tuple[str, str]], warned: bool) -> None:  # noqa: FBT001
    (rule,) = difference(book(), book(RAISED, entry("S-1"), *changes)).rules

    assert rule.warnings == ((NOT_SAID,) if warned else ())


def test_what_differs_in_the_book_itself_is_told() -> None:
    found = difference(book(), book(RAISED, entry(), ("binds_in: [XA]", "binds_in: [XA, XB]")))

    assert found.fields == (
        FieldChange(field="version", old="2", new="3"),
        FieldChange(field="binds_in", old=["XA"], new=["XA", "XB"]),
    )


def test_what_the_changelog_adds_is_told() -> None:
    found = difference(book(), book(RAISED, entry("S-1"), ("from: 2026-02-01", "from: 2026-03-01")))

    assert found.entries == (Change(version="3", on=date(2026, 12, 1), what="Amended.", rules=("S-1",)),)


def test_a_version_that_was_not_raised_is_an_omission() -> None:
    found = difference(book(), book(("from: 2026-02-01", "from: 2026-03-01")))

    assert found.omissions == (
        "the version is still 2, although the book changed: raise it, and write under changes what changed",
        "changes names no new entry for S-1: add what changed there, with the rules it concerns",
    )


def test_a_rule_that_the_changelog_leaves_out_is_an_omission() -> None:
    found = difference(
        book(),
        book(
            RAISED, entry("S-1"), ("from: 2026-02-01", "from: 2026-03-01"), ("before: 2020-01-01", "before: 2020-01-01, since: 1990-01-01")
        ),
    )

    assert found.omissions == ("changes names no new entry for S-2: add what changed there, with the rules it concerns",)


def test_a_rule_that_the_changelog_names_without_a_change_is_an_omission() -> None:
    found = difference(book(), book(RAISED, entry("S-1", "S-2"), ("from: 2026-02-01", "from: 2026-03-01")))

    assert found.omissions == ("changes names S-2, where nothing changed: take them out, or mend the ids",)


def test_several_rules_named_without_a_change_are_told_in_order() -> None:
    found = difference(book(), book(RAISED, entry("S-9", "S-3", "S-2", "S-8", "S-7")))

    assert found.omissions == ("changes names S-2, S-3, S-7, S-8, S-9, where nothing changed: take them out, or mend the ids",)


def test_a_past_that_was_altered_is_an_omission() -> None:
    found = difference(
        book(), book(RAISED, entry("S-1"), ("from: 2026-02-01", "from: 2026-03-01"), ("what: First version.", "what: A version."))
    )

    assert found.omissions == ("what changes said of version 1 was altered or removed: leave what is past as it was, and add to it",)


LATER = book(("from: 2026-02-01", "from: 2027-01-01"))
"""The ban of lists, put off."""


def test_a_system_that_gets_another_verdict_is_found_with_the_rules_that_did_it() -> None:
    systems = {"letters": system(purpose=DRAFTS, since=NEW), "list": system(purpose=LISTED, since=NEW, human_decides=NO)}

    (found,) = rejudged(systems, book(), LATER, on=ON)

    assert (found.id, found.old.finding, found.new.finding, found.finding_changed) == ("list", Finding.PROHIBITED, Finding.NO_RULE, True)
    assert dict(found.rules) == {"S-1": (Ternary.YES, Ternary.NO)}


def test_on_another_day_the_two_versions_may_agree() -> None:
    assert rejudged({"list": system(purpose=LISTED, since=NEW, human_decides=NO)}, book(), LATER, on=date(2027, 1, 1)) == ()
    assert rejudged({"list": system(purpose=LISTED, since=NEW, human_decides=NO)}, book(), LATER, on=date(2026, 1, 31)) == ()


def test_a_system_whose_verdict_stays_but_whose_rules_change_is_found_too() -> None:
    old = system(purpose=DRAFTS, since=Answer(value=date(2019, 1, 1)))
    narrower = book(("{since: {before: 2020-01-01}}", "{since: {since: 2019-06-01, before: 2020-01-01}}"))

    (found,) = rejudged({"old": old}, book(), narrower, on=date(2027, 12, 2))

    assert dict(found.rules) == {"S-2": (Ternary.YES, Ternary.NO), "S-3": (Ternary.YES, Ternary.NO)}


def test_an_exception_that_is_taken_away_prohibits_again() -> None:
    shown = Answer(value=Ternary.YES, evidence=(Evidence(what="a study"),))
    start = BOOK.index("    exceptions:")
    without = book((BOOK[start : BOOK.index("    applies:", start)], ""))

    (found,) = rejudged({"list": system(purpose=LISTED, human_decides=shown, since=NEW)}, book(), without, on=ON)

    assert (found.old.finding, found.new.finding) == (Finding.NO_RULE, Finding.PROHIBITED)


def test_the_days_on_which_changed_rules_begin_or_end_are_told() -> None:
    assert turning_days(difference(book(), LATER)) == (date(2026, 2, 1), date(2027, 1, 1))
    assert turning_days(difference(book(), book(("until: 2027-12-01", "until: 2027-11-30")))) == (
        date(2026, 8, 2),
        date(2027, 12, 1),
        date(2027, 12, 2),
    )
    assert turning_days(difference(book(), book())) == ()
