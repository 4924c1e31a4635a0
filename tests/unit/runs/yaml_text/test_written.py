from __future__ import annotations

import pytest

from habeas.runs.plan_model import AuditPlan
from habeas.runs.yaml_text.complaint import refusal
from habeas.runs.yaml_text.written import Reading, Written, read


def read_plan_text(text: str) -> Reading:
    return read(text, document=AuditPlan.document)


def told(text: str) -> str:
    return str(refusal(read_plan_text(text).complaints, name="plan.yaml"))


def test_scalars_keep_the_text_they_were_written_in() -> None:
    reading = read_plan_text("a: 1.10\nb: 0o7\nc: TRUE\nd: no\ne: 2020-01-31\nf: '1'\ng: ~\nh:\ni: 1_000\nj: |\n  two\n  lines\n")

    assert reading.value == {
        "a": Written("1.10", 1.1),
        "b": Written("0o7", None),
        "c": Written("TRUE", value=True),
        "d": "no",
        "e": "2020-01-31",
        "f": "1",
        "g": None,
        "h": None,
        "i": Written("1_000", 1000.0),
        "j": "two\nlines\n",
    }
    assert reading.complaints == []


def test_an_older_yaml_cannot_turn_yes_into_true() -> None:
    assert read_plan_text("%YAML 1.1\n---\na: yes\n").value == {"a": Written("yes", None)}


def test_every_place_knows_its_line() -> None:
    reading = read_plan_text("a: 1\nb:\n  - x\n  - {c: 1,\n     d: 2}\n")

    assert reading.lines == {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 1): 4, ("b", 1, "c"): 4, ("b", 1, "d"): 5}
    assert reading.line(("b", 1, "e", 0)) == 4
    assert reading.line(("z",)) is None
    assert reading.line(()) is None


def test_an_anchor_may_be_used_again() -> None:
    assert read_plan_text("a: &x {b: c}\nd: *x\n").value == {"a": {"b": "c"}, "d": {"b": "c"}}


def test_an_anchor_that_holds_itself_ends() -> None:
    message = "plan.yaml line 1, a: values are nested too deeply: check brackets and anchors"

    assert told("a: &x [*x]\n") == message


def test_anchors_that_multiply_end() -> None:
    laughs = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n" for before, name in zip("abcd", "bcde", strict=True)
    )

    assert "nested too deeply" in told(laughs)


def test_a_thousand_brackets_are_refused() -> None:
    assert told("a: " + "[" * 1000) == "plan.yaml: values are nested too deeply: check brackets and anchors"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\tb: 2", "line 2: a tab stands where only spaces may: replace tabs by spaces"),
        ("a: b: c", "line 1: a colon stands where none can: put text that holds a colon in quotes, and check the indentation"),
        ("a: 1\nb\nc: 2", "line 3: a colon is missing after a name: every line reads `name: value`"),
        ("a: [1, 2\nb: 3", "line 2: a bracket [ opened on line 1 is not closed, or a comma is missing: check the brackets"),
        ("a: {b: 2\nc: 3", "line 2: a brace { opened on line 1 is not closed, or a comma is missing: check the braces"),
        ("a: 'x\nb: 1\n", "line 3: a quote opened on line 1 is not closed: close it"),
        (
            "a:\n  b: 1\n c: 2",
            "line 3: the line is not lined up with its neighbours, or text follows a closing quote: check indentation and quotes",
        ),
        ('a: "x" y', "line 1: the line is not lined up with its neighbours, or text follows a closing quote: check indentation and quotes"),
        ("a: *", "line 1: text that starts with * or & must be put in quotes"),
        ("a: *.csv", "line 1: text that starts with * must be put in quotes"),
        ("a: @x", "line 1: text may not start with this character: put it in quotes"),
        ("a: 1\n---\nb: 2", "line 2: a second document starts here; expected one only: remove the line ---"),
        (r'a: "C:\data"', "line 1: a backslash in double quotes means something else: use single quotes"),
        ("a: 1\nb: \x00", "line 2: a character that no text holds stands here: save the file as plain text in UTF-8"),
        ("%YAML 9.9\n---\na: 1", "line 1: this is not YAML: check indentation, colons, brackets and quotes here and on the line before"),
        ("? [a, b]\n: c", "line 1: expected a name before the colon; got a list or mapping: check brackets and indentation"),
        ("a: 1\nb: 2\na: 3", "line 3, a: stands twice, first on line 1: keep one"),
        ("a:\n  b: 1\n  b: 2", "line 3, a.b: stands twice, first on line 2: keep one"),
    ],
)
def test_what_yaml_cannot_read_comes_with_what_to_check(text: str, message: str) -> None:
    assert told(text) == f"plan.yaml {message}"
