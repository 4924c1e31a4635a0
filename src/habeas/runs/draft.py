"""The draft of a plan, as commented YAML: guesses where names and contents suggest them, REPLACE where only the auditor knows."""

from __future__ import annotations

from habeas.audit.plan import YesNo
from habeas.engines.labels import variants_told
from habeas.runs.drafting.answers import Ask
from habeas.runs.drafting.facts import ColumnFacts, DataFacts
from habeas.runs.drafting.guesses import Draft, guess
from habeas.runs.drafting.interview import interview
from habeas.runs.yaml_text.fields import PLACEHOLDER
from habeas.runs.yaml_text.inline import inline
from habeas.terms.system import Stage

_NO_THRESHOLD = "no threshold: every rate is of the decision, not of the score; add thresholds to test the score"


def draft_plan(facts: DataFacts, ask: Ask | None = None, *, path: str | None = None) -> str:
    """A plan for these data, as YAML text.

    It can be read as YAML, but `parse_plan` refuses it until every value that starts with `REPLACE:` was replaced.
    `ask`: called with a question and a default where someone can answer; None: nobody can. `path`: how the plan is to call
    the data; None: by the name of the file or folder, for a plan that lies beside it.
    """
    draft = guess(facts, path=facts.name if path is None else path)
    if ask is not None:
        draft = interview(draft, facts, ask)
    return "\n".join([*_opening(facts), *_who(draft), *_what(draft, facts), *_how(draft), ""])


def _blank(what: str) -> str:
    return f"{PLACEHOLDER} {what}"


def _opening(facts: DataFacts) -> list[str]:
    yes_or_no = [inline(column.name) for column in facts.columns if column.yes_or_no]
    return [
        f"# Drafted by habeas from {inline(facts.name)}; rows looked at: {facts.rows}. Read every line and mend what is wrong.",
        "# What starts with REPLACE only you can know; the plan is refused until it is written.",
        "# A plan is a promise made before looking: decide questions and tolerances now, then publish it or its digest.",
        f"# Columns of the data: {', '.join(inline(column.name) for column in facts.columns)}",
        f"# Columns that hold yes or no: {', '.join(yes_or_no) or 'none'}",
        "habeas: audit/1",
    ]


def _who(draft: Draft) -> list[str]:
    stages = ", ".join(stage.value for stage in Stage)
    independent = _blank("true or false") if draft.independent is None else draft.independent
    return [
        f"title: {inline(draft.title)}",
        "system:",
        f"  name: {inline(draft.system_name or _blank('what the system is called'))}",
        f"  version: {inline(draft.system_version or _blank('which version, or when it was in use'))}",
        "technology: risk-score",
        f"stage: {inline(draft.stage or _blank('one of ' + stages))}",
        "auditor:",
        f"  name: {inline(draft.auditor or _blank('who audits'))}",
        f"  independent: {inline(independent)}  # of those who make, buy and use the system",
        f"  statement: {inline(draft.statement or _blank('how the auditor stands to them: money, contracts, employment'))}",
    ]


def _what(draft: Draft, facts: DataFacts) -> list[str]:
    data = {"path": draft.path} | ({} if draft.count is None else {"count": draft.count})
    return [
        f"data: {inline(data)}  # without count, each row is one decision; also: row, public (true if anyone can have them)",
        "# population: {description: whom the audit is about, where: {column: [label]}}  # to audit only some rows",
        f"columns: {inline(_columns(draft))}  # also: decision, recommendation, person, weight",
        *_labels(draft, facts),
        *_score(draft),
        f"groups: {inline(list(draft.groups) or [_group(draft)])}",
        f"intersect: {min(2, max(1, len(draft.groups)))}  # 2 looks also at pairs, e.g. race and sex together",
        f"reference: {inline(dict(draft.reference))}  # whom the others are compared with; the largest is proposed",
        *_variants(draft, facts),
        f"unrecorded: {inline(list(draft.unrecorded))}  # labels that mean 'not recorded'",
        "# strata: [offence]  # compare like with like within the levels of these columns",
    ]


def _columns(draft: Draft) -> dict[str, str]:
    named = {role: getattr(draft, role) for role in ("score", "recommendation", "decision", "outcome", "person")}
    found = {role: column for role, column in named.items() if column is not None}
    advised = {"score", "recommendation", "decision"} & found.keys()
    return found if advised else {"score": _blank("the column of scores"), **found}


def _labels(draft: Draft, facts: DataFacts) -> list[str]:
    unclear = []
    for role, name in (("outcome", draft.outcome), ("decision", draft.decision)):
        column = None if name is None else facts.column(name)
        if column is not None and not column.yes_or_no:
            told = draft.labels.get(role, YesNo(yes=(), no=()))
            meanings = {word: list(said) or [_blank(f"labels that mean {word}")] for word, said in (("yes", told.yes), ("no", told.no))}
            unclear.append(f"  {role}: {inline(meanings)}{_found(column)}")
    return ["labels:", *unclear] if unclear else []


def _found(column: ColumnFacts) -> str:
    """The labels there are; where they are many they may name people, and stay untold."""
    return f"  # found: {inline(list(column.recorded_levels))}" if column.few_labels else f"  # found: {column.distinct} different values"


def _variants(draft: Draft, facts: DataFacts) -> list[str]:
    columns = (facts.column(name) for name in draft.groups)
    told = (variants_told(column.name, column.recorded_levels) for column in columns if column is not None)
    return [f"# {each}" for each in told if each is not None]


def _score(draft: Draft) -> list[str]:
    if "score" not in _columns(draft):
        return []
    low = _blank("the lowest score there can be") if draft.minimum is None else draft.minimum
    high = _blank("the highest score there can be") if draft.maximum is None else draft.maximum
    if draft.threshold is not None:
        thresholds: list[float | str] = [draft.threshold]
    else:
        thresholds = [] if draft.decision is not None else [_blank("the score from which people are flagged")]
    meant = "flagged when score >= threshold; the one in use first" if thresholds else _NO_THRESHOLD
    return [
        f"score: {inline({'minimum': low, 'maximum': high})}  # as found; write what it can be; also: probability",
        f"thresholds: {inline(thresholds)}  # {meant}",
    ]


def _group(draft: Draft) -> str:
    return draft.groups[0] if draft.groups else _blank("a column of group labels, e.g. race")


def _how(draft: Draft) -> list[str]:
    metrics = ["selection_rate"] if draft.outcome is None else ["false_positive_rate", "false_negative_rate"]
    bearable = _blank("the largest difference in proportions that is bearable") if draft.tolerance is None else draft.tolerance
    tolerance = {"difference": bearable}
    return [
        "confirmatory:  # the questions that decide the verdict, declared before looking; all else is exploratory",
        "  # The tolerance is the largest difference you would call bearable. Decide it before you look.",
        *(f"  - {inline({'metric': metric, 'by': _group(draft), 'tolerance': tolerance})}" for metric in metrics),
        "confidence: 0.95",
        "publish: {minimum_cell: 10}  # no smaller count is published",
        "# words: {flagged: labelled high risk, outcome: were charged again, no_outcome: were not charged again}  # for the report",
    ]
