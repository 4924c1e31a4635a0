"""Letters that the worker sends, and what it deletes about people."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from habeas.web.accounts.actions.forgetting import forget_browsers, forget_invitations
from habeas.web.accounts.models import Invitation
from habeas.web.accounts.queries.invitations import open_invitations, token_of
from habeas.web.base.clock import now
from habeas.web.base.outbox import Handler, Tidy


def send_invitation(payload: Mapping[str, Any], tell: Callable[[int], None]) -> None:
    """Send the letter of an invitation; one that has ended meanwhile, or was deleted since, sends none."""
    invitation = Invitation.objects.select_related("organisation", "by").filter(uid=uuid.UUID(payload["invitation"])).first()
    if invitation is None or not open_invitations(invitation.organisation, now()).filter(pk=invitation.pk).exists():
        return
    with translation.override(invitation.language):
        link = settings.SITE.address + reverse("accounts_invitation", args=[token_of(invitation)])
        said = {"invitation": invitation, "link": link, "site": settings.SITE}
        subject = render_to_string("accounts/letters/invitation_subject.txt", said).strip()
        send_mail(subject, render_to_string("accounts/letters/invitation.txt", said), None, [invitation.email])
    tell(100)


HANDLERS: Mapping[str, Handler] = {"accounts.invitation": send_invitation}
TIDY: Sequence[Tidy] = (forget_invitations, forget_browsers)
