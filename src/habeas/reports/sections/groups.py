"""Rates by group: dot-and-interval plots, and the table with every number."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.audit.cuts import Cut
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, GroupRates
from habeas.reports.charts import intervals
from habeas.reports.charts.axes import share_axis
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Block, Details, Heading, Row, Section, Table, Terms, Text, number_columns
from habeas.reports.sections.layout import (
    MOST_DRAWN,
    attributes_words,
    by_attributes,
    capitalised,
    cut_words,
    estimate_of,
    figures,
    metric_words,
    reference_of,
    share,
    withheld_words,
)
from habeas.terms.group import Group

PLOTTED = (Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE, Metric.POSITIVE_PREDICTIVE_VALUE, Metric.SELECTION_RATE)
TABLED = (
    Metric.BASE_RATE,
    Metric.SELECTION_RATE,
    Metric.FALSE_POSITIVE_RATE,
    Metric.FALSE_NEGATIVE_RATE,
    Metric.POSITIVE_PREDICTIVE_VALUE,
    Metric.NEGATIVE_PREDICTIVE_VALUE,
    Metric.ACCURACY,
)
"""The true positive rate is left to report.json: it is one minus the false negative rate."""


def section(result: AuditResult) -> Section | None:
    """Every group's rates, attribute by attribute; None without groups."""
    if not result.groups:
        return None
    blocks: list[Block] = [Text(words=INTRODUCTION), *_explanations(result)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.groups)):
        blocks += [Heading(id=f"groups-{index}", words=attributes_words(attributes)), *_blocks(result, attributes, pieces, index)]
    return Section(id="groups", title="Rates by group", blocks=tuple(blocks), new_page=True)


INTRODUCTION = (
    "In the plots, a dot is a group's rate and the stroke its interval; the ring and the upright line are the group that the others "
    "are compared with. The table under them has the same numbers and more."
)


def _explanations(result: AuditResult) -> list[Block]:
    cut = result.groups[0].cut
    found = [metric for metric in TABLED if any(estimate_of(piece, metric) is not None for piece in result.groups)]
    pairs = tuple((capitalised(meanings.METRICS[metric]), metric_words(metric, result.plan, cut)) for metric in found)
    return [Details(summary="What each rate means", blocks=(Terms(pairs=pairs),))]


def _blocks(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[GroupRates], index: int) -> list[Block]:
    cuts = list(dict.fromkeys(piece.cut for piece in pieces))
    at_cut = {cut: [piece for piece in pieces if piece.cut == cut] for cut in cuts}
    blocks: list[Block] = []
    if len(attributes) == 1:
        reference = reference_of(result, attributes)
        plots = [(capitalised(meanings.METRICS[m]), _plot(at_cut[cuts[0]], m, reference, attributes[0])) for m in _shown(at_cut[cuts[0]])]
        blocks += [figures(f"rates-{index}", plots)] if plots else []
    blocks.append(_table(result, attributes, cuts[0], at_cut[cuts[0]]))
    others = tuple(_table(result, attributes, cut, at_cut[cut]) for cut in cuts[1:])
    return [*blocks, Details(summary="The same at the other cuts", blocks=others)] if others else blocks


def _shown(pieces: Sequence[GroupRates]) -> list[Metric]:
    return [metric for metric in PLOTTED if any(estimate_of(piece, metric) is not None for piece in pieces)]


def _plot(pieces: Sequence[GroupRates], metric: Metric, reference: Group | None, attribute: str) -> Drawing:
    estimates = {piece.group: estimate_of(piece, metric) for piece in pieces}
    known = {group: estimate for group, estimate in estimates.items() if estimate is not None}
    rows = [_row(piece, metric, is_reference=piece.group == reference) for piece in pieces[:MOST_DRAWN]]
    name = meanings.METRICS[metric]
    compared = known.get(reference) if reference is not None else None
    said = "; ".join(f"{row.label} {row.note}" for row in rows)
    return intervals.draw(
        rows,
        share_axis(name, [estimate.high for estimate in known.values()]),
        title=f"{capitalised(name)} by {attribute}",
        description=f"{said}. Intervals are in the table below.",
        at=None if compared is None else compared.value,
    )


def _row(piece: GroupRates, metric: Metric, *, is_reference: bool) -> intervals.Row:
    estimate = estimate_of(piece, metric)
    if estimate is None:
        return intervals.Row(label=piece.group.label, note="withheld" if piece.withheld else "no cases", span=None)
    note = numbers.percent(estimate.value)
    return intervals.Row(label=piece.group.label, note=note, span=(estimate.value, estimate.low, estimate.high), is_reference=is_reference)


def _table(result: AuditResult, attributes: tuple[str, ...], cut: Cut, pieces: Sequence[GroupRates]) -> Table:
    metrics = [metric for metric in TABLED if any(estimate_of(piece, metric) is not None for piece in pieces)]
    head = ("Group", "People", *(capitalised(meanings.METRICS[metric]) for metric in metrics))
    return Table(
        caption=f"{attributes_words(attributes)}: rates where {cut_words(cut)} counts as flagged",
        head=head,
        rows=tuple(_table_row(result, piece, metrics) for piece in pieces),
        numbers=number_columns(head),
    )


def _table_row(result: AuditResult, piece: GroupRates, metrics: Sequence[Metric]) -> Row:
    people = () if piece.rows is None else (numbers.count(piece.rows),)
    if piece.withheld:
        return Row(head=piece.group.label, cells=people, withheld=withheld_words(result.plan))
    return Row(head=piece.group.label, cells=(*people, *(share(estimate_of(piece, metric)) for metric in metrics)))
