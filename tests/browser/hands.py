"""Somebody at a browser, with a mouse or with nothing but a keyboard; every page that they come to is examined."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from browser.views import shape, sideways, unseen_focus, violations

MOST_TABS = 400
"""A page with a long list of words to tick has that many places to stop at."""


class Hands:
    """One person's browser. `keyboard`: everything is reached by Tab and pressed by Enter or Space.

    What the pages complained of, every answer from 400 on and every rule of accessibility that is broken is kept in `faults`; it must
    stay empty. Each address is examined once per person, and again when its page has got another shape. `twin`: a page of a browser with
    scripts, where `context` has none. Wherever Tab stops, it must be seen.
    """

    def __init__(self, context: Any, *, address: str, language: str, keyboard: bool, pictures: Path, twin: Any = None) -> None:
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.faults: list[str] = []
        self._address, self._prefix = address, "" if language == "en" else f"/{language}"
        self._language, self._keyboard, self._pictures, self._twin = language, keyboard, pictures, twin
        self._seen: set[tuple[str, str]] = set()
        self.page.on("console", lambda said: self.faults.append(f"{self.page.url}: console: {said.text}"))
        self.page.on("pageerror", lambda error: self.faults.append(f"{self.page.url}: {error}"))
        self.page.on("response", self._answered)
        self.page.on("request", self._asked)

    def go(self, path: str) -> None:
        """Open a page of the site in this person's language, and examine it."""
        self.page.goto(f"{self._address}{self._prefix}{path}")
        self.examine()

    def fill(self, name: str, text: str) -> None:
        """Write into the field of that name."""
        place = f"main [name='{name}']:not([type=hidden])"
        if not self._keyboard:
            self.page.fill(place, text)
            return
        self._reach(place)
        if self.page.get_attribute(place, "type") == "date":
            year, month, day = text.split("-")
            self.page.keyboard.type(month + day + year)  # as this browser, an American one, asks for it
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.insert_text(text)

    def tick(self, name: str, value: str) -> None:
        """Tick one box of several, or choose one of several."""
        place = f"main [name='{name}'][value='{value}']"
        if not self._keyboard:
            self.page.check(place)
        elif self.page.get_attribute(place, "type") == "radio":
            self._choose(name, value)
        else:
            self._reach(place)
            self.page.keyboard.press("Space")

    def bring(self, name: str, file: Path) -> None:
        """Choose a file to upload; the window for that is the machine's, not the page's."""
        self.page.set_input_files(f"main [name='{name}']", file)

    def press(self, place: str) -> None:
        """Press a button or follow a link, and examine what comes."""
        with self.page.expect_navigation() as came:
            if self._keyboard:
                self._reach(place)
                self.page.keyboard.press("Enter")
            else:
                self.page.click(place)
        if came.value is not None and came.value.status >= 400:
            raise AssertionError(f"{came.value.url}: {came.value.status}: {self.page.inner_text('main')[:500]}")
        self.examine()

    def says(self, text: str) -> bool:
        """Whether the page's main part says this."""
        return text in " ".join(self.page.inner_text("main").split())

    def look(self, name: str) -> None:
        """Leave a picture for whoever wants to see it."""
        self.page.screenshot(path=self._pictures / f"{name}.png", full_page=True)

    def examine(self) -> None:
        """See that the page keeps what every page promises."""
        path = self.page.url.removeprefix(self._address).partition("?")[0]
        direction, code = self.page.get_attribute("html", "dir"), self.page.get_attribute("html", "lang")
        if (direction, code) != ("rtl" if self._language == "ar" else "ltr", self._language):
            self.faults.append(f"{path}: expected {self._language}; got {code}, {direction}")
        if (wide := sideways(self.page)) > 0:
            self.faults.append(f"{path}: can be scrolled sideways by {wide} pixels")
        if (path, shape(self.page)) in self._seen:
            return
        self._seen.add((path, shape(self.page)))
        self.faults += [f"{path}: {rule} {where}" for rule, where in violations(self._examined())]

    def _examined(self) -> Any:
        """The page to examine: whoever does that needs timers, so a browser without scripts lends its cookies to one that has them."""
        if self._twin is None:
            return self.page
        self._twin.context.add_cookies(self.page.context.cookies())
        self._twin.goto(self.page.url)
        return self._twin

    def _answered(self, answer: Any) -> None:
        if answer.status >= 400:
            self.faults.append(f"{answer.request.method} {answer.url}: {answer.status}")

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self._address, "data:")):
            self.faults.append(f"asked a stranger: {request.url}")

    def _reach(self, place: str) -> None:
        """Tab on until that element has the focus."""
        self.page.wait_for_selector(place)
        for _ in range(MOST_TABS):
            if self.page.evaluate("place => document.activeElement === document.querySelector(place)", place):
                return
            self._tab()
        raise AssertionError(f"{self.page.url}: expected to reach {place} by Tab; {MOST_TABS} presses didn't")

    def _tab(self) -> None:
        self.page.keyboard.press("Tab")
        if unseen := unseen_focus(self.page):
            self.faults.append(f"{self.page.url}: expected to see where the focus is; it is on {unseen}")

    def _choose(self, name: str, value: str) -> None:
        """Tab into the group, then arrows: a group of choices is one stop."""
        for _ in range(MOST_TABS):
            if self.page.evaluate("name => document.activeElement.name === name", name):
                break
            self._tab()
        for _ in range(60):
            if self.page.evaluate("value => document.activeElement.value === value", value):
                self.page.keyboard.press("Space")
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{self.page.url}: expected to choose {value} of {name} by arrows")
