"""What a page is made of: blocks with words and numbers ready to be shown. Templates add tags, never meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from habeas.reports.charts.svg import Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph. `role`: lead, effect or note, where it isn't plain."""

    kind: ClassVar[str] = "text"
    words: str
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a section."""

    kind: ClassVar[str] = "heading"
    id: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An item of a list; `href` is the id of the place on the page it leads to, or empty."""

    words: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list."""

    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Terms and what they stand for; those in `codes` are machine words such as digests."""

    kind: ClassVar[str] = "terms"
    pairs: tuple[tuple[str, str], ...]
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A number with its interval and how many it was counted among, shown under it where they are known."""

    words: str
    interval: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table; one that is withheld has a sentence in place of the cells after those given."""

    head: str
    cells: tuple[str | Value, ...] = ()
    withheld: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column names its rows. `numbers`: indices of the columns (from 0) that hold numbers."""

    kind: ClassVar[str] = "table"
    caption: str
    head: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A drawing under its caption. `id` is unique on the page."""

    id: str
    caption: str
    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Drawings side by side where there is room. `layout`: charts, or arrays for icon arrays."""

    kind: ClassVar[str] = "figures"
    figures: tuple[Figure, ...]
    layout: str = "charts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Blocks that a reader can fold away; open at first, so that paper shows them."""

    kind: ClassVar[str] = "details"
    summary: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One declared comparison: its verdict in words and as a sign, and what it rests on."""

    kind: ClassVar[str] = "finding"
    id: str
    heading: str
    sign: str
    verdict: str
    blocks: tuple[Block, ...]


Block = Text | Heading | Items | Terms | Table | Figures | Details | Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section of the page. `new_page`: starts a sheet of its own on paper."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer of the whole audit."""

    sign: str
    words: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The whole report. `written`: when, in words."""

    title: str
    tested: Terms
    verdict: Verdict
    sections: tuple[Section, ...]
    written: str


def number_columns(head: Sequence[str], *, words: int = 1) -> frozenset[int]:
    """All columns but the first few, which hold `words`."""
    return frozenset(range(words, len(head)))
