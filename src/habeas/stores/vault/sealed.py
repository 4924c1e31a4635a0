"""A record as it is kept: a public entry that commits to the fields, and per person the sealed openings of these fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from habeas.errors import BadInput
from habeas.ledger.fields.commitments import Field, Opening, commit_from, random_bytes_needed, verify_opening
from habeas.ledger.fields.payload import encode_openings, parse_openings
from habeas.ledger.fields.sealing import KEY_BYTES, NONCE_BYTES, seal, unseal, wrap
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.rows import SealedGroup, StoredGroup, Submission
from habeas.stores.vault.persons import PersonKey
from habeas.terms.canonical import canonical, parse_canonical
from habeas.terms.records import Entry, encode_entry, fields_of
from habeas.terms.records_keys import GROUP

Value = str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a record says of one person (or one case). `ref`: how the authority's own systems call the person; it is never stored.

    Neither is shown by `repr`, so that no log line or error carries them.
    """

    ref: str = field(repr=False)
    fields: Mapping[str, Value] = field(repr=False)


def prepare(
    entry: Entry, personal: Mapping[str, Person], *, keys: Mapping[str, PersonKey], random: Callable[[int], bytes], deed: bool = False
) -> Submission:
    """The entry, committed to the fields of each group of `personal`, with the sealed fields; ready to be appended.

    `keys`: per person's `ref`, the key that wraps. Every record and group is sealed by a fresh key.

    Raises:
        BadInput: a group's name, a field's name or a value can't be recorded; the message repeats no value.
    """
    fields = fields_in(personal)
    committed = commit_from(fields, randomness=random(random_bytes_needed(len(fields)))) if fields else None
    raw = encode_entry(entry if committed is None else replace(entry, fields=committed.root))
    leaf = leaf_hash(raw)
    openings = () if committed is None else committed.openings
    groups = tuple(
        _sealed([opening for opening in openings if opening.group == group], leaf=leaf, key=keys[person.ref], random=random)
        for group, person in personal.items()
    )
    return Submission(entry=raw, leaf=leaf, groups=groups, deed=deed)


def fields_in(personal: Mapping[str, Person]) -> list[Field]:
    """Every field of every group, as it is committed to.

    Raises:
        BadInput: a group's name, a field's name or a value can't be recorded; the message repeats no value.
    """
    return [recorded for group, person in personal.items() for recorded in _fields(group, person)]


def open_fields(stored: StoredGroup, *, key: bytes, entry: bytes) -> tuple[Opening, ...]:
    """The openings of a group that is kept, with the record's own key; each is seen to lead to what the entry commits to.

    Raises:
        NotAllowed: the key doesn't open it.
        BrokenEvidence: what is inside isn't what was committed to.
    """
    openings = parse_openings(unseal(stored.sealed, key=key, context=context_of(leaf=leaf_hash(entry), group=stored.group)))
    root = fields_of(entry) or b""
    for opening in openings:
        verify_opening(opening, root=root)
    return openings


def values_of(openings: Sequence[Opening]) -> dict[str, Value]:
    """Name and value of each opened field."""
    return {opening.name: parse_canonical(opening.value) for opening in openings}


def context_of(*, leaf: bytes, group: str) -> bytes:
    """What a group's sealed fields and keys are bound to: the entry and the group, so that they can't be moved elsewhere."""
    return leaf + group.encode("ascii")


def _fields(group: str, person: Person) -> list[Field]:
    if not GROUP.fits(group):
        raise BadInput(f"expected as name of a group {GROUP}; got something else: persons are named by their ref alone")
    if not person.fields:
        raise BadInput(f"group {group}: expected at least one field; got none: leave the group out")
    return [Field(group=group, name=name, value=_encoded(value)) for name, value in person.fields.items()]


def _encoded(value: object) -> bytes:
    if not isinstance(value, (str, int)):
        raise BadInput("expected texts, whole numbers, true and false as values of fields; got something else: write it as text")
    return canonical(value)


def _sealed(openings: Sequence[Opening], *, leaf: bytes, key: PersonKey, random: Callable[[int], bytes]) -> SealedGroup:
    group, own = openings[0].group, random(KEY_BYTES)
    context = context_of(leaf=leaf, group=group)
    return SealedGroup(
        group=group,
        key=key.handle,
        wrapped=wrap(own, by=key.key, nonce=random(NONCE_BYTES), context=context),
        sealed=seal(encode_openings(openings), key=own, nonce=random(NONCE_BYTES), context=context),
    )
