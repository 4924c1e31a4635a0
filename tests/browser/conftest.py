"""Debian's Chromium, started once a module, that asks nobody for anything by itself."""

from __future__ import annotations

import pytest

import needs

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=needs.chromium(), args=list(QUIET))
        yield launched
        launched.close()
