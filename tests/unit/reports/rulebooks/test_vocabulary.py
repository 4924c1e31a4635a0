from __future__ import annotations

from habeas.reports.rulebooks.vocabulary import render_fact, render_vocabulary
from screens.book_texts import book, vocabulary

QUESTIONS = """\
3 questions, in the order in which people are asked.
purpose (any number of words)
    What is it used for?
human_decides (yes or no)
    Does a human decide?
since (a day)
    Since when is it in use?

One question with its words: habeas rules show vocabulary FACT"""

PURPOSE = """\
purpose: What is it used for?
================================================================================
Answer  any number of words
Why     Bans attach to use.

WORDS THAT MAY ANSWER IT

- predict: says who will do what
- list: keeps a list
- draft: writes letters

RULES THAT ASK IT

- small: S-1"""


def test_every_question_is_told_in_the_order_in_which_people_are_asked() -> None:
    assert render_vocabulary(vocabulary()) == QUESTIONS


def test_a_question_is_told_with_its_words_and_the_rules_that_ask_it() -> None:
    assert render_fact(vocabulary().fact("purpose"), [book()]) == PURPOSE


def test_a_question_that_only_an_exception_asks_names_its_rule() -> None:
    told = render_fact(vocabulary().fact("human_decides"), [book()])

    assert "Find out  the training slides\n" in told
    assert told.endswith("- small: S-1")


def test_a_question_that_only_a_window_asks_names_its_rule() -> None:
    read = book(("- {from: 2026-02-01, basis: Art 9}", "- {from: 2026-02-01, basis: Art 9, when: {since: {since: 1990-01-01}}}"))

    assert render_fact(vocabulary().fact("since"), [read]).endswith("- small: S-1, S-2")


def test_a_question_that_nobody_asks_says_so() -> None:
    start = book(
        (
            (
                "    exceptions:\n      - id: human\n        article: Art 1(2)\n        title: A human decides\n"
                "        when: {human_decides: yes}\n        evidence: {human_decides: how often people depart from it}\n"
            ),
            "",
        )
    )

    assert render_fact(vocabulary().fact("human_decides"), [start]).endswith("- small: none")
