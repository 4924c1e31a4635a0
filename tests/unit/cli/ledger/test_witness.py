"""`habeas ledger witness FOLDER --forget VKEY`: a log's key in other hands is trusted no more, and what was cosigned stays known."""

import pytest

from habeas.runs.ledgers.witness_folder import make_witness, open_witness, short_name
from ledgers import tlog_vectors
from ledgers.small_logs import small_log

AT = 1_795_305_600  # 2026-11-22 00:00 UTC
LOG = small_log()
OLD, NEW = LOG.signer, tlog_vectors.signer(LOG.origin, "the key after the first")
GONE = f"no longer trusted: {short_name(OLD.key)}; the checkpoint of 5 entries that was cosigned last stays remembered\n"


@pytest.fixture
def place(tmp_path):
    """A witness that has cosigned five entries of the log under its first key."""
    make_witness(tmp_path / "w", name="witness.example/w1", passphrase=None)
    witness = open_witness(tmp_path / "w", passphrase=None)
    witness.state.add_log(OLD.key)
    witness.state.close()
    assert asked(tmp_path / "w", LOG.request(0, 5)) == 200
    return tmp_path / "w"


def asked(place, request):
    """What the witness answers, as a status."""
    witness = open_witness(place, passphrase=None)
    try:
        return witness.state.answer(request, signers=witness.signers, at=AT).status
    finally:
        witness.state.close()


def trusted(place):
    witness = open_witness(place, passphrase=None)
    try:
        return witness.state.keys_of(LOG.origin)
    finally:
        witness.state.close()


def test_a_key_is_forgotten_for_the_next_one_and_the_log_goes_on_from_where_it_was(place, run):
    code, said, remarked = run("ledger", "witness", place, "--forget", OLD.key, "--log", NEW.key)

    assert (code, len(said.splitlines())) == (0, 2)
    assert remarked == GONE + f"logs watched: {LOG.origin}\n"
    assert trusted(place) == (NEW.key,)
    assert asked(place, LOG.request(5, 6)) == 403
    assert asked(place, LOG.request(0, 6, signer=NEW)) == 409  # not from nothing
    assert asked(place, LOG.request(5, 6, signer=NEW)) == 200


def test_a_log_whose_only_key_is_forgotten_is_no_longer_known(place, run):
    assert run("ledger", "witness", place, "--forget", OLD.key)[2] == GONE + "logs watched: none yet; name one by --log LOG.vkey\n"
    assert asked(place, LOG.request(5, 6)) == 404


def test_whoever_is_trusted_again_gets_no_second_history_cosigned(place, run):
    run("ledger", "witness", place, "--forget", OLD.key)
    run("ledger", "witness", place, "--log", OLD.key)

    assert asked(place, LOG.forked(3).request(0, 5)) == 409
    assert asked(place, LOG.forked(3).request(5, 5)) == 422


def test_a_running_witness_learns_of_it_at_once(place, run):
    witness = open_witness(place, passphrase=None)
    run("ledger", "witness", place, "--forget", OLD.key)

    assert witness.state.answer(LOG.request(5, 6), signers=witness.signers, at=AT).status == 404
    witness.state.close()


def test_the_keys_to_forget_may_stand_in_a_file(place, run, tmp_path):
    (tmp_path / "old.vkey").write_text(f"{OLD.key}\n{OLD.key}\n")

    assert run("ledger", "witness", place, "--forget", tmp_path / "old.vkey")[2].startswith(GONE)
    assert trusted(place) == ()


def test_of_a_log_that_was_never_cosigned_nothing_is_said_to_be_remembered(place, run):
    other = tlog_vectors.signer("log.example/other", "a key of another log")
    run("ledger", "witness", place, "--log", other.key)

    remarked = run("ledger", "witness", place, "--forget", other.key)[2]

    assert remarked.startswith(f"no longer trusted: {short_name(other.key)}; none of its checkpoints was cosigned yet\n")


def test_a_key_that_is_not_trusted_is_told_with_those_that_are_and_none_is_forgotten(place, run):
    code, said, remarked = run("ledger", "witness", place, "--forget", OLD.key, "--forget", NEW.key)

    assert (code, said) == (66, "")
    assert remarked == (
        f"habeas: expected a key that is trusted for the log {LOG.origin}; got {short_name(NEW.key)}, which isn't, and nothing was "
        f"forgotten: for that log the witness trusts {short_name(OLD.key)}\n"
    )
    assert trusted(place) == (OLD.key,)


def test_a_key_that_was_forgotten_already_is_told(place, run):
    run("ledger", "witness", place, "--forget", OLD.key)

    code, _, remarked = run("ledger", "witness", place, "--forget", OLD.key)

    assert (code, remarked.endswith("nothing was forgotten: for that log the witness trusts no key at all\n")) == (66, True)


def test_a_key_to_trust_and_to_forget_is_wrong_usage_before_anything_is_done(place, run):
    code, said, remarked = run("ledger", "witness", place, "--forget", OLD.key, "--log", OLD.key, "--log", NEW.key)

    assert (code, said) == (64, "")
    assert remarked == ("habeas ledger witness: expected each key under --log or under --forget; got one under both: leave it out of one\n")
    assert trusted(place) == (OLD.key,)


def test_no_witness_is_made_to_forget_a_key(tmp_path, run):
    code, _, remarked = run("ledger", "witness", tmp_path / "w", "--name", "witness.example/w1", "--forget", OLD.key, "--unencrypted-keys")

    assert (code, remarked.startswith(f"habeas: expected a witness in {tmp_path / 'w'}; there is none")) == (66, True)
    assert not (tmp_path / "w").exists()
