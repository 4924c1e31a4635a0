from __future__ import annotations

import pytest

from habeas.reports.rulebooks.checks import render
from screens.book_texts import book

COVERAGE = """\
1 rulebook, 3 rules and 8 examples: no fault found.

SMALL LAW

Book          small, version 2; law in XA
As of         2026-11-22
Rules         3: 1 prohibited, 1 class, 1 duty
Exceptions    1, each bound to one rule: S-1 (1)
Examples      3 caught and 5 passed, as the rules say
Confidence    source 2, mixed 1
Readers       nobody yet
Disputed      S-3 from 2026-08-02 until 2027-12-01
Time limits   0 with a number, 1 without: S-3
For a lawyer  1 unsettled question
"""


def test_what_a_book_covers_is_counted() -> None:
    # counted by hand in tests/screens/book_texts.py
    assert render([book()], whole_library=False) == COVERAGE


def test_of_the_whole_library_it_is_told_that_every_question_is_asked() -> None:
    told = render([book(), book()], whole_library=True)

    assert told.startswith(
        "2 rulebooks, 6 rules and 16 examples: no fault found.\nEvery fact and word of the vocabulary is asked for by some rule.\n\n"
    )


def test_what_a_book_lacks_is_told_plainly() -> None:
    limit, disputed = "    deadline: {says: without delay, starts: first use}\n", ", disputed: two readings of Art 10"
    told = render([book((limit, ""), (disputed, ""), ("unsettled: [Whether lists on paper count.]\n", ""))], whole_library=False)

    assert "Disputed" not in told
    assert "Time limits   none\n" in told
    assert told.endswith("For a lawyer  0 unsettled questions\n")


def test_answers_that_clear_and_that_no_example_shows_are_counted_and_named() -> None:
    old = ("when: {purpose: [list, predict]}", "when: {purpose: [list, predict], since: {before: 2020-01-01}}\n    clears: {since: a bill}")

    told = render([book(old)], whole_library=False)

    assert "! Not shown   by an example that it clears: 1 answer under clears: S-1 (since)\n" in told


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(map(len, render([book()], whole_library=True, width=width).splitlines())) <= max(width, 40)
