"""`habeas site run`: the server and the worker begin and end together, and what would expose somebody is refused."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable
from pathlib import Path
from unittest import mock
from urllib.error import HTTPError

import pytest

from habeas.web.keeping.serving import _watch
from web.commands import environment

Run = Callable[..., "subprocess.CompletedProcess[str]"]

pytestmark = pytest.mark.enable_socket


@pytest.fixture(scope="module")
def plain_site(tmp_path_factory: pytest.TempPathFactory, habeas: Run) -> Path:
    folder = tmp_path_factory.mktemp("plain") / "site"
    made = habeas("site", "init", folder, "--name", "x", "--address", "http://127.0.0.1", "--unsafe-plain-http")
    assert made.returncode == 0, made.stderr
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def asked(port: int, path: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return answer.status, answer.read()
    except HTTPError as answer:
        with answer:
            return answer.code, answer.read()


def test_server_and_worker_begin_and_end_together(plain_site: Path) -> None:
    port = free_port()
    command = [sys.executable, "-P", "-m", "habeas", "site", "run", str(plain_site), "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment()) as site:
        assert site.stderr is not None
        said = []
        while not {"ready", "worker"} <= {line[:5].rstrip(":") if line.startswith("ready") else "worker" for line in said}:
            said.append(site.stderr.readline())
            assert said[-1], said
        status, body = asked(port, "/health/")
        asked(port, "/health/?who=sentinel-query")
        site.send_signal(signal.SIGTERM)
        rest = site.stderr.read()
        assert site.wait(60) == 0

    assert (status, json.loads(body)["well"]) == (200, True)
    lines = [json.loads(line) for line in (*said, *rest.splitlines()) if line.startswith("{")]
    assert {"worker-ready", "request"} <= {line["event"] for line in lines}
    assert "sentinel" not in rest
    assert "127.0.0.1" not in rest
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_killed_outright_it_leaves_neither_server_nor_worker_behind(plain_site: Path) -> None:
    port = free_port()
    command = [sys.executable, "-P", "-m", "habeas", "site", "run", str(plain_site), "--bind", f"127.0.0.1:{port}", "--workers", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment()) as site:
        assert site.stderr is not None
        said = ""
        while not ("ready:" in said and "worker-ready" in said):
            said += (line := site.stderr.readline())
            assert line, said
        site.kill()
        site.communicate(timeout=30)  # ends once nobody is left who could write there

    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_a_site_without_tls_is_shown_to_this_machine_alone(plain_site: Path, habeas: Run) -> None:
    refused = habeas("site", "run", plain_site, "--bind", "0.0.0.0:0")

    assert refused.returncode == 77
    assert "from this machine alone" in refused.stderr


def test_a_port_that_is_taken_is_not_shared(plain_site: Path, habeas: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = habeas("site", "run", plain_site, "--bind", f"127.0.0.1:{taken.getsockname()[1]}")

    assert refused.returncode == 69
    assert "Choose another by --bind" in refused.stderr


def test_a_site_whose_ledger_has_lost_its_keys_says_so_and_does_not_run(habeas: Run, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert habeas("site", "init", folder, "--name", "x", "--address", "http://127.0.0.1", "--unsafe-plain-http").returncode == 0
    (folder / "ledger" / "keys" / "log-ed25519.json").unlink()

    ended = habeas("site", "run", folder, "--bind", f"127.0.0.1:{free_port()}")

    assert ended.returncode == 66
    assert "log-ed25519.json" in ended.stderr


class Ended:
    """A worker that has ended, and is told to stop while it waits to be started again."""

    def __init__(self, stopping: threading.Event) -> None:
        self.stopping, self.started = stopping, 0

    def ended(self) -> int:
        threading.Timer(0.1, self.stopping.set).start()
        return 1

    def start(self) -> None:
        self.started += 1


def test_a_worker_that_ended_is_not_started_again_once_the_site_is_told_to_stop() -> None:
    stopping = threading.Event()
    worker, server = Ended(stopping), mock.Mock(ended=lambda: None)

    _watch(server, worker, stopping=stopping, ready=lambda: True, on_ready=lambda: None)  # type: ignore[arg-type] # of our own

    assert worker.started == 0
