"""The questions of a screen, put one at a time, each with why it is asked and which rule asks; saved after every answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from habeas.rules.interview import Question, evidence_wanted, open_questions
from habeas.rules.rulebook import Rulebook
from habeas.rules.screening import binding
from habeas.runs.rulebooks.asking import wording
from habeas.runs.rulebooks.asking.begun import OPEN
from habeas.runs.rulebooks.asking.typed import YES_OR_NO, Misread, answered, countries, techniques
from habeas.runs.yaml_text.fields import as_prose
from habeas.terms.answers import UNANSWERED, Answer, Evidence, Ternary, Value, says_nothing, shows_nothing
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary

MORE, STOP, BACK, UNKNOWN = "?", "stop", "back", "unknown"

Ask = Callable[[str], str]
"""Put a text to the person and return what they typed, without blanks around it."""

Save = Callable[[SystemDescription], object]


class Stopped(Exception):
    """The person wants to go on another time."""


class GoBack(Exception):
    """The person wants the question before this one again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What an interview needs: whom to ask, what to tell them by, where to save, and the books that ask."""

    ask: Ask
    tell: Callable[[str], None]
    save: Save
    books: Sequence[Rulebook]
    vocabulary: Vocabulary
    on: date


def interview(system: SystemDescription | None, desk: Desk) -> SystemDescription:
    """Ask what is still open and return the description with what its answers imply, as a screen will read it from the file.

    What was answered before is kept, and what is saved stays as it was typed. `system`: None starts a new one.

    Raises:
        Stopped: the person asked to stop; everything answered until then is saved, once there are name, version, user and purpose.
    """
    known, books = _opening(system, desk), None
    while books is None:
        desk.save(known)
        try:
            books = _chosen(known, desk)
        except GoBack:
            known = _opening(replace(known, used_in=(), techniques=()), desk)
    done = _questions(known, replace(desk, books=books))
    return replace(done, answers=desk.vocabulary.closed(done.answers))


def _questions(known: SystemDescription, desk: Desk) -> SystemDescription:
    done: list[str] = []
    again: str | None = None
    while questions := open_questions(known, desk.books, desk.vocabulary, on=desk.on):
        question = next((one for one in questions if one.fact.name == again), questions[0])
        desk.tell(f"\n{len(questions)} question{'s' if len(questions) > 1 else ''} may still matter.")
        try:
            answer = _put(question, desk)
        except GoBack:
            again = done.pop() if done else None
            if again is None:
                desk.tell("This is the first question of today; mend what was answered before in the file.")
            known = replace(known, answers={name: one for name, one in known.answers.items() if name != again})
            desk.save(known)
            continue
        done.append(question.fact.name)
        known = replace(known, answers={**known.answers, question.fact.name: answer})
        desk.save(known)
    return known


def _prose(typed: str) -> str:
    found = as_prose(typed)
    if found is None:
        raise Misread(f"Write a few words; {OPEN} if it isn't known.")
    return found


STEPS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    ("name", "What is the system called?", _prose),
    ("version", "Which version of it, or when was it in use?", _prose),
    ("operator", "Who uses it?", _prose),
    ("about", "What does it do, in a sentence or two?", _prose),
    ("used_in", wording.PLACES, countries),
    ("techniques", wording.TECHNIQUE, techniques),
)
"""What is asked first: the field, the question, and how what is typed becomes a value."""
NEEDED = 4
"""So many of these a description must have before it can be saved."""


def _opening(system: SystemDescription | None, desk: Desk) -> SystemDescription:
    """Name, version and the like, as far as they are missing."""
    kept = {} if system is None else {name: getattr(system, name) for name, _, _ in STEPS}
    missing = [step for step in STEPS if kept.get(step[0], ()) in ((), OPEN)]
    answers = {} if system is None else system.answers
    at = 0
    while at < len(missing):
        name, question, read = missing[at]
        try:
            kept[name] = _until(desk, question, read)
            at += 1
        except GoBack:
            at = max(0, at - 1)
        if all(step[0] in kept for step in STEPS[:NEEDED]):
            desk.save(SystemDescription(**kept, answers=answers))
    return SystemDescription(**kept, answers=answers)


def _chosen(known: SystemDescription, desk: Desk) -> Sequence[Rulebook]:
    """The books that shall ask: all, or only those that are law where the system is used, and standards."""
    here = [book for book in desk.books if binding(known, book) is Ternary.YES]
    kept = [book for book in desk.books if binding(known, book) is not Ternary.NO]
    if not known.used_in or len(kept) == len(desk.books) or not kept:
        return desk.books
    law = f"Law in {', '.join(known.used_in)}: {', '.join(book.short for book in here) or 'none of these books'}."
    question = f"{law}\nAsk only what these and the standards ask? yes, no, or Enter to be asked for all {len(desk.books)} books"
    return kept if _until(desk, question, _yes) is Ternary.YES else desk.books


def _put(question: Question, desk: Desk) -> Answer:
    """One question, until it is answered; Enter leaves it unknown."""
    text = wording.asked(question)
    while True:
        typed = _typed(desk, text)
        text = wording.choices(question.fact)
        if typed == MORE:
            desk.tell(wording.explained(question))
        elif typed.lower() in ("", UNKNOWN):
            return UNANSWERED
        else:
            found = _answer(question, typed, desk)
            if found is not None:
                return found


def _answer(question: Question, typed: str, desk: Desk) -> Answer | None:
    """What was typed, with its evidence; None where it can't be taken, or the person returned from the evidence to the question."""
    try:
        value = answered(question.fact, typed)
        return Answer(value=value, evidence=_shown(question, value, desk))
    except Misread as misread:
        desk.tell(str(misread))
    except GoBack:
        pass
    return None


def _shown(question: Question, value: Value, desk: Desk) -> tuple[Evidence, ...]:
    wanted = evidence_wanted(question, value)
    if not wanted:
        return ()
    what = _until(desk, "\n".join([wording.SHOWN, *(f"  {each}" for each in wanted), wording.WHAT]), _document)
    if not what:
        return ()
    return (Evidence(what=what, where=_typed(desk, wording.WHERE) or None, by=_typed(desk, wording.BY) or None),)


def _typed(desk: Desk, text: str) -> str:
    typed = desk.ask(text)
    if typed.lower() == STOP:
        raise Stopped
    if typed.lower() == BACK:
        raise GoBack
    return typed


def _until(desk: Desk, question: str, read: Callable[[str], Any]) -> Any:
    while True:
        try:
            return read(_typed(desk, question))
        except Misread as misread:
            desk.tell(str(misread))


def _document(typed: str) -> str:
    if typed and says_nothing(typed):
        raise Misread(f"{shows_nothing(typed)} (Enter).")
    return typed


def _yes(typed: str) -> Ternary:
    if typed and typed.lower() not in YES_OR_NO:
        raise Misread("Type yes or no; Enter asks for all.")
    return YES_OR_NO.get(typed.lower(), Ternary.NO)
