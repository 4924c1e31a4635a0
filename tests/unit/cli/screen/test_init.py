"""Drafting a description without a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.cli.main import main
from habeas.runs.rulebooks import library


def test_a_draft_holds_what_the_named_book_asks(tmp_path: Path) -> None:
    assert main(["screen", "init", str(tmp_path / "few.yaml"), "--book", "fair-trials"]) == 0
    assert main(["screen", "init", str(tmp_path / "all.yaml")]) == 0

    few, everything = ((tmp_path / name).read_text(encoding="utf-8") for name in ("few.yaml", "all.yaml"))
    assert "  purpose: unknown" in few
    assert "  search_objective: unknown" not in few
    assert "  search_objective: unknown" in everything


def test_a_draft_for_a_book_that_is_not_there_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["screen", "init", str(tmp_path / "a.yaml"), "--book", "eu-ai-akt"])

    assert code == 66
    assert "there is no book eu-ai-akt" in capsys.readouterr().err
    assert not (tmp_path / "a.yaml").exists()


def test_a_draft_holds_the_questions_of_a_vocabulary_of_ones_own(tmp_path: Path) -> None:
    words = tmp_path / "words.yaml"
    more = "\n  - {name: kept_long, kind: yes-no, question: Does it keep data for long?, why: Somebody asks.}\n"
    words.write_text(library.VOCABULARY.read_text(encoding="utf-8") + more, encoding="utf-8")

    assert main(["screen", "init", str(tmp_path / "own.yaml"), "--vocabulary", str(words)]) == 0

    assert "  # Does it keep data for long?\n  kept_long: unknown" in (tmp_path / "own.yaml").read_text(encoding="utf-8")
