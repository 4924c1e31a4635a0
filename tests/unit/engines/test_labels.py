from __future__ import annotations

from dataclasses import replace

from decisions import PLAN
from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.plan import YesNo
from habeas.engines.labels import levels, words


def test_levels_are_sorted_and_missing_labels_are_one_of_them() -> None:
    attribute, codes = levels(PLAN, "race", ["b", "", "a", "Unknown"])

    assert attribute.levels == ("a", "b", "not recorded")
    assert codes == {"a": 0, "b": 1, "": 2, "Unknown": 2}


def test_no_labels_make_no_levels() -> None:
    assert levels(PLAN, "race", [])[0].levels == ()


def test_the_usual_words_are_known_in_any_case() -> None:
    usual = words(PLAN, None)

    assert [usual.code(text) for text in ("YES", "t", "1", "False", "n", "0.0", "", "Unknown")] == [
        YES,
        YES,
        YES,
        NO,
        NO,
        NO,
        ABSENT,
        ABSENT,
    ]
    assert usual.code("maybe") is None
    assert usual.code("unknown") is None  # only as the plan writes it


def test_declared_labels_are_known_as_they_are_written_and_replace_the_usual() -> None:
    declared = words(replace(PLAN), YesNo(yes=(" Guilty",), no=("Not guilty",)))

    assert [declared.code(text) for text in ("Guilty", "Not guilty", "", "guilty", "yes")] == [YES, NO, ABSENT, None, None]
