"""By which names a system is known: what a plan or a description that names one is held against."""

from __future__ import annotations

import re

import pytest

from habeas.web.base.actors import NOBODY
from habeas.web.register.actions import begin_edition
from habeas.web.register.queries import called, is_called, names_of
from web.makers import NOON, auditor, browser_of, drafted, owner, published_system, write

pytestmark = pytest.mark.django_db


def test_it_is_called_by_its_address_and_by_every_name_that_was_published() -> None:
    system = published_system()
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, name="Letter office")

    assert names_of(system, NOBODY) == ("letter-sorter", "Letter sorter")
    assert names_of(system, owner()) == ("letter-sorter", "Letter office", "Letter sorter")


def test_the_name_of_a_draft_is_none_to_whoever_may_not_read_it() -> None:
    system = drafted()
    assert is_called(system, "Letter sorter", owner())
    assert not is_called(system, "Letter sorter", auditor())
    assert is_called(system, "letter-sorter", auditor())


@pytest.mark.parametrize("name", ["Harm tool (HART)", "hart", "HARM  TOOL", "Ｈarm tool"])
def test_one_of_several_names_is_enough_however_it_is_written(name: str) -> None:
    assert is_called(published_system(name="Harm tool (HART)"), name, NOBODY)


@pytest.mark.parametrize("name", ["", " ", "tool", "Harm tool 2", "(", "COMPAS"])
def test_part_of_a_name_or_another_is_none_of_them(name: str) -> None:
    assert not is_called(published_system(name="Harm tool (HART)"), name, NOBODY)


def test_a_page_calls_it_by_its_newest_name_and_by_its_address_only_where_it_has_none() -> None:
    system = published_system()
    begin_edition(by=owner(), at=NOON, system=system)
    write(system, name="Letter office")

    assert called(system, NOBODY) == "Letter sorter"
    assert called(system, owner()) == "Letter office"
    assert called(drafted("nameless"), auditor()) == "nameless"


@pytest.mark.parametrize("page", ["versions/", "withheld/", "gate/", "audits/", "screening/"])
def test_the_way_to_each_page_of_a_system_leads_over_the_desk_and_names_the_system(page: str) -> None:
    system = published_system()
    html = browser_of(owner()).get(f"/desk/systems/{system.slug}/{page}").content.decode()
    way = re.search(r'<nav class="breadcrumbs".*?</nav>', html, re.DOTALL)
    assert way is not None
    steps = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', way[0])
    assert steps[:3] == [("/desk/", "Desk"), ("/desk/systems/", "Systems"), (f"/desk/systems/{system.slug}/", "Letter sorter")]
