"""How well the score orders people: ROC curves, and the AUC of each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isfinite

from habeas.audit.estimates import Estimate
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, Discrimination, RocPoint
from habeas.reports.charts import roc
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import numbers
from habeas.reports.language.meanings import METRICS
from habeas.reports.sections.blocks import Block, Details, Heading, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import (
    DASHED,
    attributes_words,
    by_attributes,
    compared_with,
    decimals,
    figures,
    reference_of,
    tabled,
    withheld_words,
)
from habeas.terms.group import Group

Known = Mapping[tuple[Group, Metric], Mapping[float, Estimate]]
UPWARDS_AND_TO_THE_RIGHT = (Metric.TRUE_POSITIVE_RATE, Metric.FALSE_POSITIVE_RATE)


def section(result: AuditResult) -> Section | None:
    """ROC curves and AUC per group; None without a score."""
    if not result.discrimination:
        return None
    blocks: list[Block] = [Text(words=ABOUT_ROC)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.discrimination)):
        reference = reference_of(result, attributes)
        drawn = [(one.group.label, _roc(one, compared_with(one, pieces, reference), result.plan.thresholds)) for one in pieces if one.curve]
        blocks += [Heading(id=f"roc-{index}", words=attributes_words(attributes)), figures(f"roc-{index}-plot", drawn)] if drawn else []
        blocks += [_auc_table(result, attributes, pieces), *_roc_points(attributes, pieces, _known_rates(result))]
    return Section(id="roc", title="How well the score tells people apart", blocks=tuple(blocks), new_page=True)


ABOUT_ROC = (
    "Each curve shows, for every threshold, what share of the people with the outcome would be flagged (upwards) against what share "
    f"of the people without it (to the right). {DASHED}, the dotted diagonal is chance; rings mark the declared thresholds. AUC is the "
    "chance that a person with the outcome scored higher than one without: 1 is perfect, 0.5 is a coin."
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
    head = ("Group", "AUC", "Difference from the reference group", "Largest error from binning")
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
    return Row(head=one.group.label, cells=(decimals(one.auc), difference, f"{one.binning_bound:.3g}"))


def _roc_points(attributes: tuple[str, ...], pieces: Sequence[Discrimination], known: Known) -> list[Block]:
    drawn = [one for one in pieces if one.curve]
    tables = tuple(_rate_table(attributes, drawn, metric, known) for metric in UPWARDS_AND_TO_THE_RIGHT)
    return [Details(summary="The curves' points", blocks=tables)] if drawn else []


def _rate_table(attributes: tuple[str, ...], drawn: Sequence[Discrimination], metric: Metric, known: Known) -> Table:
    head = ("Flagged from score", *(one.group.label for one in drawn))
    places = [{point.threshold: _rate(point, metric) for point in one.curve} for one in drawn]
    chosen = tabled({threshold for place in places for threshold in place if isfinite(threshold)})
    sure = [known.get((one.group, metric), {}) for one in drawn]
    rows = tuple(
        Row(head=f"{at:g}", cells=tuple(_cell(place.get(at), at, rates) for place, rates in zip(places, sure, strict=True)))
        for at in chosen
    )
    caption = f"{attributes_words(attributes)}: {METRICS[metric]} at each threshold"
    return Table(caption=caption, head=head, rows=rows, numbers=number_columns(head))


def _rate(point: RocPoint, metric: Metric) -> float:
    return point.true_positive_rate if metric is Metric.TRUE_POSITIVE_RATE else point.false_positive_rate


def _cell(rate: float | None, threshold: float, known: Mapping[float, Estimate]) -> str | Value:
    """A rate; under it its interval where that is known, and how many people it is a share of: as many at every threshold."""
    if rate is None:
        return "–"
    estimate, of = known.get(threshold), next((f"of {numbers.count(one.n)}" for one in known.values()), "")
    interval = "" if estimate is None else numbers.percent_interval(estimate.low, estimate.high)
    return Value(words=numbers.percent(rate), interval=interval, count=of)


def _known_rates(result: AuditResult) -> Known:
    """Rates of each group by threshold, with intervals: the points of a curve are the same rates without them."""
    known: dict[tuple[Group, Metric], dict[float, Estimate]] = defaultdict(dict)
    for piece in result.groups:
        for rate in piece.rates:
            if rate.estimate is not None and piece.cut.threshold is not None:
                known[piece.group, rate.metric][piece.cut.threshold] = rate.estimate
    for sweep in result.sweeps:
        swept = {point.threshold: point.estimate for point in sweep.points if point.estimate is not None}
        known[sweep.group, sweep.metric] |= swept
        if sweep.metric is Metric.FALSE_NEGATIVE_RATE:
            known[sweep.group, Metric.TRUE_POSITIVE_RATE] |= {at: _hit(missed) for at, missed in swept.items()}
    return known


def _hit(missed: Estimate) -> Estimate:
    """The true positive rate: one minus the false negative rate, and so are its limits."""
    return replace(missed, value=1 - missed.value, low=1 - missed.high, high=1 - missed.low)
