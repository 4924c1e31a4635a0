"""Rates of every group as a table for a terminal, one per attribute, each rate with its interval and its cases below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.audit.cuts import cuts
from habeas.audit.estimates import Estimate
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, GroupRates
from habeas.reports.language import numbers
from habeas.reports.language.meanings import SHORT_METRICS, explain
from habeas.reports.lines import plain_text as text

SHOWN = (
    Metric.SELECTION_RATE,
    Metric.FALSE_POSITIVE_RATE,
    Metric.FALSE_NEGATIVE_RATE,
    Metric.POSITIVE_PREDICTIVE_VALUE,
)
RATE, CASES = 11, 11
NARROWEST_TABLE = 72
MOST_GROUPS = 20


def rates_tables(result: AuditResult, width: int) -> Iterator[str]:
    """A table per attribute at the cut in use; withheld groups say so."""
    first = cuts(result.plan)[0]
    yield from text.heading(f"Rates by group, with {100 * result.plan.confidence:g}% intervals")
    for metric in SHOWN:
        yield from text.wrapped(
            explain(metric, cut=first, plan=result.plan), width=width, indent="    ", first=f"{SHORT_METRICS[metric]}: "
        )
    for attribute in result.plan.groups:
        found = [rates for rates in result.groups if rates.cut == first and rates.group.attributes == (attribute,)]
        if found:
            yield ""
            yield from _table(attribute, sorted(found, key=_largest_first), width)


def _table(attribute: str, found: Sequence[GroupRates], width: int) -> Iterator[str]:
    if width >= NARROWEST_TABLE:
        yield _header(attribute, width)
    else:
        yield from text.wrapped(attribute, width=width)
    for rates in found[:MOST_GROUPS]:
        yield from _beside(rates, width) if width >= NARROWEST_TABLE else _below(rates, width)
    if len(found) > MOST_GROUPS:
        yield from text.wrapped(f"... and {len(found) - MOST_GROUPS} smaller groups in report.html and report.json", width=width)


def _header(attribute: str, width: int) -> str:
    names = "".join(f"{SHORT_METRICS[metric]:>{RATE}}" for metric in SHOWN)
    label = text.wrapped(attribute, width=_label_columns(width))[0]
    return f"{text.padded(label, _label_columns(width))}{'cases':>{CASES}}{names}"


def _beside(rates: GroupRates, width: int) -> Iterator[str]:
    room = _label_columns(width)
    label = text.wrapped(rates.group.parts[0][1], width=room - 1)
    columns = [("withheld", "", "")] if rates.withheld else [_column(_estimate(rates, metric)) for metric in SHOWN]
    values, intervals, counts = ("".join(f"{cell:>{RATE}}" for cell in line) for line in zip(*columns, strict=True))
    first, second, third, *more = [*label, "", ""]
    yield f"{text.padded(first, room)}{_cases(rates):>{CASES}}{values}"
    if second or intervals.strip():
        yield f"{text.padded(second, room + CASES)}{intervals}"
    if third or counts.strip():
        yield f"{text.padded(third, room + CASES)}{counts}"
    yield from filter(None, more)


def _column(estimate: Estimate | None) -> tuple[str, str, str]:
    """A rate, its interval and what it is a share of, one under the other."""
    if estimate is None:
        return ("-", "", "")
    return (numbers.percent(estimate.value), _interval(estimate), f"of {numbers.count(estimate.n)}")


def _below(rates: GroupRates, width: int) -> Iterator[str]:
    yield from text.wrapped(f"{rates.group.parts[0][1]}: {_cases(rates)} cases", width=width, indent="    ", first="  ")
    if rates.withheld:
        yield "    withheld"
        return
    for metric in SHOWN:
        estimate = _estimate(rates, metric)
        value = "-" if estimate is None else f"{numbers.percent(estimate.value)} of {numbers.count(estimate.n)} ({_interval(estimate)})"
        yield f"    {SHORT_METRICS[metric]:<9}{value}"


def _estimate(rates: GroupRates, metric: Metric) -> Estimate | None:
    return next((rate.estimate for rate in rates.rates if rate.metric is metric), None)


def _interval(estimate: Estimate) -> str:
    return f"{100 * estimate.low:.1f}-{100 * estimate.high:.1f}"


def _cases(rates: GroupRates) -> str:
    return "withheld" if rates.rows is None else numbers.count(rates.rows)


def _largest_first(rates: GroupRates) -> tuple[int, str]:
    return (-(rates.rows if rates.rows is not None else 0), rates.group.label)


def _label_columns(width: int) -> int:
    return width - CASES - RATE * len(SHOWN)
