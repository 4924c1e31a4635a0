"""What nobody asked in advance: exploratory comparisons, and intersections worth a next look."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from habeas.audit.cuts import Cut
from habeas.audit.metrics import Metric
from habeas.audit.result import AuditResult, Comparison, Screened
from habeas.audit.result import Verdict as Answer
from habeas.reports import words
from habeas.reports.language import meanings, numbers
from habeas.reports.sections.blocks import Block, Details, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import capitalised, cut_words, share, signed, times

MOST_ROWS = 25


def exploratory(result: AuditResult) -> Section | None:
    """Comparisons that were not declared in advance, those shown different first; None without any."""
    if not result.exploratory:
        return None
    listed = [one for one in result.exploratory if one.metric is not Metric.TRUE_POSITIVE_RATE]
    different = [one for one in listed if one.verdict is Answer.SHOWN_DIFFERENT]
    others = [one for one in listed if one.verdict is not Answer.SHOWN_DIFFERENT]
    blocks: list[Block] = [Text(words=ABOUT_EXPLORATORY), Text(words=_tally(result))]
    if different:
        blocks.append(_table("Exploratory comparisons shown different, largest difference first", different))
    if others:
        inner = _table("Exploratory comparisons not shown different, largest difference first", others)
        blocks.append(Details(summary="Those not shown different", blocks=(inner,)))
    return Section(id="exploratory", title="Exploratory comparisons", blocks=tuple(blocks), new_page=True)


ABOUT_EXPLORATORY = (
    "These comparisons were not declared in advance and do not decide the verdict. Their p-values are adjusted after Benjamini and "
    "Hochberg: of those shown different, a small share may be false. Test what matters again, on new data, declared in advance."
)


def screening(result: AuditResult) -> Section | None:
    """Rates of intersections, shrunk towards the rest; None where the plan goes no deeper than single attributes."""
    if not result.screening:
        return None
    ranked = sorted(result.screening, key=_distances(result.screening).__getitem__, reverse=True)[:MOST_ROWS]
    head = ("Group", "Rate", "Flagged from", "As counted", "Drawn towards the rest", "People")
    table = Table(
        caption="Screening of intersections, furthest from the middle group first",
        head=head,
        rows=tuple(_screened_row(one) for one in ranked),
        numbers=number_columns(head, words=3),
    )
    left = len(result.screening) - len(ranked)
    more = (Text(words=f"{numbers.count(left)} more rows are in report.json.", role="note"),) if left else ()
    return Section(id="screening", title="Screening of intersections", blocks=(Text(words=ABOUT_SCREENING), table, *more))


ABOUT_SCREENING = (
    "Screening says where to look next and is never a finding. Small groups swing by chance, so each rate is also given drawn towards the "
    "rest, the more so the fewer people it rests on (empirical Bayes). A group that still stands apart deserves an audit of its own; one "
    "that does not is not thereby cleared."
)


def _tally(result: AuditResult) -> str:
    total = len(result.exploratory)
    different = sum(one.verdict is Answer.SHOWN_DIFFERENT for one in result.exploratory)
    kept = f" The tables hold up to {MOST_ROWS} each, without the true positive rate, which is one minus the false negative rate."
    return f"{numbers.count(total)} comparisons were made; {numbers.count(different)} were shown different.{kept} All are in report.json."


def _table(caption: str, compared: list[Comparison]) -> Table:
    ranked = sorted(compared, key=_size, reverse=True)[:MOST_ROWS]
    with_verdict = len({one.verdict for one in ranked}) > 1
    names = ("Groups", "Rate", "Flagged from", *(("Verdict",) if with_verdict else ()))
    head = (*names, "Group’s rate", "Reference’s rate", "Difference in points", "Ratio", "Adjusted p")
    rows = tuple(_row(one, with_verdict=with_verdict) for one in ranked)
    return Table(caption=caption, head=head, rows=rows, numbers=number_columns(head, words=len(names)))


def _row(one: Comparison, *, with_verdict: bool) -> Row:
    p = "–" if one.p_adjusted is None else numbers.probability(one.p_adjusted)
    ratio: str | Value = "–" if one.ratio is None else times(one.ratio)
    names = (capitalised(meanings.METRICS[one.metric]), cut_words(one.cut), *((words.verdict_words(one.verdict),) if with_verdict else ()))
    cells = (*names, share(one.group_rate), share(one.reference_rate), signed(one.difference), ratio, p)
    return Row(head=f"{one.group.label} against {one.reference.label}", cells=cells)


def _screened_row(one: Screened) -> Row:
    name = capitalised(meanings.METRICS[one.metric])
    return Row(head=one.group.label, cells=(name, cut_words(one.cut), share(one.raw), share(one.shrunk), numbers.count(one.raw.n)))


def _size(one: Comparison) -> float:
    return 0.0 if one.difference is None else abs(one.difference.value)


def _distances(screened: Sequence[Screened]) -> dict[Screened, float]:
    """How far each rate, drawn towards the rest, lies from the middle one of its kind."""
    kinds: dict[tuple[Metric, Cut], list[float]] = {}
    for one in screened:
        kinds.setdefault((one.metric, one.cut), []).append(one.shrunk.value)
    return {one: abs(one.shrunk.value - median(kinds[one.metric, one.cut])) for one in screened}
