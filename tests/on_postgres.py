"""Run the tests of the site once more, on PostgreSQL: `python tests/on_postgres.py [pytest's arguments]`.

The server is the tests' own, on a socket in a temporary folder. Where PostgreSQL is absent this says so and leaves with 0, unless
HABEAS_REQUIRE names postgres.
"""

from __future__ import annotations

import os
import subprocess
import sys

import needs
from ledgers import postgres_servers

HAVE_THEIR_OWN = ("tests/web/keeping", "tests/web/deployment", "tests/web/base/test_recording_kills.py")
"""What makes sites in processes of its own, and asks for PostgreSQL by itself."""


def main(arguments: list[str]) -> int:
    """Pytest's exit code."""
    if (missing := needs.NEEDS["postgres"]()) is not None:
        required = "postgres" in needs.required()
        sys.stderr.write(f"tests of the site on PostgreSQL: {'FAILED' if required else 'left out'}: {missing}\n")
        return 1 if required else 0
    with postgres_servers.running(postgres_servers.HURRIED) as server:
        environment = {**os.environ, "HABEAS_TEST_DATABASE": server.address("postgres")}
        left_out = [f"--ignore={path}" for path in HAVE_THEIR_OWN]
        command = [sys.executable, "-m", "pytest", *(arguments or ["tests/web"]), *left_out]
        return subprocess.run(command, env=environment, check=False, cwd=needs.REPOSITORY).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
