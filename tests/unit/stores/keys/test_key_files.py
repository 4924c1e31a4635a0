"""Key files: made once, for their owner alone, opened by their passphrase alone."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from habeas.errors import BadInput, CannotWrite, Malformed, NotAllowed, NotFound
from habeas.ledger.notes.encoding import encode_base64
from habeas.ledger.notes.keys import Algorithm
from habeas.stores.keys.key_files import create_key_file, create_secret_file, load_secret, load_signer, parse_key_file, read_key_file

CHEAP = 14
"""The lowest cost that is accepted: a test need not wait as long as a thief."""


def made(folder: Path, *, passphrase: bytes | None = b"words", algorithm: Algorithm = Algorithm.ED25519) -> Path:
    create_key_file(folder / "log.json", name="log.example/x", algorithm=algorithm, passphrase=passphrase, work=CHEAP)
    return folder / "log.json"


def altered(path: Path, **fields: object) -> Path:
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | fields), encoding="utf-8")
    return path


@pytest.mark.parametrize("algorithm", list(Algorithm))
@pytest.mark.parametrize("passphrase", [b"words", None])
def test_a_key_that_was_made_signs_again_when_it_is_loaded(tmp_path: Path, algorithm: Algorithm, passphrase: bytes | None) -> None:
    key = create_key_file(tmp_path / "k", name="log.example/x", algorithm=algorithm, passphrase=passphrase, work=CHEAP)

    signer = load_signer(tmp_path / "k", passphrase=passphrase)

    assert signer.key == key
    assert key.verify(b"text", signer.sign(b"text"))


@pytest.mark.parametrize("passphrase", [b"words", None])
def test_a_secret_that_was_made_is_the_same_when_it_is_loaded(tmp_path: Path, passphrase: bytes | None) -> None:
    create_secret_file(tmp_path / "s", name="log.example/x persons", passphrase=passphrase, work=CHEAP)

    secret = load_secret(tmp_path / "s", passphrase=passphrase)

    assert len(secret) == 32
    assert secret == load_secret(tmp_path / "s", passphrase=passphrase)


def test_no_two_keys_are_the_same(tmp_path: Path) -> None:
    keys = {str(create_key_file(tmp_path / f"{n}", name="x", algorithm=Algorithm.ED25519, passphrase=None)) for n in range(5)}

    assert len(keys) == 5


def test_the_cost_of_guessing_is_128_mebibytes_unless_told_otherwise(tmp_path: Path) -> None:
    create_secret_file(tmp_path / "s", name="x", passphrase=b"words")

    assert json.loads((tmp_path / "s").read_bytes())["work"] == 17
    assert 128 * 2**17 * 8 == 128 * 2**20


def test_a_key_file_is_for_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        path = made(tmp_path)
    finally:
        os.umask(umask)

    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o777])
def test_a_key_file_that_others_may_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    path = made(tmp_path)
    path.chmod(mode)

    with pytest.raises(NotAllowed, match="chmod 600"):
        load_signer(path, passphrase=b"words")


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    before = made(tmp_path).read_bytes()

    with pytest.raises(CannotWrite, match="there is one already, and it stays"):
        made(tmp_path)
    assert (tmp_path / "log.json").read_bytes() == before


def test_a_key_that_can_not_be_kept_whole_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CannotWrite, match=r"No space left on device\. Nothing was kept"):
        made(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("passphrase", [b"word", b"words ", b"Words", b"", None])
def test_another_passphrase_or_none_opens_nothing(tmp_path: Path, passphrase: bytes | None) -> None:
    with pytest.raises(NotAllowed, match="passphrase"):
        load_signer(made(tmp_path), passphrase=passphrase)


def test_an_empty_passphrase_is_none_that_locks(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="empty"):
        made(tmp_path, passphrase=b"")
    assert list(tmp_path.iterdir()) == []


def test_the_public_half_needs_no_passphrase(tmp_path: Path) -> None:
    file = read_key_file(made(tmp_path))

    assert file.key == load_signer(tmp_path / "log.json", passphrase=b"words").key


def test_an_unsealed_key_says_so_in_its_file(tmp_path: Path) -> None:
    assert json.loads(made(tmp_path, passphrase=None).read_bytes())["encryption"] == "none"


def test_a_sealed_key_does_not_stand_in_its_file(tmp_path: Path) -> None:
    path = made(tmp_path)
    seed = read_key_file(path).unlocked(b"words")

    assert seed not in path.read_bytes()
    assert encode_base64(seed) not in path.read_text(encoding="utf-8")


def test_an_open_seed_is_not_shown(tmp_path: Path) -> None:
    file = read_key_file(made(tmp_path, passphrase=None))

    assert "seed" not in repr(file)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "log.example/y"},
        {"vkey": "log.example/habeas-demo+545b0078+AUU9zP+mY6t/L1ps4JaouUzW37dk+JKds+jmmAzGFdTD", "name": "log.example/habeas-demo"},
        {"algorithm": "COSIGNATURE_V1"},
        {"kind": "secret"},
        {"nonce": "AAAAAAAAAAAAAAAA"},
        {"salt": "AAAAAAAAAAAAAAAAAAAAAA=="},
        {"work": 15},
    ],
)
def test_a_key_file_that_was_altered_is_refused(tmp_path: Path, fields: dict[str, object]) -> None:
    with pytest.raises((Malformed, NotAllowed)):
        load_signer(altered(made(tmp_path), **fields), passphrase=b"words")


@pytest.mark.parametrize("work", [13, 23, 0, -1, 17.0, "17", True, None, 10**9])
def test_a_cost_that_protects_nothing_or_stops_us_is_refused_before_it_is_paid(tmp_path: Path, work: object) -> None:
    with pytest.raises(Malformed):
        load_signer(altered(made(tmp_path), work=work), passphrase=b"words")


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"null", b'{"format": "habeas-key/v2"}', b"\xff", b'{"format": "habeas-key/v1"}', b"[" * 100_000]
)
def test_what_is_no_key_file_is_refused(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "k").write_bytes(raw)
    (tmp_path / "k").chmod(0o600)

    with pytest.raises(Malformed):
        load_signer(tmp_path / "k", passphrase=b"words")


@given(raw=st.binary(max_size=300))
def test_any_bytes_are_a_key_file_or_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        parse_key_file(raw)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_altered_byte_is_refused_or_changes_nothing_that_counts(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "log.json"
    raw = bytearray((path if path.exists() else made(tmp_path)).read_bytes())
    before = load_signer(path, passphrase=b"words").key
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))

    try:
        file = parse_key_file(bytes(raw))
        file.unlocked(b"words")
    except (Malformed, NotAllowed):
        return
    assert file.key == before


def test_a_secret_is_no_signer_and_a_signer_no_secret(tmp_path: Path) -> None:
    create_secret_file(tmp_path / "s", name="x", passphrase=None)

    with pytest.raises(Malformed, match="secret of another kind"):
        load_signer(tmp_path / "s", passphrase=None)
    with pytest.raises(Malformed, match="holds a signing key"):
        load_secret(made(tmp_path), passphrase=b"words")


def test_an_open_seed_of_another_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Malformed, match="another key's"):
        load_signer(altered(made(tmp_path, passphrase=None), seed="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="), passphrase=None)


def test_a_file_that_is_not_there_is_not_found_and_a_folder_is_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_signer(tmp_path / "none", passphrase=None)
    with pytest.raises(BadInput, match="something else"):
        load_signer(tmp_path, passphrase=None)


def test_no_message_holds_the_passphrase_or_the_seed(tmp_path: Path) -> None:
    path = made(tmp_path)

    with pytest.raises(NotAllowed) as caught:
        load_signer(path, passphrase=b"a wrong one")
    assert "a wrong one" not in str(caught.value)
