"""Raw updates, as a programmer at the console could try them: the database itself refuses."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction

from habeas.web.base.models import LogLine
from habeas.web.register.actions import begin_edition, submit
from habeas.web.register.models import Change, Edition, Writing
from web.makers import NOON, approver, drafted, owner, published_system, republished, user, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"content": {"name": "Another"}},
        {"number": 7},
        {"note": "another"},
        {"published_at": None, "state": "draft"},
        {"digest": "0" * 64},
        {"secret": "0" * 64},
        {"state": "draft"},
    ],
)
def test_no_field_of_a_published_edition_is_rewritten(fields):
    edition = published_system().editions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**fields)


@pytest.mark.parametrize("field", ["published_by", "submitted_by", "made_by"])
def test_who_wrote_submitted_and_published_is_not_rewritten(field):
    edition, third = published_system().editions.get(), user("third@force.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**{field: third})


def test_a_superseded_edition_is_not_rewritten_and_does_not_come_back():
    system = published_system()
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, purpose="Another purpose.")
    republished(system)
    first = system.editions.get(number=1)
    assert first.state == "superseded"

    for fields in ({"content": {}}, {"state": "published"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=first.pk).update(**fields)


def test_a_published_edition_is_not_removed():
    edition = published_system().editions.get()

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_edition WHERE id = %s", [edition.pk])


@pytest.mark.parametrize("table", ["register_change", "register_edition", "register_writing"])
def test_no_row_is_put_in_the_place_of_another(table):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite replaces rows")
    published_system()

    with pytest.raises(IntegrityError, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")  # noqa: S608 - our own tables' names


def test_what_happened_is_neither_rewritten_nor_removed():
    change = Change.objects.filter(system=published_system()).order_by("id").first()

    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(reason="another")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_change WHERE id = %s", [change.pk])


def test_the_database_itself_wants_four_eyes_on_who_submitted_and_who_wrote():
    system = drafted()
    submit(by=owner(), at=NOON, system=system)
    edition, digest = system.editions.get(), "0" * 64

    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="published", published_by=owner().user, published_at=NOON, digest=digest)
    Writing.objects.create(edition=edition, user_id=approver().user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="published", published_by=approver().user, published_at=NOON, digest=digest)


def test_no_draft_is_shown_as_one_that_was_superseded():
    edition, by = drafted().editions.get(), owner().user

    with pytest.raises(IntegrityError, match="only a published edition"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="superseded", published_by=by, published_at=NOON, digest="0" * 64)


def test_nobody_takes_back_that_they_wrote_in_an_edition_to_publish_it():
    system = drafted()
    submit(by=owner(), at=NOON, system=system)
    mine = Writing.objects.create(edition=system.editions.get(), user_id=approver().user)

    with pytest.raises(IntegrityError), transaction.atomic():
        mine.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Writing.objects.filter(pk=mine.pk).update(user=user("third@force.example"))


@pytest.mark.parametrize("state", ["published", "superseded"])
def test_no_edition_comes_in_published(state):
    system, late = drafted(), {"published_at": NOON, "digest": "0" * 64, "secret": "0" * 64}

    with pytest.raises(IntegrityError, match="begins as a draft"), transaction.atomic():
        Edition.objects.create(system=system, number=2, state=state, made_at=NOON, changed_at=NOON, published_by_id=approver().user, **late)


def test_what_comes_back_published_must_stand_in_the_history_and_keeps_four_eyes():
    system, line = drafted(), published_system("another").changes.get(kind="published").log
    late = {"published_at": NOON, "digest": "0" * 64, "secret": "0" * 64, "made_at": NOON, "changed_at": NOON}
    kept = {"pk": 999, "system": system, "number": 2, "state": "published", **late}
    Change.objects.create(system=system, edition_id=999, kind="published", at=NOON, log=_another(line))
    Writing.objects.create(edition_id=999, user_id=approver().user)

    with pytest.raises(IntegrityError, match="does not publish"), transaction.atomic():
        Edition.objects.create(**kept, published_by_id=approver().user)
    Edition.objects.create(**kept, published_by=user("third@force.example"))

    assert system.editions.filter(state="published").exists()


def _another(line):
    return LogLine.objects.create(record=line.record, document=line.document, made_at=line.made_at)


def test_nobody_is_written_into_an_edition_that_they_published():
    edition = published_system().editions.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        Writing.objects.create(edition=edition, user_id=approver().user)


def test_a_draft_may_be_rewritten():
    edition = drafted().editions.get()

    assert Edition.objects.filter(pk=edition.pk).update(content={"name": "Another"}) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_a_test_with_transactions_of_its_own_leaves_an_empty_register(turn):
    assert not Edition.objects.exists(), turn

    published_system()
