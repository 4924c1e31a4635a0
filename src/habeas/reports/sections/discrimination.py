"""How well the score orders people: ROC curves, and the AUC of each group."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

from habeas.audit.result import AuditResult, Discrimination
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


def section(result: AuditResult) -> Section | None:
    """ROC curves and AUC per group; None without a score."""
    if not result.discrimination:
        return None
    blocks: list[Block] = [Text(words=ABOUT_ROC)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.discrimination)):
        reference = reference_of(result, attributes)
        drawn = [(one.group.label, _roc(one, compared_with(one, pieces, reference), result.plan.thresholds)) for one in pieces if one.curve]
        blocks += [Heading(id=f"roc-{index}", words=attributes_words(attributes)), figures(f"roc-{index}-plot", drawn)] if drawn else []
        blocks += [_auc_table(result, attributes, pieces), *_roc_points(attributes, pieces)]
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
        for threshold in tabled({threshold for of_group in places.values() for threshold in of_group if isfinite(threshold)})
    )
    caption = f"{attributes_words(attributes)}: true positive rate / false positive rate at each threshold"
    table = Table(caption=caption, head=head, rows=rows, numbers=number_columns(head))
    return [Details(summary="The curves' points", blocks=(table,))]
