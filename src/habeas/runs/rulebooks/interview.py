"""The questions of a screen, put one at a time, each with why it is asked and which rule asks; saved after every answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from habeas.rules.interview import Question, evidence_wanted, open_questions
from habeas.rules.rulebook import Rulebook
from habeas.runs.yaml_text.fields import IDENTIFIER, as_day, as_prose
from habeas.terms.answers import UNANSWERED, Answer, Evidence, Several, Ternary, Value
from habeas.terms.description import SystemDescription, Technique
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

Found = TypeVar("Found")

MORE, STOP, NONE, UNKNOWN = "?", "stop", "none", "unknown"
MOST_NAMED = 3

Ask = Callable[[str], str]
"""Put a text to the person and return what they typed, without blanks around it."""

Save = Callable[[SystemDescription], object]


class Stopped(Exception):
    """The person wants to go on another time."""


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
    """Ask what is still open and return the description; what was answered before is kept. `system`: None starts a new one.

    Raises:
        Stopped: the person asked to stop; everything answered until then is saved.
    """
    known = _about(desk) if system is None else system
    desk.save(known)
    while questions := open_questions(known, desk.books, desk.vocabulary, on=desk.on):
        desk.tell(f"\n{len(questions)} question{'s' if len(questions) > 1 else ''} may still matter.")
        answer = _put(questions[0], desk)
        known = replace(known, answers={**known.answers, questions[0].fact.name: answer})
        desk.save(known)
    return known


def _about(desk: Desk) -> SystemDescription:
    def words(question: str) -> str:
        return _until(desk, question, as_prose, "Write a few words; - if it isn't known.")

    return SystemDescription(
        name=words("What is the system called?"),
        version=words("Which version of it, or when was it in use?"),
        operator=words("Who uses it?"),
        about=words("What does it do, in a sentence or two?"),
        used_in=_until(
            desk, "In which countries is it used? Codes such as NL, GB-ENG, separated by commas; none if unknown.", _places, PLACES
        ),
        techniques=_until(desk, TECHNIQUE, _techniques, TECHNIQUE),
    )


PLACES = "Write codes of ISO 3166, such as NL, FR or GB-ENG, separated by commas, or none."
TECHNIQUE = (
    f"How does it work inside ({', '.join(technique.value for technique in Technique)})? Several, separated by commas. "
    "It is written down for readers; no rule asks for it, and no technique lets a system out."
)


def _put(question: Question, desk: Desk) -> Answer:
    """One question, until it is answered; Enter leaves it unknown."""
    text = asked(question)
    while True:
        typed = desk.ask(text)
        if typed == STOP:
            raise Stopped
        if typed == MORE:
            desk.tell(explained(question))
            continue
        if typed in ("", UNKNOWN):
            return UNANSWERED
        value = answered(question.fact, typed)
        if value is not None:
            return Answer(value=value, evidence=_shown(question, value, desk))
        desk.tell(f"That isn't {HOW[question.fact.kind]}")


HOW = {
    Kind.YES_NO: "yes or no. Enter leaves it unknown, ? tells more, stop ends here for today.",
    Kind.SEVERAL: "a list of the words above, separated by commas; add unknown if there may be more, or write none.",
    Kind.DAY: "a day such as 2024-05-31. Enter leaves it unknown.",
}


def asked(question: Question) -> str:
    """The question as it is put: its text, why it is asked, by which rules, and what may answer it."""
    fact = question.fact
    named = [f"{asker.book.short} {asker.rule.id} ({asker.rule.title})" for asker in question.askers]
    rest = len(named) - MOST_NAMED
    rules = "; ".join(named[:MOST_NAMED]) + (f"; and {rest} more" if rest > 0 else "")
    words = [f"  {word.word}: {word.means}" for word in fact.words]
    return "\n".join([fact.question, f"Why: {fact.why}", f"Asked by: {rules}.", *words, CHOICES[fact.kind]])


CHOICES = {
    Kind.YES_NO: "yes, no, or Enter if it isn't known (? tells more, stop saves and ends)",
    Kind.SEVERAL: "words, separated by commas; none; or Enter if it isn't known (? tells more, stop saves and ends)",
    Kind.DAY: "a day such as 2024-05-31, or Enter if it isn't known (stop saves and ends)",
}


def explained(question: Question) -> str:
    """More on a question: where the answer can be found, and every rule that asks, in its own words."""
    where = [] if question.fact.find_out is None else [f"Where to find out: {question.fact.find_out}."]
    rules = [f"  {asker.book.short}, {asker.rule.article} ({asker.rule.id}): {asker.rule.text}" for asker in question.askers]
    return "\n".join([*where, "The rules that ask:", *dict.fromkeys(rules)])


def answered(fact: Fact, typed: str) -> Value | None:
    """What was typed as an answer to the question; None where it can't be one."""
    if fact.kind is Kind.YES_NO:
        return {"yes": Ternary.YES, "y": Ternary.YES, "no": Ternary.NO, "n": Ternary.NO}.get(typed.lower())
    return as_day(typed) if fact.kind is Kind.DAY else _several(fact, typed)


def _several(fact: Fact, typed: str) -> Several | None:
    words = [word for word in (part.strip().lower() for part in typed.split(",")) if word]
    if words == [NONE]:
        return Several()
    known = frozenset(word for word in words if fact.holds(word))
    return Several(words=known, complete=UNKNOWN not in words) if words and known | {UNKNOWN} >= set(words) else None


def _shown(question: Question, value: Value, desk: Desk) -> tuple[Evidence, ...]:
    wanted = evidence_wanted(question, value)
    if not wanted:
        return ()
    said = "\n".join(
        ["What shows this? Without it, the answer counts as unknown where a rule wants it shown:", *(f"  {each}" for each in wanted)]
    )
    what = desk.ask(f"{said}\nName the document, where it is and who stands for it; or Enter if there is nothing yet.")
    if what == STOP:
        raise Stopped
    return (Evidence(what=what),) if what else ()


def _until(desk: Desk, question: str, read: Callable[[str], Found | None], hint: str) -> Found:
    while True:
        typed = desk.ask(question)
        if typed == STOP:
            raise Stopped
        found = read(typed)
        if found is not None:
            return found
        desk.tell(hint)


def _places(typed: str) -> tuple[str, ...] | None:
    if typed.lower() in ("", NONE):
        return ()
    codes = tuple(part.strip().upper() for part in typed.split(","))
    return codes if all(IDENTIFIER.fullmatch(code) for code in codes) else None


def _techniques(typed: str) -> tuple[Technique, ...] | None:
    known = {technique.value: technique for technique in Technique}
    words = [part.strip().lower() for part in typed.split(",") if part.strip()]
    return tuple(known[word] for word in words) if all(word in known for word in words) else None
