"""Every step is one change and one line for the ledger, in one transaction: without the line, nothing happened."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date

import pytest

from habeas.errors import BadInput, NotAllowed
from habeas.procedures.publication import Step
from habeas.procedures.withholding import Ground
from habeas.web.accounts.models import Membership
from habeas.web.base.actors import Role
from habeas.web.base.models import Job, LogLine
from habeas.web.register import actions, queries
from habeas.web.register.actions import changes
from habeas.web.register.models import Change, Edition, System, SystemVersion, Withholding, Writing
from web.makers import (
    ANSWERS,
    LONG_AGO,
    NOON,
    actor,
    approver,
    drafted,
    force,
    organisation,
    owner,
    published_system,
    user,
    withheld,
    write,
)

pytestmark = pytest.mark.django_db


def submitted() -> System:
    system = drafted()
    actions.submit(by=owner(), at=NOON, system=system)
    return system


def suspended() -> System:
    system = published_system()
    actions.suspend(by=approver(), at=NOON, system=system, reason="It loses letters.")
    return system


def asked(system: System) -> Withholding:
    said = {"ground": Ground.TRADE_SECRET, "reason": "A made-up secret.", "until": date(2027, 6, 1)}
    return actions.withhold(by=owner(), at=NOON, system=system, field="technique", **said)


STEPS: dict[str, tuple[Callable[[], System | None], Callable[[System], object]]] = {
    "drafted": (force, lambda where: actions.begin(by=owner(), at=NOON, organisation=where, slug="another", name="Another")),
    "registered": (drafted, lambda one: actions.add_version(by=owner(), at=NOON, system=one, name="2.1", stage="live")),
    "submitted": (drafted, lambda one: actions.submit(by=owner(), at=NOON, system=one)),
    "returned": (submitted, lambda one: actions.return_(by=approver(), at=NOON, system=one, reason="Say more.")),
    "discarded": (drafted, lambda one: actions.discard(by=owner(), at=NOON, system=one)),
    "published": (submitted, lambda one: actions.publish(by=approver(), at=NOON, system=one)),
    "suspended": (published_system, lambda one: actions.suspend(by=approver(), at=NOON, system=one, reason="It loses letters.")),
    "resumed": (suspended, lambda one: actions.resume(by=approver(), at=NOON, system=one, reason="It no longer does.")),
    "retired": (published_system, lambda one: actions.retire(by=approver(), at=NOON, system=one, reason="Nobody writes letters.")),
    "withheld": (
        lambda: asked(published_system(technique="A list.")),
        lambda row: actions.approve_withholding(by=approver(), at=NOON, withholding=row),
    ),
    "released": (
        lambda: withheld(published_system(technique="A list."), "technique"),
        lambda row: actions.release_withholding(by=approver(), at=NOON, withholding=row, reason="No secret."),
    ),
}


def everything() -> list[object]:
    return [
        list(model.objects.order_by("pk").values())
        for model in (System, SystemVersion, Edition, Writing, Withholding, Change, LogLine, Job)
    ]


@pytest.mark.parametrize("step", STEPS)
def test_a_step_leaves_one_change_and_one_line_that_says_the_same(step):
    prepare, take = STEPS[step]
    given, before = prepare(), Change.objects.count()
    owner(), approver()

    take(given)

    change = Change.objects.order_by("-id").first()
    assert Change.objects.count() == LogLine.objects.count() == before + 1
    assert (change.kind, change.log.record["type"], change.log.record["public"]["verdict"]) == (step, "register", step)
    assert change.log.record["public"]["document"] == hashlib.sha256(change.log.document.encode()).hexdigest()
    document = json.loads(change.log.document)
    assert (document["step"], document["system"]) == (step, change.system.slug)


@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_can_not_be_recorded_does_not_happen(step, monkeypatch):
    prepare, take = STEPS[step]
    given = prepare()
    owner(), approver()
    before = everything()

    def broken(*_: object, **__: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(changes, "write_log", broken)
    with pytest.raises(OSError, match="disk is full"):
        take(given)

    assert everything() == before


def test_the_line_of_a_publication_names_the_digest_of_what_was_published_and_of_the_newest_version():
    system = drafted()
    actions.add_version(by=owner(), at=NOON, system=system, name="2.1", stage="live", digest="ab" * 32)
    actions.submit(by=owner(), at=NOON, system=system)

    edition = actions.publish(by=approver(), at=NOON, system=system)

    line = Change.objects.get(kind="published").log
    assert line.record["public"]["version"] == "ab" * 32
    assert json.loads(line.document)["content"] == edition.digest
    assert json.loads(line.document)["edition"] == 1


def test_nothing_personal_stands_in_a_line():
    published_system(technique="A list.")

    lines = "".join(json.dumps(line.record) + line.document for line in LogLine.objects.all())

    assert "Owner" not in lines
    assert "@" not in lines


@pytest.mark.parametrize("step", ["published", "suspended", "retired", "withheld", "returned"])
def test_a_step_that_is_an_approvers_is_refused_to_an_owner(step):
    prepare, _take = STEPS[step]
    given = prepare()
    by = owner()
    calls = {
        "published": lambda: actions.publish(by=by, at=NOON, system=given),
        "returned": lambda: actions.return_(by=by, at=NOON, system=given, reason="-"),
        "suspended": lambda: actions.suspend(by=by, at=NOON, system=given, reason="-"),
        "retired": lambda: actions.retire(by=by, at=NOON, system=given, reason="-"),
        "withheld": lambda: actions.approve_withholding(by=by, at=NOON, withholding=given),
    }

    with pytest.raises(NotAllowed):
        calls[step]()


def test_an_approver_elsewhere_approves_nothing_here():
    system = submitted()
    other = organisation("other-force")

    with pytest.raises(NotAllowed):
        actions.publish(by=approver(other), at=NOON, system=system)


def test_a_draft_in_review_can_not_be_written_in():
    system = submitted()

    with pytest.raises(BadInput, match="in review"):
        actions.save(by=owner(), at=NOON, system=system, answers={"purpose": "Another"}, seen="")


def test_a_draft_written_in_another_tab_is_refused_with_what_it_says_now():
    system = drafted()

    with pytest.raises(actions.Stale) as refused:
        actions.save(by=owner(), at=NOON, system=system, answers={"purpose": "Another"}, seen="0" * 64)

    assert refused.value.content["purpose"] == ANSWERS["purpose"]


def test_what_oversight_suspended_its_organisation_does_not_resume():
    system = published_system()
    eye = actor(user("eye@watch.example", Role.OVERSIGHT, organisation=organisation("watch", kind="oversight")))
    actions.suspend(by=eye, at=NOON, system=system, reason="It loses letters.")

    system.refresh_from_db()
    assert Step.RESUMED not in queries.steps_for(approver(), system)
    with pytest.raises(NotAllowed, match="oversight, which suspended"):
        actions.resume(by=approver(), at=NOON, system=system, reason="We need it.")

    actions.resume(by=eye, at=NOON, system=system, reason="It no longer does.")
    actions.suspend(by=approver(), at=NOON, system=system, reason="It does again.")
    actions.resume(by=approver(), at=NOON, system=system, reason="It no longer does.")
    system.refresh_from_db()
    assert system.standing == "published"


def test_who_works_for_the_organisation_oversees_nothing_of_it_whatever_they_are_elsewhere():
    system = published_system()
    watch = organisation("watch", kind="oversight")
    eye = actor(user("eye@watch.example", Role.OVERSIGHT, organisation=watch))
    both, reviews = user("both@force.example", Role.APPROVER), user("reviews@force.example", Role.REVIEWER)
    for one in (both, reviews):
        Membership.objects.create(user=one, organisation=watch, role=Role.OVERSIGHT.value, since=LONG_AGO)
    actions.suspend(by=eye, at=NOON, system=system, reason="It loses letters.")
    system.refresh_from_db()

    for one in map(actor, (both, reviews)):
        assert Step.RESUMED not in queries.steps_for(one, system)
        with pytest.raises(NotAllowed, match="oversight"):
            actions.resume(by=one, at=NOON, system=system, reason="We need it.")
    actions.resume(by=eye, at=NOON, system=system, reason="It no longer does.")
    with pytest.raises(NotAllowed, match="doesn't work for"):
        actions.suspend(by=actor(reviews), at=NOON, system=system, reason="It does again.")
    actions.suspend(by=actor(both), at=NOON, system=system, reason="It does again.")

    line = LogLine.objects.order_by("-id")[0]
    assert (line.record["authority"], json.loads(line.document)["as"]) == ("force.example", "approver")


def test_a_draft_that_lacks_answers_is_not_submitted_whoever_asks():
    system = drafted()
    write(system, purpose=None, used_on=None)

    with pytest.raises(BadInput, match="missing: Used on, What it is for"):
        actions.submit(by=owner(), at=NOON, system=system)

    assert system.editions.get().state == "draft"


def test_a_line_stands_under_the_authority_of_whoever_did_it():
    system = published_system()
    watch = organisation("watch", kind="oversight")
    eye = actor(user("eye@watch.example", Role.OVERSIGHT, organisation=watch))
    actions.suspend(by=eye, at=NOON, system=system, reason="It loses letters.")
    actions.resume(by=eye, at=NOON, system=system, reason="It no longer does.")
    actions.suspend(by=approver(), at=NOON, system=system, reason="It does again.")

    lines = [(line.record["public"]["verdict"], line.record["authority"]) for line in LogLine.objects.order_by("-id")[:4]]
    assert lines[::-1] == [
        ("published", "force.example"),
        ("suspended", "watch.example"),
        ("resumed", "watch.example"),
        ("suspended", "force.example"),
    ]
