"""`habeas ledger checkpoint | prove | fsck | recover`."""

import json
import shutil
import signal
import subprocess
import time

import pytest

from habeas.runs.ledgers.creating import create_ledger
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.verifying import verify
from ledgers.ledger_folders import ORIGIN, command, decision, notice

BEYOND = "habeas: expected an entry that is published, of index 0 to 1; asked for {}: publish it, or mend the index\n"


def test_a_checkpoint_is_printed_as_it_is_signed(run, folder):
    code, out, err = run("ledger", "checkpoint", folder)
    assert (code, err) == (0, "")
    assert out == (folder / "public" / "checkpoint").read_text()

    told = json.loads(run("ledger", "checkpoint", folder, "--json")[1])
    assert (told["size"], told["checkpoint"], len(told["root"])) == (2, out, 64)


def test_watching_signs_on_until_it_is_stopped(folder):
    with Ledger(folder) as ledger:
        ledger.record(decision())
    with subprocess.Popen(command("ledger", "checkpoint", folder, "--watch"), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stderr.readline().decode() == f"publishing {ORIGIN} every 1 s (Ctrl-C stops it)\n"
        for _ in range(600):
            if (folder / "public" / "checkpoint").read_text().startswith(f"{ORIGIN}\n3\n"):
                break
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        out, err = running.communicate(timeout=60)

    assert (running.returncode, err) == (0, b"")
    assert out.decode().startswith(f"{ORIGIN}\n3\n")


def test_evidence_goes_to_standard_output_or_to_a_file(run, folder, tmp_path):
    code, out, err = run("ledger", "prove", folder, 1)
    assert (code, err) == (0, "")
    assert run("ledger", "prove", folder, 1, "--out", tmp_path / "e.json") == (0, "", f"written: {tmp_path}/e.json\n")

    assert (tmp_path / "e.json").read_text() == out
    assert verify(out.encode(), policy=folder / "trust-policy.txt").held


def test_a_bare_proof_comes_with_its_entry_beside_it(run, folder, tmp_path):
    out = tmp_path / "p.tlog-proof"
    assert run("ledger", "prove", folder, 0, "--tlog-proof", "--out", out) == (0, "", f"written: {out}\nwritten: {out}.entry\n")

    entry = (tmp_path / "p.tlog-proof.entry").read_bytes()
    assert verify(out, entry=entry, policy=folder / "trust-policy.txt").held
    assert run("ledger", "prove", folder, 0, "--tlog-proof")[1] == out.read_text()


@pytest.mark.parametrize("index", [-1, 2])
def test_an_index_beyond_what_is_published_is_told(run, folder, index):
    assert run("ledger", "prove", folder, index) == (66, "", BEYOND.format(index))


def test_before_the_first_checkpoint_nothing_is_proven(run, tmp_path):
    create_ledger(tmp_path / "ledger", origin=ORIGIN, passphrase=None)

    assert run("ledger", "prove", tmp_path / "ledger", 0) == (
        66,
        "",
        f"habeas: expected a checkpoint of {ORIGIN}; none is published: publish first (habeas ledger checkpoint)\n",
    )


def test_a_whole_ledger_agrees(run, folder):
    assert run("ledger", "fsck", folder) == (0, "checked: 2 entries that were signed, and 2 files\nall agrees\n", "")


def test_what_waits_to_be_signed_is_no_fault(run, folder):
    with Ledger(folder) as ledger:
        ledger.record(notice(0))

    assert run("ledger", "fsck", folder)[1].splitlines()[1:] == ["recorded and not signed yet: 1 entry", "all agrees"]


def test_what_is_not_in_order_is_named_with_index_and_file(run, folder):
    shutil.rmtree(folder / "public" / "tile" / "entries")
    code, out, err = run("ledger", "fsck", folder)

    assert (code, err) == (76, "")
    assert out.splitlines()[1:] == [
        "NOT in order: 1 thing",
        "tile/entries/000.p/2, entry 0: expected the file; found none (file-missing)",
        "Keep everything as it is, and copy it, until this is understood. Then habeas ledger recover",
        "writes public files again, and brings back entries that the database lost.",
    ]
    told = json.loads(run("ledger", "fsck", folder, "--json")[1])
    assert (told["clean"], told["signed"], told["more"]) == (False, 2, 0)
    assert told["findings"][0]["file"] == "tile/entries/000.p/2"


def test_what_recover_brought_back_is_told(run, folder):
    for path in folder.glob("log.sqlite*"):
        path.unlink()
    assert run("ledger", "recover", folder) == (
        0,
        (
            "recovered: the log of 2 entries that was signed last\n"
            "brought back: 2 entries; written again: 0 public files\n"
            "without their sealed fields, which no file holds: 2 records\n"
        ),
        "",
    )
    told = json.loads(run("ledger", "recover", folder, "--json")[1])
    assert (told["format"], told["size"], told["entries"], told["second_place"]) == ("habeas-recovery/1", 2, 0, False)


def test_a_lost_second_place_is_filled_only_by_name(run, folder):
    shutil.rmtree(folder.parent / "ledger-second-place")
    code, out, err = run("ledger", "recover", folder)
    assert (code, out) == (76, "")
    assert err.endswith("say so by name: habeas ledger recover --second-place-lost\n")

    assert run("ledger", "recover", folder, "--second-place-lost")[1].splitlines()[-1] == "the second place was filled again"
