"""`habeas ledger serve | witness`, as programs of their own: a port is taken, a signal stops them."""

import http.client
import json
import signal
import socket
import subprocess
from contextlib import contextmanager

import pytest

from ledgers.ledger_folders import ORIGIN, command, habeas

NAME = "witness.example/w1"


@contextmanager
def running(*arguments):
    """A service on a port that is free; its address, once it answers, and afterwards its exit code in `left`."""
    with subprocess.Popen(command(*arguments, "--listen", "127.0.0.1:0"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as service:
        for line in service.stderr:
            if line.startswith(b"listening: "):
                break
        try:
            yield line.split()[1].decode()
        finally:
            service.send_signal(signal.SIGINT)
            assert service.wait(60) == 0


@pytest.fixture
def taken():
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def made(folder, *more):
    return habeas("ledger", "witness", folder, "--name", NAME, "--unencrypted-keys", *more)


@pytest.mark.enable_socket
def test_a_log_is_shown_until_it_is_stopped(folder):
    with running("ledger", "serve", folder) as address:
        port = int(address.rstrip("/").rpartition(":")[2])
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        asked.request("GET", "/checkpoint")
        assert asked.getresponse().read() == (folder / "public" / "checkpoint").read_bytes()
        asked.close()


@pytest.mark.enable_socket
def test_a_witness_is_made_and_answers(folder, tmp_path):
    policy = folder / "trust-policy.txt"
    done = made(tmp_path / "w", "--log", policy)
    keys = done.stdout.splitlines()

    assert done.returncode == 0
    assert [key.split("+")[0] for key in keys] == [NAME, NAME]
    assert done.stderr.splitlines() == [
        f"made: the witness {NAME} in {tmp_path}/w; never bring an old copy of it back: see the how-to",
        f"logs watched: {ORIGIN}",
    ]
    with running("ledger", "witness", tmp_path / "w") as address:
        (folder / "policy.txt").write_text(policy.read_text().replace("quorum none", f"witness w1 {keys[0]} {address}\nquorum w1\n"))
        with (folder / "ledger.yaml").open("a") as settings:
            settings.write("policy: policy.txt\n")
        evidence = tmp_path / "evidence.json"
        why = ["--ground", "court-order", "--to", "court", "--authority", "police.example", "--out", evidence]
        assert habeas("ledger", "disclose", folder, 0, "person/score", *why).stderr == f"written: {evidence}\n"
        found = habeas("verify", evidence, "--policy", folder / "policy.txt")
    assert found.returncode == 0
    assert "cosigned by witness   w1, " in found.stdout

    away = habeas("ledger", "checkpoint", folder)
    assert (away.returncode, away.stderr) == (0, "")  # the witness has cosigned this one already


def test_a_witnesss_keys_and_logs_are_told_as_json(folder, tmp_path):
    done = made(tmp_path / "w", "--log", folder / "trust-policy.txt", "--json")

    told = json.loads(done.stdout)
    assert (done.returncode, told["logs"], len(told["keys"])) == (0, [ORIGIN], 2)


def test_a_name_that_cannot_be_leaves_nothing(tmp_path):
    done = habeas("ledger", "witness", tmp_path / "w", "--name", "bad name", "--unencrypted-keys")

    assert (done.returncode, done.stdout) == (65, "")
    assert done.stderr == (
        "habeas: expected the name of a witness without white space, control characters and +, such as witness.example/w1; "
        "got another: mend it\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("listen", ["127.0.0.1", "127.0.0.1:99999", ":80", "127.0.0.1:http"])
def test_an_address_that_is_none_is_wrong_usage_before_anything_is_made(folder, tmp_path, listen):
    told = f"habeas ledger: expected --listen HOST:PORT, e.g. 127.0.0.1:8786; got {listen}\n"
    for done in (habeas("ledger", "serve", folder, "--listen", listen), made(tmp_path / "w", "--listen", listen)):
        assert (done.returncode, done.stdout, done.stderr) == (64, "", told)
    assert not (tmp_path / "w").exists()


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_told(folder, tmp_path, taken):
    made(tmp_path / "w")
    for done in (
        habeas("ledger", "serve", folder, "--listen", taken),
        habeas("ledger", "witness", tmp_path / "w", "--listen", taken),
    ):
        assert done.returncode == 69
        assert done.stderr.splitlines()[-1].startswith(f"habeas: expected to listen on {taken}; the system said: Address already in use")


def test_where_there_is_nothing_to_serve_that_is_told(tmp_path):
    served, witnessed = habeas("ledger", "serve", tmp_path), habeas("ledger", "witness", tmp_path)

    assert (served.returncode, witnessed.returncode) == (66, 66)
    assert served.stderr == (
        f"habeas: expected a ledger in {tmp_path}; there is no ledger.yaml: check the name, or make one by `habeas ledger init`\n"
    )
    assert witnessed.stderr == (f"habeas: expected a witness in {tmp_path}; there is none: make one by --name, e.g. --name {NAME}\n")
