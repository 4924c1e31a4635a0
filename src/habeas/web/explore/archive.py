"""The whole register as a ZIP file, made piece by piece: equal registers give equal bytes on the same day."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date

from django.conf import settings

from habeas.reports.registers.table import table
from habeas.reports.registers.twin import entry_schema, twin
from habeas.runs.registers.fields import FIELDS, field_set
from habeas.web.explore.queries.moment import one_moment
from habeas.web.explore.queries.rows import COLUMNS, as_row, found_rows
from habeas.web.explore.queries.search import Wish
from habeas.web.explore.queries.whole import all_entries

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a ZIP file knows: the time of making would make equal registers differ."""

README = """\
{name}: the whole register, as everybody may read it on {day}

entries.jsonl   one entry a line; its shape: register-entry.schema.json
register.csv    the list of entries; a cell that a spreadsheet would run as a formula begins with an apostrophe
fields.yaml     every question, with its counterpart in other registers' standards
register-entry.schema.json   the JSON Schema of an entry

What is withheld isn't here; each entry says which answer, on which ground and until when.
Entries marked documented_by_others come from elsewhere, under the licence that their source names, which must be named with them.
Entries marked made_up show how the site works; nothing in them is true.
All other entries are given by those who operate the systems, for everybody to use, copy and publish, if the register is named as source.
Each entry and its proofs: {address}/register/
"""


class _Pieces(io.RawIOBase):
    """A file that is written once and read away as it grows; it can't go back, so ZIP notes sizes after each file."""

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        content = bytes(piece)  # type: ignore[call-overload] # whatever buffer zipfile gives
        self._kept.append(content)
        return len(content)

    def taken(self) -> bytes:
        """What was written since the last time."""
        content = b"".join(self._kept)
        self._kept.clear()
        return content


def archive(*, on: date) -> Iterator[bytes]:
    """The pieces of the file, in order. The list and the entries are of one moment: neither names what the other lacks."""
    pieces = _Pieces()
    with one_moment(), zipfile.ZipFile(pieces, "w") as made:
        for name, lines in _files(on):
            info = zipfile.ZipInfo(name, date_time=BEGINNING)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            with made.open(info, "w") as file:
                for line in lines:
                    file.write(line.encode())
                    if content := pieces.taken():
                        yield content
    yield pieces.taken()


def _files(on: date) -> Iterator[tuple[str, Iterable[str]]]:
    site = settings.SITE
    yield "README.txt", [README.format(name=site.name, day=on.isoformat(), address=site.address)]
    yield "fields.yaml", [FIELDS.read_text(encoding="utf-8")]
    yield "register-entry.schema.json", [json.dumps(entry_schema(field_set()), ensure_ascii=False, indent=1) + "\n"]
    yield "register.csv", table(COLUMNS, (as_row(row) for row in found_rows(Wish(sort="name"))))
    yield "entries.jsonl", (_line(twin(one, field_set())) for one in all_entries(on=on))


def _line(said: dict[str, object]) -> str:
    del said["history"]  # each entry's own twin has it; here it would be read for every entry alone
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
