"""Questions to the auditor, one at a time, each with the guess as its default."""

from __future__ import annotations

from dataclasses import replace

from habeas.audit.plan import YesNo
from habeas.runs.drafting.answers import Ask, answer, number, one_of, several, words, yes_or_no
from habeas.runs.drafting.facts import DataFacts
from habeas.runs.drafting.guesses import Draft, largest_levels, score_range, unrecorded_labels
from habeas.terms.system import Stage

NONE = "none"
THRESHOLD = "From which score on is a person flagged?"
THRESHOLD_OR_DECISION = "From which score on is a person flagged? Left blank, the decision is tested and not the score."
TOLERANCE = "Which difference in proportions would be bearable, from 0 to 1? Decide before you look."


def interview(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    """The draft after every question was asked; what was left blank stays as guessed, or open."""
    columns = _about_columns(_about_system(draft, ask), facts, ask)
    results = _about_results(_about_labels(columns, facts, ask), facts, ask)
    # no tolerance is proposed: a number offered would be taken
    return replace(results, tolerance=number(ask, TOLERANCE, None))


def _about_system(draft: Draft, ask: Ask) -> Draft:
    stages = [stage.value for stage in Stage]
    return replace(
        draft,
        system_name=words(ask, "What is the system called?"),
        system_version=words(ask, "Which version of it, or when was it in use?"),
        stage=one_of(ask, f"At which stage of its life was it tested ({', '.join(stages)})?", "", stages),
        auditor=words(ask, "Who audits: a person or an office?"),
        independent=yes_or_no(ask, "Is the auditor independent of those who make, buy and use the system (yes, no)?"),
        statement=words(ask, "How does the auditor stand to them, in a sentence (money, contracts, employment)?"),
    )


def _about_columns(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    def column(question: str, guessed: str | None) -> str | None:
        names = [each.name for each in facts.columns]
        named = one_of(ask, f"Which column holds {question} (or {NONE})?", guessed or NONE, [*names, NONE])
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


def _about_labels(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    """What the labels of the decision and the outcome mean, where they aren't plain yes and no."""
    asked = {role: _meanings(name, facts, ask) for role, name in (("decision", draft.decision), ("outcome", draft.outcome))}
    return replace(draft, labels={role: told for role, told in asked.items() if told is not None})


def _meanings(name: str | None, facts: DataFacts, ask: Ask) -> YesNo | None:
    column = None if name is None else facts.column(name)
    if column is None or column.yes_or_no or not column.few_labels or not column.recorded_levels:
        return None
    levels = column.recorded_levels
    yes = several(ask, f"Which labels of {name} mean yes, separated by commas ({', '.join(levels)})?", (), levels)
    if not yes:
        return None
    rest = tuple(level for level in levels if level not in yes)
    return YesNo(yes=yes, no=several(ask, f"Which labels of {name} mean no, separated by commas?", rest, rest) if rest else ())


def _about_results(draft: Draft, facts: DataFacts, ask: Ask) -> Draft:
    groups = several(ask, "Which columns hold group labels, separated by commas?", draft.groups, [column.name for column in facts.columns])
    lowest, highest = score_range(facts, draft.score)
    scored = draft.score is not None
    flagged = THRESHOLD if draft.decision is None else THRESHOLD_OR_DECISION
    largest = largest_levels(facts, groups)
    return replace(
        draft,
        minimum=number(ask, "What is the lowest score there can be?", lowest) if scored else None,
        maximum=number(ask, "What is the highest score there can be?", highest) if scored else None,
        threshold=number(ask, flagged, None) if scored else None,
        groups=groups,
        reference={name: answer(ask, f"Which level of {name} are the others compared with?", level) for name, level in largest.items()},
        unrecorded=unrecorded_labels(facts, groups),
    )
