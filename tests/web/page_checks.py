"""What every page must hold to, read from its HTML alone."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

UNLABELLED = {"hidden", "submit", "button"}
STATIC = "/static/"


class Walk(HTMLParser):
    """Notes what a page has: ids, labels, headings, and what it may not have."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.labelled: set[str] = set()
        self.inputs: list[tuple[str, dict[str, str | None]]] = []
        self.h1 = 0
        self.tags: Counter[str] = Counter()
        self.html_attributes: dict[str, str | None] = {}
        self.referred: list[str] = []
        self.problems: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if tag == "html":
            self.html_attributes = given
        if "id" in given:
            self.ids[given["id"] or ""] += 1
        if tag == "label":
            self.labelled.add(given.get("for") or "")
        if tag in ("input", "select", "textarea") and given.get("type") not in UNLABELLED:
            self.inputs.append((tag, given))
        self.referred += [one for name in ("aria-describedby", "aria-labelledby") for one in (given.get(name) or "").split()]
        self.problems += [f"<{tag} {name}>" for name in given if name == "style" or name.startswith("on")]
        self._inline(tag, given)
        self._from_elsewhere(tag, given)

    def _inline(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "style" or (tag == "script" and "src" not in given):
            self.problems.append(f"inline <{tag}>")
        if (given.get("href") or "").startswith("javascript:"):
            self.problems.append("a script as an address")

    def _from_elsewhere(self, tag: str, given: dict[str, str | None]) -> None:
        address = given.get("src") or (given.get("href") if tag == "link" and given.get("rel") in ("stylesheet", "icon") else None)
        if address is not None and not address.startswith("/"):
            self.problems.append(f"<{tag}> from elsewhere: {address}")


def problems(html: str) -> list[str]:
    """What is wrong with a page; nothing, if all is well."""
    found = Walk(html)
    wrong = list(found.problems)
    wrong += [f"id {name} stands {times} times" for name, times in found.ids.items() if times > 1]
    wrong += [f"nothing has the id {name}" for name in found.referred if name not in found.ids]
    wrong += [f"no label for <{tag} name={given.get('name')}>" for tag, given in found.inputs if not _labelled(given, found)]
    wrong += [f"{found.tags[tag]} <{tag}>, expected one" for tag in ("h1", "main", "title") if found.tags[tag] != 1]
    return wrong


def _labelled(given: dict[str, str | None], found: Walk) -> bool:
    return given.get("id") in found.labelled or bool(given.get("aria-label")) or bool(given.get("aria-labelledby"))
