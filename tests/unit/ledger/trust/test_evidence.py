"""Evidence files: written in one way, read however they are indented, and refused when they say anything else."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from habeas.errors import Malformed
from habeas.ledger.fields.commitments import Opening
from habeas.ledger.trust.evidence import MAX_OPENED_BYTES, MAX_OPENINGS, Evidence, parse_evidence
from ledgers.small_logs import RECORD, evidence, proof

EVIDENCE = evidence()
Change = Callable[[dict[str, Any]], object]


def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(EVIDENCE.encode())
    return loaded


def test_what_is_written_is_read_again() -> None:
    assert parse_evidence(EVIDENCE.encode()) == EVIDENCE


def test_one_value_is_one_file_in_ascii() -> None:
    raw = EVIDENCE.encode()

    assert raw == replace(EVIDENCE).encode()
    assert raw.isascii()
    assert raw.startswith(b'{\n  "format": "habeas-evidence/v1",\n  "entry": "')
    assert raw.endswith(b"}\n")


@pytest.mark.parametrize("layout", [{"indent": None}, {"indent": "\t"}, {"indent": 2, "ensure_ascii": False}, {"sort_keys": True}])
def test_another_layout_says_the_same(layout: dict[str, Any]) -> None:
    assert parse_evidence(json.dumps(document(), **layout).encode()) == EVIDENCE


def test_the_lines_of_the_proof_make_a_proof_file() -> None:
    assert "".join(f"{line}\n" for line in document()["proof"]).encode() == EVIDENCE.proof.encode()


def test_evidence_may_disclose_nothing() -> None:
    closed = replace(EVIDENCE, openings=())

    assert json.loads(closed.encode())["openings"] == []
    assert parse_evidence(closed.encode()) == closed


def test_an_entry_of_no_bytes_and_one_of_the_most_are_read_again() -> None:
    for entry in (b"", bytes(65_535)):
        given = Evidence(entry=entry, proof=proof(0, 1))
        assert parse_evidence(given.encode()) == given


def test_the_largest_file_that_can_be_made_can_be_read() -> None:
    opening = EVIDENCE.openings[0]
    many = tuple(replace(opening, name=f"n{index}", value=bytes(MAX_OPENED_BYTES // MAX_OPENINGS)) for index in range(MAX_OPENINGS))
    largest = replace(EVIDENCE, openings=many)

    assert parse_evidence(largest.encode()) == largest


CHANGES: dict[str, tuple[Change, str]] = {
    "another format": (lambda d: d.update(format="habeas-evidence/v2"), "the format habeas-evidence/v1"),
    "no format": (lambda d: d.pop("format"), "format is missing"),
    "no openings": (lambda d: d.pop("openings"), "openings is missing"),
    "misspelt": (lambda d: d.update(opening=[]), "perhaps openings misspelt"),
    "entry no text": (lambda d: d.update(entry=1), "entry to be a text"),
    "entry not base64": (lambda d: d.update(entry="*"), "Base 64"),
    "entry not canonical": (lambda d: d.update(entry="AB=="), "zero"),
    "entry unpadded": (lambda d: d.update(entry="AA"), "Base 64"),
    "proof one text": (lambda d: d.update(proof="\n".join(d["proof"])), "proof to be a list"),
    "proof with a number": (lambda d: d["proof"].append(1), "a line of the proof to be a text"),
    "proof with a line end within": (lambda d: d.update(proof=["\n".join(d["proof"])]), "a line feed within"),
    "proof cut off": (lambda d: d.update(proof=d["proof"][:3]), "no checkpoint came"),
    "half a character": (lambda d: d["proof"].append("\ud800"), "half a character"),
    "openings no list": (lambda d: d.update(openings={}), "openings to be a list"),
    "too many openings": (lambda d: d.update(openings=[{}] * (MAX_OPENINGS + 1)), "openings to be a list of at most 1000"),
    "opened twice": (lambda d: d["openings"].append(d["openings"][0]), "opened once"),
    "opening no object": (lambda d: d.update(openings=[1]), "an opening to be an object"),
    "opening without salt": (lambda d: d["openings"][0].pop("salt"), "salt is missing"),
    "opening with more": (lambda d: d["openings"][0].update(plain="Ada"), "only the keys group"),
    "index a text": (lambda d: d["openings"][0].update(index="1"), "whole number"),
    "index true": (lambda d: d["openings"][0].update(index=True), "whole number"),
    "index too large": (lambda d: d["openings"][0].update(index=32), "index below the size"),
    "size no power": (lambda d: d["openings"][0].update(size=33), "power of two"),
    "short salt": (lambda d: d["openings"][0].update(salt="AA=="), "salt of 32"),
    "short hash": (lambda d: d["openings"][0]["path"].__setitem__(0, "AA=="), "hash of 32 bytes"),
    "hash no text": (lambda d: d["openings"][0]["path"].__setitem__(0, 1), "a hash of an opening to be a text"),
    "path too short": (lambda d: d["openings"][0]["path"].pop(), "5 hashes"),
    "path too long": (lambda d: d["openings"][0].update(path=d["openings"][0]["path"] * 20), "list of at most 64"),
    "group with spaces": (lambda d: d["openings"][0].update(group="Jane Doe"), "a group such as"),
    "name empty": (lambda d: d["openings"][0].update(name=""), "a name such as"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_says_anything_else_is_refused(change: str) -> None:
    changed, said = document(), CHANGES[change][1]
    CHANGES[change][0](changed)

    with pytest.raises(Malformed, match=said):
        parse_evidence(json.dumps(changed).encode())


def test_a_key_given_twice_is_refused() -> None:
    with pytest.raises(Malformed, match="twice"):
        parse_evidence(EVIDENCE.encode().replace(b'"entry"', b'"entry": "", "entry"', 1))


@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"\xff", b"[" * 100_000, b"9" * 5_000, b" " * (16 * 1024 * 1024 + 1)])
def test_what_is_no_evidence_file_is_refused(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_evidence(raw)


def opening(**changes: Any) -> Opening:
    return replace(EVIDENCE.openings[0], **changes)


@pytest.mark.parametrize(
    "changes",
    [
        {"entry": bytes(65_536)},
        {"openings": (opening(), opening(value=b'"Eve"'))},
        {"openings": tuple(opening(name=f"n{index}") for index in range(MAX_OPENINGS + 1))},
        {"openings": tuple(opening(name=f"n{index}", value=bytes(1_048_576)) for index in range(9))},
    ],
)
def test_nonsense_makes_no_evidence(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        replace(EVIDENCE, **changes)


def test_no_message_repeats_what_the_file_says_of_a_person() -> None:
    changed = document()
    changed["openings"][0].update(group="Jane Doe")

    with pytest.raises(Malformed) as raised:
        parse_evidence(json.dumps(changed).encode())
    assert "Jane" not in str(raised.value)
    assert RECORD.decode("latin-1") not in str(raised.value)
