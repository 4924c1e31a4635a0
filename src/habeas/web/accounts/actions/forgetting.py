"""What is deleted about people without anybody asking for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from habeas.web.accounts.models import Invitation

INVITATIONS_KEPT_FOR = timedelta(days=30)
"""From the last moment of the link on, for whoever asks why a letter came; then nobody needs the address any more."""


def forget_invitations(at: datetime) -> None:
    """Delete the invitations whose links ended long ago, used or not. Who gave which role to whom stays in its own record."""
    Invitation.objects.filter(until__lte=at - INVITATIONS_KEPT_FOR).delete()


def forget_browsers(at: datetime) -> None:  # noqa: ARG001 - a session that is over isn't there any more
    """Delete by which browser somebody was signed in, once they aren't."""
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
