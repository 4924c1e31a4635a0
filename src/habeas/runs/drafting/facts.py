"""The facts of a file of decisions that a draft is guessed from: its columns and what they hold, in summary."""

from __future__ import annotations

from dataclasses import dataclass

from habeas.engines.labels import NO_WORDS, YES_WORDS

YES_OR_NO = frozenset({*YES_WORDS, *NO_WORDS})

UNRECORDED_WORDS = frozenset(
    {"", "unknown", "not known", "not stated", "not recorded", "not specified", "missing", "n/a", "na", "none", "null", "nan", "?", "-"}
)
"""What files write where a label was not recorded; compared without regard to capitals."""

MOST_LABELS = 20
"""More different texts than these are no labels; they may name people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """One column. `levels`: its most frequent texts, most frequent first, blanks among them; `distinct` counts all but blanks.

    `numeric`: every value but blanks is a finite number, from `minimum` to `maximum`; `whole`: and a whole one.
    """

    name: str
    distinct: int
    levels: tuple[str, ...] = ()
    numeric: bool = False
    whole: bool = False
    minimum: float | None = None
    maximum: float | None = None

    @property
    def yes_or_no(self) -> bool:
        """Whether it holds plain yes and no (0/1, true/false and the like), blanks aside."""
        return 1 <= self.distinct <= len(YES_OR_NO) and all(level.lower() in YES_OR_NO for level in self.recorded_levels)

    @property
    def few_labels(self) -> bool:
        """Whether its texts look like labels that many rows share."""
        return self.distinct <= MOST_LABELS

    @property
    def recorded_levels(self) -> tuple[str, ...]:
        """The levels that say something."""
        return tuple(level for level in self.levels if level.lower() not in UNRECORDED_WORDS)

    @property
    def unrecorded_levels(self) -> tuple[str, ...]:
        """The levels that say 'not recorded'."""
        return tuple(level for level in self.levels if level.lower() in UNRECORDED_WORDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFacts:
    """A file, folder or glob of decisions. `rows`: looked at, not all there are. `count`: the column of a table of counts."""

    name: str
    rows: int
    columns: tuple[ColumnFacts, ...]
    count: str | None = None

    def column(self, name: str) -> ColumnFacts | None:
        """The facts of one column; None where there is no such column."""
        return next((column for column in self.columns if column.name == name), None)
