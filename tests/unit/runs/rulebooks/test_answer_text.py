"""Answers as people write them, short or with evidence, and what they are told where one can't be read."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadDescription
from habeas.runs.rulebooks.library import parse_description
from habeas.terms.answers import Answer, Evidence, Several, Ternary, shows_nothing
from screens.book_texts import vocabulary

DESCRIPTION = """\
habeas: system/1
name: A tool
version: "1"
operator: Somebody
about: Does something.
answers: {ANSWERS}
"""

READ = [
    ("{human_decides: yes}", "human_decides", Answer(value=Ternary.YES)),
    ("{human_decides: no}", "human_decides", Answer(value=Ternary.NO)),
    ("{human_decides: unknown}", "human_decides", Answer(value=Ternary.UNKNOWN)),
    ("{}", "human_decides", Answer(value=Ternary.UNKNOWN)),
    ("{purpose: list}", "purpose", Answer(value=Several(words=frozenset({"list"})))),
    ("{purpose: []}", "purpose", Answer(value=Several())),
    ("{purpose: unknown}", "purpose", Answer(value=Ternary.UNKNOWN)),
    ("{purpose: [list, unknown]}", "purpose", Answer(value=Several(words=frozenset({"list"}), complete=False))),
    ("{since: 2020-01-01}", "since", Answer(value=date(2020, 1, 1))),
    ("{since: unknown}", "since", Answer(value=Ternary.UNKNOWN)),
    ("{human_decides: {answer: no, note: as they say}}", "human_decides", Answer(value=Ternary.NO, note="as they say")),
    ("{human_decides: {answer: no, evidence: a study}}", "human_decides", Answer(value=Ternary.NO, evidence=(Evidence(what="a study"),))),
    (
        "{human_decides: {answer: no, evidence: [{what: a study, where: p. 3, by: auditor}, a letter]}}",
        "human_decides",
        Answer(value=Ternary.NO, evidence=(Evidence(what="a study", where="p. 3", by="auditor"), Evidence(what="a letter"))),
    ),
]

REFUSED = [
    ("[list]", ": expected a mapping of facts to answers; got a list: write e.g. purpose: [predict-place]"),
    ("{porpose: [list]}", ".porpose: not a fact of the vocabulary; did you mean purpose?"),
    ("{purpose: [lists]}", '.purpose[0]: expected a word of purpose; got "lists": did you mean list?'),
    ("{human_decides: maybe}", '.human_decides: expected yes, no or unknown; got "maybe": write e.g. human_decides: yes'),
    ("{human_decides: true}", ".human_decides: expected yes, no or unknown; got true: write e.g. human_decides: yes"),
    ("{human_decides: }", ".human_decides: expected yes, no or unknown; got nothing: write e.g. human_decides: yes"),
    ("{since: last year}", '.since: expected a day or unknown; got "last year": write e.g. 2024-05-31'),
    (
        "{human_decides: {evidence: a study}}",
        ".human_decides.answer: expected yes, no or unknown; got nothing: write e.g. human_decides: yes",
    ),
    (
        "{human_decides: {answer: no, remark: x}}",
        ".human_decides.remark: not a field of an answer; write one of answer, evidence, note",
    ),
    (
        "{human_decides: {answer: no, evidence: [{by: me}]}}",
        ".human_decides.evidence[0].what: expected text; got nothing: write a few words",
    ),
    (
        "{human_decides: {answer: no, evidence: [a study, TBC]}}",
        ".human_decides.evidence[1]: `TBC` shows nothing: name a document, where it is or who stands for it, or leave the evidence out",
    ),
    (
        "{human_decides: {answer: no, evidence: [{what: soon}]}}",
        f".human_decides.evidence[0].what: {shows_nothing('soon')}",
    ),
    (
        "{human_decides: {answer: no, evidence: [{what: a study, wher: y}]}}",
        ".human_decides.evidence[0].wher: not a field of evidence; did you mean where?",
    ),
]


def refusal(written: str) -> str:
    with pytest.raises(BadDescription) as refused:
        parse_description(DESCRIPTION.replace("{ANSWERS}", written), name="tool.yaml", words=vocabulary())
    return str(refused.value)


@pytest.mark.parametrize(("written", "fact", "answer"), READ, ids=[written for written, _, _ in READ])
def test_what_is_written_is_what_is_answered(written: str, fact: str, answer: Answer) -> None:
    read = parse_description(DESCRIPTION.replace("{ANSWERS}", written), name="tool.yaml", words=vocabulary())

    assert read.answer(fact) == answer


@pytest.mark.parametrize(("written", "message"), REFUSED, ids=[written for written, _ in REFUSED])
def test_what_is_no_answer_is_refused_at_its_place(written: str, message: str) -> None:
    assert refusal(written) == f"tool.yaml line 6, answers{message}"


def test_a_fact_answered_twice_is_refused() -> None:
    twice = "\n  human_decides: yes\n  human_decides: no"

    assert refusal(twice) == "tool.yaml line 8, answers.human_decides: stands twice, first on line 7: keep one"


@pytest.mark.parametrize("fact", ["purpose", "context", "operator"])
@pytest.mark.parametrize("written", ["[]", "{answer: []}"])
def test_every_system_has_a_purpose_a_context_and_an_operator(fact: str, written: str) -> None:
    with pytest.raises(BadDescription) as refused:
        parse_description(DESCRIPTION.replace("{ANSWERS}", f"{{{fact}: {written}}}"), name="tool.yaml")

    assert str(refused.value).endswith(f": a system has at least one {fact}: name it, or write unknown")


def test_a_list_that_may_be_empty_may_be() -> None:
    read = parse_description(DESCRIPTION.replace("{ANSWERS}", "{special_categories: []}"), name="tool.yaml")

    assert read.answer("special_categories") == Answer(value=Several())
