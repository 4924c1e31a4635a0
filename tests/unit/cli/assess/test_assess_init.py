"""`habeas assess init`: a draft on disk, never over a file that is there, and loud about prohibitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.cli.main import main
from habeas.rules.assessments.completing import blanks
from habeas.rules.assessments.values import Kind
from habeas.runs.assessments.reading import read_assessment
from habeas.runs.assessments.writing import write
from screens.assessment_cases import SYSTEM, filled


@pytest.fixture
def description(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "system.yaml").write_text(SYSTEM.replace("[XA]", "[NL]"), encoding="utf-8")
    return "system.yaml"


@pytest.mark.parametrize("kind", Kind)
def test_a_draft_of_each_kind_can_be_read_back(description: str, kind: Kind, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["assess", "init", description, "--kind", kind.value, "--on", "2026-11-22", "--out", "a.yaml"])

    draft = read_assessment(Path("a.yaml"))
    assert code == 0
    assert draft.kind is kind
    assert capsys.readouterr().out.splitlines()[:2] == ["drafted: a.yaml", f"{blanks(draft)} things are missing, marked REPLACE."]


def test_a_prohibition_is_told_at_once_and_the_draft_comes_all_the_same(description: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["assess", "init", description, "--kind", "equality", "--out", "a.yaml"])

    assert code == 0
    assert "PROHIBITED. An assessment can't lift a prohibition" in capsys.readouterr().err
    assert "fair-trials" in {one.book for one in read_assessment(Path("a.yaml")).prohibitions}


@pytest.mark.parametrize(("kind", "told"), [("equality", True), ("data-protection", False)])
def test_a_law_that_is_none_there_is_told_in_the_terminal_and_in_the_file(
    description: str,
    kind: str,
    told: bool,  # noqa: FBT001 - a case
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["assess", "init", description, "--kind", kind, "--out", "a.yaml"])

    said = "This law isn't law where the system is used (NL): "
    assert (said in " ".join(capsys.readouterr().err.split())) == told
    assert (f"# {said}" in Path("a.yaml").read_text(encoding="utf-8")) == told


def test_answers_of_an_earlier_assessment_are_carried_over(description: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["assess", "init", description, "--kind", "equality", "--out", "old.yaml"])
    old = filled(read_assessment(Path("old.yaml")))
    Path("old.yaml").write_text(write(old), encoding="utf-8")

    assert main(["assess", "init", description, "--kind", "equality", "--from", "old.yaml", "--out", "new.yaml"]) == 0
    assert read_assessment(Path("new.yaml")).sections == old.sections
    assert "0 answers of old.yaml must be read again; 5 have no place" in " ".join(capsys.readouterr().err.split())
    assert f"# benefit 1, claim: {old.benefits[0].claim}" in Path("new.yaml").read_text(encoding="utf-8")


def test_a_file_that_is_there_is_left_alone(description: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.yaml").write_text("mine", encoding="utf-8")

    assert main(["assess", "init", description, "--kind", "equality", "--out", "a.yaml"]) == 73
    assert Path("a.yaml").read_text(encoding="utf-8") == "mine"
    assert "there is one already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--out", "a.yaml"], 64),
        (["--kind", "privacy", "--out", "a.yaml"], 64),
        (["--kind", "equality"], 64),
        (["--kind", "equality", "--on", "soon", "--out", "a.yaml"], 64),
        (["--kind", "equality", "--audit", "none.json", "--out", "a.yaml"], 66),
        (["--kind", "equality", "--audit", "system.yaml", "--out", "a.yaml"], 65),
    ],
)
def test_wrong_usage_and_bad_reports_write_nothing(description: str, arguments: list[str], code: int) -> None:
    assert main(["assess", "init", description, *arguments]) == code
    assert not Path("a.yaml").exists()
