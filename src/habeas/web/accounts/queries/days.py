"""From which day on something holds no more: the same for roles and for whoever reads drafts."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def not_over(on: date) -> Q:
    """What has no end, or one after that day: `until` is the first day without it."""
    return Q(until__isnull=True) | Q(until__gt=on)
