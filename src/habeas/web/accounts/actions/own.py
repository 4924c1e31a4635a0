"""What people change about their own account."""

from __future__ import annotations

from datetime import datetime

from habeas.web.accounts.models import User
from habeas.web.base.actors import Actor


def change_name(*, name: str, by: Actor, at: datetime) -> None:
    """Be called that from now on.

    Raises:
        NotAllowed: nobody is signed in.
    """
    del at  # who did what keeps the person, not the name
    User.objects.filter(pk=by.person).update(name=name)
