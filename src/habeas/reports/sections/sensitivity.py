"""The findings under doubt: like with like, missing labels, unknown outcomes, and outcomes recorded unevenly."""

from __future__ import annotations

from habeas.audit.result import AuditResult, LabelBias, Stratified, UnrecordedBounds
from habeas.reports.charts import axes, label_bias
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Block, Heading, Row, Section, Table, Text, number_columns
from habeas.reports.sections.layout import capitalised, cut_words, figures, share, signed, times, withheld_words


def stratified(result: AuditResult) -> Section | None:
    """Comparisons within strata; None where the plan names none."""
    if not result.stratified:
        return None
    head = ("Groups", "Rate", "Flagged from", "Strata used", "Odds ratio", "Difference in points", "No difference", "Same in all strata")
    rows = tuple(_stratified_row(result, one) for one in result.stratified)
    caption = f"Within {' and '.join(result.stratified[0].strata)}: each group against its reference"
    table = Table(caption=caption, head=head, rows=rows, numbers=number_columns(head, words=3))
    return Section(id="strata", title="Like with like", blocks=(Text(words=ABOUT_STRATA), table))


ABOUT_STRATA = (
    "People are compared only with people of the same kind, and the comparisons are then pooled. A difference that remains is not "
    "explained by how the kinds are mixed; one that vanishes may be. Strata that were themselves shaped by unequal treatment hide it. "
    "A small p under “same in all strata” says that the difference is not the same everywhere, so that one pooled number misleads."
)


def _stratified_row(result: AuditResult, one: Stratified) -> Row:
    names = (meanings.METRICS[one.metric], cut_words(one.cut))
    if one.withheld:
        return Row(head=_pair(one), cells=names, withheld=withheld_words(result.plan))
    nothing = one.odds_ratio is None and one.difference is None  # then a p-value alone would say nothing
    tests = ("–", "–") if nothing else (_probability(one.p_value), _probability(one.p_same_in_all_strata))
    return Row(head=_pair(one), cells=(*names, numbers.count(one.strata_used), times(one.odds_ratio), signed(one.difference), *tests))


def doubts(result: AuditResult) -> Section | None:
    """What missing labels, unknown outcomes and uneven recording could change; None where nothing was in doubt."""
    blocks = [*_unrecorded(result), *_unknown(result), *_label_bias(result)]
    return Section(id="doubts", title="What could change these findings", blocks=tuple(blocks)) if blocks else None


def _unrecorded(result: AuditResult) -> list[Block]:
    if not result.unrecorded:
        return []
    head = ("Groups", "Rate", "Label missing for", "Difference at least", "Difference at most", "Sign is lost from")
    rows = tuple(
        Row(
            head=_pair(one),
            cells=(
                meanings.METRICS[one.metric],
                share(one.share),
                numbers.signed_points(one.low),
                numbers.signed_points(one.high),
                _breakdown(one),
            ),
        )
        for one in result.unrecorded
    )
    caption = "Differences in percentage points, whatever the missing labels were"
    table = Table(caption=caption, head=head, rows=rows, numbers=number_columns(head, words=2))
    return [Heading(id="unrecorded", words="If labels are missing"), Text(words=ABOUT_UNRECORDED), table]


ABOUT_UNRECORDED = (
    "Some rows do not say which group a person belongs to. The table gives the smallest and the largest difference that the missing "
    "labels allow, and the share of missing labels from which even the direction of the difference could not be known. These are answers "
    "to what if, from the people counted: chance is not in them, and comes on top."
)


def _breakdown(one: UnrecordedBounds) -> str:
    return "no share" if one.breakdown_share is None else numbers.percent(one.breakdown_share)


def _unknown(result: AuditResult) -> list[Block]:
    if not result.unknown_outcomes:
        return []
    head = ("Group", "Rate", "Flagged from", "Outcome unknown for", "Rate at least", "Rate at most")
    rows = tuple(
        Row(
            head=one.group.label,
            cells=(
                meanings.METRICS[one.metric],
                cut_words(one.cut),
                share(one.unknown),
                numbers.percent(one.low),
                numbers.percent(one.high),
            ),
        )
        for one in result.unknown_outcomes
    )
    table = Table(caption="Rates whatever the unknown outcomes were", head=head, rows=rows, numbers=number_columns(head, words=3))
    return [Heading(id="unknown", words="If outcomes are unknown"), Text(words=ABOUT_UNKNOWN), table]


ABOUT_UNKNOWN = (
    "For some people it is not known what happened. The table gives each rate if it happened to none of them, and to all; chance "
    "is not in these bounds, and comes on top."
)


def _label_bias(result: AuditResult) -> list[Block]:
    if not result.label_bias:
        return []
    drawn = [(_title(one), _curve(one)) for one in result.label_bias]
    shares = sorted({point.hidden_share for one in result.label_bias for point in one.points})
    head = ("Groups", "Rate", "Vanishes at", *(f"{axes.percent(hidden)} hidden" for hidden in shares))
    rows = tuple(_label_bias_row(one, shares) for one in result.label_bias)
    caption = (
        "Difference in percentage points, by the share of the reference group's people without a recorded outcome who had it all the same"
    )
    table = Table(caption=caption, head=head, rows=rows, numbers=number_columns(head, words=2))
    return [Heading(id="labels", words="If outcomes were recorded unevenly"), Text(words=ABOUT_LABELS), figures("hidden", drawn), table]


ABOUT_LABELS = (
    "An arrest is not an offence: some people did what was never recorded. If that happened more often in the reference group, some of "
    "its people without a recorded outcome had it all the same. Each curve shows what the difference would then have been, by the share of "
    "those people; the tipping point is the share at which it vanishes. Hidden outcomes are taken to lie where recorded ones do, and only "
    "those of the reference group are tried: hidden outcomes of the other group can move the difference the other way. Each is an answer "
    "to what if, from the people counted: chance is not in it, and comes on top."
)


def _curve(one: LabelBias) -> Drawing:
    told = "No share up to a half does away with the difference." if one.tipping_point is None else f"It vanishes at {_tipping(one)}."
    return label_bias.draw(one, title=f"Difference by hidden share: {_title(one)}", description=f"{told} The numbers are in the table.")


def _label_bias_row(one: LabelBias, shares: list[float]) -> Row:
    found = {point.hidden_share: numbers.signed_points(point.difference) for point in one.points}
    return Row(head=_pair(one), cells=(meanings.METRICS[one.metric], _tipping(one), *(found.get(hidden, "–") for hidden in shares)))


def _tipping(one: LabelBias) -> str:
    return "no share" if one.tipping_point is None else numbers.percent(one.tipping_point)


def _title(one: LabelBias) -> str:
    return f"{capitalised(meanings.METRICS[one.metric])}, {_pair(one)}"


def _pair(one: Stratified | UnrecordedBounds | LabelBias) -> str:
    return f"{one.group.label} against {one.reference.label}"


def _probability(p: float | None) -> str:
    return "–" if p is None else numbers.probability(p)
