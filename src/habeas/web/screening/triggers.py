"""What a database must refuse whoever asks: to rewrite or remove a screen, or the description that it was made from."""

from __future__ import annotations

from habeas.web.base.triggers.refusals import never_changed

FIRST = (
    *never_changed("screening_screen", table="screening_screen", told="a screen is never changed: screen again"),
    *never_changed(
        "screening_description",
        table="screening_description",
        told="a description that was screened is never changed: begin another",
        condition="OLD.state = 'finished'",
    ),
)
REFUSALS = FIRST
