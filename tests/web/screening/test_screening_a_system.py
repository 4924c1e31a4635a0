"""A version is screened: what the books say is kept to the byte, recorded, never overwritten, and known to others."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Manager

from habeas.errors import BadDescription, BadInput, NotAllowed
from habeas.reports.documents.writing import to_bytes
from habeas.reports.screening.document import as_document
from habeas.rules.verdicts import Finding
from habeas.runs.screens.screening import screening as screening_of_file
from habeas.web.base.models import LogLine
from habeas.web.screening import actions
from habeas.web.screening.describing import read_upload
from habeas.web.screening.models import Description, Screen
from habeas.web.screening.queries import ScreenShown, Stale, latest_screen, screens, standing_screen
from web.makers import NOON, approver, described, drafted, example_of, organisation, owner, screened, version_of

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
NEXT_DAY = NOON + timedelta(days=1)


def why_stale(found: ScreenShown, on: date) -> tuple[Stale, ...]:
    return screens.stale(Screen.objects.get(pk=found.id), on=on)


def test_a_version_that_was_never_screened_has_no_screen() -> None:
    assert latest_screen(version_of(drafted())) is None


def test_a_prohibited_system_is_refused_with_the_rule_that_forbids_it() -> None:
    version = version_of(drafted())
    screened(version, example="patrol-forecast")
    found = latest_screen(version)
    assert found is not None
    assert found.strictest is Finding.PROHIBITED
    assert found.prohibited
    assert found.books[0].id == "fair-trials"
    assert "FT-BAN-2" in [rule.id for rule in found.books[0].rules]


def test_an_open_answer_blocks() -> None:
    found = screened(version_of(drafted()), example="patrol-forecast")
    led = next(book for book in found.books if book.id == "led")
    assert led.finding is Finding.BLOCKED
    assert led.rules


def test_what_is_kept_is_what_the_command_prints_to_the_byte(tmp_path: Path) -> None:
    screened(version_of(drafted()), example="live-face")
    (tmp_path / "description.yaml").write_bytes(example_of("live-face", name="Letter sorter", version="1"))
    printed = to_bytes(as_document(screening_of_file(tmp_path / "description.yaml", names=[], on=NOON.date())))
    assert Screen.objects.get().kept.encode() == printed


def test_a_refusal_is_recorded_in_the_ledger_with_the_rules_that_decided() -> None:
    found = screened(version_of(drafted()), example="patrol-forecast")
    line = LogLine.objects.order_by("-id")[0]
    assert line.record["public"]["verdict"] == "refused"
    assert line.record["public"]["system"] == "letter-sorter"
    document = json.loads(line.document)
    assert document["verdicts"] == found.digest
    assert "FT-BAN-2" in next(book["decided_by"] for book in document["books"] if book["book"] == "fair-trials")


def test_a_screen_without_prohibition_is_recorded_as_registered() -> None:
    screened(version_of(drafted()))
    assert LogLine.objects.order_by("-id")[0].record["public"]["verdict"] == "registered"


def test_no_screen_is_kept_that_could_not_be_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    description = described(version_of(drafted()))

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("habeas.web.screening.actions.screening.write_log", fail)
    with pytest.raises(RuntimeError):
        actions.screen(by=owner(), at=NOON, description=description)
    assert not Screen.objects.exists()
    assert Description.objects.get().state == "open"


def test_the_same_verdict_of_one_day_is_kept_once() -> None:
    version = version_of(drafted())
    first = screened(version)
    again = actions.screen(by=owner(), at=NOON, description=Description.objects.get())
    assert first.id == again.id
    assert Screen.objects.count() == 1


def test_a_later_screen_stands_beside_the_earlier_one() -> None:
    version = version_of(drafted())
    first = screened(version)
    kept = Screen.objects.get(pk=first.id).kept
    second = actions.screen(by=owner(), at=NEXT_DAY, description=Description.objects.get())
    assert second.id != first.id
    assert Screen.objects.get(pk=first.id).kept == kept
    found = latest_screen(version)
    assert found is not None
    assert found.id == second.id


def test_a_screen_of_earlier_answers_is_stale_once_others_were_screened() -> None:
    version = version_of(drafted())
    first = screened(version)
    assert why_stale(first, TODAY) == ()
    second = screened(version, example="patrol-forecast")
    assert why_stale(first, TODAY) == (Stale.ANSWERS,)
    assert why_stale(second, TODAY) == ()


@pytest.mark.parametrize("others", [[], ["patrol-forecast"]], ids=["A, A", "A, B, A"])
def test_the_same_answers_finished_again_on_one_day_are_screened_and_count(others: list[str]) -> None:
    version = version_of(drafted())
    for example in ("drafting-help", *others, "drafting-help"):
        made = screened(version, example=example)
        standing = standing_screen(version, on=TODAY)
        assert standing is not None
        assert (standing.shown.id, standing.stale) == (made.id, ())


def test_answers_that_name_another_version_are_not_screened_and_a_screen_of_such_is_stale() -> None:
    of_another = described(version_of(drafted()))
    Description.objects.update(said={**of_another.said, "version": "0"})
    with pytest.raises(BadInput, match="they name another"):
        actions.screen(by=owner(), at=NOON, description=of_another)
    Description.objects.update(said=of_another.said)
    made = Screen.objects.select_related("description").get(pk=actions.screen(by=owner(), at=NOON, description=of_another).id)
    made.description.said = {**of_another.said, "version": "0"}  # as a screen of before the two were tied together
    assert screens.stale(made, on=TODAY) == (Stale.VERSION,)


def test_a_screen_is_stale_once_a_rule_bites_that_did_not() -> None:
    found = screened(version_of(drafted()), example="live-face")
    assert why_stale(found, NEXT_DAY.date()) == ()
    assert why_stale(found, date(2027, 12, 3)) == (Stale.DAY,)  # the AI Act's high-risk duties begin on 2027-12-02


def test_a_screen_by_another_edition_of_a_book_is_stale(monkeypatch: pytest.MonkeyPatch) -> None:
    found, known = screened(version_of(drafted())), screens._digests()
    monkeypatch.setattr(screens, "_digests", lambda: {**known, "uk": "0" * 64})
    assert why_stale(found, TODAY) == (Stale.BOOKS,)


def test_a_screen_is_stale_once_there_is_a_book_that_it_did_not_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    found, known = screened(version_of(drafted())), screens._digests()
    monkeypatch.setattr(screens, "_digests", lambda: {**known, "atlantis": "0" * 64})
    assert why_stale(found, TODAY) == (Stale.BOOKS,)


@pytest.mark.parametrize("rows", [Screen.objects, Description.objects], ids=["screen", "description"])
def test_the_database_refuses_to_rewrite_or_remove_a_screen_and_what_it_was_made_from(rows: Manager[Any]) -> None:
    screened(version_of(drafted()))
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(made_at=NEXT_DAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.all()._raw_delete("default")


def test_a_description_that_was_screened_is_never_changed() -> None:
    version = version_of(drafted())
    screened(version)
    with pytest.raises(BadInput, match="still open"):
        actions.replace_with(by=owner(), at=NOON, description=Description.objects.get(), said={})
    new = actions.begin(by=owner(), at=NOON, version=version)
    assert new.said["answers"] == Description.objects.get(state="finished").said["answers"]


def test_two_clicks_begin_one_description() -> None:
    version = version_of(drafted())
    first = actions.begin(by=owner(), at=NOON, version=version)
    assert actions.begin(by=owner(), at=NOON, version=version).pk == first.pk


def test_a_description_begins_with_what_the_register_knows() -> None:
    made = actions.begin(by=owner(), at=NOON, version=version_of(drafted(), "2.1"))
    assert made.said["name"] == "Letter sorter"
    assert made.said["version"] == "2.1"
    assert made.said["operator"] == "Force"
    assert made.said["used_in"] == ["GB-ENG"]


def test_nothing_answered_is_no_screen() -> None:
    made = actions.begin(by=owner(), at=NOON, version=version_of(drafted()))
    with pytest.raises(BadInput, match="at least one answer"):
        actions.screen(by=owner(), at=NOON, description=made)


def test_a_system_without_an_operator_is_not_screened() -> None:
    said = {**read_upload(example_of("drafting-help")), "operator": ""}
    made = described(version_of(drafted()), said=said)
    with pytest.raises(BadDescription, match="operator is missing"):
        actions.screen(by=owner(), at=NOON, description=made)


def test_only_owners_of_the_organisation_describe_and_screen() -> None:
    made = described(version_of(drafted()))
    for somebody in (approver(), owner(organisation("county"))):
        with pytest.raises(NotAllowed):
            actions.screen(by=somebody, at=NOON, description=made)
        with pytest.raises(NotAllowed):
            actions.answer(by=somebody, at=NOON, description=made, answers={}, seen="")
    assert not Screen.objects.exists()
