from __future__ import annotations

from dataclasses import replace

import pytest

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.fields.commitments import (
    LEAVES,
    MOST_LEAVES,
    MOST_VALUE_BYTES,
    Committed,
    Field,
    commit,
    commit_from,
    field_commitment,
    leaves_for,
    random_bytes_needed,
    verify_opening,
)
from habeas.ledger.tree.reference import inclusion_path, tree_hash

NAME = Field(group="person", name="name", value=b'"Ada"')
SCORE = Field(group="person", name="score", value=b"7")
BADGE = Field(group="officer", name="badge", value=b'"B-9"')
SALT = bytes(range(32))

# printf 'habeas/field/v1\0' + salt 00..1f + '\0\6person' + '\0\4name' + '\0\0\0\5"Ada"', each into one file; then sha256sum
BY_HAND = "a39dcf56555c90429900284dcde9ba8abd7894bb9b133617e904b9ef727c2f8a"


def drawn(count: int) -> bytes:
    """Bytes that look drawn: all different, and the same in every run."""
    return b"".join(number.to_bytes(4, "big") for number in range((count + 3) // 4))[:count]


def committed(*fields: Field) -> Committed:
    return commit_from(fields, randomness=drawn(random_bytes_needed(len(fields))))


def test_a_field_is_hashed_with_its_salt_and_all_lengths() -> None:
    assert field_commitment(NAME, SALT).hex() == BY_HAND


@pytest.mark.parametrize(
    "other",
    [
        replace(NAME, value=b'"Adb"'),
        replace(NAME, name="nam"),
        replace(NAME, group="persons"),
        Field(group="p", name="ersonname", value=NAME.value),
    ],
)
def test_another_field_has_another_commitment(other: Field) -> None:
    assert field_commitment(other, SALT) != field_commitment(NAME, SALT)


def test_another_salt_gives_another_commitment() -> None:
    assert field_commitment(NAME, bytes(32)) != field_commitment(NAME, SALT)


def test_the_root_is_that_of_an_rfc_6962_tree_of_commitments_and_decoys() -> None:
    salts, decoys = [bytes([1]) * 32, bytes([2]) * 32], [bytes([9, place]) * 16 for place in range(30)]
    order = [5, 0, *(place for place in range(32) if place not in {0, 5})]

    done = commit([NAME, SCORE], salts=salts, decoys=decoys, order=order)

    entries = [field_commitment(SCORE, salts[1]), *decoys[:4], field_commitment(NAME, salts[0]), *decoys[4:]]
    assert done.root == tree_hash(entries)
    assert [(opening.index, opening.size, opening.path) for opening in done.openings] == [
        (5, 32, tuple(inclusion_path(5, entries))),
        (0, 32, tuple(inclusion_path(0, entries))),
    ]


@pytest.mark.parametrize(("fields", "leaves"), [(0, 32), (1, 32), (32, 32), (33, 64), (64, 64), (65, 128), (65_536, 65_536)])
def test_a_tree_has_32_leaves_or_the_next_power_of_two(fields: int, leaves: int) -> None:
    assert leaves_for(fields) == leaves


@pytest.mark.parametrize("count", [0, 1, 2, 32, 33])
def test_every_opening_leads_to_the_root(count: int) -> None:
    fields = [Field(group="person", name=f"f{number}", value=b"%d" % number) for number in range(count)]

    done = committed(*fields)

    assert [opening.field() for opening in done.openings] == fields
    for opening in done.openings:
        verify_opening(opening, root=done.root)


def test_the_number_of_fields_does_not_show_in_an_opening() -> None:
    one, three = committed(NAME).openings[0], committed(NAME, SCORE, BADGE).openings[0]

    assert (one.size, len(one.path)) == (three.size, len(three.path)) == (LEAVES, 5)


def test_places_are_shuffled_and_no_random_byte_is_used_twice() -> None:
    randomness = bytes(random_bytes_needed(2))
    changed = bytearray(randomness)
    changed[32 * 32] = 1  # the draw of the first place: it comes last

    still, moved = commit_from([NAME, SCORE], randomness=randomness), commit_from([NAME, SCORE], randomness=bytes(changed))

    assert [opening.index for opening in still.openings] == [0, 1]
    assert [opening.index for opening in moved.openings] == [1, 2]
    assert random_bytes_needed(2) == 32 * (32 + 16)


@pytest.mark.parametrize(
    "change",
    [
        {"value": b'"Eve"'},
        {"name": "alias"},
        {"group": "victim"},
        {"salt": bytes(32)},
        {"index": 31},
        {"path": (bytes(32),) * 5},
    ],
)
def test_a_changed_opening_is_refused(change: dict[str, object]) -> None:
    done = committed(NAME, SCORE)

    with pytest.raises(ProofFailed, match="leads to another commitment"):
        verify_opening(replace(done.openings[0], **change), root=done.root)


def test_an_opening_of_another_record_is_refused() -> None:
    with pytest.raises(ProofFailed):
        verify_opening(committed(NAME).openings[0], root=committed(NAME, SCORE).root)


@pytest.mark.parametrize(
    "change",
    [
        {"salt": bytes(31)},
        {"index": 32},
        {"index": -1},
        {"size": 16},
        {"size": 33},
        {"size": 64},
        {"size": 2 * MOST_LEAVES},
        {"path": (bytes(32),) * 4},
        {"path": (bytes(32),) * 6},
        {"path": (*[bytes(32)] * 4, bytes(31))},
        {"group": "Person"},
        {"name": "naïve"},
    ],
)
def test_an_opening_that_no_record_has_is_malformed(change: dict[str, object]) -> None:
    with pytest.raises(Malformed):
        replace(committed(NAME).openings[0], **change)


@pytest.mark.parametrize("group", ["", "9lives", "Person", "per son", "p" * 33, "person\n", "pérson", "per_son"])
def test_a_group_is_a_plain_word(group: str) -> None:
    with pytest.raises(Malformed, match="expected a group") as refused:
        Field(group=group, name="name", value=b"1")

    assert len(group) < 5 or group not in str(refused.value)


@pytest.mark.parametrize("name", ["", "_a", "Date of birth", "n" * 65, "name\n", "John_Smith"])
def test_a_name_is_a_plain_word_and_a_wrong_one_is_not_repeated(name: str) -> None:
    with pytest.raises(Malformed, match="expected a name") as refused:
        Field(group="person", name=name, value=b"1")

    assert "John" not in str(refused.value)


def test_a_value_is_no_file() -> None:
    Field(group="person", name="name", value=bytes(MOST_VALUE_BYTES))
    with pytest.raises(Malformed, match="at most 1,048,576 bytes; got 1,048,577"):
        Field(group="person", name="name", value=bytes(MOST_VALUE_BYTES + 1))


def test_values_and_salts_do_not_show_when_printed() -> None:
    opening = committed(NAME).openings[0]

    assert "Ada" not in repr(NAME) + repr(opening)
    assert repr(opening.salt) not in repr(opening)


def test_a_name_stands_once_in_a_group() -> None:
    with pytest.raises(Malformed, match="each name once per group"):
        committed(NAME, replace(NAME, value=b"2"))


def test_the_same_name_may_stand_in_two_groups() -> None:
    assert len(committed(NAME, replace(NAME, group="officer")).openings) == 2


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(Malformed, match="at most 65,536 fields; got 65,537"):
        leaves_for(MOST_LEAVES + 1)


@pytest.mark.parametrize("length", [0, 32 * 48 - 1, 32 * 48 + 1])
def test_too_few_or_too_many_random_bytes_are_refused(length: int) -> None:
    with pytest.raises(Malformed, match="expected 1536 random bytes"):
        commit_from([NAME], randomness=bytes(length))


@pytest.mark.parametrize(
    ("salts", "decoys", "order"),
    [
        (0, 31, range(32)),
        (1, 30, range(32)),
        (1, 31, range(31)),
        (1, 31, [0, 0, *range(2, 32)]),
        (1, 31, range(1, 33)),
    ],
)
def test_counts_that_do_not_fit_are_refused(salts: int, decoys: int, order: list[int]) -> None:
    with pytest.raises(Malformed):
        commit([NAME], salts=[SALT] * salts, decoys=[SALT] * decoys, order=list(order))


def test_a_short_decoy_or_salt_is_refused() -> None:
    with pytest.raises(Malformed):
        commit([NAME], salts=[SALT], decoys=[bytes(31)] * 31, order=range(32))
    with pytest.raises(Malformed, match="salt of 32 bytes; got 31"):
        field_commitment(NAME, bytes(31))
