"""How a page is looked at: on wide and narrow screens, in the dark, enlarged; and what every page must hold to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDE, PHONE, ZOOMED = {"width": 1280, "height": 900}, {"width": 360, "height": 740}, {"width": 640, "height": 450}
VIEWS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": WIDE},
    "phone": {"viewport": PHONE},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "zoomed to 200 %": {"viewport": ZOOMED, "device_scale_factor": 2},
}


@contextmanager
def watched(browser: Any, path: Path, view: str) -> Iterator[tuple[Any, list[str], list[str]]]:
    """The page in one view, with everything it complained of and asked for; a picture of it is left beside the file."""
    page = browser.new_page(**VIEWS[view])
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(path.as_uri())
    yield page, said, asked
    page.screenshot(path=path.with_name(f"{path.stem} {view}.png"), full_page=True)
    page.close()


def violations(page: Any) -> list[tuple[str, list[Any]]]:
    """The rules of accessibility that the page breaks, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response
    return [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found["violations"]]


def sideways(page: Any) -> int:
    """How many pixels the page can be scrolled sideways."""
    pixels: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return pixels


def unseen_focus(page: Any) -> str:
    """What has the focus without anybody seeing that it has; empty: nothing, or it is seen: it lies in the window and has a ring."""
    told: str = page.evaluate(_UNSEEN_FOCUS)
    return told


def shape(page: Any) -> str:
    """Which elements the page has, whatever they say: two pages of one shape keep or break the same rules."""
    told: str = page.evaluate("[...document.body.querySelectorAll('*')].map(one => one.tagName + '.' + one.className).join(' ')")
    return told


_UNSEEN_FOCUS = """() => {
  const one = document.activeElement
  if (one === null || one === document.body || !one.matches(':focus-visible')) return ''
  const place = one.getBoundingClientRect(), look = getComputedStyle(one)
  const within = place.bottom > 0 && place.top < innerHeight && place.right > 0 && place.left < innerWidth
  const seen = within && place.width > 0 && place.height > 0
  const ringed = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2 && look.outlineColor !== 'rgba(0, 0, 0, 0)'
  return seen && ringed ? '' : one.outerHTML.slice(0, 200)
}"""
