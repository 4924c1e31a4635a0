"""Two versions of a book and the catalogue: which systems get another verdict, today and later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from habeas.catalogue.entries import Entry, Family, Statement, Status
from habeas.errors import BadRulebook, NotFound
from habeas.runs.rulebooks.amending import differences
from habeas.runs.rulebooks.amending.differences import amendment
from habeas.terms.answers import Answer, Several, Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.sources import Confidence, Source
from screens.book_texts import write_in_our_words

ON = date(2026, 11, 22)
NO = Answer(value=Ternary.NO)


def entry(name: str, purpose: str) -> Entry:
    answers = {
        "purpose": Answer(value=Several(words=frozenset({purpose}))),
        "narrow_task_shown": NO,
        "in_service_from": Answer(value=date(2025, 1, 1)),
    }
    return Entry(
        id=name,
        name=name,
        place="Exampleland",
        operator="Example Police",
        vendor=None,
        years=None,
        family=Family.PERSON_LIST,
        status=Status.IN_USE,
        status_note=Statement(says="in use", sources=(Source(title="Gazette"),), confidence=Confidence.SOURCE),
        inputs=(),
        decides=(),
        findings=(),
        verified=Confidence.SOURCE,
        description=SystemDescription(name=name, version="1", operator="Example Police", about="does something", answers=answers),
    )


@pytest.fixture(autouse=True)
def _small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "catalogue", lambda: (entry("a-list", "list-persons"), entry("a-letter", "assist-casework")))


def test_a_book_and_itself_change_no_verdict(tmp_path: Path) -> None:
    path = str(write_in_our_words(tmp_path))
    found = amendment(path, path, on=ON)

    assert (found.systems, found.rejudged, found.verdicts_changed, found.other_days) == (2, (), (), ())


def test_a_ban_that_is_put_off_frees_a_system_until_then(tmp_path: Path) -> None:
    old, new = write_in_our_words(tmp_path), write_in_our_words(tmp_path, ("from: 2026-02-01", "from: 2027-01-01"), name="new.yaml")
    found = amendment(str(old), str(new), on=ON)

    assert [one.id for one in found.verdicts_changed] == ["a-list"]
    assert found.other_days == ()


@pytest.mark.parametrize(("on", "days"), [(date(2026, 1, 31), ((date(2026, 2, 1), 1),)), (date(2026, 2, 1), ()), (date(2027, 1, 1), ())])
def test_later_days_with_other_verdicts_are_counted(tmp_path: Path, on: date, days: tuple[tuple[date, int], ...]) -> None:
    old, new = write_in_our_words(tmp_path), write_in_our_words(tmp_path, ("from: 2026-02-01", "from: 2027-01-01"), name="new.yaml")

    assert amendment(str(old), str(new), on=on).other_days == days


def test_a_book_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no book small; the books are"):
        amendment("small", str(write_in_our_words(tmp_path)), on=ON)


def test_a_book_with_a_fault_is_refused(tmp_path: Path) -> None:
    old, new = write_in_our_words(tmp_path), write_in_our_words(tmp_path, ("force: law", "force: laws"), name="new.yaml")

    with pytest.raises(BadRulebook, match=r"new\.yaml line 5, force: "):
        amendment(str(old), str(new), on=ON)
