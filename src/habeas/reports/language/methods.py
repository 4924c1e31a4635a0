"""What the `method` of an estimate means: how its interval came about, in plain words, and whose method it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from habeas.audit.estimates import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A phrase that methods are named with, what it means, and its source."""

    phrase: str
    meaning: str
    source: str


METHODS: tuple[Method, ...] = (
    Method(
        phrase="Wilson score",
        meaning="the interval holds every rate that the counts would not refute; it never leaves 0 to 100%, however few the cases",
        source="Wilson 1927",
    ),
    Method(
        phrase="Miettinen-Nurminen score",
        meaning="the interval holds every difference (or ratio) of two rates that the counts would not refute",
        source="Miettinen and Nurminen 1985",
    ),
    Method(
        phrase="delete-a-group jackknife",
        meaning="one person's rows count together: everything is computed again without each of 128 groups of people, and the spread "
        "of the answers tells how many independent cases the rows are worth",
        source="Kott 2001",
    ),
    Method(
        phrase="widened for recurring people",
        meaning="the interval is wider by as much as one person's rows, counted together, widen it",
        source="Kish 1965; Kott 2001",
    ),
    Method(
        phrase="design effect interpolated",
        meaning="between the declared thresholds, what repeated people cost is read off between the values at those thresholds",
        source="Kish 1965",
    ),
    Method(
        phrase="linearised variance",
        meaning="the spread of a mean or of a ratio of sums, from how far each case lies from it",
        source="Särndal, Swensson and Wretman 1992, chapter 5",
    ),
    Method(
        phrase="odds of",
        meaning="the limits of a share, as odds: what stands for the share p becomes p / (1 - p)",
        source="a monotone change of scale keeps an interval's coverage",
    ),
    Method(
        phrase="DeLong on the logit scale",
        meaning="how far the AUC would vary if other people had been scored; the interval is made on a scale that never leaves 0 to 1",
        source="DeLong, DeLong and Clarke-Pearson 1988",
    ),
    Method(
        phrase="on independent pairs",
        meaning="where the spread of the AUC can't be seen, it is taken for a rate over pairs without a person in common",
        source="Wilson 1927",
    ),
    Method(
        phrase="square-and-add",
        meaning="the interval of a difference, from the distances of both estimates to their own limits",
        source="Zou and Donner 2008",
    ),
    Method(
        phrase="Mantel-Haenszel odds ratio",
        meaning="odds compared within each stratum, like with like, and pooled",
        source="Mantel and Haenszel 1959; variance of Robins, Breslow and Greenland 1986",
    ),
    Method(
        phrase="Mantel-Haenszel risk difference",
        meaning="rates compared within each stratum, like with like, and pooled",
        source="Mantel and Haenszel 1959; variance of Sato 1989",
    ),
    Method(
        phrase="logistic recalibration",
        meaning="the outcome's log odds as a straight line of the score's; the interval allows for the line being only roughly right",
        source="Cox 1958",
    ),
    Method(
        phrase="empirical Bayes, beta-binomial",
        meaning="a small group's rate drawn towards that of the others, the more the fewer its cases: for looking, not for finding",
        source="Carlin and Louis 2000",
    ),
)


def explain_method(method: str) -> tuple[Method, ...]:
    """The methods that an estimate's `method` names, in their order there; none for words that aren't known."""
    found = [(method.find(known.phrase), known) for known in METHODS if known.phrase in method]
    return tuple(known for _, known in sorted(found, key=lambda pair: pair[0]))


def methods_used(part: Any) -> tuple[Method, ...]:
    """The methods that any estimate in a result, or in a part of one, was computed by, in the order of `METHODS`."""
    named = {known for words in set(_words_of(part)) for known in explain_method(words)}
    return tuple(known for known in METHODS if known in named)


def _words_of(part: Any) -> Iterator[str]:
    if isinstance(part, Estimate):
        yield part.method
    elif isinstance(part, tuple):
        for item in part:
            yield from _words_of(item)
    elif dataclasses.is_dataclass(part):
        for field in dataclasses.fields(part):
            yield from _words_of(getattr(part, field.name))
