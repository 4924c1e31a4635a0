"""What a database must refuse whoever asks: to rewrite or remove a screen, or the description that it was made from."""

from __future__ import annotations

from habeas.web.base.triggers import refusals
from habeas.web.base.triggers.refusals import never_changed

REFUSALS = (
    *never_changed("screening_screen", table="screening_screen", told="a screen is never changed: screen again"),
    *never_changed(
        "screening_description",
        table="screening_description",
        told="a description that was screened is never changed: begin another",
        condition="OLD.state = 'finished'",
    ),
)


def making(vendor: str) -> tuple[str, ...]:
    """The statements of the migration 0002 that set the triggers up."""
    return refusals.making(vendor, REFUSALS)


def removing(vendor: str) -> tuple[str, ...]:
    """The statements that take them away again."""
    return refusals.removing(vendor, REFUSALS)
