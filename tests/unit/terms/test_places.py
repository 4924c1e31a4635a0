"""Codes of countries: the standard's own, whatever their case, and a hint where something else was written."""

from __future__ import annotations

import pytest

from habeas.terms.places import COUNTRIES, instead, place

MEANT = [
    ("UK", "did you mean GB?"),
    ("uk-eng", "did you mean GB-ENG?"),
    ("EL", "did you mean GR?"),
    ("England", "did you mean GB-ENG?"),
    ("Netherlands", "did you mean NL?"),
    ("Germny", "did you mean DE?"),
    ("XX", "write two letters such as NL, or with a part such as GB-ENG"),
    ("1", "write two letters such as NL, or with a part such as GB-ENG"),
]


def test_the_standard_has_249_codes_of_countries() -> None:
    # ISO 3166-1, 2024: 249 officially assigned alpha-2 codes
    assert len(COUNTRIES) == 249
    assert all(place(code) == code for code in COUNTRIES)


@pytest.mark.parametrize(("written", "code"), [("gb", "GB"), (" nl ", "NL"), ("gb-eng", "GB-ENG"), ("US-CA", "US-CA"), ("FR-75", "FR-75")])
def test_case_and_blanks_do_not_count(written: str, code: str) -> None:
    assert place(written) == code


@pytest.mark.parametrize("written", ["", "UK", "EU", "XX", "ZZ", "1", "England", "GBR", "GB-", "GB-ENGL", "UK-ENG", "GB-ENG-1", "N\u0141"])
def test_what_is_no_code_is_none(written: str) -> None:
    assert place(written) is None


@pytest.mark.parametrize(("written", "hint"), MEANT)
def test_what_was_meant_is_offered(written: str, hint: str) -> None:
    assert instead(written) == hint
