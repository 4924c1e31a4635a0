"""What a plan reads in each row, as SQL: the keys it is counted by, what is added up, and whether it is fit to be counted."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.audit.cells import BUCKETS, NO, WEIGHT_UNIT, YES, ScoreGrid
from habeas.audit.cuts import ADVISED
from habeas.audit.plan import Plan, YesNo
from habeas.engines.labels import YesNoWords, words
from habeas.engines.scores import NOT_ADVISED, cell_of, in_range, policy_of
from habeas.engines.sql import bucket_of, nested, number, number_of, select, text_of, texts
from habeas.engines.tables import Column, Table

GREATEST_WEIGHT = 1e6
"""So that the square of a weight, in units, still fits 64 bits."""

_GREATEST_COUNT = float(2**53)
_UNITS_PER_ONE = round(1 / WEIGHT_UNIT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The columns a plan names, found in a table. `attributes`: groups, then strata."""

    table: Table
    attributes: tuple[Column, ...]
    score: Column | None
    recommendation: Column | None
    decision: Column | None
    outcome: Column | None
    person: Column | None
    weight: Column | None
    count: Column | None
    where: tuple[tuple[Column, tuple[str, ...]], ...]
    advice: YesNoWords

    @property
    def inside(self) -> str:
        """Whether a row belongs to the population."""
        return " AND ".join(f"{text_of(column.sql, column.kind)} IN {texts(allowed)}" for column, allowed in self.where) or "true"

    def score_value(self) -> str | None:
        """The score as a double, an advice as 0 or 1; NULL where there is none; None: the plan has neither."""
        if self.score is not None:
            return number_of(self.score.sql, self.score.kind)
        if self.recommendation is None:
            return None
        text = text_of(self.recommendation.sql, self.recommendation.kind)
        text = f"lower({text})" if self.advice.any_case else text
        yes, no = ([word for word, code in self.advice.codes.items() if code == wanted] for wanted in (YES, NO))
        return f"CASE WHEN {text} IN {texts(yes)} THEN {number(ADVISED)} WHEN {text} IN {texts(no)} THEN {number(NOT_ADVISED)} END"

    @property
    def columns(self) -> tuple[Column, ...]:
        """Every column that is read, once."""
        read = (self.score, self.recommendation, self.decision, self.outcome, self.person, self.weight, self.count)
        named = {*self.attributes, *(column for column in read if column is not None), *(column for column, _ in self.where)}
        return tuple(column for column in self.table.columns if column in named)

    def prepared(self, source: str) -> str:
        """The rows of the table, or of a part of it, with the values that later conditions ask about: s, n, w, p and inside."""
        columns = ["*", f"coalesce({self.inside}, false) AS inside"]
        values = {"s": self.score_value(), "n": _number(self.count), "w": _number(self.weight)}
        columns += [f"{value} AS {name}" for name, value in values.items() if value is not None]
        return nested(select(columns, source=source), "prepared")

    def fit(self, grid: ScoreGrid | None) -> str:
        """Whether a row of the population can be counted; false or NULL otherwise."""
        conditions = [] if grid is None else [in_range("s", grid)]
        conditions += [] if self.count is None else [FIT_COUNT]
        conditions += [] if self.weight is None else [FIT_WEIGHT]
        if self.person is not None:
            plain = self.person.kind not in {"VARCHAR", "FLOAT", "DOUBLE"}
            conditions.append(f"{self.person.sql} IS NOT NULL" if plain else f"{self.person_text()} <> ''")
        return " AND ".join(conditions) or "true"

    def person_text(self) -> str:
        """The id of the person as text, '' for none."""
        return "''" if self.person is None else text_of(self.person.sql, self.person.kind)

    def fine(self, grid: ScoreGrid | None) -> str:
        """Count rows by raw labels and score cell. A row that can't be counted has no cell (k is NULL); outside rows have no keys."""
        cell = "0" if grid is None else cell_of("s", grid)
        fit = self.fit(grid)
        cell = cell if fit == "true" else f"CASE WHEN {fit} THEN {cell} END"
        return self._counted({**self._labels(), "k": cell}, outside=True)

    def coarse(self, grid: ScoreGrid | None, person: Column) -> str:
        """Count rows by raw labels, thresholds reached and the person's bucket; only asked of rows that can all be counted."""
        policy = "0" if grid is None else policy_of("s", grid)
        bucket = bucket_of(person.sql, person.kind, buckets=BUCKETS)
        return self._counted({**self._labels(), "k": policy, "b": bucket}, outside=False)

    @property
    def labels(self) -> dict[str, Column]:
        """The columns of labels by the key they have in counted tables: g0, g1, ... for attributes, d and o."""
        keyed = {f"g{i}": column for i, column in enumerate(self.attributes)}
        return keyed | {key: column for key, column in (("d", self.decision), ("o", self.outcome)) if column is not None}

    @property
    def sums(self) -> tuple[str, ...]:
        """What counted tables add up."""
        return ("rows_",) if self.weight is None else ("rows_", "weight", "weight_squared")

    def declared(self, plan: Plan, column: Column) -> YesNo | None:
        """The labels that the plan declares for a yes/no column."""
        return plan.decision_labels if column is self.decision else plan.outcome_labels

    def _labels(self) -> dict[str, str]:
        return {key: column.sql for key, column in self.labels.items()}

    def _counted(self, keys: dict[str, str], *, outside: bool) -> str:
        if self.where and outside:
            # a bad count is bad wherever it stands, for nobody could say how many rows lie outside
            inside = "inside" if self.count is None else f"(inside OR NOT coalesce({FIT_COUNT}, false))"
            keys = {"inside": inside, **{name: f"CASE WHEN inside THEN {sql} END" for name, sql in keys.items()}}
        columns = [f"{sql} AS {name}" for name, sql in keys.items()]
        columns += [f"{sql} AS {name}" for name, sql in self._sums().items()]
        where = "inside" if self.where and not outside else None
        counted = select(columns, source=self.prepared(self.table.sql), where=where, group=True)
        return counted if self.count is None else select(["*"], source=nested(counted), where="rows_ <> 0 OR k IS NULL")

    def _sums(self) -> dict[str, str]:
        times = "1" if self.count is None else f"CASE WHEN {FIT_COUNT} THEN CAST(n AS BIGINT) ELSE 0 END"
        sums = {"rows_": "count(*)" if self.count is None else f"sum({times})"}
        if self.weight is None:
            return sums
        one, squared = (
            f"CASE WHEN {FIT_WEIGHT} THEN CAST(floor({value} * {_UNITS_PER_ONE} + 0.5e0) AS BIGINT) ELSE 0 END" for value in ("w", "w * w")
        )
        factor = "" if self.count is None else f" * CAST({times} AS HUGEINT)"
        return sums | {"weight": f"sum({one}{factor})", "weight_squared": f"sum({squared}{factor})"}


FIT_COUNT = f"(n >= 0 AND n = floor(n) AND n <= {number(_GREATEST_COUNT)})"
FIT_WEIGHT = f"(w >= {number(WEIGHT_UNIT)} AND w <= {number(GREATEST_WEIGHT)})"


def rows(table: Table, plan: Plan) -> Rows:
    """Find the plan's columns in a table.

    Raises:
        BadData: a column is missing.
    """
    columns = plan.columns
    named = {
        role: None if name is None else table.column(name, role=f"columns: {role}")
        for role, name in (
            ("score", columns.score),
            ("recommendation", columns.recommendation),
            ("decision", columns.decision),
            ("outcome", columns.outcome),
            ("person", columns.person),
            ("weight", columns.weight),
        )
    }
    groups = [table.column(name, role="groups") for name in plan.groups]
    strata = [table.column(name, role="strata") for name in plan.strata]
    where = () if plan.population is None else plan.population.where
    return Rows(
        table=table,
        attributes=(*groups, *strata),
        count=None if plan.source.count is None else table.column(plan.source.count, role="data: count"),
        where=tuple((table.column(name, role="population"), allowed) for name, allowed in where),
        advice=words(plan, None),
        **named,
    )


def _number(column: Column | None) -> str | None:
    return None if column is None else number_of(column.sql, column.kind)
