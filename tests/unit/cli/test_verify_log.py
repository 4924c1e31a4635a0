"""`habeas verify log`: what whoever watches a log sees."""

import json
import shutil

import pytest

from habeas.cli.main import main
from ledgers.ledger_folders import decision, made


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    made(tmp_path / "ledger", decision())
    shutil.copy("ledger/public/checkpoint", "kept")
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_a_whole_log_leaves_with_0(capsys):
    assert main(["verify", "log", "ledger/public", "--policy", "ledger/trust-policy.txt", "--since", "kept"]) == 0

    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert said.splitlines()[0] == "1  holds  The log signed this state of itself"
    assert said.endswith(
        "4  holds  The earlier state is the beginning of this one\n"
        "          What it held then (1 entry) is its beginning, unaltered and in its\n"
        "          order.\n\n"
        "VERIFIED: the log is whole.\n"
    )


@pytest.mark.usefixtures("desk")
def test_a_log_that_lacks_a_file_leaves_with_76(capsys):
    shutil.rmtree("ledger/public/tile/entries")

    assert main(["verify", "log", "ledger/public", "--policy", "ledger/trust-policy.txt"]) == 76
    assert capsys.readouterr().out.endswith(
        "NOT VERIFIED: step 3 fails. Keep the checkpoints and the files as they are: what\nthey show may matter.\n"
    )


@pytest.mark.usefixtures("desk")
def test_programs_get_json(capsys):
    assert main(["verify", "log", "ledger/public", "--policy", "ledger/trust-policy.txt", "--json"]) == 0

    said = json.loads(capsys.readouterr().out)
    assert said["format"] == "habeas-log-verification/1"
    assert said["verified"] is True
    assert [rung["outcome"] for rung in said["rungs"]] == ["held", "held", "held", "not-asked"]


@pytest.mark.usefixtures("desk")
def test_a_policy_is_needed(capsys):
    assert main(["verify", "log", "ledger/public"]) == 64
    assert "the following arguments are required: --policy" in capsys.readouterr().err
