"""Both ways of reading YAML agree on every file that habeas brings; only such files are read the quick way."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.runs.plan_model import AuditPlan
from habeas.runs.rulebooks.library import PACKAGE
from habeas.runs.yaml_text.composing import quickly, strictly
from habeas.runs.yaml_text.written import read

FILES = sorted(PACKAGE.rglob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_quick_reader_reads_what_the_strict_one_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    quick, strict = (read(text, document=AuditPlan.document, compose=compose) for compose in (quickly, strictly))

    assert quick.value == strict.value
    assert quick.lines == strict.lines
    assert quick.complaints == strict.complaints == []


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_no_file_of_habeas_has_tags_or_directives_that_the_quick_reader_would_pass_over(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith(("%", "---")) or " !" in line.split("#")[0]] == []


def test_plain_words_mean_to_the_quick_reader_what_they_mean_in_yaml_1_2() -> None:
    text = "a: yes\nb: no\nc: 0o17\nd: 1_000\ne: 2024-05-31\nf: ~\ng: 'yes'\nh: true\ni: 1.10\nj:\nk: [&x {y: on}, *x]\n"

    quick, strict = (read(text, document=AuditPlan.document, compose=compose).value for compose in (quickly, strictly))

    assert quick == strict


def test_the_quick_reader_leaves_what_is_wrong_to_the_strict_one() -> None:
    text = "a: [1, 2\nb: 3\n"

    quick, strict = (read(text, document=AuditPlan.document, compose=compose).complaints for compose in (quickly, strictly))

    assert quick == strict != []
