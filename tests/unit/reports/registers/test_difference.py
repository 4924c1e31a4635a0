"""What changed between two editions is told whole: what was removed, what was added, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from habeas.reports.registers.difference import MOST_WORDS, Turn, difference, pieces
from habeas.runs.registers.fields import field_set
from habeas.terms.register import Content

FIELDS = field_set()


def told(before: str, after: str) -> list[tuple[str, str]]:
    """Pieces as pairs."""
    return [(piece.turn.value, piece.text) for piece in pieces(before, after)]


def test_a_word_that_changed_stands_alone() -> None:
    assert told("It gives a score.", "It gives a colour.") == [
        ("same", "It gives a "),
        ("removed", "score"),
        ("added", "colour"),
        ("same", "."),
    ]


def test_equal_texts_have_one_piece_and_empty_ones_none() -> None:
    assert told("Same.", "Same.") == [("same", "Same.")]
    assert told("", "") == []


def test_fields_are_added_removed_and_changed_in_the_order_of_the_register() -> None:
    before = {"purpose": "To help.", "name": "Tool", "team": "Analysis"}
    after = {"name": "Risk tool", "purpose": "To help.", "training": "A day."}
    found = [(one.field.id, one.turn) for one in difference(before, after, FIELDS)]
    assert found == [("name", Turn.CHANGED), ("team", Turn.REMOVED), ("training", Turn.ADDED)]


def test_editions_that_say_the_same_differ_in_nothing() -> None:
    assert difference({"name": "Tool"}, {"name": "Tool"}, FIELDS) == ()


def test_options_and_rows_are_compared_by_their_labels() -> None:
    before: Content = {"used_on": ["suspects"], "risks": [{"name": "Bias"}]}
    after: Content = {"used_on": ["suspects", "children"], "risks": [{"name": "Bias", "measure": "A test"}]}
    added = {
        one.field.id: "".join(piece.text for piece in one.pieces if piece.turn is Turn.ADDED) for one in difference(before, after, FIELDS)
    }
    assert added == {"used_on": "\nchildren and young people", "risks": "; What you do about it: A test"}


def test_texts_too_long_to_compare_are_shown_as_a_whole() -> None:
    long = "word " * MOST_WORDS
    assert [turn for turn, _text in told(long, f"{long}end")] == ["removed", "added"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_pieces_give_back_both_texts(before: str, after: str) -> None:
    found = list(pieces(before, after))
    assert "".join(piece.text for piece in found if piece.turn is not Turn.ADDED) == before
    assert "".join(piece.text for piece in found if piece.turn is not Turn.REMOVED) == after
