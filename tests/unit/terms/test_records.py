from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.audit.result import Verdict
from habeas.errors import Malformed
from habeas.procedures.publication import Step
from habeas.terms.records import Entry, RecordType, encode_entry, fields_of, parse_entry
from habeas.terms.records_keys import REGISTER_VERDICTS, STAGES, TABLE, VERDICTS
from habeas.terms.system import Stage

DAY = date(2026, 11, 22)
DIGEST = "ab" * 32
HANDLE = "0123456789abcdef" * 2
ROOT = bytes(range(32))

PUBLIC: dict[RecordType, dict[str, Any]] = {
    RecordType.DECISION: {"system": "risk-tool-3", "version": DIGEST, "purpose": "bail", "influence": "followed"},
    RecordType.NOTICE: {"about": 0, "kind": "told"},
    RecordType.CHALLENGE: {"about": 0, "kind": "decision"},
    RecordType.OUTCOME: {"about": 2, "kind": "changed"},
    RecordType.ACCESS: {"about": 0, "group": "person", "purpose": "review"},
    RecordType.DISCLOSURE: {"about": 0, "group": "victim-2", "ground": "court-order", "to": "court"},
    RecordType.RESTRICTION: {"about": 0, "group": "person", "ground": "accuracy-contested", "state": "restricted", "court": DIGEST},
    RecordType.ERASURE: {"ground": "retention-ended", "key": HANDLE},
    RecordType.REGISTER: {"system": "risk-tool-3", "version": DIGEST, "verdict": "refused"},
    RecordType.AUDIT: {"system": "risk-tool-3", "version": DIGEST, "verdict": "cannot-tell", "stage": "live"},
    RecordType.KEY_EVENT: {"key": "545b0078", "event": "created"},
}


def entry(kind: RecordType = RecordType.DECISION, /, **changes: Any) -> Entry:
    return Entry(type=kind, authority="police.example", day=DAY, public={**PUBLIC[kind], **changes})


def without(public: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in public.items() if name != key}


def test_an_entry_is_canonical_json_with_its_words_side_by_side() -> None:
    expected = (
        b'{"authority":"police.example","day":"2026-11-22","fields":"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",'
        b'"influence":"followed","purpose":"bail","system":"risk-tool-3","type":"decision","v":1,"version":"' + DIGEST.encode() + b'"}'
    )
    assert encode_entry(replace(entry(), fields=ROOT)) == expected


@pytest.mark.parametrize("kind", RecordType)
@pytest.mark.parametrize("fields", [None, ROOT])
def test_every_type_is_written_and_read_back(kind: RecordType, fields: bytes | None) -> None:
    written = replace(entry(kind), fields=fields)

    assert parse_entry(encode_entry(written)) == written
    assert fields_of(encode_entry(written)) == fields


def test_every_type_has_its_keys() -> None:
    assert set(TABLE) == {kind.value for kind in RecordType}


def test_verdicts_and_stages_are_those_of_audits() -> None:
    assert set(VERDICTS.words) == {verdict.value for verdict in Verdict} | {"withdrawn"}
    assert set(STAGES.words) == {stage.value for stage in Stage}


def test_the_register_can_say_every_step_of_an_entry() -> None:
    assert {step.value for step in Step} - set(REGISTER_VERDICTS.words) == set()


@pytest.mark.parametrize(("kind", "key"), [(kind, key) for kind in RecordType for key in TABLE[kind.value].required])
def test_what_a_type_requires_must_be_there(kind: RecordType, key: str) -> None:
    with pytest.raises(Malformed, match=f"expected the public key {key} "):
        Entry(type=kind, authority="police.example", day=DAY, public=without(PUBLIC[kind], key))


PERSONAL = [
    "Ada Lovelace",
    "ada@example.org",
    "2026/1234",
    "case-2026-1234",
    "+44 20 7946 0000",
    "19:45",
    "2026-11-22T19:45:00Z",
    "1815-12-10",
    "He was seen near the station.",
    "hörsaal",
    "",
    " ",
    "a\n",
    7.5,
    True,
    None,
    ["person"],
    {"name": "Ada"},
    -1,
    2**53,
]


NAMES = ["john-smith", "witness-john-smith", "witness-smith-2", "smith", "person-1987", "victim-0042", "case-12-34"]
"""What is written like an identifier. Only a register can tell that these are no systems: the pattern of a system's name lets them pass."""

OTHERWISE: list[tuple[RecordType, dict[str, Any]]] = [
    (RecordType.DECISION, {**PUBLIC[RecordType.DECISION], "standing": "registered"}),
    (RecordType.ACCESS, {**PUBLIC[RecordType.ACCESS], "to": "defence"}),
    (RecordType.ERASURE, {"ground": "unlawful", "about": 0, "group": "person"}),
    (RecordType.REGISTER, {**PUBLIC[RecordType.REGISTER], "document": DIGEST}),
    (RecordType.AUDIT, {**PUBLIC[RecordType.AUDIT], "document": DIGEST}),
]
"""Entries with the keys that those of `PUBLIC` go without."""
SAID = [*PUBLIC.items(), *OTHERWISE]


def test_every_key_of_every_type_is_tried() -> None:
    assert {(kind.value, key) for kind, public in SAID for key in public} == {
        (kind, key) for kind, keys in TABLE.items() for key in (*keys.required, *keys.optional)
    }


@pytest.mark.parametrize(
    ("kind", "public", "key", "value"),
    [
        pytest.param(kind, public, key, value, id=f"{kind.value} {key} {value!r}")
        for kind, public in SAID
        for key in public
        for value in [*PERSONAL, *(NAMES if key != "system" else [])]
    ],
)
def test_nothing_personal_fits_any_public_key(kind: RecordType, public: dict[str, Any], key: str, value: object) -> None:
    Entry(type=kind, authority="police.example", day=DAY, public=public)
    with pytest.raises(Malformed, match=f"public key {key}: expected ") as refused:
        Entry(type=kind, authority="police.example", day=DAY, public={**public, key: value})

    assert not any(word in str(refused.value) for word in ("Ada", "station", "smith", "1987", "0042"))


ROLES = ["person", "officer", "victim", "witness", "relative", "child", "counsel", "reviewer", "expert", "case", "system", "other"]


@pytest.mark.parametrize("group", [*ROLES, "person-1", "victim-2", "other-999"])
def test_a_group_is_named_by_its_role(group: str) -> None:
    assert entry(RecordType.ACCESS, group=group).public["group"] == group


@pytest.mark.parametrize("group", ["persons", "smith", "victim-", "victim-02", "victim-0", "victim-1000", "victim2", "Victim", "victim-٢"])
def test_a_group_is_named_by_nothing_else(group: str) -> None:
    with pytest.raises(Malformed, match=r"public key group: expected a role, one of person, officer, .*, such as victim-2; got something"):
        entry(RecordType.ACCESS, group=group)


@pytest.mark.parametrize(
    "authority",
    [
        "",
        "police",
        "Police.example",
        "police..example",
        ".example",
        "police.example.",
        "po lice.example",
        "a@b.example",
        "1.2.3.4",
        "c-20261.x",
    ],
)
def test_an_authority_is_a_domain_name(authority: str) -> None:
    with pytest.raises(Malformed, match="domain name"):
        replace(entry(), authority=authority)


def test_an_authority_has_an_end() -> None:
    replace(entry(), authority="a" * 92 + ".example")
    with pytest.raises(Malformed):
        replace(entry(), authority="a" * 93 + ".example")


def test_a_day_has_no_time() -> None:
    with pytest.raises(Malformed, match="a day without a time"):
        replace(entry(), day=datetime(2026, 11, 22, 19, 45, tzinfo=UTC))


def test_an_unknown_version_of_a_system_is_said_so() -> None:
    assert entry(version="unknown", standing="unregistered").public["version"] == "unknown"


@pytest.mark.parametrize(
    "public",
    [
        {"ground": "unlawful"},
        {"ground": "unlawful", "about": 3},
        {"ground": "unlawful", "group": "person"},
        {"ground": "unlawful", "about": 3, "group": "person", "key": HANDLE},
    ],
)
def test_an_erasure_is_about_a_key_or_about_a_group_of_a_record(public: dict[str, Any]) -> None:
    with pytest.raises(Malformed, match="exactly one of these: key, or about and group"):
        Entry(type=RecordType.ERASURE, authority="police.example", day=DAY, public=public)


def test_an_erasure_about_a_group_holds_no_key() -> None:
    public = {"ground": "unlawful", "about": 0, "group": "person"}

    assert parse_entry(encode_entry(Entry(type=RecordType.ERASURE, authority="police.example", day=DAY, public=public))).public == public


@pytest.mark.parametrize("key", ["ada_lovelace", "place", "time", "note"])
def test_an_unknown_key_is_never_written_and_not_repeated(key: str) -> None:
    with pytest.raises(Malformed, match="got 1 other") as refused:
        encode_entry(entry(**{key: "x"}))

    assert key not in str(refused.value)


@pytest.mark.parametrize("key", ["v", "type", "authority", "day", "fields"])
def test_public_keys_do_not_replace_the_entrys_own(key: str) -> None:
    with pytest.raises(Malformed, match="which every entry has"):
        entry(**{key: "x"})


def read(**changes: Any) -> Entry:
    raw = {"v": 1, "type": "decision", "authority": "police.example", "day": "2026-11-22", **PUBLIC[RecordType.DECISION], **changes}
    return parse_entry(canonical_by_hand({key: value for key, value in raw.items() if value is not None}))


def canonical_by_hand(value: dict[str, Any]) -> bytes:
    import json

    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_an_unknown_key_is_kept_when_read() -> None:
    assert read(colour="red").public["colour"] == "red"


def test_a_later_version_is_read_as_far_as_it_is_understood() -> None:
    later = read(v=2, purpose="weather", note={"a": [1]})

    assert (later.version, later.public["purpose"], later.public["note"]) == (2, "weather", {"a": [1]})
    with pytest.raises(Malformed, match="it can be read, not written"):
        encode_entry(later)


@pytest.mark.parametrize(
    "changes",
    [
        {"v": 0},
        {"v": None},
        {"v": "1"},
        {"v": True},
        {"type": "rumour"},
        {"type": None},
        {"type": ["decision"]},
        {"authority": None},
        {"authority": 7},
        {"day": "20261122"},
        {"day": "2026-W47-7"},
        {"day": "2026-11-31"},
        {"day": 7},
        {"fields": ""},
        {"fields": 7},
        {"fields": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh9="},  # bits set behind the last byte
        {"fields": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHg=="},  # 31 bytes
        {"purpose": None},
        {"purpose": "weather"},
    ],
)
def test_what_no_entry_says_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read(**changes)


@pytest.mark.parametrize("raw", [b"", b"[]", b"7", b"{}", b'"decision"', b'{"v":1}', b"\x00" * 40])
def test_other_bytes_are_no_entry_and_commit_to_nothing(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_entry(raw)
    assert fields_of(raw) is None


def test_fields_are_found_in_entries_of_types_to_come() -> None:
    root = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

    assert fields_of(b'{"fields":"' + root.encode() + b'","type":"pardon","v":9}') == ROOT
    assert fields_of(b'{"fields":"' + root.encode() + b'"}') is None
    assert fields_of(b'{"fields":"AAAA","v":1}') is None


def test_roots_are_32_bytes() -> None:
    with pytest.raises(Malformed, match="root of 32 bytes"):
        replace(entry(), fields=bytes(31))


def test_an_entry_does_not_change_with_the_mapping_it_was_made_of() -> None:
    public = dict(PUBLIC[RecordType.NOTICE])
    made = Entry(type=RecordType.NOTICE, authority="police.example", day=DAY, public=public)

    public["kind"] = "delayed"

    assert made.public["kind"] == "told"
    with pytest.raises(TypeError):
        made.public["kind"] = "delayed"  # type: ignore[index]  # the test is that it can't be done


@given(st.binary(max_size=300))
def test_any_bytes_are_an_entry_or_malformed(raw: bytes) -> None:
    assert fields_of(raw) is None
    with pytest.raises(Malformed):
        parse_entry(raw)


@given(st.sampled_from(RecordType), st.integers(0, 10_000), st.integers(0, 255))
def test_any_changed_byte_gives_another_entry_or_none(kind: RecordType, place: int, byte: int) -> None:
    raw = encode_entry(replace(entry(kind), fields=ROOT))
    at = place % len(raw)
    changed = raw[:at] + bytes([byte]) + raw[at + 1 :]
    try:
        read_back = parse_entry(changed)
    except Malformed:
        return
    assert (read_back == parse_entry(raw)) == (changed == raw)
