"""The declared comparisons, one by one: what it means in people, how sure it is, what this sample could have shown."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.audit.cuts import cuts
from habeas.audit.estimates import Estimate
from habeas.audit.plan import Tolerance
from habeas.audit.result import AuditResult, Comparison
from habeas.audit.result import Verdict as Answer
from habeas.reports import words
from habeas.reports.charts import icon_array, intervals
from habeas.reports.charts.axes import number_axis
from habeas.reports.charts.svg import Drawing
from habeas.reports.language import meanings, numbers
from habeas.reports.language.people import people
from habeas.reports.sections.blocks import Block, Figures, Finding, Heading, Item, Items, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import MOST_DRAWN, MOST_TABLED, capitalised, figures, metric_words, share, signed, times
from habeas.reports.sections.opening import SIGNS, finding_id, with_cards

Numbered = tuple[int, Comparison]


def section(result: AuditResult) -> Section | None:
    """Every comparison declared in advance, question by question; None where none was."""
    if not result.findings:
        return None
    questions: dict[tuple[str, ...], list[Numbered]] = {}
    for i, finding in enumerate(result.findings):
        questions.setdefault((finding.metric.value, *finding.group.attributes), []).append((i, finding))
    blocks = [block for q, asked in enumerate(questions.values()) for block in _question(result, q, asked)]
    return Section(id="findings", title="The comparisons declared in advance", blocks=tuple(blocks))


def _question(result: AuditResult, number: int, asked: Sequence[Numbered]) -> list[Block]:
    metric, attributes = asked[0][1].metric, asked[0][1].group.attributes
    title = f"{capitalised(meanings.METRICS[metric])} by {' and '.join(attributes)}"
    opening: list[Block] = [
        Heading(id=f"question-{number}", words=title),
        Text(words=metric_words(metric, result.plan, cuts(result.plan)[0])),
    ]
    shown = [finding for _, finding in asked]
    drawn = [_differences(shown, title)] if any(one.difference is not None for one in shown) else []
    plot = [figures(f"differences-{number}", [("Difference from the reference group, in percentage points", d) for d in drawn])]
    cards = [_card(result, i, finding) for i, finding in asked if i in with_cards(result)]
    return [*opening, *(plot if drawn else []), _table(result, shown, title), *cards]


def _differences(asked: Sequence[Comparison], title: str) -> Drawing:
    rows = [_difference_row(one) for one in asked[:MOST_DRAWN]]
    bearable = _bearable(asked[0].tolerance)
    ends = [end for row in rows if row.span is not None for end in row.span] + ([] if bearable is None else [bearable.low, bearable.high])
    said = "; ".join(f"{row.label} {row.note}" for row in rows)
    shaded = "" if bearable is None else " The shaded stretch is the tolerance declared in advance."
    return intervals.draw(
        rows,
        number_axis("lower than the reference | higher", ends, write=_signed, start=0.0),
        title=f"{title}: differences from {asked[0].reference.label}",
        description=f"{said}. The upright line is no difference.{shaded}",
        at=0.0,
        zone=bearable,
    )


def _difference_row(one: Comparison) -> intervals.Row:
    found = one.difference
    label = f"{SIGNS[one.verdict]} {one.group.label}"
    if found is None:
        return intervals.Row(label=label, note="withheld" if one.withheld else "no cases", span=None)
    return intervals.Row(label=label, note=numbers.signed_points(found.value), span=(found.value, found.low, found.high))


def _bearable(tolerance: Tolerance | None) -> intervals.Zone | None:
    if tolerance is None or tolerance.difference is None:
        return None
    return intervals.Zone(low=-tolerance.difference, high=tolerance.difference)


def _signed(value: float) -> str:
    size = f"{100 * value:.3g}"
    return f"+{size}" if value > 0 else size


def _table(result: AuditResult, asked: Sequence[Comparison], title: str) -> Table:
    head = ("Group", "Verdict", "Rate", f"Rate of {asked[0].reference.label}", "Difference in points", "Ratio", "Adjusted p")
    rows = tuple(_table_row(result, one) for one in asked[:MOST_TABLED])
    return Table(caption=f"{title}, against {asked[0].reference.label}", head=head, rows=rows, numbers=number_columns(head, words=2))


def _table_row(result: AuditResult, one: Comparison) -> Row:
    answer = f"{SIGNS[one.verdict]} {words.verdict_words(one.verdict)}"
    if one.withheld:
        return Row(head=one.group.label, cells=(answer,), withheld=words.withheld(result.plan))
    p = "–" if one.p_adjusted is None else numbers.probability(one.p_adjusted)
    ratio: str | Value = "–" if one.ratio is None else times(one.ratio)
    return Row(head=one.group.label, cells=(answer, share(one.group_rate), share(one.reference_rate), signed(one.difference), ratio, p))


def _card(result: AuditResult, index: int, finding: Comparison) -> Finding:
    said = words.finding_words(finding, result.plan)
    effect: tuple[Block, ...] = (Text(words=said.effect, role="effect"), *_arrays(result, index, finding)) if said.effect else ()
    sentences = (said.size, said.tolerance, said.evidence, said.power, said.meaning)
    limits = tuple(Item(words=limit) for limit in said.caveats)
    return Finding(
        id=finding_id(index),
        heading=said.heading,
        sign=SIGNS[finding.verdict],
        verdict=capitalised(said.verdict),
        blocks=(
            *effect,
            *(Text(words=sentence) for sentence in sentences if sentence),
            *((Items(items=limits),) if limits else ()),
        ),
    )


def _arrays(result: AuditResult, index: int, finding: Comparison) -> tuple[Figures, ...]:
    """Two icon arrays of the same crowd as the sentence above them; none where the crowd is too large to draw."""
    if finding.group_rate is None or finding.reference_rate is None:
        return ()
    rates = (finding.group_rate, finding.reference_rate)
    base = numbers.crowd(*(rate.value for rate in rates), apart=finding.verdict is Answer.SHOWN_DIFFERENT)
    if base not in icon_array.GRIDS:
        return ()
    crowds = [people(group) for group in (finding.group, finding.reference)]
    among = meanings.saying(finding.metric, cut=finding.cut, plan=result.plan)
    drawn = [_array(rate, base, crowd, among) for rate, crowd in zip(rates, crowds, strict=True)]
    return (figures(f"array-{index}", drawn, layout="arrays"),)


def _array(rate: Estimate, base: int, crowd: str, said: meanings.Saying) -> tuple[str, Drawing]:
    hits = numbers.of_crowd(rate.value, base)
    told = f"{numbers.count(hits)} of {numbers.count(base)}"
    sentence = f"Of {numbers.count(base)} {crowd}{said.among}, {said.before}{numbers.count(hits)}{said.after}."
    return f"{told} {crowd}", icon_array.draw(hits=hits, of=base, title=f"{told} {crowd}", description=sentence)
