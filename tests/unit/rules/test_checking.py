"""What can be wrong with a book although every field is right, and what a vocabulary has that nobody asks for."""

from __future__ import annotations

import pytest

from habeas.rules.checking import Fault, Unasked, asked, faults, unasked, unshown
from screens.book_texts import book, vocabulary

STRANGER = (
    "names {name}, which is no rule of this book: mend the id; or, if the rule was taken out on purpose, name it under removed of the "
    "version that did: removed: [{name}]"
)
LETTER = "{says: A letter writer., answers: {purpose: [draft]}}"


def test_a_book_whose_examples_come_out_has_no_fault() -> None:
    assert faults(book()) == ()


def test_a_caught_example_that_passes_is_a_fault() -> None:
    found = faults(book(("{says: A list of people., answers: {purpose: [list]}}", "{says: Letters., answers: {purpose: [draft]}}")))

    message = "expected the rule to say yes to 'Letters.'; it says no: mend one of the two"
    assert found == (Fault(book="small", rule="S-1", field="examples.caught[0]", message=message),)


@pytest.mark.parametrize(("answers", "says"), [("{purpose: [list]}", "yes"), ("{}", "unknown"), ("{purpose: [unknown]}", "unknown")])
def test_a_passed_example_that_is_caught_or_open_is_a_fault(answers: str, says: str) -> None:
    found = faults(book((LETTER, "{says: Something., answers: ANSWERS}".replace("ANSWERS", answers))))

    message = f"expected the rule to say no to 'Something.'; it says {says}: mend one of the two"
    assert found == (Fault(book="small", rule="S-1", field="examples.passed[0]", message=message),)


def test_an_exception_without_evidence_lets_no_example_pass() -> None:
    found = faults(book(("human_decides: {answer: yes, evidence: [{what: a study, by: auditor}]}", "human_decides: yes")))

    assert [(fault.rule, fault.field) for fault in found] == [("S-1", "examples.passed[1]"), ("S-1", "exceptions[0]")]


def test_examples_are_screened_on_their_own_day_or_when_the_book_was_checked() -> None:
    early = book(("checked_on: 2026-11-22", "checked_on: 2026-01-31"))

    assert [fault.field for fault in faults(early)] == ["examples.caught[0]", "exceptions[0]"]  # nothing is lifted before the rule applies


def test_a_class_that_nobody_defines_is_a_fault() -> None:
    found = faults(book(("when: {class: dangerous}", "when: {class: danger}")))

    message = "asks for the class danger, which no rule of this book defines: mend the name, or add the rule"
    assert found[0] == Fault(book="small", rule="S-3", field="when", message=message)


def test_a_class_that_nobody_asks_for_is_a_fault() -> None:
    (found,) = faults(book(("when: {class: dangerous}", "when: {since: {before: 2020-01-01}}")))

    message = "no rule asks for the class dangerous: mend the name, or add the rule that attaches to it"
    assert found == Fault(book="small", rule="S-2", field="class", message=message)


LIFTED = "human_decides: {answer: yes, evidence: [{what: a study, by: auditor}]}"


@pytest.mark.parametrize(
    "change",
    [
        ("            purpose: [list]\n            human", "            purpose: [draft]\n            human"),
        (f"            purpose: [list]\n            {LIFTED}", "            purpose: [draft]"),
        (LIFTED, f"{LIFTED}\n          on: 2026-01-31"),
    ],
)
def test_an_exception_needs_an_example_that_the_rule_would_catch_and_that_it_lifts(change: tuple[str, str]) -> None:
    message = "no passed example shows the exception human: add one that the rule would catch and that it lifts"
    assert faults(book(change)) == (Fault(book="small", rule="S-1", field="exceptions[0]", message=message),)


CLEARED = ("when: {purpose: [list, predict]}", "when: {purpose: [list, predict], since: {before: 2020-01-01}}\n    clears: {since: a bill}")
OLD_LIST = ("{says: A list of people., answers: {purpose: [list]}}", "{says: An old list., answers: {purpose: [list], since: 2019-01-01}}")
BARE_LIST = (LETTER, "{says: A new list., answers: {purpose: [list], since: 2020-01-01}}")
SHOWN_LIST = (LETTER, "{says: A new list., answers: {purpose: [list], since: {answer: 2020-01-01, evidence: a bill}}}")


def test_an_answer_under_clears_that_no_example_shows_is_told() -> None:
    assert unshown(book(CLEARED, OLD_LIST)) == (("S-1", "since"),)
    assert unshown(book(CLEARED, OLD_LIST, BARE_LIST)) == (("S-1", "since"),)
    assert unshown(book(CLEARED, OLD_LIST, SHOWN_LIST)) == ()
    assert unshown(book()) == ()


def test_a_rule_that_defines_a_class_cannot_ask_for_one() -> None:
    found = faults(book(("when: {since: {before: 2020-01-01}}", "when: {any: [{class: dangerous}, {since: {before: 2020-01-01}}]}")))

    message = "a rule that defines a class can't ask for one: name the facts themselves"
    assert Fault(book="small", rule="S-2", field="when", message=message) in found


BARE = "a bare answer to {fact} would let a system out of this ban: say under clears what must show it"
ASKS_MORE = ("when: {purpose: [list, predict]}", "when: {purpose: [list], any: [{human_decides: no}, {since: {since: 2020-01-01}}]}")


def bare(*changes: tuple[str, str]) -> list[tuple[str | None, str]]:
    return [(fault.rule, fault.message) for fault in faults(book(*changes)) if fault.field == "clears"]


def test_a_ban_says_of_every_fact_but_the_purpose_what_must_show_it() -> None:
    assert bare(ASKS_MORE) == [("S-1", BARE.format(fact="human_decides")), ("S-1", BARE.format(fact="since"))]


def test_a_fact_that_stands_under_clears_is_no_bare_answer() -> None:
    both = "    clears: {human_decides: a count, since: the contract}\n    exceptions:"

    assert bare(ASKS_MORE, ("    exceptions:", both)) == []
    assert bare(ASKS_MORE, ("    exceptions:", both.replace("human_decides: a count, ", ""))) == [
        ("S-1", BARE.format(fact="human_decides"))
    ]


def test_duties_and_classes_ask_for_no_evidence() -> None:
    assert bare(("when: {class: dangerous}", "when: {human_decides: no}")) == []


def test_a_first_version_that_names_a_rule_it_lacks_is_a_fault() -> None:
    found = faults(book(('  - {version: "1", on: 2026-01-01, what: First version.}\n', ""), ("rules: [S-1]", "rules: [S-1, S-9]")))

    assert found == (Fault(book="small", rule=None, field="changes[0].rules", message=STRANGER.format(name="S-9")),)


def test_a_later_version_may_name_a_rule_that_it_removed() -> None:
    assert faults(book(("rules: [S-1]", "rules: [S-1, S-0], removed: [S-0]"))) == ()
    assert faults(book(("rules: [S-1]", "removed: [S-0]"), ("what: First version.", "what: First version., rules: [S-0, S-1]"))) == ()


def test_every_version_of_a_changelog_names_rules_that_are_there_or_were_removed_on_purpose() -> None:
    found = faults(book(("rules: [S-1]", "rules: [S-7]"), ("what: First version.", "what: First version., rules: [S-8]")))

    assert found == (
        Fault(book="small", rule=None, field="changes[0].rules", message=STRANGER.format(name="S-7")),
        Fault(book="small", rule=None, field="changes[1].rules", message=STRANGER.format(name="S-8")),
    )


def test_a_rule_that_is_there_was_not_removed() -> None:
    (found,) = faults(book(("rules: [S-1]", "removed: [S-1]")))

    assert (found.field, found.message) == (
        "changes[0].removed",
        "says that S-1 was removed; it is a rule of this book: take one of the two out",
    )


def test_what_rules_exceptions_and_windows_ask_is_gathered() -> None:
    found = asked([book(("- {from: 2026-02-01, basis: Art 9}", "- {from: 2026-02-01, basis: Art 9, when: {since: {since: 1990-01-01}}}"))])

    assert found == {"purpose": frozenset({"list", "predict"}), "human_decides": frozenset(), "since": frozenset()}


def test_a_word_that_only_an_example_uses_is_not_asked_for() -> None:
    assert unasked([book()], vocabulary()) == (Unasked(fact="purpose", word="draft"),)


def test_of_no_books_everything_is_unasked() -> None:
    assert unasked([], vocabulary()) == (
        Unasked(fact="purpose", word="predict"),
        Unasked(fact="purpose", word="list"),
        Unasked(fact="purpose", word="draft"),
        Unasked(fact="human_decides", word=None),
        Unasked(fact="since", word=None),
    )
