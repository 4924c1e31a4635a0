"""What a database must refuse whoever asks: to rewrite or remove a screen, or the description that it was made from."""

from __future__ import annotations

from collections.abc import Mapping

from habeas.web.register.triggers import dropping, refusing

_SCREEN_STAYS = "a screen is never changed: screen again"
_DESCRIPTION_STAYS = "a description that was screened is never changed: begin another"
_FINISHED = "OLD.state = 'finished'"
NAMES: Mapping[str, str] = {
    "screening_screen_stays": "screening_screen",
    "screening_screen_kept": "screening_screen",
    "screening_description_stays": "screening_description",
    "screening_description_kept": "screening_description",
}
"""Each trigger with its table."""


def making(vendor: str) -> tuple[str, ...]:
    """The statements that set the triggers up."""
    return (
        refusing(vendor, "screening_screen_stays", "UPDATE", "screening_screen", "1 = 1", _SCREEN_STAYS),
        refusing(vendor, "screening_screen_kept", "DELETE", "screening_screen", "1 = 1", _SCREEN_STAYS),
        refusing(vendor, "screening_description_stays", "UPDATE", "screening_description", _FINISHED, _DESCRIPTION_STAYS),
        refusing(vendor, "screening_description_kept", "DELETE", "screening_description", _FINISHED, _DESCRIPTION_STAYS),
    )


def removing(vendor: str) -> tuple[str, ...]:
    """The statements that take the triggers away again: for undoing the migration, and for emptying a database of tests."""
    return dropping(vendor, NAMES)
