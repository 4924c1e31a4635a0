"""The reading of examples, on pages small enough to check by eye: an example that lies must be seen to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from docs.fences import Example, Step, acceptable, examples, matches, run, steps

PAGE = """# Page

```console
$ echo one \\
    two
one two
$ true
```

* In a list:

    ```python
    import habeas
    ```
"""


def test_examples_are_found_with_their_language_and_line() -> None:
    assert examples(PAGE) == [
        Example(language="console", body="$ echo one \\\n    two\none two\n$ true\n", line=3),
        Example(language="python", body="import habeas\n", line=12),
    ]


def test_an_example_may_be_a_file() -> None:
    page = '```yaml title="audit-plan.yaml"\ntitle: An audit\n```\n'

    assert examples(page) == [Example(language="yaml", body="title: An audit\n", line=1, file="audit-plan.yaml")]


def test_a_console_block_is_commands_with_what_they_print() -> None:
    assert steps(examples(PAGE)[0].body) == [Step(command="echo one \\\n    two", shown=("one two",)), Step(command="true", shown=())]


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ((), []),
        (("one",), ["one"]),
        (("one  ",), ["one", ""]),
        (("...",), []),
        (("...",), ["one", "two"]),
        (("one", "...", "three"), ["one", "two", "two", "three"]),
        (("written: ...html",), ["written: report/report.html"]),
    ],
)
def test_output_that_is_as_shown_matches(shown: tuple[str, ...], printed: list[str]) -> None:
    assert matches(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [((), ["one"]), (("one",), []), (("one",), ["two"]), (("one",), ["one", "two"]), (("one", "...", "three"), ["one", "two"])],
)
def test_output_that_is_not_as_shown_does_not_match(shown: tuple[str, ...], printed: list[str]) -> None:
    assert not matches(shown, printed)


def test_a_command_sees_the_exit_code_of_the_one_before(tmp_path: Path) -> None:
    step = Step(command="echo $?", shown=("3",))

    assert run(step, folder=tmp_path, path="/usr/bin:/bin", last_code=3) == (0, ["3"])


@pytest.mark.parametrize(
    ("command", "code", "expected"),
    [
        ("habeas audit plan.yaml", 0, True),
        (".venv/bin/habeas audit plan.yaml", 2, True),
        ("habeas audit plan.yaml", 65, False),
        ("habeas audit init data.csv", 1, False),
        ("habeas audit --help", 2, False),
        ("habeas screen system.yaml", 2, True),
        ("habeas screen compare old.json new.json", 1, True),
        ("habeas screen init system.yaml", 1, False),
        ("habeas screen --help", 1, False),
        ("habeas rules diff uk uk.yaml", 1, True),
        ("habeas rules check uk.yaml", 1, False),
        ("ls", 1, False),
        ("ls", 0, True),
    ],
)
def test_only_what_gives_a_verdict_may_leave_with_one(command: str, code: int, expected: bool) -> None:  # noqa: FBT001 - a table of cases
    assert acceptable(Step(command=command, shown=()), code) is expected
