"""The linear programs alone, without the quick rules that usually come before them."""

from __future__ import annotations

import numpy as np
import pytest

from cells import Row, some_cells
from habeas.audit.cells import ABSENT, NO
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.disclosure.outsider import knowledge, ranges, widen
from habeas.audit.disclosure.parts import Closed, Extra, Layout
from habeas.audit.disclosure.secure import secure
from habeas.audit.disclosure.small import Secret, small_parts
from habeas.audit.disclosure.swaps import swap
from habeas.audit.disclosure.tables import Tables, tables
from habeas.audit.disclosure.tallies import Tally
from habeas.terms.group import Group

AT_5 = Cut(kind=CutKind.SCORE, threshold=5.0)
ASKED = Layout(cuts=(AT_5,), outcomes=(NO,), unknown=False)


def one_attribute(**sizes: int) -> Tables:
    """Levels whose rows are all flagged and without the outcome, so that each level is one count."""
    rows: list[Row] = [((name,), 9.0, ABSENT, NO, n) for name, n in sizes.items()]
    return tables(some_cells(("race",), rows), ("race",), depth=1, edges=np.array([5.0]), keep_decisions=False)


def level(name: str) -> Group:
    return Group((("race", name),))


def test_a_count_that_is_left_of_a_total_is_found_with_what_pins_it_down() -> None:
    table = one_attribute(A=40, B=20, C=3)
    closed, secrets = small_parts(table, ASKED, minimum=10)

    found = widen(knowledge(table, ASKED, closed), ranges(table, secrets), width=10)

    assert found is not None
    secret, facts = found
    assert secret.group == level("C")
    assert {table.groups[fact.group].label for fact in facts} == {"everyone", "A", "B"}


def test_the_smallest_group_that_pins_it_down_is_withheld() -> None:
    table = one_attribute(A=40, B=20, C=3)
    closed, secrets = small_parts(table, ASKED, minimum=10)

    secured, width = secure(table, ASKED, closed, secrets, minimum=10)

    assert {group.label for group, part in secured.parts - closed.parts if part == AT_5} == {"B"}
    # B and C have 23 rows together, and either could have any of them: 0 to 10 at least was seen
    assert 10 - 1e-5 <= width <= 23


def test_without_secrets_nothing_is_asked_and_nothing_withheld() -> None:
    table = one_attribute(A=40, B=20)
    closed, secrets = small_parts(table, ASKED, minimum=10)

    assert secure(table, ASKED, closed, secrets, minimum=10) == (Closed(), float("inf"))


def test_an_outsider_knows_how_many_rows_came_in_even_where_unknown_outcomes_are_left_out() -> None:
    rows: list[Row] = [(("A",), 9.0, ABSENT, NO, 40), (("A",), 9.0, ABSENT, ABSENT, 12)]
    table = tables(some_cells(("race",), rows), ("race",), depth=1, edges=np.array([5.0]), keep_decisions=False)
    asked = Layout(cuts=(AT_5,), outcomes=(NO,), unknown=True)
    closed = Closed(parts=frozenset((group, Extra.UNKNOWN) for group in table.groups))

    known = knowledge(table, asked, closed)

    told = {(table.groups[fact.group].label, int(value)) for fact, value in zip(known.facts, known.values, strict=True)}
    assert told == {("everyone", 52), ("everyone", 40), ("A", 40), ("everyone", 0), ("A", 0)}


@pytest.mark.parametrize(
    ("sizes_known", "expected"),
    [
        # C keeps its 3 rows and all are of one kind
        (True, (3, 3)),
        # C and D have 3 + 8 rows together
        (False, (0, 11)),
    ],
)
def test_swaps_range_over_all_rows_of_withheld_levels_unless_their_sizes_are_known(*, sizes_known: bool, expected: tuple[int, int]) -> None:
    table = one_attribute(A=40, C=3, D=8)
    closed, secrets = small_parts(table, ASKED, minimum=10)
    closed = Closed(parts=frozenset(one for one in closed.parts if not (sizes_known and one[1] is Extra.SIZE)))
    seen = ranges(table, [secret for secret in secrets if secret.group == level("C") and secret.part == AT_5])

    swap(table, ASKED, closed, seen)

    assert {(float(low), float(high)) for low, high in zip(seen.low, seen.high, strict=True)} == {expected}


def test_levels_do_not_swap_rows_across_a_cut_that_is_shown() -> None:
    rows: list[Row] = [((name,), score, ABSENT, NO, 20) for name in "AB" for score in (1.0, 9.0)]
    table = tables(some_cells(("race",), rows), ("race",), depth=1, edges=np.array([5.0]), keep_decisions=False)
    above = Secret(group=level("A"), index=1, part=AT_5, needs=(AT_5,), tally=Tally(low=5.0))
    seen = ranges(table, [above])

    swap(table, ASKED, Closed(), seen)
    shown = (float(seen.low[0]), float(seen.high[0]))
    swap(table, ASKED, Closed(parts=frozenset((level(name), AT_5) for name in "AB")), seen)
    withheld = (float(seen.low[0]), float(seen.high[0]))

    # withheld, A's 40 rows could lie all below the cut or all above it, if B's lie on the other side
    assert (shown, withheld) == ((20, 20), (0, 40))
