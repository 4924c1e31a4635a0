from __future__ import annotations

import pytest

from habeas.reports.language.people import people, who
from habeas.terms.group import EVERYONE, NOT_RECORDED, Group


@pytest.mark.parametrize(
    ("level", "words"),
    [
        ("African-American", "African-American people"),
        ("Native American", "Native American people"),
        ("Māori", "Māori people"),
        ("Other", 'people with race "Other"'),
        ("Less than 25", 'people with race "Less than 25"'),
        ("25 - 45", 'people with race "25 - 45"'),
        ("B", 'people with race "B"'),
        ("Prefer not to say", 'people with race "Prefer not to say"'),
        (NOT_RECORDED, "people with race not recorded"),
    ],
)
def test_a_level_is_an_adjective_only_where_it_reads_as_one(level: str, words: str) -> None:
    assert people(Group((("race", level),))) == words


def test_parts_of_an_intersection_are_joined() -> None:
    women = Group((("race", "Asian"), ("sex", "Female")))
    young = Group((("race", "Asian"), ("age", "Less than 25")))
    unknown = Group((("race", "Other"), ("age", "25 - 45")))

    assert people(women) == "Asian, Female people"
    assert people(young) == 'Asian people with age "Less than 25"'
    assert people(unknown) == 'people with race "Other" and age "25 - 45"'


def test_everyone_is_people() -> None:
    assert people(EVERYONE) == "people"
    assert who(EVERYONE) == "everyone"


def test_a_heading_names_attributes() -> None:
    assert who(Group((("race", "Asian"), ("sex", "Female")))) == "race Asian and sex Female"
