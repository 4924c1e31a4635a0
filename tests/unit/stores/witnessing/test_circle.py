import threading

import pytest

from habeas.errors import Inconsistent, Malformed, ProofFailed, Unavailable
from habeas.ledger.notes.cosignature import add_signatures, open_checkpoint
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.notes.note import parse_note
from habeas.ledger.trust.policy_parts import Witness
from habeas.stores.witnessing.circle import ask_witnesses
from habeas.stores.witnessing.service import witness_app
from habeas.stores.witnessing.state import WitnessState
from ledgers import tlog_vectors

pytestmark = pytest.mark.enable_socket


@pytest.fixture
def requests():
    """What was asked of any witness, in order."""
    return []


@pytest.fixture
def start(tmp_path, served, requests, log):
    """Start a witness of these keys that knows the log; gives it as a policy names it, once per key."""
    states = []

    def run(*signers):
        state = WitnessState(tmp_path / f"{len(states)}.sqlite", create=True)
        state.add_log(log.signer.key)
        states.append(state)
        app = witness_app(state, signers=signers, clock=lambda: tlog_vectors.AT)
        url = served(lambda environ, start_response: requests.append(environ["PATH_INFO"]) or app(environ, start_response))
        return [Witness(name=signer.key.name.rpartition("/")[2], key=signer.key, url=url) for signer in signers]

    yield run
    for state in states:
        state.close()


def signer(name):
    return tlog_vectors.signer(f"witness.example/{name}", name, Algorithm.COSIGNATURE_V1)


def ask(witnesses, log, size, *, known=None):
    return ask_witnesses(
        witnesses, checkpoint=log.checkpoint(size), known=known or {}, prove=lambda old: log.proof(old, size), timeout_s=30
    )


def test_all_that_answer_cosign_in_the_order_of_the_policy(start, log):
    witnesses = [*start(signer("a")), *start(signer("b")), *start(signer("c"))]

    asked = ask(witnesses, log, 5)

    cosigned = add_signatures(parse_note(log.checkpoint(5)), asked.signatures).encode()
    keys = [witness.key for witness in witnesses]
    assert asked.cosigned == {"a", "b", "c"}
    assert asked.failed == {}
    assert [one.key for one in open_checkpoint(cosigned, keys)[2]] == keys


def test_one_that_is_away_does_not_hold_up_the_others(start, log):
    away = Witness(name="away", key=signer("away").key, url="http://127.0.0.1:1")

    asked = ask([away, *start(signer("a"))], log, 5)

    assert asked.cosigned == {"a"}
    assert {name: type(error) for name, error in asked.failed.items()} == {"away": Unavailable}


def test_one_that_has_seen_another_history_is_told_apart_from_one_that_is_away(start, log):
    witnesses = start(signer("a"))
    ask(witnesses, log, 5)

    asked = ask(witnesses, log.forked(2), 7)

    assert asked.signatures == ()
    assert isinstance(asked.failed["a"], Inconsistent)


def test_two_keys_at_one_address_are_asked_once(start, requests, log):
    witnesses = start(tlog_vectors.witness_signer(), tlog_vectors.pq_witness_signer())
    ask(witnesses, log, 5)

    requests.clear()
    asked = ask(witnesses, log, 9, known={"w1": 5})

    assert requests == ["/add-checkpoint"]
    assert asked.cosigned == {"w1", "pq1"}
    assert [line.name for line in asked.signatures] == ["witness.example/w1", "witness.example/pq1"]


def test_a_key_that_the_service_does_not_sign_with_is_told(start, log):
    [here] = start(signer("a"))
    missing = Witness(name="b", key=signer("b").key, url=here.url)

    asked = ask([here, missing], log, 5)

    assert asked.cosigned == {"a"}
    assert isinstance(asked.failed["b"], ProofFailed)


def test_one_without_an_address_is_told(log):
    asked = ask([Witness(name="a", key=signer("a").key)], log, 5)

    assert isinstance(asked.failed["a"], Malformed)


def test_nobody_to_ask_gives_nothing(log):
    asked = ask([], log, 5)

    assert (asked.signatures, asked.cosigned, asked.failed) == ((), frozenset(), {})


def test_a_proof_is_made_once_and_by_one_thread_at_a_time(start, log):
    witnesses = [*start(signer("a")), *start(signer("b")), *start(signer("c"))]
    ask(witnesses, log, 5)
    made, busy = [], threading.Lock()

    def prove(old):
        assert busy.acquire(blocking=False)
        made.append(old)
        busy.release()
        return log.proof(old, 9)

    asked = ask_witnesses(witnesses, checkpoint=log.checkpoint(9), known={}, prove=prove, timeout_s=30)

    assert asked.cosigned == {"a", "b", "c"}
    assert made == [5]
