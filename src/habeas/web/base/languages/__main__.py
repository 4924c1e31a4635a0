"""Brings the translations up to date, and says what they lack: `python -m habeas.web.base.languages [--check]`.

With --check nothing is written. Missing translations are told, not refused: the site shows those texts in English.
"""

from __future__ import annotations

import sys

import django
from django.conf import settings

from habeas.web.base.languages import translations
from habeas.web.base.languages.collecting import collect
from habeas.web.site import LANGUAGES

MOST_NAMED = 5


def main(arguments: list[str]) -> None:
    """Update or check every language but English."""
    if not settings.configured:
        settings.configure(INSTALLED_APPS=[], USE_I18N=True)
    django.setup()
    wanted = translations.template(collect())
    for language in LANGUAGES[1:]:
        found = translations.updated(translations.read(language), wanted, language)
        if "--check" not in arguments:
            translations.write(found, language)
        sys.stdout.write(_told(translations.missing(found, language)))


def _told(found: translations.Missing) -> str:
    lines = [f"texts in {found.language}: {len(found.public)} of the public's and {len(found.staff)} of the staff's are missing"]
    lines += [f"  {text[:100]}" for text in found.public[:MOST_NAMED]]
    if len(found.public) > MOST_NAMED:
        lines.append(f"  and {len(found.public) - MOST_NAMED} more")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(sys.argv[1:])
