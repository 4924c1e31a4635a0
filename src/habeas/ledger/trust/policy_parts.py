"""What a trust policy is made of, and which parts fit together (C2SP tlog-policy)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from habeas.errors import Malformed
from habeas.ledger.notes.keys import VerifierKey

NONE = "none"
"""The quorum that asks for no witness; nothing else may bear this name."""

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
"""What no line of a policy may hold: control characters other than tab and line feed."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^ \t\n]+")
_NAME = re.compile(r"[^ \t\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A witness: its name in this policy, its key, and where it takes checkpoints (None: not said, and not needed offline)."""

    name: str
    key: VerifierKey
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Witnesses or groups, of which `needed` or more must stand by a checkpoint for the group to do so."""

    name: str
    needed: int
    members: tuple[str, ...]


class Draft:
    """A policy in the making: refuses each part that doesn't fit those before it, as `Malformed`."""

    def __init__(self) -> None:
        self.logs: list[VerifierKey] = []
        self.log_urls: dict[VerifierKey, str] = {}
        self.witnesses: dict[str, Witness] = {}
        self.groups: dict[str, Group] = {}
        self.quorum: str | None = None
        self._keys: set[bytes] = set()
        self._members: set[str] = set()

    def add_log(self, key: VerifierKey, url: str | None) -> None:
        """A log to believe, and where it is read (None: not said)."""
        self._claim_key(key)
        self.logs.append(key)
        if url is not None:
            _refuse_bad_url(url)
            self.log_urls[key] = url

    def add_witness(self, witness: Witness) -> None:
        """A witness whose cosignature may count."""
        self._claim_name(witness.name)
        self._claim_key(witness.key)
        if not witness.key.algorithm.timed:
            raise Malformed("expected a witness key of type 0x04 or 0x06; got 0x01, which signs for logs only: ask for the witness's key")
        if witness.url is not None:
            _refuse_bad_url(witness.url)
        self.witnesses[witness.name] = witness

    def add_group(self, group: Group) -> None:
        """A group of witnesses and groups that are there already."""
        self._claim_name(group.name)
        if not 1 <= group.needed <= len(group.members):
            raise Malformed(f"expected a group that needs 1 to {len(group.members)} of its members; got another number: mend the group")
        for member in group.members:
            self._claim_member(member)
        self.groups[group.name] = group

    def set_quorum(self, name: str) -> None:
        """Who must stand by a checkpoint; said once."""
        if self.quorum is not None:
            raise Malformed("expected one quorum; got a second: drop one of them")
        if name != NONE and not self._is_known(name):
            raise Malformed(f"expected the quorum {NONE}, or a witness or group defined before it; got another name: define it first")
        self.quorum = name

    def _is_known(self, name: str) -> bool:
        return name in self.witnesses or name in self.groups

    def _claim_name(self, name: str) -> None:
        if name == NONE or self._is_known(name) or _NAME.fullmatch(name) is None or CONTROL.search(name) is not None:
            raise Malformed(f"expected a name of its own, without spaces, other than {NONE}; got one that isn't: choose another")

    def _claim_key(self, key: VerifierKey) -> None:
        if key.public in self._keys:
            raise Malformed("expected every key once, whatever its name; got one again: drop the second")
        self._keys.add(key.public)

    def _claim_member(self, name: str) -> None:
        if not self._is_known(name):
            raise Malformed("expected members that are defined before their group; got another name: define it first")
        if name in self._members:
            raise Malformed("expected every witness and group in one group at most, and once; got one again: drop the second")
        self._members.add(name)


def _refuse_bad_url(url: str) -> None:
    if _URL.fullmatch(url) is None or CONTROL.search(url) is not None:
        raise Malformed("expected a URL that begins with its scheme, such as https:; got something else: mend or drop it")
