"""`habeas assess render`: a page, whatever the assessment lacks."""

from __future__ import annotations

from pathlib import Path

import pytest

import page_reader
from habeas.cli.main import main
from habeas.rules.assessments.values import Kind
from habeas.runs.assessments.assessing import drafted
from habeas.runs.assessments.writing import write
from screens.assessment_cases import ON, SYSTEM, filled


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "system.yaml").write_text(SYSTEM, encoding="utf-8")
    draft = drafted(tmp_path / "system.yaml", kind=Kind.DATA_PROTECTION, on=ON)
    (tmp_path / "draft.yaml").write_text(write(draft), encoding="utf-8")
    (tmp_path / "whole.yaml").write_text(write(filled(draft)), encoding="utf-8")
    return tmp_path


def state(path: Path) -> str:
    page = page_reader.read(path.read_text(encoding="utf-8"))
    return next(one.text for one in page.all("h2") if one.get("id") == "state")


def test_a_draft_gets_its_page_which_says_that_it_is_incomplete(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "render", "draft.yaml", "--on", "2026-11-22", "--out", "page.html"]) == 0
    assert state(desk / "page.html").startswith("!Incomplete: ")
    said = capsys.readouterr()
    assert said.out == "written: page.html\n"
    assert said.err.startswith("not complete: ")


def test_a_full_one_of_a_system_that_a_book_prohibits_gets_a_page_that_says_no_more(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["assess", "render", "whole.yaml", "--on", "2026-11-22", "--out", "page.html"]) == 0
    assert state(desk / "page.html") == "Every field is filled"
    assert capsys.readouterr().err == ""


def test_what_changed_since_stands_on_the_page(desk: Path) -> None:
    (desk / "system.yaml").write_text(SYSTEM.replace("2.1", "2.2"), encoding="utf-8")

    main(["assess", "render", "whole.yaml", "--system", "system.yaml", "--on", "2026-11-22", "--out", "page.html"])
    assert "the description is not the one that was assessed" in (desk / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("out", ["draft.yaml", "./draft.yaml", "system.yaml"])
def test_the_page_never_replaces_what_it_is_made_from(desk: Path, out: str) -> None:
    before = (desk / out).read_bytes()

    assert main(["assess", "render", "draft.yaml", "--system", "system.yaml", "--out", out]) == 73
    assert (desk / out).read_bytes() == before


def test_the_page_never_replaces_a_file_that_is_no_page(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "notes.txt").write_text("notes", encoding="utf-8")

    assert main(["assess", "render", "draft.yaml", "--on", "2026-11-22", "--out", "notes.txt"]) == 73
    assert "there is a file that isn't HTML" in capsys.readouterr().err
    assert (desk / "notes.txt").read_text(encoding="utf-8") == "notes"
