"""How a system stands, on the desk and in public: suspended, retired, overdue."""

from __future__ import annotations

import pytest
from django.test import Client

from habeas.web.register.actions import begin_edition, resume, retire, suspend
from web.makers import NOON, approver, browser_of, drafted, overseer, owner, published_system, write

pytestmark = pytest.mark.django_db


def test_an_entry_is_overdue_by_what_is_published_whatever_its_draft_says():
    system = published_system(revision_due="2026-11-01")
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, revision_due="2036-11-01")
    overdue = "was to be checked again by 1 November 2026"
    assert overdue in browser_of(owner()).get("/desk/systems/letter-sorter/").content.decode()

    retire(by=approver(), at=NOON, system=system, reason="Nobody writes letters.")
    assert overdue not in browser_of(owner()).get("/desk/systems/letter-sorter/").content.decode()


def test_a_first_draft_is_never_overdue():
    drafted(revision_due="2026-11-01")

    assert "to be checked again" not in browser_of(owner()).get("/desk/systems/letter-sorter/").content.decode()


def test_that_oversight_suspended_a_system_stays_to_be_seen_once_its_organisation_retired_it():
    system = published_system()
    suspend(by=overseer(), at=NOON, system=system, reason="It loses letters.")
    retire(by=approver(), at=NOON, system=system, reason="Nobody writes letters.")

    desk, entry = browser_of(owner()).get("/desk/systems/letter-sorter/"), Client().get("/register/letter-sorter/")

    for page in (desk.content.decode(), entry.content.decode()):
        assert "It was already suspended when it was retired." in page
        assert "An oversight body suspended it." in page
    twin = Client().get("/register/letter-sorter.json").json()
    assert (twin["standing"], twin["suspended_by_role"]) == ("retired", "oversight")


def test_a_system_that_was_resumed_before_it_was_retired_is_told_as_retired_alone():
    system = published_system()
    suspend(by=approver(), at=NOON, system=system, reason="It loses letters.")
    assert "An oversight body" not in Client().get("/register/letter-sorter/").content.decode()
    resume(by=approver(), at=NOON, system=system, reason="It no longer does.")
    retire(by=approver(), at=NOON, system=system, reason="Nobody writes letters.")

    assert "It was suspended" not in Client().get("/register/letter-sorter/").content.decode()
    assert Client().get("/register/letter-sorter.json").json()["suspended_by_role"] is None
