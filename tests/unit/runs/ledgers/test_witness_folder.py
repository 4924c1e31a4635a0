"""A witness in a folder: made whole or not at all, and never begun anew."""

import pytest

from habeas.errors import BadInput, CannotWrite, Malformed, NotFound
from habeas.runs.ledgers import witness_folder
from habeas.runs.ledgers.witness_folder import exists, is_locked, keys_of_logs, make_witness, open_witness
from ledgers.ledger_folders import decision, made

NAME = "witness.example/w1"


def test_a_new_witness_has_two_keys_and_watches_no_log(tmp_path):
    assert not exists(tmp_path / "witness")
    make_witness(tmp_path / "witness", name=NAME, passphrase=None)
    witness = open_witness(tmp_path / "witness", passphrase=None)
    witness.state.close()

    assert [(key.name, key.algorithm.value) for key in witness.keys] == [(NAME, 4), (NAME, 6)]
    assert not is_locked(tmp_path / "witness")


def test_a_witness_is_not_begun_anew(tmp_path):
    make_witness(tmp_path / "witness", name=NAME, passphrase=None)
    with pytest.raises(BadInput, match=r"holds one: start it without --name, or choose another folder$"):
        make_witness(tmp_path / "witness", name=NAME, passphrase=None)
    (tmp_path / "witness" / "witness.sqlite").unlink()
    with pytest.raises(NotFound):
        open_witness(tmp_path / "witness", passphrase=None)


def test_half_a_witness_is_removed(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise CannotWrite("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(witness_folder, "create_key_file", fail)
        with pytest.raises(CannotWrite, match="the disk is full"):
            make_witness(tmp_path / "witness", name=NAME, passphrase=None)

    assert list((tmp_path / "witness").iterdir()) == []
    make_witness(tmp_path / "witness", name=NAME, passphrase=None)


def test_a_name_that_no_witness_can_have_is_refused(tmp_path):
    with pytest.raises(BadInput) as told:
        make_witness(tmp_path / "witness", name="bad name", passphrase=None)

    assert str(told.value) == (
        "expected the name of a witness without white space, control characters and +, such as witness.example/w1; got another: mend it"
    )
    assert list(tmp_path.iterdir()) == []


def test_where_there_is_no_witness_that_is_told(tmp_path):
    with pytest.raises(NotFound) as told:
        open_witness(tmp_path, passphrase=None)
    assert str(told.value) == f"expected a witness in {tmp_path}; there is none: make one by --name, e.g. --name witness.example/w1"


def test_logs_are_named_by_key_by_a_file_of_keys_or_by_a_policy(tmp_path):
    policy = made(tmp_path / "ledger", decision()) / "trust-policy.txt"
    keys = keys_of_logs([str(policy)])
    (tmp_path / "log.vkey").write_text("".join(f"{key}\n" for key in keys))

    assert len(keys) == 2
    assert keys_of_logs([str(key) for key in keys]) == keys
    assert keys_of_logs([str(tmp_path / "log.vkey")]) == keys


def test_what_is_no_key_is_told(tmp_path):
    (tmp_path / "log.vkey").write_text("nonsense\n")
    with pytest.raises(
        Malformed, match=rf"^{tmp_path}/log\.vkey: expected a log's public key \(vkey\) a line, or a trust policy; expected"
    ):
        keys_of_logs([str(tmp_path / "log.vkey")])
    with pytest.raises(NotFound, match=r"nope is not there; expected a log's public key \(vkey\), or a trust policy: check the name$"):
        keys_of_logs(["nope"])
