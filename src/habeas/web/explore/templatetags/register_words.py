"""Filters that turn stored words into words of the page's language."""

from __future__ import annotations

from django import template

from habeas.reports.registers.words import label_of
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.words import kind_name, role_name
from habeas.web.base.actors import OrganisationKind, Role
from habeas.web.explore import words

register = template.Library()
register.filter("step_word", words.step_word)
register.filter("standing_word", words.standing_word)
register.filter("stage_word", words.stage_word)
register.filter("ground_word", words.ground_word)
register.filter("verdict_word", words.verdict_word)
register.filter("verdict_meaning", words.verdict_meaning)
register.filter("finding_word", words.finding_word)
register.filter("place_name", words.place_name)


@register.filter
def kind_word(kind: str) -> str:
    """What an organisation is."""
    return kind_name(OrganisationKind(kind))


@register.filter
def role_word(role: str) -> str:
    """What somebody does."""
    return role_name(Role(role))


@register.filter
def option_of(word: str, field: str) -> str:
    """The label of an option of one of the register's fields, in English."""
    return label_of(field_set().field(field).options, word)


@register.filter
def verdict_kind(verdict: str) -> str:
    """The kind of tag for an audit's verdict."""
    return words.VERDICT_KINDS.get(verdict, "info")


@register.filter
def finding_kind(finding: str) -> str:
    """The kind of tag for a book's finding."""
    return words.FINDING_KINDS.get(finding, "info")


@register.filter
def gate_kind(state: str) -> str:
    """The kind of tag for a gate."""
    return words.GATE_KINDS.get(state, "info")
