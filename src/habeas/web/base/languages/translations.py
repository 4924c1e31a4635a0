"""The translations: a file a language, `locale/LANGUAGE/LC_MESSAGES/django.po`, for translators, and its compiled twin `django.mo`."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from habeas.web.base.languages.collecting import Text

LOCALE = Path(__file__).parents[1] / "locale"
WIDTH = 120
DAY = datetime(2026, 11, 22, tzinfo=UTC)  # one day for all: the same texts make the same file
HEADER = "# The site's texts. Translate msgstr; then run python -m habeas.web.base.languages, which compiles it too."
NOBODY = {"version": "site", "msgid_bugs_address": "none", "last_translator": "none", "language_team": "none"}
PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "nl": "nplurals=2; plural=(n != 1);",
    "cy": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
}
"""Which form of a counted noun a number takes, by the plural rules of Unicode's CLDR."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What the translations into a language lack: texts that the public reads, and those that only staff read."""

    language: str
    public: tuple[str, ...]
    staff: tuple[str, ...]


def po_path(language: str) -> Path:
    """The translations into a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The translations into a language; empty where there are none yet."""
    path = po_path(language)
    if not path.is_file():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def template(texts: Iterable[Text]) -> Catalog:
    """Every text once, with the files that have it, and whether the public reads it."""
    found = Catalog(project="habeas", creation_date=DAY)
    public = {(text.context, text.english) for text in texts if text.public}
    for text in sorted(texts, key=lambda one: (one.place, one.english)):
        english = text.english if text.plural is None else (text.english, text.plural)
        note = "public" if (text.context, text.english) in public else "staff"
        found.add(english, locations=[(text.place, 0)], auto_comments=[note], context=text.context)
    return found


def updated(known: Catalog, wanted: Catalog, language: str) -> Catalog:
    """Translations of exactly the texts that are wanted; what isn't wanted any more waits at the end, and may come back."""
    result = _empty(language)
    for message in wanted:
        if message.id:
            old = _known(known, message)
            result.add(
                message.id,
                _translated(old, message, result.num_plurals),
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=() if old is None else old.user_comments,
                context=message.context,
            )
    gone: dict[str, Message] = {str(english): old for english, old in (*known.obsolete.items(), *_unwanted(known, wanted))}
    result.obsolete = {english: old for english, old in gone.items() if wanted.get(english) is None}
    return result


def write(known: Catalog, language: str) -> None:
    """Keep translations, and their compiled twin beside them."""
    path = po_path(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(po_bytes(known))
    path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))


def po_bytes(known: Catalog) -> bytes:
    """The translations as translators edit them."""
    out = io.BytesIO()
    write_po(out, known, width=WIDTH, include_lineno=False)
    return out.getvalue()


def mo_bytes(known: Catalog) -> bytes:
    """The translations as the site reads them: what is translated in part only stays English."""
    out, whole = io.BytesIO(), _copy(known)
    write_mo(out, whole)
    return out.getvalue()


def missing(known: Catalog, language: str) -> Missing:
    """The texts that aren't translated, or only in part."""
    lacks = [message for message in known if message.id and not _complete(message)]
    public = tuple(_first(message) for message in lacks if "public" in message.auto_comments)
    staff = tuple(_first(message) for message in lacks if "public" not in message.auto_comments)
    return Missing(language=language, public=public, staff=staff)


def _empty(language: str) -> Catalog:
    made = Catalog(locale=language, header_comment=HEADER, project="habeas", creation_date=DAY, revision_date=DAY, fuzzy=False, **NOBODY)
    made.mime_headers = [("Plural-Forms", PLURALS[language])]
    return made


def _copy(known: Catalog) -> Catalog:
    made = _empty(str(known.locale))
    for message in known:
        if message.id and _complete(message):
            made.add(message.id, message.string, context=message.context)
    return made


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else str(message.id[0])


def _known(known: Catalog, message: Message) -> Message | None:
    """The translation there was: where a text is said apart from now on (by a context), the one that it had until now is where to begin."""
    english = _first(message)
    return known.get(english, context=message.context) or known.get(english) or known.obsolete.get(english)


def _translated(old: Message | None, message: Message, forms: int) -> str | tuple[str, ...]:
    """The old translation where it has the shape that is wanted: one text, or one for each form of the plural."""
    given = None if old is None else old.string
    if isinstance(message.id, str):
        return given if isinstance(given, str) else ""
    kept = () if given is None or isinstance(given, str) else tuple(given)
    return kept if len(kept) == forms else ("",) * forms


def _unwanted(known: Catalog, wanted: Catalog) -> Iterable[tuple[str, Message]]:
    return ((_first(old), old) for old in known if old.id and old.string and wanted.get(_first(old), context=old.context) is None)


def _complete(message: Message) -> bool:
    given = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    return all(one.strip() for one in given)
