"""Markdown for the documentation site: text from data that can't break a page, and the few forms that the pages use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

MARKUP = re.compile(r"[\\*_\[\]{}<>&|$~^=]")
STARTS_A_BLOCK = re.compile(r"^(?:[#+:!?-]|\d+(?=[.)]))")
CODE = re.compile(r"(`[^`|]+`)")
SENTENCE_ENDS = (".", "!", "?", ":")


def prose(text: str) -> str:
    """Text in one line that means itself; what stands between backticks is shown as it is typed."""
    pieces = CODE.split(" ".join(text.split()))
    escaped = "".join(piece if CODE.fullmatch(piece) else _plain(piece) for piece in pieces)
    return STARTS_A_BLOCK.sub(lambda found: "".join(f"&#{ord(character)};" for character in found.group()), escaped)


def sentence(text: str) -> str:
    """The text as `prose`, with a capital at its start and a full stop at its end."""
    said = prose(text)
    return f"{said[:1].upper()}{said[1:]}{'' if said.endswith(SENTENCE_ENDS) else '.'}"


def link(text: str, to: str) -> str:
    """`text`, which is Markdown already, leading somewhere."""
    return f"[{text}]({to})"


def whole(to: str) -> str:
    """A link whose text stays on one line."""
    return f"{to}{{ .whole }}"


def day(found: date) -> str:
    """A day that stays on one line."""
    return f'<span class="whole">{found}</span>'


def target(anchor: str) -> str:
    """A place that links reach by this name, where there is no heading."""
    return f'<span id="{anchor}"></span>'


def heading(level: int, text: str, *, anchor: str | None = None) -> str:
    """A heading of this level; `anchor`: the name by which links reach it."""
    return f"{'#' * level} {prose(text)}{'' if anchor is None else f' {{ #{anchor} }}'}"


def bullets(items: Iterable[str]) -> Iterator[str]:
    """A list of items that are Markdown already."""
    yield from (f"- {item}" for item in items)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table whose cells are Markdown already."""
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"


def folded(title: str, lines: Iterable[str], *, kind: str = "note") -> Iterator[str]:
    """Lines that a reader unfolds; printed, they are unfolded."""
    yield f'??? {kind} "{_plain(title).replace(chr(34), "&quot;")}"'
    yield ""
    yield from (f"    {line}" if line else "" for line in lines)


def page(lines: Iterable[str]) -> str:
    """The lines as a file: never two empty lines in a row, one line feed at the end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"


def _plain(text: str) -> str:
    return MARKUP.sub(lambda found: f"&#{ord(found.group())};", text)
