"""The gate on the site: every piece is asked for, another person decides, oversight can close it, and each act is in the ledger."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from habeas.errors import BadInput, NotAllowed
from habeas.procedures.gate import LONGEST_SCREEN, Lack, State, gate
from habeas.terms.system import Stage
from habeas.web.accounts.models import User
from habeas.web.audits import actions as audits
from habeas.web.base.actors import Role
from habeas.web.gate import actions, queries
from habeas.web.gate.models import Act
from habeas.web.register.actions import move_version
from habeas.web.register.models import System, SystemVersion
from habeas.web.screening.queries import latest_screen
from web.makers import (
    AUDIT_ROWS,
    EQUAL_ROWS,
    FEW_ROWS,
    NOON,
    approver,
    auditor,
    drafted,
    organisation,
    overseer,
    owner,
    published_audit,
    published_system,
    screened,
    version_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]
TODAY = NOON.date()
TERMS = actions.Terms(reasons="A small harm.", conditions="A second reader.", until=date(2027, 3, 1), audits=frozenset({1}))


def whole(folder: Path, *, rows: bytes = EQUAL_ROWS, example: str = "drafting-help") -> SystemVersion:
    """A version of which the entry is published, which was screened and audited, and for which its owner asked."""
    version = version_of(published_system())
    screened(version, example=example)
    published_audit(version, folder, rows=rows)
    actions.ask(by=owner(), at=NOON, version=version)
    return version


def lacks(version: SystemVersion, on: date = TODAY) -> list[Lack]:
    """What is missing."""
    return [one.kind for one in gate(queries.facts_of(version, on)).missing]


def test_a_new_version_starts_closed_with_everything_missing() -> None:
    version = version_of(drafted())
    assert lacks(version) == [Lack.ENTRY_UNPUBLISHED, Lack.NO_SCREEN, Lack.NO_AUDIT, Lack.NOT_AUTHORISED]


def test_with_every_piece_there_another_person_authorises_it(tmp_path: Path) -> None:
    version = whole(tmp_path)
    assert lacks(version) == [Lack.UNDECIDED]
    assert queries.steps(approver(), version, TODAY) == queries.Steps(
        ask=False, authorise=True, approve=False, refuse=True, close=False, reopen=False
    )
    act = actions.authorise(by=approver(), at=NOON, version=version)
    assert gate(queries.facts_of(version, TODAY)).state is State.OPEN
    assert act.log is not None
    assert act.log.record["public"]["verdict"] == "authorised"
    assert json.loads(act.log.document)["stage"] == "design"


def test_another_stage_and_another_version_start_closed(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.authorise(by=approver(), at=NOON, version=version)
    assert Lack.NO_AUDIT in lacks(version_of(version.system, "2"))
    version.stage = "live"
    assert lacks(version) == [Lack.NO_AUDIT, Lack.NOT_AUTHORISED]


def test_whoever_asked_cannot_decide_even_as_an_approver(tmp_path: Path) -> None:
    version = whole(tmp_path)
    both = replace(approver(), user=owner().user)
    assert not queries.steps(both, version, TODAY).authorise
    with pytest.raises(NotAllowed, match="another person"):
        actions.authorise(by=both, at=NOON, version=version)


def test_nobody_asks_twice_nor_about_a_retired_system(tmp_path: Path) -> None:
    version = whole(tmp_path)
    assert not queries.steps(owner(), version, TODAY).ask
    other = version_of(version.system, "2")
    assert queries.steps(owner(), other, TODAY).ask
    System.objects.update(standing="retired")
    other = SystemVersion.objects.select_related("system").get(pk=other.pk)
    assert not queries.steps(owner(), other, TODAY).ask
    for one in (version, other):
        with pytest.raises(BadInput, match="asked or authorised already, or its system is retired"):
            actions.ask(by=owner(), at=NOON, version=one)


def test_nobody_decides_what_nobody_asked(tmp_path: Path) -> None:
    version = version_of(published_system())
    screened(version)
    published_audit(version, tmp_path, rows=EQUAL_ROWS)
    with pytest.raises(BadInput, match="nobody asked"):
        actions.authorise(by=approver(), at=NOON, version=version)


def test_an_owner_or_an_auditor_cannot_authorise(tmp_path: Path) -> None:
    version = whole(tmp_path)
    for actor in (owner(), auditor(), overseer()):
        with pytest.raises(NotAllowed):
            actions.authorise(by=actor, at=NOON, version=version)


@pytest.mark.parametrize(("rows", "lack"), [(AUDIT_ROWS, Lack.SHOWN_DIFFERENT), (FEW_ROWS, Lack.CANNOT_TELL)])
def test_what_an_audit_found_can_be_answered_for_under_conditions_until_a_day(tmp_path: Path, rows: bytes, lack: Lack) -> None:
    version = whole(tmp_path, rows=rows)
    assert lacks(version) == [lack, Lack.UNDECIDED]
    with pytest.raises(BadInput, match="something is missing"):
        actions.authorise(by=approver(), at=NOON, version=version)
    act = actions.approve(by=approver(), at=NOON, version=version, terms=TERMS)
    found = gate(queries.facts_of(version, TODAY))
    assert (found.state, found.until, act.audits) == (State.CONDITIONAL, date(2027, 3, 1), [1])
    assert gate(queries.facts_of(version, date(2027, 2, 28))).authorised
    assert lacks(version, date(2027, 3, 1)) == [Lack.APPROVAL_EXPIRED]


def test_an_approval_answers_for_no_audit_that_was_published_after_it_was_read(tmp_path: Path) -> None:
    version = whole(tmp_path, rows=AUDIT_ROWS)
    published_audit(version, tmp_path, rows=AUDIT_ROWS)
    with pytest.raises(BadInput, match="one was published or withdrawn meanwhile"):
        actions.approve(by=approver(), at=NOON, version=version, terms=TERMS)
    assert Lack.UNDECIDED in lacks(version)
    act = actions.approve(by=approver(), at=NOON, version=version, terms=replace(TERMS, audits=frozenset({1, 2})))
    assert act.audits == [1, 2]


def test_an_approval_ends_within_a_year(tmp_path: Path) -> None:
    version = whole(tmp_path, rows=AUDIT_ROWS)
    with pytest.raises(BadInput, match="within a year"):
        actions.approve(by=approver(), at=NOON, version=version, terms=replace(TERMS, until=TODAY + timedelta(days=366)))


def test_a_prohibition_cannot_be_approved_away(tmp_path: Path) -> None:
    version = whole(tmp_path, rows=AUDIT_ROWS, example="live-face")
    assert Lack.PROHIBITED in lacks(version)
    assert not queries.steps(approver(), version, TODAY).approve
    with pytest.raises(BadInput, match="lifts no prohibition"):
        actions.approve(by=approver(), at=NOON, version=version, terms=TERMS)


def test_a_withdrawn_audit_closes_what_rested_on_it(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.authorise(by=approver(), at=NOON, version=version)
    audits.withdraw(by=auditor(), at=NOON, audit=version.audits.get(), why="Counted twice.")
    assert lacks(version) == [Lack.NO_AUDIT]


def test_refused_with_reasons_it_can_be_asked_anew(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.refuse(by=approver(), at=NOON, version=version, reasons="Not before the training.")
    assert lacks(version) == [Lack.REFUSED]
    actions.ask(by=owner(), at=NOON, version=version)
    actions.authorise(by=approver(), at=NOON, version=version)
    assert lacks(version) == []


def test_oversight_closes_whatever_was_authorised_and_alone_reopens_it(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.authorise(by=approver(), at=NOON, version=version)
    act = actions.close(by=overseer(), at=NOON, version=version, reasons="Complaints.")
    assert act.log is not None
    assert (act.log.record["authority"], act.log.record["public"]["verdict"]) == ("oversight.example", "suspended")
    assert lacks(version) == [Lack.CLOSED_BY_OVERSIGHT]
    for actor in (owner(), approver(), auditor()):
        with pytest.raises(NotAllowed):
            actions.reopen(by=actor, at=NOON, version=version, reasons="We like it.")
    actions.reopen(by=overseer(), at=NOON, version=version, reasons="Answered.")
    assert lacks(version) == []


def test_what_oversight_closed_stays_closed_at_every_stage(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.close(by=overseer(), at=NOON, version=version, reasons="Complaints.")
    version = move_version(by=owner(), at=NOON, version=version, stage="live")
    assert Lack.CLOSED_BY_OVERSIGHT in lacks(version)
    assert [one.gate.stage for one in queries.closed_for(owner(), TODAY)] == [Stage.LIVE]
    actions.reopen(by=overseer(), at=NOON, version=version, reasons="Answered.")
    assert Lack.CLOSED_BY_OVERSIGHT not in lacks(version)
    version = move_version(by=owner(), at=NOON, version=version, stage="design")
    assert Lack.CLOSED_BY_OVERSIGHT not in lacks(version)


def test_a_log_that_cannot_be_written_authorises_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version = whole(tmp_path)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no log")

    monkeypatch.setattr(actions, "write_log", broken)
    with pytest.raises(RuntimeError, match="no log"), transaction.atomic():
        actions.authorise(by=approver(), at=NOON, version=version)
    assert not gate(queries.facts_of(version, TODAY)).authorised


def test_the_database_refuses_a_decision_by_who_asked() -> None:
    version, person = version_of(drafted()), owner().person
    fields = {
        "version": version,
        "stage": "design",
        "kind": "authorised",
        "at": NOON,
        "by_id": person,
        "asked_by_id": person,
        "by_name": "Ada",
    }
    with pytest.raises(IntegrityError, match="act_four_eyes"), transaction.atomic():
        Act.objects.create(**fields)


def test_whoever_takes_another_name_later_rewrites_no_decision() -> None:
    version, person = version_of(drafted()), owner()
    actions.ask(by=person, at=NOON, version=version)
    User.objects.filter(pk=person.user).update(name="Somebody else")
    (told,) = queries.history_of(version)
    assert told.by == person.name != "Somebody else"


def test_the_database_refuses_to_rewrite_or_remove_an_act() -> None:
    version = version_of(drafted())
    act = actions.ask(by=owner(), at=NOON, version=version)
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        Act.objects.filter(pk=act.pk).update(reasons="Other words.")
    with pytest.raises(IntegrityError, match="never rewritten"), transaction.atomic():
        act.delete()


def test_the_ledger_names_an_overseer_s_own_authority_whatever_else_they_are_at_the_owner_s(tmp_path: Path) -> None:
    version = whole(tmp_path, rows=AUDIT_ROWS)
    both = replace(overseer(), roles={**overseer().roles, version.system.organisation_id: frozenset({Role.REVIEWER})})
    act = actions.approve(by=both, at=NOON, version=version, terms=TERMS)
    assert act.log is not None
    assert act.log.record["authority"] == "oversight.example"


def test_nobody_who_works_for_the_owner_closes_or_reopens_a_gate_as_oversight() -> None:
    version = version_of(published_system())
    actions.close(by=overseer(), at=NOON, version=version, reasons="Complaints.")
    both = replace(overseer(), roles={**overseer().roles, **owner().roles})
    with pytest.raises(NotAllowed, match="doesn't work for"):
        actions.reopen(by=both, at=NOON, version=version, reasons="All is well.")
    assert Lack.CLOSED_BY_OVERSIGHT in lacks(version)


def told_closed(on: date = TODAY) -> list[tuple[str, list[Lack]]]:
    """What its owner is told at the desk: the versions with what is missing."""
    return [(one.gate.version, [each.missing.kind for each in one.gate.missing]) for one in queries.closed_for(owner(), on)]


def test_an_owner_is_told_once_an_approval_has_ended_until_they_ask_anew(tmp_path: Path) -> None:
    version, ended = whole(tmp_path, rows=AUDIT_ROWS), date(2027, 3, 1)
    assert told_closed() == []  # what was never let through is no news
    actions.approve(by=approver(), at=NOON, version=version, terms=TERMS)
    assert told_closed(ended - timedelta(days=1)) == []
    assert told_closed(ended) == [("1", [Lack.APPROVAL_EXPIRED])]
    actions.ask(by=owner(), at=datetime(2027, 3, 1, 12, tzinfo=UTC), version=version)
    assert told_closed(ended) == []


def test_an_owner_is_told_once_a_screen_of_what_was_authorised_is_old_or_refuses_it(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.authorise(by=approver(), at=NOON, version=version)
    assert told_closed(TODAY + LONGEST_SCREEN) == [("1", [Lack.OLD_SCREEN])]
    screened(version, example="patrol-forecast")
    assert told_closed() == [("1", [Lack.PROHIBITED, Lack.BLOCKED])]
    System.objects.update(standing="retired")
    assert told_closed() == []


def test_owners_of_other_organisations_are_told_nothing(tmp_path: Path) -> None:
    version = whole(tmp_path)
    actions.close(by=overseer(), at=NOON, version=version, reasons="Complaints.")
    assert queries.closed_for(owner(organisation("county")), TODAY) == ()
    assert queries.closed_for(approver(), TODAY) == ()
    assert [one.reasons for one in queries.closed_for(owner(), TODAY)] == ["Complaints."]


def test_each_thing_that_a_gate_is_worked_out_from_is_read_once(tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    version = whole(tmp_path)
    actions.authorise(by=approver(), at=NOON, version=version)
    queries.gate_shown(version, TODAY)  # what a screen was made by is read at the first look, and never again
    with django_assert_num_queries(4):  # the acts, the screen, whether others were screened since, the audits
        shown = queries.gate_shown(version, TODAY)
    assert shown.screen == latest_screen(version)
