"""What the page on deployment says to type when somebody leaves, or lost what they signed in with, does that."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

from web.deployment.the_page import PAGE, filled

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def typed(what: str, site: Path, email: str) -> list[str]:
    """The words after `runuser -- habeas` of the command on the page in which `what` stands, for this site and that person."""
    text = PAGE.read_text(encoding="utf-8").replace("\\\n", "")
    (line,) = [line for line in text.splitlines() if what in line]
    words = shlex.split(filled(line, {"/srv/habeas/site": str(site)}))
    *before, code = words[words.index("--") + 2 :]
    given = code.split('"')[1]
    return [*before, filled(code, {given: email})]


def test_an_account_is_closed_and_a_second_factor_taken_away(habeas: Run, script: Run, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert habeas("site", "init", site, "--name", "x", "--address", "https://register.police.example").returncode == 0
    assert script("fill_a_site.py", site, "sign_in").returncode == 0

    taken = habeas(*typed("Authenticator.objects", site, "ada@midshire.example"))
    closed = habeas(*typed("User.objects", site, "ada@midshire.example"))

    assert taken.returncode == 0, taken.stderr
    assert (taken.returncode, taken.stdout.splitlines()[-1]) == (0, "(1, {'mfa.Authenticator': 1})")
    assert (closed.returncode, closed.stdout.splitlines()[-1]) == (0, "1")
