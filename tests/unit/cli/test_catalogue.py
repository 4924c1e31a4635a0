from __future__ import annotations

import json

import pytest

from habeas.catalogue.families import Concern
from habeas.cli.main import main
from habeas.runs.rulebooks import library


def test_the_list_names_every_public_entry_and_no_other(capsys):
    assert main(["catalogue"]) == 0

    printed = capsys.readouterr().out
    assert all(f"  {entry.id}: " in printed for entry in library.catalogue())
    assert not any(f"  {entry.id}: " in printed for entry in library.unverified())


def test_one_family_may_be_asked_for(capsys):
    main(["catalogue", "--family", "place-based", "--json"])

    assert {system["family"] for system in json.loads(capsys.readouterr().out)["systems"]} == {"place-based"}


def test_an_entry_is_shown_with_its_sources_and_its_findings(capsys):
    assert main(["catalogue", "nl-cas"]) == 0

    printed = capsys.readouterr().out
    assert "SOURCES" in printed
    assert "- Fair Trials (a standard): prohibited" in printed


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (["PredPol"], "PredPol / Geolitica, "),
        (["compas"], "COMPAS, United States\n"),
        (["Top", "600"], "Top 600, "),
        (["NL-TOP600"], "Top 600, "),
        (["us-predpo"], "PredPol / Geolitica, "),
        (["drones"], "Drones"),
        (["technology", "drones"], "Drones"),
        (["technology", "Live"], "Live face recognition"),
    ],
)
def test_what_people_call_a_thing_finds_it(capsys, said, found):
    assert main(["catalogue", *said]) == 0
    assert capsys.readouterr().out.startswith(found)


def test_a_word_for_several_systems_lists_them(capsys):
    assert main(["catalogue", "germany"]) == 0

    printed = capsys.readouterr().out
    assert "  de-precobs: " in printed
    assert "  de-skala: " in printed
    assert "  nl-cas: " not in printed


def test_a_word_for_nothing_is_told_the_nearest_names(capsys):
    assert main(["catalogue", "us-preppol"]) == 66
    assert "nothing in the catalogue is called us-preppol: the nearest are us-predpol" in capsys.readouterr().err


def test_an_entry_for_programs(capsys):
    assert main(["catalogue", "nl-cas", "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["id"] == "nl-cas"
    assert document["verdicts"]["fair-trials"]["finding"] == "prohibited"


def test_an_unverified_entry_is_shown_to_nobody(capsys):
    assert main(["catalogue", library.unverified()[0].id]) == 66
    assert capsys.readouterr().out == ""


def test_families_of_technology_are_listed(capsys):
    assert main(["catalogue", "technology"]) == 0
    assert all(f"  {family.id}: " in capsys_text for capsys_text in [capsys.readouterr().out] for family in library.families())


@pytest.mark.parametrize("family", [family.id for family in library.families()])
def test_every_family_is_shown_with_five_concerns(capsys, family):
    assert main(["catalogue", "technology", family]) == 0
    assert capsys.readouterr().out.count("\nAsk:\n") == len(Concern)


def test_a_family_for_programs_names_the_rules_on_its_purposes(capsys):
    main(["catalogue", "technology", "hot-spot-prediction", "--json"])

    assert json.loads(capsys.readouterr().out)["rules"]["fair-trials"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["atlantis"], 66), (["technology", "atlantis"], 66), (["nl-cas", "nl-cas"], 66), (["--family", "atlantis"], 64)],
)
def test_what_is_not_there_is_an_error(capsys, arguments, code):
    assert main(["catalogue", *arguments]) == code

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err
