"""Trust policies (C2SP tlog-policy): which logs are believed, and which of their witnesses must have cosigned.

A verifier chooses the file; nothing in a proof can. Stricter than the specification in four points: a log and a witness may not
share a key (a log would be its own witness), a URL must begin with its scheme (so that a comment behind a key isn't taken for one),
key names follow C2SP signed-note, and numbers have no leading zeros.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import Verified, verify_checkpoint, verify_note
from habeas.ledger.notes.encoding import decimal, split_lines
from habeas.ledger.notes.keys import VerifierKey, parse_vkey
from habeas.ledger.notes.note import parse_note
from habeas.ledger.trust.policy_parts import CONTROL, NONE, Draft, Group, Witness

ALL, ANY = "all", "any"

OPAQUE = "surrogateescape"
"""How bytes that aren't UTF-8 travel through text unchanged: the specification takes them as they are."""

_GAP = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Whose word counts. Valid is a checkpoint that any of `logs` signed under its own origin, and that `quorum` stands by.

    `log_urls`: where a log is read, by its key. `witnesses` and `groups`: by name; a group stands behind those it names.

    Raises:
        Malformed: a name used twice, unknown or reserved; a key twice, whatever its name; a key that can't cosign as a witness; a
            member of two groups; a group that asks for none or for more than it has.
    """

    logs: tuple[VerifierKey, ...] = ()
    log_urls: Mapping[VerifierKey, str] = field(default_factory=dict)
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    groups: Mapping[str, Group] = field(default_factory=dict)
    quorum: str

    def __post_init__(self) -> None:
        draft = Draft()
        for key in self.logs:
            draft.add_log(key, self.log_urls.get(key))
        for witness in self.witnesses.values():
            draft.add_witness(witness)
        for group in self.groups.values():
            draft.add_group(group)
        draft.set_quorum(self.quorum)
        if (draft.witnesses, draft.groups, draft.log_urls) != (self.witnesses, self.groups, self.log_urls):
            raise Malformed("expected witnesses and groups under their own names, and URLs of the logs only; got others: mend the policy")

    def logs_for(self, origin: str) -> tuple[VerifierKey, ...]:
        """The keys of the log with this origin; none when the policy doesn't know it."""
        return tuple(key for key in self.logs if key.name == origin)

    def quorum_met(self, names: Collection[str]) -> bool:
        """Whether the witnesses of these names, as this policy calls them, are enough. Names it doesn't know count for nothing."""
        standing = {name for name in names if name in self.witnesses}
        for group in self.groups.values():
            if sum(member in standing for member in group.members) >= group.needed:
                standing.add(group.name)
        return self.quorum == NONE or self.quorum in standing

    def text(self) -> str:
        """The policy as a file; `parse_policy` reads the same policy from it. Comments aren't kept."""
        logs = (("log", str(key), self.log_urls.get(key)) for key in self.logs)
        witnesses = (("witness", one.name, str(one.key), one.url) for one in self.witnesses.values())
        groups = (("group", one.name, _threshold(one), *one.members) for one in self.groups.values())
        lines = (*logs, *witnesses, *groups, ("quorum", self.quorum))
        return "".join(" ".join(word for word in line if word is not None) + "\n" for line in lines)


def _threshold(group: Group) -> str:
    return {len(group.members): ALL, 1: ANY}.get(group.needed, str(group.needed))


def parse_policy(text: str | bytes) -> Policy:
    """The policy in a file: lines `log`, `witness`, `group` and `quorum`; lines that begin with `#` are comments.

    White space is space and tab only; bytes that aren't ASCII are taken as they are, whatever they spell.

    Raises:
        Malformed: anything else, with the number of the line.
    """
    draft = Draft()
    for number, line in enumerate(split_lines(_opaque(text)), start=1):
        try:
            _read_line(draft, line)
        except Malformed as error:
            raise Malformed(f"line {number} of the policy: {error}") from error
    if draft.quorum is None:
        raise Malformed(f"expected a line that says the quorum; there is none: add one, such as `quorum {NONE}`")
    return Policy(logs=tuple(draft.logs), log_urls=draft.log_urls, witnesses=draft.witnesses, groups=draft.groups, quorum=draft.quorum)


def _opaque(text: str | bytes) -> str:
    try:
        raw = text.encode("utf-8", OPAQUE) if isinstance(text, str) else text
    except UnicodeEncodeError as error:
        raise Malformed("expected text that UTF-8 can write; got half a character: decode the original again") from error
    return raw.decode("utf-8", OPAQUE)


def _read_line(draft: Draft, line: str) -> None:
    if CONTROL.search(line) is not None:
        raise Malformed("expected no control characters but tabs; got one: save the file with plain line ends")
    words = [word for word in _GAP.split(line) if word]
    if not words or words[0].startswith("#"):
        return
    reader = _READERS.get(words[0])
    if reader is None:
        raise Malformed(f"expected {', '.join(_READERS)} or a comment; got another word: mend the line")
    reader(draft, words[1:])


def _read_log(draft: Draft, words: list[str]) -> None:
    _refuse_count(words, "log <vkey> [<url>]", allowed=(1, 2))
    draft.add_log(parse_vkey(words[0]), _second(words[1:]))


def _read_witness(draft: Draft, words: list[str]) -> None:
    _refuse_count(words, "witness <name> <vkey> [<url>]", allowed=(2, 3))
    draft.add_witness(Witness(name=words[0], key=parse_vkey(words[1]), url=_second(words[2:])))


def _read_group(draft: Draft, words: list[str]) -> None:
    name, threshold, *members = words if len(words) > 1 else ("", "")
    if not members:
        raise Malformed("expected `group <name> all|any|<number> <member>...`; got fewer words: name at least one member")
    needed = {ALL: len(members), ANY: 1}.get(threshold)
    draft.add_group(Group(name=name, needed=decimal(threshold) if needed is None else needed, members=tuple(members)))


def _read_quorum(draft: Draft, words: list[str]) -> None:
    _refuse_count(words, "quorum <name>", allowed=(1,))
    draft.set_quorum(words[0])


_READERS: dict[str, Callable[[Draft, list[str]], None]] = {
    "log": _read_log,
    "witness": _read_witness,
    "group": _read_group,
    "quorum": _read_quorum,
}


def _refuse_count(words: list[str], form: str, *, allowed: Iterable[int]) -> None:
    if len(words) not in allowed:
        raise Malformed(f"expected `{form}`; got {len(words) + 1} words: mend the line")


def _second(words: list[str]) -> str | None:
    return words[0] if words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """What a policy makes of a signed checkpoint.

    `log`: the log's keys that signed it, at least one. `witnesses`: those who cosigned, by their names in the policy. `quorum`:
    whether they are enough; without it, the log may be showing others another tree.
    """

    checkpoint: Checkpoint
    log: tuple[Verified, ...]
    witnesses: tuple[str, ...]
    quorum: bool


def check_note(policy: Policy, raw: bytes) -> Checking:
    """Tell who of `policy` stands by the signed checkpoint in `raw`. A missing quorum is told, not raised: look at `quorum`.

    Raises:
        Malformed: `raw` is no signed checkpoint.
        ProofFailed: the policy knows no log of this origin, none of its keys signed, or the signature of a key that the policy names
            doesn't hold.
    """
    note = parse_note(raw)
    checkpoint = parse_checkpoint(note.text)
    keys = policy.logs_for(checkpoint.origin)
    if not keys:
        raise ProofFailed(f"expected a log that the policy names; got {checkpoint.origin}: add its key, if you trust it")
    log = verify_checkpoint(note, keys)
    names = {witness.key: name for name, witness in policy.witnesses.items()}
    witnesses = tuple(names[one.key] for one in verify_note(note, names))
    return Checking(checkpoint=checkpoint, log=log, witnesses=witnesses, quorum=policy.quorum_met(witnesses))
