from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString

import habeas.web
from habeas.web.base.actors import NOBODY, Actor
from habeas.web.base.looks import without_language
from habeas.web.base.templatetags.languages import translated
from web.page_checks import Walk, problems

BASE = Path(habeas.web.__file__).parent / "base"
CSS = (BASE / "static" / "base" / "site.css").read_text(encoding="utf-8")
PHYSICAL = re.compile(
    r"\b(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b|[{;\s](?:left|right)\s*:|(?:float|clear)\s*:\s*(?:left|right)|text-align\s*:\s*(?:left|right)"
)


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Name", help_text="As staff call it")
    stage = forms.ChoiceField(label="Stage", choices=[("design", "Design"), ("live", "In use")], widget=forms.RadioSelect, help_text="Now")
    uses = forms.MultipleChoiceField(label="Uses", choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False)
    agreed = forms.BooleanField(label="It is true")
    country = forms.ChoiceField(label="Country", choices=[("", "all")], required=False)
    token = forms.CharField(widget=forms.HiddenInput, initial="t")


def drawn(form: forms.Form) -> str:
    """A form as a page shows it."""
    summary = render_to_string("components/errors.html", {"form": form})
    return f'<html lang="en"><title>t</title><main><h1>h</h1>{summary}<form>{form}</form></main></html>'


def asked(path: str = "/", *, actor: Actor = NOBODY) -> HttpRequest:
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]  # as the middleware does
    return request


def test_every_field_has_its_label_hint_and_error_and_they_are_read_in_this_order() -> None:
    html = drawn(Sample(data={}))
    name = html[html.index('for="id_name"') :]

    assert problems(html) == []
    assert name.index("As staff call it") < name.index('id="id_name_error"') < name.index("<input")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert html.count('aria-invalid="true"') >= 2


def test_choices_stand_in_a_group_with_a_name() -> None:
    html = drawn(Sample())

    assert re.search(r'<fieldset aria-describedby="id_stage_helptext">\s*<legend>Stage</legend>', html)
    assert "<legend>Uses</legend>" in html
    assert html.count("<fieldset") == 2


def test_the_summary_of_errors_leads_to_each_field() -> None:
    html = drawn(Sample(data={}))
    ids = Walk(html).ids

    led_to = re.findall(r'<a href="#([^"]+)"', html)
    assert led_to == ["id_name", "id_stage_0", "id_agreed"]
    assert all(one in ids for one in led_to)


def test_a_form_without_errors_has_no_summary() -> None:
    assert "There is a problem" not in drawn(Sample())


def test_what_somebody_typed_is_shown_and_never_run() -> None:
    html = drawn(Sample(data={"name": "<script>alert(1)</script>", "token": "t"}))

    assert "<script>" not in html


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_an_error_page_that_knows_nothing_is_a_page_all_the_same(name: str) -> None:
    assert problems(render_to_string(name)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["403.html", "404.html", "base/error.html"])
def test_an_error_page_has_the_frame_and_a_way_out(name: str) -> None:
    html = render_to_string(name, {"message": "expected a day; got <b>"}, request=asked("/ar/desk/"))

    assert problems(html) == []
    assert "&lt;b&gt;" in html or name != "base/error.html"
    assert 'href="/"' in html


@pytest.mark.django_db
def test_staff_sign_out_by_post_and_the_desk_is_no_matter_for_crawlers() -> None:
    html = render_to_string("base/desk.html", request=asked("/desk/systems/", actor=Actor(user=1, name="Ada")))

    assert '<form method="post" action="/accounts/logout/">' in html
    assert '<a href="/desk/systems/" aria-current="true">' in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_pager_names_the_page_and_leads_on() -> None:
    page = Paginator(range(50), 20).get_page(2)
    html = render_to_string("components/pager.html", {"page": page}, request=asked("/list/?q=a+b&page=2"))

    assert "Page 2 of 3" in html
    assert 'href="?q=a+b&amp;page=1"' in html
    assert 'href="?q=a+b&amp;page=3"' in html


def test_one_page_needs_no_pager() -> None:
    assert render_to_string("components/pager.html", {"page": Paginator([1], 20).get_page(1)}, request=asked()).strip() == ""


def test_parts_of_pages_show_what_they_are_given() -> None:
    assert "tag-bad" in (tag := render_to_string("components/tag.html", {"kind": "bad", "label": "prohibited <x>"}))
    assert "prohibited &lt;x&gt;" in tag
    assert "notice-info" in render_to_string("components/notice.html", {"kind": "info", "text": "Read"})
    assert "hasn&#x27;t said" in render_to_string("components/missing.html") or "hasn't said" in render_to_string("components/missing.html")
    assert "Made up" in render_to_string("components/made_up.html")
    crumbs: list[tuple[str | SafeString, str]] = [("Desk", "/desk/")]
    assert 'href="/desk/"' in render_to_string("components/breadcrumbs.html", {"crumbs": crumbs})


def test_the_style_sheet_reads_right_to_left_as_well() -> None:
    assert PHYSICAL.findall(CSS) == []


def test_the_style_sheet_asks_nobody_else_for_anything() -> None:
    assert not re.search(r"url\(|@import|https?:", CSS.replace('href^="http"', ""))


@pytest.mark.django_db
def test_the_form_that_is_too_old_is_told_so() -> None:
    answer = Client(enforce_csrf_checks=True).post("/accounts/logout/")

    assert answer.status_code == 403
    assert "The form was too old" in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "2 November 2026, 14:05"), ("fr", "2 novembre 2026, 14:05"), ("ar", "2 نوفمبر 2026، 14:05")]
)
def test_a_day_and_a_time_are_written_as_the_language_does(language: str, said: str) -> None:
    with translation.override(language):
        assert date_format(datetime(2026, 11, 2, 14, 5, tzinfo=UTC), "DATETIME_FORMAT") == said


@pytest.mark.parametrize(
    ("address", "english"),
    [
        ("/ar/rules/?page=2", "/rules/?page=2"),
        ("/", "/"),
        ("/cy/", "/"),
        ("/cyclists/", "/cyclists/"),
        ("/ar", "/ar"),
        ("/ar//elsewhere.example/", "/elsewhere.example/"),
    ],
)
def test_an_address_is_the_same_in_english_without_the_language(address: str, english: str) -> None:
    assert without_language(address) == english


def test_words_from_data_are_translated_or_marked_as_english() -> None:
    with translation.override("fr"):
        assert translated("Register") == "Registre"
        assert translated("No such <word>") == '<span lang="en" dir="ltr">No such &lt;word&gt;</span>'
        assert translated("") == ""
    with translation.override("en"):
        assert translated("No such word") == "No such word"
