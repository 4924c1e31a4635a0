"""What an entry of each type may say in public, as a table: which keys, and which values.

Everything here is read by everyone, for ever. So a value is a word of a closed list, a digest, a number, or a name that the register
gives; there is no place for a sentence, a person's name, an e-mail address, a time of day or a case number. A pattern can't know that
`john-smith` isn't a system: that an identifier is the register's is for whoever records to check.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.terms.canonical import MOST_INTEGER


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a closed list."""

    words: tuple[str, ...]

    def fits(self, value: object) -> bool:
        """Whether the value is one of the words."""
        return isinstance(value, str) and value in self.words

    def __str__(self) -> str:
        return f"one of {', '.join(self.words)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text of one exact shape; `told` is the shape in words."""

    shape: re.Pattern[str]
    told: str

    def fits(self, value: object) -> bool:
        """Whether the value is a text of that shape."""
        return isinstance(value, str) and self.shape.fullmatch(value) is not None

    def __str__(self) -> str:
        return self.told


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index of another entry in the same log."""

    def fits(self, value: object) -> bool:
        """Whether the value is a whole number that an index can be."""
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_INTEGER

    def __str__(self) -> str:
        return f"the index of an entry, a whole number from 0 to {MOST_INTEGER}"


Shape = Word | Written | Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The public keys of one type of entry. `either`: sets of keys of which exactly one must be there, whole."""

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape]
    either: tuple[frozenset[str], ...] = ()

    def check(self, public: Mapping[str, object]) -> None:
        """See that what is required is there and that every known key has a value of its shape; unknown keys pass.

        Raises:
            Malformed: names the key and what it may hold, never what it held.
        """
        missing = [key for key in self.required if key not in public]
        if missing:
            raise Malformed(f"expected the public key {missing[0]} ({self.required[missing[0]]}); it is missing: add it")
        if self.either and [group <= public.keys() for group in self.either].count(True) != 1:
            choices = ", or ".join(" and ".join(sorted(group)) for group in self.either)
            raise Malformed(f"expected exactly one of these: {choices}; got none or several: say what the entry is about")
        for key, shape in {**self.required, **self.optional}.items():
            if key in public and not shape.fits(public[key]):
                raise Malformed(f"public key {key}: expected {shape}; got something else: what is personal belongs into sealed fields")

    def check_known(self, public: Mapping[str, object]) -> None:
        """Refuse keys that this type doesn't know.

        Raises:
            Malformed: names the keys that are known, never the unknown one, which may be somebody's name.
        """
        known = {**self.required, **self.optional}
        strange = [key for key in public if key not in known]
        if strange:
            raise Malformed(
                f"expected no public keys but {', '.join(known) or 'none'}; got {len(strange)} other: "
                "what is personal belongs into sealed fields, the rest out of the record"
            )


def _words(words: str) -> Word:
    return Word(words=tuple(words.split()))


def _hex(digits: int, told: str) -> Written:
    return Written(shape=re.compile(rf"[0-9a-f]{{{digits}}}", re.ASCII), told=told)


# four digits in a row could be a year of birth or part of a case number; version numbers do without
AUTHORITY = Written(
    shape=re.compile(r"(?!.*[0-9]{4})(?=.{3,100}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.[a-z][a-z0-9]*(?:-[a-z0-9]+)*)+", re.ASCII),
    told="the authority's domain name in lower case, such as police.example",
)
SYSTEM = Written(
    shape=re.compile(r"(?!.*[0-9]{4})(?=.{2,64}\Z)[a-z][a-z0-9]*(?:-[a-z0-9]+)*", re.ASCII),
    told="the system's name in the register, lower-case words joined by hyphens, such as risk-tool-3",
)
DIGEST = _hex(64, "a SHA-256 digest, 64 hexadecimal digits in lower case")
VERSION = Written(
    shape=re.compile(r"[0-9a-f]{64}|unknown", re.ASCII),
    told="the SHA-256 digest of the system's version, 64 hexadecimal digits in lower case, or unknown",
)
HANDLE = _hex(32, "the handle of a person's key, 32 hexadecimal digits in lower case")
COURT = _hex(64, "the court's public key, 64 hexadecimal digits in lower case")
KEY_ID = _hex(8, "the id of a signing key, 8 hexadecimal digits in lower case")
# closed, since the name of a group stands in public wherever somebody reads, shows, restricts or erases it
ROLES = ("person", "officer", "victim", "witness", "relative", "child", "counsel", "reviewer", "expert", "case", "system", "other")
GROUP = Written(
    shape=re.compile(rf"(?:{'|'.join(ROLES)})(?:-[1-9][0-9]{{0,2}})?", re.ASCII),
    told=f"a role, one of {', '.join(ROLES)}; where there are several, with a number up to 999, such as victim-2",
)
ABOUT = Index()

PURPOSES = _words(
    "call-handling patrol stop search identification investigation arrest charge diversion bail remand trial sentencing "
    "detention probation parole release victim-support oversight other"
)
INFLUENCES = _words("none seen followed departed-from decided-alone unknown")
STANDINGS = _words("registered unregistered unauthorised suspended prohibited")
READING_PURPOSES = _words("review challenge oversight audit person-request defence-request court-order correction maintenance")
RECIPIENTS = _words("person defence court prosecution oversight authority")
ERASURE_GROUNDS = _words("unlawful legal-duty retention-ended person-request court-order")
RESTRICTION_GROUNDS = _words("accuracy-contested kept-as-evidence court-order person-request")
VERDICTS = _words("shown-different shown-equal cannot-tell withdrawn")
"""What an audit found; `withdrawn`: its auditor took it back, and what its earlier entry says counts for nothing any more."""
STAGES = _words("design pre-deployment live")
REGISTER_VERDICTS = _words(
    "registered authorised refused suspended resumed withdrawn drafted submitted returned published changed retired withheld released "
    "discarded"
)
"""What the register says of a system, and, from `drafted` on, what happened to the system's entry in it."""

# type -> its keys; the types themselves stand in `habeas.terms.records.RecordType`
TABLE: Mapping[str, Keys] = {
    "decision": Keys(
        required={"system": SYSTEM, "version": VERSION, "purpose": PURPOSES}, optional={"influence": INFLUENCES, "standing": STANDINGS}
    ),
    "notice": Keys(required={"about": ABOUT, "kind": _words("told corrected delayed withheld undeliverable")}, optional={}),
    "challenge": Keys(required={"about": ABOUT, "kind": _words("decision system data notice delay")}, optional={}),
    "outcome": Keys(
        required={"about": ABOUT, "kind": _words("stands changed annulled corrected redress-ordered system-suspended withdrawn")},
        optional={},
    ),
    "access": Keys(required={"about": ABOUT, "group": GROUP, "purpose": READING_PURPOSES}, optional={"to": RECIPIENTS}),
    "disclosure": Keys(required={"about": ABOUT, "group": GROUP, "ground": READING_PURPOSES, "to": RECIPIENTS}, optional={}),
    "restriction": Keys(
        required={
            "about": ABOUT,
            "group": GROUP,
            "ground": RESTRICTION_GROUNDS,
            "state": _words("restricted lifted"),
            "court": COURT,
        },
        optional={},
    ),
    "erasure": Keys(
        required={"ground": ERASURE_GROUNDS},
        optional={"key": HANDLE, "about": ABOUT, "group": GROUP},
        either=(frozenset({"key"}), frozenset({"about", "group"})),
    ),
    "register": Keys(
        required={
            "system": SYSTEM,
            "version": VERSION,
            "verdict": REGISTER_VERDICTS,
        },
        optional={"document": DIGEST},
    ),
    "audit": Keys(required={"system": SYSTEM, "version": VERSION, "verdict": VERDICTS}, optional={"stage": STAGES, "document": DIGEST}),
    "key-event": Keys(required={"key": KEY_ID, "event": _words("created rotated retired compromised lost")}, optional={}),
}
