"""`habeas ledger init`, and where the passphrase comes from."""

import json

import pytest

from habeas.cli.main import COMMANDS, main
from ledgers.ledger_folders import ORIGIN, decision, habeas, lines

OPEN = ["--origin", ORIGIN, "--unencrypted-keys"]


def test_what_was_made_is_listed(run, tmp_path):
    code, out, err = run("ledger", "init", tmp_path / "l", *OPEN)

    assert (code, err) == (0, "")
    assert out == (
        f"made: the ledger {ORIGIN} in {tmp_path}/l\n"
        "  ledger.yaml        its settings\n"
        "  keys/              three keys, open to whoever can read them; keep a copy safe\n"
        "  trust-policy.txt   public keys: give it to whoever shall verify\n"
        "  public             public files: let a web server show them to all\n"
        "  ../l-second-place  the last checkpoint again: best on another disk\n"
        f"next: habeas ledger append {tmp_path}/l records.jsonl\n"
    )
    assert (tmp_path / "l" / "public" / "checkpoint").read_text().startswith(f"{ORIGIN}\n0\n")


def test_a_long_place_stands_on_a_line_of_its_own(run, tmp_path):
    _, out, _ = run("ledger", "init", tmp_path / "l", *OPEN, "--second-place", tmp_path / "second")

    assert f"  {tmp_path}/second\n                    the last checkpoint again: best on another disk\n" in out


def test_json_tells_the_same(run, tmp_path):
    code, out, _ = run("ledger", "init", tmp_path / "l", *OPEN, "--json")
    told = json.loads(out)

    assert code == 0
    assert (told["origin"], told["folder"], told["tiles"], told["second_place"]) == (ORIGIN, f"{tmp_path}/l", "public", "../l-second-place")
    assert [key.split("+")[0] for key in told["keys"]] == [ORIGIN, ORIGIN]


def test_a_second_init_changes_nothing(run, folder):
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert run("ledger", "init", folder, *OPEN) == (
        65,
        "",
        f"habeas: expected an empty or a new folder for the ledger; {folder} holds something already: choose another\n",
    )
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_bad_origin_leaves_nothing(run, tmp_path):
    assert run("ledger", "init", tmp_path / "l", "--origin", "a b", "--unencrypted-keys") == (
        65,
        "",
        (
            "habeas: expected an origin without white space, control characters and +, such as log.police.example/decisions; "
            "got another: mend it\n"
        ),
    )
    assert list(tmp_path.iterdir()) == []


def test_new_keys_need_a_passphrase_or_the_word_that_they_shall_have_none(tmp_path):
    done = habeas("ledger", "init", tmp_path / "l", "--origin", ORIGIN)

    assert (done.returncode, done.stdout) == (64, "")
    assert done.stderr == (
        "habeas ledger: new keys need a passphrase, and there is no terminal to ask at; set HABEAS_LEDGER_PASSPHRASE_FILE to a file "
        "that holds one, or ask for keys that anyone who reads the files can use: --unencrypted-keys\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_the_passphrase_comes_from_a_file(run, tmp_path, monkeypatch):
    (tmp_path / "right").write_text("correct horse\n")
    (tmp_path / "wrong").write_text("battery staple\n")
    records = lines(tmp_path / "r.jsonl", decision())
    monkeypatch.setenv("HABEAS_LEDGER_PASSPHRASE_FILE", str(tmp_path / "right"))
    assert run("ledger", "init", tmp_path / "l", "--origin", ORIGIN)[0] == 0
    assert run("ledger", "append", tmp_path / "l", records)[0] == 0

    monkeypatch.setenv("HABEAS_LEDGER_PASSPHRASE_FILE", str(tmp_path / "wrong"))
    assert run("ledger", "append", tmp_path / "l", records) == (
        77,
        "",
        "habeas: expected the passphrase of this key file; got another, or the file was altered: try again, or restore it\n",
    )
    monkeypatch.setenv("HABEAS_LEDGER_PASSPHRASE_FILE", str(tmp_path / "none"))
    code, out, err = run("ledger", "append", tmp_path / "l", records)
    assert (code, out) == (66, "")
    assert "there is no such file: mend the name" in err
    monkeypatch.delenv("HABEAS_LEDGER_PASSPHRASE_FILE")
    assert run("ledger", "append", tmp_path / "l", records) == (
        77,
        "",
        f"habeas: expected the passphrase of the key {ORIGIN}; got none: give it by HABEAS_LEDGER_PASSPHRASE_FILE\n",
    )
    assert run("ledger", "fsck", tmp_path / "l")[0] == 0  # readers need none


@pytest.mark.parametrize("command", ["append", "checkpoint", "prove", "fsck", "recover", "disclose", "erase", "restrict"])
def test_a_folder_that_holds_no_ledger_is_told(run, tmp_path, command):
    by = ["--authority", "police.example"]
    more = {
        "append": [lines(tmp_path / "r.jsonl", decision())],
        "prove": [0],
        "disclose": [0, "person/score", "--ground", "audit", "--to", "court", "--out", tmp_path / "e.json", *by],
        "erase": ["--person", "P-1042", "--ground", "unlawful", *by],
        "restrict": [0, "person", "--ground", "court-order", "--court-key", "00" * 32, *by],
    }

    assert run("ledger", command, tmp_path / "nowhere", *more.get(command, [])) == (
        66,
        "",
        f"habeas: expected a ledger in {tmp_path}/nowhere; there is no ledger.yaml: check the name, or make one by `habeas ledger init`\n",
    )


@pytest.mark.parametrize("words", [one.words for one in COMMANDS if one.words[0] in {"ledger", "verify"}], ids=" ".join)
def test_help_fits_a_terminal_of_80_columns(capsys, monkeypatch, words):
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main([*words, "--help"])

    assert max(len(line) for line in capsys.readouterr().out.splitlines()) <= 80
