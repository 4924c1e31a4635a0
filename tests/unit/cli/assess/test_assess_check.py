"""`habeas assess check`: 0 complete, 2 something is missing, 64 and above no assessment."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from habeas.cli.main import main
from habeas.rules.assessments.values import Kind
from habeas.runs.assessments.assessing import drafted
from habeas.runs.assessments.writing import write
from screens.assessment_cases import ON, SYSTEM, filled


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "system.yaml").write_text(SYSTEM.replace("[XA]", "[GB-ENG]"), encoding="utf-8")
    draft = drafted(tmp_path / "system.yaml", kind=Kind.EQUALITY, on=ON)
    (tmp_path / "draft.yaml").write_text(write(draft), encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(write(filled(draft)), encoding="utf-8")
    return tmp_path


@pytest.mark.usefixtures("desk")
def test_a_draft_is_incomplete(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "check", "draft.yaml", "--on", "2026-11-22"]) == 2
    assert "INCOMPLETE: " in capsys.readouterr().out


@pytest.mark.usefixtures("desk")
def test_a_filled_one_is_complete_also_against_its_description(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "check", "whole.yaml", "--on", "2026-11-22"]) == 0
    assert "Nobody compared it" in capsys.readouterr().out
    assert main(["assess", "check", "whole.yaml", "--system", "system.yaml", "--on", "2026-11-22"]) == 0
    assert "Nobody compared it" not in capsys.readouterr().out


def test_a_description_that_changed_makes_it_incomplete(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "system.yaml").write_text(SYSTEM, encoding="utf-8")

    assert main(["assess", "check", "whole.yaml", "--system", "system.yaml", "--on", "2026-11-22"]) == 2
    assert "the description is not the one that was assessed" in " ".join(capsys.readouterr().out.split())


@pytest.mark.usefixtures("desk")
def test_an_overdue_review_makes_it_incomplete() -> None:
    assert main(["assess", "check", "whole.yaml", "--on", "2027-11-22"]) == 0
    assert main(["assess", "check", "whole.yaml", "--on", "2027-11-23"]) == 2


def test_without_a_day_today_counts(desk: Path) -> None:
    draft = drafted(desk / "system.yaml", kind=Kind.EQUALITY, on=date(2020, 1, 1))
    old = dataclasses.replace(filled(draft), review_on=date(2020, 12, 1))
    (desk / "old.yaml").write_text(write(old), encoding="utf-8")

    assert main(["assess", "check", "old.yaml"]) == 2


@pytest.mark.parametrize(
    ("arguments", "code"), [(["system.yaml"], 65), (["none.yaml"], 66), ([], 64), (["whole.yaml", "--system", "none"], 66)]
)
@pytest.mark.usefixtures("desk")
def test_what_is_no_assessment_leaves_with_no_verdict(arguments: list[str], code: int) -> None:
    assert main(["assess", "check", *arguments]) == code


def test_a_fault_is_told_with_file_line_and_field(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (desk / "whole.yaml").read_text(encoding="utf-8")
    (desk / "whole.yaml").write_text(text.replace("kind: equality", "kind: equalty"), encoding="utf-8")
    line = text.splitlines().index("kind: equality") + 1

    assert main(["assess", "check", "whole.yaml"]) == 65
    assert f"whole.yaml line {line}, kind: expected one of" in capsys.readouterr().err
