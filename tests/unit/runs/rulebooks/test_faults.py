from __future__ import annotations

import pytest
from pydantic_core import PydanticCustomError

from habeas.runs.rulebooks.faults import Faults, nearest


def test_a_name_that_is_nearly_right_gets_the_right_one() -> None:
    assert nearest("porpose", ["purpose", "context"]) == "did you mean purpose?"


def test_of_few_names_all_are_told_and_of_many_where_to_look() -> None:
    few, many = [f"word-{number}" for number in range(14)], [f"word-{number}" for number in range(15)]

    assert nearest("zzz", few) == f"write one of {', '.join(few)}"
    assert nearest("zzz", many) == "the reference of the vocabulary lists all"


def test_no_fault_refuses_nothing() -> None:
    Faults().refuse()


def test_every_fault_is_refused_with_its_place() -> None:
    faults = Faults()
    faults.add(("a", 0), expected="a word", got="x", hint="write one")
    faults.say((), "is wrong")

    with pytest.raises(PydanticCustomError) as refused:
        faults.refuse()

    assert refused.value.context == {"faults": ((("a", 0), 'expected a word; got "x": write one'), ((), "is wrong"))}
