"""The sums on the page about the ledger at scale come out as it says."""

from __future__ import annotations

import ast
import operator
import re

import pytest

from needs import REPOSITORY

PAGE = (REPOSITORY / "docs" / "explanation" / "ledger-at-scale.md").read_text(encoding="utf-8")
SUMS = re.findall(r"`([\d.,×÷+() -]+) = ([\d.,]+)`", PAGE)
STEPS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def worked_out(node: ast.expr) -> float:
    """Numbers, brackets and the four kinds of arithmetic."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return float(node.value)
    assert isinstance(node, ast.BinOp)
    return STEPS[type(node.op)](worked_out(node.left), worked_out(node.right))


def number(text: str) -> str:
    return text.replace(",", "")


@pytest.mark.parametrize(("left", "right"), SUMS)
def test_a_sum_comes_out(left: str, right: str) -> None:
    found = worked_out(ast.parse(number(left).strip().replace("×", "*").replace("÷", "/"), mode="eval").body)

    assert found == pytest.approx(float(number(right)), rel=0.005)


def test_the_page_shows_its_sums() -> None:
    assert len(SUMS) > 20


def test_what_a_sum_starts_from_was_measured() -> None:
    """Each number of three digits or more in a sum stands in the table of measurements, or is one of the round ones named here."""
    measured = set(re.findall(r"\d[\d,]*(?:\.\d+)?", PAGE.partition("## Per million")[0]))
    worked = {right for _, right in SUMS}
    chosen = {"1,000,000", "10,000,000", "1,000,000,000", "31,536,000", "525,600", "3,600", "1,000", "256", "0.00520", "2,420", "3,839"}

    used = {one for left, _ in SUMS for one in re.findall(r"\d[\d,]*(?:\.\d+)?", left) if len(one) > 2}
    assert used - measured - worked - chosen == set()
