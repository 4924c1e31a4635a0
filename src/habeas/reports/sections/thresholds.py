"""What other thresholds would have done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, Sweep, SweepPoint
from habeas.reports.charts import sweep
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Block, Details, Heading, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import (
    DASHED,
    attributes_words,
    by_attributes,
    capitalised,
    compared_with,
    figures,
    reference_of,
    share,
    tabled,
)


def section(result: AuditResult) -> Section | None:
    """Rates along every possible threshold, as small multiples; None without a score."""
    if not result.sweeps:
        return None
    blocks: list[Block] = [Text(words=ABOUT_THRESHOLDS)]
    drawn = _drawn(result)
    for index, (attributes, pieces) in enumerate(by_attributes(result.sweeps)):
        for place, metric in enumerate(Metric):
            swept = [one for one in pieces if one.metric is metric]
            if swept:
                blocks += _swept(result, attributes, swept, f"{index}-{place}", with_plots=metric in drawn)
    return Section(id="thresholds", title="If the threshold had been elsewhere", blocks=tuple(blocks), new_page=True)


ABOUT_THRESHOLDS = (
    f"Each plot shows what a rate would have been had people been flagged from another score. {DASHED}; the band holds the whole true "
    "line, at all thresholds at once, as often as the stated confidence says. Dotted upright lines are the declared thresholds."
)


def _drawn(result: AuditResult) -> frozenset[Metric]:
    """The metrics that the plan asks about; without any that the score decides, both error rates. The rest is tabled."""
    asked = frozenset(question.metric for question in result.plan.confirmatory) & {one.metric for one in result.sweeps}
    return asked or frozenset({Metric.FALSE_POSITIVE_RATE, Metric.FALSE_NEGATIVE_RATE})


def _swept(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[Sweep], key: str, *, with_plots: bool) -> list[Block]:
    title = f"{attributes_words(attributes)}: {meanings.METRICS[pieces[0].metric]}"
    reference, declared = reference_of(result, attributes), result.plan.thresholds
    drawn = [(one.group.label, _sweep(one, compared_with(one, pieces, reference), declared)) for one in pieces if with_plots]
    plots = [figures(f"sweep-{key}", drawn)] if drawn else []
    return [Heading(id=f"thresholds-{key}", words=title), *plots, _sweep_table(title, pieces, declared)]


def _sweep(one: Sweep, reference: Sweep | None, declared: Sequence[float]) -> Drawing:
    known = [(point.threshold, numbers.percent(point.estimate.value)) for point in one.points if point.estimate is not None]
    ends = "; ".join(f"{rate} from score {threshold:g}" for threshold, rate in dict.fromkeys([*known[:1], *known[-1:]]))
    return sweep.draw(
        one.points,
        rate=meanings.METRICS[one.metric],
        reference=() if reference is None else reference.points,
        declared=declared,
        title=f"{capitalised(meanings.METRICS[one.metric])} by threshold, {one.group.label}",
        description=f"{ends or 'No cases'}. The table below has every threshold.",
    )


def _sweep_table(title: str, pieces: Sequence[Sweep], declared: Sequence[float]) -> Details:
    head = ("Flagged from score", *(one.group.label for one in pieces))
    places = [{point.threshold: point for point in one.points} for one in pieces]
    chosen = tabled({threshold for place in places for threshold in place}, keep=tuple(declared))
    rows = tuple(Row(head=f"{threshold:g}", cells=tuple(_rate(place.get(threshold)) for place in places)) for threshold in chosen)
    table = Table(caption=f"{title} at each threshold, with the band", head=head, rows=rows, numbers=number_columns(head))
    return Details(summary="The numbers", blocks=(table,))


def _rate(point: SweepPoint | None) -> str | Value:
    if point is None or point.estimate is None:
        return "–"
    if point.band_low is None or point.band_high is None:
        return share(point.estimate)
    band = numbers.percent_interval(point.band_low, point.band_high)
    return replace(share(point.estimate), interval=band)
