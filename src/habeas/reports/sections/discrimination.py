"""How well the score orders people: ROC curves, and the AUC of each group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isfinite

from habeas.audit.estimates import Estimate
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, Discrimination, RocPoint
from habeas.reports.charts import roc
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import numbers
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
    if not drawn:
        return []
    places = {one.group: {point.threshold: point for point in one.curve} for one in drawn}
    head = ("Flagged from score", *(one.group.label for one in drawn))
    chosen = tabled({threshold for of_group in places.values() for threshold in of_group if isfinite(threshold)})
    cells = {at: tuple(_point(one.group, places[one.group].get(at), known) for one in drawn) for at in chosen}
    rows = tuple(Row(head=f"{at:g}", cells=cells[at]) for at in chosen)
    caption = f"{attributes_words(attributes)}: true positive rate / false positive rate at each threshold"
    return [Details(summary="The curves' points", blocks=(Table(caption=caption, head=head, rows=rows, numbers=number_columns(head)),))]


def _known_rates(result: AuditResult) -> Known:
    """Error rates of each group by threshold, with intervals: a curve's points are the same rates without them."""
    known: dict[tuple[Group, Metric], dict[float, Estimate]] = defaultdict(dict)
    for piece in result.groups:
        for rate in piece.rates:
            if rate.estimate is not None and piece.cut.threshold is not None:
                known[piece.group, rate.metric][piece.cut.threshold] = rate.estimate
    for sweep in result.sweeps:
        known[sweep.group, sweep.metric] |= {point.threshold: point.estimate for point in sweep.points if point.estimate is not None}
    return known


def _point(group: Group, point: RocPoint | None, known: Known) -> str | Value:
    """Both rates; under them their intervals where they are known, and how many people had the outcome and how many had not."""
    if point is None:
        return "–"
    found, wrong = (known.get((group, metric), {}) for metric in (Metric.FALSE_NEGATIVE_RATE, Metric.FALSE_POSITIVE_RATE))
    words = f"{numbers.percent(point.true_positive_rate)} / {numbers.percent(point.false_positive_rate)}"
    return Value(words=words, interval=_intervals(found.get(point.threshold), wrong.get(point.threshold)), count=_of_each(found, wrong))


def _intervals(missed: Estimate | None, wrong: Estimate | None) -> str:
    if missed is None or wrong is None:
        return ""
    # the true positive rate is one minus the false negative rate, and so are its limits
    return f"{numbers.percent_interval(1 - missed.high, 1 - missed.low)} / {numbers.percent_interval(wrong.low, wrong.high)}"


def _of_each(missed: Mapping[float, Estimate], wrong: Mapping[float, Estimate]) -> str:
    """How many had the outcome and how many had not: the same at every threshold."""
    if not missed or not wrong:
        return ""
    yes, no = (next(iter(rates.values())).n for rates in (missed, wrong))
    return f"of {numbers.count(yes)} / of {numbers.count(no)}"
