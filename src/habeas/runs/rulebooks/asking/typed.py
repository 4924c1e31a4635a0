"""What a person typed, as a value: words or their numbers, yes and no, days, codes of countries."""

from __future__ import annotations

from habeas.runs.rulebooks.answer_text import at_least_one
from habeas.runs.rulebooks.faults import nearest
from habeas.runs.yaml_text.fields import as_day
from habeas.terms import places
from habeas.terms.answers import Several, Ternary, Value
from habeas.terms.description import Technique
from habeas.terms.vocabulary import Fact, Kind

NONE, UNKNOWN = ("none", "no"), "unknown"
YES_OR_NO = {"yes": Ternary.YES, "y": Ternary.YES, "no": Ternary.NO, "n": Ternary.NO}


class Misread(Exception):
    """What was typed can't be taken; the message says what to type instead."""


def answered(fact: Fact, typed: str) -> Value:
    """What was typed as an answer to the question. Raises `Misread` where it can't be one."""
    if fact.kind is Kind.SEVERAL:
        return _several(fact, typed)
    found = YES_OR_NO.get(typed.lower()) if fact.kind is Kind.YES_NO else as_day(typed)
    if found is None:
        wanted = "yes or no" if fact.kind is Kind.YES_NO else "a day such as 2024-05-31"
        raise Misread(f"{typed} isn't {wanted}. Enter leaves it unknown.")
    return found


def _several(fact: Fact, typed: str) -> Several:
    parts = parts_of(typed)
    if parts in ([NONE[0]], [NONE[1]]):
        if fact.at_least_one:
            raise Misread(f"{at_least_one(fact).capitalize()}.")
        return Several()
    words = [_word(fact, part) for part in parts]
    if not words:
        raise Misread(f"Expected words or their numbers, separated by commas; got {typed}.")
    return Several(words=frozenset(words) - {UNKNOWN}, complete=UNKNOWN not in words)


def _word(fact: Fact, part: str) -> str:
    if part.isdecimal() and 1 <= int(part) <= len(fact.words):
        return fact.words[int(part) - 1].word
    if part != UNKNOWN and not fact.holds(part):
        raise Misread(f"{part} is none of the words: {_instead(fact, part)}")
    return part


def _instead(fact: Fact, part: str) -> str:
    hint = nearest(part, [word.word for word in fact.words])
    return hint if hint.startswith("did you mean") else "type ? to see them again."


def countries(typed: str) -> tuple[str, ...]:
    """Codes of countries, in capitals; none where nobody knows. Raises `Misread` at the first that is none."""
    parts = parts_of(typed)
    if parts in ([], [NONE[0]], [UNKNOWN]):
        return ()
    if typed == "no":
        raise Misread("Type NO for Norway, or none if it isn't known.")
    for part in parts:
        if places.place(part) is None:
            raise Misread(f"{part.upper()} is no ISO 3166 code: {places.instead(part)}")
    return tuple(part.upper() for part in parts)


def techniques(typed: str) -> tuple[Technique, ...]:
    """Techniques by their words or numbers; none where nothing was typed. Raises `Misread` at the first that is none."""
    known = [technique.value for technique in Technique]
    found = []
    for part in parts_of(typed):
        word = known[int(part) - 1] if part.isdecimal() and 1 <= int(part) <= len(known) else part
        if word not in known:
            raise Misread(f"{part} is none of them: {nearest(part, known)}")
        found.append(Technique(word))
    return tuple(found)


def parts_of(typed: str) -> list[str]:
    """What stands between the commas, in small letters."""
    return [part for part in (part.strip().lower() for part in typed.split(",")) if part]
