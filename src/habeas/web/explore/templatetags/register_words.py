"""Filters that turn stored words into words of the page's language."""

from __future__ import annotations

from django import template

from habeas.audit.result import Verdict
from habeas.procedures.publication import Standing, Step
from habeas.procedures.withholding import Ground
from habeas.reports.registers.words import label_of
from habeas.runs.registers.fields import field_set
from habeas.web.accounts.words import kind_name, role_name
from habeas.web.audits.words import KINDS, MEANINGS, VERDICTS
from habeas.web.base.actors import OrganisationKind, Role
from habeas.web.base.templatetags.languages import translated
from habeas.web.explore import words
from habeas.web.register.words import ground_name, stage_name, standing_name, step_name

register = template.Library()


@register.filter
def step_word(step: str) -> str:
    """What happened to an entry."""
    return step_name(Step(step))


@register.filter
def standing_word(standing: str) -> str:
    """How the entry stands."""
    return standing_name(Standing(standing))


@register.filter
def stage_word(stage: str) -> str:
    """Where a version is in its life."""
    return stage_name(stage)


@register.filter
def ground_word(ground: str) -> str:
    """Why an answer is withheld."""
    return ground_name(Ground(ground))


@register.filter
def verdict_word(verdict: str) -> str:
    """What an audit found."""
    return str(VERDICTS[Verdict(verdict)])


@register.filter
def verdict_meaning(verdict: str) -> str:
    """What that means for a reader."""
    return str(MEANINGS[Verdict(verdict)])


@register.filter
def place_name(place: str) -> str:
    """A place, by its code."""
    return words.place_name(place)


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
    """The label of an option of one of the register's fields."""
    return translated(label_of(field_set().field(field).options, word))


@register.filter
def verdict_kind(verdict: str) -> str:
    """The kind of tag for an audit's verdict."""
    return KINDS[Verdict(verdict)]


@register.filter
def gate_word(state: str) -> str:
    """Whether a version may be used."""
    return words.gate_word(state)


@register.filter
def gate_kind(state: str) -> str:
    """The kind of tag for a gate."""
    return words.GATE_KINDS.get(state, "info")
