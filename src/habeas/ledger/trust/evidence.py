"""Evidence files (`habeas-evidence/v1`): all that a court needs to check one entry, and the fields of it that are disclosed.

JSON in plain ASCII:

* `format`: the text `habeas-evidence/v1`;
* `entry`: the entry's bytes, in base64;
* `proof`: the lines of a C2SP proof file, as texts without their line feeds: joined, they are a `.tlog-proof` for any tool;
* `openings`: a list, empty where nothing is disclosed, of `group`, `name`, `index` and `size`, with `value`, `salt` and the hashes of
  `path` in base64.

An opening is as personal as the field it opens: keep the file accordingly.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import Opening
from habeas.ledger.notes.encoding import decode_base64, decode_hash, encode_base64
from habeas.ledger.tree.bundles import MAX_ENTRY_BYTES
from habeas.ledger.trust.proof_file import MAX_PROOF_BYTES, TlogProof, parse_proof
from habeas.ledger.trust.strict_json import read_json, require_list, require_number, require_object, require_text

FORMAT = "habeas-evidence/v1"
MAX_EVIDENCE_BYTES = 16 * 1024 * 1024
"""Longer files are refused unread."""
MAX_OPENINGS = 1_000
MAX_OPENED_BYTES = 8 * 1024 * 1024
"""The most bytes that all opened values together may have: written in base64, with all else, they stay below the largest file."""

KEYS = ("format", "entry", "proof", "openings")
OPENING_KEYS = ("group", "name", "value", "salt", "index", "size", "path")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One entry, the proof of its place in a log, and the fields of it that are disclosed. It proves nothing until it is verified.

    Raises:
        Malformed: an entry longer than any log takes, too much to disclose at once, or a field opened twice.
    """

    entry: bytes
    proof: TlogProof
    openings: tuple[Opening, ...] = ()

    def __post_init__(self) -> None:
        if len(self.entry) > MAX_ENTRY_BYTES:
            raise Malformed(f"expected an entry of at most {MAX_ENTRY_BYTES} bytes; got {len(self.entry)}: give the entry alone")
        opened = sum(len(opening.value) for opening in self.openings)
        if len(self.openings) > MAX_OPENINGS or opened > MAX_OPENED_BYTES:
            got = f"{len(self.openings)} with {opened}"
            raise Malformed(f"expected at most {MAX_OPENINGS} openings with {MAX_OPENED_BYTES} bytes; got {got}: make several files")
        if len({(opening.group, opening.name) for opening in self.openings}) != len(self.openings):
            raise Malformed("expected each field opened once; got one twice, which could say two things: leave one out")

    def encode(self) -> bytes:
        """The file: the same bytes for the same value, indented, in ASCII so that no mail program garbles it."""
        document = {
            "format": FORMAT,
            "entry": encode_base64(self.entry),
            "proof": self.proof.encode().decode("utf-8").removesuffix("\n").split("\n"),
            "openings": [_written(opening) for opening in self.openings],
        }
        return json.dumps(document, indent=2).encode("ascii") + b"\n"


def parse_evidence(raw: bytes) -> Evidence:
    """Read an evidence file, however it is indented; nothing is verified yet.

    Raises:
        Malformed: anything but such a file: keys unknown, missing or twice, base64 that isn't canonical, hashes of another length.
    """
    document = require_object(read_json(raw, limit=MAX_EVIDENCE_BYTES, what="an evidence file"), keys=KEYS, what="an evidence file")
    if document["format"] != FORMAT:
        raise Malformed(f"expected the format {FORMAT}; got another: use the version of habeas that wrote the file, or a later one")
    openings = require_list(document["openings"], most=MAX_OPENINGS, what="openings")
    return Evidence(
        entry=_bytes(document["entry"], what="entry"),
        proof=parse_proof(_joined(document["proof"])),
        openings=tuple(_read(opening) for opening in openings),
    )


def _joined(lines: object) -> bytes:
    texts = [require_text(line, what="a line of the proof") for line in require_list(lines, most=MAX_PROOF_BYTES, what="proof")]
    if any("\n" in text for text in texts):
        raise Malformed("expected the proof as a list of lines; one has a line feed within: take the original file")
    try:
        return "".join(f"{text}\n" for text in texts).encode("utf-8")
    except UnicodeEncodeError as error:
        raise Malformed("expected text that UTF-8 can write; got half a character: take the original file") from error


def _written(opening: Opening) -> dict[str, object]:
    return {
        "group": opening.group,
        "name": opening.name,
        "value": encode_base64(opening.value),
        "salt": encode_base64(opening.salt),
        "index": opening.index,
        "size": opening.size,
        "path": [encode_base64(each) for each in opening.path],
    }


def _read(value: object) -> Opening:
    found = require_object(value, keys=OPENING_KEYS, what="an opening")
    path = require_list(found["path"], most=64, what="the path of an opening")
    return Opening(
        group=require_text(found["group"], what="the group of an opening"),
        name=require_text(found["name"], what="the name of an opening"),
        value=_bytes(found["value"], what="the value of an opening"),
        salt=_bytes(found["salt"], what="the salt of an opening"),
        index=require_number(found["index"], what="the index of an opening"),
        size=require_number(found["size"], what="the size of an opening"),
        path=tuple(decode_hash(require_text(each, what="a hash of an opening")) for each in path),
    )


def _bytes(value: object, *, what: str) -> bytes:
    return decode_base64(require_text(value, what=what))
