"""Published records of the UK's Algorithmic Transparency Recording Standard, as GOV.UK's search lists them, as entries of the register.

The list knows a record's name, description, organisation, address and day. All else stays unanswered, and the entry shows that.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from habeas.errors import BadDescription, NotFound, Unavailable
from habeas.terms.answers import parse_day
from habeas.terms.records_keys import SYSTEM
from habeas.terms.register import Content, FieldSet

MOST_BYTES = 20_000_000
LONGEST_SLUG = 64
NOT_NAMED = "Organisation not named in the record"
LICENCE = "Open Government Licence v3.0"
DAY = len("2026-11-22")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """A record as an entry: `organisation` is the name of who uses the system; `slug` its name here; `source` where it is from."""

    organisation: str
    organisation_slug: str
    slug: str
    content: Content
    source: str
    published: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A record that can't be brought: which, and why."""

    record: str
    why: str


def read_atrs_records(path: Path, fields: FieldSet) -> tuple[tuple[Brought, ...], tuple[LeftOut, ...]]:
    """The entries that a file of records gives, and the records that give none.

    Raises:
        NotFound, BadDescription, Unavailable: the file isn't there, isn't such a file, or can't be read.
    """
    brought: list[Brought] = []
    left: list[LeftOut] = []
    taken: set[str] = set()
    for number, record in enumerate(_records(path), start=1):
        one = _brought(record, number=number, fields=fields, taken=taken)
        if isinstance(one, Brought):
            taken.add(one.slug)
            brought.append(one)
        else:
            left.append(one)
    return tuple(brought), tuple(left)


def clean(text: object) -> str:
    """A text as people read it: entities resolved, odd blanks and characters that don't show made into one space."""
    if not isinstance(text, str):
        return ""
    shown = "".join(" " if unicodedata.category(mark) in {"Cc", "Cf", "Zl", "Zp", "Zs", "Cs"} else mark for mark in html.unescape(text))
    return " ".join(shown.split())


def slug_of(text: str, *, longest: int = LONGEST_SLUG) -> str:
    """A text as a name for addresses and the ledger: letters and digits joined by hyphens; four digits in a row are parted."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"(\d{3})(?=\d)", r"\1-", "-".join(re.findall(r"[a-z0-9]+", plain)))
    named = words if words[:1].isalpha() else f"system-{words}"
    return named[:longest].rstrip("-")


def _records(path: Path) -> Iterator[Mapping[str, Any]]:
    told = "expected records of the ATRS as a JSON object with the list `records`"
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadDescription(f"{path}: {told}; got more than {MOST_BYTES:,} bytes: is this another file?")
        document = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise NotFound(f"{path} is not there; {told}: check the name") from None
    except OSError as problem:
        raise Unavailable(f"{path} can't be read; {told}: check that you may read it") from problem
    except (ValueError, RecursionError):
        raise BadDescription(f"{path}: {told}; got something that isn't JSON in UTF-8: is this another file?") from None
    records = document.get("records") if isinstance(document, dict) else None
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise BadDescription(f"{path}: {told}; got another shape: is this another file?")
    yield from records


def _brought(record: Mapping[str, Any], *, number: int, fields: FieldSet, taken: set[str]) -> Brought | LeftOut:
    name, summary = clean(record.get("tool_name") or record.get("title")), clean(record.get("description"))
    which = name or f"record {number}"
    if not name:
        return LeftOut(record=which, why="it has no name")
    day = parse_day(str(record.get("published") or "")[:DAY])
    if day is None:
        return LeftOut(record=which, why="it doesn't say when it was published")
    answers = {"name": name, "plain_summary": summary, "website": _address(record.get("url")), "language": "en"}
    for field, text in answers.items():
        most = fields.field(field).most_characters
        if len(text) > most:  # never cut: half a sentence can say the opposite
            return LeftOut(record=which, why=f"its {field} has {len(text)} characters and the register takes {most}")
    slug = _free_slug(record, name, taken)
    if slug is None:
        return LeftOut(record=which, why="its name has no letters that addresses can hold")
    organisation = clean(record.get("publishing_body")) or NOT_NAMED
    return Brought(
        organisation=organisation,
        organisation_slug=slug_of(organisation),
        slug=slug,
        content={field: text for field, text in answers.items() if text},
        source=f"UK Algorithmic Transparency Recording Standard, record of {day}, {LICENCE}: {answers['website'] or 'no address'}",
        published=day,
    )


def _address(url: object) -> str:
    address = clean(url)
    return address if address.startswith("https://") and " " not in address else ""


def _free_slug(record: Mapping[str, Any], name: str, taken: set[str]) -> str | None:
    wanted = slug_of(clean(record.get("url")).rstrip("/").rsplit("/", 1)[-1] or name)
    for suffix in ("", *(f"-{number}" for number in range(2, 1000))):
        slug = wanted[: LONGEST_SLUG - len(suffix)].rstrip("-") + suffix
        if slug not in taken and SYSTEM.fits(slug):
            return slug
    return None
