from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadInput
from habeas.terms.answers import Evidence, parse_day


@pytest.mark.parametrize(
    "written", ["none", "TBC", "n/a", "N/A.", "?", "no", "Not yet", "later", "unknown", "-", "to do", "Pending...", "(none)"]
)
def test_evidence_that_shows_nothing_is_refused(written: str) -> None:
    with pytest.raises(BadInput) as refused:
        Evidence(what=written)

    assert str(refused.value) == (
        f"what: `{written}` shows nothing: name a document, where it is or who stands for it, or leave the evidence out"
    )


@pytest.mark.parametrize("written", ["order of the court", "No watchlist is used.", "Annex 2", "file 12", "\u7121\u7dda"])
def test_a_document_is_evidence(written: str) -> None:
    assert Evidence(what=written).what == written


@pytest.mark.parametrize(("text", "day"), [("2026-11-22", date(2026, 11, 22)), ("2024-02-29", date(2024, 2, 29))])
def test_a_day_is_read(text: str, day: date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "20261122",
        "2026-W47-7",
        "2026-11-22T00:00",
        "22-11-2026",
        "2026-2-1",
        " 2026-11-22",
        "2026-11-22\n",
        "\u0662\u0660\u0662\u0666-11-22",
        "2026-13-01",
        "2025-02-29",
        "0000-01-01",
    ],
)
def test_another_spelling_or_no_day_of_the_calendar_is_none(text: str) -> None:
    assert parse_day(text) is None
