"""What a database must refuse whoever asks: to rewrite or remove who held which role, and who gave it to them."""

from __future__ import annotations

from habeas.web.base.triggers.refusals import never_changed

REFUSALS = never_changed("accounts_rolechange", table="accounts_rolechange", told="who gave or ended a role is never rewritten")
