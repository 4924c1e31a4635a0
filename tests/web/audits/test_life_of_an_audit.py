"""An audit from its result on: published by its auditors alone, never hidden by an owner."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from habeas.audit.result import Verdict
from habeas.errors import BadData, BadInput, NotAllowed, NotFound
from habeas.terms.system import Stage
from habeas.web.accounts.models import Membership
from habeas.web.audits import actions, queries
from habeas.web.audits.actions import publishing
from habeas.web.audits.models import Audit, OwnerComment
from habeas.web.base.actors import Role
from habeas.web.base.models import LogLine
from web.makers import (
    LONG_AGO,
    NOON,
    audit_office,
    audited,
    auditor,
    drafted,
    force,
    organisation,
    owner,
    published_audit,
    published_system,
    received,
    version_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


# - published -----------------------------------------------------------------------------------------------------------------------------


def test_published_it_stands_in_the_ledger_and_is_shown_to_everybody(tmp_path: Path) -> None:
    system = published_system()
    audit = published_audit(version_of(system), tmp_path)
    (shown,) = queries.published_audits(system)
    assert (shown.number, shown.verdict, shown.stage, shown.independent) == (1, Verdict.SHOWN_DIFFERENT, Stage.DESIGN, True)
    assert audit.log is not None
    assert audit.log.record["type"] == "audit"
    assert audit.log.record["authority"] == "audit-office.example"
    public = {key: value for key, value in audit.log.record["public"].items() if key != "document"}
    assert public == {"system": "letter-sorter", "version": "unknown", "verdict": "shown-different", "stage": "design"}
    document = json.loads(audit.log.document)
    assert (document["result_sha256"], document["step"], document["independent"]) == (audit.result_digest, "published", True)


def test_nothing_is_in_the_ledger_before(tmp_path: Path) -> None:
    system = published_system()
    before = LogLine.objects.count()
    version = version_of(system)
    named = LogLine.objects.count()
    audited(version, tmp_path)
    assert (before <= named, LogLine.objects.count()) == (True, named)
    assert queries.published_audits(system) == ()


def test_a_log_that_cannot_be_written_publishes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit = audited(version_of(published_system()), tmp_path)

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no log")

    monkeypatch.setattr(publishing, "write_log", broken)
    statement = actions.Statement(paid_by="owner", relation="none", text="No ties.")
    with pytest.raises(RuntimeError, match="no log"), transaction.atomic():
        actions.publish(by=auditor(), at=NOON, audit=audit, statement=statement)
    audit.refresh_from_db()
    assert audit.state == "finished"


@pytest.mark.parametrize(
    ("paid_by", "relation", "declared", "independent"),
    [
        ("owner", "none", "true", True),
        ("supplier", "none", "true", False),
        ("owner", "supplier", "true", False),
        ("nobody", "none", "false", False),
    ],
)
def test_who_counts_as_independent(tmp_path: Path, paid_by: str, relation: str, declared: str, *, independent: bool) -> None:
    audit = audited(version_of(published_system()), tmp_path, independent=declared)
    statement = actions.Statement(paid_by=paid_by, relation=relation, text="As we said.")
    assert actions.publish(by=auditor(), at=NOON, audit=audit, statement=statement).independent is independent


def test_an_organisation_does_not_count_as_independent_of_itself(tmp_path: Path) -> None:
    version = version_of(published_system())
    assert not published_audit(version, tmp_path, by=auditor(force())).independent


def test_whoever_also_works_for_the_force_is_not_independent(tmp_path: Path) -> None:
    version, both = version_of(published_system()), auditor()
    Membership.objects.create(user_id=both.person, organisation=force(), role=Role.REVIEWER.value, since=LONG_AGO)
    assert not published_audit(version, tmp_path).independent


def test_the_owner_can_neither_publish_nor_withdraw_it(tmp_path: Path) -> None:
    version = version_of(published_system())
    audit = audited(version, tmp_path)
    statement = actions.Statement(paid_by="owner", relation="none", text="No ties.")
    with pytest.raises(NotAllowed):
        actions.publish(by=owner(), at=NOON, audit=audit, statement=statement)
    actions.publish(by=auditor(), at=NOON, audit=audit, statement=statement)
    with pytest.raises(NotAllowed):
        actions.withdraw(by=owner(), at=NOON, audit=audit, why="we don't like it")


def test_other_auditors_see_it_only_once_it_is_published(tmp_path: Path) -> None:
    system = published_system()
    audit = audited(version_of(system), tmp_path)
    other = auditor(organisation("other-office", kind="auditor"))
    for actor in (other, owner()):
        with pytest.raises(NotFound):
            queries.audit_for(actor, system, audit.number)
    assert queries.audit_for(auditor(), system, audit.number) == audit


def test_withdrawn_it_stays_to_be_seen_says_why_and_counts_for_nothing(tmp_path: Path) -> None:
    system = published_system()
    version = version_of(system)
    audit = published_audit(version, tmp_path)
    gone = actions.withdraw(by=auditor(), at=NOON, audit=audit, why="The letters were counted twice.")
    assert gone.withdrawn_log is not None
    assert gone.withdrawn_log.record["public"]["verdict"] == "withdrawn"
    assert [one.withdrawn for one in queries.published_audits(system)] == [True]
    assert queries.standing_audits(version) == ()
    with pytest.raises(BadInput):
        actions.withdraw(by=auditor(), at=NOON, audit=gone, why="again")


def test_the_owner_comments_once(tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    actions.comment(by=owner(), at=NOON, audit=audit, text="We have stopped using it.")
    with pytest.raises(BadInput, match="there is one"):
        actions.comment(by=owner(), at=NOON, audit=audit, text="And another thing.")
    with pytest.raises(NotAllowed):
        actions.comment(by=auditor(), at=NOON, audit=audit, text="We too.")


def test_the_database_refuses_a_published_audit_without_its_entry(tmp_path: Path) -> None:
    audit = audited(version_of(published_system()), tmp_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        Audit.objects.filter(pk=audit.pk).update(state="published")


def test_the_database_refuses_to_rewrite_or_remove_what_was_published(tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    found = Audit.objects.filter(pk=audit.pk)
    actions.comment(by=owner(), at=NOON, audit=audit, text="We have stopped using it.")
    for change in ({"verdict": "shown-equal"}, {"state": "finished"}, {"statement": "Other words."}, {"independent": False}):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            found.update(**change)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        OwnerComment.objects.filter(audit=audit).update(text="Other words.")
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        OwnerComment.objects.filter(audit=audit).delete()
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        found._raw_delete("default")  # type: ignore[attr-defined]  # past Django's own care for what refers to it


def test_the_database_refuses_to_rewrite_a_withdrawal(tmp_path: Path) -> None:
    audit = published_audit(version_of(published_system()), tmp_path)
    actions.withdraw(by=auditor(), at=NOON, audit=audit, why="The letters were counted twice.")
    for name, value in {"why": "Other words.", "at": NOON + timedelta(days=1), "by": owner().person, "log": None}.items():
        with pytest.raises(IntegrityError, match="a withdrawal is never changed"), transaction.atomic():
            Audit.objects.filter(pk=audit.pk).update(**{f"withdrawn_{name}": value})


# - brought -------------------------------------------------------------------------------------------------------------------------------


def brought(document: object, folder: Path) -> Audit:
    """A report brought as that document."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    version = version_of(drafted("other-sorter")) if not Audit.objects.exists() else Audit.objects.get().version
    where = auditor()
    return actions.bring(by=where, at=NOON, version=version, organisation=audit_office(), report=received(content, folder))


def test_a_report_that_agrees_with_itself_is_taken_and_marked(tmp_path: Path) -> None:
    made = audited(version_of(published_system()), tmp_path)
    audit = brought(json.loads(made.result), tmp_path)
    assert (audit.kind, audit.state, audit.verdict, audit.result) == ("report", "finished", "shown-different", made.result)


def test_a_report_whose_verdict_or_plan_was_changed_is_refused(tmp_path: Path) -> None:
    document = json.loads(audited(version_of(published_system()), tmp_path).result)
    with pytest.raises(BadData, match="its figures say shown-different"):
        brought({**document, "verdict": "shown-equal"}, tmp_path)
    finding = {**document["findings"][0], "verdict": "shown-equal"}
    with pytest.raises(BadData, match="a finding's figures say shown-different"):
        brought({**document, "findings": [finding], "verdict": "shown-equal"}, tmp_path)
    with pytest.raises(BadData, match="it was changed"):
        brought({**document, "plan": {**document["plan"], "confidence": 0.9}}, tmp_path)


def test_a_report_about_another_system_or_version_is_refused(tmp_path: Path) -> None:
    report = audited(version_of(published_system()), tmp_path).result.encode()
    where = {"by": auditor(), "at": NOON, "organisation": audit_office()}
    for version, said in (
        (version_of(published_system("mail-router", name="Mail router")), 'it says "Letter sorter"'),
        (version_of(published_system("other-sorter"), "2"), "expected a plan for version 2"),
    ):
        with pytest.raises(BadData, match=said):
            actions.bring(**where, version=version, report=received(report, tmp_path))  # type: ignore[arg-type]  # of mixed types
    assert Audit.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"[" * 100_000, b'{"habeas": "audit-result/1"}', b'{"a": NaN}', b"\xff\xfe"])
def test_what_is_no_report_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadData):
        brought(content, tmp_path)
    assert Audit.objects.count() == 0
