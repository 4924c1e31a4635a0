from __future__ import annotations

from dataclasses import replace

import pytest

from habeas.catalogue.entries import Entry
from habeas.catalogue.finding import find, nearest
from screens.entries import entry, guidance


def called(name: str, people_say: str, **more: str) -> Entry:
    return replace(entry(name), name=people_say, **more)


LIST = called("xa-top600", "Top 600", place="Exampletown", vendor="Ácme")
MAP = called("xa-cas", "Crime Anticipation System (CAS)", place="Exampleland")
CASES = called("xb-cases", "Casework", place="Exampleland, Otherland", operator="Ministry of Case Work")
ALL = (LIST, MAP, CASES)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("XA-TOP600", (LIST,)),
        ("top 600", (LIST,)),
        ("Top600", (LIST,)),
        ("acme", (LIST,)),
        ("cas", (MAP,)),
        ("casew", (CASES,)),
        ("exampleland", (MAP, CASES)),
        ("example police", (LIST, MAP)),
        ("place-based", ALL),
        ("atlantis", ()),
        ("-", ()),
        ("", ()),
    ],
)
def test_a_system_is_found_by_id_else_by_whole_words_else_by_a_part(said, found):
    assert find(said, ALL) == found


def test_an_id_wins_over_words_elsewhere():
    other = called("xb-map", "not xa-cas")

    assert find("xa-cas", (other, MAP)) == (MAP,)


def test_a_family_of_technology_is_found_by_id_and_name():
    family = guidance(id="hot-spots", name="Maps of places")

    assert find("hot spots", [family]) == find("PLACES", [family]) == (family,)


def test_the_nearest_names_come_likest_first_and_nothing_unlike():
    assert nearest("xa-top60o", ALL)[0] == "xa-top600"
    assert nearest("zzzzzz", ALL) == ()
