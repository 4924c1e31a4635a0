"""The commands of a site, as far as they go without one: usage, what is missing, what a folder must hold."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import needs
from habeas.cli.main import main

COMMANDS = [
    ["init", "FOLDER", "--name", "x", "--address", "https://register.police.example"],
    ["admin", "FOLDER", "ada@police.example", "--organisation", "police"],
    ["run", "FOLDER"],
    ["check", "FOLDER"],
    ["backup", "FOLDER", "OUT"],
    ["restore", "OUT", "FOLDER"],
    ["manage", "FOLDER", "migrate"],
]
PARTS_OF_THE_SITE = ("django", "allauth", "csp", "gunicorn", "ninja", "structlog", "whitenoise")

WITHOUT = f"""
import sys
for name in {PARTS_OF_THE_SITE!r}:
    sys.modules[name] = None  # as if it weren't installed
"""


def without_site_parts(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-c", WITHOUT + program, *arguments]
    environment = {"PYTHONPATH": str(needs.REPOSITORY / "src"), "PATH": ""}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: str(arguments[0]))
def test_without_the_parts_of_the_site_a_command_says_how_to_get_them(arguments: list[str]) -> None:
    done = without_site_parts("from habeas.cli.main import main; sys.exit(main(sys.argv[1:]))", "site", *arguments)

    assert done.returncode == 69
    assert "pip install habeas[site]" in done.stderr
    assert "Traceback" not in done.stderr


def test_everything_but_the_site_works_without_its_parts() -> None:
    program = """
import importlib, pkgutil
import habeas
names = [module.name for module in pkgutil.walk_packages(habeas.__path__, "habeas.") if not module.name.startswith("habeas.web")]
for name in names:
    if name != "habeas.__main__":
        importlib.import_module(name)
print(len(names), [name for name in sys.modules if name.startswith("django")] == ["django"])
"""
    skipping = """
import pkgutil
walk = pkgutil.walk_packages
def walk_packages(path, prefix):
    for module in pkgutil.iter_modules(path, prefix):
        yield module
        if module.ispkg and module.name != "habeas.web":
            package = importlib.import_module(module.name)
            yield from walk_packages(package.__path__, module.name + ".")
"""
    done = without_site_parts("import importlib" + skipping + program.replace("pkgutil.walk_packages", "walk_packages"))

    assert done.returncode == 0, done.stderr
    number, none = done.stdout.split()
    assert int(number) > 100
    assert none == "True"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "site", "--bind", "nowhere"],
        ["run", "site", "--workers", "0"],
        ["manage", "site"],
        ["init", "site", "--name", "x"],
        ["admin", "site", "nobody", "--organisation", "police"],
        ["admin", "site", "ada@police.example", "--organisation", "The Police"],
        ["admin", "site", "ada@police.example", "--organisation", "police", "--name", "Police"],
        ["backup", "site"],
    ],
)
def test_wrong_usage_is_told_and_nothing_is_made(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["site", *arguments]) == 64
    assert "habeas site" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["run"], ["check"], ["backup"], ["manage"], ["admin"]], ids=lambda arguments: str(arguments[0]))
def test_a_folder_without_a_site_is_told_of(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rest = {"backup": ["out"], "manage": ["migrate"], "admin": ["ada@police.example", "--organisation", "police"]}

    assert main(["site", *arguments, str(tmp_path), *rest.get(arguments[0], [])]) == 66
    assert "expected a site in" in capsys.readouterr().err
