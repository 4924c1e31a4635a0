"""What can be asked about screens; other apps ask by these."""

from __future__ import annotations

from habeas.web.screening.queries.screens import is_current, latest_screen, screens_of
from habeas.web.screening.queries.shown import BookShown, RuleShown, ScreenShown, Stale

__all__ = ["BookShown", "RuleShown", "ScreenShown", "Stale", "is_current", "latest_screen", "screens_of"]
