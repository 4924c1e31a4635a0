"""What somebody can do next, and the list of what they work with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Q

from habeas.errors import NotAllowed
from habeas.procedures.publication import MOVES, Acting, Open, Standing, Step, check_resuming, possible
from habeas.web.accounts.permissions import NOT_ONES_OWN, oversees
from habeas.web.base.actors import Actor, Role
from habeas.web.register.models import Edition, System
from habeas.web.register.queries.systems import OPEN_STATES, may, may_read_draft, state_of, systems_for, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A system in a list at the desk."""

    slug: str
    name: str
    organisation: str
    made_up: bool
    standing: Standing
    open: Open


ON_A_PAGE = 50
"""How many systems stand on one page of the list."""


def listed_for(actor: Actor, number: str | None, *, words: str = "") -> tuple[Page[System], tuple[Listed, ...]]:
    """One page of the systems that this actor works with; what is open in those whose drafts they may not read isn't told.

    `words`: only systems in whose address, in whose organisation's name, or in whose own name as it is listed, these stand.
    """
    page = Paginator(systems_for(actor).filter(_with(actor, words) if words else Q()), ON_A_PAGE).get_page(number)
    rows = Edition.objects.filter(system__in=[one.pk for one in page.object_list], state__in=(*OPEN_STATES, "published"))
    found: dict[int, dict[str, Edition]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.system_id, {})["published" if row.state == "published" else "open"] = row
    return page, tuple(_listed(one, found.get(one.pk, {}), reads=may_read_draft(actor, one)) for one in page.object_list)


def _with(actor: Actor, words: str) -> Q:
    """What has these words: in a draft's name only for whoever reads the draft, so that nobody finds out what it says by searching."""
    named = Edition.objects.filter(content__name__icontains=words)
    drafts = named.filter(within(actor, "read_drafts", "system__organisation"), state__in=OPEN_STATES)
    in_name = Q(pk__in=named.filter(state="published").values("system")) | Q(pk__in=drafts.values("system"))
    return Q(slug__icontains=words) | Q(organisation__name__icontains=words) | in_name


def _listed(system: System, editions: Mapping[str, Edition], *, reads: bool) -> Listed:
    draft = editions.get("open") if reads else None
    shown = draft or editions.get("published")
    return Listed(
        slug=system.slug,
        name=str(shown.content.get("name", system.slug)) if shown else system.slug,
        organisation=system.organisation.name,
        made_up=system.organisation.made_up,
        standing=Standing(system.standing),
        open=Open(draft.state) if draft else Open.NOTHING,
    )


def steps_for(actor: Actor, system: System) -> tuple[Step, ...]:
    """The steps that this actor could take now: what the state allows and they are permitted.

    Never the approval of their own work; nobody but oversight resumes what oversight suspended, and who works here doesn't oversee.
    """
    barred: set[Step] = set()
    if _wrote(actor, system):
        barred |= {Step.PUBLISHED, Step.CHANGED}
    acting = _acting(actor, system)
    if acting is None:
        barred |= {Step.SUSPENDED, Step.RESUMED}
    if suspension(system) is Acting.OVERSIGHT and acting is not Acting.OVERSIGHT:
        barred.add(Step.RESUMED)
    return tuple(one for one in possible(state_of(system)) if may(actor, MOVES[one].permission, system) and one not in barred)


def may_take_back(actor: Actor, system: System) -> bool:
    """Whether the actor sent to review what is there, and so may take it back."""
    sent = system.editions.filter(state="review", submitted_by=actor.user).exists()
    return sent and may(actor, MOVES[Step.SUBMITTED].permission, system)


def acting_as(actor: Actor, taken: Step, system: System) -> Acting:
    """As what the actor suspends, resumes or retires the system; that they may at all is asked before.

    Raises:
        NotAllowed: they work for the organisation that they would oversee, or would lift what oversight imposed.
    """
    acting = _acting(actor, system)
    if acting is None:
        raise NotAllowed(NOT_ONES_OWN)
    if taken is Step.RESUMED:
        check_resuming(suspension(system) or Acting.APPROVER, resuming_as=acting)
    return acting


def _acting(actor: Actor, system: System) -> Acting | None:
    """An approver acts for the organisation, whatever they are elsewhere; nobody else of it oversees it either."""
    if actor.has(Role.APPROVER, organisation=system.organisation_id):
        return Acting.APPROVER
    return Acting.OVERSIGHT if oversees(actor, system.organisation_id) else None


def suspension(system: System) -> Acting | None:
    """As what somebody suspended the system, if nobody resumed it since; a system can be retired while it is suspended."""
    if system.standing not in (Standing.SUSPENDED.value, Standing.RETIRED.value):
        return None
    turns = system.changes.filter(kind__in=(Step.SUSPENDED.value, Step.RESUMED.value))
    last = turns.select_related("log").order_by("-id").first()
    return Acting(json.loads(last.log.document)["as"]) if last and last.kind == Step.SUSPENDED.value else None


def _wrote(actor: Actor, system: System) -> bool:
    """Whether the actor wrote or submitted what is in review."""
    reviewed = system.editions.filter(state="review")
    return reviewed.filter(Q(submitted_by=actor.user) | Q(writings__user=actor.user)).exists()
