"""Every book that habeas brings: its examples come out, its dates turn on their days, and it keeps what the house promises of books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

import project
from habeas.rules.checking import asked
from habeas.rules.conditions import Facts, judge
from habeas.rules.rulebook import Example, Force, Outcome, Rule, Rulebook, Window
from habeas.rules.screening import classes_of, rule_on
from habeas.rules.verdicts import Ruling
from habeas.runs.rulebooks.library import BOOKS, books, vocabulary
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription
from needs import REPOSITORY

ONE_DAY = timedelta(days=1)
SAFEGUARDS = {
    "prohibition",
    "bias-testing",
    "transparency",
    "evidence-of-decisions",
    "accountability",
    "data-protection",
    "oversight",
    None,
}
PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")

RULES = [pytest.param(book, rule, id=f"{book.id} {rule.id}") for book in books() for rule in book.rules]
EACH_BOOK = [pytest.param(book, id=book.id) for book in books()]


def examples() -> Iterator[object]:
    for book in books():
        for rule in book.rules:
            for wanted, kind, found in ((Ternary.YES, "caught", rule.caught), (Ternary.NO, "passed", rule.passed)):
                for index, example in enumerate(found):
                    yield pytest.param(book, rule, example, wanted, id=f"{book.id} {rule.id} {kind} {index}")


def system(example: Example) -> SystemDescription:
    return SystemDescription(name="example", version="1", operator="nobody", about=example.says, answers=example.answers)


def ruling(book: Rulebook, rule: Rule, example: Example, *, on: date) -> Ruling:
    described = system(example)
    return rule_on(rule, described, classes=classes_of(described, book), on=on)


@pytest.mark.parametrize(("book", "rule", "example", "wanted"), list(examples()))
def test_every_example_comes_out(book: Rulebook, rule: Rule, example: Example, wanted: Ternary) -> None:
    on = book.checked_on if example.on is None else example.on

    assert ruling(book, rule, example, on=on).bites is wanted


def begins_and_ends(rule: Rule) -> list[date]:
    """The first and last days of all windows, read from the dates alone."""
    return sorted({day for window in rule.windows for day in (window.start, window.end) if day is not None})


def in_force(rule: Rule, facts: Facts, *, on: date) -> Ternary:
    """Whether a rule is in force, told window by window: the slow reference. ISO days compare as text."""
    found = Ternary.NO
    for window in rule.windows:
        if _within(window, on.isoformat()):
            concerned = Ternary.YES if window.when is None else judge(window.when, facts)
            if concerned is Ternary.YES and window.disputed is None:
                return Ternary.YES
            if concerned is not Ternary.NO:
                found = Ternary.UNKNOWN
    return found


def _within(window: Window, day: str) -> bool:
    first = "0000-00-00" if window.start is None else window.start.isoformat()
    last = "9999-99-99" if window.end is None else window.end.isoformat()
    return first <= day <= last


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_a_rule_is_in_force_from_the_first_day_of_a_window_to_its_last(book: Rulebook, rule: Rule) -> None:
    for example in rule.caught:
        described = system(example)
        facts = Facts(system=described, classes=classes_of(described, book), cleared_by=frozenset(rule.clears))
        for day in [day + shift * ONE_DAY for day in begins_and_ends(rule) for shift in (-1, 0, 1)]:
            assert ruling(book, rule, example, on=day).applies is in_force(rule, facts, on=day), day


@pytest.mark.parametrize(("book", "rule"), [param for param in RULES if len(param.values[1].windows) == 1])
def test_a_rule_with_one_window_turns_on_its_first_day_and_after_its_last(book: Rulebook, rule: Rule) -> None:
    (window,) = rule.windows
    on = [book.checked_on if example.on is None else example.on for example in rule.caught]
    example = next(example for example, day in zip(rule.caught, on, strict=True) if window.holds(day))
    open_now = {ruling(book, rule, example, on=day).applies for day in on if window.holds(day)}

    assert Ternary.NO not in open_now
    if window.start is not None:
        assert ruling(book, rule, example, on=window.start - ONE_DAY).applies is Ternary.NO
        assert ruling(book, rule, example, on=window.start).applies in open_now
    if window.end is not None:
        assert ruling(book, rule, example, on=window.end).applies in open_now
        assert ruling(book, rule, example, on=window.end + ONE_DAY).applies is Ternary.NO


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_whether_a_rule_is_in_force_changes_on_no_other_day(book: Rulebook, rule: Rule) -> None:
    turns = {day for window in rule.windows for day in window.boundaries()}
    for day in [turn + shift * ONE_DAY for turn in turns for shift in range(-4, 5)]:
        if day not in turns:
            before, now = (ruling(book, rule, rule.caught[0], on=each).applies for each in (day - ONE_DAY, day))
            assert before is now, day


@pytest.mark.parametrize(("book", "rule"), RULES)
def test_a_rule_says_where_it_was_read_and_how_far(book: Rulebook, rule: Rule) -> None:
    assert rule.source.title.strip()
    assert all(window.basis.strip() for window in rule.windows)
    assert rule.safeguard in SAFEGUARDS
    assert rule.source.read_on is None or rule.source.read_on <= book.checked_on


def test_no_two_rules_of_all_books_bear_one_id() -> None:
    ids = [rule.id for book in books() for rule in book.rules]

    assert sorted(ids) == sorted(set(ids))


def test_no_rule_asks_how_a_system_works() -> None:
    assert not {"technique", "techniques"} & (asked(books()).keys() | set(vocabulary().names()))


def test_the_bans_of_fair_trials_know_no_exception() -> None:
    (standard,) = (book for book in books() if book.id == "fair-trials")
    bans = [rule for rule in standard.rules if rule.outcome is Outcome.PROHIBITED]

    assert len(bans) > 1
    assert [rule.id for rule in bans if rule.lifts] == []


@pytest.mark.parametrize("book", EACH_BOOK)
def test_law_says_where_it_binds_and_a_standard_binds_nowhere(book: Rulebook) -> None:
    assert bool(book.binds_in) == (book.force is Force.LAW)
    assert [place for place in book.binds_in if not PLACE.fullmatch(place)] == []


@pytest.mark.parametrize("book", EACH_BOOK)
def test_a_changelog_goes_back_from_the_newest_version(book: Rulebook) -> None:
    days = [change.on for change in book.changes]
    versions = [change.version for change in book.changes]

    assert days == sorted(days, reverse=True)
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize("book", EACH_BOOK)
def test_nobody_is_named_as_reader_without_a_day_after_the_book_was_written(book: Rulebook) -> None:
    assert [reader.name for reader in book.readers if reader.on < book.changes[-1].on] == []


@pytest.mark.parametrize("book", EACH_BOOK)
def test_the_documentation_names_every_book(book: Rulebook) -> None:
    pages = (REPOSITORY / "docs").rglob("*.md")

    assert any(re.search(rf"\b{re.escape(book.id)}\b", page.read_text(encoding="utf-8")) for page in pages)


@pytest.mark.parametrize("path", sorted(BOOKS.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_can_be_read_beside_the_law(path: Path) -> None:
    lines = project.text(f"src/habeas/rules/books/{path.name}").splitlines()

    assert [number for number, line in enumerate(lines, start=1) if len(line) > 140] == []
