"""The documents of the house agree with the code, and the project speaks of itself alone."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

import project
from habeas.audit.metrics import Metric
from habeas.audit.result import Verdict
from habeas.cli.main import COMMANDS, INTERRUPTED
from habeas.cli.usage import USAGE
from habeas.errors import EXIT_CODES_AND_STATUSES
from habeas.rules.rulebook import Outcome
from habeas.rules.verdicts import Finding
from habeas.terms.system import Stage
from needs import REPOSITORY

GLOSSARY = project.text("GLOSSARY.md").lower()
ADRS = sorted((REPOSITORY / "docs" / "adr").glob("[0-9]*.md"))
MACHINE = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|opt/\w+|Users/\w+)/|file:///")
VIRTUE = re.compile(r"\b(debias\w*|unbiased|offenders?)\b|\bfair\b(?![\s-]+Trials)", re.IGNORECASE)
NAMES_THE_WORDS_IT_REFUSES = {"GLOSSARY.md", "CONTRIBUTING.md", "tests/rooms/test_words.py", "tests/unit/catalogue/test_families.py"}


@pytest.mark.parametrize("word", [member.value for words in (Metric, Verdict, Stage, Finding, Outcome) for member in words])
def test_the_glossary_explains_every_metric_verdict_stage_finding_and_outcome(word: str) -> None:
    assert re.sub("[-_]", " ", word) in GLOSSARY.replace("-", " ")


def test_the_glossary_explains_no_word_twice() -> None:
    words = re.findall(r"^\* \*\*(.+?)\*\*", project.text("GLOSSARY.md"), re.MULTILINE)

    assert len(words) > 50
    assert sorted(words) == sorted(set(words))


def test_decisions_are_numbered_without_a_gap() -> None:
    assert [adr.name[:4] for adr in ADRS] == [f"{number:04}" for number in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("adr", ADRS, ids=lambda adr: str(adr.stem))
def test_a_decision_is_one_page_with_context_decision_and_consequences(adr: Path) -> None:
    text = adr.read_text(encoding="utf-8")

    assert re.findall(r"^#+ .*", text, re.MULTILINE)[0].startswith(f"# {adr.name[:4]}: ")
    assert re.findall(r"^## (.*)", text, re.MULTILINE) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) <= 60


@pytest.mark.parametrize("adr", ADRS, ids=lambda adr: str(adr.stem))
def test_the_index_names_every_decision_by_its_title(adr: Path) -> None:
    title = adr.read_text(encoding="utf-8").splitlines()[0].partition(": ")[2]

    assert f"| [{adr.name[:4]}]({adr.name}) | {title} |" in project.text("docs/adr/index.md")


def test_the_architecture_page_shows_the_rooms_as_the_linter_knows_them() -> None:
    contracts = ConfigParser()
    contracts.read(REPOSITORY / ".importlinter", encoding="utf-8")
    layers = contracts["importlinter:contract:rooms"]["layers"].split("\n")[1:]
    diagram = project.text("ARCHITECTURE.md").split("```")[1]

    shown = [re.split(r"\s{2,}", line.strip())[0] for line in diagram.strip().splitlines()]
    assert shown == [layer.strip() for layer in layers]


@pytest.mark.parametrize("page", ["SECURITY.md", "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_place_that_a_page_names_exists(page: str) -> None:
    named = re.findall(
        r"`((?:src|tests|audit|engines|ledger|stores|terms|runs|reports|docs|examples|requirements)/[\w./-]*)`", project.text(page)
    )

    assert [name for name in named if not (REPOSITORY / name).exists() and not (project.SOURCE / name).exists()] == []


def test_every_test_that_guards_a_promise_exists() -> None:
    named = re.findall(r"`(test_\w+)`", project.text("SECURITY.md"))
    defined = {
        name
        for file in (REPOSITORY / "tests").rglob("*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert len(named) > 5
    assert [name for name in named if name not in defined] == []


@pytest.mark.parametrize(("pattern", "text"), [(MACHINE, "/home/ada/habeas"), (VIRTUE, "a fair score"), (VIRTUE, "Unbiased")])
def test_a_word_that_does_not_belong_is_seen(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)


def found(pattern: re.Pattern[str], *, except_in: set[str]) -> list[str]:
    """Where a pattern stands in the project's texts, as `file: match`."""
    files = (file for file in project.texts() if project.name(file) not in except_in)
    return [f"{project.name(file)}: {match.group()}" for file in files for match in pattern.finditer(file.read_text(encoding="utf-8"))]


def test_no_file_names_a_machine() -> None:
    assert found(MACHINE, except_in={"tests/rooms/test_words.py"}) == []


def test_no_file_promises_virtue() -> None:
    assert found(VIRTUE, except_in=NAMES_THE_WORDS_IT_REFUSES) == []


def test_every_command_is_documented() -> None:
    headings = re.findall(r"^## (.*)$", project.text("docs/reference/command-line.md"), re.MULTILINE)

    assert {f"habeas {' '.join(command.words)}" for command in COMMANDS} <= set(headings)


def test_every_exit_code_is_documented() -> None:
    codes = {0, 1, 2, USAGE, INTERRUPTED, *(code for code, _ in EXIT_CODES_AND_STATUSES.values())}
    table = re.findall(r"^\| (\d+) \|", project.text("docs/reference/command-line.md"), re.MULTILINE)

    assert {int(code) for code in table} == codes
