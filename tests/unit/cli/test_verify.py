"""`habeas verify`: what a court's clerk sees, and the exit code that a script sees."""

import json

import pytest

from habeas.cli.main import main
from habeas.ledger.notes.keys import Algorithm
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.reading import prove
from habeas.stores.keys.signers import signer_from_seed
from ledgers.ledger_folders import AUTHORITY, decision, made


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A ledger, another one, and evidence of one field of a record in the first."""
    desk = tmp_path_factory.mktemp("desk")
    made(desk / "ledger", decision())
    made(desk / "other")
    with Ledger(desk / "ledger") as ledger:
        shown = ledger.disclose(0, "person", "score", ground="court-order", authority=AUTHORITY)
    (desk / "evidence.json").write_bytes(shown.encode())
    bare = prove(desk / "ledger", 0)
    (desk / "bare.tlog-proof").write_bytes(bare.proof.encode())
    (desk / "entry").write_bytes(bare.entry)
    (desk / "nonsense").write_text("nonsense\n")
    return desk


@pytest.fixture
def verify(desk, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(desk)

    def verify(*arguments):
        capsys.readouterr()
        code = main(["verify", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return verify


TRUSTED = ["--policy", "ledger/trust-policy.txt"]


def test_evidence_that_is_whole_is_verified_on_80_columns(verify):
    code, out, err = verify("evidence.json", *TRUSTED)
    lines = out.splitlines()

    assert (code, err) == (0, "")
    assert [line[:8] for line in lines if line[:1].isdigit()] == [f"{number}  holds" for number in range(1, 8)]
    assert "VERIFIED: everything that the file claims is proven." in lines
    assert lines[-3:] == [
        "recorded              decision of police.example on 2026-11-20, purpose bail,",
        "                      system bail-score, version unknown",
        "shown                 person/score = 8",
    ]
    assert max(map(len, lines)) <= 80


def test_without_a_policy_nothing_is_proven_and_nothing_fails(verify):
    code, out, _ = verify("evidence.json")

    assert code == 2
    assert out.endswith(
        "NOTHING IS PROVEN: the file agrees with itself, but nobody's signature was\nchecked. Give a trust policy: --policy FILE\n"
    )


def test_a_policy_that_trusts_other_keys_proves_nothing(verify):
    code, out, _ = verify("evidence.json", "--policy", "other/trust-policy.txt")

    assert code == 76
    assert "\n2  FAILS  The log signed this state of itself\n" in out
    assert out.splitlines()[-1] == "NOT VERIFIED: step 2 fails. Keep the file as it is: what it shows may matter."


def test_a_quorum_that_is_not_met_fails(verify, desk):
    key = signer_from_seed(name="witness.example/w1", algorithm=Algorithm.COSIGNATURE_V1, seed=bytes(32)).key
    policy = (desk / "ledger" / "trust-policy.txt").read_text().replace("quorum none", f"witness w1 {key}\nquorum w1")
    (desk / "strict.txt").write_text(policy)
    code, out, _ = verify("evidence.json", "--policy", "strict.txt")

    assert code == 76
    assert "NOT VERIFIED: step 3 fails. Keep the file as it is: what it shows may matter." in out.splitlines()
    assert "shown  " not in out


def test_a_forged_field_fails_and_is_not_shown(verify, desk):
    (desk / "forged.json").write_text((desk / "evidence.json").read_text().replace('"OA=="', '"Mw=="'))  # 8 became 3
    code, out, _ = verify("forged.json", *TRUSTED)

    assert code == 76
    assert "NOT VERIFIED: step 7 fails. Keep the file as it is: what it shows may matter." in out.splitlines()
    assert "shown  " not in out


def test_what_is_no_evidence_is_told(verify):
    code, out, _ = verify("nonsense", *TRUSTED)

    assert code == 76
    assert out.splitlines()[-2:] == ["NOT VERIFIED: this can't be read as evidence. Ask for the file again, whole and", "unaltered."]
    assert out.splitlines()[1:4] == [
        "          This can't be read as evidence: expected an evidence file, which is",
        "          JSON in UTF-8; got something else: is the file whole, and the right",
        "          one?",
    ]


def test_a_bare_proof_needs_its_entry(verify):
    assert verify("bare.tlog-proof", *TRUSTED) == (
        64,
        "",
        "habeas verify: bare.tlog-proof is a bare proof, which holds no entry; name the entry's bytes too: --entry FILE\n",
    )
    assert verify("bare.tlog-proof", "--entry", "entry", *TRUSTED)[0] == 0
    assert verify("bare.tlog-proof", "--entry", "nonsense", *TRUSTED)[0] == 76


def test_json_tells_every_step(verify):
    code, out, err = verify("evidence.json", "--json", *TRUSTED)
    told = json.loads(out)

    assert (code, err, told["verified"], told["format"]) == (0, "", True, "habeas-verification/1")
    assert [rung["outcome"] for rung in told["rungs"]] == ["held"] * 7
    assert told["fields"] == [{"group": "person", "name": "score", "value": 8}]


def test_a_page_that_checks_can_be_written(verify, tmp_path):
    code, out, err = verify("--page", str(tmp_path / "verify.html"))

    assert (code, out) == (0, "")
    assert err == f"written: {tmp_path}/verify.html; open it in a browser: it checks the same there, offline\n"
    assert (tmp_path / "verify.html").read_text().lower().startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ([], 64, "habeas verify: expected the evidence file to check; see habeas verify --help"),
        (["nope.json"], 66, "habeas: nope.json is not there; expected an evidence file: check the name"),
        (["ledger"], 65, "habeas: ledger is a folder; expected an evidence file: name the file in it"),
        (["evidence.json", "--policy", "nope"], 66, "habeas: nope is not there; expected a trust policy: check the name"),
        (["evidence.json", "--policy", "ledger"], 65, "habeas: ledger is a folder; expected a trust policy: name the file in it"),
        (
            ["evidence.json", "--policy", "nonsense"],
            65,
            "habeas: nonsense: line 1 of the policy: expected log, witness, group, quorum or a comment; got another word: mend the line",
        ),
        (["bare.tlog-proof", "--entry", "nope"], 66, "habeas: nope is not there; expected the entry's bytes: check the name"),
    ],
)
def test_a_file_that_cannot_be_used_is_told(verify, arguments, code, told):
    assert verify(*arguments) == (code, "", f"{told}\n")
