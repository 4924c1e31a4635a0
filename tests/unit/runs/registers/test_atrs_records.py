"""Every record of the UK's list goes in, or it is told why not; nothing is cut, nothing invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from habeas.errors import BadDescription, NotFound
from habeas.runs.registers.atrs_records import NOT_NAMED, clean, read_atrs_records, slug_of
from habeas.runs.registers.fields import field_set
from habeas.terms.records_keys import SYSTEM

FIELDS = field_set()
MADE_UP = Path(__file__).parents[3] / "registers" / "atrs_records_made_up.json"
PUBLISHED = Path(__file__).parents[5] / "shared" / "data" / "governance" / "uk_atrs_records_136.json"


def test_odd_blanks_and_entities_become_plain_text() -> None:
    first = read_atrs_records(MADE_UP, FIELDS)[0][0]
    assert first.content == {
        "name": "Letter & call sorter",
        "plain_summary": "Sorts letters and calls.",
        "website": "https://www.example.gov/records/midshire-letter-sorter",
        "language": "en",
    }


def test_what_the_record_does_not_say_is_not_there() -> None:
    second = read_atrs_records(MADE_UP, FIELDS)[0][1]
    assert second.organisation == NOT_NAMED
    assert "plain_summary" not in second.content
    assert "status" not in second.content


def test_the_source_says_where_from_when_and_under_which_licence() -> None:
    source = read_atrs_records(MADE_UP, FIELDS)[0][0].source
    assert "2025-06-26" in source
    assert "Open Government Licence v3.0" in source
    assert source.endswith("https://www.example.gov/records/midshire-letter-sorter")


def test_two_records_never_have_one_address() -> None:
    slugs = [one.slug for one in read_atrs_records(MADE_UP, FIELDS)[0]]
    assert slugs == ["midshire-letter-sorter", "letter-sorter-202-412-34", "midshire-letter-sorter-2"]


def test_what_is_left_out_is_told_with_its_reason() -> None:
    left = read_atrs_records(MADE_UP, FIELDS)[1]
    assert [(one.record, one.why) for one in left] == [
        ("record 4", "it has no name"),
        ("Undated", "it doesn't say when it was published"),
        ("Long", "its plain_summary has 401 characters and the register takes 400"),
    ]


@pytest.mark.parametrize(
    ("text", "slug"),
    [("HMRC: Ask", "hmrc-ask"), ("Çà 2024", "ca-202-4"), ("2nd", "system-2nd"), ("日本", "system"), ("a" * 99, "a" * 64)],
)
def test_a_name_becomes_one_that_the_ledger_takes(text: str, slug: str) -> None:
    assert slug_of(text) == slug
    assert SYSTEM.fits(slug)


def test_what_is_no_text_is_empty() -> None:
    assert clean(None) == ""
    assert clean(7) == ""


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"records": 7}', '{"records": ["a"]}', "\ufeff{"])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "f.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadDescription, match="expected records of the ATRS"):
        read_atrs_records(tmp_path / "f.json", FIELDS)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="is not there"):
        read_atrs_records(tmp_path / "f.json", FIELDS)


@pytest.mark.skipif(not PUBLISHED.is_file(), reason="the published records aren't here")
def test_all_136_published_records_go_in() -> None:
    brought, left = read_atrs_records(PUBLISHED, FIELDS)
    assert (len(brought), left) == (136, ())
    assert len({one.slug for one in brought}) == 136
    names = {" ".join(one["tool_name"].split()) for one in json.loads(PUBLISHED.read_text(encoding="utf-8"))["records"]}
    assert {one.content["name"] for one in brought} == names
    assert sum(one.organisation == NOT_NAMED for one in brought) == 6
