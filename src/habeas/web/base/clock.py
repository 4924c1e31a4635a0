"""The site's one clock. Views and jobs read it; actions and queries are told."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """The time, aware, in UTC."""
    return timezone.now()
