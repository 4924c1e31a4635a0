import pytest

from habeas.errors import BadInput
from habeas.terms.group import EVERYONE, NOT_RECORDED, Group


def test_a_group_is_called_by_its_levels():
    assert Group((("race", "Asian"), ("sex", "Female"))).label == "Asian, Female"


def test_without_parts_it_is_everyone():
    assert EVERYONE.label == "everyone"
    assert EVERYONE.attributes == ()


def test_a_group_with_a_missing_label_says_so():
    assert Group((("race", NOT_RECORDED), ("sex", "Female"))).has_unrecorded_part
    assert not EVERYONE.has_unrecorded_part


def test_an_attribute_stands_once():
    with pytest.raises(BadInput) as refused:
        Group((("race", "a"), ("race", "b")))

    assert str(refused.value) == "a group names each attribute once; got race, race: drop the repetition"
