"""Conditions as lawyers write them, and what they are told where one can't be read."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadRulebook
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay
from habeas.terms.answers import Ternary
from screens.book_texts import book

WHEN = "when: {purpose: [list, predict]}"
LIST, HUMAN = Among(fact="purpose", words=frozenset({"list"})), Is(fact="human_decides", wanted=Ternary.YES)

READ: list[tuple[str, Condition]] = [
    ("{purpose: list}", LIST),
    ("{human_decides: yes}", HUMAN),
    ("{human_decides: no}", Is(fact="human_decides", wanted=Ternary.NO)),
    ("{since: {since: 2020-01-01}}", OnDay(fact="since", since=date(2020, 1, 1))),
    ("{since: {since: 2020-01-01, before: 2021-01-01}}", OnDay(fact="since", since=date(2020, 1, 1), before=date(2021, 1, 1))),
    ("{class: dangerous}", InClass(name="dangerous")),
    ("{purpose: [list], human_decides: yes}", AllOf(parts=(LIST, HUMAN))),
    ("{any: [{purpose: [list]}, {human_decides: yes}]}", AnyOf(parts=(LIST, HUMAN))),
    ("{all: [{purpose: [list]}, {purpose: [draft]}]}", AllOf(parts=(LIST, Among(fact="purpose", words=frozenset({"draft"}))))),
]

REFUSED = [
    ("list", ': expected a mapping of facts to what is wanted; got "list": write e.g. {purpose: [predict-offending]}'),
    ("{}", ": expected a mapping of facts to what is wanted; got an empty mapping: write e.g. {purpose: [predict-offending]}"),
    ("{purposes: [list]}", ".purposes: not a fact of the vocabulary; did you mean purpose?"),
    ("{purpose: []}", ".purpose: expected at least one word; got an empty list: write e.g. purpose: [predict]"),
    ("{purpose: [list, unknown]}", '.purpose[1]: expected a word of purpose; got "unknown": write one of predict, list, draft'),
    ("{human_decides: true}", ".human_decides: expected yes or no; got true: write e.g. human_decides: yes"),
    ("{human_decides: unknown}", '.human_decides: expected yes or no; got "unknown": write e.g. human_decides: yes'),
    ("{since: 2020-01-01}", '.since: expected since, before, or both; got "2020-01-01": write e.g. since: {since: 2027-12-02}'),
    ("{since: {after: 2020-01-01}}", ".since: expected since, before, or both; got a mapping: write e.g. since: {since: 2027-12-02}"),
    ("{since: {before: 2020-02-30}}", '.since.before: expected a day; got "2020-02-30": write e.g. 2027-12-02'),
    (
        "{since: {since: 2020-01-01, before: 2020-01-01}}",
        ".since: expected since to be earlier than before; got no day in between: mend one of them",
    ),
    ("{class: }", ".class: expected the name of a class of this book; got nothing: write e.g. class: high-risk"),
    ("{any: []}", ".any: expected a list of mappings; got an empty list: write e.g. any: [{purpose: [predict-offending]}]"),
    ("{all: {purpose: [list]}}", ".all: expected a list of mappings; got a mapping: write e.g. all: [{purpose: [predict-offending]}]"),
    (
        "{any: [{}]}",
        ".any[0]: expected a mapping of facts to what is wanted; got an empty mapping: write e.g. {purpose: [predict-offending]}",
    ),
    ("{any: [{human_decides: maybe}]}", '.any[0].human_decides: expected yes or no; got "maybe": write e.g. human_decides: yes'),
]


@pytest.mark.parametrize(("written", "condition"), READ, ids=[written for written, _ in READ])
def test_what_is_written_is_what_is_asked(written: str, condition: Condition) -> None:
    assert book((WHEN, f"when: {written}")).rules[0].when == condition


@pytest.mark.parametrize(("written", "message"), REFUSED, ids=[written for written, _ in REFUSED])
def test_what_cannot_be_asked_is_refused_at_its_place(written: str, message: str) -> None:
    with pytest.raises(BadRulebook) as refused:
        book((WHEN, f"when: {written}"))

    assert str(refused.value) == f"small.yaml line 22, rules[0].when{message}"


def test_every_fault_of_a_condition_is_told() -> None:
    with pytest.raises(BadRulebook) as refused:
        book((WHEN, "when: {human_decides: perhaps, any: [{purpose: [lists]}, {sinse: {before: 2020-01-01}}]}"))

    assert [line.partition("when")[2].partition(":")[0] for line in str(refused.value).splitlines()] == [
        ".human_decides",
        ".any[0].purpose[0]",
        ".any[1].sinse",
    ]
