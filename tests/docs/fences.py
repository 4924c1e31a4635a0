"""Fenced examples of a Markdown page, and what a reader who tries them would see."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^(?P<indent> *)```(?P<language>[\w-]*)(?P<rest>[^\n`]*)\n(?P<body>.*?)^(?P=indent)```[ ]*$", re.DOTALL | re.MULTILINE)
TITLE = re.compile(r'\btitle="([^"]+)"')
ANYTHING = "..."
TERMINAL = {"COLUMNS": "80", "LC_ALL": "C.UTF-8", "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"}
"""80 columns without colour; unbuffered, so that both streams come in the order in which a terminal shows them."""
VERDICTS = {0, 1, 2}
"""Exit codes of an audit or a screen that ran; any other command must leave with 0."""
GIVES_A_VERDICT = re.compile(r"(\S*/)?habeas (audit (?!init|compare|--help)|screen (?!init|--help)|rules diff (?!--help))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A fenced block: its language, its text without the fence, the line where it starts, and the file it shows, if it says so."""

    language: str
    body: str
    line: int
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command as typed and the lines shown under it."""

    command: str
    shown: tuple[str, ...]


def examples(page: str) -> list[Example]:
    """Every fenced block of a page, in order."""
    found = []
    for match in FENCE.finditer(page):
        body = re.sub(f"^{match['indent']}", "", match["body"], flags=re.MULTILINE)
        line, title = page.count("\n", 0, match.start()) + 1, TITLE.search(match["rest"])
        found.append(Example(language=match["language"], body=body, line=line, file=None if title is None else title[1]))
    return found


def steps(console: str) -> list[Step]:
    """The commands of a console block (`$ command`, continued after a backslash) with the output shown for each."""
    found: list[Step] = []
    for chunk in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        lines = chunk.splitlines()
        length = next(i for i, line in enumerate(lines, start=1) if not line.endswith("\\"))
        found.append(Step(command="\n".join(lines[:length]), shown=tuple(lines[length:])))
    return found


def matches(shown: tuple[str, ...], printed: list[str]) -> bool:
    """Whether output is as shown: `...` alone on a line stands for any lines, within a line for any text; blanks at ends don't count."""
    shown = tuple(line.rstrip() for line in shown)
    printed = [line.rstrip() for line in printed]
    pattern = "".join(_pattern(line) for line in shown)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed).rstrip("\n") + "\n" if printed else "") is not None


def _pattern(line: str) -> str:
    if line == ANYTHING:
        return r"(?:[^\n]*\n)*"
    return "[^\n]*".join(re.escape(part) for part in line.split(ANYTHING)) + "\n"


def run(step: Step, *, folder: Path, path: str, last_code: int) -> tuple[int, list[str]]:
    """Type a command; its exit code, and the lines it wrote to the terminal."""
    done = subprocess.run(
        ["bash", "-c", f"(exit {last_code}); {step.command}"],
        cwd=folder,
        env={**TERMINAL, "PATH": path, "HOME": str(folder), "PYTHONWARNINGS": "error"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout.splitlines()


def acceptable(step: Step, code: int) -> bool:
    """Whether the command may leave so: what gives a verdict with any, everything else with 0."""
    return code in VERDICTS if GIVES_A_VERDICT.match(step.command) is not None else code == 0
