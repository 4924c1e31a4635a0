"""Nothing is skipped in silence: what HABEAS_REQUIRE names must be there, or the run fails."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from needs import REPOSITORY

SETTINGS = '[tool.pytest.ini_options]\npythonpath = ["."]\nmarkers = ["browser: x", "pdf: x", "validity: x"]\n'
TESTS = """
import pytest

@pytest.mark.browser
def test_a_page_is_read(): pass

@pytest.mark.validity
def test_a_slow_promise_is_kept(): pass

def test_a_sum(): pass
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    """A small suite with our conftest."""
    (tmp_path / "ledgers").mkdir()
    for name in ("conftest.py", "needs.py", "ledgers/postgres_servers.py"):
        shutil.copy(REPOSITORY / "tests" / name, tmp_path / name)
    (tmp_path / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "test_small.py").write_text(TESTS, encoding="utf-8")
    return tmp_path


def run(suite: Path, *options: str, **environment: str) -> tuple[int, str]:
    """Run the suite where there is no browser, unless one is named."""
    command = [sys.executable, "-m", "pytest", "-q", "-ra", "-p", "no:cacheprovider", *options]
    done = subprocess.run(
        command, cwd=suite, env={"PATH": str(suite), "HOME": str(suite), **environment}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_without_a_browser_its_tests_are_skipped_with_the_reason(suite: Path) -> None:
    code, said = run(suite)

    assert code == 0
    assert "no chromium on this machine: apt-get install chromium, or set CHROMIUM to one" in said
    assert "1 passed, 1 skipped, 1 deselected" in said


def test_without_a_required_browser_the_run_fails(suite: Path) -> None:
    code, said = run(suite, HABEAS_REQUIRE="browser")

    assert code == 1
    assert "HABEAS_REQUIRE names browser, but the test was skipped" in said
    assert "1 passed, 1 deselected, 1 error" in said


def test_with_a_browser_nothing_is_skipped(suite: Path) -> None:
    code, said = run(suite, HABEAS_REQUIRE="browser", CHROMIUM="/usr/bin/true")

    assert code == 0
    assert "2 passed, 1 deselected" in said


def test_slow_promises_run_when_asked_for(suite: Path) -> None:
    code, said = run(suite, "-m", "validity")

    assert code == 0
    assert "1 passed, 2 deselected" in said


def test_a_misspelt_requirement_is_refused(suite: Path) -> None:
    code, said = run(suite, HABEAS_REQUIRE="browsers")

    assert code == 4
    assert "HABEAS_REQUIRE: expected some of browser, pdf, postgres, go, nginx; got browsers: drop or mend it" in said
