"""Every text that the site shows people and that can be translated, with where it stands.

Texts stand in templates, in Python, and in data that templates translate by name: an app tells these in a module `texts_in_data`, by a
function `texts`; what only staff read, by `texts_of_staff`.
"""

from __future__ import annotations

import importlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

WEB = Path(__file__).parents[2]
IN_DATA = "texts_in_data"
WORDS = "words.py"
"""Where an app keeps the names of its states, which the public reads too."""
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
STAFF_APPS = ("accounts", "register", "screening", "audits", "gate")
"""Apps whose Python speaks to staff; what they show the public stands in templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text in English; `plural`: where it counts something. `place`: the file that has it. `public`: whether the public reads it."""

    english: str
    plural: str | None
    context: str | None
    place: str
    public: bool


def collect() -> list[Text]:
    """Every text, by file."""
    return [*_templates(), *_programs(), *_data()]


def _templates() -> Iterator[Text]:
    for path in sorted([*WEB.rglob("templates/**/*.html"), *WEB.rglob("templates/**/*.txt")]):
        place = path.relative_to(WEB).as_posix()
        made = templatize(path.read_text(encoding="utf-8"), origin=place)
        # what isn't a text is blanked out; without indentation it reads as Python
        lines = "\n".join(line.strip() for line in made.splitlines())
        yield from _texts(lines, place, public=_public_template(place))


def _programs() -> Iterator[Text]:
    for path in sorted(WEB.rglob("*.py")):
        place = path.relative_to(WEB).as_posix()
        if "migrations" not in path.parts:
            yield from _texts(path.read_text(encoding="utf-8"), place, public=_public_program(place))


def _data() -> Iterator[Text]:
    for folder in sorted(path.parent for path in WEB.glob(f"*/{IN_DATA}.py")):
        name = f"habeas.web.{folder.name}.{IN_DATA}"
        module, place = importlib.import_module(name), f"{folder.name}/{IN_DATA}.py"
        yield from (_text(text, place, public=True) for text in module.texts())
        if hasattr(module, "texts_of_staff"):
            yield from (_text(text, place, public=False) for text in module.texts_of_staff())


def _text(english: str, place: str, *, public: bool) -> Text:
    return Text(english=english, plural=None, context=None, place=place, public=public)


def _texts(source: str, place: str, *, public: bool) -> Iterator[Text]:
    for _, message, _, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        english, plural = message if isinstance(message, tuple) else (message, None)
        yield Text(english=english, plural=plural, context=context, place=place, public=public)


def _public_program(place: str) -> bool:
    return not place.startswith(STAFF_APPS) or place.endswith(f"/{WORDS}")


def _public_template(place: str) -> bool:
    return "/desk/" not in place and not place.startswith("accounts/") and not place.endswith("base/desk.html")
