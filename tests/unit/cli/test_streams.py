"""What a shell sees when something goes wrong: never the exit code of a verdict, always a reason."""

import errno
import io
import json
import os
import subprocess
import sys

import pytest

from compas import EXAMPLES
from habeas.cli import schema
from habeas.cli.main import main
from habeas.cli.streams import remark, say, say_document
from habeas.errors import CannotWrite

FULL = "/dev/full"
NO_SPACE = os.strerror(errno.ENOSPC)
PLAN = """\
habeas: audit/1
title: A small audit
system: {name: RiskTool, version: "1"}
technology: risk-score
stage: live
auditor: {name: Office, independent: true, statement: no ties}
data: {path: rows.csv, count: n}
columns: {score: risk, outcome: again}
score: {minimum: 1, maximum: 10}
thresholds: [5]
groups: [name]
confirmatory:
  - {metric: false_positive_rate, by: name, tolerance: {difference: 0.3}}
"""

needs_full = pytest.mark.skipif(not os.path.exists(FULL), reason="this system has no /dev/full")  # noqa: PTH110 - a device


def habeas(*arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **environment):
    command = [sys.executable, "-m", "habeas", *map(str, arguments)]
    return subprocess.run(command, stdout=stdout, stderr=stderr, env={**os.environ, **environment}, check=False, timeout=120)


@pytest.fixture
def plan(tmp_path):
    rows = [f"{name},{risk},{again},400" for name in ("Zoë", "Ann") for risk in (3, 7) for again in (0, 1)]
    (tmp_path / "rows.csv").write_text("\n".join(["name,risk,again,n", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path / "plan.yaml"


@pytest.fixture
def broken(monkeypatch):
    """A command in which something nobody foresaw goes wrong."""

    def run(_arguments):
        raise KeyError("a mistake\nof ours")

    monkeypatch.setattr(schema, "run", run)


def test_a_label_that_the_terminal_cannot_show_is_escaped(plan):
    done = habeas("audit", plan, PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (0, b"")
    assert rb"name Zo\xeb" in done.stdout


def test_json_is_utf_8_whatever_the_terminal_shows(plan):
    done = habeas("audit", plan, "--json", PYTHONIOENCODING="ascii")

    assert done.stderr == b""
    assert "Zoë" in json.dumps(json.loads(done.stdout.decode("utf-8")), ensure_ascii=False)


@needs_full
@pytest.mark.parametrize(
    "arguments", [["schema", "audit-plan"], ["--help"], ["audit", "--help"], ["audit", EXAMPLES / "compas.yaml", "--digest"]]
)
def test_a_full_disk_behind_the_output_is_told(arguments):
    with open(FULL, "wb") as full:  # noqa: PTH123 - a device
        done = habeas(*arguments, stdout=full)

    assert done.stderr.decode() == f"habeas: expected to print to standard output; the system said: {NO_SPACE}. Send it elsewhere\n"
    assert done.returncode == 73


@needs_full
def test_files_that_were_written_are_named_even_if_the_finding_cannot_be_printed(plan, tmp_path):
    with open(FULL, "wb") as full:  # noqa: PTH123 - a device
        done = habeas("audit", plan, "--out", tmp_path / "report", stdout=full)

    assert done.stderr.decode().splitlines() == [
        f"written: {tmp_path}/report/report.html",
        f"written: {tmp_path}/report/report.json",
        f"habeas: expected to print to standard output; the system said: {NO_SPACE}. Send it elsewhere",
    ]
    assert done.returncode == 73


@needs_full
def test_an_error_that_nobody_can_be_told_keeps_its_exit_code(tmp_path):
    with open(FULL, "wb") as full:  # noqa: PTH123 - a device
        done = habeas("audit", tmp_path / "plan.yaml", stderr=full)

    assert done.returncode == 66


def test_closed_streams_are_no_verdict(tmp_path):
    missing = subprocess.run(["sh", "-c", f"{sys.executable} -m habeas audit {tmp_path}/plan.yaml 2>&-"], check=False, capture_output=True)
    silent = subprocess.run(["sh", "-c", f"{sys.executable} -m habeas --version >&-"], check=False, capture_output=True, text=True)

    assert (missing.returncode, missing.stdout) == (66, b"")
    assert silent.returncode == 73
    assert silent.stderr == "habeas: expected to print the result; standard output is closed: leave it open, or send it to a file\n"


def test_cells_of_a_strange_shape_are_bad_input(tmp_path):
    (tmp_path / "cells.json").write_text('{"habeas":"cells/1","counted_for":[1]}')

    done = habeas("audit", EXAMPLES / "compas.yaml", "--from-cells", tmp_path / "cells.json")

    assert done.returncode == 65
    assert done.stderr.decode() == (
        f"habeas: expected a whole cells file at {tmp_path}/cells.json; sha256 is missing or of another kind: "
        "write it again with habeas audit PLAN --cells FILE\n"
    )


@pytest.mark.usefixtures("broken")
def test_a_mistake_of_ours_is_no_verdict(capsys):
    assert main(["schema", "audit-plan"]) == 70

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "habeas: something went wrong that was not foreseen (KeyError: 'a mistake\\nof ours'); there is no verdict, and nothing was "
        "published. Please report it with the command that you gave, without what is personal in it; "
        "HABEAS_DEBUG=1 shows where it happened\n"
    )


@pytest.mark.usefixtures("broken")
def test_where_a_mistake_happened_is_shown_to_those_who_ask(capsys, monkeypatch):
    monkeypatch.setenv("HABEAS_DEBUG", "1")

    assert main(["schema", "audit-plan"]) == 70

    said = capsys.readouterr().err
    assert said.startswith("Traceback (most recent call last):\n")
    assert "something went wrong that was not foreseen" in said.splitlines()[-1]


def test_what_replaces_a_terminal_may_take_text_only(monkeypatch, capsys):
    taken = io.StringIO()
    monkeypatch.setattr(sys, "stdout", taken)

    say("words")
    say_document("ë\n".encode())
    remark("aside")

    assert taken.getvalue() == "words\në\n"
    assert capsys.readouterr().err == "aside\n"


def test_output_that_is_not_there_is_an_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)

    with pytest.raises(CannotWrite, match="standard output is closed"):
        say("words")
