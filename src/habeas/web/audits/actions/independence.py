"""Whether what an audit finds counts as said by somebody who stands apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from itertools import groupby
from operator import attrgetter, or_

from django.db.models import Q
from django.utils.text import slugify

from habeas.web.accounts.models import Membership, Organisation, RoleChange
from habeas.web.accounts.queries import independent as organisations_apart
from habeas.web.audits.models import Audit
from habeas.web.register.models import Edition, System

Span = tuple[date, date | None]
"""The first day of a role and the first without it; None: it goes on."""

ONE_ROLE = ("organisation_id", "user_id", "role")
FEBRUARY_29 = (2, 29)


def is_independent(audit: Audit, *, paid_by: str, relation: str, declared: bool, publisher: int, on: date) -> bool:
    """Another organisation, no tie to owner or supplier, not paid by the supplier, declared so in the plan, and nobody on both sides.

    On both sides is who brought or published it and held any role at the owner's or the supplier's, on whatever day from a year before it
    was brought to `on`. That the owner pays is usual and told; who sells the system may not pay for its test.
    """
    concerned = [audit.system.organisation, *_suppliers(audit.system)]
    apart = all(organisations_apart(audit.organisation, one) for one in concerned)
    told_apart = declared and relation == "none" and paid_by != "supplier"
    since = _a_year_before(audit.made_at.date())
    return apart and told_apart and not _held_a_role({audit.made_by_id, publisher}, concerned, since=since, on=on)


def _suppliers(system: System) -> list[Organisation]:
    """Those of the organisations here whose names any edition of its entry gives as a supplier's.

    A name can be changed, so that of the address, which can't, counts too.
    """
    answers = Edition.objects.filter(system=system).values_list("content__suppliers", flat=True)
    names = {str(row.get("name", "")).strip() for rows in answers for row in rows or ()} - {""}
    named = reduce(or_, (Q(name__iexact=name) | Q(slug=slugify(name)) for name in names), Q(pk__in=()))
    return list(Organisation.objects.filter(named))


def _held_a_role(people: set[int], organisations: list[Organisation], *, since: date, on: date) -> bool:
    where = {"user__in": people, "organisation__in": organisations}
    held: list[Span] = list(Membership.objects.filter(**where).values_list("since", "until"))
    # a role given again begins anew in its row; the record of changes knows the time before
    for _, changes in groupby(RoleChange.objects.filter(**where).order_by(*ONE_ROLE, "pk"), key=attrgetter(*ONE_ROLE)):
        held += _spans(changes)
    return any(first <= on and (end is None or end > max(first, since)) for first, end in held)


def _spans(changes: Iterable[RoleChange]) -> Iterator[Span]:
    """From when until when one role was held, as its changes tell in their order."""
    first: date | None = None
    end: date | None = None
    for change in changes:
        if change.kind == "ended":
            end = change.day
            continue
        if first is not None and end is not None and end < change.day:
            yield first, end
            first = None
        first, end = first or change.day, None
    if first is not None:
        yield first, end


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == FEBRUARY_29 else day.day)
