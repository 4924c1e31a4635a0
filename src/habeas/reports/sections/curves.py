"""The score itself: how well it orders people, what it meant, and what other thresholds would have done."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, Calibration, Discrimination, Sweep, SweepPoint
from habeas.reports.charts import calibration, roc, sweep
from habeas.reports.charts.axes import thinned
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Block, Details, Heading, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import (
    attributes_words,
    by_attributes,
    capitalised,
    compared_with,
    decimals,
    figures,
    reference_of,
    share,
    withheld_words,
)

MOST_ROWS = 20
DASHED = "The solid line is the group, the dashed one the group it is compared with"


def discrimination(result: AuditResult) -> Section | None:
    """ROC curves and AUC per group; None without a score."""
    if not result.discrimination:
        return None
    blocks: list[Block] = [Text(words=ABOUT_ROC)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.discrimination)):
        reference = reference_of(result, attributes)
        drawn = [(one.group.label, _roc(one, compared_with(one, pieces, reference), result.plan.thresholds)) for one in pieces if one.curve]
        blocks += [Heading(id=f"roc-{index}", words=attributes_words(attributes)), figures(f"curve-roc-{index}", drawn)] if drawn else []
        blocks += [_auc_table(result, attributes, pieces), *_roc_points(attributes, pieces)]
    return Section(id="roc", title="How well the score tells people apart", blocks=tuple(blocks), new_page=True)


ABOUT_ROC = (
    "Each curve shows, for every threshold, what share of the people with the outcome would be flagged (upwards) against what share "
    f"of the people without it (to the right). {DASHED}, the dotted diagonal is chance; rings mark the declared thresholds. AUC is the "
    "chance that a person with the outcome scored higher than one without: 1 is perfect, 0.5 is a coin."
)


def calibrations(result: AuditResult) -> Section | None:
    """What scores meant in each group; None without a score."""
    if not any(one.curve for one in result.calibration):
        return None
    blocks: list[Block] = [Text(words=ABOUT_CALIBRATION)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.calibration)):
        reference = reference_of(result, attributes)
        drawn = [(one.group.label, _calibration(result, one, compared_with(one, pieces, reference))) for one in pieces if one.curve]
        if drawn:
            blocks += [Heading(id=f"calibration-{index}", words=attributes_words(attributes)), figures(f"curve-cal-{index}", drawn)]
            blocks += [_calibration_table(result, attributes, pieces), *_summary(result, attributes, pieces)]
    return Section(id="calibration", title="What a score meant", blocks=tuple(blocks))


ABOUT_CALIBRATION = (
    "A dot is the share of people with the outcome among those who scored alike; the stroke is its interval. "
    f"{DASHED}. Where the two lie apart, the same score meant something else for one group than for the other."
)


def thresholds(result: AuditResult) -> Section | None:
    """Rates along every possible threshold, as small multiples; None without a score."""
    if not result.sweeps:
        return None
    blocks: list[Block] = [Text(words=ABOUT_THRESHOLDS)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.sweeps)):
        by_metric = groupby(sorted(pieces, key=_metric_place), key=lambda one: one.metric)
        for metric, swept in by_metric:
            blocks += _swept(result, attributes, metric, list(swept), f"{index}-{metric.value.replace('_', '-')}")
    return Section(id="thresholds", title="If the threshold had been elsewhere", blocks=tuple(blocks), new_page=True)


ABOUT_THRESHOLDS = (
    f"Each plot shows what a rate would have been had people been flagged from another score. {DASHED}; the band holds the whole true "
    "line, at all thresholds at once, as often as the stated confidence says. Dotted upright lines are the declared thresholds."
)


def _roc(one: Discrimination, reference: Discrimination | None, declared: Sequence[float]) -> Drawing:
    compared = () if reference is None else reference.curve
    auc = "" if one.auc is None else f" AUC {one.auc.value:.3f}, {one.auc.low:.3f} to {one.auc.high:.3f}."
    return roc.draw(
        one.curve,
        reference=compared,
        declared=declared,
        title=f"ROC curve, {one.group.label}",
        description=f"Points are tabled below.{auc}",
    )


def _auc_table(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[Discrimination]) -> Table:
    head = ("Group", "AUC", "Difference from the reference group", "Largest error from binning", "People")
    return Table(
        caption=f"{attributes_words(attributes)}: how well the score tells people apart",
        head=head,
        rows=tuple(_auc_row(result, one) for one in pieces),
        numbers=number_columns(head),
    )


def _auc_row(result: AuditResult, one: Discrimination) -> Row:
    if one.withheld:
        return Row(head=one.group.label, withheld=withheld_words(result.plan))
    difference: str | Value = "–" if one.difference is None else decimals(one.difference)
    people = "–" if one.auc is None else numbers.count(one.auc.n)
    return Row(head=one.group.label, cells=(decimals(one.auc), difference, f"{one.binning_bound:.3g}", people))


def _roc_points(attributes: tuple[str, ...], pieces: Sequence[Discrimination]) -> list[Block]:
    drawn = [one for one in pieces if one.curve]
    if not drawn:
        return []
    places = {one.group: {point.threshold: point for point in one.curve} for one in drawn}
    head = ("Flagged from score", *(one.group.label for one in drawn))
    rows = tuple(
        Row(
            head=f"{threshold:g}",
            cells=tuple(
                f"{numbers.percent(point.true_positive_rate)} / {numbers.percent(point.false_positive_rate)}"
                if (point := places[one.group].get(threshold)) is not None
                else "–"
                for one in drawn
            ),
        )
        for threshold in _tabled({threshold for of_group in places.values() for threshold in of_group})
    )
    caption = f"{attributes_words(attributes)}: true positive rate / false positive rate at each threshold"
    table = Table(caption=caption, head=head, rows=rows, numbers=number_columns(head))
    return [Details(summary="The curves' points", blocks=(table,))]


def _calibration(result: AuditResult, one: Calibration, reference: Calibration | None) -> Drawing:
    declared = result.plan.score
    scores = [point.mean_score for point in one.curve]
    ends = (min(scores), max(scores)) if declared is None else (declared.minimum, declared.maximum)
    return calibration.draw(
        one.curve,
        reference=() if reference is None else reference.curve,
        scores=ends,
        is_probability=declared is not None and declared.probability,
        title=f"Share with the outcome by score, {one.group.label}",
        description=f"From {numbers.percent(one.curve[0].observed.value)} at the lowest scores to "
        f"{numbers.percent(one.curve[-1].observed.value)} at the highest. The table below has every point.",
    )


def _calibration_table(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[Calibration]) -> Table:
    head = ("Group", "Scores", "Mean score", "Share with the outcome", "People")
    rows = [
        Row(
            head=one.group.label,
            cells=(_span(point.low, point.high), f"{point.mean_score:.3g}", share(point.observed), numbers.count(point.observed.n)),
        )
        for one in pieces
        for point in one.curve
    ]
    rows += [Row(head=one.group.label, withheld=withheld_words(result.plan)) for one in pieces if one.withheld]
    caption = f"{attributes_words(attributes)}: share with the outcome among those who scored alike"
    return Table(caption=caption, head=head, rows=tuple(rows), numbers=number_columns(head))


def _span(low: float, high: float | None) -> str:
    return f"{low:g} or more" if high is None else f"from {low:g} to below {high:g}"


def _summary(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[Calibration]) -> list[Block]:
    """What only a score that claims to be a probability has."""
    if not any(one.brier is not None for one in pieces):
        return []
    head = ("Group", "Observed minus predicted", "Slope", "Brier score", "ECE", "ECE by chance alone")
    rows = tuple(_summary_row(result, one) for one in pieces)
    caption = f"{attributes_words(attributes)}: whether predicted probabilities came true"
    return [Text(words=ABOUT_SUMMARY), Table(caption=caption, head=head, rows=rows, numbers=number_columns(head))]


ABOUT_SUMMARY = (
    "Observed minus predicted is 0 and the slope is 1 for a score that keeps its word; a Brier score is an average squared error. An "
    "expected calibration error (ECE) is never 0, even for a perfect score: read it against what chance alone gives."
)


def _summary_row(result: AuditResult, one: Calibration) -> Row:
    if one.withheld:
        return Row(head=one.group.label, withheld=withheld_words(result.plan))
    found = one.expected_calibration_error
    errors = ("–", "–") if found is None else (f"{found.value:.3f}", f"{found.expected_by_chance:.3f}")
    return Row(head=one.group.label, cells=(decimals(one.in_the_large), decimals(one.slope), decimals(one.brier), *errors))


def _swept(result: AuditResult, attributes: tuple[str, ...], metric: Metric, pieces: Sequence[Sweep], key: str) -> list[Block]:
    title = f"{attributes_words(attributes)}: {meanings.METRICS[metric]}"
    reference = reference_of(result, attributes)
    declared = result.plan.thresholds
    drawn = [(one.group.label, _sweep(one, compared_with(one, pieces, reference), declared)) for one in pieces]
    return [Heading(id=f"thresholds-{key}", words=title), figures(f"curve-sweep-{key}", drawn), _sweep_table(title, pieces, declared)]


def _sweep(one: Sweep, reference: Sweep | None, declared: Sequence[float]) -> Drawing:
    return sweep.draw(
        one.points,
        rate=meanings.METRICS[one.metric],
        reference=() if reference is None else reference.points,
        declared=declared,
        title=f"{capitalised(meanings.METRICS[one.metric])} by threshold, {one.group.label}",
        description="Rates at each threshold are in the table below.",
    )


def _sweep_table(title: str, pieces: Sequence[Sweep], declared: Sequence[float]) -> Details:
    head = ("Flagged from score", *(one.group.label for one in pieces))
    places = [{point.threshold: point for point in one.points} for one in pieces]
    chosen = _tabled({threshold for place in places for threshold in place}, keep=tuple(declared))
    rows = tuple(Row(head=f"{threshold:g}", cells=tuple(_rate(place.get(threshold)) for place in places)) for threshold in chosen)
    table = Table(caption=f"{title} at each threshold, with the band", head=head, rows=rows, numbers=number_columns(head))
    return Details(summary="The plots' numbers", blocks=(table,))


def _rate(point: SweepPoint | None) -> str | Value:
    if point is None or point.estimate is None:
        return "–"
    if point.band_low is None or point.band_high is None:
        return share(point.estimate)
    return Value(words=numbers.percent(point.estimate.value), interval=numbers.percent_interval(point.band_low, point.band_high))


def _tabled(found: set[float], *, keep: tuple[float, ...] = ()) -> tuple[float, ...]:
    """At most about twenty thresholds: a longer table is for machines, and is in report.json."""
    return thinned(tuple(sorted(found)), at_most=MOST_ROWS, keep=keep)


def _metric_place(one: Sweep) -> int:
    return list(Metric).index(one.metric)
