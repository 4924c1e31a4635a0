import numpy as np
import pytest

from cells import some_cells
from habeas.audit.cells import ABSENT, NO, YES
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.metrics import Case
from habeas.audit.slices import confusion, fine_slices, policy_slices
from habeas.terms.group import EVERYONE, Group

FIVE = Cut(kind=CutKind.SCORE, threshold=5.0)
DECIDED = Cut(kind=CutKind.DECISION)
ROWS = [
    (("a", "f"), 4.0, NO, NO, 10),
    (("a", "f"), 5.0, YES, NO, 2),
    (("a", "m"), 9.0, YES, YES, 7),
    (("b", "f"), 4.0, YES, YES, 3),
    (("b", "m"), 8.0, NO, ABSENT, 4),
]


def test_everyone_is_one_slice():
    (everyone,) = fine_slices(some_cells(("race", "sex"), ROWS), ())

    assert everyone.group == EVERYONE
    assert everyone.rows == 26
    assert everyone.scores.tolist() == [4.0, 5.0, 8.0, 9.0]


def test_a_score_at_the_threshold_is_flagged():
    (everyone,) = fine_slices(some_cells(("race", "sex"), ROWS), ())

    found = confusion(everyone, FIVE)

    assert found == {
        Case.TRUE_POSITIVE: 7,
        Case.FALSE_POSITIVE: 2,
        Case.FALSE_NEGATIVE: 3,
        Case.TRUE_NEGATIVE: 10,
        Case.FLAGGED_UNKNOWN: 4,
        Case.CLEARED_UNKNOWN: 0,
    }


def test_a_decision_is_counted_as_it_was_taken():
    (everyone,) = policy_slices(some_cells(("race", "sex"), ROWS), ())

    found = confusion(everyone, DECIDED)

    assert (found[Case.TRUE_POSITIVE], found[Case.FALSE_POSITIVE], found[Case.CLEARED_UNKNOWN]) == (10, 2, 4)


@pytest.mark.parametrize("slices", [fine_slices, policy_slices])
def test_both_kinds_of_slice_agree_on_every_group(slices):
    found = {piece.group: piece for piece in slices(some_cells(("race", "sex"), ROWS), ("race", "sex"))}

    assert set(found) == {Group((("race", race), ("sex", sex))) for race in "ab" for sex in "fm"}
    assert confusion(found[Group((("race", "a"), ("sex", "m")))], FIVE)[Case.TRUE_POSITIVE] == 7


def test_policy_slices_keep_one_row_per_interval():
    (everyone,) = policy_slices(some_cells(("race", "sex"), ROWS), ())

    assert everyone.scores.tolist() == [-np.inf, 5.0]
    assert everyone.n.sum(axis=(1, 2)).tolist() == [13.0, 13.0]
