from __future__ import annotations

import gettext
import io
import re
from dataclasses import replace

import pytest
from babel.messages.catalog import Catalog, Message
from django.utils import translation

from habeas.web.base.languages import translations
from habeas.web.base.languages.__main__ import main
from habeas.web.base.languages.collecting import Text, collect
from habeas.web.site import LANGUAGES

OTHERS = LANGUAGES[1:]
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")

# which form a number takes, from the plural rules of Unicode's CLDR 46, by hand: zero, one, two, few, many, other
FORMS = {
    "fr": {0: 0, 1: 0, 2: 1, 7: 1, 100: 1},
    "nl": {0: 1, 1: 0, 2: 1, 7: 1, 100: 1},
    "cy": {0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 6: 4, 7: 5, 100: 5},
    "ar": {0: 0, 1: 1, 2: 2, 3: 3, 10: 3, 11: 4, 99: 4, 100: 5, 102: 5, 103: 3, 111: 4, 1000: 5},
}


def text(english: str, *, plural: str | None = None, place: str = "pages/templates/pages/home.html", public: bool = True) -> Text:
    return Text(english=english, plural=plural, context=None, place=place, public=public)


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_site_reads_is_what_translators_wrote(language: str) -> None:
    path = translations.po_path(language)

    assert path.with_suffix(".mo").read_bytes() == translations.mo_bytes(translations.read(language)), (
        "run python -m habeas.web.base.languages"
    )


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_every_placeholder(language: str) -> None:
    for message in translations.read(language):
        if message.id and any(strings(message)):
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            wanted = {found for one in ids for found in PLACEHOLDER.findall(one)}
            for given in filter(None, strings(message)):
                found = set(PLACEHOLDER.findall(given))
                # a form for one number alone may leave the number out
                assert found == wanted or (len(ids) > 1 and wanted - found <= {"%(number)s", "%(count)s", "%(days)s"}), message.id


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_is_whole_or_not_there(language: str) -> None:
    for message in translations.read(language):
        if message.id:
            assert len({bool(one.strip()) for one in strings(message)}) == 1, message.id


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_take_the_form_of_their_language(language: str) -> None:
    compiled = gettext.GNUTranslations(io.BytesIO(translations.mo_bytes(translations.read(language))))

    assert {number: compiled.plural(number) for number in FORMS[language]} == FORMS[language]  # type: ignore[attr-defined]  # set as read


@pytest.mark.parametrize("language", OTHERS)
def test_every_page_has_its_frame_in_the_language(language: str) -> None:
    known = translations.read(language)

    for english in ("Skip to the content", "Register", "Rules", "Is it used on me?", "Accessibility", "Privacy", "Search", "Sign out"):
        assert known[english].string, english
    with translation.override(language):
        assert translation.gettext("Privacy") == known["Privacy"].string


def test_texts_are_found_in_templates_programs_and_data() -> None:
    found = {one.english: one for one in collect()}

    assert found["Skip to the content"].place == "base/templates/base/page.html"
    assert found["Kind of system"].public  # of a form of the public
    assert found["prohibited unless an exception is shown"].place == "pages/texts_in_data.py"
    assert found["%(number)s system"].plural == "%(number)s systems"
    assert not found["Sign out"].public  # of the frame of the desk
    assert not found["What waits for you"].public  # of a page of the desk
    assert found["What goes in"].public


@pytest.mark.parametrize("word", ["Published", "Suspended", "Retired"])
def test_a_word_said_of_several_things_is_translated_for_each(word: str) -> None:
    contexts = {one.context for one in collect() if one.english == word}

    assert {"step of an entry", "standing of an entry"} <= contexts
    assert None not in contexts


def test_a_new_text_is_added_an_old_translation_stays_and_a_text_that_went_is_kept_apart() -> None:
    first = translations.updated(Catalog(), translations.template([text("Old"), text("Stays")]), "fr")
    first["Old"].string, first["Stays"].string = "Ancien", "Reste"

    second = translations.updated(first, translations.template([text("Stays"), text("New")]), "fr")

    assert {message.id: message.string for message in second if message.id} == {"New": "", "Stays": "Reste"}
    assert b'#~ msgid "Old"\n#~ msgstr "Ancien"' in translations.po_bytes(second)


def test_a_text_that_comes_back_finds_its_translation() -> None:
    first = translations.updated(Catalog(), translations.template([text("Old")]), "fr")
    first["Old"].string = "Ancien"
    without = translations.updated(first, translations.template([text("New")]), "fr")

    back = translations.updated(without, translations.template([text("Old")]), "fr")

    assert back["Old"].string == "Ancien"
    assert not back.obsolete


def test_a_text_that_is_said_apart_from_now_on_begins_with_the_translation_that_it_had() -> None:
    first = translations.updated(Catalog(), translations.template([text("Published")]), "fr")
    first["Published"].string = "Publié"
    apart = translations.template([replace(text("Published"), context=of) for of in ("an entry", "a day")])

    second = translations.updated(first, apart, "fr")
    second.get("Published", context="an entry").string = "Publiée"
    third = translations.updated(second, apart, "fr")

    assert [third.get("Published", context=of).string for of in ("an entry", "a day")] == ["Publiée", "Publié"]


def test_a_counted_text_has_a_place_for_each_form_of_its_language() -> None:
    made = translations.updated(Catalog(), translations.template([text("%(n)s day", plural="%(n)s days")]), "ar")

    assert made["%(n)s day"].string == ("",) * 6


def test_what_is_missing_is_told_apart_for_the_public_and_for_staff() -> None:
    known = translations.updated(
        Catalog(), translations.template([text("A"), text("B", public=False), text("C"), text("C", public=False)]), "nl"
    )
    known["A"].string = "a"

    found = translations.missing(known, "nl")

    assert (found.public, found.staff) == (("C",), ("B",))


def test_what_is_missing_is_a_warning_and_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--check"])

    assert capsys.readouterr().out.count("are missing") == len(OTHERS)
