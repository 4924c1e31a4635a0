"""The way to a page is drawn alike everywhere."""

from __future__ import annotations

from pathlib import Path

from django.template import engines
from django.utils import translation

import habeas.web


def drawn(text: str, **context: str) -> str:
    """What a template with that text gives."""
    return engines["django"].from_string("{% load breadcrumbs %}" + text).render(context)


def test_the_way_says_in_the_language_of_the_page_what_it_is() -> None:
    with translation.override("fr"):
        html = drawn('{% breadcrumbs %}<li><a href="/">{{ name }}</a></li>{% endbreadcrumbs %}', name="<b>Register</b>")
    assert html.startswith(f'<nav class="breadcrumbs" aria-label="{french("Where you are")}">')
    assert '<ol class="row-list"><li><a href="/">&lt;b&gt;Register&lt;/b&gt;</a></li></ol>' in html


def french(text: str) -> str:
    """A text in French; the test would be about nothing if it were the same."""
    with translation.override("fr"):
        found = translation.gettext(text)
    assert found != text
    return found


def test_no_template_spells_it_by_itself() -> None:
    templates = list(Path(habeas.web.__file__).parent.rglob("templates/**/*.html"))
    assert len(templates) > 100
    assert [path.name for path in templates if 'class="breadcrumbs"' in path.read_text(encoding="utf-8")] == []
