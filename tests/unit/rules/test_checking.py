"""What can be wrong with a book although every field is right, and what a vocabulary has that nobody asks for."""

from __future__ import annotations

import pytest

from habeas.rules.checking import Fault, Unasked, asked, faults, unasked
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

    assert [(fault.rule, fault.field) for fault in found] == [("S-1", "examples.passed[1]")]


def test_examples_are_screened_on_their_own_day_or_when_the_book_was_checked() -> None:
    early = book(("checked_on: 2026-11-22", "checked_on: 2026-01-31"))

    assert [fault.field for fault in faults(early)] == ["examples.caught[0]"]


def test_a_class_that_nobody_defines_is_a_fault() -> None:
    found = faults(book(("when: {class: dangerous}", "when: {class: danger}")))

    message = "asks for the class danger, which no rule of this book defines: mend the name, or add the rule"
    assert found[0] == Fault(book="small", rule="S-3", field="when", message=message)


def test_a_rule_that_defines_a_class_cannot_ask_for_one() -> None:
    found = faults(book(("when: {since: {before: 2020-01-01}}", "when: {any: [{class: dangerous}, {since: {before: 2020-01-01}}]}")))

    message = "a rule that defines a class can't ask for one: name the facts themselves"
    assert Fault(book="small", rule="S-2", field="when", message=message) in found


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
