"""Who somebody is, what organisations there are, who works there."""

from __future__ import annotations

from habeas.web.accounts.queries.actors import actor_of
from habeas.web.accounts.queries.organisations import independent

__all__ = ["actor_of", "independent"]
