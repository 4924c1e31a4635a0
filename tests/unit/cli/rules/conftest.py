"""A desk with the small book in the words of habeas, and `habeas rules` typed at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from habeas.cli.main import main
from screens.book_texts import write_in_our_words


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    write_in_our_words(tmp_path)
    return tmp_path


@pytest.fixture
def rules(desk: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:  # noqa: ARG001 - it must be there
    def rules(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["rules", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return rules
