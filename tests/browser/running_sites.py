"""A whole site, as `habeas site demo` and `habeas site run` make it: server, worker, ledger, made-up people."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from needs import REPOSITORY

BEGINNING_S = 120
COMMAND = [sys.executable, "-P", "-m", "habeas", "site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A site that answers: where, and the password of everybody made up in it."""

    address: str
    password: str
    folder: Path


@contextmanager
def running_demonstration(folder: Path) -> Iterator[Running]:
    """The site of `habeas site demo` in a new folder, served on a free port of this machine until left."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [*COMMAND, "demo", str(folder), "--port", str(port)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    if made.returncode != 0:
        raise AssertionError(f"expected a demonstration; habeas site demo left with {made.returncode}: {made.stderr}")
    told = re.search(r"password +(\S+)", made.stdout)
    if told is None:
        raise AssertionError(f"expected a password in what habeas site demo prints; got {made.stdout}")
    log = (folder / "run.log").open("wb")
    server = subprocess.Popen([*COMMAND, "run", str(folder), "--bind", f"127.0.0.1:{port}", "--workers", "2"], env=environment, stderr=log)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/health/", server)
        yield Running(address=address, password=told[1], folder=folder)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=60)
        log.close()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Until the address answers with 200."""
    until = time.monotonic() + BEGINNING_S
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"expected the site to run; it left with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            pass
        time.sleep(0.3)
    raise AssertionError(f"expected {address} to answer within {BEGINNING_S} seconds")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
