"""Digests: whether a fingerprint of the data can be published without telling what was withheld.

Whoever can list all tables that agree with what is published can hash each and compare. That is a matter of minutes for a small
table of counts, and hopeless where thousands of counts are unknown.
"""

from __future__ import annotations

from dataclasses import replace
from math import prod

import numpy as np

from habeas.audit.result import Intake
from habeas.audit.sections.workings import Workings

MOST_GUESSABLE = 256
"""Unknown counts, beyond what is published, from which on no list of all possible tables can be made: 2 to this power at the least."""


def digests_are_safe(work: Workings) -> bool:
    """Whether digests of the data give nothing away: they are public, nothing is withheld, or too much is unknown to be guessed."""
    if work.plan.source.public or work.plan.publication.minimum_cell <= 1:
        return True
    return _counts(work) - _published(work) >= MOST_GUESSABLE


def without_digests(intake: Intake) -> Intake:
    """What came in, without what a guess of the data could be checked against."""
    return replace(intake, files=tuple(replace(file, size_bytes=None, sha256=None) for file in intake.files))


def _counts(work: Workings) -> int:
    """Counts that an outsider can't know to be empty: every combination of levels, scores, decisions and outcomes that occur."""
    fine, coarse = work.cells.fine, work.cells.coarse
    sizes = [len(attribute.levels) for attribute in work.cells.attributes]
    sizes += [len(np.unique(column)) for column in (fine.score, fine.decision, fine.outcome)]
    return prod(sizes) + (0 if coarse is None else len(coarse.n))


def _published(work: Workings) -> int:
    """No fewer numbers than are published: the kinds of case that occur of a group at a cut, two counts of a score bin."""
    kinds = 2 * len(np.unique(work.cells.fine.outcome))
    shown = sum(work.published(group, cut) for group in work.by_policy for cut in work.cuts)
    return kinds * shown + 2 * sum(len(bins) for bins in work.publication.bins.values())
