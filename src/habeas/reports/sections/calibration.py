"""What a score meant: the share with the outcome among those who scored alike."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from habeas.audit.estimates import Estimate
from habeas.audit.result import AuditResult, Calibration, ExpectedCalibrationError
from habeas.reports.charts import calibration as chart
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import numbers
from habeas.reports.sections.blocks import Block, Heading, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import (
    DASHED,
    attributes_words,
    by_attributes,
    compared_with,
    decimals,
    figures,
    reference_of,
    share,
    withheld_words,
)


def section(result: AuditResult) -> Section | None:
    """What scores meant in each group; None without a score."""
    if not any(one.curve for one in result.calibration):
        return None
    blocks: list[Block] = [Text(words=ABOUT_CALIBRATION)]
    for index, (attributes, pieces) in enumerate(by_attributes(result.calibration)):
        reference = reference_of(result, attributes)
        drawn = [(one.group.label, _calibration(result, one, compared_with(one, pieces, reference))) for one in pieces if one.curve]
        if drawn:
            blocks += [Heading(id=f"calibration-{index}", words=attributes_words(attributes)), figures(f"cal-{index}-plot", drawn)]
            blocks += [*_calibration_table(result, attributes, pieces), *_summary(result, attributes, pieces)]
    return Section(id="calibration", title="What a score meant", blocks=tuple(blocks))


ABOUT_CALIBRATION = (
    "A dot is the share of people with the outcome among those who scored alike; the stroke is its interval. "
    f"{DASHED}. Where the two lie apart, the same score meant something else for one group than for the other."
)


def _calibration(result: AuditResult, one: Calibration, reference: Calibration | None) -> Drawing:
    declared = result.plan.score
    scores = [point.mean_score for point in one.curve]
    ends = (min(scores), max(scores)) if declared is None else (declared.minimum, declared.maximum)
    return chart.draw(
        one.curve,
        reference=() if reference is None else reference.curve,
        scores=ends,
        is_probability=declared is not None and declared.probability,
        title=f"Share with the outcome by score, {one.group.label}",
        description=f"From {numbers.percent(one.curve[0].observed.value)} at the lowest scores to "
        f"{numbers.percent(one.curve[-1].observed.value)} at the highest. The table below has every point.",
    )


def _calibration_table(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[Calibration]) -> list[Block]:
    drawn = [one for one in pieces if one.curve]
    bins = sorted({(point.low, inf if point.high is None else point.high) for one in drawn for point in one.curve})
    places = [{(point.low, inf if point.high is None else point.high): point.observed for point in one.curve} for one in drawn]
    exact = all(point.mean_score == point.low for one in drawn for point in one.curve)
    head = ("Score", *(one.group.label for one in drawn))
    rows = tuple(Row(head=_span(*edges, exact=exact), cells=tuple(_observed(place.get(edges)) for place in places)) for edges in bins)
    caption = f"{attributes_words(attributes)}: share with the outcome among those who scored alike"
    hidden = [one.group.label for one in pieces if one.withheld]
    left_out = [Text(words=f"{', '.join(hidden)}: {withheld_words(result.plan)}.", role="note")] if hidden else []
    return [Table(caption=caption, head=head, rows=rows, numbers=number_columns(head)), *left_out]


def _span(low: float, high: float, *, exact: bool) -> str:
    if exact:
        return f"{low:g}"
    return f"{low:g} or more" if high == inf else f"{low:g} to below {high:g}"


def _observed(estimate: Estimate | None) -> str | Value:
    return "–" if estimate is None else share(estimate)


def _summary(result: AuditResult, attributes: tuple[str, ...], pieces: Sequence[Calibration]) -> list[Block]:
    """What only a score that claims to be a probability has."""
    if not any(one.brier is not None for one in pieces):
        return []
    head = ("Group", "Observed minus predicted", "Slope", "Brier score", "ECE (descriptive)")
    rows = tuple(_summary_row(result, one) for one in pieces)
    caption = f"{attributes_words(attributes)}: whether predicted probabilities came true"
    return [Text(words=ABOUT_SUMMARY), Table(caption=caption, head=head, rows=rows, numbers=number_columns(head))]


ABOUT_SUMMARY = (
    "Observed minus predicted is 0 and the slope is 1 for a score that keeps its word; a Brier score is an average squared error. An "
    "expected calibration error (ECE) is never 0, even for a perfect score: it has no interval, only describes, and must be read against "
    "what chance alone gives."
)


def _summary_row(result: AuditResult, one: Calibration) -> Row:
    if one.withheld:
        return Row(head=one.group.label, withheld=withheld_words(result.plan))
    measured = (decimals(one.in_the_large), decimals(one.slope), decimals(one.brier))
    return Row(head=one.group.label, cells=(*measured, _ece(one.expected_calibration_error)))


def _ece(found: ExpectedCalibrationError | None) -> str | Value:
    if found is None:
        return "–"
    # in the place of an interval, which it doesn't have
    by_chance = f"chance alone gives {found.expected_by_chance:.3f}"
    return Value(words=f"{found.value:.3f}", interval=by_chance, count=f"descriptive, n = {numbers.count(found.n)}")
