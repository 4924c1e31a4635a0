"""What can be asked about screens; other apps ask by these."""

from __future__ import annotations

from habeas.web.screening.queries.screens import latest_screen, standing_screen
from habeas.web.screening.queries.shown import BookShown, RuleShown, ScreenShown, Stale, StandingScreen

__all__ = ["BookShown", "RuleShown", "ScreenShown", "Stale", "StandingScreen", "latest_screen", "standing_screen"]
