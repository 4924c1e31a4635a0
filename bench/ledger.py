"""The ledger: durable appends beside a bare group commit, single steps, and a log of ten million entries.

    python bench/ledger.py [MILLIONS ...]

Runs the three benchmarks named below, one after another; each can be run alone. With the default sizes of the last, 1 and 10 million,
it takes 10 minutes and 5 GB of disk.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(millions: list[str]) -> None:
    for script, arguments in (("ledger_appends.py", []), ("ledger_work.py", []), ("ledger_scale.py", millions)):
        subprocess.run([sys.executable, str(HERE / script), *arguments], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
