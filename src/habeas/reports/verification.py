"""What became of a verification, in words for a lawyer and as JSON for programs."""

from __future__ import annotations

import json
import re
import textwrap
from datetime import UTC, datetime, timedelta
from typing import Any

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import Opening
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.trust.rungs import LogVerification, Outcome, Rung, Verification
from habeas.terms.canonical import parse_canonical
from habeas.terms.records import parse_entry

SIGNS = {Outcome.HELD: "holds", Outcome.FAILED: "FAILS", Outcome.NOT_REACHED: "open", Outcome.NOT_ASKED: "-"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEFT = 10
"""Columns before a rung's words: its number and what became of it."""
LABEL = 22
"""Columns before what is said below: who signed, what was recorded and shown."""
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC")

VERIFIED = "VERIFIED: everything that the file claims is proven."
NOT_PROVEN = "NOTHING IS PROVEN: the file agrees with itself, but nobody's signature was checked. Give a trust policy: --policy FILE"
BROKEN = "NOT VERIFIED: step {number} fails. Keep the file as it is: what it shows may matter."
UNREADABLE = "NOT VERIFIED: this can't be read as evidence. Ask for the file again, whole and unaltered."
LOG_VERIFIED = "VERIFIED: the log is whole."
LOG_BROKEN = "NOT VERIFIED: step {number} fails. Keep the checkpoints and the files as they are: what they show may matter."
OPEN = "NOT VERIFIED: a step could not be checked."


def as_text(verification: Verification, *, width: int) -> str:
    """The ladder, one rung after another, then what it comes to, then who stood by it and what was shown."""
    lines = [line for rung in verification.rungs for line in _rung(rung, width=width)]
    said = [*_signers(verification), *_recorded(verification)]
    below = [line for label, text in said for line in _labelled(label, text, width=width)]
    ending = [*_wrapped(conclusion(verification), width=width), *below, *_shown(verification)]
    return "\n".join(_harmless(line) for line in [*lines, "", *ending])


def conclusion(verification: Verification) -> str:
    """One sentence: what it comes to."""
    if verification.held:
        return VERIFIED
    if verification.failed is not None and verification.evidence is None:
        return UNREADABLE
    if verification.failed is not None:
        return BROKEN.format(number=verification.failed.number)
    return NOT_PROVEN if verification.unanchored else OPEN


def as_document(verification: Verification) -> dict[str, Any]:
    """The same for programs; `evidence` holds, in hexadecimal, the bytes that each rung was judged by.

    Each of `fields` has its `value`, or, where what was recorded is no canonical JSON, its `bytes` in hexadecimal.
    """
    return {
        "format": "habeas-verification/1",
        "verified": verification.held,
        "conclusion": conclusion(verification),
        "rungs": [_rung_document(rung) for rung in verification.rungs],
        "checkpoint": _checkpoint_document(verification.checkpoint),
        "log_keys": [str(one.key) for one in verification.log],
        "witnesses": [
            {"name": name, "at": _time(one.at)} for name, one in zip(verification.witnesses, verification.cosignatures, strict=True)
        ],
        "fields": [_field(opening) for opening in _opened(verification)],
    }


def log_as_text(verification: LogVerification, *, width: int) -> str:
    """What became of checking a whole log: one step after another, then what it comes to."""
    lines = [line for rung in verification.rungs for line in _rung(rung, width=width)]
    return "\n".join(_harmless(line) for line in [*lines, "", *_wrapped(log_conclusion(verification), width=width)])


def log_conclusion(verification: LogVerification) -> str:
    """One sentence: what it comes to."""
    if verification.failed is None:
        return LOG_VERIFIED
    return LOG_BROKEN.format(number=verification.failed.number)


def log_as_document(verification: LogVerification) -> dict[str, Any]:
    """The same for programs."""
    return {
        "format": "habeas-log-verification/1",
        "verified": verification.held,
        "conclusion": log_conclusion(verification),
        "rungs": [_rung_document(rung) for rung in verification.rungs],
        "checkpoint": _checkpoint_document(verification.checkpoint),
    }


def _rung_document(rung: Rung) -> dict[str, Any]:
    return {
        "number": rung.number,
        "name": rung.name,
        "outcome": rung.outcome.value,
        "detail": rung.detail,
        "evidence": [one.hex() for one in rung.evidence],
    }


def _checkpoint_document(checkpoint: Checkpoint | None) -> dict[str, Any] | None:
    return None if checkpoint is None else {"origin": checkpoint.origin, "size": checkpoint.size, "root": checkpoint.root.hex()}


def _rung(rung: Rung, *, width: int) -> list[str]:
    head = f"{rung.number}  {SIGNS[rung.outcome]:5}  {rung.name}"
    return [head, *textwrap.wrap(rung.detail, width=width, initial_indent=" " * LEFT, subsequent_indent=" " * LEFT, break_long_words=False)]


def _wrapped(text: str, *, width: int) -> list[str]:
    return textwrap.wrap(text, width=width, break_long_words=False, break_on_hyphens=False)


def _labelled(label: str, text: str, *, width: int) -> list[str]:
    """A label and what belongs to it; a time stays on one line."""
    together = _TIME.sub(lambda time: time[0].replace(" ", "\xa0"), _harmless(text))
    lines = textwrap.wrap(
        f"{label:{LABEL}}{together}",
        width=width,
        subsequent_indent=" " * LABEL,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\xa0", " ") for line in lines]


def _signers(verification: Verification) -> list[tuple[str, str]]:
    logs = [("signed by the log", f"{_key(str(one.key))}{_when(one.at)}") for one in verification.log]
    named = zip(verification.witnesses, verification.cosignatures, strict=True)
    return [*logs, *(("cosigned by witness", f"{name}{_when(one.at)}") for name, one in named)]


def _recorded(verification: Verification) -> list[tuple[str, str]]:
    """The entry in words, only once it is proven."""
    if not verification.held or verification.evidence is None:
        return []
    try:
        entry = parse_entry(verification.evidence.entry)
    except Malformed:
        return [("recorded", f"{len(verification.evidence.entry)} bytes that are no record of this habeas")]
    said = "".join(f", {_word(key)} {_word(value)}" for key, value in sorted(entry.public.items()))
    return [("recorded", f"{entry.type.value} of {entry.authority} on {entry.day.isoformat()}{said}")]


def _harmless(line: str) -> str:
    """Whatever would move the cursor, or turn the reading direction, as its number: the file may come from anybody."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in line)


def _word(said: object) -> str:
    """A public word as it is; whatever could be taken for several words, in quotes."""
    return said if isinstance(said, str) and _PLAIN.fullmatch(said) else json.dumps(said, ensure_ascii=False)


def _shown(verification: Verification) -> list[str]:
    """Each field on a line, however long: what was recorded is shown to the letter, spaces included."""
    return [f"{'shown':{LABEL}}{one.group}/{one.name} = {_told(one.value)}" for one in _opened(verification)]


def _told(raw: bytes) -> str:
    """JSON has one spelling only, so its text says which bytes were recorded; bytes that are none are told apart from text."""
    try:
        return json.dumps(parse_canonical(raw), ensure_ascii=False)
    except Malformed:
        return f"bytes {raw.hex()}"


def _field(opening: Opening) -> dict[str, Any]:
    named = {"group": opening.group, "name": opening.name}
    try:
        return {**named, "value": parse_canonical(opening.value)}
    except Malformed:
        return {**named, "bytes": opening.value.hex()}


def _opened(verification: Verification) -> tuple[Opening, ...]:
    """The fields that the file opens, only once they are proven."""
    return verification.evidence.openings if verification.held and verification.evidence is not None else ()


def _key(vkey: str) -> str:
    name, key_id, _ = vkey.split("+", 2)
    return f"{name} (key {key_id})"


def _when(at: int | None) -> str:
    return "" if at is None else f", {_time(at)}"


def _time(at: int | None) -> str | None:
    """UTC; a time beyond what calendars hold stays a number."""
    if at is None:
        return None
    try:
        return (EPOCH + timedelta(seconds=at)).strftime("%Y-%m-%d %H:%M:%S UTC")
    except OverflowError:
        return str(at)
