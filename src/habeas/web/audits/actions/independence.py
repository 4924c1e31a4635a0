"""Whether what an audit finds counts as said by somebody who stands apart."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from habeas.web.accounts.models import Membership
from habeas.web.accounts.queries import independent as organisations_apart
from habeas.web.audits.models import Audit


def is_independent(audit: Audit, *, paid_by: str, relation: str, declared: bool, publisher: int, on: date) -> bool:
    """Another organisation, no tie to owner or supplier, not paid by the supplier, declared so in the plan, and nobody on both sides.

    That the owner pays is usual and told; who sells the system may not pay for its test.
    """
    apart = organisations_apart(audit.organisation, audit.system.organisation)
    people = {audit.made_by_id, publisher}
    today = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    both_sides = Membership.objects.filter(today, user__in=people, organisation=audit.system.organisation_id).exists()
    return apart and declared and relation == "none" and paid_by != "supplier" and not both_sides
