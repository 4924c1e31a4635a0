"""The entries of the log: what everyone may read of a record, and the one spelling in which it is hashed.

An entry says what kind of thing happened, which authority answers for it, on which day (never at which time), a few public words, and
the root of the commitment to its sealed fields. `records_keys` has the table of what each type may say.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Any

from habeas.errors import Malformed
from habeas.terms.answers import parse_day
from habeas.terms.canonical import canonical, parse_canonical
from habeas.terms.records_keys import AUTHORITY, TABLE

VERSION = 1
"""The version of the format that is written; later ones are read as far as they are understood."""

ROOT_BYTES = 32

_OWN = ("v", "type", "authority", "day", "fields")


class RecordType(Enum):
    """What an entry records."""

    DECISION = "decision"
    NOTICE = "notice"
    CHALLENGE = "challenge"
    OUTCOME = "outcome"
    ACCESS = "access"
    DISCLOSURE = "disclosure"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    REGISTER = "register"
    AUDIT = "audit"
    KEY_EVENT = "key-event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the log, all of it public.

    `fields`: the root of the commitment to the sealed fields, 32 bytes; None where nothing is sealed. `public` may hold keys that this
    habeas doesn't know, as read from a log; `encode_entry` writes none of them. `version`: the format's; a later one than ours isn't
    judged, only kept.
    """

    type: RecordType
    authority: str
    day: date
    public: Mapping[str, Any] = field(default_factory=dict)
    fields: bytes | None = None
    version: int = VERSION

    def __post_init__(self) -> None:
        object.__setattr__(self, "public", MappingProxyType(dict(self.public)))
        if self.version < VERSION:
            raise Malformed(f"entry: expected version {VERSION} or later; got {self.version}")
        if type(self.day) is not date:
            raise Malformed("entry: expected a day without a time; got something else: everyone reads it, so a day is as exact as it gets")
        if self.fields is not None and len(self.fields) != ROOT_BYTES:
            raise Malformed(f"entry: expected a root of {ROOT_BYTES} bytes as fields; got {len(self.fields)}")
        if any(key in _OWN for key in self.public):
            raise Malformed(f"entry: expected public keys other than {', '.join(_OWN)}, which every entry has; got one of them")
        if self.version == VERSION:
            self._check()

    def _check(self) -> None:
        if not AUTHORITY.fits(self.authority):
            raise Malformed(f"entry: expected as authority {AUTHORITY}; got something else: use the name that the register has")
        try:
            TABLE[self.type.value].check(self.public)
        except Malformed as problem:
            raise Malformed(f"{self.type.value} entry: {problem}") from None


def encode_entry(entry: Entry) -> bytes:
    """The entry as canonical JSON (RFC 8785): the bytes that are hashed into the log.

    Raises:
        Malformed: it holds a public key that its type doesn't know, or is of a later version than this habeas writes.
    """
    if entry.version != VERSION:
        raise Malformed(f"entry: expected version {VERSION}, which this habeas writes; got {entry.version}: it can be read, not written")
    try:
        TABLE[entry.type.value].check_known(entry.public)
    except Malformed as problem:
        raise Malformed(f"{entry.type.value} entry: {problem}") from None
    own: dict[str, Any] = {"v": VERSION, "type": entry.type.value, "authority": entry.authority, "day": entry.day.isoformat()}
    if entry.fields is not None:
        own["fields"] = base64.b64encode(entry.fields).decode("ascii")
    return canonical({**own, **entry.public})


def parse_entry(raw: bytes) -> Entry:
    """The entry that a log holds, with the keys that this habeas doesn't know kept in `public`.

    Raises:
        Malformed: not canonical JSON, not an entry, or of a type that only a later habeas knows.
    """
    given = parse_canonical(raw)
    if not isinstance(given, dict) or not isinstance(given.get("v"), int) or isinstance(given["v"], bool):
        raise Malformed("entry: expected a JSON object with a version v; got something else: is this an entry of a habeas log?")
    return Entry(
        type=_type(given.get("type")),
        authority=_text(given.get("authority"), "authority"),
        day=_day(given.get("day")),
        public={key: value for key, value in given.items() if key not in _OWN},
        fields=_root(given["fields"]) if "fields" in given else None,
        version=given["v"],
    )


def fields_of(raw: bytes) -> bytes | None:
    """The root of the commitment to the fields that an entry holds, whatever its type and version; None: it holds none, or is no entry."""
    try:
        given = parse_canonical(raw)
        return _root(given["fields"]) if isinstance(given, dict) and "v" in given and "fields" in given else None
    except Malformed:
        return None


def _type(given: object) -> RecordType:
    try:
        return RecordType(given)
    except ValueError:
        known = ", ".join(member.value for member in RecordType)
        raise Malformed(f"entry: expected as type one of {known}; got another: a later habeas may know it") from None


def _text(given: object, name: str) -> str:
    if not isinstance(given, str):
        raise Malformed(f"entry: expected a text as {name}; got something else")
    return given


def _day(given: object) -> date:
    day = parse_day(_text(given, "day"))
    if day is None:
        raise Malformed("entry: expected a day such as 2026-11-22; got something else: entries hold no times")
    return day


def _root(given: object) -> bytes:
    text = _text(given, "fields")
    try:
        root = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        root = b""
    if len(root) != ROOT_BYTES or base64.b64encode(root).decode("ascii") != text:
        raise Malformed(f"entry: expected as fields a root of {ROOT_BYTES} bytes in canonical Base64; got something else")
    return root
