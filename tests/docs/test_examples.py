"""Every fenced example of README and docs is tried as a reader would, in a copy of the examples folder."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

import project
from docs.fences import Example, acceptable, examples, matches, run, steps
from needs import REPOSITORY

PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
TRIED = {"console", "python", "yaml"}
SHOWN_ONLY = {"sh", "json", "text", "csv", ""}
"""`sh` is set-up that tests can't repeat (`make demo`); its make targets must exist."""

WITH_EXAMPLES = [page for page in PAGES if any(example.language in TRIED for example in examples(page.read_text(encoding="utf-8")))]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder: the examples, a file of decisions, and `habeas` on the path."""
    shutil.copytree(REPOSITORY / "examples", tmp_path / "desk")
    shutil.copy(REPOSITORY / "examples" / "compas-counts.csv", tmp_path / "desk" / "decisions.csv")
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "habeas"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{REPOSITORY / "src"}" exec "{sys.executable}" -P -m habeas "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.chdir(tmp_path / "desk")
    return tmp_path / "desk"


def try_console(example: Example, desk: Path) -> None:
    path, code = f"{desk.parent / 'bin'}:{os.environ['PATH']}", 0
    todo = steps(example.body)
    for step, following in zip(todo, [*todo[1:], None], strict=True):
        code, printed = run(step, folder=desk, path=path, last_code=code)
        shows_code = following is not None and following.command == "echo $?"
        assert shows_code or acceptable(step, code), f"line {example.line}: $ {step.command}\nleft with {code}:\n" + "\n".join(printed)
        assert matches(step.shown, printed), f"line {example.line}: $ {step.command}\nprinted:\n" + "\n".join(printed)


def try_yaml(example: Example) -> None:
    """A whole file must be what it says it is; a part must be one of a plan, and fit the schema when laid over the example plan."""
    from habeas.runs.schemas import schema

    given: dict[str, Any] = YAML(typ="safe").load(example.body)
    if "habeas" in given:
        WHOLE_FILES[given["habeas"]](example.body, f"line {example.line}")
        return
    whole = YAML(typ="safe").load((REPOSITORY / "examples" / "compas.yaml").read_text(encoding="utf-8"))
    errors = Draft202012Validator(schema("audit-plan")).iter_errors({**whole, **given})
    assert [f"line {example.line}: {error.message}" for error in errors] == []


def _try_plan(text: str, name: str) -> None:
    from habeas.runs.plan_file import parse_plan

    parse_plan(text, name=name)


def _try_description(text: str, name: str) -> None:
    from habeas.runs.rulebooks.library import parse_description

    parse_description(text, name=name)


def _try_rulebook(text: str, name: str) -> None:
    from habeas.errors import BadRulebook
    from habeas.rules.checking import faults
    from habeas.runs.rulebooks.library import vocabulary
    from habeas.runs.rulebooks.rulebook_model import RulebookFile
    from habeas.runs.yaml_text.door import parse

    assert faults(parse(text, top=RulebookFile, name=name, kind=BadRulebook, context={"vocabulary": vocabulary()}).value()) == ()


WHOLE_FILES = {"audit/1": _try_plan, "system/1": _try_description, "rulebook/1": _try_rulebook}


def keep(example: Example, desk: Path) -> None:
    """What is shown as a file lies on the desk from then on."""
    if example.file is not None:
        (desk / example.file).write_text(example.body, encoding="utf-8")


def try_python(example: Example, names: dict[str, object]) -> None:
    exec(compile(example.body, f"line {example.line}", "exec"), names)  # noqa: S102 - our own examples


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=project.name)
def test_every_example_does_what_its_page_says(page: Path, desk: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for example in examples(page.read_text(encoding="utf-8")):
        if example.language == "console":
            try_console(example, desk)
        elif example.language == "python":
            try_python(example, names)
        elif example.language == "yaml":
            try_yaml(example)
            keep(example, desk)


@pytest.mark.parametrize("page", PAGES, ids=project.name)
def test_no_example_escapes_by_its_language(page: Path) -> None:
    languages = {example.language for example in examples(page.read_text(encoding="utf-8"))}

    assert languages <= TRIED | SHOWN_ONLY


@pytest.mark.parametrize("page", PAGES, ids=project.name)
def test_what_a_page_says_to_make_can_be_made(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", project.text("Makefile"), re.MULTILINE))
    text = page.read_text(encoding="utf-8")
    typed = "\n".join(example.body for example in examples(text) if example.language in {"sh", "console"})
    named = re.findall(r"`make ([a-z]+)", text) + re.findall(r"^(?:\$ )?make ([a-z]+)", typed, re.MULTILINE)

    assert set(named) - targets == set()
