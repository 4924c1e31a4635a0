"""Two witness processes over one memory, killed again and again while two histories race for their cosignatures."""

import contextlib
import http.client
import os
import random
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from habeas.ledger.notes.cosignature import open_checkpoint
from habeas.stores.witnessing.state import WitnessState
from ledgers import tlog_vectors
from ledgers.small_logs import SmallLog
from needs import REPOSITORY

pytestmark = pytest.mark.enable_socket

ROUNDS = 240
DOOMED = ((), (0,), (), (0, 1), (), (1,))
"""Who dies, round after round."""
WITNESS = tlog_vectors.witness_signer().key


class Witnesses:
    """Processes of `a_witness.py`; one that was killed is replaced."""

    def __init__(self, memory):
        path = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY / "tests")])
        script = Path(__file__).with_name("a_witness.py")
        environment = os.environ | {"PYTHONPATH": path}
        self._starter = subprocess.Popen(
            [sys.executable, script, memory], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.running, self.deaths = [self._started(), self._started()], 0

    def _started(self):
        self._starter.stdin.write("\n")
        return tuple(map(int, self._starter.stdout.readline().split()))

    def kill(self, doomed):
        for which in doomed:
            os.kill(self.running[which][0], signal.SIGKILL)
            self.deaths += 1
            self.running[which] = None

    def replace_the_dead(self):
        self.running = [one or self._started() for one in self.running]

    def ask(self, witness, body):
        """The status; None where the witness died before it answered."""
        connection = http.client.HTTPConnection("127.0.0.1", witness[1], timeout=60)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("POST", "/add-checkpoint", body=body)
            response = connection.getresponse()
            response.read()
            return response.status
        return None

    def end(self):
        self._starter.stdin.close()
        for one in self.running:
            if one is not None:
                os.kill(one[0], signal.SIGKILL)
        self._starter.wait()
        self._starter.stdout.close()


@pytest.fixture
def witnesses(memory):
    made = WitnessState(memory, create=True)
    made.add_log(tlog_vectors.log_signer().key)
    made.close()
    running = Witnesses(memory)
    yield running
    running.end()


def the_kept(reader, ways):
    """Which of the ways the memory holds; None: neither."""
    recorded = reader.recorded(tlog_vectors.LOG_NAME)
    texts = [way.checkpoint(len(way.entries)).partition(b"\n\n")[0] for way in ways]
    return next((i for i, text in enumerate(texts) if recorded is not None and recorded.checkpoint.startswith(text)), None)


def test_however_often_it_is_killed_a_witness_never_cosigns_two_histories(witnesses, memory):
    """Every other round one of the two dies, or both, at a moment drawn by chance: before, while or after they decide.

    1. At most one of the two histories gets a 200. 2. The one that got it is what the memory holds, whoever died since.
    """
    chance = random.Random(20261122)  # noqa: S311 - moments, not secrets
    history, reader = SmallLog([]), WitnessState(memory)
    with ThreadPoolExecutor(2) as pool:
        for turn in range(ROUNDS):
            size = len(history.entries)
            ways = [SmallLog([*history.entries, b"%s %d" % (name, turn)]) for name in (b"this", b"that")]
            asked, requests = list(witnesses.running), [way.request(size, size + 1) for way in ways]
            death = threading.Timer(chance.uniform(0, 0.012), witnesses.kill, [DOOMED[turn % len(DOOMED)]])
            death.start()
            statuses = list(pool.map(witnesses.ask, asked, requests))
            death.join()
            kept = the_kept(reader, ways)
            assert statuses.count(200) <= 1  # (1)
            assert 200 not in statuses or statuses.index(200) == kept  # (2)
            history = history if kept is None else ways[kept]
            witnesses.replace_the_dead()
    recorded = reader.recorded(tlog_vectors.LOG_NAME)
    reader.close()

    assert witnesses.deaths == 160  # 4 in 6 rounds
    assert open_checkpoint(recorded.checkpoint, [WITNESS])[0].size == len(history.entries)
