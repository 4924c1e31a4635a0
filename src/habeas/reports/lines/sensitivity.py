"""What could move the findings, one line each for a terminal: like with like, missing labels, unknown outcomes, biased records."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.audit.result import AuditResult, LabelBias, Stratified, UnknownOutcomes, UnrecordedBounds, Verdict
from habeas.reports.language import numbers
from habeas.reports.language.meanings import METRICS
from habeas.reports.language.people import who
from habeas.reports.lines import plain_text as text

MOST_LINES = 8


def sensitivity_lines(result: AuditResult, width: int) -> Iterator[str]:
    """The lines for what was shown different; nothing where nothing was, or nothing could move it."""
    lines = list(_lines(result))
    if not lines:
        return
    yield from text.heading("What could move this")
    for line in lines[:MOST_LINES]:
        yield from text.wrapped(line, width=width, indent="  ", first="- ")
    if len(lines) > MOST_LINES:
        yield from text.wrapped(f"... and {len(lines) - MOST_LINES} more in report.html and report.json", width=width)


def _lines(result: AuditResult) -> Iterator[str]:
    shown = {(f.metric, f.group, f.reference) for f in result.findings if f.verdict is Verdict.SHOWN_DIFFERENT and not f.withheld}
    first = {(f.metric, f.cut) for f in result.findings}
    pairs: list[Stratified | UnrecordedBounds | LabelBias] = [*result.stratified, *result.unrecorded, *result.label_bias]
    for item in pairs:
        if (item.metric, item.group, item.reference) in shown and (item.metric, item.cut) in first:
            yield from _pair_line(item)
    for unknown in result.unknown_outcomes:
        if any(unknown.metric is metric and unknown.group in (group, other) for metric, group, other in shown):
            yield unknown_line(unknown)


def _pair_line(item: Stratified | UnrecordedBounds | LabelBias) -> Iterator[str]:
    if isinstance(item, Stratified):
        if not item.withheld and item.difference is not None:
            yield stratified_line(item)
    else:
        yield unrecorded_line(item) if isinstance(item, UnrecordedBounds) else label_bias_line(item)


def stratified_line(item: Stratified) -> str:
    """Like with like: the difference within strata."""
    strata = f"{item.strata_used} strat{'um' if item.strata_used == 1 else 'a'} of {', '.join(item.strata)}"
    difference = item.difference
    if difference is None:
        return f"{_about(item)}: within {strata} nothing can be compared."
    sure = f"{numbers.signed_interval(difference.low, difference.high)}; {numbers.count(difference.n)} cases"
    return f"{_about(item)}: like with like, within {strata}, the difference is {numbers.signed_points(difference.value)} pp ({sure})."


def unrecorded_line(item: UnrecordedBounds) -> str:
    """Missing labels: how far they could move the difference, and how many would hide it."""
    bounds = f"{numbers.signed_points(item.low)} and {numbers.signed_points(item.high)} pp"
    missing = f"{item.attribute} is missing for {numbers.rate(item.share)}"
    said = f"{_about(item)}: {missing}; if those labels were known, the difference counted would lie between {bounds}"
    if item.breakdown_share is None:
        return f"{said}; no share of missing labels could hide it."
    if item.breakdown_share <= item.share.value:
        return f"{said}: missing labels alone could hide or reverse it."
    return f"{said}; if {numbers.percent(item.breakdown_share)} were missing, they could hide it."


def label_bias_line(item: LabelBias) -> str:
    """Records that miss cases of the reference group: how many would make the difference vanish."""
    said = f"{_about(item)}: if outcomes of {who(item.reference)} went unrecorded more often, the difference counted"
    if item.tipping_point is None:
        return f"{said} would not vanish, even with half of those without a recorded outcome having had it."
    return f"{said} would vanish with {numbers.percent(item.tipping_point)} of those without a recorded outcome having had it."


def unknown_line(item: UnknownOutcomes) -> str:
    """Unknown outcomes: how far they could move a rate."""
    bounds = f"{numbers.percent(item.low)} and {numbers.percent(item.high)}"
    unknown = f"outcomes are unknown for {numbers.rate(item.unknown)}"
    return f"{_about(item)}: {unknown}; if they were known, the rate counted would lie between {bounds}."


def _about(item: Stratified | UnrecordedBounds | LabelBias | UnknownOutcomes) -> str:
    name = METRICS[item.metric]
    return f"{name[0].upper()}{name[1:]}, {who(item.group)}"
