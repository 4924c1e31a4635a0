"""`habeas ledger disclose | erase | restrict`: on record, done once, and never for nothing."""

import json

import pytest

from habeas.cli.main import main
from habeas.ledger.fields.courts import court_key_of
from habeas.runs.ledgers.reading import check, recorded
from habeas.runs.ledgers.verifying import verify
from ledgers.ledger_folders import BY, habeas

COURT, OTHER = bytes(range(32)), bytes(range(1, 33))
TO_COURT = ["--ground", "court-order", "--to", "court", *BY]
ERASE = ["--ground", "retention-ended", *BY]
RESTRICT = ["--ground", "kept-as-evidence", *BY]
NO_PERSON = "habeas: expected a person with a key; there is none: nothing was recorded about this person, or it was erased\n"


def test_one_field_is_shown_and_no_other(run, folder, tmp_path):
    out = tmp_path / "evidence.json"
    assert run("ledger", "disclose", folder, 0, "person/score", *TO_COURT, "--out", out) == (0, "", f"written: {out}\n")

    found = verify(out, policy=folder / "trust-policy.txt")
    assert found.held
    assert [(one.name, one.value) for one in found.evidence.openings] == [("score", b"8")]
    assert (recorded(folder), check(folder).size) == (3, 3)
    assert out.stat().st_mode & 0o077 == 0  # it is as personal as what it shows


def test_what_was_written_is_told_as_json_too(run, folder, tmp_path):
    out = tmp_path / "evidence.json"
    code, said, err = run("ledger", "disclose", folder, 1, "person/name", "person/score", *TO_COURT, "--out", out, "--json")

    assert (code, json.loads(said), err) == (0, {"written": str(out), "index": 1, "size": 3}, "")


@pytest.mark.parametrize(
    ("index", "fields", "code", "told"),
    [
        (0, ["person/nope"], 66, "expected names of fields in this group; 1 of 1 aren't: read the group to see its fields"),
        (0, ["nobody/score"], 66, "expected a group of that name in entry 0; it has none: see which groups the entry has"),
        (2, ["person/score"], 66, "expected the index of one of the 2 entries, from 0 on; got 2: see the record's receipt"),
        (-1, ["person/score"], 66, "expected the index of one of the 2 entries, from 0 on; got -1: see the record's receipt"),
    ],
)
def test_what_is_not_there_is_not_disclosed(run, folder, tmp_path, index, fields, code, told):
    out = tmp_path / "evidence.json"
    assert run("ledger", "disclose", folder, index, *fields, *TO_COURT, "--out", out) == (code, "", f"habeas: {told}\n")
    assert not out.exists()
    assert recorded(folder) == 2


@pytest.mark.parametrize("fields", [["score"], ["person/"], ["person/score", "officer/badge"], ["person/score", "person/score"]])
def test_fields_are_named_with_their_group_and_once(run, folder, tmp_path, fields):
    assert run("ledger", "disclose", folder, 0, *fields, *TO_COURT, "--out", tmp_path / "e.json") == (
        64,
        "",
        "habeas ledger disclose: expected fields of one group, each once, as GROUP/FIELD, e.g. person/score person/name\n",
    )
    assert recorded(folder) == 2


def test_nothing_is_disclosed_into_a_file_that_cannot_be_written(run, folder, tmp_path):
    assert run("ledger", "disclose", folder, 0, "person/score", *TO_COURT, "--out", tmp_path) == (
        73,
        "",
        (
            f"habeas: expected to write the file {tmp_path}; there is a folder of that name. "
            "Nothing was written, and what was there is as it was: choose another place\n"
        ),
    )
    assert recorded(folder) == 2


def test_an_earlier_file_stays_where_nothing_is_disclosed(run, folder, tmp_path):
    (tmp_path / "e.json").write_text("earlier")
    assert run("ledger", "disclose", folder, 0, "person/nope", *TO_COURT, "--out", tmp_path / "e.json")[0] == 66

    assert (tmp_path / "e.json").read_text() == "earlier"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_ground_that_is_none_is_wrong_usage(run, folder, tmp_path):
    code, _, err = run("ledger", "disclose", folder, 0, "person/score", *TO_COURT, "--ground", "curiosity", "--out", tmp_path / "e.json")

    assert code == 64
    assert "argument --ground: invalid choice: 'curiosity'" in err


def test_a_person_is_erased_once(run, folder):
    code, out, err = run("ledger", "erase", folder, "--person", "P-1042", *ERASE)
    assert (code, out.split()[:5], err) == (0, ["erased;", "on", "record", "as", "2"], "")

    assert run("ledger", "erase", folder, "--person", "P-1042", *ERASE) == (66, "", NO_PERSON)
    assert run("ledger", "erase", folder, "--person", "P-nobody", *ERASE) == (66, "", NO_PERSON)
    assert recorded(folder) == 3


def test_an_erased_group_is_not_disclosed_and_not_erased_again(run, folder, tmp_path):
    code, out, _ = run("ledger", "erase", folder, "--record", 0, "--group", "person", *ERASE, "--json")
    assert (code, json.loads(out)["index"]) == (0, 2)

    gone = "habeas: expected a group of entry 0 that is still there; it was erased, as the log says: nothing brings it back\n"
    assert run("ledger", "erase", folder, "--record", 0, "--group", "person", *ERASE) == (66, "", gone)
    assert run("ledger", "disclose", folder, 0, "person/score", *TO_COURT, "--out", tmp_path / "e.json") == (66, "", gone)
    assert run("ledger", "disclose", folder, 0, "officer/badge", *TO_COURT, "--out", tmp_path / "e.json")[0] == 0


def test_the_reference_may_come_from_standard_input(folder):
    done = habeas("ledger", "erase", folder, "--person", "-", *ERASE, given="P-2\n")
    assert (done.returncode, done.stderr) == (0, "")

    ended = habeas("ledger", "erase", folder, "--person", "-", *ERASE)
    assert (ended.returncode, ended.stdout) == (130, "")
    assert recorded(folder) == 3


@pytest.mark.parametrize(
    "whom", [[], ["--record", 0], ["--group", "person"], ["--person", "P-1042", "--record", 0, "--group", "person"]], ids=str
)
def test_whom_to_erase_is_said_in_one_way(run, folder, whom):
    assert run("ledger", "erase", folder, *whom, *ERASE) == (
        64,
        "",
        "habeas ledger erase: expected --person REF, or --record INDEX with --group GROUP\n",
    )
    assert recorded(folder) == 2


def test_an_authority_that_is_none_is_told_and_nothing_is_erased(run, folder):
    assert run("ledger", "erase", folder, "--person", "P-1042", "--ground", "unlawful", "--authority", "Ada Lovelace") == (
        65,
        "",
        (
            "habeas: entry: expected as authority the authority's domain name in lower case, such as police.example; got something else: "
            "use the name that the register has\n"
        ),
    )
    assert recorded(folder) == 2


@pytest.fixture
def court(tmp_path):
    """Files with private keys: the court's, and another's."""
    for name, key in (("court", COURT), ("other", OTHER), ("short", COURT[:-1])):
        (tmp_path / name).write_text(key.hex() + "\n")
    return tmp_path


def test_a_restricted_record_is_the_courts_until_it_lifts_that(run, folder, court):
    key = ["--court-key", court_key_of(COURT)]
    assert run("ledger", "restrict", folder, 0, "person", *RESTRICT, *key)[1].startswith("restricted; on record as 2 ")

    closed = (77, "", "habeas: expected a group of entry 0 that may be read; it is restricted: only the court can lift that\n")
    assert run("ledger", "restrict", folder, 0, "person", *RESTRICT, *key) == closed
    assert run("ledger", "disclose", folder, 0, "person/score", *TO_COURT, "--out", court / "e.json") == closed
    code, _, err = run("ledger", "erase", folder, "--person", "P-1042", *ERASE)
    assert code == 77
    assert err.startswith("habeas: expected records that no court has restricted; entry 0 is")
    assert run("ledger", "restrict", folder, 0, "person", *RESTRICT, "--lift", court / "other")[0] == 77

    code, out, _ = run("ledger", "restrict", folder, 0, "person", *RESTRICT, "--lift", court / "court", "--json")
    assert (code, json.loads(out)["index"]) == (0, 3)
    assert check(folder).size == 4  # that it was lifted is published too
    assert run("ledger", "restrict", folder, 0, "person", *RESTRICT, "--lift", court / "court") == (
        66,
        "",
        "habeas: expected a restricted group in entry 0; it isn't restricted: there is nothing to lift\n",
    )


@pytest.mark.parametrize(
    ("file", "code", "told"),
    [
        ("nope", 66, "{}/nope is not there; expected a court's private key: check the name"),
        ("short", 65, "{}/short: expected a court's private key, 64 hexadecimal digits; got something else: name the right file"),
    ],
)
def test_a_file_that_holds_no_key_is_told(run, folder, court, file, code, told):
    assert run("ledger", "restrict", folder, 0, "person", *RESTRICT, "--lift", court / file) == (
        code,
        "",
        f"habeas: {told.format(court)}\n",
    )


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("abc", "expected 64 hexadecimal digits in lower case; got something else: copy it whole"),
        ("00" * 32, "expected a key that keeps secrets; got a point of small order, which anyone can open"),
    ],
)
def test_a_court_key_that_is_none_is_told(run, folder, key, told):
    assert run("ledger", "restrict", folder, 0, "person", *RESTRICT, "--court-key", key) == (65, "", f"habeas: court key: {told}\n")
    assert recorded(folder) == 2


def test_a_deed_left_undone_is_done_and_told_by_the_next_command(run, folder):
    backup = {path: path.read_bytes() for path in (folder / "persons.sqlite",)}
    assert main(["ledger", "erase", str(folder), "--person", "P-1042", *ERASE]) == 0
    for path, content in backup.items():
        for journal in folder.glob(f"{path.name}-*"):
            journal.unlink()
        path.write_bytes(content)
    code, _, err = run("ledger", "checkpoint", folder)

    assert (code, err) == (0, "done again, as the log orders it: 0 groups erased, 1 person's key destroyed, 0 groups restricted\n")
