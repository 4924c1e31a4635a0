import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from habeas.errors import BadInput, Unavailable
from habeas.stores.witnessing import running
from habeas.stores.witnessing.running import Service, run_service
from needs import REPOSITORY

pytestmark = pytest.mark.enable_socket


def hello(_environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def connected(port):
    return contextlib.closing(socket.create_connection(("127.0.0.1", port), timeout=30))


def test_a_service_says_where_it_listens(served, over_http):
    url = served(hello)

    assert over_http(url, "/").body == b"hello"
    assert int(url.rpartition(":")[2]) > 0


def test_replies_do_not_tell_what_runs_here(served, over_http):
    assert "Server" not in over_http(served(hello), "/").headers


def test_a_place_where_somebody_listens_already_is_refused():
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Unavailable, match=rf"127\.0\.0\.1:{port}.*Choose another address or port"):
            Service(hello, host="127.0.0.1", port=port)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
def test_a_place_that_is_not_ours_is_refused(host):
    """Addresses kept for documentation (RFC 5737, RFC 3849): nobody has them."""
    with pytest.raises(Unavailable, match="expected to listen on"):
        Service(hello, host=host, port=0)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_port_that_cannot_be_is_refused(port):
    with pytest.raises(BadInput, match="from 0"):
        Service(hello, host="127.0.0.1", port=port)


def test_a_stop_lets_what_is_under_way_be_answered(over_http):
    begun, may_end, answers = threading.Event(), threading.Event(), []

    def slow(environ, start_response):
        begun.set()
        may_end.wait(30)
        return hello(environ, start_response)

    service = Service(slow, host="127.0.0.1", port=0)
    runs = threading.Thread(target=service.run)
    asks = threading.Thread(target=lambda: answers.append(over_http(f"http://127.0.0.1:{service.port}", "/").body))
    runs.start()
    asks.start()
    assert begun.wait(30)

    service.stop()
    service.stop()
    may_end.set()
    asks.join()
    runs.join()

    assert answers == [b"hello"]
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", service.port), timeout=30)


def test_a_stop_lets_a_long_answer_arrive_whole(monkeypatch):
    """Longer than what the system holds on its way: 32 MiB, while Linux takes 4 MiB at most (tcp_wmem)."""
    monkeypatch.setattr(running, "GRACE_S", 60)
    long = bytes(32 * 2**20)

    def long_answer(_environ, start_response):
        start_response("200 OK", [("Content-Type", "application/octet-stream"), ("Content-Length", str(len(long)))])
        return [long]

    service = Service(long_answer, host="127.0.0.1", port=0)
    runs = threading.Thread(target=service.run)
    runs.start()
    with connected(service.port) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        first = line.recv(1)
        service.stop()
        rest = b"".join(iter(lambda: line.recv(2**20), b""))
    runs.join()

    assert (first + rest).endswith(b"\r\n\r\n" + long)


def test_whoever_never_ends_does_not_hold_up_a_stop(monkeypatch):
    monkeypatch.setattr(running, "GRACE_S", 0.01)
    begun, may_end = threading.Event(), threading.Event()

    def endless(environ, start_response):
        begun.set()
        may_end.wait()
        return hello(environ, start_response)

    service = Service(endless, host="127.0.0.1", port=0)
    monkeypatch.setattr(service._server.task_dispatcher, "shutdown", lambda: None)  # it would wait five seconds for the thread
    runs = threading.Thread(target=service.run)
    runs.start()
    with connected(service.port) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert begun.wait(30)
        service.stop()
        runs.join(30)
        ended = not runs.is_alive()
        may_end.set()

    assert ended


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 16_384, b"431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + b"x" * 65_537, b"413"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
    ids=["long headers", "long body", "negative length", "no HTTP"],
)
def test_what_is_too_long_or_no_http_is_refused(served, sent, status):
    url = served(hello)

    with connected(int(url.rpartition(":")[2])) as line:
        line.sendall(sent)
        heard = line.recv(65_536)

    assert heard.split(b" ")[1] == status
    assert b"Traceback" not in heard


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_witness_that_is_told_to_stop_ends_well(memory, state, number):
    """In a process of its own, as a service manager or Ctrl-C would stop it."""
    state.close()
    script = Path(__file__).with_name("a_witness.py")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY / "tests")])}
    with subprocess.Popen(
        [sys.executable, script, memory, "alone"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout.readline().split()[0] == str(process.pid).encode()

        process.send_signal(number)
        said, complained = process.communicate(timeout=60)

    assert (process.returncode, said, complained) == (0, b"", b"")


def test_whoever_sends_a_byte_now_and_then_does_not_keep_others_out(served, over_http, monkeypatch):
    """As many connections as there may be, each with a request that never ends."""
    monkeypatch.setattr(running, "MOST_CONNECTIONS", 5)
    monkeypatch.setattr(running, "MOST_ARRIVING_S", 0.1)
    url = served(hello)
    stop = threading.Event()

    def drip(line):
        with contextlib.suppress(OSError):
            line.sendall(b"POST / HTTP/1.1\r\nX: ")
            while not stop.wait(0.02):
                line.sendall(b"x")

    with contextlib.ExitStack() as lines:
        threads = [threading.Thread(target=drip, args=(lines.enter_context(connected(int(url.rpartition(":")[2]))),)) for _ in range(8)]
        for thread in threads:
            thread.start()
        try:
            assert over_http(url, "/").body == b"hello"
        finally:
            stop.set()
            for thread in threads:
                thread.join()


def test_signals_mean_afterwards_what_they_meant_before():
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    meanwhile = []

    def stop_at_once(host, port):
        meanwhile.extend(signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT))
        assert (host, port > 0) == ("127.0.0.1", True)
        signal.raise_signal(signal.SIGTERM)

    run_service(hello, host="127.0.0.1", port=0, on_ready=stop_at_once)

    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before
    assert not set(meanwhile) & set(before)
