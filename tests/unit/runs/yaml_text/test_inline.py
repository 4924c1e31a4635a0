from __future__ import annotations

import pytest
from ruamel.yaml import YAML

from habeas.runs.yaml_text.inline import inline


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("as used 2013-2014", "as used 2013-2014"),
        ("", '""'),
        ("25 - 45", '"25 - 45"'),
        ("no", '"no"'),
        ("n", '"n"'),
        ("Null", '"Null"'),
        ("1.10", '"1.10"'),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("a, b", '"a, b"'),
        (" a", '" a"'),
        ("- a", '"- a"'),
        ('say "x"', r'"say \"x\""'),
        ("two\nlines", r'"two\nlines"'),
        ("Straße 😀", '"Straße 😀"'),
        ("\x85\ufeff", r'"\u0085\ufeff"'),
        (0.05, "0.05"),
        (1.0, "1"),
        (5, "5"),
        (True, "true"),
        (None, "null"),
        (["", "x"], '["", x]'),
        ({"race": "a b", "n": [1]}, '{race: a b, "n": [1]}'),
    ],
)
def test_values_are_written_on_one_line_that_yaml_reads_back(value: object, line: str) -> None:
    written = inline(value)

    assert written == line
    assert YAML(typ="safe", pure=True).load(f"x: {written}\n")["x"] == value
