"""Entries in the shapes of three standards: what is carried, what isn't, what is missing; and the British shape comes back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.reports.registers.annex_viii import annex_viii
from habeas.reports.registers.atrs import SAME_PHASES, atrs
from habeas.reports.registers.carrying import NO_COUNTERPART, carried, names_in
from habeas.reports.registers.nl import LONGEST, STATUSES, nl
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Field, Kind, Standard
from registers.british_shape import answers_of
from registers.entries import CONTENT, FORCE, SECRET, entry

FIELDS = field_set()
DUTCH_STANDARD = Path(__file__).parents[5] / "shared" / "data" / "governance" / "nl_publicatiestandaard_1_0.json"


def test_attributes_have_the_names_of_the_british_standard() -> None:
    record = atrs(entry(), FIELDS).record
    assert record["organisation"] == "Midshire Police"
    assert record["description"] == "It gives people a score."
    assert record["phase"] == "production"
    assert record["risk_name"] == ["Bias"]
    assert record["risk_mitigation"] == ["A test a year"]


def test_what_the_british_standard_requires_and_the_entry_lacks_is_named() -> None:
    missing = atrs(entry(), FIELDS).missing
    assert "model_type" in missing
    assert "external_supplier" in missing
    assert "appeals_and_review" not in missing


def test_what_the_british_standard_has_no_field_for_is_told() -> None:
    assert [one["field"] for one in atrs(entry(), FIELDS).not_carried] == ["language", "used_on", "laws"]


def test_a_status_without_a_word_of_the_standard_is_warned_of() -> None:
    told = atrs(entry({**CONTENT, "status": "suspended"}), FIELDS)
    assert told.record["phase"] == "retired"
    assert told.warnings == ("phase: the standard has no word for suspended; retired stands for it",)


def test_what_is_withheld_is_told_by_the_names_of_the_standard_and_not_called_missing() -> None:
    told = atrs(entry(withheld=(SECRET,)), FIELDS)
    assert told.withheld[0] == {"field": "external_supplier", "ground": "trade-secret", "until": "2027-01-02"}
    assert "external_supplier" not in told.missing
    assert "contract" not in json.dumps(told.document(entry(withheld=(SECRET,))))  # the reason stays on the page


def test_a_document_says_where_it_is_from_and_that_it_is_made_up() -> None:
    document = atrs(entry(), FIELDS).document(entry())
    assert document["habeas"] == "register-export/1"
    assert document["from"]["edition"] == 2
    assert document["from"]["made_up"] is True


def text_for(field: Field) -> st.SearchStrategy[str]:
    """Answers to a field of one text."""
    return st.sampled_from(sorted(SAME_PHASES.values())) if field.id == "status" else st.text(min_size=1, max_size=20)


def answer_for(field: Field) -> st.SearchStrategy[Any]:
    """Answers to a field that the British standard carries, in the columns that it has."""
    if field.kind is not Kind.ROWS:
        return text_for(field)
    names = zip(field.columns, names_in(field, Standard.ATRS), strict=True)
    columns = [column.id for column, name in names if name != NO_COUNTERPART]
    row = st.dictionaries(st.sampled_from(columns), st.text(min_size=1, max_size=10), min_size=1)
    return st.lists(row, min_size=1, max_size=3)


ANSWERS = st.fixed_dictionaries({}, optional={field.id: answer_for(field) for field in carried(FIELDS, Standard.ATRS)})


@given(ANSWERS)
def test_what_goes_out_in_the_british_shape_comes_back_the_same(content: dict[str, Any]) -> None:
    assert answers_of(atrs(entry(content), FIELDS).record, FIELDS) == content


def test_the_dutch_shape_has_its_words_and_months() -> None:
    told = nl(entry({**CONTENT, "in_use_from": "2024-03-05", "risk_class": "high-risk", "language": "nl"}), FIELDS)
    assert told.record["status"] == "In gebruik"
    assert told.record["begin_date"] == "2024-03"
    assert told.record["publication_category"] == "Hoog-risico AI-systeem"
    assert told.record["lang"] == "nld"
    assert told.record["organization"] == "Midshire Police"
    assert told.missing == ()


def test_an_entry_in_english_lacks_the_dutch_language() -> None:
    told = nl(entry(), FIELDS)
    assert told.missing == ("publication_category", "lang")
    assert any(one.startswith("lang: the standard takes Dutch alone") for one in told.warnings)


def test_a_law_without_a_link_is_left_out_and_named() -> None:
    told = nl(entry(), FIELDS)
    assert told.record["lawful_basis_grouping"] == [{"title": "An Act, s. 1", "link": "https://law.example/1"}]
    assert "lawful_basis_grouping: the standard takes only rows with a link; left out: A policy" in told.warnings


def test_a_text_that_is_too_long_stays_whole_and_is_named() -> None:
    told = nl(entry({**CONTENT, "name": "n" * 150}), FIELDS)
    assert len(told.record["name"]) == 150
    assert "name: the standard takes 100 characters; this has 150: shorten it before you send it in" in told.warnings


@pytest.mark.skipif(not DUTCH_STANDARD.is_file(), reason="the standard's own file isn't here")
def test_fields_and_lengths_are_those_of_the_dutch_standard() -> None:
    fields = {one["id"]: one for one in json.loads(DUTCH_STANDARD.read_text(encoding="utf-8"))["fields"]}
    assert {name: fields[name]["max_length"] for name in LONGEST} == dict(LONGEST)
    assert set(STATUSES.values()) == set(fields["status"]["permitted"])
    assert set(nl(entry(), FIELDS).record) <= set(fields)


def test_points_of_the_annex_are_answered_from_the_entry() -> None:
    told = annex_viii(entry(), FIELDS)
    assert told.record["A4"]["answer"] == "Risk tool (risk-tool)"
    assert told.record["A7"]["answer"] == "on the market, or in service"
    assert told.record["C1"]["answer"] == ["Midshire Police", "questions@midshire.example"]
    assert told.record["A6"]["filed_for_law_enforcement"] == "no"
    assert "A6" in told.missing


def test_member_states_are_named_and_others_are_not() -> None:
    dutch = type(FORCE)(slug="politie", name="Politie", kind="police", place="NL-UT")
    assert annex_viii(entry(operator=dutch), FIELDS).record["A10"]["answer"] == ["NL"]
    assert annex_viii(entry(), FIELDS).record["A10"]["answer"] is None


def test_assessments_go_to_the_point_that_they_are_about() -> None:
    rows = [
        {"name": "FRIA", "description": "fine", "about": "fundamental-rights"},
        {"name": "DPIA", "about": "data-protection"},
        {"name": "Other"},
    ]
    told = annex_viii(entry({**CONTENT, "impact_assessments": rows}), FIELDS)
    assert told.record["C4"]["answer"] == ["FRIA: fine"]
    assert told.record["C5"]["answer"] == ["DPIA"]
    assert "C4, C5: assessments that don't say what they are about aren't carried" in told.warnings
