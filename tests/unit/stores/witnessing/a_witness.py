"""A witness for tests that kill it: `python a_witness.py MEMORY`, with the keys of the vectors.

Each line on standard input starts one more witness over the same memory, in a process of its own; the answer is its process number and
its port. Starting by forking is what makes hundreds of deaths affordable. With `alone` there is one witness, in this process.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from habeas.stores.witnessing.running import run_service
from habeas.stores.witnessing.service import witness_app
from habeas.stores.witnessing.state import WitnessState
from ledgers import tlog_vectors


def run(memory: Path) -> None:
    signers = [tlog_vectors.witness_signer(), tlog_vectors.pq_witness_signer()]
    app = witness_app(WitnessState(memory), signers=signers, clock=lambda: tlog_vectors.AT)
    run_service(app, host="127.0.0.1", port=0, on_ready=lambda _host, port: print(os.getpid(), port, flush=True))  # noqa: T201 - tells the test


def main() -> None:
    memory = Path(sys.argv[1])
    if "alone" in sys.argv[2:]:
        run(memory)
        return
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    for _ in sys.stdin:
        if os.fork() == 0:
            os.close(sys.stdin.fileno())
            run(memory)
            os._exit(0)


if __name__ == "__main__":
    main()
