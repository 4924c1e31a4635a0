"""The project as text: what tests of the house read."""

from __future__ import annotations

import ast
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from needs import REPOSITORY

SOURCE = REPOSITORY / "src" / "habeas"
CORE_ROOMS = ("errors.py", "terms", "catalogue", "rules", "audit", "ledger", "procedures", "reports")
"""Rooms that turn values into values: nothing opened, nothing printed, no clock, no chance."""

NOT_OURS = {
    ".git",
    "vectors",
    ".venv",
    ".litmus-venv",
    ".hypothesis",
    "__pycache__",
    "site",
    "demo-report",
    "demo-ledger",
    "demo-site",
    "data",
}
TEXTS = {".py", ".md", ".yaml", ".yml", ".toml", ".cfg", ".txt", ".in", ".csv", ".css", ".jinja", ".json", ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """A function or method: where it is and how many lines it takes, docstring and signature included."""

    where: str
    lines: int


def modules(*rooms: str, root: Path = SOURCE) -> list[Path]:
    """Every Python file of the named rooms, or of all."""
    places = [root / room for room in rooms] if rooms else [root]
    return sorted(file for place in places for file in ([place] if place.is_file() else place.rglob("*.py")))


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), filename=str(file))


def name(file: Path) -> str:
    """The file as seen from the repository."""
    return file.relative_to(REPOSITORY).as_posix()


def functions(file: Path) -> list[Function]:
    found = (node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [Function(where=f"{name(file)}:{f.lineno} {f.name}", lines=(f.end_lineno or f.lineno) - f.lineno + 1) for f in found]


def settings() -> dict[str, Any]:
    """What pyproject.toml says."""
    return tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))


def text(path: str) -> str:
    return (REPOSITORY / path).read_text(encoding="utf-8")


def texts() -> list[Path]:
    """Every file of the project that people read, lock files aside."""
    found: list[Path] = []
    for folder, inside, files in os.walk(REPOSITORY):
        # not even looked into: an environment holds thousands of files of others
        inside[:] = [name for name in inside if name not in NOT_OURS and not name.endswith("_cache")]
        found += [Path(folder, file) for file in files]
    return sorted(file for file in found if file.suffix in TEXTS and not (file.parent.name == "requirements" and file.suffix == ".txt"))
