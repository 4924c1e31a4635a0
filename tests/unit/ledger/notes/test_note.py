"""The form of signed notes: read as the specification's examples stand, refused in every other form."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import Malformed
from habeas.ledger.notes.keys import parse_vkey
from habeas.ledger.notes.note import MAX_NOTE_BYTES, MAX_SIGNATURES, Note, NoteSignature, parse_note, parse_signature_lines

LINE = "\u2014 a.example AAAAAAA=\n"
SIGNED = NoteSignature(name="a.example", key_id=bytes(4), value=bytes(1))
ML_DSA_44_LINE_BYTES = 8 + 2420


def note(text: str = "text\n", signatures: int = 1, size: int = 1) -> Note:
    return Note(text=text, signatures=tuple(NoteSignature(name=f"n{i}", key_id=bytes(4), value=bytes(size)) for i in range(signatures)))


def test_a_note_by_hand_is_read_and_written() -> None:
    raw = f"text\n\n{LINE}".encode()

    assert parse_note(raw) == Note(text="text\n", signatures=(SIGNED,))
    assert parse_note(raw).encode() == raw


@pytest.mark.parametrize("name", ["signed-note/example-message.txt", "signed-note/quasimodo.txt", "tlog-checkpoint/behind-the-sofa.txt"])
def test_the_notes_of_the_specification_are_read_and_written(shared_data: Path, name: str) -> None:
    raw = (shared_data / "tlog" / "c2sp_examples" / name).read_bytes()

    assert parse_note(raw).encode() == raw


def test_the_text_ends_at_the_last_empty_line(shared_data: Path) -> None:
    raw = (shared_data / "tlog" / "c2sp_examples" / "signed-note" / "quasimodo.txt").read_bytes()

    assert parse_note(raw).text.endswith("un raggio di sole:\n\ned è subito sera.\n")


def test_the_example_message_verifies_under_its_key(shared_data: Path) -> None:
    folder = shared_data / "tlog" / "c2sp_examples" / "signed-note"
    key = parse_vkey((folder / "example-message.vkey").read_text(encoding="ascii").strip())
    found = parse_note((folder / "example-message.txt").read_bytes())

    assert (found.signatures[0].name, found.signatures[0].key_id) == (key.name, key.key_id)
    assert key.verify(found.text.encode(), found.signatures[0].value)


def test_the_witnesses_answer_of_the_specification_is_read(shared_data: Path) -> None:
    raw = (shared_data / "tlog" / "c2sp_examples" / "tlog-witness" / "add-checkpoint-response.txt").read_text(encoding="utf-8")
    lines = parse_signature_lines(raw)

    assert [line.name for line in lines] == ["witness.example/w1", "witness.example/w1", "witness.example/w2"]
    assert "".join(line.line() for line in lines) == raw


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "\n",
        "\n\n",
        "text\n",
        "text\n\n",  # no signature
        LINE,
        f"\n{LINE}",
        f"text\n{LINE}",  # no empty line
        f"text\n\n{LINE}"[:-1],  # last line not ended
        f"text\n\n{LINE}x",
        f"text\n\n{LINE}\n",
        f"text\n\n{LINE}trailing\n",
        f"text\r\n\r\n{LINE}",
        f"te\x00xt\n\n{LINE}",
        f"te\txt\n\n{LINE}",
        f"te\x1fxt\n\n{LINE}",
        "text\n\n- a.example AAAAAAA=\n",  # hyphen
        "text\n\n\u2013 a.example AAAAAAA=\n",  # en dash
        "text\n\n\u2014  a.example AAAAAAA=\n",
        "text\n\n\u2014a.example AAAAAAA=\n",
        "text\n\n \u2014 a.example AAAAAAA=\n",
        "text\n\n\u2014 a.example  AAAAAAA=\n",
        "text\n\n\u2014 a.example AAAAAAA= \n",
        "text\n\n\u2014 a.example AAAAAAA= x\n",
        "text\n\n\u2014 a.example\n",
        "text\n\n\u2014 a.example \n",
        "text\n\n\u2014 AAAAAAA=\n",
        "text\n\n\u2014 a+b AAAAAAA=\n",
        "text\n\n\u2014 a\u00a0b AAAAAAA=\n",
        "text\n\n\u2014 a\u2028b AAAAAAA=\n",
        "text\n\n\u2014 a.example AAAAAA==\n",  # a key ID and no signature
        "text\n\n\u2014 a.example AAAA\n",
        "text\n\n\u2014 a.example AAAAAAB=\n",  # a bit in the padding
        "text\n\n\u2014 a.example AAAAAAA\n",
        "text\n\n\u2014 a.example AAAAAAA=\r\n",
    ],
)
def test_a_note_in_another_form_is_refused(raw: str) -> None:
    with pytest.raises(Malformed):
        parse_note(raw.encode("utf-8"))


def test_a_note_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(Malformed, match="UTF-8"):
        parse_note(b"te\xffxt\n\n" + LINE.encode())


@pytest.mark.parametrize("text", ["", "text", "a\rb\n", "a\x00\n", "\ud800\n"])
def test_a_text_that_no_note_can_hold_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        note(text)


@pytest.mark.parametrize("signatures", [1, 16, MAX_SIGNATURES])
def test_a_note_may_have_many_of_the_longest_signatures(signatures: int) -> None:
    full = note(signatures=signatures, size=ML_DSA_44_LINE_BYTES)

    assert parse_note(full.encode()) == full


@pytest.mark.parametrize("signatures", [0, MAX_SIGNATURES + 1])
def test_a_note_without_signatures_or_with_too_many_is_refused(signatures: int) -> None:
    with pytest.raises(Malformed, match="signatures"):
        note(signatures=signatures)


def test_too_many_signature_lines_are_refused_when_read() -> None:
    with pytest.raises(Malformed, match=f"at most {MAX_SIGNATURES} signature lines; got {MAX_SIGNATURES + 1}"):
        parse_note(("text\n\n" + LINE * (MAX_SIGNATURES + 1)).encode())


def test_a_note_of_the_largest_size_is_read_and_one_byte_more_refused() -> None:
    room = MAX_NOTE_BYTES - len(f"\n\n{LINE}".encode())
    largest = f"{'x' * room}\n\n{LINE}".encode()

    assert parse_note(largest).encode() == largest
    with pytest.raises(Malformed, match=f"at most {MAX_NOTE_BYTES} bytes; got {MAX_NOTE_BYTES + 1}"):
        parse_note(b"x" + largest)
    with pytest.raises(Malformed, match="at most"):
        Note(text="x" * (room + 1) + "\n", signatures=(SIGNED,))


@pytest.mark.parametrize(("key_id", "value"), [(bytes(3), b"1"), (bytes(5), b"1"), (bytes(4), b"")])
def test_a_signature_without_key_id_or_value_is_refused(key_id: bytes, value: bytes) -> None:
    with pytest.raises(Malformed, match="key ID of 4 bytes"):
        NoteSignature(name="a.example", key_id=key_id, value=value)
