"""Which questions stand on a page, and which page comes next."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from habeas.rules.interview import Question
from habeas.runs.rulebooks import library
from habeas.terms.answers import Answer
from habeas.terms.vocabulary import Fact
from habeas.web.screening.describing import Implied, Said, given, implied, progress, still_open
from habeas.web.screening.topics import TOPICS, Topic, topic_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A topic's page: its questions with their answers, who asks them, and how many of the topic's aren't asked."""

    facts: tuple[Fact, ...]
    answers: Mapping[str, Answer]
    wanted: Mapping[str, tuple[str, ...]]
    """What would show an answer, by question."""
    rules: Mapping[str, tuple[str, ...]]
    """The rules that ask, by question."""
    implied: Mapping[str, tuple[Implied, ...]]
    left_out: int
    number: int
    topics: int
    done: int
    """Topics in which nothing that matters is open."""


def page_of(said: Said, topic: Topic, *, on: date, asked: Collection[str] | None = None, all_of_them: bool = False) -> Page:
    """The page of a topic. `asked`: the questions that stood on it when it was sent (None: it is drawn anew)."""
    system = given(said)
    waiting = {question.fact.name: question for question in still_open(said, on=on)}
    names = asked if asked is not None else {*waiting, *system.answers, *(topic.facts if all_of_them else ())}
    facts = tuple(fact for fact in library.vocabulary().facts if fact.name in topic.facts and fact.name in names)
    brought = implied(system)
    return Page(
        facts=facts,
        answers=system.answers,
        wanted=_wanted(facts),
        rules={name: _rules(question) for name, question in waiting.items()},
        implied={fact.name: found for fact in facts if (found := tuple(one for one in brought if one.fact.name == fact.name))},
        left_out=len(topic.facts) - len(facts),
        number=TOPICS.index(topic) + 1,
        topics=len(TOPICS),
        done=sum(one.done for one in progress(said, on=on)),
    )


def next_page(said: Said, after: Topic | None, *, on: date, was: Page | None) -> Topic | None:
    """The topic to go on with: the same one where answers opened questions that weren't on it, else the next with an open question."""
    open_now = [question.fact.name for question in still_open(said, on=on)]
    if after is None:
        return topic_of(open_now[0]) if open_now else None
    stood = {fact.name for fact in was.facts} if was is not None else set()
    if any(name in after.facts and name not in stood for name in open_now):
        return after
    at = TOPICS.index(after)
    waiting = {topic_of(name).id for name in open_now}
    return next((one for one in TOPICS[at + 1 :] if one.id in waiting), None)


def _rules(question: Question) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{asker.book.short}, {asker.rule.article}: {asker.rule.title}" for asker in question.askers))


def _wanted(facts: Collection[Fact]) -> dict[str, tuple[str, ...]]:
    """For each question, what shows an answer by which a rule is cleared or lifted."""
    rules = [rule for book in library.books() for rule in book.rules]
    found: dict[str, tuple[str, ...]] = {}
    for fact in facts:
        clears = [rule.clears[fact.name] for rule in rules if fact.name in rule.clears]
        lifts = [lift.evidence[fact.name] for rule in rules for lift in rule.lifts if fact.name in lift.evidence]
        found[fact.name] = tuple(dict.fromkeys([*clears, *lifts]))
    return found
