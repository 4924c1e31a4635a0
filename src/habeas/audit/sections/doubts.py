"""The declared questions under doubt: missing group labels, unknown outcomes, outcomes recorded unevenly."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.audit.result import Comparison, LabelBias, UnknownOutcomes, UnrecordedBounds
from habeas.audit.sections.workings import Workings
from habeas.audit.sensitivity.label_bias import label_bias
from habeas.audit.sensitivity.outcomes import unknown_outcomes
from habeas.audit.sensitivity.unrecorded import unrecorded_bounds
from habeas.terms.group import EVERYONE, NOT_RECORDED, Group


def unrecorded_label_bounds(work: Workings, findings: Sequence[Comparison]) -> tuple[UnrecordedBounds, ...]:
    """How far missing labels could move each shown finding; nothing where every label is recorded or too few miss to publish."""
    found = []
    for finding in findings:
        missing = Group(((finding.group.attributes[0], NOT_RECORDED),))
        if finding.withheld or missing not in work.by_policy or not work.published(missing, finding.cut):
            continue
        pieces = (work.shown[finding.group], work.shown[finding.reference], work.shown[missing], work.shown[EVERYONE])
        one, reference, unrecorded, everyone = pieces
        bounds = unrecorded_bounds(one, reference, unrecorded, everyone, cut=finding.cut, metric=finding.metric, precision=work.precision)
        found.extend([bounds] if bounds is not None else [])
    return tuple(found)


def unknown_outcome_bounds(work: Workings, findings: Sequence[Comparison]) -> tuple[UnknownOutcomes, ...]:
    """How far unknown outcomes could move each shown rate; nothing where all are known."""
    asked = {(f.group, f.cut, f.metric): None for f in findings if not f.withheld}
    asked |= {(f.reference, f.cut, f.metric): None for f in findings if not f.withheld}
    found = (unknown_outcomes(work.shown[group], cut, metric, precision=work.precision) for group, cut, metric in asked)
    return tuple(bounds for bounds in found if bounds is not None)


def label_biases(work: Workings, findings: Sequence[Comparison]) -> tuple[LabelBias, ...]:
    """What uneven recording of outcomes could do to each shown finding."""
    shown = (finding for finding in findings if not finding.withheld)
    found = (label_bias(work.shown[f.group], work.shown[f.reference], f.cut, f.metric, precision=work.precision) for f in shown)
    return tuple(bias for bias in found if bias is not None)
