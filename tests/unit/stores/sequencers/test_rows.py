from __future__ import annotations

import pytest

from habeas.errors import Malformed
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.rows import SealedGroup, SignedHead, State, StoredGroup, Submission
from ledgers.submissions import PERSON, sealed, submission


def test_a_submission_carries_the_leaf_hash_of_its_own_entry() -> None:
    with pytest.raises(Malformed, match="own leaf hash"):
        Submission(entry=b"one", leaf=leaf_hash(b"another"))


def test_an_entry_is_no_longer_than_a_bundle_can_say() -> None:
    submission(b"x" * 65_535)

    with pytest.raises(Malformed, match="at most 65535 bytes; it has 65536"):
        submission(b"x" * 65_536)


def test_a_group_stands_in_an_entry_once() -> None:
    with pytest.raises(Malformed, match="once"):
        submission(b"x", sealed("person"), sealed("person", "bb"))


@pytest.mark.parametrize("name", ["", "Person", "1st", "a person", "p" * 33, "person\n", "é"])
def test_a_group_has_a_plain_name(name: str) -> None:
    with pytest.raises(Malformed, match="name of a group"):
        sealed(name)


@pytest.mark.parametrize("key", ["", "a", "AA", "xy", "aa" * 65, "aa\n"])
def test_a_handle_is_lower_case_hexadecimal(key: str) -> None:
    with pytest.raises(Malformed, match="handle"):
        sealed("person", key)


@pytest.mark.parametrize(("wrapped", "fields"), [(b"", b"x"), (b"x", b"")])
def test_a_sealed_group_holds_something(wrapped: bytes, fields: bytes) -> None:
    with pytest.raises(Malformed, match="neither of them empty"):
        sealed("person", wrapped=wrapped, fields=fields)


def test_an_erased_group_holds_nothing() -> None:
    StoredGroup(index=0, group="person", key="", wrapped=b"", sealed=b"", state=State.ERASED)

    with pytest.raises(Malformed, match="once it is erased"):
        StoredGroup(index=0, group="person", key=PERSON, wrapped=b"", sealed=b"", state=State.ERASED)


def test_a_group_that_is_not_erased_is_whole() -> None:
    with pytest.raises(Malformed):
        StoredGroup(index=0, group="person", key="", wrapped=b"", sealed=b"", state=State.RESTRICTED)
    with pytest.raises(Malformed, match="index"):
        StoredGroup(index=-1, group="person", key=PERSON, wrapped=b"w", sealed=b"s")


@pytest.mark.parametrize(("size", "root", "note"), [(-1, b"r" * 32, b"n"), (0, b"r" * 31, b"n"), (0, b"r" * 32, b"")])
def test_a_signed_head_has_a_size_a_root_and_a_note(size: int, root: bytes, note: bytes) -> None:
    with pytest.raises(Malformed):
        SignedHead(size=size, root=root, note=note)


def test_the_words_that_are_stored_for_a_state_stay_the_same() -> None:
    assert [state.value for state in State] == ["active", "restricted", "erased"]


def test_what_is_refused_is_not_repeated_in_the_message() -> None:
    with pytest.raises(Malformed) as caught:
        SealedGroup(group="person", key="not hexadecimal", wrapped=b"secret bytes", sealed=b"secret fields")

    assert "secret" not in str(caught.value)
    assert "not hexadecimal" not in str(caught.value)
