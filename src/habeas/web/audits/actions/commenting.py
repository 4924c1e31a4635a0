"""What a system's owner says to an audit."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from habeas.errors import BadInput, NotAllowed
from habeas.web.accounts.permissions import require
from habeas.web.audits.models import SHOWN, Audit, OwnerComment
from habeas.web.audits.queries import comment_of
from habeas.web.base.actors import Actor


def comment(*, by: Actor, at: datetime, audit: Audit, text: str) -> OwnerComment:
    """Put the owner's comment beside a published audit: one, dated, for good.

    Raises:
        NotAllowed: the actor doesn't own the system.
        BadInput: there is a comment already, it is empty, or the audit isn't published.
    """
    require(by, "edit_entry", audit.system.organisation_id)
    if audit.state not in SHOWN:
        raise NotAllowed("expected a published audit; this one isn't: an owner can comment once it is published")
    if not text.strip():
        raise BadInput("comment: expected what the owner says to this audit; it is empty: write it")
    with transaction.atomic():
        Audit.objects.select_for_update().get(pk=audit.pk)  # who presses twice waits here, and is told
        if comment_of(audit) is not None:
            raise BadInput("comment: expected the owner's first comment to this audit; there is one: it stays as it is")
        return OwnerComment.objects.create(audit=audit, text=text.strip(), by_id=by.person, at=at)
