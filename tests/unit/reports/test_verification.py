"""A verification in words: for a lawyer's eyes, whatever a forger put into the file."""

from datetime import UTC, datetime

import pytest

from habeas.ledger.fields.commitments import Opening
from habeas.ledger.notes.cosignature import Verified
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.trust.evidence import Evidence
from habeas.ledger.trust.proof_file import TlogProof
from habeas.ledger.trust.rungs import Outcome, Rung, Verification
from habeas.reports.verification import BROKEN, NOT_PROVEN, OPEN, UNREADABLE, VERIFIED, as_document, as_text, conclusion
from habeas.stores.keys.signers import signer_from_seed

KEY = signer_from_seed(name="log.example/x", algorithm=Algorithm.ED25519, seed=bytes(32)).key
ENTRY = b'{"authority":"police.example","day":"2026-11-20","type":"notice","v":1,"about":0,"kind":"told"}'
AT = int(datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC).timestamp())


def shown(value, *, entry=b"no record", at=AT, detail="Fine."):
    opening = Opening(group="person", name="reason", value=value, salt=bytes(32), index=0, size=32, path=(bytes(32),) * 5)
    evidence = Evidence(entry=entry, proof=TlogProof(index=0, path=(), checkpoint=b"x\n"), openings=(opening,))
    rungs = tuple(Rung(number=number, name=f"Step {number}", outcome=Outcome.HELD, detail=detail) for number in range(1, 8))
    return Verification(rungs=rungs, checkpoint=None, log=(Verified(key=KEY, at=at),), evidence=evidence, unanchored=False)


def climbed(*outcomes, evidence=None, unanchored=False):
    rungs = [Rung(number=number, name="Step", outcome=outcome, detail="So.") for number, outcome in enumerate(outcomes, start=1)]
    return Verification(rungs=tuple(rungs), checkpoint=None, evidence=evidence, unanchored=unanchored)


def test_a_conclusion_for_every_outcome():
    held, failed, asked, reached = Outcome.HELD, Outcome.FAILED, Outcome.NOT_ASKED, Outcome.NOT_REACHED
    evidence = shown(b"1").evidence

    assert conclusion(shown(b"1")) == VERIFIED
    assert conclusion(climbed(failed, *[reached] * 6)) == UNREADABLE
    assert conclusion(climbed(held, failed, *[reached] * 5, evidence=evidence)) == BROKEN.format(number=2)
    assert conclusion(climbed(held, asked, asked, *[held] * 4, evidence=evidence, unanchored=True)) == NOT_PROVEN
    assert conclusion(climbed(*[held] * 6, reached, evidence=evidence)) == OPEN


@pytest.mark.parametrize("width", [45, 80, 100])
def test_lines_are_as_wide_as_the_terminal_but_for_what_was_recorded(width):
    lines = as_text(shown(b'"' + b"word " * 40 + b'"', detail="word " * 40), width=width).splitlines()

    assert max(len(line) for line in lines[:-1]) <= width
    assert lines[-1] == 'shown                 person/reason = "' + "word " * 40 + '"'  # to the letter


def test_a_time_stays_on_one_line():
    text = as_text(shown(b"1"), width=50)

    assert f"\n{'':22}2026-11-22 03:04:05 UTC\n" in text


def test_a_time_beyond_every_calendar_stays_a_number():
    assert f", {2**62}" in as_text(shown(b"1", at=2**62), width=80).replace("\n" + " " * 22, " ")


@pytest.mark.parametrize("trick", ["\x1b[2J", "\u202e", "\r", "\u2028", "\x07"])
def test_nothing_in_a_file_moves_the_cursor_or_turns_the_text(trick):
    text = as_text(shown(f'"{trick}"'.encode(), detail=f"It states {trick}."), width=80)

    assert not any(letter != "\n" and not letter.isprintable() for letter in text)


@pytest.mark.parametrize(
    "value",
    [
        b"\xff\x00",
        b'{"decision":"released","decision":"detained"}',
        b' "released"',
        b"1e999",
        b"NaN",
        b"1.00000000000000000001",
        b'"\\ud800"',
    ],
)
def test_what_readers_could_take_for_two_things_is_shown_in_hexadecimal_and_not_as_text(value):
    """Of a key that stands twice most readers show the last; of a number that is too long, its beginning."""
    assert as_text(shown(value), width=80).endswith(f"person/reason = bytes {value.hex()}")
    assert as_document(shown(value))["fields"] == [{"group": "person", "name": "reason", "bytes": value.hex()}]


def test_bytes_and_a_text_that_spells_them_look_different():
    assert as_text(shown(b"\xde\xad"), width=80).endswith("person/reason = bytes dead")
    assert as_text(shown(b'"dead"'), width=80).endswith('person/reason = "dead"')


def test_a_public_word_can_not_pass_for_several():
    entry = b'{"a, verdict shown-equal":1,"about":0,"authority":"police.example","day":"2026-11-20","kind":"told","type":"notice","v":1,'
    entry += b'"z":"1, kind withheld"}'

    said = " ".join(as_text(shown(b"1", entry=entry), width=400).split())

    assert '"a, verdict shown-equal" 1, about 0, kind told, z "1, kind withheld"' in said


def test_an_entry_of_another_program_is_told_by_its_length():
    assert "recorded              9 bytes that are no record of this habeas" in as_text(shown(b"1"), width=80)


def test_what_is_not_proven_is_not_shown():
    evidence = shown(b'"secret"').evidence
    found = climbed(Outcome.HELD, Outcome.FAILED, evidence=evidence)

    assert "secret" not in as_text(found, width=80)
    assert as_document(found)["fields"] == []
