from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

import habeas.web
from habeas.web.accounts.actions.forgetting import INVITATIONS_KEPT_FOR
from habeas.web.audits.actions.sweeping import KEPT_FOR as ROWS_KEPT_FOR
from habeas.web.base.worker.tidying import JOBS_KEPT_FOR
from habeas.web.explore.models import SearchRow
from habeas.web.pages.shown.kept import KEPT
from web.makers import organisation, published_system
from web.page_checks import Walk, problems

STANDING = ("", "about/", "help/", "accessibility/", "privacy/", "open-data/", "security/")
LISTS = ("catalogue/", "technologies/", "rules/")
ONES = (
    "catalogue/uk-swp-lfr/",
    "catalogue/us-compas/",
    "technologies/live-face-recognition/",
    "rules/eu-ai-act/",
    "rules/uk/",
    "rules/eu-ai-act/AIA-5-1-h/",
    "rules/fair-trials/FT-S1/",
)
LANGUAGES = {"": "en", "fr/": "fr", "nl/": "nl", "cy/": "cy", "ar/": "ar"}
MOST_BYTES = 100_000
ALLOWED_AT_HOME = 4  # the organisations, the stamps, what changed last; the numbers, where they aren't kept
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",  # a passkey's challenge
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}
CSS = Path(habeas.web.__file__).parent / "base" / "static" / "base" / "site.css"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", [*STANDING, *LISTS, *ONES])
def test_a_page_that_is_known_already_is_not_sent_again_and_varies_by_nothing(client: Client, path: str) -> None:
    answer = client.get(f"/{path}")
    assert client.get(f"/{path}", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert "Vary" not in answer.headers


def test_the_first_page_is_sent_again_once_the_register_changed(client: Client) -> None:
    tag = client.get("/").headers["ETag"]
    published_system()
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 200


def test_the_first_page_is_sent_again_when_a_mark_of_what_changed_last_is_another(client: Client) -> None:
    published_system()
    tag = client.get("/").headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 304
    SearchRow.objects.update(prohibited=True)
    answer = client.get("/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "tag-bad" in answer.content.decode()


def test_a_page_is_sent_again_once_the_site_has_another_name(client: Client, settings: Any) -> None:
    tag = client.get("/help/").headers["ETag"]
    settings.SITE = replace(settings.SITE, name="Another register")
    assert client.get("/help/", headers={"If-None-Match": tag}).status_code == 200


def test_made_up_systems_are_no_systems_of_the_register_in_figures(client: Client) -> None:
    published_system("letter-sorter")
    published_system("dreamt", organisation=organisation("dream-force", made_up=True))
    published_system("brought", organisation=organisation("elsewhere", documented_by_others=True))
    words = " ".join(re.sub(r"<[^>]+>", " ", client.get("/").content.decode()).split())
    assert "systems in this register 2" in words
    assert "of them prohibited by a rulebook 0" in words
    assert "of them documented by others 1" in words
    assert "made-up systems, which show how the site works 1" in words


@pytest.mark.parametrize("prefix", LANGUAGES)
@pytest.mark.parametrize("path", [*STANDING, *LISTS, *ONES])
def test_a_public_page_is_there_in_every_language_and_holds_to_what_every_page_must(client: Client, prefix: str, path: str) -> None:
    answer = client.get(f"/{prefix}{path}")
    html = answer.content.decode()

    assert answer.status_code == 200
    assert problems(html) == []
    assert Walk(html).html_attributes == {"lang": LANGUAGES[prefix], "dir": "rtl" if prefix == "ar/" else "ltr"}


@pytest.mark.parametrize("path", [*STANDING, *LISTS, *ONES])
def test_a_public_page_sets_no_cookie_allows_nothing_from_elsewhere_and_is_light(client: Client, path: str) -> None:
    answer = client.get(f"/{path}")

    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert len(answer.content) + CSS.stat().st_size <= MOST_BYTES


@pytest.mark.parametrize("path", [*STANDING, *LISTS, *ONES])
def test_nobody_is_looked_up_to_show_a_public_page(client: Client, path: str, django_assert_max_num_queries: Callable[[int], Any]) -> None:
    client.cookies["sessionid"] = "somebody"

    with django_assert_max_num_queries(0 if path else ALLOWED_AT_HOME) as asked:
        answer = client.get(f"/{path}")

    assert not [query["sql"] for query in asked if re.search("session|accounts_user", query["sql"])]
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_the_language_switch_keeps_the_page_and_what_was_asked(client: Client) -> None:
    html = client.get("/fr/catalogue/?family=face-live").content.decode()

    assert 'href="/ar/catalogue/?family=face-live"' in html
    assert 'href="/catalogue/?family=face-live"' in html


def test_the_language_switch_works_on_a_page_that_is_not_there(client: Client) -> None:
    html = client.get("/fr/nothing/").content.decode()

    assert 'href="/nothing/" lang="en"' in html
    assert 'href="/cy/nothing/" lang="cy"' in html


@pytest.mark.parametrize(("seconds", "said"), [(3 * 86_400, "3 days"), (86_400, "1 day"), (8 * 3_600, "8 hours")])
def test_the_notice_on_privacy_tells_how_long_a_session_lasts_from_the_settings(
    client: Client, settings: Any, seconds: int, said: str
) -> None:
    settings.SESSION_COOKIE_AGE = seconds

    assert f">{said}<" in client.get("/privacy/").content.decode()


def test_the_notice_on_privacy_tells_of_every_table_once_and_of_who_sees_it_as_the_table_does(client: Client) -> None:
    html = unescape(client.get("/privacy/").content.decode())
    every = {model._meta.label: getattr(model, "PRIVACY", None) for model in apps.get_models(include_auto_created=True)}
    told = {name: kind.privacy for kind in KEPT for name in kind.tables}

    assert told.keys() == every.keys()
    assert sum(len(kind.tables) for kind in KEPT) == len(every)
    assert {name: privacy for name, privacy in every.items() if privacy is not None and told[name] != privacy} == {}
    assert all(str(text) in html for kind in KEPT for text in (kind.name, kind.about, kind.seen_by))


def test_the_notice_on_privacy_tells_how_long_as_it_is_done() -> None:
    about = {table: str(kind.about) for kind in KEPT for table in kind.tables}

    assert f"{INVITATIONS_KEPT_FOR.days} days" in about["accounts.Invitation"]
    assert f"{JOBS_KEPT_FOR.days} days" in about["base.Job"]
    assert f"{ROWS_KEPT_FOR.days} days" in about["audits.Audit"]


def test_the_first_page_shows_the_register_in_numbers_and_what_changed_last(client: Client) -> None:
    published_system("patrol-forecast", name="Patrol forecast")

    html = client.get("/fr/").content.decode()

    assert 'href="/fr/register/patrol-forecast/"' in html
    assert re.search(r"<dd>1</dd>", html)


def test_an_empty_register_shows_no_numbers(client: Client) -> None:
    assert '<dl class="figures">' not in client.get("/").content.decode()


def test_whoever_runs_the_site_is_named_or_missing(client: Client) -> None:
    assert settings.SITE.contact == ""
    assert "given no address" in client.get("/accessibility/").content.decode()


def test_a_weakness_can_be_reported_as_rfc_9116_says(client: Client) -> None:
    answer = client.get("/.well-known/security.txt")
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    expires = datetime.fromisoformat(lines["Expires"])

    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "http://testserver/security/"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert datetime.now(UTC) < expires
    assert (expires - datetime.now(UTC)).days < 365


def test_a_crawler_is_kept_from_the_desk_only(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()

    assert "Disallow: /desk/" in lines
    assert "Disallow: /" not in lines


@pytest.mark.parametrize("path", ["nothing/", "catalogue/nothing/", "rules/nothing/", "rules/uk/nothing/", "technologies/nothing/"])
@pytest.mark.parametrize("prefix", ["", "ar/"])
def test_what_is_not_there_is_a_page_that_says_so(client: Client, prefix: str, path: str) -> None:
    answer = client.get(f"/{prefix}{path}")

    assert answer.status_code == 404
    assert problems(answer.content.decode()) == []
    assert not answer.cookies
