from __future__ import annotations

import pytest

from habeas.errors import BadInput
from habeas.terms.answers import Evidence


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
