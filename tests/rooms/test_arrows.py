"""Imports point down - and import-linter is seen to catch what points elsewhere, also where it hides in a function."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import project
from needs import REPOSITORY

LINTER = Path(sys.executable).with_name("lint-imports")

AT_TOP = "import {}\n"
IN_A_FUNCTION = "def _hidden() -> None:\n    import {}\n"
FOR_TYPES_ONLY = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import {}\n"

UPWARD_OR_SIDEWAYS = [
    ("errors.py", AT_TOP, "habeas.terms.group"),
    ("terms/group.py", AT_TOP, "habeas.audit.plan"),
    ("audit/plan.py", IN_A_FUNCTION, "habeas.engines"),
    ("audit/result.py", FOR_TYPES_ONLY, "habeas.reports"),
    ("reports/__init__.py", AT_TOP, "habeas.engines"),
    ("engines/__init__.py", IN_A_FUNCTION, "habeas.reports"),
    ("engines/__init__.py", AT_TOP, "habeas.runs"),
    ("runs/__init__.py", FOR_TYPES_ONLY, "habeas.cli"),
    ("ledger/tree/__init__.py", AT_TOP, "habeas.stores"),
    ("ledger/notes/__init__.py", IN_A_FUNCTION, "habeas.audit"),
    ("stores/__init__.py", AT_TOP, "habeas.engines"),
    ("engines/__init__.py", FOR_TYPES_ONLY, "habeas.stores"),
    ("ledger/tree/__init__.py", AT_TOP, "habeas.ledger.notes"),
    ("ledger/fields/__init__.py", IN_A_FUNCTION, "habeas.ledger.trust"),
    ("audit/inference/__init__.py", AT_TOP, "habeas.audit.measures"),
    ("audit/measures/__init__.py", IN_A_FUNCTION, "habeas.audit.studies"),
    ("rules/__init__.py", AT_TOP, "habeas.audit"),
    ("ledger/tree/__init__.py", IN_A_FUNCTION, "habeas.rules"),
    ("catalogue/__init__.py", AT_TOP, "habeas.rules"),
    ("terms/vocabulary.py", FOR_TYPES_ONLY, "habeas.catalogue"),
    ("rules/conditions.py", AT_TOP, "habeas.rules.screening"),
]
OF_THE_WORLD = [
    ("errors.py", AT_TOP, "logging"),
    ("terms/system.py", IN_A_FUNCTION, "pathlib"),
    ("audit/cells.py", AT_TOP, "duckdb"),
    ("audit/slices.py", IN_A_FUNCTION, "time"),
    ("audit/inference/__init__.py", AT_TOP, "random"),
    ("reports/__init__.py", AT_TOP, "rich"),
    ("ledger/__init__.py", AT_TOP, "sqlite3"),
    ("rules/screening.py", IN_A_FUNCTION, "pathlib"),
    ("catalogue/entries.py", AT_TOP, "pydantic"),
    ("ledger/notes/__init__.py", IN_A_FUNCTION, "habeas.terms"),
]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the copy of the project in `root`."""
    environment = {"PYTHONPATH": str(root / "src"), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([LINTER, "--no-cache"], cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the project that may be spoilt."""
    shutil.copytree(project.SOURCE, tmp_path / "src" / "habeas", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / ".importlinter", tmp_path)
    return tmp_path


def test_every_arrow_points_down(house: Path) -> None:
    result = lint(house)

    assert result.returncode == 0, result.stdout + result.stderr


SPOILT = UPWARD_OR_SIDEWAYS + OF_THE_WORLD


@pytest.mark.parametrize(("file", "how", "imported"), SPOILT, ids=[f"{file} imports {imported}" for file, _, imported in SPOILT])
def test_an_import_that_points_elsewhere_is_caught(house: Path, file: str, how: str, imported: str) -> None:
    with (house / "src" / "habeas" / file).open("a", encoding="utf-8") as module:
        module.write("\n" + how.format(imported))

    result = lint(house)

    broken = f"habeas.{file.removesuffix('.py').removesuffix('/__init__').replace('/', '.')} -> {imported}"
    assert result.returncode == 1, result.stdout + result.stderr
    assert broken in result.stdout


def test_a_room_that_nobody_placed_is_caught(house: Path) -> None:
    (house / "src" / "habeas" / "attic").mkdir()
    (house / "src" / "habeas" / "attic" / "__init__.py").write_text("", encoding="utf-8")

    result = lint(house)

    assert result.returncode == 1, result.stdout + result.stderr
    assert "habeas.attic" in result.stdout
