"""Sections about people: the rates of each group, the balance sheet, and what people did with the advice."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.audit.cuts import Cut
from habeas.audit.measures.balance import balance
from habeas.audit.measures.oversight import compare_oversight, oversee
from habeas.audit.measures.rates import group_rates
from habeas.audit.result import Balance, GroupRates, Oversight, OversightComparison
from habeas.audit.sections.workings import Workings
from habeas.terms.group import Group


def rates(work: Workings) -> Iterator[GroupRates]:
    """Every group at every cut; withheld groups keep at most their size."""
    return (_rates(work, group, cut) for group in work.by_policy for cut in work.cuts)


def balances(work: Workings) -> Iterator[Balance]:
    """What the cut in use does to 1,000 people of each group."""
    cut = work.cuts[0]
    for group in work.single():
        found = balance(work.shown[group], cut, precision=work.precision) if work.published(group, cut) else None
        if found is not None:
            yield found


def oversight(work: Workings) -> Iterator[Oversight]:
    """Agreement and overrides, where both an advice and a decision are known."""
    if work.advice is None:
        return
    for group in work.single():
        if work.oversight_published(group):
            yield oversee(work.shown[group], work.advice, precision=work.precision)


def oversight_comparisons(work: Workings) -> Iterator[OversightComparison]:
    """The same against each reference group."""
    if work.advice is None:
        return
    for group in work.single():
        reference = work.reference_of(group)
        if work.compared(group) and work.oversight_published(group) and work.oversight_published(reference):
            yield from compare_oversight(work.shown[group], work.shown[reference], work.advice, precision=work.precision)


def _rates(work: Workings, group: Group, cut: Cut) -> GroupRates:
    if work.published(group, cut):
        return group_rates(work.shown[group], cut, rates=work.published_rates[group, cut], confidence=work.plan.confidence)
    size = None if group in work.publication.sizes_withheld else round(float(work.shown[group].n.sum()))
    return GroupRates(group=group, cut=cut, rows=size, withheld=True)
