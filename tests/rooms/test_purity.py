"""The core calls no file, terminal, clock or dice. Imports are import-linter's to refuse; these are calls, which it can't see."""

from __future__ import annotations

import ast

import pytest

import project

WORLD = {"open", "print", "input", "breakpoint", "exec", "eval", "compile", "__import__"}
FILES = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"}
CLOCK = {"now", "utcnow", "today", "fromtimestamp"}
SEEDED = {"default_rng", "Generator", "SeedSequence", "RandomState"}


def touches(source: str) -> list[str]:
    """What a module's calls touch of the world, as `line: call`."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [f"{call.lineno}: {ast.unparse(call.func)}" for call in calls if _touches(call)]


def _touches(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in WORLD or (call.func.id in SEEDED and not call.args and not call.keywords)
    if not isinstance(call.func, ast.Attribute):
        return False
    called, owner = call.func.attr, ast.unparse(call.func.value)
    if called in FILES or (called in CLOCK and owner.split(".")[-1] in {"datetime", "date"}):
        return True
    if called in SEEDED:
        return not call.args and not call.keywords
    return owner in {"np.random", "numpy.random", "random"}


def test_the_core_touches_no_world() -> None:
    core = project.modules(*project.CORE_ROOMS)

    assert len(core) > 10
    assert [f"{project.name(file)}:{touch}" for file in core for touch in touches(file.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    "line",
    [
        "open('x')",
        "print(1)",
        "def f(p): return p.read_text()",
        "datetime.now(UTC)",
        "datetime.datetime.utcnow()",
        "date.today()",
        "np.random.default_rng()",
        "default_rng()",
        "np.random.normal(size=3)",
    ],
)
def test_a_touch_of_the_world_is_seen(line: str) -> None:
    assert touches(line) != []


@pytest.mark.parametrize("line", ["np.random.default_rng(7)", "rng.normal(size=3)", "plan.open_ended", "at.date()", "template.render()"])
def test_what_only_looks_like_the_world_is_left_alone(line: str) -> None:
    assert touches(line) == []


READ_BY_DJANGO = {"src/habeas/web/settings.py", "src/habeas/web/wsgi.py"}
"""Django takes its settings, and a server its application, from what importing these does."""


def test_guards_raise_and_do_not_assert() -> None:
    """`python -O` drops assertions: a guard that is one guards nothing."""
    found = [(file, node) for file in project.modules() for node in ast.walk(project.tree(file)) if isinstance(node, ast.Assert)]

    assert [f"{project.name(file)}:{node.lineno}" for file, node in found] == []


def test_importing_a_module_only_defines_names() -> None:
    ours = [file for file in project.modules() if project.name(file) not in READ_BY_DJANGO and "migrations" not in file.parts]
    loose = [(file, node) for file in ours for node in project.tree(file).body if _is_call(node)]

    assert [f"{project.name(file)}:{node.lineno} {ast.unparse(node)}" for file, node in loose] == []


def _is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
