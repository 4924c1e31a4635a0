"""The documented systems: all are there, every fact keeps its source and how far it was checked, and the bans catch whom they name."""

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from habeas.catalogue.entries import Entry, Family, Statement, Status
from habeas.rules.screening import screen
from habeas.rules.verdicts import Finding, Verdict
from habeas.runs.rulebooks.library import SYSTEMS, UNVERIFIED, books_named, catalogue, unverified
from habeas.terms.answers import Several, Ternary
from habeas.terms.description import Technique
from habeas.terms.sources import Confidence

ON = date(2026, 11, 22)
# By the reference, section 0 point 6: 14 + 7 + 9 + 2 systems of these families fall under Fair Trials' ban.
BANNED = {Family.INDIVIDUAL_RISK: 14, Family.PERSON_LIST: 7, Family.PLACE_BASED: 9, Family.PRISON: 2}
# How the reference data spell the families; all others differ by a hyphen only.
SPELT = {
    "face_retro": Family.FACE_RETROSPECTIVE,
    "anpr": Family.PLATES,
    "admin_text": Family.CASEWORK,
}
FILES = [*SYSTEMS.glob("*.yaml"), *UNVERIFIED.glob("*.yaml")]
BY_HAND = {Technique.CHECKLIST, Technique.LIST}


def described() -> tuple[Entry, ...]:
    return (*catalogue(), *unverified())


def entry(name: str) -> Entry:
    return next(known for known in described() if known.id == name)


def statements(known: Entry) -> tuple[Statement, ...]:
    return (known.status_note, *known.inputs, *known.decides, *known.findings)


def verdict(known: Entry, book: str) -> Verdict:
    (found,) = screen(known.description, books_named([book]), on=ON)
    return found


def purposes(known: Entry) -> Several:
    value = known.description.answer("purpose").value
    return value if isinstance(value, Several) else Several(complete=False)


@pytest.fixture(scope="module")
def data(shared_data: Path) -> dict[str, Any]:
    """The reference data, by id; skips, saying so, where they are absent."""
    read = YAML(typ="safe").load(shared_data / "governance" / "systems_catalogue.yaml")
    return {system["id"]: system for system in read["systems"]}


class TestTheShelves:
    def test_there_are_59_systems_and_44_of_them_are_public(self) -> None:
        assert (len(described()), len(catalogue()), len(unverified())) == (59, 44, 15)

    def test_an_entry_is_filed_under_its_id_in_the_folder_that_its_confidence_asks_for(self) -> None:
        assert [known.id for known in catalogue()] == sorted(path.stem for path in SYSTEMS.glob("*.yaml"))
        assert [known.id for known in unverified()] == sorted(path.stem for path in UNVERIFIED.glob("*.yaml"))
        assert all(known.public for known in catalogue())
        assert not any(known.public for known in unverified())


class TestAgainstTheReferenceData:
    def test_the_ids_are_those_of_the_data(self, data: dict[str, Any]) -> None:
        assert {known.id for known in described()} == set(data)

    def test_every_entry_keeps_its_family_and_how_far_it_was_checked(self, data: dict[str, Any]) -> None:
        kept = {known.id: (known.family, known.verified.value) for known in described()}

        def family(word: str) -> Family:
            return SPELT[word] if word in SPELT else Family(word.replace("_", "-"))

        assert kept == {name: (family(system["family"]), system["verified"]) for name, system in data.items()}

    def test_no_finding_was_dropped(self, data: dict[str, Any]) -> None:
        short = {known.id for known in described() if len(known.findings) < len(data[known.id].get("findings", []))}

        assert short == set()

    def test_what_the_data_mark_as_memory_is_memory(self, data: dict[str, Any]) -> None:
        def marked(system: dict[str, Any]) -> int:
            said = [*system.get("inputs", []), *system.get("findings", []), system.get("decides", ""), system["status"]]
            return sum("memory" in str(text) for text in said)

        def from_memory(known: Entry) -> int:
            return sum(statement.confidence is Confidence.MEMORY for statement in statements(known))

        upgraded = {known.id: marked(data[known.id]) for known in catalogue() if from_memory(known) < marked(data[known.id])}
        # Only the year in which LASER ended is from memory; `years` says so.
        assert upgraded == {"us-laser": 1}
        assert "from memory" in str(entry("us-laser").years)

    def test_an_entry_seen_in_part_claims_for_no_single_fact_that_it_was_read(self) -> None:
        partly = [known for known in catalogue() if known.verified is Confidence.MIXED]
        # What habeas measured itself (COMPAS's rates) is no fact of the reference data.
        cited = [(known.id, said) for known in partly for said in statements(known) if said.confidence is Confidence.SOURCE]
        read = {name for name, said in cited if not all(source.title.startswith("habeas, ") for source in said.sources)}

        assert (len(partly), read) == (13, set())

    def test_a_system_whose_end_nobody_read_is_not_said_to_have_ended(self) -> None:
        assert {entry(name).status for name in ("it-delia", "nl-top400")} == {Status.UNKNOWN}

    def test_no_fact_says_more_than_the_data(self) -> None:
        radar = {said.says: said.confidence for said in entry("de-radar-ite").decides}
        (laboratory,) = [said for said in entry("uk-met-lfr").findings if "National Physical Laboratory" in said.says]

        assert Confidence.SOURCE not in {confidence for says, confidence in radar.items() if "levels" in says}
        assert laboratory.confidence is Confidence.MIXED
        assert ["POST" in source.title for source in laboratory.sources] == [True]
        assert entry("es-viogen").description.answer("adverse_effect").value is Ternary.UNKNOWN
        for name, added in {"de-radar-ite": "Islam", "de-radar-rechts": "violence", "uk-hart": "prosecuted"}.items():
            assert added not in (SYSTEMS / f"{name}.yaml").read_text(encoding="utf-8")

    def test_nobody_who_was_arrested_by_mistake_is_named(self) -> None:
        read = [SYSTEMS / "us-fr-arrests.yaml", SYSTEMS.parent / "families" / "retrospective-face-recognition.yaml"]
        words = {word for path in read for word in re.findall(r"\w+", path.read_text(encoding="utf-8"))}

        assert not {"Woodruff", "Reid", "Williams"} & words

    def test_shares_agree_with_their_counts(self) -> None:
        # 870 of 1,307 is 66.57% and 299 of 1,307 is 22.88%; the source cuts the digits off.
        (counted,) = [said.says for said in entry("uk-vha").findings]

        assert all(part in counted for part in ("870", "299", "66.6%", "22.9%", "the source prints 66.5% and 22.8%"))


class TestSources:
    def test_a_title_without_an_address_says_more_than_a_site_and_a_number(self) -> None:
        cited = {source.title for known in described() for said in statements(known) for source in said.sources if not source.where}
        bare = {title for title in cited if re.fullmatch(r"[\w./-]+( [\w-]*[0-9][\w-]*| [a-z]+)?", title)}

        assert bare == set()

    def test_every_public_statement_has_a_source_or_says_that_it_is_from_memory(self) -> None:
        bare = [said for known in catalogue() for said in statements(known) if not said.sources]

        assert {said.confidence for said in bare} == {Confidence.MEMORY}

    def test_an_entry_seen_in_sources_rests_on_more_than_memory(self) -> None:
        resting = {known.id for known in catalogue() if all(said.confidence is Confidence.MEMORY for said in statements(known))}

        assert resting == set()

    def test_an_entry_from_memory_claims_no_better(self) -> None:
        assert {said.confidence for known in unverified() for said in statements(known)} == {Confidence.MEMORY}

    def test_whatever_was_read_in_its_source_says_when(self) -> None:
        undated = {
            known.id
            for known in catalogue()
            for said in statements(known)
            if said.confidence is Confidence.SOURCE and not any(source.read_on for source in said.sources)
        }

        assert undated == set()

    def test_every_answer_of_a_public_entry_is_shown_by_a_source_that_the_entry_names(self) -> None:
        for known in catalogue():
            titles = {source.title for said in statements(known) for source in said.sources}
            for fact, answer in known.description.answers.items():
                told = answer.value is not Ternary.UNKNOWN and answer.value != Several(complete=False)
                assert bool(answer.evidence) is told, (known.id, fact)
                assert {shown.what for shown in answer.evidence} <= titles, (known.id, fact)

    def test_no_answer_from_memory_passes_for_shown(self) -> None:
        assert not any(answer.evidence for known in unverified() for answer in known.description.answers.values())

    def test_a_first_of_january_says_that_only_the_year_is_known(self) -> None:
        for known in described():
            since = known.description.answer("in_service_from")
            if isinstance(since.value, date) and (since.value.month, since.value.day) == (1, 1):
                assert "only the year" in str(since.note), known.id


class TestTheBanOnPredictingAndProfiling:
    def test_the_four_families_have_32_systems(self) -> None:
        found = Counter(known.family for known in described() if known.family in BANNED)

        assert found == BANNED

    def test_all_32_are_prohibited_and_none_of_the_other_27(self) -> None:
        prohibited = {known.id for known in described() if verdict(known, "fair-trials").finding is Finding.PROHIBITED}

        assert prohibited == {known.id for known in described() if known.family in BANNED}

    def test_at_least_eleven_of_them_are_checklists_or_lists_and_no_technique_let_them_out(self) -> None:
        by_hand = [known for known in described() if known.family in BANNED and BY_HAND & set(known.description.techniques)]

        assert len(by_hand) >= 11
        assert {verdict(known, "fair-trials").finding for known in by_hand} == {Finding.PROHIBITED}

    @pytest.mark.parametrize(
        "name", ["nl-sensing", "uk-epf", "uk-wmp-rasso", "es-veripol", "de-hessendata", "dk-polintel", "be-ipolice", "us-das", "eu-etias"]
    )
    def test_what_nobody_documented_blocks_until_evidence_comes(self, name: str) -> None:
        assert not purposes(entry(name)).complete
        assert verdict(entry(name), "fair-trials").finding is Finding.BLOCKED

    def test_systems_about_victims_claim_to_predict_victims_only(self) -> None:
        about_victims = [known for known in described() if known.family is Family.VICTIM_RISK]

        assert {purposes(known) for known in about_victims} == {Several(words=frozenset({"predict-victimisation"}))}

    def test_places_are_prohibited_by_the_standard_and_by_no_ban_of_the_ai_act(self) -> None:
        places = [known for known in described() if known.family is Family.PLACE_BASED]

        assert {verdict(known, "fair-trials").finding for known in places} == {Finding.PROHIBITED}
        assert Finding.PROHIBITED not in {verdict(known, "eu-ai-act").finding for known in places}


class TestWhatTheEntriesSay:
    def test_the_court_of_appeal_found_four_things_missing_in_south_wales(self) -> None:
        answers = entry("uk-swp-lfr").description.answers
        missing = ("watchlist_criteria_written", "location_criteria_written", "bias_tested_before_use", "privacy_interference_assessed")

        assert {answers[fact].value for fact in missing} == {Ternary.NO}
        assert verdict(entry("uk-swp-lfr"), "uk").finding is Finding.PROHIBITED

    def test_the_gangs_matrix_reached_housing_schools_and_immigration(self) -> None:
        shared = entry("uk-gvm").description.answer("onward_recipients").value

        assert isinstance(shared, Several)
        assert {"housing", "schools", "immigration"} <= shared.words

    def test_what_a_court_or_an_authority_ended_is_told_apart(self) -> None:
        assert {known.id for known in described() if known.status is Status.STRUCK_DOWN} == {"nl-syri", "it-sari"}

    def test_lines_are_short_enough_to_read(self) -> None:
        long = [path.name for path in FILES if any(len(line) > 140 for line in path.read_text(encoding="utf-8").splitlines())]

        assert long == []
