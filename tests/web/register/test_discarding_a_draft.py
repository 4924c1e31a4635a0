"""A draft is given up: its answers go, what happened stays, and nothing that was published changes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from habeas.errors import BadInput
from habeas.procedures.publication import Step
from habeas.procedures.withholding import Ground
from habeas.web.register import actions, queries
from habeas.web.register.models import Edition, System
from habeas.web.register.queries.withholdings import Withheld
from web.makers import ANSWERS, NOON, approver, browser_of, drafted, owner, published_system, republished, withheld, write

pytestmark = pytest.mark.django_db
PAGE = "/desk/systems/letter-sorter/discard/"


def seen_on(page: str) -> str:
    return re.findall(r'name="seen" value="([^"]+)"', page)[0]


def test_an_owner_reads_what_stays_and_discards_a_first_draft():
    drafted()
    client = browser_of(owner())
    assert PAGE in client.get("/desk/systems/letter-sorter/").content.decode()
    asked = client.get(PAGE).content.decode()
    assert ("What stays: " in asked, "What is published stays" in asked) == (True, False)

    assert client.post(PAGE, {"seen": seen_on(asked)}).status_code == 302

    system = System.objects.get()
    assert (system.editions.get().state, system.editions.get().content) == ("discarded", {})
    page = client.get("/desk/systems/letter-sorter/").content.decode()
    assert "Draft discarded" in page
    assert ANSWERS["plain_summary"] not in page
    assert Client().get("/register/letter-sorter/").status_code == 404


def test_the_published_edition_stays_and_the_public_hears_nothing_of_the_draft():
    system = published_system()
    before = Client().get("/register/letter-sorter.json").json()
    actions.begin_edition(by=owner(), at=NOON, system=system)
    write(system, purpose="Another.")
    actions.discard(by=owner(), at=NOON, system=system)

    assert Client().get("/register/letter-sorter.json").json() == before
    assert [one.step for one in queries.history_for(owner(), system)][:2] == [Step.DISCARDED, Step.DRAFTED]
    actions.begin_edition(by=owner(), at=NOON, system=system)
    assert republished(system).editions.get(state="published").number == 3


def test_only_a_draft_is_discarded_and_only_by_who_writes_it():
    system = published_system()
    assert browser_of(owner()).get(PAGE).status_code == 404
    with pytest.raises(BadInput, match="no open draft"):
        actions.discard(by=owner(), at=NOON, system=system)

    actions.begin_edition(by=owner(), at=NOON, system=system)
    assert browser_of(approver()).post(PAGE).status_code == 403
    seen = seen_on(browser_of(owner()).get(PAGE).content.decode())
    actions.submit(by=owner(), at=NOON, system=system)
    assert browser_of(owner()).post(PAGE, {"seen": seen}).status_code == 422
    assert system.editions.get(number=2).state == "review"


def test_what_somebody_else_wrote_meanwhile_is_not_discarded_unread():
    system, client = drafted(), browser_of(owner())
    seen = seen_on(client.get(PAGE).content.decode())
    write(system, purpose="Another.")

    for sent in ({"seen": seen}, {}):
        assert client.post(PAGE, sent).status_code == 422

    assert system.editions.get().content["purpose"] == "Another."


def test_what_the_salts_of_a_discarded_draft_came_from_goes_with_its_answers():
    system = drafted()
    actions.discard(by=owner(), at=NOON, system=system)

    assert system.editions.get().secret == ""


def test_a_withholding_of_the_draft_alone_ends_with_it_and_others_go_on():
    system = published_system(technique="A list.")
    actions.begin_edition(by=owner(), at=NOON, system=system)
    write(system, logic="By eye.", performance="Unknown.")
    withheld(system, "technique")
    withheld(system, "logic")
    said = {"ground": Ground.TRADE_SECRET, "reason": "A secret.", "until": date(2027, 6, 1)}
    actions.withhold(by=owner(), at=NOON, system=system, field="performance", **said)

    actions.discard(by=owner(), at=NOON, system=system)

    ended = system.withholdings.exclude(ended_at=None)
    assert sorted(ended.values_list("field", flat=True)) == ["logic", "performance"]
    assert queries.waiting(approver(), on=NOON.date()).withholdings == ()
    assert "technique" not in queries.shown(queries.published("letter-sorter"), NOON.date()).content


def test_nobody_is_told_that_an_answer_is_shown_which_went_with_its_draft():
    system = drafted()
    write(system, logic="By eye.")
    number = withheld(system, "logic").pk
    actions.discard(by=owner(), at=NOON, system=system)

    for address in ("/desk/systems/letter-sorter/withheld/", f"/desk/systems/letter-sorter/withheld/{number}/"):
        page = browser_of(approver()).get(address).content.decode()
        assert "Not answered" in page
        for said in ("Shown: ended early or refused", "it is shown", "Shown again"):
            assert said not in page


def test_nobody_is_asked_what_not_to_show_where_nothing_is_answered():
    system = drafted(logic="By eye.")
    asked, page = "Ask that something isn", "/desk/systems/letter-sorter/withheld/"
    assert asked in browser_of(owner()).get(page).content.decode()

    actions.discard(by=owner(), at=NOON, system=system)

    assert asked not in browser_of(owner()).get(page).content.decode()


def test_a_withholding_whose_day_had_come_did_not_end_with_the_draft():
    system = drafted()
    write(system, logic="By eye.")
    withheld(system, "logic")
    later = datetime.combine(system.withholdings.get().until, time(12), tzinfo=UTC)

    actions.discard(by=owner(), at=later, system=system)

    assert [one.state for one in queries.withholdings(system, on=later.date())] == [Withheld.EXPIRED]


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"content": {"name": "Another"}}])
def test_a_discarded_draft_does_not_come_back(fields):
    system = drafted()
    actions.discard(by=owner(), at=NOON, system=system)

    with pytest.raises(IntegrityError, match="stays discarded"), transaction.atomic():
        Edition.objects.filter(system=system).update(**fields)
    with pytest.raises(IntegrityError, match="stays discarded"), transaction.atomic():
        Edition.objects.filter(system=system)._raw_delete("default")
