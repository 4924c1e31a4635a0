"""Where the passphrase comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BadInput, NotFound, Unavailable
from habeas.stores.keys.secrets import passphrase_from


def test_nothing_set_means_that_somebody_should_be_asked() -> None:
    assert passphrase_from({"PATH": "/bin"}) is None


def test_the_variable_is_the_passphrase() -> None:
    assert passphrase_from({"HABEAS_LEDGER_PASSPHRASE": " wörter \n"}) == " wörter \n".encode()


@pytest.mark.parametrize(
    ("content", "expected"), [(b"words", b"words"), (b"words\n", b"words"), (b"words \n\n", b"words \n"), (b"\xff\n", b"\xff")]
)
def test_the_file_holds_the_passphrase_and_perhaps_one_line_feed(tmp_path: Path, content: bytes, expected: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)

    assert passphrase_from({"HABEAS_LEDGER_PASSPHRASE_FILE": str(tmp_path / "secret")}) == expected


@pytest.mark.parametrize("content", [b"", b"\n", b"x" * 4097, b"x" * 10_000])
def test_an_empty_or_endless_passphrase_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret").write_bytes(content)

    with pytest.raises(BadInput, match="1 to 4096 bytes"):
        passphrase_from({"HABEAS_LEDGER_PASSPHRASE_FILE": str(tmp_path / "secret")})


def test_two_sources_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="both are set"):
        passphrase_from({"HABEAS_LEDGER_PASSPHRASE": "x", "HABEAS_LEDGER_PASSPHRASE_FILE": str(tmp_path / "y")})


def test_a_file_that_is_not_there_or_not_readable_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="mend the name"):
        passphrase_from({"HABEAS_LEDGER_PASSPHRASE_FILE": str(tmp_path / "none")})
    with pytest.raises(Unavailable, match="the system said"):
        passphrase_from({"HABEAS_LEDGER_PASSPHRASE_FILE": str(tmp_path)})
