"""A site that was set up before: its acts get the names of who did them, and stay refused to whoever rewrites them."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from habeas.web.gate import actions
from habeas.web.gate.models import Act
from web.makers import NOON, drafted, owner, version_of


@pytest.mark.django_db(transaction=True)
def test_a_site_of_before_keeps_its_acts_with_names_and_their_triggers() -> None:
    person = owner()
    actions.ask(by=person, at=NOON, version=version_of(drafted()))
    call_command("migrate", "gate", "0002", verbosity=0)
    call_command("migrate", "gate", verbosity=0)
    assert Act.objects.get().by_name == person.name
    with pytest.raises(DatabaseError), transaction.atomic():
        Act.objects.update(by_name="Somebody else")
    with pytest.raises(DatabaseError), transaction.atomic():
        Act.objects.all()._raw_delete("default")
