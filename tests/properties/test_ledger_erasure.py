"""After a person is erased nothing that is left opens their fields, while every proof of everything else holds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import example, given, settings
from hypothesis import strategies as st

from habeas.errors import Gone
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import verify_consistency
from habeas.stores.sequencers.rows import StoredGroup
from habeas.stores.vault.sealed import Person
from habeas.terms.records import RecordType
from ledgers import record_logs
from ledgers.record_logs import AUTHORITY, COURT, DECISION, MASTER, Records, bytes_kept, drawn, opened, verified


@dataclass(frozen=True)
class Case:
    """One record: its person (P-0 will be erased), an officer (P-0 again when it is 0), and what else happens to it."""

    person: int
    officer: int
    fields: int
    fate: str

    def personal(self, number: int) -> dict[str, Person]:
        secrets = {f"field_{at}": f"secret-{number}-{at}-of-P-{self.person}" for at in range(self.fields)}
        own = Person(ref=f"P-{self.person}", fields=secrets)
        return {"person": own, "officer": Person(ref=f"P-{self.officer}", fields={"badge": f"secret-badge-{number}-{self.officer}"})}


CASES = st.lists(
    st.builds(
        Case,
        person=st.integers(0, 2),
        officer=st.sampled_from([0, 3]),
        fields=st.sampled_from([1, 2, 31, 40]),
        fate=st.sampled_from(["kept", "kept", "read", "disclosed", "restricted", "erased"]),
    ),
    min_size=1,
    max_size=6,
)


@contextmanager
def ledger() -> Iterator[Records]:
    with tempfile.TemporaryDirectory() as folder:
        record_logs.create(Path(folder))
        with opened(Path(folder), draw=drawn()) as records:
            yield records


def happened(records: Records, cases: Iterable[Case]) -> None:
    """Record every case, and let its fate come to the person's group of it."""
    for number, case in enumerate(cases):
        index = records.vault.record(RecordType.DECISION, AUTHORITY, DECISION, case.personal(number)).index
        if case.fate == "read":
            records.read(index)
        elif case.fate == "disclosed":
            records.disclosed(index, "person", "field_0")
        elif case.fate == "restricted" and case.person != 0:  # restricted evidence isn't erased with its person
            records.vault.restrict(index, "person", ground="kept-as-evidence", court_key=COURT, authority=AUTHORITY)
        elif case.fate == "erased":
            records.vault.erase_record(index, "person", ground="unlawful", authority=AUTHORITY)


def groups(records: Records) -> list[StoredGroup]:
    return [group for index in range(records.sequencer.size()) for group in records.sequencer.groups(index) if group.key]


def opens(key: bytes, sealed: bytes, context: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(sealed[:12], sealed[12:], context)
    except InvalidTag:
        return None


def opened_by_any(keys: Iterable[bytes], group: StoredGroup, entry: bytes) -> bytes | None:
    """What a group holds, if a key opens it or its wrapped key; written from the layout, not with the code under test."""
    context = leaf_hash(entry) + group.group.encode()
    for key in keys:
        own = opens(key, group.wrapped, b"habeas/wrap/v1\0" + context)
        found = opens(own or key, group.sealed, b"habeas/seal/v1\0" + context)
        if found is not None:
            return found
    return None


def keys_left(records: Records) -> set[bytes]:
    """Every key that can still be had: the persons' that are left, the master's, and each string of 32 bytes in any file."""
    own = {records.persons.key(handle).key for handle in records.persons.handles()}
    files = bytes_kept(records.folder).values()
    return own | {MASTER} | {content[at : at + 32] for content in files for at in range(len(content) - 31)}


@settings(max_examples=settings().max_examples // 5)  # each opens a ledger, and tries every key there could be
@given(CASES)
@example([Case(person=0, officer=0, fields=1, fate="kept")])
@example([Case(person=0, officer=3, fields=40, fate="disclosed"), Case(person=1, officer=0, fields=2, fate="restricted")])
def test_after_an_erasure_no_key_opens_the_person_and_every_proof_holds(cases: list[Case]) -> None:
    with ledger() as records:
        happened(records, cases)
        first = [index for index in range(records.sequencer.size()) if records.sequencer.groups(index)][-1]
        evidence = [records.disclosed(group.index, group.group) for group in groups(records) if group.state.value == "active"]
        shown = records.disclosed(first, "officer", "badge")
        handle = records.persons.find("P-0")
        if handle is None:  # nobody to erase
            return
        mine = {(group.index, group.group): group for group in groups(records) if group.key == handle}
        others = [group for group in groups(records) if group.key != handle]
        before = records.log.publish()

        records.vault.erase_person("P-0", ground="retention-ended", authority=AUTHORITY)

        # nothing opens what was sealed, even for whoever still has the sealed bytes from elsewhere
        left = keys_left(records)
        for place, group in list(mine.items())[:2]:
            assert opened_by_any(left, group, records.entry(place[0])) is None
        kept = b"".join(bytes_kept(records.folder).values())
        assert b"secret-" not in kept
        assert b"P-0" not in kept
        for (index, name), group in mine.items():
            assert group.wrapped[12:] not in kept
            assert group.sealed[12:60] not in kept
            with pytest.raises(Gone):
                records.read(index, name)
        # every earlier proof holds, and the tree only grew
        for earlier in [*evidence, shown]:
            assert verified(earlier.encode()).held
        after = records.log.publish()
        path = records.log.prove_consistency(before.size)
        verify_consistency(old_size=before.size, old_root=before.root, new_size=after.size, new_root=after.root, path=path)
        # everyone else is as readable, and as provable, as before
        for group in others:
            assert records.sequencer.group(group.index, group.group) == group
            if group.state.value == "active":
                values = records.read(group.index, group.group)
                proof = records.disclosed(group.index, group.group, *values)
                assert verified(proof.encode()).held
                assert len(proof.openings) == len(values) > 0


def test_the_search_finds_what_is_not_erased() -> None:
    """The control: before an erasure the same search opens the same fields."""
    with ledger() as records:
        happened(records, [Case(person=0, officer=3, fields=2, fate="kept")])
        found = opened_by_any(keys_left(records), records.sequencer.group(0, "person"), records.entry(0))

    assert found is not None
    assert b"secret-0-1-of-P-0" in found
