"""Two signed states of one log: the larger extends the smaller, or the two convict the log."""

from __future__ import annotations

import pytest

from habeas.errors import BadInput, Inconsistent, Malformed, ProofFailed
from habeas.ledger.trust.consistency import verify_consistency_of
from habeas.ledger.trust.policy import parse_policy
from habeas.ledger.trust.witness import parse_add_checkpoint
from ledgers.small_logs import ENTRIES, LOG, grown, policy, signed, state
from ledgers.tlog_vectors import LOG300, signer

FORKED = (*ENTRIES[:2], b"another", *ENTRIES[3:])
POLICY = policy("none")


def hashes_of_the_vector() -> tuple[bytes, ...]:
    return parse_add_checkpoint((LOG300 / "add-checkpoint.req").read_bytes()).proof


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 11), (1, 2), (3, 7), (4, 8), (7, 7), (8, 11), (11, 11)])
def test_a_log_that_only_grew_holds_whichever_state_comes_first(old: int, new: int) -> None:
    states = [signed(state(old)), signed(state(new))]
    for given in (states, states[::-1]):
        found = verify_consistency_of(given[0], given[1], path=grown(old, new), policy=POLICY)
        assert (found.smaller.checkpoint, found.larger.checkpoint) == (state(old), state(new))


def test_the_vector_holds() -> None:
    states = [(LOG300 / name).read_bytes() for name in ("checkpoint.old", "checkpoint")]
    found = verify_consistency_of(*states, path=hashes_of_the_vector(), policy=policy("both"))

    assert (found.smaller.checkpoint.size, found.larger.checkpoint.size, found.larger.quorum) == (200, 300, True)


@pytest.mark.parametrize("path", [(), grown(3, 7)])
def test_two_trees_of_one_size_convict_whatever_proof_is_given(path: tuple[bytes, ...]) -> None:
    one, another = signed(state(7)), signed(state(7, FORKED))
    with pytest.raises(Inconsistent) as raised:
        verify_consistency_of(one, another, path=path, policy=POLICY)

    assert {raised.value.smaller, raised.value.larger} == {one, another}
    assert (state(7).root.hex() in str(raised.value), state(7, FORKED).root.hex() in str(raised.value)) == (True, True)


@pytest.mark.parametrize("path", [(), grown(3, 7), grown(2, 11), grown(3, 11, FORKED)], ids=["none", "sizes", "sizes too", "fork"])
def test_a_proof_that_fails_convicts_nobody(path: tuple[bytes, ...]) -> None:
    """Nobody signed the proof: whoever hands it over may have spoilt it."""
    with pytest.raises(ProofFailed):
        verify_consistency_of(signed(state(3)), signed(state(11)), path=path, policy=POLICY)


def test_a_log_that_rewrote_its_past_has_no_proof_that_holds() -> None:
    for path in (grown(3, 11), grown(3, 11, FORKED)):
        with pytest.raises(ProofFailed):
            verify_consistency_of(signed(state(3)), signed(state(11, FORKED)), path=path, policy=POLICY)


@pytest.mark.parametrize(("old", "new"), [(0, 7), (7, 7)])
def test_where_nothing_is_to_be_proven_a_proof_is_odd(old: int, new: int) -> None:
    with pytest.raises(ProofFailed):
        verify_consistency_of(signed(state(old)), signed(state(new)), path=grown(3, 7), policy=POLICY)


def test_what_the_log_did_not_sign_is_held_against_nobody() -> None:
    forged = signed(state(7, FORKED), log=signer(LOG.key.name, "thief"))
    with pytest.raises(ProofFailed):
        verify_consistency_of(signed(state(7)), forged, path=(), policy=POLICY)


def test_states_of_two_logs_are_not_compared() -> None:
    other = signer("log.example/another", "another")
    both = parse_policy(f"log {LOG.key}\nlog {other.key}\nquorum none\n")
    with pytest.raises(BadInput, match="of one log"):
        verify_consistency_of(signed(state(3)), signed(state(7, origin=other.key.name), log=other), path=grown(3, 7), policy=both)


def test_what_is_no_checkpoint_is_refused() -> None:
    with pytest.raises(Malformed):
        verify_consistency_of(signed(state(3)), b"no checkpoint\n", path=(), policy=POLICY)
