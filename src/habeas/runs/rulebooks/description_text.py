"""A description as YAML, with each question beside its answer, so that people can read and amend it by hand."""

from __future__ import annotations

import textwrap
from collections.abc import Container, Iterator, Mapping
from typing import Any

from habeas.rules.plain import plain_answer
from habeas.runs.rulebooks.description_model import DescriptionFile
from habeas.runs.yaml_text.inline import inline
from habeas.terms.answers import Answer
from habeas.terms.description import SystemDescription, Technique
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

WIDTH = 110


def description_text(system: SystemDescription, vocabulary: Vocabulary) -> str:
    """The description as YAML that `read_description` reads back, its answers in the order of the vocabulary."""
    lines = [
        f"habeas: {DescriptionFile.document.format}",
        *(f"{name}: {inline(getattr(system, name))}" for name in ("name", "version", "operator", "about")),
        f"used_in: {inline(system.used_in)} # ISO 3166 codes, such as NL or GB-ENG: whose law binds",
        f"techniques: {inline([technique.value for technique in system.techniques])} # for the reader's sake: no rule asks for it",
        *_answers(system, vocabulary),
    ]
    return "\n".join(lines) + "\n"


def blank_text(vocabulary: Vocabulary, *, facts: Container[str] | None = None) -> str:
    """A description in which everything is still to be filled in, for whoever has no terminal to be asked at.

    `facts`: the names of those that shall stand in it; None: all.
    """
    lines = [
        f"habeas: {DescriptionFile.document.format}",
        'name: "REPLACE: what the system is called"',
        'version: "REPLACE: which version, or as of when"',
        'operator: "REPLACE: who uses it"',
        'about: "REPLACE: what it does, in a sentence or two"',
        "used_in: [] # ISO 3166 codes, such as NL or GB-ENG: whose law binds",
        f"techniques: [] # {', '.join(technique.value for technique in Technique)}: for the reader's sake, no rule asks for it",
        "# What stays unknown stays unknown: it blocks where a prohibition hangs on it. An answer with what shows it is written long:",
        "#   fact: {answer: yes, evidence: [{what: order of the court, where: order.pdf, by: head of legal}]}",
        "answers:",
    ]
    for fact in (fact for fact in vocabulary.facts if facts is None or fact.name in facts):
        lines += ["", *_comment(fact), f"  {fact.name}: unknown"]
    return "\n".join(lines) + "\n"


def _answers(system: SystemDescription, vocabulary: Vocabulary) -> Iterator[str]:
    answered = [fact for fact in vocabulary.facts if fact.name in system.answers]
    yield "answers:" if answered else "answers: {}"
    for fact in answered:
        yield ""
        yield from _comment(fact, words=False)
        yield from _answer(fact.name, system.answers[fact.name])


def _answer(name: str, answer: Answer) -> Iterator[str]:
    value: Any = plain_answer(answer)
    if not isinstance(value, Mapping):
        yield f"  {name}: {_one(value)}"
        return
    yield f"  {name}:"
    yield f"    answer: {_one(value['answer'])}"
    if "note" in value:
        yield f"    note: {inline(value['note'])}"
    if "evidence" in value:
        yield "    evidence:"
        yield from (f"      - {inline(item)}" for item in value["evidence"])


def _one(value: object) -> str:
    return value if isinstance(value, str) else inline(value)  # yes and no are text in YAML 1.2; a day reads back as text too


def _comment(fact: Fact, *, words: bool = True) -> Iterator[str]:
    yield from (f"  # {line}" for line in textwrap.wrap(fact.question, WIDTH))
    if words and fact.kind is Kind.SEVERAL:
        for word in fact.words:
            yield f"  #   {word.word}: {word.means}"
