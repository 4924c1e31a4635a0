"""Each process keeps what it found and drew last, and never gives it out once anything in it is another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertHTMLEqual

from habeas.web.accounts.models import Area, Organisation
from habeas.web.audits.actions import withdraw
from habeas.web.explore.caching.answers import SHOWN
from habeas.web.explore.caching.recent import Recent
from habeas.web.explore.forms import Looking
from habeas.web.explore.models import SearchRow
from habeas.web.explore.queries import search
from habeas.web.explore.queries.orders import ORDERS, Order
from habeas.web.explore.queries.search import TOTALS, Totals, Wish, all_found, listed, totals
from habeas.web.explore.views import entries, lists
from habeas.web.register.actions import suspend
from habeas.web.register.models import System
from web.makers import NOON, approver, auditor, force, organisation, published_audit, published_system, screened, version_of, withheld

LIST = "/register/"
ENTRY = "/register/letter-sorter/"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """As in a process that has just begun."""
    SHOWN.clear()
    ORDERS.clear()
    TOTALS.clear()


def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which templates views draw from now on."""
    names: list[str] = []

    def noting(request: HttpRequest, name: str, *rest: Any, **named: Any) -> HttpResponse:
        names.append(name)
        return render(request, name, *rest, **named)

    for module in (entries, lists):
        monkeypatch.setattr(module, "render", noting)
    return names


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "template"), [(LIST, "explore/list.html"), (ENTRY, "explore/entry.html")])
def test_a_page_that_says_the_same_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch, address: str, template: str) -> None:
    published_system()
    names = drawn(monkeypatch)
    one, other = client.get(address), client.get(address)
    assert names == [template]
    assert one.content == other.content
    assert {name: one.headers[name] for name in ("ETag", "Content-Type", "Cache-Control")} == {
        name: other.headers[name] for name in ("ETag", "Content-Type", "Cache-Control")
    }
    assert client.get(f"/fr{address}").content != one.content
    assert names == [template, template]


@pytest.mark.django_db
def test_a_page_with_a_gate_a_screen_and_an_audit_has_the_same_tag_when_it_says_the_same(client: Client, tmp_path: Path) -> None:
    version = version_of(published_system())
    screened(version, example="patrol-forecast")
    published_audit(version, tmp_path)
    assert client.get(ENTRY).headers["ETag"] == client.get(ENTRY).headers["ETag"]


@pytest.mark.django_db
def test_a_table_that_the_asker_has_is_not_made_again(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    published_system()
    address = "/register/letter-sorter.csv"
    tag = client.get(address).headers["ETag"]
    monkeypatch.setattr(entries, "table", None)  # whoever made it would fail
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.django_db
def test_a_page_that_was_kept_is_gone_as_soon_as_an_answer_is_withheld(client: Client) -> None:
    system = published_system(team="The quiet room")
    assert b"The quiet room" in client.get(ENTRY).content
    withheld(system, "team")
    assert b"The quiet room" not in client.get(ENTRY).content


@pytest.mark.django_db
def test_a_list_that_was_kept_is_drawn_anew_when_the_filter_offers_another_organisation(client: Client) -> None:
    for n in range(20):
        published_system(f"tool-{'a' * (n + 1)}", name="A tool")
    published_system("last", name="Z tool", organisation=organisation("other", name="The other force"))
    tag = client.get(LIST).headers["ETag"]
    Organisation.objects.filter(slug="other").update(name="A new name")
    answer = client.get(LIST, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert b">A new name</option>" in answer.content


def systems(wish: Wish) -> list[str]:
    """The systems on the first page."""
    return [row.slug for row in listed(wish).page]


@pytest.mark.django_db
def test_what_was_found_is_not_looked_for_again_while_nothing_is_written() -> None:
    published_system()
    assert systems(Wish(q="leter")) == ["letter-sorter"]
    with CaptureQueriesContext(connection) as queries:
        assert systems(Wish(q="leter")) == ["letter-sorter"]
    assert len(queries) == 3  # the organisations, the stamps, the rows
    assert not any("LIKE" in query["sql"] for query in queries)


@pytest.mark.django_db
def test_an_entry_that_is_published_is_found_at_once() -> None:
    published_system("one", name="Alpha")
    assert systems(Wish()) == ["one"]
    assert systems(Wish(q="beta")) == []
    published_system("two", name="Beta")
    assert systems(Wish()) == ["one", "two"]
    assert systems(Wish(q="beta")) == ["two"]


@pytest.mark.django_db
def test_an_entry_that_is_suspended_is_narrowed_by_it_at_once() -> None:
    system = published_system("one")
    assert systems(Wish(standing="suspended")) == []
    suspend(by=approver(), at=NOON, system=system, reason="A test.")
    assert systems(Wish(standing="suspended")) == ["one"]


@pytest.mark.django_db
def test_a_row_that_is_taken_away_is_gone_at_once() -> None:
    published_system("one")
    assert systems(Wish()) == ["one"]
    SearchRow.objects.all().delete()
    assert systems(Wish()) == []


@pytest.mark.django_db
def test_an_audit_that_is_published_narrows_at_once(tmp_path: Path) -> None:
    version = version_of(published_system("one"))
    assert systems(Wish(audited=True)) == []
    published_audit(version, tmp_path)
    assert systems(Wish(audited=True)) == ["one"]


@pytest.mark.django_db
def test_what_changed_while_it_was_found_and_is_again_as_it_was_is_looked_for_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    audit = published_audit(version_of(published_system("one")), tmp_path)
    find = search._order

    def after_it_was_withdrawn(*asked: Any) -> Order:
        withdraw(by=auditor(), at=NOON, audit=audit, why="A wrong column.")
        return find(*asked)

    monkeypatch.setattr(search, "_order", after_it_was_withdrawn)
    assert systems(Wish(audited=True)) == []
    monkeypatch.undo()
    published_audit(version_of(System.objects.get()), tmp_path)
    assert systems(Wish(audited=True)) == ["one"]


@pytest.mark.django_db
def test_the_register_in_numbers_is_counted_again_if_it_changed_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    published_system("one")
    count = search._totals

    def after_it_was_made_up() -> Totals:
        Organisation.objects.update(made_up=True)
        return count()

    monkeypatch.setattr(search, "_totals", after_it_was_made_up)
    assert totals().made_up == 1
    monkeypatch.undo()
    Organisation.objects.update(made_up=False)
    assert totals().made_up == 0


@pytest.mark.django_db
def test_what_is_said_of_an_organisation_orders_and_narrows_at_once() -> None:
    published_system("one", organisation=organisation("first", name="A force"))
    published_system("two", organisation=organisation("second", name="B force"))
    assert systems(Wish(sort="operator")) == ["one", "two"]
    assert systems(Wish(kind="court")) == []
    Organisation.objects.filter(slug="first").update(name="Z force", kind="court")
    assert systems(Wish(sort="operator")) == ["two", "one"]
    assert systems(Wish(kind="court")) == ["one"]


@pytest.mark.django_db
def test_the_register_in_numbers_is_never_old() -> None:
    assert totals() == Totals(entries=0, prohibited=0, by_others=0, made_up=0)
    published_system("one")
    assert totals() == Totals(entries=1, prohibited=0, by_others=0, made_up=0)
    screened(version_of(published_system("patrol-forecast")), example="patrol-forecast")
    assert totals() == Totals(entries=2, prohibited=1, by_others=0, made_up=0)
    Organisation.objects.update(documented_by_others=True)
    assert totals() == Totals(entries=2, prohibited=1, by_others=2, made_up=0)
    Organisation.objects.update(made_up=True)
    assert totals() == Totals(entries=0, prohibited=0, by_others=0, made_up=2)
    with CaptureQueriesContext(connection) as queries:
        totals()
    assert len(queries) == 2  # the organisations and the stamps


@pytest.mark.django_db
def test_an_area_that_is_entered_finds_at_once() -> None:
    published_system("one")
    assert systems(Wish(near="B33 8TH")) == []
    Area.objects.create(organisation=force(), country="GB", prefix="B")
    assert systems(Wish(near="B33 8TH")) == ["one"]


@pytest.mark.django_db
def test_every_writing_of_a_row_gives_it_another_stamp() -> None:
    system = published_system("one")
    before = SearchRow.objects.get(system=system).stamp
    suspend(by=approver(), at=NOON, system=system, reason="A test.")
    assert SearchRow.objects.get(system=system).stamp != before


WISHES = (
    Wish(),
    Wish(q="plates"),
    Wish(q="plattes"),
    Wish(q="late"),
    Wish(q="of force"),
    Wish(sort="operator"),
    Wish(sort="newest"),
    Wish(near="force"),
    Wish(purpose="match-plates"),
)


@pytest.mark.django_db
def test_pages_and_files_find_the_same_in_the_same_order() -> None:
    for slug, name, purpose in (("one", "Zebra", "It reads plates."), ("two", "Plates", "It reads."), ("three", "alpha", "Templates.")):
        published_system(slug, name=name, purpose=purpose, organisation=organisation(f"of-{slug}", name=f"Force {name}"))
    for _ in range(2):  # looked for, and kept
        for wish in WISHES:
            assert systems(wish) == [row.slug for row in all_found(wish)], wish
    assert systems(Wish(q="plates")) == ["two", "three", "one"]


@pytest.mark.django_db
def test_a_filter_is_drawn_as_django_draws_it_with_what_was_chosen_and_no_name_as_markup() -> None:
    published_system(organisation=organisation("odd", name='<b>"Odd"</b>'))
    form = Looking({"operator": "odd", "status": "in-use"})
    assert form.is_valid()
    for name in ("operator", "status", "sort"):
        widget = form.fields[name].widget
        assert isinstance(widget, forms.Select)
        plain = forms.Select(choices=list(widget.choices))
        assertHTMLEqual(str(form[name]), plain.render(name, form.data.get(name), {"id": f"id_{name}"}))
    assert '<option value="odd" selected>&lt;b&gt;&quot;Odd&quot;&lt;/b&gt;</option>' in str(form["operator"])


def test_what_was_used_longest_ago_goes_first() -> None:
    recent: Recent[str] = Recent(most=100)
    for name in "abcdefghij":
        recent.put(name, name.upper(), weight=10)
    assert recent.get("a") == "A"
    recent.put("k", "K", weight=10)
    assert recent.get("b") is None
    assert recent.get("a") == "A"
    assert recent.get("k") == "K"


def test_what_is_put_twice_weighs_once() -> None:
    recent: Recent[str] = Recent(most=100)
    recent.put("first", "1", weight=10)
    for _ in range(20):
        recent.put("again", "2", weight=10)
    assert recent.get("first") == "1"


def test_what_is_too_heavy_is_not_kept_and_pushes_nothing_out() -> None:
    recent: Recent[str] = Recent(most=100)
    recent.put("light", "1", weight=10)
    recent.put("heavy", "2", weight=11)
    assert recent.get("heavy") is None
    assert recent.get("light") == "1"


def test_nothing_is_found_in_what_was_emptied() -> None:
    recent: Recent[str] = Recent(most=100)
    recent.put("one", "1", weight=10)
    recent.clear()
    assert recent.get("one") is None
