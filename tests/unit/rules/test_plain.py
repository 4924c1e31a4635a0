"""Values in the shape in which they are written, for digests and differences."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay
from habeas.rules.plain import digest, plain, plain_answer, plain_condition
from habeas.terms.answers import Answer, Evidence, Several, Ternary
from habeas.terms.description import SystemDescription
from screens.book_texts import book

LIST, HUMAN = Among(fact="purpose", words=frozenset({"list", "draft"})), Is(fact="human", wanted=Ternary.YES)

CONDITIONS: list[tuple[Condition, object]] = [
    (LIST, {"purpose": ["draft", "list"]}),
    (HUMAN, {"human": "yes"}),
    (OnDay(fact="since", since=date(2020, 1, 1)), {"since": {"since": "2020-01-01"}}),
    (OnDay(fact="since", since=date(2020, 1, 1), before=date(2021, 1, 1)), {"since": {"since": "2020-01-01", "before": "2021-01-01"}}),
    (InClass(name="high-risk"), {"class": "high-risk"}),
    (AllOf(parts=(LIST, HUMAN)), {"purpose": ["draft", "list"], "human": "yes"}),
    (AllOf(parts=(HUMAN, HUMAN)), {"all": [{"human": "yes"}, {"human": "yes"}]}),
    (AnyOf(parts=(LIST, HUMAN)), {"any": [{"purpose": ["draft", "list"]}, {"human": "yes"}]}),
    (
        AllOf(parts=(AnyOf(parts=(HUMAN,)), AnyOf(parts=(LIST,)))),
        {"all": [{"any": [{"human": "yes"}]}, {"any": [{"purpose": ["draft", "list"]}]}]},
    ),
]

ANSWERS = [
    (Answer(value=Ternary.NO), "no"),
    (Answer(value=Several()), []),
    (Answer(value=Several(words=frozenset({"b", "a"}), complete=False)), ["a", "b", "unknown"]),
    (Answer(value=date(2020, 1, 1)), "2020-01-01"),
    (Answer(value=Ternary.YES, note="so they say"), {"answer": "yes", "note": "so they say"}),
]


@pytest.mark.parametrize(("condition", "written"), CONDITIONS, ids=[str(written) for _, written in CONDITIONS])
def test_a_condition_is_plain_as_it_is_written(condition: Condition, written: object) -> None:
    assert plain_condition(condition) == written


@pytest.mark.parametrize(("answer", "written"), ANSWERS, ids=[str(written) for _, written in ANSWERS])
def test_an_answer_is_plain_as_it_is_written(answer: Answer, written: object) -> None:
    assert plain_answer(answer) == plain(answer) == written


def test_an_answer_of_no_words_stays_one_when_it_is_shown() -> None:
    shown = Answer(value=Several(), evidence=(Evidence(what="a study", by="auditor"),))

    assert plain_answer(shown) == {"answer": [], "evidence": [{"what": "a study", "by": "auditor"}]}


def test_a_rule_has_the_names_of_a_file_and_lacks_what_is_empty() -> None:
    found = plain(book())["rules"][1]

    assert found == {
        "id": "S-2",
        "article": "Art 2",
        "title": "Old tools are dangerous",
        "text": "What is old is dangerous.",
        "outcome": "class",
        "class": "dangerous",
        "when": {"since": {"before": "2020-01-01"}},
        "source": {"title": "Gazette"},
        "confidence": "mixed",
        "applies": [{"basis": "Art 9"}],
        "caught": [{"says": "An old tool.", "answers": {"since": "2019-12-31"}}],
        "passed": [{"says": "A new tool.", "answers": {"since": "2020-01-01"}}],
    }


def test_windows_and_exceptions_are_called_as_in_a_file() -> None:
    ban, _, office = plain(book())["rules"]

    assert [lift["id"] for lift in ban["exceptions"]] == ["human"]
    assert office["applies"][0] == {"from": "2026-08-02", "until": "2027-12-01", "basis": "Art 10", "disputed": "two readings of Art 10"}


def test_layout_comments_and_the_order_of_words_do_not_change_a_digest() -> None:
    assert digest(book(("title: A small law", "title:  'A small law' # a comment"), ("[list, predict]", "[predict, list]"))) == digest(
        book()
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [("from: 2026-02-01", "from: 2026-02-02"), ("confidence: mixed", "confidence: memory"), ("A letter writer.", "A writer.")],
)
def test_whatever_a_book_says_changes_its_digest(old: str, new: str) -> None:
    assert digest(book((old, new))) != digest(book())


def test_an_answer_changes_the_digest_of_a_description() -> None:
    yes, no = (
        SystemDescription(name="A", version="1", operator="B", about="C", answers={"human": Answer(value=value)})
        for value in (Ternary.YES, Ternary.NO)
    )

    assert len(digest(yes)) == 64
    assert digest(yes) != digest(no)
