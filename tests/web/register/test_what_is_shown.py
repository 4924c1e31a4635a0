"""What leaves the register of an edition on a day, and who sees what before that."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import asdict
from datetime import date, timedelta

import pytest
from django.test import Client

from habeas.errors import BadInput, NotAllowed, NotFound
from habeas.procedures.editions import edition_digest, field_digest
from habeas.procedures.publication import Step
from habeas.procedures.withholding import Ground
from habeas.web.base.actors import NOBODY, Role
from habeas.web.base.models import Job
from habeas.web.register import actions, hooks, queries
from habeas.web.register.actions import changes, importing
from habeas.web.register.jobs import HANDLERS
from habeas.web.register.models import System
from web.makers import NOON, actor, approver, drafted, organisation, owner, published_system, republished, user, withheld, write

pytestmark = pytest.mark.django_db
TODAY = NOON.date()


def test_what_is_withheld_is_not_shown_but_that_it_is_why_and_until_when():
    withheld(published_system(technique="A list made by hand."), "technique")

    seen = queries.shown(queries.published("letter-sorter"), TODAY)

    assert "technique" not in seen.content
    assert "A list made by hand." not in repr(seen)
    assert [(one.field, one.ground, one.reason, one.approver_role, one.until) for one in seen.withheld] == [
        ("technique", Ground.TRADE_SECRET, "A made-up secret.", Role.APPROVER, date(2027, 6, 1))
    ]


@pytest.mark.parametrize(("on", "hidden"), [(date(2027, 5, 31), True), (date(2027, 6, 1), False), (date(2030, 1, 1), False)])
def test_on_its_day_it_is_shown_by_itself(on, hidden):
    withheld(published_system(technique="A list."), "technique", until=date(2027, 6, 1))

    seen = queries.shown(queries.published("letter-sorter"), on)

    assert ("technique" not in seen.content) is hidden
    assert bool(seen.withheld) is hidden


def test_what_is_only_asked_for_stays_shown_and_so_does_what_was_refused_or_released():
    system = published_system(technique="A list.", logic="By eye.", performance="Unknown.")
    said = {"ground": Ground.TRADE_SECRET, "reason": "A secret.", "until": date(2027, 6, 1)}
    actions.withhold(by=owner(), at=NOON, system=system, field="technique", **said)
    refused = actions.withhold(by=owner(), at=NOON, system=system, field="logic", **said)
    actions.refuse_withholding(by=approver(), at=NOON, withholding=refused, reason="No secret.")
    released = withheld(system, "performance")
    actions.release_withholding(by=approver(), at=NOON, withholding=released, reason="No longer.")

    seen = queries.shown(queries.published("letter-sorter"), TODAY)

    assert {"technique", "logic", "performance"} <= seen.content.keys()
    assert seen.withheld == ()


def test_a_field_that_is_withheld_is_withheld_in_older_editions_too():
    system = published_system(technique="An older list.")
    actions.begin_edition(by=owner(), at=NOON, system=system)
    write(system, technique="A newer list.")
    republished(system)
    withheld(system, "technique")

    assert "technique" not in queries.shown(queries.edition("letter-sorter", 1), TODAY).content
    assert "technique" not in queries.shown(queries.edition("letter-sorter", 2), TODAY).content


def test_anybody_can_recompute_the_digest_from_what_is_shown():
    withheld(published_system(technique="A list."), "technique")
    edition = queries.published("letter-sorter")
    seen = queries.shown(edition, TODAY)

    hashes = {name: field_digest(name, value, salt=seen.salts[name]) for name, value in seen.content.items()}

    assert set(seen.sealed) == {"technique"}
    assert set(seen.salts) == set(seen.content)
    assert edition_digest({**hashes, **seen.sealed}) == edition.digest


def test_every_outlet_gives_the_same_bytes_in_whatever_order_a_database_keeps_an_entry():
    risks = [{"name": "Letters get lost", "measure": "Count them"}]
    system = published_system(technique="A list.", performance="Unknown.", risks=risks)
    withheld(system, "technique")
    withheld(system, "performance")
    kept = queries.published("letter-sorter")
    turned = copy(kept)
    turned.content = {name: kept.content[name] for name in sorted(kept.content, reverse=True)}
    turned.content["risks"] = [dict(reversed(row.items())) for row in risks]

    one, other = (json.dumps(asdict(queries.shown(each, TODAY)), default=str) for each in (kept, turned))

    assert list(turned.content) != list(kept.content)
    assert one == other
    assert list(queries.shown(turned, TODAY).content)[:2] == ["plain_summary", "name"]


def test_nobody_withholds_what_the_public_needs_most_or_what_is_not_answered_or_twice():
    system = published_system(technique="A list.")
    said = {"ground": Ground.TRADE_SECRET, "reason": "A secret.", "until": date(2027, 6, 1)}

    for field, told in (("how_to_challenge", "needs most"), ("logic", "is answered"), ("colour", "field of the register")):
        with pytest.raises(BadInput, match=told):
            actions.withhold(by=owner(), at=NOON, system=system, field=field, **said)
    actions.withhold(by=owner(), at=NOON, system=system, field="technique", **said)
    with pytest.raises(BadInput, match="asked for it already"):
        actions.withhold(by=owner(), at=NOON, system=system, field="technique", **said)


def test_it_can_be_asked_for_again_once_its_day_has_come():
    system = published_system(technique="A list.")
    withheld(system, "technique", until=date(2026, 12, 1))

    again = {"ground": Ground.TRADE_SECRET, "reason": "Still.", "until": date(2027, 6, 1)}
    actions.withhold(by=owner(), at=NOON + timedelta(days=9), system=system, field="technique", **again)

    assert system.withholdings.count() == 2


def test_whoever_asked_does_not_approve_and_nobody_approves_too_late():
    both = actor(user("both@force.example", Role.SYSTEM_OWNER, Role.APPROVER))
    system = published_system(technique="A list.")
    said = {"ground": Ground.TRADE_SECRET, "reason": "A secret.", "until": date(2026, 12, 1)}
    asked = actions.withhold(by=both, at=NOON, system=system, field="technique", **said)

    with pytest.raises(NotAllowed, match="second person"):
        actions.approve_withholding(by=both, at=NOON, withholding=asked)
    with pytest.raises(BadInput, match="has ended"):
        actions.approve_withholding(by=approver(), at=NOON + timedelta(days=9), withholding=asked)


def test_those_who_keep_lists_are_told_in_the_change_and_again_on_the_day(monkeypatch):
    told: list[tuple[str, date]] = []
    monkeypatch.setattr(hooks, "ON_SHOWN", [lambda system, on: told.append((system.slug, on))])
    system = drafted(technique="A list.")
    assert told == []
    republished(system)
    withheld(system, "technique", until=date(2027, 6, 1))
    assert told == [("letter-sorter", TODAY)] * 2

    job = Job.objects.get(kind="register.shown-again")
    assert job.due_at.isoformat() == "2027-06-01T00:00:00+00:00"
    HANDLERS[job.kind](job.payload, lambda _: None)

    assert told[-1] == ("letter-sorter", date(2027, 6, 1))


def test_a_draft_is_there_for_its_organisation_and_oversight_only():
    drafted()
    here, there = organisation("force"), organisation("other-force")
    seeing = [user("rev@force.example", Role.REVIEWER, organisation=here), user("eye@watch.example", Role.OVERSIGHT, organisation=there)]
    blind = [
        user("owner@other.example", Role.SYSTEM_OWNER, organisation=there),
        user("aud@other.example", Role.AUDITOR, organisation=there),
    ]

    for one in seeing:
        assert queries.system_for(actor(one), "letter-sorter").slug == "letter-sorter"
    for one in (*map(actor, blind), NOBODY):
        with pytest.raises(NotFound):
            queries.system_for(one, "letter-sorter")
    with pytest.raises(NotFound):
        queries.system("letter-sorter")
    with pytest.raises(NotFound):
        queries.published("letter-sorter")


def test_an_auditor_elsewhere_sees_a_published_system_but_not_its_next_draft():
    system = published_system()
    actions.begin_edition(by=owner(), at=NOON, system=system)
    auditor = actor(user("aud@other.example", Role.AUDITOR, organisation=organisation("other-force")))

    found = queries.system_for(auditor, "letter-sorter")

    assert not queries.may_read_draft(auditor, found)
    assert [one.step for one in queries.history_for(auditor, found)] == [Step.PUBLISHED, Step.SUBMITTED, Step.DRAFTED]


def test_what_happens_to_a_draft_is_public_only_once_it_is_published():
    system = published_system()
    actions.begin_edition(by=owner(), at=NOON, system=system)
    assert [one.step for one in queries.history(system)] == [Step.PUBLISHED, Step.SUBMITTED, Step.DRAFTED]
    assert [one.by for one in queries.history(system)] == ["", "", ""]

    write(system, purpose="Another.")
    republished(system)

    assert [one.step for one in queries.history(system)][:3] == [Step.CHANGED, Step.SUBMITTED, Step.DRAFTED]
    assert {one.by for one in queries.history_for(owner(), system)} == {"Owner", "Approver"}


def test_that_a_draft_s_answer_is_withheld_is_public_only_once_the_draft_is_published():
    system = published_system()
    actions.begin_edition(by=owner(), at=NOON, system=system)
    write(system, technique="A plan that nobody knows of.")
    hidden = withheld(system, "technique")
    actions.release_withholding(by=approver(), at=NOON, withholding=hidden, reason="It may be known.")
    withheld(system, "technique")
    told = [Step.WITHHELD, Step.RELEASED, Step.WITHHELD]

    assert not set(told) & {one.step for one in queries.history(system)}
    assert b"withheld" not in Client().get("/register/changes.csv").getvalue()
    assert [one.step for one in queries.history_for(owner(), system)][:3] == told

    republished(system)
    assert [one.step for one in queries.history(system)][2:5] == told


def test_that_an_answer_everybody_could_read_is_withheld_is_public_at_once():
    system = published_system(technique="A list.")
    actions.begin_edition(by=owner(), at=NOON, system=system)
    withheld(system, "technique")

    assert queries.history(system)[0].step is Step.WITHHELD


def test_nobody_withholds_an_answer_that_was_taken_out_meanwhile():
    system = drafted(technique="A list.")
    said = {"ground": Ground.TRADE_SECRET, "reason": "A secret.", "until": date(2027, 6, 1)}
    asked = actions.withhold(by=owner(), at=NOON, system=system, field="technique", **said)
    write(system, technique=None)

    with pytest.raises(BadInput, match="is answered"):
        actions.approve_withholding(by=approver(), at=NOON, withholding=asked)


def test_an_entry_whose_day_of_review_has_come_waits_for_its_owner():
    published_system(revision_due="2026-11-22")
    published_system("another", revision_due="2026-11-23")

    assert [one.slug for one in queries.waiting(owner(), on=TODAY).overdue] == ["letter-sorter"]
    assert queries.waiting(approver(), on=TODAY).overdue == ()


def test_an_import_is_published_at_once_marked_and_numbered_only_when_something_changed():
    elsewhere = organisation("elsewhere", documented_by_others=True)
    said = {"organisation": elsewhere, "slug": "brought", "source": "A made-up list, CC0", "at": NOON}

    first = actions.import_entry(content={"name": "Brought"}, **said)
    same = actions.import_entry(content={"name": "Brought"}, **said)
    second = actions.import_entry(content={"name": "Brought again"}, **said)

    assert (first.number, same.pk, second.number) == (1, first.pk, 2)
    system = System.objects.get(slug="brought")
    assert (system.standing, system.source, system.made_by) == ("published", "A made-up list, CC0", None)
    assert [one.step for one in queries.history(system)] == [Step.CHANGED, Step.PUBLISHED]
    assert queries.published("brought").content == {"name": "Brought again"}


def test_an_import_from_another_source_is_a_change_like_others():
    elsewhere = organisation("elsewhere", documented_by_others=True)
    said = {"organisation": elsewhere, "slug": "brought", "content": {"name": "Brought"}, "at": NOON}
    actions.import_entry(source="A made-up list, CC0", **said)

    again = actions.import_entry(source="Another made-up list, CC0", **said)

    assert (again.number, again.system.source) == (2, "Another made-up list, CC0")
    newest = queries.history(again.system)[0]
    assert (newest.step, newest.reason) == (Step.CHANGED, "The source is another: it was A made-up list, CC0")
    assert json.loads(newest.document)["source"] == "Another made-up list, CC0"


def test_an_import_looks_at_the_system_only_once_nobody_else_can_change_it(monkeypatch):
    elsewhere = organisation("elsewhere", documented_by_others=True)
    said = {"organisation": elsewhere, "slug": "brought", "content": {"name": "Brought"}, "at": NOON}
    actions.import_entry(source="A made-up list, CC0", **said)

    def slowly(system: System) -> System:  # another import comes in between
        System.objects.filter(pk=system.pk).update(source="Another made-up list, CC0")
        return changes.locked(system)

    monkeypatch.setattr(importing, "locked", slowly)
    assert actions.import_entry(source="Another made-up list, CC0", **said).number == 1


def test_an_import_names_a_source_that_fits():
    said = {"content": {"name": "Brought"}, "slug": "brought", "at": NOON}
    for source in (" ", "x" * 301):
        with pytest.raises(BadInput, match="1 to 300"):
            actions.import_entry(organisation=organisation("elsewhere", documented_by_others=True), source=source, **said)


def test_an_import_for_an_organisation_that_works_here_is_refused():
    said = {"content": {"name": "Brought"}, "source": "A list", "at": NOON}
    with pytest.raises(BadInput, match="documented by others"):
        actions.import_entry(organisation=organisation("force"), slug="brought", **said)

    published_system("taken")
    with pytest.raises(BadInput, match="taken"):
        actions.import_entry(organisation=organisation("elsewhere", documented_by_others=True), slug="taken", **said)


def test_a_draft_carries_no_numbers_that_open_its_digest():
    drafted()

    seen = queries.shown(System.objects.get().editions.get(), TODAY)

    assert (seen.salts, seen.sealed) == ({}, {})


def test_nobody_is_sent_to_approve_what_they_wrote_or_asked_for_themselves():
    both = actor(user("both@force.example", Role.SYSTEM_OWNER, Role.APPROVER))
    system = published_system(technique="A list.")
    said = {"ground": Ground.TRADE_SECRET, "reason": "A secret.", "until": date(2027, 6, 1)}
    actions.withhold(by=both, at=NOON, system=system, field="technique", **said)
    actions.begin_edition(by=both, at=NOON, system=system)
    sender = actor(user("sender@force.example", Role.SYSTEM_OWNER, Role.APPROVER))
    actions.submit(by=sender, at=NOON, system=system)

    assert queries.waiting(sender, on=TODAY).reviews == ()
    mine, theirs = queries.waiting(both, on=TODAY), queries.waiting(approver(), on=TODAY)

    assert (mine.withholdings, mine.reviews) == ((), ())
    assert [one.field for one in theirs.withholdings] == ["technique"]
    assert [one.number for one in theirs.reviews] == [2]


def test_oversight_that_audits_too_sees_every_draft_as_oversight_does():
    drafted("secret-plan")
    both = actor(user("both@county.example", Role.OVERSIGHT, Role.AUDITOR, organisation=organisation("county", kind="oversight")))

    assert queries.system_for(both, "secret-plan").slug == "secret-plan"
