"""Counting who tries to sign in, without keeping who: what stands in a file's name can't be traced back to a network address."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings


def key_of(key: str, prefix: str, version: int) -> str:
    """The name under which a count is kept: keyed by the site's secret, since there are few enough addresses to try them all."""
    return hmac.new(settings.SITE.key_for("counting"), f"{prefix}:{version}:{key}".encode(), hashlib.sha256).hexdigest()
