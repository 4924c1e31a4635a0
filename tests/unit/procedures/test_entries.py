from __future__ import annotations

import pytest

from habeas.errors import BadInput
from habeas.procedures.entries import MOST_ROWS, check_content, check_value, lacking, one_persons_mailbox, ordered, proposed_slug
from habeas.terms.register import Column, Field, FieldSet, Kind, Need, Option, Topic


def field(kind: Kind, *, need: Need = Need.COMPLETE, name: str = "f") -> Field:
    columns = (Column(id="who", label="Who", required=True), Column(id="day", label="Day", kind=Kind.DAY)) if kind is Kind.ROWS else ()
    options = (Option(id="a", label="A"), Option(id="b", label="B")) if kind in (Kind.CHOICE, Kind.CHOICES) else ()
    return Field(id=name, topic="t", label="F", help="", kind=kind, tier=1, need=need, most_characters=12, options=options, columns=columns)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.LINE, "one line"),
        (Kind.TEXT, "two\nlines"),
        (Kind.CHOICE, "a"),
        (Kind.CHOICES, ["b", "a"]),
        (Kind.DAY, "2026-11-22"),
        (Kind.ADDRESS, "https://a.b"),
        (Kind.EMAIL, "a@b.example"),
        (Kind.ROWS, [{"who": "Ada", "day": "2026-11-22"}, {"who": "Bo"}]),
        (Kind.LINE, "x" * 12),
    ],
)
def test_an_answer_of_its_kind_is_taken(kind, value):
    check_value(field(kind), value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.LINE, ""),
        (Kind.LINE, "  "),
        (Kind.LINE, "two\nlines"),
        (Kind.LINE, "null\x00"),
        (Kind.TEXT, "win\r\ndows"),
        (Kind.LINE, "x" * 13),
        (Kind.LINE, ["a"]),
        (Kind.CHOICE, "c"),
        (Kind.CHOICES, []),
        (Kind.CHOICES, ["a", "a"]),
        (Kind.CHOICES, ["c"]),
        (Kind.CHOICES, "a"),
        (Kind.CHOICES, [{"a": "b"}]),
        (Kind.DAY, "22.11.2026"),
        (Kind.DAY, "2026-02-30"),
        (Kind.ADDRESS, "http://a.b"),
        (Kind.ADDRESS, "https://a b"),
        (Kind.EMAIL, "a@b"),
        (Kind.ROWS, []),
        (Kind.ROWS, [{}]),
        (Kind.ROWS, [{"day": "2026-11-22"}]),
        (Kind.ROWS, [{"who": "Ada", "day": "soon"}]),
        (Kind.ROWS, [{"who": ""}]),
        (Kind.ROWS, [{"who": "x" * 13}]),
        (Kind.ROWS, [{"who": "Ada", "why": "because"}]),
        (Kind.ROWS, ["Ada"]),
        (Kind.ROWS, [{"who": "Ada"}] * (MOST_ROWS + 1)),
    ],
)
def test_another_is_refused_and_told_what_it_may_be(kind, value):
    with pytest.raises(BadInput, match="expected"):
        check_value(field(kind), value)


def test_what_publication_needs_and_nobody_answered_is_lacking():
    fields = FieldSet(
        topics=(Topic(id="t", label="T", help=""),),
        fields=(
            field(Kind.LINE, need=Need.PUBLISH, name="one"),
            field(Kind.LINE, name="two"),
            field(Kind.LINE, need=Need.PUBLISH, name="three"),
        ),
    )

    assert [one.id for one in lacking({"three": "x"}, fields)] == ["one"]
    with pytest.raises(BadInput, match="'four'"):
        check_content({"four": "x"}, fields)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Risk Tool 3", "risk-tool-3"),
        ("  OASys!", "oasys"),
        ("Tool 2024", "tool"),  # four digits in a row could be a year of birth
        ("École", "cole"),
        ("3", ""),
        ("分類器", ""),
        ("x" * 80, "x" * 60),
    ],
)
def test_an_address_is_made_from_a_name_where_one_can_be(name, slug):
    assert proposed_slug(name) == slug


@pytest.mark.parametrize(("address", "one"), [("j.smith@f.example", True), ("ada.lovelace2@f.example", True), ("systems@f.example", False)])
def test_a_mailbox_that_looks_like_one_persons_is_told(address, one):
    assert one_persons_mailbox(address) is one


def test_answers_stand_in_the_order_in_which_they_are_asked_and_so_do_the_cells_of_a_row():
    fields = FieldSet(topics=(), fields=(field(Kind.LINE, name="z"), field(Kind.ROWS, name="a"), field(Kind.CHOICES, name="m")))
    content = {"old": "x", "m": ["b", "a"], "earlier": "y", "a": [{"day": "2026-11-22", "who": "Ada"}, {"who": "Bo"}], "z": "one"}

    given = ordered(content, fields)

    assert given == content
    assert list(given) == ["z", "a", "m", "earlier", "old"]
    assert list(given["a"][0]) == ["who", "day"]
