"""Oversight: what people did with the advice, where both the advice and their decision are on record."""

from __future__ import annotations

import numpy as np

from habeas.audit.cells import NO, YES, Floats
from habeas.audit.cuts import Cut
from habeas.audit.inference.clusters import compare, interval
from habeas.audit.inference.precision import Precision
from habeas.audit.inference.proportions import Proportion
from habeas.audit.result import Oversight, OversightComparison
from habeas.audit.shares import Chosen, Selection, advised, share
from habeas.audit.slices import Slice

COMPARED = ("agreement", "harsher", "milder")
"""The rates that are compared between groups, by their names in `Oversight`."""


def oversee(piece: Slice, advice: Cut, *, precision: Precision) -> Oversight:
    """How often a group's decisions followed the advice, and where not, to which side, and what then happened.

    `advice`: a score threshold or a recommendation. Rows without a decision are left out; a rate without cases is None.
    """
    found = {name: interval(one, confidence=precision.confidence) for name, one in _shares(piece, advice, precision).items()}
    return Oversight(group=piece.group, cut=advice, **found)


def compare_oversight(one: Slice, reference: Slice, advice: Cut, *, precision: Precision) -> tuple[OversightComparison, ...]:
    """A group's agreement and override rates minus those of its reference group; none where either has no such cases.

    Differing overrides are a finding about those who decide: advice that is overruled more mildly for one group helps that group.
    """
    first, second = _shares(one, advice, precision), _shares(reference, advice, precision)
    differences = ((name, compare(first[name], second[name], confidence=precision.confidence)[0]) for name in COMPARED)
    return tuple(
        OversightComparison(rate=name, cut=advice, group=one.group, reference=reference.group, difference=difference)
        for name, difference in differences
        if difference is not None
    )


def _shares(piece: Slice, advice: Cut, precision: Precision) -> dict[str, Proportion]:
    """Every rate of `Oversight` by its name; advice and decision are both yes (against the person) or no."""
    milder, harsher = _pairs(advice, (True, NO)), _pairs(advice, (False, YES))
    both = _pairs(advice, (True, YES), (False, NO))
    asked = {
        "agreement": (both, _pairs(advice, (True, NO), (True, YES), (False, NO), (False, YES))),
        "harsher": (harsher, _pairs(advice, (False, NO), (False, YES))),
        "milder": (milder, _pairs(advice, (True, NO), (True, YES))),
        "outcome_after_milder": (_pairs(advice, (True, NO), outcomes=(YES,)), _pairs(advice, (True, NO), outcomes=(NO, YES))),
        "outcome_after_harsher": (_pairs(advice, (False, YES), outcomes=(YES,)), _pairs(advice, (False, YES), outcomes=(NO, YES))),
    }
    return {name: share(piece, hits=hits, trials=trials, precision=precision) for name, (hits, trials) in asked.items()}


def _pairs(advice: Cut, *pairs: tuple[bool, int], outcomes: tuple[int, ...] = (0, 1, 2)) -> Selection:
    """The cells with one of these pairs of advice and decision, whatever the outcome or with these outcomes only."""

    def select(scores: Floats) -> Chosen:
        chosen = np.zeros((len(scores), 3, 3), dtype=bool)
        for flagged, decision in pairs:
            for outcome in outcomes:
                chosen[advised(scores, advice) == flagged, decision, outcome] = True
        return chosen

    return select
