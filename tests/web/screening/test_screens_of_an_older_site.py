"""A site that was set up before: its screens stay as they are while their table is rebuilt, and stay refused to whoever rewrites them."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from habeas.web.screening.models import Description, Screen
from web.makers import drafted, screened, version_of


@pytest.mark.django_db(transaction=True)
def test_a_site_of_before_keeps_its_screens_and_their_triggers() -> None:
    made = screened(version_of(drafted()))
    call_command("migrate", "screening", "0002", verbosity=0)
    call_command("migrate", "screening", verbosity=0)
    assert Screen.objects.get().digest == made.digest
    for rows in (Screen.objects, Description.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(made_at=made.made_at.replace(year=2030))
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.all()._raw_delete("default")
    assert screened(version_of(Screen.objects.get().version.system)).digest == made.digest
    assert Screen.objects.count() == 2
