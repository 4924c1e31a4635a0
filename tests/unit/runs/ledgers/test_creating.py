"""Making a ledger: whole, or not at all."""

import stat

import pytest

from habeas.errors import BadInput, CannotWrite, Malformed, NotAllowed
from habeas.ledger.trust.policy import parse_policy
from habeas.runs.ledgers import creating
from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger, is_locked
from habeas.runs.ledgers.settings import read_settings
from ledgers.ledger_folders import ORIGIN, made

WORDS = "correct horse battery staple"


def test_a_new_ledger_is_whole_and_its_secrets_are_its_owners_alone(tmp_path):
    created = create_ledger(tmp_path / "ledger", origin=ORIGIN, passphrase=None)

    assert read_settings(tmp_path / "ledger") == created.settings
    assert parse_policy(created.policy.read_text()).logs == created.keys
    assert [key.name for key in created.keys] == [ORIGIN, ORIGIN]
    secret = [tmp_path / "ledger" / name for name in ("persons.sqlite", "log.sqlite", "ledger.yaml")]
    for path in [*(tmp_path / "ledger" / "keys").iterdir(), *secret]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_a_passphrase_locks_the_keys(tmp_path):
    create_ledger(str(tmp_path / "ledger"), origin=ORIGIN, passphrase=WORDS)

    assert is_locked(tmp_path / "ledger")
    with pytest.raises(NotAllowed, match=r"^expected the passphrase of the key log\.police\.example/decisions; got none"):
        Ledger(tmp_path / "ledger")
    with pytest.raises(NotAllowed, match=r"^expected the passphrase of this key file; got another"):
        Ledger(tmp_path / "ledger", passphrase=WORDS + "!")
    with Ledger(tmp_path / "ledger", passphrase=WORDS) as ledger:
        assert (ledger.origin, ledger.size) == (ORIGIN, 0)


@pytest.mark.parametrize("origin", ["", "log police", "log+police", "log\n"])
def test_a_name_that_no_log_can_have_is_refused_before_anything_is_made(tmp_path, origin):
    with pytest.raises(BadInput) as told:
        create_ledger(tmp_path / "ledger", origin=origin, passphrase=None)

    assert str(told.value) == (
        "expected an origin without white space, control characters and +, such as log.police.example/decisions; got another: mend it"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_address_with_its_scheme_is_no_name(tmp_path):
    with pytest.raises(BadInput, match=r"^expected an origin without https://, such as log\.police\.example/decisions; got one with it"):
        create_ledger(tmp_path / "ledger", origin=f"https://{ORIGIN}", passphrase=None)


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(BadInput) as told:
        create_ledger(tmp_path, origin=ORIGIN, passphrase=None)

    assert str(told.value) == f"expected an empty or a new folder for the ledger; {tmp_path} holds something already: choose another"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_another_logs_places_are_refused(tmp_path):
    made(tmp_path / "one")
    with pytest.raises(
        BadInput, match=rf"^expected an unused second place; {tmp_path}/one-second-place holds the last checkpoint of a log"
    ):
        create_ledger(tmp_path / "two", origin=ORIGIN, passphrase=None, second_place="../one-second-place")
    with pytest.raises(BadInput, match=rf"^expected an unused place for public files; {tmp_path}/one/public holds those of a log"):
        create_ledger(tmp_path / "two", origin=ORIGIN, passphrase=None, tiles="../one/public")

    assert not (tmp_path / "two").exists()


@pytest.mark.parametrize("step", ["create_key_file", "create_secret_file", "create_persons", "open_sequencer", "write_file"])
@pytest.mark.parametrize("empty_folder", [True, False])
def test_half_a_ledger_is_removed(tmp_path, monkeypatch, step, empty_folder):
    def fail(*_, **__):
        raise CannotWrite("the disk is full")

    if empty_folder:
        (tmp_path / "ledger").mkdir()
    with monkeypatch.context() as broken:
        broken.setattr(creating, step, fail)
        with pytest.raises(CannotWrite, match="the disk is full"):
            create_ledger(tmp_path / "ledger", origin=ORIGIN, passphrase=None)

    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")] == (["ledger"] if empty_folder else [])
    create_ledger(tmp_path / "ledger", origin=ORIGIN, passphrase=None)


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite) as told:
        create_ledger(tmp_path / "file" / "ledger", origin=ORIGIN, passphrase=None)

    assert str(told.value) == (
        f"expected to make {tmp_path}/file/ledger; the system said: Not a directory. Free space, or choose another place"
    )


def test_an_empty_passphrase_is_refused(tmp_path):
    with pytest.raises((BadInput, Malformed)):
        create_ledger(tmp_path / "ledger", origin=ORIGIN, passphrase="")
    assert list(tmp_path.iterdir()) == []
