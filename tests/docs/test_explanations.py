"""What the explanation pages name exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import project
from needs import REPOSITORY

EXPLANATIONS = sorted((REPOSITORY / "docs" / "explanation").glob("*.md"))


@pytest.mark.parametrize("page", EXPLANATIONS, ids=lambda page: str(page.stem))
def test_every_module_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"`((?:audit|engines|reports|runs)/[\w/]+\.py)`(?: \(`(\w+)`\))?", page.read_text(encoding="utf-8"))

    missing = [module for module, _ in named if not (project.SOURCE / module).is_file()]
    assert missing == []
    texts = ((module, name, (project.SOURCE / module).read_text(encoding="utf-8")) for module, name in named if name)
    assert [f"{module}: {name}" for module, name, text in texts if f"def {name}(" not in text] == []


def test_the_page_of_statistics_leaves_out_no_module_that_computes_one() -> None:
    page = (REPOSITORY / "docs" / "explanation" / "statistics.md").read_text(encoding="utf-8")
    folders = ("inference", "measures", "sensitivity")
    modules = [project.name(file) for folder in folders for file in (project.SOURCE / "audit" / folder).glob("*.py")]

    shared = {"__init__.py", "precision.py", "proportions.py", "cases.py"}
    assert [module for module in modules if Path(module).name not in shared and module.removeprefix("src/habeas/") not in page] == []
