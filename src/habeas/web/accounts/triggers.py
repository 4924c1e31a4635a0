"""What a database must refuse whoever asks: to rewrite or remove who held which role, who gave it, and to whom drafts were opened."""

from __future__ import annotations

from habeas.web.base.triggers.refusals import never_changed

ROLE_CHANGES = never_changed("accounts_rolechange", table="accounts_rolechange", told="who gave or ended a role is never rewritten")
READER_CHANGES = never_changed(
    "accounts_readerchange", table="accounts_readerchange", told="who opened or closed drafts is never rewritten"
)
REFUSALS = (*ROLE_CHANGES, *READER_CHANGES)
