import contextlib
import socket
import threading
from http import HTTPStatus

import pytest

from habeas.errors import Inconsistent, Malformed, NotAllowed, ProofFailed, Unavailable
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, open_checkpoint, sign_checkpoint
from habeas.ledger.notes.keys import Algorithm
from habeas.ledger.notes.note import parse_note
from habeas.ledger.tree.reference import tree_hash
from habeas.stores.witnessing import exchange
from habeas.stores.witnessing.client import MOST_ANSWER_BYTES, ask_witness, is_proven
from habeas.stores.witnessing.replies import application, said
from habeas.stores.witnessing.service import witness_app
from ledgers import tlog_vectors

pytestmark = pytest.mark.enable_socket

SIGNERS = [tlog_vectors.witness_signer(), tlog_vectors.pq_witness_signer()]
KEYS = [signer.key for signer in SIGNERS]
NOBODY = tlog_vectors.signer("witness.example/w1", "somebody else", Algorithm.COSIGNATURE_V1)


def app_of(state, signers=SIGNERS):
    return witness_app(state, signers=signers, clock=lambda: tlog_vectors.AT)


@pytest.fixture
def url(state, served):
    """Where a true witness answers."""
    return served(app_of(state))


def ask(url, log, size, *, known=0, keys=KEYS, timeout_s=30.0):
    asked_for = []

    def prove(old):
        asked_for.append(old)
        return log.proof(old, size)

    lines = ask_witness(url, checkpoint=log.checkpoint(size), keys=keys, known=known, prove=prove, timeout_s=timeout_s)
    return lines, asked_for


def saying(status, body=b"", *, headers=()):
    """A service that says the same to everything, with these headers."""

    def app(_environ, start_response):
        start_response(f"{status} Said", [("Content-Length", str(len(body))), *headers])
        return [body]

    return app


def test_every_key_of_the_witness_gives_a_line_that_holds(url, log):
    lines, _ = ask(url, log, 5)

    cosigned = add_signatures(parse_note(log.checkpoint(5)), lines).encode()
    assert [one.key for one in open_checkpoint(cosigned, KEYS)[2]] == KEYS


def test_with_the_last_size_known_one_proof_is_enough(url, log):
    ask(url, log, 5)

    assert ask(url, log, 9, known=5)[1] == [5]


def test_a_size_that_was_forgotten_is_learnt_from_the_witness(url, log):
    ask(url, log, 5)

    assert ask(url, log, 9)[1] == [5]
    assert ask(url, log, 12, known=3)[1] == [3, 9]


def test_the_same_checkpoint_can_be_cosigned_again(url, log):
    ask(url, log, 5)

    assert len(ask(url, log, 5, known=5)[0]) == 2
    assert len(ask(url, log, 5)[0]) == 2


def test_an_empty_log_can_be_cosigned(url, log):
    assert len(ask(url, log, 0)[0]) == 2
    assert len(ask(url, log, 1)[0]) == 2


def test_lines_of_keys_that_are_not_asked_for_are_dropped(url, log):
    lines, _ = ask(url, log, 5, keys=KEYS[1:])

    assert [line.name for line in lines] == ["witness.example/pq1"]


def test_a_prefix_may_end_with_a_slash_or_without(served, state, log):
    def under_w1(environ, start_response):
        environ["PATH_INFO"] = environ["PATH_INFO"].removeprefix("/w1")
        return app_of(state)(environ, start_response)

    prefixed = served(under_w1)

    assert len(ask(f"{prefixed}/w1/", log, 5)[0]) == 2
    assert len(ask(f"{prefixed}/w1", log, 6)[0]) == 2


@pytest.mark.parametrize("known", [0, 5, 9])
def test_a_log_that_was_set_back_is_told_loudly_with_both_checkpoints(url, log, known):
    ask(url, log, 9)

    with pytest.raises(Inconsistent, match="has cosigned 9 entries of this log; the checkpoint has 5") as caught:
        ask(url, log, 5, known=known)

    assert is_proven(caught.value, [log.signer.key])
    assert caught.value.smaller == log.checkpoint(5)
    assert parse_note(caught.value.larger).text == parse_note(log.checkpoint(9)).text


@pytest.mark.parametrize("known", [0, 5])
@pytest.mark.parametrize("size", [5, 9])
def test_another_history_is_told_loudly_with_both_checkpoints(url, log, known, size):
    ask(url, log, 5)
    fork = log.forked(3)

    with pytest.raises(Inconsistent, match="two histories") as caught:
        ask(url, fork, size, known=known)

    assert is_proven(caught.value, [log.signer.key])
    assert parse_note(caught.value.smaller).text == parse_note(log.checkpoint(5)).text
    assert caught.value.larger == fork.checkpoint(size)
    assert caught.value.proof == fork.proof(5, size)


def test_two_roots_of_one_size_are_told_whichever_way_the_witness_says_it(served, log):
    """Earlier texts of tlog-witness answer 409 with the size, where today's answers 422."""
    url = served(saying(409, b"5\n"))

    with pytest.raises(Inconsistent, match="two histories") as caught:
        ask(url, log, 5, known=5)

    assert (caught.value.smaller, caught.value.larger) == (b"", log.checkpoint(5))
    assert not is_proven(caught.value, [log.signer.key])  # no more than its word


def test_a_witness_that_makes_up_a_history_proves_nothing(served, log):
    """It can raise the alarm, but not the log's signature."""
    made_up = log.forked(3)
    made_up.signer = tlog_vectors.signer(log.origin, "the witness's own invention")

    def lying(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            return saying(409, b"9\n")(environ, start_response)
        return saying(200, made_up.checkpoint(9))(environ, start_response)

    with pytest.raises(Inconsistent) as caught:
        ask(served(lying), log, 5)

    assert parse_note(caught.value.larger).text == parse_note(made_up.checkpoint(9)).text
    assert not is_proven(caught.value, [log.signer.key])


def test_a_checkpoint_does_not_contradict_itself(log):
    error = Inconsistent("the same twice", smaller=log.checkpoint(5), larger=log.checkpoint(5))

    assert not is_proven(error, [log.signer.key])


def test_a_witness_that_refuses_a_proof_that_holds_is_no_evidence(state, served, log):
    true = app_of(state)

    def moody(environ, start_response):
        if environ["REQUEST_METHOD"] == "POST":
            return saying(422)(environ, start_response)
        return true(environ, start_response)

    ask(served(true), log, 5)

    with pytest.raises(Unavailable, match="refuses a proof that holds"):
        ask(served(moody), log, 9, known=5)


def refusing(status, body, shown):
    """A witness that refuses in these words, and shows this checkpoint as the last that it cosigned."""

    def app(environ, start_response):
        said = saying(status, body) if environ["REQUEST_METHOD"] == "POST" else saying(200, shown)
        return said(environ, start_response)

    return app


@pytest.mark.parametrize("shown", [3, 5, 7, 9])
def test_an_older_checkpoint_of_ours_does_not_make_a_lie_true(served, log, shown):
    """A witness that claims to know more, or to see no way to us, shows what anybody can fetch from the log itself."""
    claims = refusing(409, b"1000000\n", log.checkpoint(shown)), refusing(422, b"", log.checkpoint(shown))

    for claim in claims:
        with pytest.raises((Inconsistent, Unavailable)) as caught:
            ask(served(claim), log, 9, known=5)

        assert not (isinstance(caught.value, Inconsistent) and is_proven(caught.value, [log.signer.key]))


def test_other_lines_behind_one_tree_are_no_second_history(log):
    twice = Checkpoint(origin=log.origin, size=5, root=tree_hash(log.entries[:5]), extensions=("a remark",))
    remarked = sign_checkpoint(twice, [log.signer], at=tlog_vectors.AT).encode()

    assert not is_proven(Inconsistent("one tree", smaller=log.checkpoint(5), larger=remarked), [log.signer.key])


def test_a_log_that_the_witness_does_not_know_is_told_what_to_do(served, state, log):
    state.remove_key(log.signer.key)

    with pytest.raises(NotAllowed, match="Send its operator the log's public key"):
        ask(served(app_of(state)), log, 5)


def test_a_key_that_the_witness_does_not_know_is_told_what_to_do(url, log):
    log.signer = tlog_vectors.signer(log.origin, "another key of the log")

    with pytest.raises(NotAllowed, match="public key of today"):
        ask(url, log, 5)


def test_a_line_of_the_right_name_by_another_key_is_no_cosignature(served, state, log):
    with pytest.raises(ProofFailed, match="has none"):
        ask(served(app_of(state, [NOBODY])), log, 5, keys=KEYS[:1])


def test_a_line_that_does_not_hold_is_refused_even_beside_one_that_does(state, served, log):
    true = app_of(state)

    def spoilt(environ, start_response):
        lines = b"".join(true(environ, start_response)).decode().splitlines(keepends=True)
        name, value = lines[1].rsplit(" ", 1)
        middle = len(value) // 2
        lines[1] = f"{name} {value[:middle]}{'A' if value[middle] != 'A' else 'B'}{value[middle + 1 :]}"
        return ["".join(lines).encode()]

    with pytest.raises(ProofFailed, match=r"witness\.example/pq1"):
        ask(served(spoilt), log, 5)


def test_a_cosignature_of_another_checkpoint_is_refused(url, served, log):
    elsewhere, _ = ask(url, log, 4)

    with pytest.raises(ProofFailed, match="doesn't hold"):
        ask(served(saying(200, "".join(line.line() for line in elsewhere).encode())), log, 5)


@pytest.mark.parametrize("body", [b"\xff\n", b"no line\n", "\u2014 a b\n".encode(), b"\n", b"\n\n"])
def test_an_answer_that_is_no_signature_line_is_refused(served, log, body):
    with pytest.raises(Malformed):
        ask(served(saying(200, body)), log, 5)


def test_an_empty_answer_is_no_cosignature(served, log):
    with pytest.raises(ProofFailed):
        ask(served(saying(200)), log, 5)


@pytest.mark.parametrize("body", [b"", b"015\n", b"-1\n", b"+5\n", "\u0665\n".encode(), b"3\n\n", b"three\n"])
def test_a_size_that_is_none_is_refused(served, log, body):
    with pytest.raises(Malformed):
        ask(served(saying(409, body)), log, 5)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(served, url, log, status):
    sent_on = served(saying(status, headers=[("Location", f"{url}/add-checkpoint")]))

    with pytest.raises(Unavailable, match=str(status)):
        ask(sent_on, log, 5)


@pytest.mark.parametrize(
    ("status", "error"), [(400, Malformed), (413, Malformed), (429, Unavailable), (500, Unavailable), (503, Unavailable)]
)
def test_other_refusals_say_whose_fault_they_are(served, log, status, error):
    with pytest.raises(error, match=f"it said {status}"):
        ask(served(saying(status, b"<html>")), log, 5)


def test_an_answer_without_end_is_not_read_to_its_end(served, log):
    with pytest.raises(Unavailable, match="expected at most 262144 bytes"):
        ask(served(saying(200, b"x" * (MOST_ANSWER_BYTES + 1))), log, 5)


def test_a_witness_that_names_ever_other_sizes_is_left(served, log):
    sizes = iter(range(1, 10))
    url = served(application(lambda _environ: said(HTTPStatus.CONFLICT, str(next(sizes)))))

    with pytest.raises(Unavailable, match="3 times"):
        ask(url, log, 9)


def test_a_witness_that_is_away_is_told_so(log):
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]

    with pytest.raises(Unavailable, match=f"http://127.0.0.1:{port}"):
        ask(f"http://127.0.0.1:{port}", log, 5)


def test_a_name_that_cannot_be_looked_up_is_an_outage(log):
    with pytest.raises(Unavailable, match="is the address right"):
        ask("http://witness..example", log, 5)


@contextlib.contextmanager
def talking(talk):
    """Something that takes one connection and talks over it as `talk` does; gives where."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def take():
            line, _ = listening.accept()
            with contextlib.closing(line), contextlib.suppress(OSError):
                talk(line)

        thread = threading.Thread(target=take)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread.join()


def say_nothing(line):
    while line.recv(65_536):
        pass


def say_a_byte_at_a_time(line):
    line.sendall(b"HTTP/1.1 200 OK\r\nX: ")
    wait = threading.Event()
    while not wait.wait(0.01):
        line.sendall(b"x")


def say_half(line):
    line.recv(65_536)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")


@pytest.mark.parametrize("talk", [say_nothing, say_a_byte_at_a_time])
def test_a_witness_that_keeps_us_waiting_is_left(log, talk):
    with talking(talk) as url, pytest.raises(Unavailable, match=r"within 0\.1 s"):
        ask(url, log, 5, timeout_s=0.1)


@pytest.mark.parametrize(
    "talk", [say_half, lambda line: line.sendall(b"SSH-2.0-x\r\n"), lambda _line: None], ids=["half", "ssh", "nothing"]
)
def test_what_breaks_off_or_is_no_http_is_an_outage(log, talk):
    with talking(talk) as url, pytest.raises(Unavailable, match="expected an answer from"):
        ask(url, log, 5)


NO_ADDRESSES = [
    *("", "witness.example", "ftp://witness.example", "file://witness.example", "http://", "http://a:99999/", "http://a:0", "http://[::1"),
    *("http://a\r\nX: y/", "http://a/ b", "http://w\u00edtness.example", "http://witness.example?x", "http://witness.example#x"),
    *("http://user:secret@witness.example", "ftp://user:secret@witness.example"),
]


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_an_address_that_cannot_be_asked_is_refused_before_asking(log, url, monkeypatch):
    monkeypatch.setattr(exchange, "_connection", None)

    with pytest.raises(Malformed) as caught:
        ask(url, log, 5)

    assert "secret" not in str(caught.value)


def test_a_witness_over_tls_must_be_who_it_says(log):
    """Plain bytes where TLS should be: no answer, and nothing sent that a listener could use."""
    with talking(say_half) as url, pytest.raises(Unavailable, match="https"):
        ask(url.replace("http:", "https:"), log, 5)
