"""What people change about their own account."""

from __future__ import annotations

from datetime import datetime

from habeas.errors import NotAllowed
from habeas.web.accounts.models import User
from habeas.web.base.actors import Actor


def change_name(*, name: str, by: Actor, at: datetime) -> None:
    """Be called that from now on.

    The public reads the name beside what its bearer decided. So nobody changes it who has left, or with a password alone where that isn't
    enough.

    Raises:
        NotAllowed: `by` holds no role.
    """
    if not by.roles:
        raise NotAllowed("expected a role, since the public reads your name beside what you decide; you hold none: ask who runs this site")
    del at  # who did what keeps the person, not the name
    User.objects.filter(pk=by.person).update(name=name)
