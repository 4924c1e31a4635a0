"""Questions to the auditor, one at a time, each with the guess as its default."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace

from habeas.runs.drafting.facts import DataFacts
from habeas.runs.drafting.guesses import Draft, largest_levels, score_range, unrecorded_labels
from habeas.terms.system import Stage

Ask = Callable[[str, str], str]
"""(question, default) -> answer; the default where nothing was answered."""

NONE = "none"
TRIES = 3
"""How often a question is asked again after an answer that can't be used; then it stays open in the draft."""


def interview(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    """The draft after every question was asked; what was left blank stays as guessed, or open."""
    about_data = _about_results(_about_columns(_about_system(draft, ask), facts, ask), facts, ask)
    return _about_tolerance(about_data, ask)


def _about_system(draft: Draft, ask: Ask) -> Draft:
    stages = [stage.value for stage in Stage]
    return replace(
        draft,
        system_name=_words(ask, "What is the system called?"),
        system_version=_words(ask, "Which version of it, or when was it in use?"),
        stage=_one_of(ask, f"At which stage of its life was it tested ({', '.join(stages)})?", "", stages),
        auditor=_words(ask, "Who audits: a person or an office?"),
        independent=_yes_or_no(ask, "Is the auditor independent of those who make, buy and use the system (yes, no)?"),
        statement=_words(ask, "How does the auditor stand to them, in a sentence (money, contracts, employment)?"),
    )


def _about_columns(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    def column(question: str, guessed: str | None) -> str | None:
        names = [each.name for each in facts.columns]
        named = _one_of(ask, f"Which column holds {question} (or {NONE})?", guessed or NONE, [*names, NONE])
        return named if named in names else None

    score = column("the score, higher meaning more risk", draft.score)
    return replace(
        draft,
        count=column("how many decisions each row stands for", draft.count),
        score=score,
        recommendation=column("a yes/no advice", draft.recommendation) if score is None else None,
        decision=column("what was decided, yes being the burden", draft.decision),
        outcome=column("what happened, yes being what the score foresees", draft.outcome),
        person=column("who the person was", draft.person),
    )


def _about_results(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    groups = _groups(ask, draft, facts)
    lowest, highest = score_range(facts, draft.score)
    scored = draft.score is not None
    largest = largest_levels(facts, groups)
    return replace(
        draft,
        minimum=_number(ask, "What is the lowest score there can be?", lowest) if scored else None,
        maximum=_number(ask, "What is the highest score there can be?", highest) if scored else None,
        threshold=_number(ask, "From which score on is a person flagged?", None) if scored else None,
        groups=groups,
        reference={name: _answer(ask, f"Which level of {name} are the others compared with?", level) for name, level in largest.items()},
        unrecorded=unrecorded_labels(facts, groups),
    )


def _about_tolerance(draft: Draft, ask: Ask) -> Draft:
    tolerance = _number(ask, "Which difference in proportions would be bearable? Decide before you look.", draft.tolerance)
    return draft if tolerance is None else replace(draft, tolerance=tolerance)


def _groups(ask: Ask, draft: Draft, facts: DataFacts) -> tuple[str, ...]:
    names = [column.name for column in facts.columns]
    for _ in range(TRIES):
        answer = _answer(ask, "Which columns hold group labels, separated by commas?", ", ".join(draft.groups))
        chosen = tuple(dict.fromkeys(name.strip() for name in answer.split(",") if name.strip()))
        if set(chosen) <= set(names):
            return chosen
    return draft.groups


def _answer(ask: Ask, question: str, default: str) -> str:
    """The answer; the default for a blank one, and where no more answers come."""
    try:
        return ask(question, default).strip() or default
    except EOFError:
        return default


def _words(ask: Ask, question: str) -> str | None:
    return _answer(ask, question, "") or None


def _one_of(ask: Ask, question: str, default: str, allowed: list[str]) -> str | None:
    asked = question
    for _ in range(TRIES):
        answer = _answer(ask, asked, default)
        if answer in allowed:
            return answer
        if not answer:
            return None
        near = difflib.get_close_matches(answer, allowed, n=1)
        asked = f"There is no {answer}{f'; did you mean {near[0]}' if near else ''}? {question}"
    return None


def _yes_or_no(ask: Ask, question: str) -> bool | None:
    answer = _one_of(ask, question, "", ["yes", "no", "y", "n"])
    return None if answer is None else answer.startswith("y")


def _number(ask: Ask, question: str, default: float | None) -> float | None:
    for _ in range(TRIES):
        answer = _answer(ask, question, "" if default is None else f"{default:g}")
        if not answer:
            return None
        try:
            return float(answer)
        except ValueError:
            continue
    return default
