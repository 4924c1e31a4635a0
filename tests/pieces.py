"""Hand-made slices: a group's counts without counting rows first."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace

import numpy as np

import needs
from habeas.audit.cells import ABSENT, BUCKETS, NO, YES
from habeas.audit.slices import BELOW_ALL, Slice
from habeas.terms.group import EVERYONE, Group


def a_piece(scores, *, yes, no, unknown=None, group=EVERYONE, thresholds=(5.0,)):
    """Rows by score: those with the outcome, those without, those of whom it isn't known; no decisions, no persons."""
    n = np.zeros((len(scores), 3, 3))
    n[:, ABSENT, YES], n[:, ABSENT, NO] = yes, no
    n[:, ABSENT, ABSENT] = 0 if unknown is None else unknown
    return of_table(scores, n, group=group, thresholds=thresholds)


def of_table(scores, n, *, group=EVERYONE, thresholds=(5.0,)):
    """From counts by score, decision and outcome, (K, 3, 3)."""
    policy = np.array([BELOW_ALL, *thresholds])
    table = np.asarray(n, dtype=float)
    return Slice(
        group=group, scores=np.asarray(scores, dtype=float), n=table, weight=table, weight_squared=table, policy=policy, buckets=None
    )


def at_one_cut(*, tp, fp, fn, tn, flagged_unknown=0, cleared_unknown=0, group=EVERYONE):
    """A confusion table as scores 1 (cleared) and 5 (flagged)."""
    return a_piece([1, 5], yes=[fn, tp], no=[tn, fp], unknown=[cleared_unknown, flagged_unknown], group=group)


def of_rows(score, outcome, *, person=None, scores=None, thresholds=(5.0,), group=EVERYONE, decision=None):
    """From one entry per row; `person`: whole numbers, of which the rest modulo 128 is the bucket."""
    score, outcome = np.asarray(score, dtype=float), np.asarray(outcome)
    levels = np.unique(score) if scores is None else np.asarray(scores, dtype=float)
    taken = np.full(len(score), ABSENT) if decision is None else np.asarray(decision)
    n = np.zeros((len(levels), 3, 3))
    np.add.at(n, (np.searchsorted(levels, score), taken, outcome), 1)
    piece = of_table(levels, n, group=group, thresholds=thresholds)
    if person is None:
        return piece
    buckets = np.zeros((len(piece.policy), 3, 3, BUCKETS))
    interval = np.searchsorted(piece.policy, score, side="right") - 1
    np.add.at(buckets, (interval, taken, outcome, np.asarray(person) % BUCKETS), 1)
    return replace(piece, buckets=buckets)


def weighted(piece, by):
    """The piece with every row weighing as much."""
    buckets = None if piece.buckets is None else piece.buckets * by
    return replace(piece, weight=piece.n * by, weight_squared=piece.n * by * by, buckets=buckets)


def of_compas(where: Callable[[dict[str, str]], bool] = lambda _: True, *, group: Group = EVERYONE) -> Slice:
    """ProPublica's two-year file, all 7,214 rows or those of a group, by decile."""
    yes, no = np.zeros(10), np.zeros(10)
    with (needs.REPOSITORY / "examples" / "compas-counts.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if where(row):
                (yes if row["two_year_recid"] == "1" else no)[int(row["decile"]) - 1] += int(row["n"])
    return a_piece(np.arange(1, 11), yes=yes, no=no, group=group, thresholds=(5.0, 8.0))


def of_race(race: str) -> Slice:
    """One race of ProPublica's file."""
    return of_compas(lambda row: row["race"] == race, group=Group((("race", race),)))
