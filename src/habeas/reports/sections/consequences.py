"""What it came to for people: the balance sheet per 1,000, and what those who decided did with the advice."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.audit.result import AuditResult, Balance, Oversight
from habeas.reports.charts import balance
from habeas.reports.charts.svg import Drawing
from habeas.reports.sections.blocks import Block, Heading, Row, Section, Table, Text, Value, number_columns
from habeas.reports.sections.layout import (
    attributes_words,
    by_attributes,
    cut_words,
    decimals,
    figures,
    people_of_thousand,
    per_thousand,
    share,
    signed,
    times,
)


def balances(result: AuditResult) -> Section | None:
    """The balance sheet of each group; None without known outcomes."""
    if not result.balance:
        return None
    blocks: list[Block] = [Text(words=ABOUT_BALANCE), Text(words=PATTERNS, role="note")]
    for index, (attributes, pieces) in enumerate(by_attributes(result.balance)):
        drawn = [(one.group.label, _bar(one)) for one in pieces]
        blocks += [Heading(id=f"balance-{index}", words=attributes_words(attributes)), figures(f"sheet-{index}", drawn)]
        blocks += [_table(attributes, pieces), *_net_benefits(attributes, pieces)]
    return Section(id="balance", title="The balance per 1,000 people", blocks=tuple(blocks))


ABOUT_BALANCE = (
    "Of 1,000 people of each group whose outcome is known: how many were rightly and how many wrongly flagged, how many the line missed, "
    "and how many were rightly left alone. The last two columns are rates of exchange: flagging does better than flagging no one only if "
    "one person wrongly flagged is held to weigh less than so many people missed; and better than flagging everyone only if it weighs more."
)
PATTERNS = "From the left: solid, rightly flagged; upright stripes, wrongly flagged; dots, missed; empty, rightly left alone."


def oversight(result: AuditResult) -> Section | None:
    """What people did with the advice; None where only advice or only decisions are known."""
    if not result.oversight:
        return None
    blocks: list[Block] = [Text(words=ABOUT_OVERSIGHT)]
    blocks += [_oversight_table(attributes, pieces) for attributes, pieces in by_attributes(result.oversight)]
    return Section(id="oversight", title="What people did with the advice", blocks=(*blocks, *_compared(result)))


ABOUT_OVERSIGHT = (
    "Agreement: decisions that followed the advice. Harsher: decided against people whom the advice had cleared. Milder: decided in "
    "favour of people whom it had flagged. What came of overridden advice shows only where an outcome could be seen."
)
RATES = {"agreement": "agreement", "harsher": "harsher than advised", "milder": "milder than advised"}
"""Names of rates, where the field's name isn't already the word."""


def _bar(one: Balance) -> Drawing:
    parts = [part.value for part in (one.rightly_flagged, one.wrongly_flagged, one.missed, one.rightly_cleared)]
    told = [people_of_thousand(part) for part in parts]
    said = f"{told[0]} rightly flagged, {told[1]} wrongly flagged, {told[2]} missed, {told[3]} rightly left alone."
    return balance.draw(parts, title=f"1,000 people, {one.group.label}", description=said)


def _table(attributes: tuple[str, ...], pieces: Sequence[Balance]) -> Table:
    head = (
        "Group",
        "Rightly flagged",
        "Wrongly flagged",
        "Missed",
        "Rightly left alone",
        "Against flagging no one",
        "Against flagging all",
    )
    caption = f"{attributes_words(attributes)}: of 1,000 people, where {cut_words(pieces[0].cut)} counts as flagged"
    return Table(caption=caption, head=head, rows=tuple(_row(one) for one in pieces), numbers=number_columns(head))


def _row(one: Balance) -> Row:
    counts = (one.rightly_flagged, one.wrongly_flagged, one.missed, one.rightly_cleared)
    exchange = (one.break_even_against_none, one.break_even_against_all)
    return Row(head=one.group.label, cells=(*(per_thousand(part) for part in counts), *(times(rate) for rate in exchange)))


def _net_benefits(attributes: tuple[str, ...], pieces: Sequence[Balance]) -> list[Block]:
    rates = sorted({benefit.exchange_rate for one in pieces for benefit in one.net_benefit})
    if not rates:
        return []
    head = ("Group", *(f"{rate:.3g}" for rate in rates))
    caption = f"{attributes_words(attributes)}: net benefit per person, by how many people missed one wrongful flag is held to weigh"
    return [Table(caption=caption, head=head, rows=tuple(_net_row(one, rates) for one in pieces), numbers=number_columns(head))]


def _net_row(one: Balance, rates: Sequence[float]) -> Row:
    found = {benefit.exchange_rate: benefit.value for benefit in one.net_benefit}
    return Row(head=one.group.label, cells=tuple(decimals(found.get(rate)) for rate in rates))


def _oversight_table(attributes: tuple[str, ...], pieces: Sequence[Oversight]) -> Table:
    head = ("Group", "Agreement", "Harsher", "Milder", "Outcome after milder", "Outcome after harsher")
    rows = tuple(Row(head=one.group.label, cells=_oversight_cells(one)) for one in pieces)
    return Table(caption=f"{attributes_words(attributes)}: what became of the advice", head=head, rows=rows, numbers=number_columns(head))


def _oversight_cells(one: Oversight) -> tuple[Value, ...]:
    found = (one.agreement, one.harsher, one.milder, one.outcome_after_milder, one.outcome_after_harsher)
    return tuple(share(rate) for rate in found)


def _compared(result: AuditResult) -> list[Block]:
    if not result.oversight_comparisons:
        return []
    head = ("Group", "Against", "Rate", "Difference in points")
    rows = tuple(
        Row(head=one.group.label, cells=(one.reference.label, RATES.get(one.rate, one.rate.replace("_", " ")), signed(one.difference)))
        for one in result.oversight_comparisons
    )
    return [Table(caption="Differences in what became of the advice", head=head, rows=rows, numbers=number_columns(head, words=3))]
