"""Rows that can't be counted, said so that someone can mend them: how many, what is wrong, and where the first one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from re import fullmatch

from habeas.audit.cells import WEIGHT_UNIT, ScoreGrid
from habeas.audit.plan import Plan
from habeas.engines.labels import words
from habeas.engines.rows import FIT_COUNT, FIT_WEIGHT, GREATEST_WEIGHT, Rows
from habeas.engines.scores import in_range
from habeas.engines.session import Session
from habeas.engines.sql import BLANKS, nested, select, text_of
from habeas.engines.tables import Column
from habeas.errors import BadData

_LONGEST_SHOWN = 20
_MOST_SHOWN = 3
_MOST_CATEGORIES = 20
_FEWEST_ALIKE = 10
_MEND = "mend the data, or drop these rows before auditing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way in which a row can be unfit: the condition in SQL and how it is told of so many rows."""

    condition: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a column must hold in every row, and every way to miss it."""

    column: Column
    expected: str
    faults: tuple[Fault, ...]
    advice: str = _MEND


def refuse_unfit(session: Session, rows: Rows, grid: ScoreGrid | None) -> None:
    """Say what is wrong with the rows that can't be counted.

    Raises:
        BadData: always, if there are such rows.
    """
    inside = [("inside AND ", demand) for demand in _demands(rows, grid)]
    everywhere = [] if rows.count is None else [("", _of_count(rows.count))]
    for scope, demand in everywhere + inside:
        conditions = [f"{scope}({fault.condition})" for fault in demand.faults]
        columns = [f"count(*) FILTER ({condition})" for condition in conditions]
        found = [int(str(n)) for n in session.row(select(columns, source=rows.prepared(rows.table.sql)))]
        if any(found):
            told = ", ".join(fault.told.format(so_many(n)) for fault, n in zip(demand.faults, found, strict=True) if n)
            place = first_place(session, rows, " OR ".join(conditions))
            raise BadData(
                f"data: expected {demand.expected} in column '{demand.column.name}' of every row; {told} (first: {place}): {demand.advice}"
            )


def refuse_label(session: Session, rows: Rows, plan: Plan, column: Column) -> None:
    """Say which labels of a yes/no column mean nothing known.

    Raises:
        BadData: always, if there are such labels.
    """
    meaning = words(plan, rows.declared(plan, column))
    text = text_of(column.sql, column.kind)
    known = f"lower({text})" if meaning.any_case else text
    unknown = f"inside AND {known} NOT IN ({', '.join(_quoted(word) for word in meaning.codes)})"
    if meaning.any_case:  # declared labels for 'not recorded' keep their capitals
        unknown += f" AND {text} NOT IN ({', '.join(_quoted(word) for word in meaning.codes)})"
    source = nested(select([f"{text} AS label", "count(*) AS times"], source=rows.prepared(rows.table.sql), where=unknown, group=True))
    total, different = (int(str(n)) for n in session.row(select(["coalesce(sum(times), 0)", "count(*)"], source=source)))
    if total == 0:
        return
    often = select(["label"], source=source, where=f"times >= {_FEWEST_ALIKE}") + f" ORDER BY label LIMIT {_MOST_SHOWN}"
    some = [str(row[0]) for row in session.rows(often)] if different <= _MOST_CATEGORIES else []
    place = first_place(session, rows, unknown)
    expected = "0/1, true/false or yes/no" if meaning.any_case else "one of the declared labels"
    role = "decision" if column is rows.decision else "outcome"
    raise BadData(
        f"data: expected {expected} in column '{column.name}'; {so_many(total)} {_verb(total, 'holds', 'hold')} something else"
        f"{_shown(some, different=different)} (first: {place}): say what they mean, "
        f"e.g. labels: {{{role}: {{yes: [...], no: [...]}}}}, or list labels that mean nothing under unrecorded"
    )


def first_place(session: Session, rows: Rows, condition: str) -> str:
    """The first row of the first part for which a condition holds."""
    for part in rows.table.parts:
        numbered = nested(select(["*", "row_number() OVER () AS row_number_"], source=part.sql), "numbered")
        found = session.row(select(["min(row_number_)"], source=rows.prepared(numbered), where=condition))[0]
        if found is not None:
            return part.place(int(str(found)))
    return "place unknown"


def _demands(rows: Rows, grid: ScoreGrid | None) -> list[Demand]:
    demands = []
    if rows.score is not None and grid is not None:
        demands.append(_of_score(rows.score, grid))
    if rows.recommendation is not None:
        demands.append(_of_advice(rows.recommendation))
    if rows.weight is not None:
        demands.append(_of_weight(rows.weight))
    if rows.person is not None:
        missing = Fault(condition=f"{rows.person_text()} = ''", told="{0} without one")
        demands.append(Demand(column=rows.person, expected="a person's id", faults=(missing,)))
    return demands


def _of_score(column: Column, grid: ScoreGrid) -> Demand:
    faults = (*_no_number(column, "s"), Fault(condition=f"isfinite(s) AND NOT {in_range('s', grid)}", told="{0} outside that range"))
    return Demand(column=column, expected=f"a score from {grid.minimum:g} to {grid.maximum:g}", faults=faults)


def _of_advice(column: Column) -> Demand:
    missing = f"{text_of(column.sql, column.kind)} = ''"
    faults = (
        Fault(condition=f"s IS NULL AND {missing}", told="{0} without one"),
        Fault(condition=f"s IS NULL AND NOT {missing}", told="{0} with another label"),
    )
    return Demand(column=column, expected="a recommendation (0/1, true/false or yes/no)", faults=faults)


def _of_weight(column: Column) -> Demand:
    outside = Fault(condition=f"isfinite(w) AND NOT {FIT_WEIGHT}", told="{0} outside that range")
    return Demand(
        column=column, expected=f"a weight from {WEIGHT_UNIT:f} to {GREATEST_WEIGHT:.0f}", faults=(*_no_number(column, "w"), outside)
    )


def _of_count(column: Column) -> Demand:
    faults = (
        *_no_number(column, "n"),
        Fault(condition="isfinite(n) AND n < 0", told="{0} with a negative one"),
        Fault(condition="isfinite(n) AND n >= 0 AND n <> floor(n)", told="{0} with a fraction"),
        Fault(condition=f"isfinite(n) AND n >= 0 AND n = floor(n) AND NOT {FIT_COUNT}", told="{0} with one beyond 2^53"),
    )
    return Demand(
        column=column, expected="a count (0, 1, 2, ...)", faults=faults, advice="mend them; a count says how many rows a row stands for"
    )


def _no_number(column: Column, value: str) -> tuple[Fault, ...]:
    text = f"coalesce({BLANKS.format(f'CAST({column.sql} AS VARCHAR)')}, '')"
    return (
        Fault(condition=f"{value} IS NULL AND {text} = ''", told="{0} without one"),
        Fault(condition=f"{value} IS NULL AND {text} <> ''", told="{0} with text that is no number"),
        Fault(condition=f"isnan({value})", told="{0} with NaN (not a number)"),
        Fault(condition=f"isinf({value})", told="{0} with an infinite one"),
    )


def so_many(n: int) -> str:
    """A number of rows in words."""
    return f"{n:,} {_verb(n, 'row', 'rows')}"


def _verb(n: int, one: str, many: str) -> str:
    return one if n == 1 else many


def _shown(labels: Sequence[str], *, different: int) -> str:
    """How many values there are, and a few if they look like categories; what might be anything about a person stays untold."""
    many = f", {different:,} different values" if different > 1 else ""
    harmless = all(fullmatch(r"[\w .+/-]{1,%d}" % _LONGEST_SHOWN, label) for label in labels)  # noqa: UP031 - braces belong to the pattern
    return f"{many}, such as {', '.join(repr(label) for label in labels)}" if harmless and labels else many


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
