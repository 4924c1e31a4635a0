from __future__ import annotations

import pytest

from habeas.reports.rulebooks.listings import render_book, render_changes, render_list, render_rule
from screens.book_texts import book

LIST = """\
small  Small law; law in XA; version 2, checked on 2026-11-22; 3 rules; read by
       nobody yet

Read one: habeas rules show BOOK. The questions: habeas rules show vocabulary"""

BOOK = """\
A small law
================================================================================
Name     small
Force    law in XA
About    A law made up for tests.
Version  2, states the law of 2026-11-22
Source   Gazette, https://gazette.example/1, read on 2026-11-21
Readers  nobody yet
================================================================================

S-1: No lists
  prohibited; Art 1; from 2026-02-01
  Nobody may keep lists of people.

S-2: Old tools are dangerous
  puts a system in the class dangerous; Art 2; at any time
  What is old is dangerous.

S-3: Dangerous tools need an office
  duty; Art 3; from 2026-08-02 until 2027-12-01 (disputed); from 2027-12-02
  Whoever uses a dangerous tool tells the office.

WHAT A LAWYER MUST STILL READ OR DECIDE

- Whether lists on paper count.

This is a reading of the law as data, not legal advice. One rule in full: habeas
rules show small RULE"""

BAN = """\
S-1: No lists
================================================================================
Nobody may keep lists of people.

Book        Small law (small), version 2
Article     Art 1
Outcome     prohibited
Lies upon   everybody
Source      Gazette
Confidence  source: the cited text itself was read

WHEN ALL OF THIS HOLDS

- purpose: one of list, predict

WHAT CLEARS A SYSTEM COUNTS ONLY WITH

- purpose: the brochure

EXCEPTION: HUMAN

A human decides (Art 1(2)), where all of this is shown:
- human_decides: yes
Each answer must be shown by:
- human_decides: how often people depart from it

APPLIES

- from 2026-02-01 (Art 9)

CAUGHT, FOR EXAMPLE

- A list of people.

PASSED, FOR EXAMPLE

- A letter writer.
- A list where a human decides.
- A list of the time before. (on 2026-01-31)

This is a reading of the law as data, not legal advice."""

CLEARS = ("who: [everybody]", "who: [everybody]\n    clears: {purpose: the brochure}")


def test_every_book_is_told_in_a_line_or_two() -> None:
    assert render_list([book()]) == LIST


def test_a_book_is_told_with_every_rule_and_what_is_unsettled() -> None:
    assert render_book(book()) == BOOK


def test_a_ban_is_told_with_its_exceptions_and_what_must_show_them() -> None:
    read = book(CLEARS)

    assert render_rule(read, read.rules[0]) == BAN


def test_a_duty_is_told_with_its_time_limit_dispute_and_evidence() -> None:
    told = render_rule(book(), book().rules[2])

    assert "Time limit  without delay; starts with first use\nServes      oversight\n" in told
    assert "- it belongs to the class dangerous\n" in told
    assert "- from 2026-08-02 until 2027-12-01 (Art 10). DISPUTED: two readings of Art 10\n- from 2027-12-02 (Art 10)\n" in told
    assert "WHAT SHOWS THAT IT IS MET\n\n- a letter to the office\n" in told


def test_a_window_for_some_systems_only_says_for_which() -> None:
    read = book(("- {from: 2027-12-02, basis: Art 10}", "- {from: 2027-12-02, basis: Art 10, when: {human_decides: no}}"))

    assert "- from 2027-12-02, only where human_decides: no (Art 10)\n" in render_rule(read, read.rules[2])


def test_a_note_is_told() -> None:
    read = book(("    confidence: mixed\n", "    confidence: mixed\n    note: Nobody knows why.\n"))

    assert "Note        Nobody knows why.\n" in render_rule(read, read.rules[1])


def test_changes_are_told_newest_first() -> None:
    assert render_changes([book()]) == "Small law (small)\n- 2, 2026-11-22: The ban on lists. (S-1)\n- 1, 2026-01-01: First version."


@pytest.mark.parametrize("width", [20, 40, 60, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    read = book(CLEARS)
    texts = [render_list([read], width=width), render_book(read, width=width), render_changes([read], width=width)]
    texts += [render_rule(read, rule, width=width) for rule in read.rules]

    assert max(len(line) for text in texts for line in text.splitlines()) <= max(width, 40)
