"""What habeas is made with: every dependency has a reason, a hash and a licence that lets everyone use it."""

from __future__ import annotations

import re
from importlib.metadata import metadata, requires
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import project
from needs import REPOSITORY

LOCKS = sorted((REPOSITORY / "requirements").glob("*.txt"))
PYPROJECT = project.text("pyproject.toml").splitlines()

COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public|\bBSL\b|Business Source|SSPL|Commons Clause", re.IGNORECASE)
CHOSEN = {"pyphen": "MPL 1.1, one of the three licences it offers; hyphenates the PDF"}
"""Packages whose metadata name a copyleft licence beside the one that we take."""


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def shipped() -> set[str]:
    """Every package that installing habeas with all extras brings."""
    declared = project.settings()["project"]
    todo = [Requirement(line) for line in [*declared["dependencies"], *chain(*declared["optional-dependencies"].values())]]
    found: set[str] = set()
    while todo:
        wanted = todo.pop()
        if (name := canonical(wanted.name)) not in found:
            found.add(name)
            todo += [needed for needed in map(Requirement, requires(name) or []) if _applies(needed, wanted.extras)]
    return found


def _applies(needed: Requirement, extras: set[str]) -> bool:
    return needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras or {""})


def licences(name: str) -> str:
    """What a package says of its licence, in whichever field it says it."""
    about = metadata(name)
    stated = [about.get("License-Expression"), (about.get("License") or "").partition("\n")[0]]
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
    return "; ".join(part for part in [*stated, *classifiers] if part)


def entries(lines: list[str]) -> list[str]:
    """The lines of pyproject.toml that name a dependency or a lint ignore: indented strings, and the one-line lists of packages."""
    return [line.strip() for line in lines if re.match(r'\s+"[\w.-]+["<>=]|requires = |\w+ = \["[\w.-]+[<>=]', line)]


def unexplained(lines: list[str]) -> list[str]:
    """Those that carry no comment saying why they are there."""
    return [line for line in entries(lines) if not re.search(r"# \S.{3,}$", line)]


def test_every_dependency_and_lint_ignore_says_why_it_is_there() -> None:
    assert len(entries(PYPROJECT)) > 40
    assert unexplained(PYPROJECT) == []


@pytest.mark.parametrize("line", ['    "leftpad>=1",', '    "S101",', 'pdf = ["weasyprint>=70"]', '    "S101", # ?'])
def test_an_entry_without_a_reason_is_seen(line: str) -> None:
    assert unexplained([line]) == [line.strip()]


def test_every_ignored_type_or_lint_error_says_why() -> None:
    bare = re.compile(r"#\s*(noqa(?!: [A-Z]+\d+(, ?[A-Z]+\d+)* +(#|-) .{5})|type: ignore(?!\[[\w-]+(, ?[\w-]+)*] +(#|-) .{5}))")
    found = [(file, line) for file in project.modules() for line in file.read_text(encoding="utf-8").splitlines() if bare.search(line)]

    assert [f"{project.name(file)}: {line.strip()}" for file, line in found] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_package_has_one_version_and_its_hashes(lock: Path) -> None:
    packages = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())

    loose = [entry.splitlines()[0] for entry in packages if not re.match(r"[a-z0-9.-]+==\S+ .*\\\n +--hash=sha256:[0-9a-f]{64}", entry)]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_names_no_registry_and_no_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")

    assert re.findall(r"https?:\S*|file:\S*|--index\S*|--extra-index\S*|--find-links\S*|\s/\w\S*", text) == []


def test_the_locks_hold_every_declared_dependency() -> None:
    declared = project.settings()
    base = {canonical(Requirement(line).name) for line in declared["project"]["dependencies"]}
    more = chain(*declared["project"]["optional-dependencies"].values(), declared["dependency-groups"]["dev"])
    rest = {canonical(Requirement(line).name) for line in more}
    locked = {lock.stem: set(re.findall(r"^([a-z0-9.-]+)==", lock.read_text(encoding="utf-8"), re.MULTILINE)) for lock in LOCKS}

    assert base - locked["base"] == set()
    assert base | rest <= locked["dev"]


def test_what_base_and_dev_share_has_the_same_version_in_both() -> None:
    pins = {lock.stem: set(re.findall(r"^([a-z0-9.-]+==\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE)) for lock in LOCKS}

    assert pins["base"] - pins["dev"] == set()


@pytest.mark.parametrize("package", sorted(shipped()))
def test_no_shipped_package_forbids_or_forces_anything_on_who_uses_it(package: str) -> None:
    stated = licences(package)

    assert stated != "", f"{package} states no licence"
    assert package in CHOSEN or not COPYLEFT.search(stated), stated


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-or-later", "AGPLv3", "GNU General Public License v2", "Business Source License 1.1", "SSPL-1.0"]
)
def test_a_copyleft_or_restricting_licence_is_seen(licence: str) -> None:
    assert COPYLEFT.search(licence)
