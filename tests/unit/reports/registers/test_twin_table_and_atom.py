"""Files for programs: the twin keeps its schema, no cell runs, and a feed is XML whatever stands in it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.reports.registers.atom import Feed, Item, atom
from habeas.reports.registers.entry import Happened
from habeas.reports.registers.table import cell, row, table, words
from habeas.reports.registers.twin import entry_schema, twin
from habeas.runs.registers.fields import field_set
from habeas.runs.schemas import schema
from registers.entries import NOON, SECRET, entry

FIELDS = field_set()
ATOM = "{http://www.w3.org/2005/Atom}"
HAPPENED = Happened(
    step="published", at=NOON, edition=1, note="first", document="https://register.example/c/1.json", index=7, leaf_hash="cd" * 32
)


def test_the_twin_keeps_its_schema() -> None:
    shown = entry(withheld=(SECRET,), history=(HAPPENED,), salts={"name": "ab" * 32}, sealed={"suppliers": "cd" * 32})
    check = jsonschema.Draft202012Validator(entry_schema(FIELDS))
    check.validate(twin(shown, FIELDS))
    assert not check.is_valid({**twin(shown, FIELDS), "standing": "secret"})


def test_the_schema_is_published() -> None:
    assert schema("register-entry")["$id"] == "habeas:register-entry/1"
    jsonschema.Draft202012Validator.check_schema(schema("register-entry"))


def test_the_twin_says_what_is_missing_withheld_and_recorded() -> None:
    document = twin(entry(withheld=(SECRET,), history=(HAPPENED,)), FIELDS)
    assert document["habeas"] == "habeas.register/1"
    assert document["withheld"] == [
        {"field": "suppliers", "ground": "trade-secret", "reason": "a contract", "approved_by_role": "approver", "until": "2027-01-02"}
    ]
    assert "team" in document["missing"]
    assert document["history"][0]["ledger"] == {"index": 7, "leaf_hash": "cd" * 32, "document": "https://register.example/c/1.json"}
    assert document["edition"]["published"] == "2026-11-22T12:00:00Z"


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\n@x"])
def test_a_cell_never_runs(formula: str) -> None:
    assert cell(formula) == f"'{formula}"


def test_other_cells_stay_as_they_are() -> None:
    assert cell("a=b") == "a=b"
    assert cell("") == ""


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=10).filter(lambda text: "\0" not in text), min_size=1))
def test_a_line_is_read_back_as_it_was(values: list[str]) -> None:
    read = next(csv.reader(io.StringIO(row(values), newline="")))
    assert read == [cell(value) for value in values]


@pytest.mark.parametrize(
    ("value", "said"), [(True, "yes"), (False, "no"), (None, ""), (0, "0"), ("", ""), (["a", "b c"], "a b c"), ([], ""), (1.5, "1.5")]
)
def test_a_value_is_said_in_words(value: object, said: str) -> None:
    assert words(value) == said


def test_a_table_has_its_names_first() -> None:
    assert "".join(table(("a", "b"), [("1", '2"')])) == '"a","b"\r\n"1","2"""\r\n'


def feed(*items: Item) -> Feed:
    """A feed of these."""
    return Feed(title="What <changed>", address="https://r.example/f?a=1&b=2", page="https://r.example/", language="en", items=items)


def item(title: str) -> Item:
    """Something that happened at noon."""
    return Item(id="urn:x", title=title, address="https://r.example/1", at=NOON, author="A & B", summary="]]>\x00")


def test_a_feed_without_items_is_a_feed() -> None:
    read = ET.fromstring(atom(feed()).encode())  # noqa: S314 - made here
    assert read.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert read.findtext(f"{ATOM}id") == "https://r.example/f?a=1&b=2"


def test_a_feed_is_as_new_as_its_newest_item() -> None:
    later = Item(id="urn:y", title="t", address="https://r.example/2", at=NOON + timedelta(days=1), author="A", summary="")
    assert "<updated>2026-11-23T12:00:00Z</updated>" in atom(feed(item("t"), later)).split("<entry>")[0]


@given(st.text(max_size=30))
def test_a_feed_is_xml_whatever_stands_in_it(title: str) -> None:
    read = ET.fromstring(atom(feed(item(title))).encode())  # noqa: S314 - made here
    assert read.find(f"{ATOM}entry/{ATOM}title") is not None
