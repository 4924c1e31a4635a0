"""The fields of the register: all that people ask of registers is there, and a mistake in the file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BadDescription, NotFound
from habeas.runs.registers.fields import FIELDS, field_set, read_fields
from habeas.runs.rulebooks.library import families, vocabulary
from habeas.terms.register import Kind, Need, Standard

FILE = FIELDS.read_text(encoding="utf-8")

# by hand, from the standards: what each has, apart from the organisation, which the register knows by itself
ATRS = """\
name description website contact_email team senior_responsible_owner external_supplier external_supplier_identifier
external_supplier_role data_access_terms scope benefit alternatives_considered model_type frequency_usage phase maintenance
system_architecture process_integration provided_information human_decisions required_training appeals_and_review source_data_name
source_data_description source_data_url data_collection data_sharing_agreements data_access_and_storage impact_assessment_name
impact_assessment_description impact_assessment_date impact_assessment_link risk_name risk_description risk_mitigation"""


def mapped(standard: Standard) -> set[str]:
    """The names in a standard that some field corresponds to."""
    said = [field.maps[standard] for field in field_set().fields if standard in field.maps]
    return {name for names in said for name in names.split(", ")} - {"-"}


def test_every_attribute_of_the_british_standard_has_a_field() -> None:
    assert set(ATRS.split()) == mapped(Standard.ATRS)


def test_topics_have_four_to_eight_fields() -> None:
    for topic in field_set().topics:
        assert 4 <= len(field_set().of_topic(topic.id)) <= 8


def test_the_plain_summary_comes_first_and_is_short() -> None:
    first = field_set().fields[0]
    assert (first.id, first.most_characters, first.need) == ("plain_summary", 400, Need.PUBLISH)


def test_how_to_challenge_is_required_and_may_not_be_withheld() -> None:
    field = field_set().field("how_to_challenge")
    assert field.need is Need.PUBLISH
    assert not field.withholdable


@pytest.mark.parametrize("name", ["bias_tests", "incidents", "challenges_and_outcomes", "affected_groups", "legal_basis", "used_on"])
def test_what_the_public_most_needs_may_not_be_withheld(name: str) -> None:
    assert not field_set().field(name).withholdable


def test_what_no_register_has_is_there() -> None:
    assert field_set().field("onward_recipients").kind is Kind.ROWS
    assert field_set().field("revision_due").kind is Kind.DAY


def test_kinds_of_technology_are_those_that_have_a_page() -> None:
    options = [option.id for option in field_set().field("technology").options]
    assert options == [*sorted(family.id for family in families()), "other"]


def test_uses_are_the_purposes_that_rules_ask_for() -> None:
    purpose = next(fact for fact in vocabulary().facts if fact.name == "purpose")
    assert [option.id for option in field_set().field("used_for").options] == [word.word for word in purpose.words]


def test_labels_and_help_are_unlike_each_other_and_end_as_sentences_do() -> None:
    fields = field_set().fields
    assert len({field.label for field in fields}) == len(fields)
    assert all(field.help.endswith((".", "?")) for field in fields)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("  - id: name\n    topic: about", "  - id: name\n    topic: elsewhere", "expected each field in one of the topics"),
        ("  - id: name\n", "  - id: status\n", "expected each field once; got status again"),
        ("- id: affected\n", "- id: about\n", "expected each topic once"),
        ("kind: email", "kind: choice", "contact_email: expected options"),
        ("kind: email", "kind: rows", "field contact_email: expected columns"),
        ("{id: day, label: Day, kind: day}", "{id: day, label: Day, kind: rows}", "rows don't nest"),
        ("tier: 1", "tier: 3", "expected tier 1 or 2; got 3"),
        ("withholdable: false", "withholdable: true", "no entry is published without it"),
        ("need: publish", "need: maybe", "expected one of publish, complete, optional"),
        ("{id: idea,", "{id: design,", "option of status"),
        ("    tier: 1\n", "    tier: 1\n    colour: red\n", "colour"),
    ],
)
def test_a_mistake_in_the_file_is_refused(right: str, wrong: str, told: str, tmp_path: Path) -> None:
    assert right in FILE
    (tmp_path / "fields.yaml").write_text(FILE.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BadDescription, match=told):
        read_fields(tmp_path / "fields.yaml")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not there"):
        read_fields(tmp_path / "fields.yaml")


def test_a_field_that_is_none_is_told_as_such() -> None:
    with pytest.raises(KeyError, match="colour"):
        field_set().field("colour")
