"""Commands of a site, each given in a process of its own: Django is one site's a process."""

from __future__ import annotations

import os
import subprocess
import sys

import needs

LONG_ENOUGH_S = 300


def environment() -> dict[str, str]:
    """The tests' own, without what names a site or a ledger."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HABEAS_", "DJANGO_"))}
    return {**kept, "PYTHONPATH": os.pathsep.join([str(needs.REPOSITORY / "src"), str(needs.REPOSITORY / "tests")])}


def python(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments, and more environment."""
    command = [sys.executable, "-P", *arguments]
    return subprocess.run(command, env={**environment(), **more}, capture_output=True, text=True, check=False, timeout=LONG_ENOUGH_S)
