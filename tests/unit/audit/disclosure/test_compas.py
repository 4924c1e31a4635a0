"""The shipped COMPAS counts: what is withheld, and why, worked out from the published counts by race."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import pytest

from cells import Row, some_cells
from habeas.audit.cells import ABSENT, Cells
from habeas.audit.cuts import Cut, CutKind
from habeas.audit.disclosure import publication
from habeas.audit.plan import Auditor, Columns, Plan, PublicationRule, ScoreRange, Source
from habeas.terms.group import EVERYONE, Group
from habeas.terms.system import Stage, SystemVersion, Technology

GROUPS = ("race", "sex", "age_cat")
CUTS = {at: Cut(kind=CutKind.SCORE, threshold=at) for at in (5.0, 8.0)}


@pytest.fixture(scope="module")
def lines(examples: Path) -> list[dict[str, str]]:
    with (examples / "compas-counts.csv").open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def cells(lines: list[dict[str, str]]) -> Cells:
    rows: list[Row] = [
        (tuple(line[name] for name in GROUPS), float(line["decile"]), ABSENT, int(line["two_year_recid"]), int(line["n"])) for line in lines
    ]
    return some_cells(GROUPS, rows, thresholds=tuple(CUTS))


def plan(*, intersect: int = 2, minimum: int = 10) -> Plan:
    return Plan(
        title="COMPAS",
        system=SystemVersion(name="COMPAS", version="2013"),
        technology=Technology.RISK_SCORE,
        stage=Stage.LIVE,
        auditor=Auditor(name="An office", independent=True, statement="none"),
        source=Source(),
        columns=Columns(score="decile", outcome="two_year_recid"),
        groups=GROUPS,
        score=ScoreRange(minimum=1, maximum=10),
        thresholds=tuple(CUTS),
        intersect=intersect,
        publication=PublicationRule(minimum_cell=minimum),
    )


def small(lines: list[dict[str, str]], names: tuple[str, ...], at: float, minimum: int) -> set[tuple[Group, Cut]]:
    """Groups with a confusion count below the minimum, counted line by line."""
    counts: dict[tuple[str, ...], dict[tuple[bool, str], int]] = {}
    for line in lines:
        group = counts.setdefault(tuple(line[name] for name in names), {})
        kind = (float(line["decile"]) >= at, line["two_year_recid"])
        group[kind] = group.get(kind, 0) + int(line["n"])
    kinds = [(flagged, outcome) for flagged in (True, False) for outcome in ("0", "1")]
    few = [labels for labels, group in counts.items() if min(group.get(kind, 0) for kind in kinds) < minimum]
    return {(Group(tuple(zip(names, labels, strict=True))), CUTS[at]) for labels in few}


def test_by_race_the_small_groups_and_the_next_smallest_are_withheld(cells: Cells) -> None:
    found = publication(cells, plan(intersect=1))

    by_cut = {at: {group.label for group, cut in found.withheld if cut == CUTS[at]} for at in CUTS}
    # at 5, false negatives: Asian 3, Native American 1; together 4, fewer than 10, so Other (90) goes too
    # at 8, false positives: Asian 1, Native American 1, Other 6; together 8, so Hispanic (29) goes too
    assert by_cut == {5.0: {"Asian", "Native American", "Other"}, 8.0: {"Asian", "Native American", "Other", "Hispanic"}}
    assert (found.primary, found.secondary) == (5, 2)
    # the smallest, Native American, has 18 rows
    assert found.sizes_withheld == frozenset()


def test_every_intersection_with_a_small_count_is_withheld(cells: Cells, lines: list[dict[str, str]]) -> None:
    found = publication(cells, plan())

    sets = [names for size in (1, 2) for names in combinations(GROUPS, size)]
    few = {one for names in sets for at in CUTS for one in small(lines, names, at, 10)}
    assert few <= found.withheld
    assert found.primary == len(few)
    assert found.secondary == len(found.withheld - few)
    assert found.narrowest_width is not None
    assert found.narrowest_width >= 10 - 1e-5


def test_everyone_is_shown_with_every_decile(cells: Cells) -> None:
    found = publication(cells, plan())

    assert not {cut for group, cut in found.withheld if group == EVERYONE}
    assert found.bins[EVERYONE] == tuple(float(score) for score in range(1, 11))
    # 32 and 18 people can't fill two bins with ten of both outcomes each
    assert found.bins[Group((("race", "Asian"),))] == found.bins[Group((("race", "Native American"),))] == ()


def test_with_a_minimum_of_one_every_group_is_shown_with_every_decile(cells: Cells) -> None:
    found = publication(cells, plan(minimum=1))

    assert found.withheld == found.sizes_withheld == frozenset()
    assert set(found.bins.values()) == {tuple(float(score) for score in range(1, 11))}
