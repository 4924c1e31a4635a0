"""What staff read on their pages: nothing that can't be done, days as people write them, questions in the page's language."""

from __future__ import annotations

import pytest
from django.test import Client

from habeas.runs.registers.fields import field_set
from habeas.terms.register import Kind, Topic
from habeas.web.register.actions import submit
from web.makers import NOON, approver, browser_of, drafted, owner, published_system, withheld

pytestmark = pytest.mark.django_db

ADD_MORE = 'value="more"'


def read(address: str, *, language: str = "") -> str:
    client = browser_of(owner())
    return client.get(f"{language}/desk/systems/letter-sorter/{address}").content.decode()


@pytest.mark.parametrize("topic", field_set().topics, ids=lambda topic: topic.id)
def test_rows_can_be_added_only_where_something_is_answered_in_rows(topic: Topic) -> None:
    drafted()
    in_rows = any(field.kind is Kind.ROWS for field in field_set().of_topic(topic.id))
    assert (ADD_MORE in read(f"entry/{topic.id}/")) is in_rows


def test_of_a_retired_system_nothing_is_said_of_a_next_edition() -> None:
    published_system()
    assert "until a next edition is" in read("")

    browser_of(approver()).post("/desk/systems/letter-sorter/retire/", {"reason": "Not used."})

    assert "until a next edition is" not in read("")
    assert "No draft is open." in read("")
    assert Client().get("/register/letter-sorter/").content.decode().count(">Retired<") == 1


def test_what_shall_not_be_shown_is_chosen_by_its_question_in_the_language_of_the_page() -> None:
    published_system(how_told="By letter.")
    page = read("withheld/", language="/fr")
    assert '<label for="id_field">Question</label>' in page
    assert '<option value="how_told">Comment les personnes sont informées</option>' in page.replace(" selected", "")
    assert "2028-" not in page


def test_an_approver_reads_the_whole_entry_before_the_button_that_publishes_it() -> None:
    submit(by=owner(), at=NOON, system=drafted())
    page = browser_of(approver()).get("/desk/systems/letter-sorter/review/").content.decode()
    assert page.index('href="#decide"') < page.index('id="all"') < page.index('id="decide"') < page.index('value="publish"')


def test_what_is_hidden_already_is_no_longer_to_be_decided_but_can_be_shown() -> None:
    withheld(published_system(how_told="By letter."), "how_told")
    page = browser_of(approver()).get("/desk/systems/letter-sorter/withheld/").content.decode()
    assert ">Show it now<" in page
    assert ">Decide<" not in page
