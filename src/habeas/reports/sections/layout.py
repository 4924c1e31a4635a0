"""Arranging an audit's pieces for a reader: which groups belong together, which is their reference, how a cut is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol, TypeVar

from habeas.audit.cuts import Cut, CutKind
from habeas.audit.estimates import Estimate
from habeas.audit.metrics import Metric
from habeas.audit.plan import Plan
from habeas.audit.result import AuditResult, GroupRates
from habeas.reports.charts.axes import thinned
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Figure, Figures, Value
from habeas.terms.group import EVERYONE, Group


class OfAGroup(Protocol):
    """Anything that a result says of one group."""

    @property
    def group(self) -> Group:
        """The group."""
        ...


Piece = TypeVar("Piece", bound=OfAGroup)
NO_CASES = "no cases"
DASHED = "The solid line is the group, the dashed one the group it is compared with"
MOST_THRESHOLDS = 20
MOST_DRAWN = 24
"""Groups that get a picture; those after them are in the tables."""
MOST_TABLED = 100
"""Groups of an attribute that get a row; report.json has all."""


def by_attributes(pieces: Iterable[Piece]) -> list[tuple[tuple[str, ...], list[Piece]]]:
    """Pieces of groups that are told apart by the same attributes, fewest attributes first, else in the order given.

    Everyone stands before the first of them; groups beyond the first `MOST_TABLED` are left out.
    """
    together: dict[tuple[str, ...], list[Piece]] = {}
    for piece in pieces:
        together.setdefault(piece.group.attributes, []).append(piece)
    everyone = together.pop((), [])
    found = sorted(together.items(), key=lambda item: len(item[0])) or [((), [])]
    return [(attributes, [*(everyone if i == 0 else []), *_first_groups(of_groups)]) for i, (attributes, of_groups) in enumerate(found)]


def _first_groups(pieces: Sequence[Piece]) -> list[Piece]:
    shown = set(list(dict.fromkeys(piece.group for piece in pieces))[:MOST_TABLED])
    return [piece for piece in pieces if piece.group in shown]


def attributes_words(attributes: Sequence[str]) -> str:
    """Attributes as a heading: `By race`, `By race and sex together`, `Everyone`."""
    if not attributes:
        return "Everyone"
    return f"By {attributes[0]}" if len(attributes) == 1 else f"By {' and '.join(attributes)} together"


def reference_of(result: AuditResult, attributes: tuple[str, ...]) -> Group | None:
    """The group that others of these attributes are compared with; None where nothing is compared."""
    compared = (*result.findings, *result.exploratory)
    return next((comparison.reference for comparison in compared if comparison.group.attributes == attributes), None)


def cut_words(cut: Cut) -> str:
    """What counts as flagged: `a score of 5 or more`, `the recommendation`, `the decision taken`."""
    if cut.kind is CutKind.SCORE and cut.threshold is not None:
        return f"a score of {cut.threshold:g} or more"
    return "the recommendation" if cut.kind is CutKind.RECOMMENDATION else "the decision taken"


def capitalised(words: str) -> str:
    """Words with a capital first letter and nothing else changed."""
    return words[:1].upper() + words[1:]


def share(estimate: Estimate | None) -> Value:
    """A share with its interval and what it is a share of."""
    if estimate is None:
        return Value(words=NO_CASES)
    interval = numbers.percent_interval(estimate.low, estimate.high)
    return Value(words=numbers.percent(estimate.value), interval=interval, count=f"of {numbers.count(estimate.n)}")


def signed(estimate: Estimate | None) -> Value:
    """A difference of shares in percentage points with its interval and how many cases it was found among."""
    if estimate is None:
        return Value(words=NO_CASES)
    interval = numbers.signed_interval(estimate.low, estimate.high)
    return Value(words=numbers.signed_points(estimate.value), interval=interval, count=_among(estimate))


def times(estimate: Estimate | None) -> Value:
    """A ratio or a rate of exchange with its interval and how many cases it was found among."""
    if estimate is None:
        return Value(words=NO_CASES)
    return Value(words=numbers.times(estimate.value), interval=numbers.times_interval(estimate), count=_among(estimate))


def decimals(estimate: Estimate | None) -> Value:
    """A plain number to three decimals with its interval and how many cases it was found among."""
    if estimate is None:
        return Value(words=NO_CASES)
    return Value(words=f"{estimate.value:.3f}", interval=f"{estimate.low:.3f} to {estimate.high:.3f}", count=_among(estimate))


def per_thousand(estimate: Estimate) -> Value:
    """People per 1,000 with the interval and how many they were counted among; small numbers keep a decimal, not to read as none."""
    interval = f"{_few(estimate.low)} to {_few(estimate.high)}"
    return Value(words=people_of_thousand(estimate.value), interval=interval, count=_among(estimate))


def people_of_thousand(number: float) -> str:
    """A number of people out of 1,000: `178`, `3.4`, `0`."""
    return _few(number)


def metric_words(metric: Metric, plan: Plan, cut: Cut) -> str:
    """What a metric is, in the plan's words: `Of those who ..., the share who were ...`."""
    return f"{capitalised(meanings.explain(metric, cut=cut, plan=plan).split(': ', maxsplit=1)[1])}."


def figures(prefix: str, drawn: Iterable[tuple[str, Drawing]], *, layout: str = "charts") -> Figures:
    """Captioned drawings with ids that no label can touch; `prefix` is unique on the page."""
    first = enumerate(islice(drawn, MOST_DRAWN), start=1)
    numbered = (Figure(id=f"{prefix}-{i}", caption=caption, drawing=drawing) for i, (caption, drawing) in first)
    return Figures(figures=tuple(numbered), layout=layout)


def withheld_words(plan: Plan) -> str:
    """Why a row has no numbers."""
    least = plan.publication.minimum_cell
    return f"withheld: a count is below {least}, or would let one be worked out"


def estimate_of(rates: GroupRates, metric: Metric) -> Estimate | None:
    """A group's rate; None where it is withheld or has no such cases."""
    return next((rate.estimate for rate in rates.rates if rate.metric is metric), None)


def compared_with(one: Piece, pieces: Sequence[Piece], reference: Group | None) -> Piece | None:
    """What is said of the reference group, to draw beside `one`; None for the reference itself and for everyone."""
    if reference is None or one.group in (reference, EVERYONE):
        return None
    return next((piece for piece in pieces if piece.group == reference), None)


def _among(estimate: Estimate) -> str:
    return f"among {numbers.count(estimate.n)}"


def _few(number: float) -> str:
    few = 10
    return f"{number:,.0f}" if number == 0 or abs(number) >= few else f"{number:#.2g}".removesuffix(".")


def tabled(found: set[float], *, keep: tuple[float, ...] = ()) -> tuple[float, ...]:
    """About twenty thresholds at most: a longer table is for machines, and is in report.json."""
    return thinned(tuple(sorted(found)), at_most=MOST_THRESHOLDS, keep=keep)
