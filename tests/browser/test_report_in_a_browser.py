"""The report in a real browser: accessible, quiet, readable on a small telephone and on paper.

Chromium runs without a sandbox, since it also runs as root in containers; it loads one file of ours and nothing else. Pictures of
every view are left in pytest's temporary folder, to be looked at.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

import results
from browser.views import PHONE, VIEWS, WIDE, sideways, violations, watched
from habeas.reports import html

pytestmark = pytest.mark.browser

AT = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html.render(results.a_result(), at=AT), encoding="utf-8")
    return path


@pytest.fixture(scope="module", params=VIEWS)
def view(request, browser, report):
    with watched(browser, report, request.param) as seen:
        yield seen


def test_axe_finds_no_violation(view):
    assert violations(view[0]) == []


def test_the_browser_has_nothing_to_complain_of(view):
    _, said, _ = view

    assert said == []


def test_only_the_page_itself_is_loaded(view, report):
    _, _, asked = view

    assert [url for url in asked if not url.startswith("data:")] == [report.as_uri()]


def test_the_page_never_scrolls_sideways(view):
    page, _, _ = view

    assert sideways(page) == 0


def test_nothing_sticks_out_of_the_page(view):
    page, _, _ = view
    beyond = """() => {
        const width = document.documentElement.clientWidth;
        const outside = element => !element.closest('.scroll') && element.getBoundingClientRect().right > width + 1;
        return [...document.querySelectorAll('main *')].filter(outside).map(element => element.outerHTML.slice(0, 80));
    }"""

    assert page.evaluate(beyond) == []


def test_writing_in_charts_is_at_least_eleven_pixels_high(view):
    page, _, _ = view
    smallest = """Math.min(...[...document.querySelectorAll('svg text')].map(text =>
        12 * text.closest('svg').getBoundingClientRect().width / text.closest('svg').viewBox.baseVal.width))"""

    assert page.evaluate(smallest) >= 11


def test_the_style_sheet_passes_the_policy(view):
    page, _, _ = view

    assert page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderTopWidth") == "3px"


def test_an_injected_style_and_script_are_refused_by_the_policy(browser, tmp_path):
    text = html.render(results.a_result(), at=AT)
    attack = "<style>h1{color:rgb(1,2,3)}</style><script>document.title='taken over'</script>"
    path = tmp_path / "attacked.html"
    path.write_text(text.replace("</header>", f"</header>{attack}"), encoding="utf-8")
    page = browser.new_page()

    page.goto(path.as_uri())

    assert page.title() == "COMPAS, two-year general recidivism – audit report"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(1, 2, 3)"
    page.close()


def test_the_keyboard_reaches_the_verdict_first(browser, report):
    page = browser.new_page(viewport=WIDE)
    page.goto(report.as_uri())

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to the verdict"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.close()


def test_from_right_to_left_the_page_is_mirrored_and_nothing_sticks_out(browser, report):
    page = browser.new_page(viewport=PHONE)
    page.goto(report.as_uri())

    page.evaluate("document.documentElement.dir = 'rtl'")

    assert sideways(page) == 0
    assert page.evaluate("getComputedStyle(document.querySelector('.verdict')).borderRightWidth") == "14px"
    page.screenshot(path=report.with_name("right-to-left.png"), full_page=True)
    page.close()


def test_on_a4_nothing_is_clipped(browser, report):
    page = browser.new_page(viewport={"width": 680, "height": 980})  # A4 less its margins, at 96 dots per inch
    page.goto(report.as_uri())
    page.emulate_media(media="print")
    clipped = "[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth + 1).map(box => box.ariaLabel)"

    assert page.evaluate(clipped) == []
    page.close()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine: apt-get install poppler-utils")
def test_folded_parts_are_printed(browser, report):
    page = browser.new_page()
    page.goto(report.as_uri())
    path = report.with_name("printed.pdf")

    page.pdf(path=path, format="A4", prefer_css_page_size=True)

    page.close()
    printed = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "where a score of 8 or more counts as flagged" in re.sub(r"\s+", " ", printed)
