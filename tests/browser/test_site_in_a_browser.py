"""The documentation in a real browser, opened from a folder: searched without a network, and read on a telephone."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from browser.views import PHONE, WIDE
from needs import REPOSITORY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, check=True)
    return folder


def test_a_site_opened_from_a_folder_can_be_searched_and_asks_nobody(browser, site):
    page = browser.new_page(viewport=WIDE)
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto((site / "index.html").as_uri())

    page.locator("input.md-search__input").click()
    page.keyboard.type("RisCanvi")
    page.locator(".md-search-result__link[href$='individual-risk.html#es-riscanvi']").first.wait_for()

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    page.close()


@pytest.mark.parametrize("name", ["reference/rules/index", "reference/verdicts", "explanation/beside-litmus"])
def test_on_a_telephone_only_a_wide_table_scrolls_sideways_and_keeps_its_first_column(browser, site, name):
    page = browser.new_page(viewport=PHONE)
    page.goto((site / f"{name}.html").as_uri())

    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    left = page.evaluate("""
        [...document.querySelectorAll(".md-typeset__scrollwrap")].filter(wrap => wrap.scrollWidth > wrap.clientWidth + 50).map(wrap => {
            wrap.scrollLeft = 9999;
            return Math.round(wrap.querySelector("tbody td").getBoundingClientRect().left - wrap.getBoundingClientRect().left);
        })""")
    assert left
    assert all(0 <= place <= 20 for place in left)
    page.close()
