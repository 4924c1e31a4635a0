"""The page about the closest rival: our half of its tables is current, and the rival's half is what it said when it was last asked.

Where a book changed: `python bench/litmus.py` prints the tables anew; read the page, and put them in. `make litmus` asks the rival again.
"""

from __future__ import annotations

import importlib.util
import re
from dataclasses import replace
from types import ModuleType

import pytest
from ruamel.yaml import YAML

from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding
from habeas.runs.rulebooks import library
from habeas.terms.answers import Answer, Ternary
from needs import REPOSITORY

TEXT = (REPOSITORY / "docs" / "explanation" / "beside-litmus.md").read_text(encoding="utf-8")
PAGE = " ".join(TEXT.split())
"""Wherever its lines are broken."""


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", REPOSITORY / "bench" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LITMUS, CANADA = script("litmus"), script("canada_aia")


@pytest.mark.parametrize("table", [LITMUS.table, LITMUS.tally, LITMUS.hinges, CANADA.table], ids=lambda table: str(table.__name__))
def test_a_table_of_the_page_is_what_the_script_prints_today(table: object) -> None:
    assert callable(table)
    assert "\n".join(table()) in TEXT


def test_the_page_names_the_version_the_rules_and_the_day_of_the_answers() -> None:
    stored = LITMUS.stored()

    assert f"LitmusAI {stored['version']} with its own rules (`{stored['ruleset']}`)" in PAGE
    assert f"Asked on {stored['asked_on']}" in PAGE
    assert f"{stored['tool']}=={stored['version']}" in (REPOSITORY / "requirements" / "litmus.txt").read_text(encoding="utf-8")


def test_every_system_is_described_alike_in_both_formats_and_was_asked_about() -> None:
    yaml = YAML(typ="safe")
    theirs = {name: yaml.load(LITMUS.THEIRS / f"{name}.yaml") for name in LITMUS.names()}
    ours = {name: library.read_description(LITMUS.OURS / f"{name}.yaml") for name in LITMUS.names()}

    assert len(ours) == len(LITMUS.stored()["systems"]) == 25
    assert f"described {len(ours)} systems" in PAGE
    assert {name: (told["name"], told["system_description"]) for name, told in theirs.items()} == {
        name: (system.name, system.about) for name, system in ours.items()
    }


def test_every_rule_that_the_page_names_exists() -> None:
    fired = {rule for found in LITMUS.stored()["systems"].values() for point in found["points"].values() for rule in point["rules"]}
    known = {rule.id for book in library.books() for rule in book.rules}
    named = set(re.findall(r"\b(?:AIA|FT|LED|UK)-[A-Z0-9][\w-]*", PAGE))

    assert set(re.findall(r"`(rule_\w+)`", PAGE)) - fired == set()
    assert len(named) > 8
    assert named - known == set()


def test_a_bare_no_to_whether_the_place_is_public_still_refuses_the_van_at_the_market() -> None:
    van = library.read_description(LITMUS.OURS / "08-live-faces-wanted.yaml")
    denied = replace(van, answers={**van.answers, "publicly_accessible_space": Answer(value=Ternary.NO)})

    (verdict,) = screen(denied, library.books_named(["eu-ai-act"]), on=LITMUS.ON)
    assert verdict.finding is Finding.BLOCKED
    assert [ruling.rule.id for ruling in verdict.deciding] == ["AIA-5-1-h", "AIA-5-1-h-other"]


def test_the_vocabulary_has_about_as_many_questions_as_the_page_says() -> None:
    assert re.findall(r"about (\d+) questions", PAGE) == [str(round(len(library.vocabulary().facts), -1))]


def test_their_form_has_as_many_fields_of_yes_or_no_as_the_page_says() -> None:
    told = YAML(typ="safe").load(LITMUS.THEIRS / "01-crime-score-from-profile.yaml")
    fields = [value for part in ("inputs", "outputs", "deployment_context") for value in told[part].values() if isinstance(value, bool)]

    assert re.findall(r"form of (\d+) yes-or-no fields", PAGE) == [str(len(fields))]


def test_the_gloomier_answers_and_the_six_questions_on_harm_give_what_the_page_says() -> None:
    worst = CANADA.points(*CANADA.PARTS, CANADA.WORSE)
    six = sum(int(answer["points"]) for answer in CANADA.answers() if answer["part"] == "harm" and answer["question"] != "impact28")

    assert f"{worst} points, {worst / CANADA.MOST:.1%}, Level {CANADA.level(worst)} still" in PAGE
    assert (six, CANADA.level(six)) == (24, "I")
    assert f"are {six} of {CANADA.MOST} points: Level I." in PAGE
