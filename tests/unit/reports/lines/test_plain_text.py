from __future__ import annotations

from habeas.reports.lines import plain_text as text


def test_text_is_wrapped_at_the_width() -> None:
    assert text.wrapped("one two three four", width=9) == ["one two", "three", "four"]


def test_lines_after_the_first_are_indented() -> None:
    assert text.wrapped("one two three", width=9, indent="  ", first="- ") == ["- one two", "  three"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert text.wrapped("abcdefghij", width=6, indent="  ") == ["  abcd", "  efgh", "  ij"]


def test_nothing_is_an_empty_line() -> None:
    assert text.wrapped("", width=10) == [""]


def test_characters_that_steer_a_terminal_are_shown_as_question_marks() -> None:
    assert text.printable("a\x1b[31mred\u202eleft\n\tb") == "a?[31mred?left b"


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert text.columns_of("日本") == 4
    assert text.columns_of("e\u0301") == 1
    assert text.wrapped("日本日本", width=4) == ["日本", "日本"]


def test_terms_stand_beside_their_meaning_where_there_is_room() -> None:
    pairs = [("Rows", "seven thousand"), ("Excluded", "none")]

    assert text.labelled(pairs, width=40) == ["Rows      seven thousand", "Excluded  none"]
    assert text.labelled(pairs, width=20) == ["Rows", "  seven thousand", "Excluded", "  none"]


def test_no_terms_give_no_lines() -> None:
    assert text.labelled([], width=40) == []
