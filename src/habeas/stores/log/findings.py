"""What a check of a log reports: each discrepancy with its index and file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

MOST_FINDINGS = 10_000
"""How many are kept in words; beyond, they are counted, so that a log in ruins doesn't fill the memory."""


class What(Enum):
    """Kinds of discrepancy; the values are for programs and don't change."""

    ENTRY_MISSING = "entry-missing"
    ENTRY_ALTERED = "entry-altered"
    LEAF_ALTERED = "leaf-altered"
    FILE_MISSING = "file-missing"
    FILE_UNREADABLE = "file-unreadable"
    FILE_LENGTH = "file-length"
    FILE_ALTERED = "file-altered"
    FILE_EXTRA = "file-extra"
    HEAD_MISSING = "head-missing"
    HEAD_BROKEN = "head-broken"
    ROOT_DIFFERS = "root-differs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One discrepancy: what should be and what is.

    `index`: the entry concerned, or the first of those below a hash of a higher tile; None where it is no entry's. `file`: the path of
    a published file, or `database` or `second place`.
    """

    what: What
    index: int | None
    file: str | None
    expected: str
    found: str

    def __str__(self) -> str:
        where = [self.file] if self.file is not None else []
        where += [f"entry {self.index}"] if self.index is not None else []
        return f"{', '.join(where)}: expected {self.expected}; found {self.found} ({self.what.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What was checked and what was found.

    `size`: the entries of the head that was checked against; `recorded`: the entries in the database, which may be ahead. `files`: how
    many published files were read. `spare`: partial files that full ones have replaced; they agree and do no harm. `more`: findings
    beyond those told in `findings`.
    """

    size: int
    recorded: int
    files: int
    spare: int
    findings: tuple[Finding, ...]
    more: int = 0

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


class Findings:
    """Gathers what is found, and counts."""

    def __init__(self) -> None:
        self.told: list[Finding] = []
        self.more = 0
        self.files = 0
        self.spare = 0

    def add(self, what: What, *, expected: str, found: str, index: int | None = None, file: str | None = None) -> None:
        """Note one discrepancy."""
        if len(self.told) < MOST_FINDINGS:
            self.told.append(Finding(what=what, index=index, file=file, expected=expected, found=found))
        else:
            self.more += 1
