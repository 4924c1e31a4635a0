"""`habeas ledger append`: all or none, a receipt for each, and a word on how far it came when it is cut short."""

import json
import os
import pty
import signal
import subprocess
from contextlib import suppress

import pytest

from habeas.cli.ledger import append
from habeas.errors import CannotWrite
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.reading import check, recorded
from ledgers.ledger_folders import SECRETS, command, decision, habeas, lines, notice

FULL = "/dev/full"
needs_full = pytest.mark.skipif(not os.path.exists(FULL), reason="this system has no /dev/full")  # noqa: PTH110 - a device


def test_each_record_gets_a_receipt_and_all_are_signed(run, folder, tmp_path):
    code, out, err = run("ledger", "append", folder, lines(tmp_path / "r.jsonl", decision(), notice(2)))

    assert (code, err) == (0, "signed: 4 entries\n")
    assert [line.split()[:2] for line in out.splitlines()] == [["recorded", "2"], ["recorded", "3"]]
    assert check(folder).size == 4


def test_receipts_come_as_json_lines_too(run, folder, tmp_path):
    _, out, _ = run("ledger", "append", folder, lines(tmp_path / "r.jsonl", decision(), notice(2)), "--json")

    assert [(sorted(one), one["index"], len(one["leaf"])) for one in map(json.loads, out.splitlines())] == [
        (["index", "leaf"], 2, 64),
        (["index", "leaf"], 3, 64),
    ]


def test_signing_can_be_left_to_another(run, folder, tmp_path):
    assert run("ledger", "append", folder, lines(tmp_path / "r.jsonl", decision()), "--no-checkpoint")[0::2] == (0, "")
    assert (recorded(folder), check(folder).size) == (3, 2)


@pytest.mark.parametrize("name", ["-", None])
def test_records_come_from_standard_input_too(folder, name):
    given = json.dumps(decision()) + "\n" + json.dumps(notice(2)) + "\n"
    done = habeas("ledger", "append", folder, *([] if name is None else [name]), given=given)

    assert (done.returncode, done.stderr, len(done.stdout.splitlines())) == (0, "signed: 4 entries\n", 2)


def test_one_bad_line_and_none_is_recorded(run, folder, tmp_path):
    path = lines(tmp_path / "r.jsonl", decision(), decision(), decision(day="soon"))

    assert run("ledger", "append", folder, path) == (
        65,
        "",
        f"habeas: {path} line 3, day: expected a day such as 2026-11-22; got something else\nnothing was recorded\n",
    )
    assert recorded(folder) == 2


def test_what_is_about_an_entry_that_is_not_there_is_not_recorded(run, folder, tmp_path):
    path = lines(tmp_path / "r.jsonl", decision(), notice(4))

    assert run("ledger", "append", folder, path) == (
        65,
        "",
        (
            f"habeas: {path} line 2, public.about: expected the index of an entry that is recorded before it; there is none: "
            "mend the index\nnothing was recorded\n"
        ),
    )
    assert recorded(folder) == 2


def test_a_file_without_records_is_told(run, folder, tmp_path):
    assert run("ledger", "append", folder, lines(tmp_path / "r.jsonl")) == (
        0,
        "",
        f"nothing recorded: {tmp_path}/r.jsonl holds no record\n",
    )


def test_a_closed_standard_input_is_told(folder):
    done = subprocess.run(["sh", "-c", " ".join(command("ledger", "append", folder)) + " <&-"], capture_output=True, check=False)

    assert (done.returncode, done.stdout) == (69, b"")
    assert done.stderr == b"habeas: expected records on standard input; it is closed: name a file of records\n"


def test_a_second_writer_is_turned_away(run, folder, tmp_path):
    path = lines(tmp_path / "r.jsonl", decision())
    with Ledger(folder):
        code, out, err = run("ledger", "append", folder, path)

    assert (code, out) == (75, "")
    assert err.startswith("habeas: expected")
    assert recorded(folder) == 2


@needs_full
def test_receipts_that_cannot_be_printed_are_told_of(folder, tmp_path):
    path = lines(tmp_path / "r.jsonl", decision(), decision())
    with open(FULL, "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run(command("ledger", "append", folder, path), stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 73
    assert done.stderr.decode().splitlines() == [
        "all 2 records were recorded, as entries 2 to 3: don't append them again",
        "habeas: expected to print to standard output; the system said: No space left on device. Send it elsewhere",
    ]
    assert recorded(folder) == 4


@pytest.mark.parametrize(
    ("done", "told"),
    [
        (0, "none of the 3 records was recorded"),
        (1, "of 3 records the first 1 were recorded, as entry 2: append only the rest"),
        (2, "of 3 records the first 2 were recorded, as entries 2 to 3: append only the rest"),
        (3, "all 3 records were recorded, as entries 2 to 4: don't append them again"),
    ],
)
def test_when_it_is_cut_short_it_tells_how_far_it_came(run, folder, tmp_path, monkeypatch, done, told):
    whole = Ledger.record_many

    def cut_short(self, records):
        yield from whole(self, list(records)[:done])
        raise CannotWrite("the disk is full")

    monkeypatch.setattr(Ledger, "record_many", cut_short)
    code, out, err = run("ledger", "append", folder, lines(tmp_path / "r.jsonl", *[decision()] * 3))

    assert (code, len(out.splitlines())) == (73, done)
    assert err == f"{told}\nhabeas: the disk is full\n"


def test_where_nobody_can_look_it_says_so(run, folder, tmp_path, monkeypatch):
    def fail(*_):
        raise CannotWrite("the disk is gone")

    monkeypatch.setattr(Ledger, "record_many", fail)
    monkeypatch.setattr(append, "recorded", fail)
    code, _, err = run("ledger", "append", folder, lines(tmp_path / "r.jsonl", decision()))

    assert code == 73
    assert err.splitlines()[0] == "how many of the records were recorded can't be read now: look before you append them again"


def test_ctrl_c_loses_no_receipt_and_says_what_is_left_to_do(folder, tmp_path):
    path = lines(tmp_path / "r.jsonl", *[decision()] * 20_000)
    with subprocess.Popen(command("ledger", "append", folder, path), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)

    said = err.decode().splitlines()
    receipts = len([first, *out.splitlines()])
    there = recorded(folder) - 2
    assert running.returncode == 130
    assert said == [
        f"of 20,000 records the first {there:,} were recorded, as entries 2 to {there + 1}: append only the rest",
        "habeas: stopped; nothing half-written was left",
    ]
    assert receipts <= there
    assert check(folder).clean


def on_a_terminal(arguments, **streams):
    """Run a command whose error stream is a terminal; what that terminal was sent."""
    ours, theirs = pty.openpty()
    sent = []
    with subprocess.Popen(command(*arguments), stdin=subprocess.DEVNULL, stderr=theirs, **streams) as running:
        os.close(theirs)
        with suppress(OSError):  # the end of a terminal is an error
            while piece := os.read(ours, 65_536):
                sent.append(piece)
    os.close(ours)
    assert running.returncode == 0
    return b"".join(sent).decode()


def test_a_bar_on_the_terminal_takes_no_receipt_away_from_its_file(folder, tmp_path):
    path = lines(tmp_path / "r.jsonl", *[decision()] * 300)
    with (tmp_path / "receipts").open("wb") as receipts:
        sent = on_a_terminal(["ledger", "append", folder, path], stdout=receipts)

    assert "recording" in sent
    assert sent.rstrip().endswith("signed: 302 entries")
    assert "recorded" not in sent
    assert len((tmp_path / "receipts").read_text().splitlines()) == 300


def test_no_message_repeats_what_is_personal(run, folder, tmp_path):
    for number, bad in enumerate([decision(day="x"), decision(extra=1), decision(public={}), decision(authority="x")]):
        _, _, err = run("ledger", "append", folder, lines(tmp_path / f"{number}.jsonl", bad))
        assert not any(secret in err for secret in SECRETS)
