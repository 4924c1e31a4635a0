"""A draft from files, and what it lacks held against the files now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from habeas.errors import BadDescription, NotFound
from habeas.rules.assessments.values import Kind
from habeas.runs.assessments.assessing import checked, drafted
from habeas.runs.assessments.writing import write
from screens.assessment_cases import BAN, DUTIES, ON, OPEN_BAN, SYSTEM, book, filled

BOOKS = (book(*DUTIES),)


@pytest.fixture
def description(tmp_path: Path) -> Path:
    path = tmp_path / "system.yaml"
    path.write_text(SYSTEM, encoding="utf-8")
    return path


@pytest.fixture
def complete(tmp_path: Path, description: Path) -> Path:
    path = tmp_path / "assessment.yaml"
    draft = drafted(description, kind=Kind.FUNDAMENTAL_RIGHTS, on=ON, books=BOOKS)
    path.write_text(write(filled(draft)), encoding="utf-8")
    return path


def test_a_draft_is_screened_on_the_day_that_is_asked_for(description: Path) -> None:
    late = drafted(description, kind=Kind.FUNDAMENTAL_RIGHTS, on=date(2027, 12, 2), books=BOOKS)

    assert late.drafted_on == date(2027, 12, 2)
    assert {duty.stands.value for section in late.sections for duty in section.duties} == {"now", "unclear"}


def test_claims_of_others_come_from_the_families_that_habeas_brings(description: Path) -> None:
    draft = drafted(description, kind=Kind.EQUALITY, on=ON, books=BOOKS)

    assert "others, not this operator: guidance on hot-spot-prediction" in {claim.claimed_by for claim in draft.claims_of_others}


def test_a_complete_assessment_of_an_unchanged_system_lacks_nothing(complete: Path, description: Path) -> None:
    assert checked(complete, on=ON).missing == ()
    assert checked(complete, on=ON, description=description, books=BOOKS).missing == ()


def test_only_with_the_description_was_it_compared(complete: Path, description: Path) -> None:
    assert not checked(complete, on=ON).compared
    assert checked(complete, on=ON, description=description, books=BOOKS).compared


def test_a_changed_description_comes_first_of_what_is_missing(complete: Path, description: Path) -> None:
    description.write_text(SYSTEM.replace("2.1", "2.2"), encoding="utf-8")

    found = checked(complete, on=ON, description=description, books=BOOKS)
    assert [(one.section, one.item) for one in found.missing] == [("system", "digest")]


def test_a_law_that_changed_since_is_seen(complete: Path, description: Path) -> None:
    found = checked(complete, on=ON, description=description, books=(book(*DUTIES, BAN, OPEN_BAN),))

    assert [one.item for one in found.missing] == ["made-up BAN", "made-up OPEN-BAN"]


def test_files_that_are_not_there_or_something_else_are_refused(tmp_path: Path, description: Path) -> None:
    with pytest.raises(NotFound):
        drafted(tmp_path / "none.yaml", kind=Kind.EQUALITY, on=ON)
    with pytest.raises(BadDescription):
        checked(description, on=ON)
