"""Evidence that somebody handed over, and the files that it comes in."""

import pytest

from habeas.errors import BadInput, Malformed, NotFound
from habeas.runs.ledgers.reading import prove
from habeas.runs.ledgers.verifying import read_policy, verify
from ledgers.ledger_folders import decision, made


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return made(tmp_path_factory.mktemp("desk") / "ledger", decision())


def test_evidence_may_be_bytes_or_a_file_and_a_policy_a_file_or_read_already(folder, tmp_path):
    evidence, policy = prove(folder, 0).encode(), folder / "trust-policy.txt"
    (tmp_path / "evidence.json").write_bytes(evidence)

    for given in (evidence, tmp_path / "evidence.json", str(tmp_path / "evidence.json")):
        for trusted in (policy, str(policy), read_policy(policy)):
            assert verify(given, policy=trusted).held


def test_without_a_policy_nothing_is_proven(folder):
    found = verify(prove(folder, 0).encode())

    assert (found.held, found.unanchored, found.failed) == (False, True, None)


def test_a_bare_proof_needs_its_entry(folder):
    evidence, policy = prove(folder, 0), folder / "trust-policy.txt"

    assert verify(evidence.proof.encode(), policy=policy, entry=evidence.entry).held
    assert not verify(evidence.proof.encode(), policy=policy, entry=evidence.entry + b" ").held
    assert verify(evidence.proof.encode(), policy=policy).failed.number == 1


def test_evidence_that_is_none_fails_and_never_raises(folder):
    assert verify(b"\xff", policy=folder / "trust-policy.txt").failed.number == 1


@pytest.mark.parametrize(("content", "why"), [(b"nonsense\n", "line 1 of the policy"), (b"\xff", "expected text in UTF-8")])
def test_a_policy_that_is_none_is_told_with_its_file(folder, tmp_path, content, why):
    (tmp_path / "policy.txt").write_bytes(content)
    with pytest.raises(Malformed) as told:
        verify(prove(folder, 0).encode(), policy=tmp_path / "policy.txt")

    assert str(told.value).startswith(f"{tmp_path}/policy.txt: {why}")


def test_files_that_are_not_there_and_folders_are_told(folder, tmp_path):
    with pytest.raises(NotFound) as missing:
        verify(tmp_path / "evidence.json")
    with pytest.raises(BadInput) as a_folder:
        read_policy(folder)

    assert str(missing.value) == f"{tmp_path}/evidence.json is not there; expected an evidence file: check the name"
    assert str(a_folder.value) == f"{folder} is a folder; expected a trust policy: name the file in it"
