"""An assessment's page in a real browser: accessible, quiet, readable on a small telephone, from right to left and on paper.

Pictures of every view are left in pytest's temporary folder, to be looked at.
"""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest

from browser.views import PHONE, VIEWS, WIDE, sideways, violations, watched
from habeas.reports.assessments.html import render
from habeas.rules.assessments.completing import complete
from habeas.rules.assessments.values import Kind
from screens.assessment_cases import BAN, DUTIES, FAMILY, HARM, OPEN_BAN, book, drafted, filled

pytestmark = pytest.mark.browser

AT = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
DRAFT = drafted(Kind.FUNDAMENTAL_RIGHTS, books=(book(BAN, OPEN_BAN, *DUTIES),), families=(FAMILY,), measured=(HARM,))
UNMEASURED = drafted(Kind.EQUALITY, books=(book(OPEN_BAN, *DUTIES),))
LONG = "Rückfallwahrscheinlichkeits" * 4
ASSESSMENTS = {
    "draft": DRAFT,
    "long words": dataclasses.replace(UNMEASURED, system=dataclasses.replace(UNMEASURED.system, name=LONG)),
    "complete": filled(DRAFT),
}


@pytest.fixture(scope="module", params=ASSESSMENTS)
def path(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("assessment") / f"{request.param}.html"
    assessment = ASSESSMENTS[request.param]
    path.write_text(render(assessment, complete(assessment), at=AT), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=VIEWS)
def view(request, browser, path):
    with watched(browser, path, request.param) as seen:
        yield seen


def test_axe_finds_no_violation(view):
    assert violations(view[0]) == []


def test_the_browser_has_nothing_to_complain_of_and_loads_nothing_else(view, path):
    _, said, asked = view

    assert said == []
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]


def test_the_page_never_scrolls_sideways(view):
    assert sideways(view[0]) == 0


def test_the_style_sheet_passes_the_policy(view):
    assert view[0].evaluate("getComputedStyle(document.querySelector('.state')).borderTopWidth") == "3px"


def test_what_is_missing_is_marked_without_colour(view, path):
    gaps = view[0].evaluate("[...document.querySelectorAll('.gap')].map(gap => getComputedStyle(gap).borderTopStyle)")

    assert set(gaps) == (set() if path.stem == "complete" else {"dashed"})


def test_the_keyboard_reaches_what_it_comes_to_first(browser, path):
    page = browser.new_page(viewport=WIDE)
    page.goto(path.as_uri())

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to what it comes to"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.close()


def test_from_right_to_left_the_page_is_mirrored_and_nothing_sticks_out(browser, path):
    page = browser.new_page(viewport=PHONE)
    page.goto(path.as_uri())

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert sideways(page) == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.state')).borderRightWidth") == "14px"
    page.screenshot(path=path.with_name(f"{path.stem} right to left.png"), full_page=True)
    page.close()


def test_on_a4_nothing_is_clipped(browser, path):
    page = browser.new_page(viewport={"width": 680, "height": 980})  # A4 less its margins, at 96 dots per inch
    page.goto(path.as_uri())
    page.emulate_media(media="print")
    outside = "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > 681).map(one => one.outerHTML)"

    assert page.evaluate(outside) == []
    page.pdf(path=path.with_suffix(".pdf"), format="A4", prefer_css_page_size=True)
    page.close()
