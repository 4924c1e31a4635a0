"""An assessment as YAML: what reading it back gives is the same assessment."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from habeas.rules.assessments.carrying import Left
from habeas.rules.assessments.forms import FORMS, no_law_here
from habeas.rules.assessments.values import Assessment, Blank
from habeas.runs.assessments.assessment_model import AssessmentFile
from habeas.runs.assessments.written_text import as_text
from habeas.runs.yaml_text.inline import UNPRINTABLE, inline
from habeas.runs.yaml_text.part import written_fields

WIDTH = 120
LONG = 90
"""Longer texts get lines of their own, so that people can read and mend them."""
FOLDABLE = re.compile(r"[^\s]+( [^\s]+)*")
CONTROLS = re.compile(r"[\x00-\x1f]")


def write(assessment: Assessment, *, left: Sequence[Left] = ()) -> str:
    """The file of an assessment, with comments on how to go on; `left`: earlier answers without a place in it, as comments at the end."""
    said = {"habeas": AssessmentFile.document.format, **_said(assessment)}
    ordered = {name: said[name] for name in written_fields(AssessmentFile) if name in said}
    return "\n".join([*_opening(assessment), *_mapping(ordered, ""), *_left(left), ""])


def _opening(assessment: Assessment) -> Iterator[str]:
    form = FORMS[assessment.kind]
    lines = [
        f"{form.title}, {form.law}. Drafted by habeas on {assessment.drafted_on}; not legal advice.",
        "What starts with REPLACE only people can know: habeas assess check lists it, habeas assess render shows it on a page.",
        "Text may go over several lines after >- as below. Leave headings, duties and prohibitions as they are.",
        "What others claim of such systems stands apart and needs no answer: move under benefits only what is claimed of this one.",
        form.note,
    ]
    if (elsewhere := no_law_here(assessment)) is not None:
        lines.insert(0, elsewhere)
    if assessment.prohibited:
        lines.insert(0, "PROHIBITED: a rulebook prohibits this system. An assessment can't lift a prohibition.")
    elif assessment.prohibitions:
        lines.insert(0, "BLOCKED: whether this system is prohibited hangs on evidence that is missing. An assessment can't settle that.")
    for line in lines:
        yield from (f"# {piece}" for piece in textwrap.wrap(line, WIDTH - len("# ")))


def _left(left: Sequence[Left]) -> Iterator[str]:
    if left:
        yield "# Earlier answers that have no place above: copy what still holds, then delete them."
    for one in left:
        text = " ".join(one.says.split())
        yield from (f"# {piece}" for piece in textwrap.wrap(f"{one.place}: {text}", WIDTH - len("# ")))


def _said(value: object) -> dict[str, object]:
    found = {field.name: getattr(value, field.name) for field in fields(value)} if is_dataclass(value) else {}
    return {name: item for name, item in found.items() if item is not None and item != ()}


def _lines(name: str, value: object, indent: str) -> Iterator[str]:
    """A field with its value, on as many lines as it takes."""
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        yield f"{indent}{name}: {inline(value)}"
    elif isinstance(value, tuple):
        yield f"{indent}{name}:"
        for item in value:
            yield from _item(item, f"{indent}  ")
    elif is_dataclass(value) and not isinstance(value, Blank):
        yield f"{indent}{name}:"
        yield from _mapping(_said(value), f"{indent}  ")
    else:
        yield from _scalar(name, value, indent)


def _item(value: object, indent: str) -> Iterator[str]:
    first, *rest = _mapping(_said(value), f"{indent}  ")
    yield f"{indent}- {first.lstrip()}"
    yield from rest


def _mapping(said: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in said.items():
        yield from _lines(name, value, indent)


def _scalar(name: str, value: object, indent: str) -> Iterator[str]:
    if isinstance(value, date):
        yield f"{indent}{name}: {value.isoformat()}"
        return
    text = as_text(value) if isinstance(value, Blank) else str(value.value if isinstance(value, Enum) else value)
    line = f"{indent}{name}: {inline(text)}"
    if (len(text) <= LONG and len(line) <= WIDTH) or not _can_be_folded(text):
        yield line
        return
    yield f"{indent}{name}: >-"
    # a word longer than a line stays whole: broken, it would be read back as two
    inner = f"{indent}  "
    yield from textwrap.wrap(text, WIDTH, initial_indent=inner, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False)


def _can_be_folded(text: str) -> bool:
    return FOLDABLE.fullmatch(text) is not None and not UNPRINTABLE.search(text) and not CONTROLS.search(text)
