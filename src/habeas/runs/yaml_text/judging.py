"""From what the models found wrong to complaints in the words of who wrote the file."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from habeas.runs.yaml_text.complaint import Complaint, Place, written_place
from habeas.runs.yaml_text.fields import in_short
from habeas.runs.yaml_text.inline import inline
from habeas.runs.yaml_text.part import Part, field_at, inner_part, part_at, written_fields
from habeas.runs.yaml_text.written import Reading

FIELD_OF_MESSAGE = re.compile(r"([a-z_]+): (.*)", re.DOTALL)
"""Refusals of the audit's own values start with the field they are about."""

SHAPES = {"model_type": "a mapping", "dict_type": "a mapping", "tuple_type": "a list"}


def complaints(error: ValidationError, *, reading: Reading, top: type[Part]) -> list[Complaint]:
    """One complaint per thing wrong in what was read; none about a place that the reading complains of already."""
    details = (detail for detail in error.errors(include_url=False) if not _follows(detail))
    found = (complaint for detail in details for complaint in _complaints(detail, reading=reading, top=top))
    told = {complaint.place for complaint in reading.complaints}
    return [complaint for complaint in found if complaint.place not in told]


def _follows(detail: ErrorDetails) -> bool:
    # a list whose only item is refused counts as empty too
    return detail["type"] == "too_short" and bool(detail["input"])


def _complaints(detail: ErrorDetails, *, reading: Reading, top: type[Part]) -> list[Complaint]:
    if detail["type"] != "faults":
        return [_complaint(detail, reading=reading, top=top)]
    # a field that was read by a reader of its own: it tells every fault with its place inside the field
    faults = ((message, (*detail["loc"], *inside)) for inside, message in detail["ctx"]["faults"])
    return [Complaint(message=message, place=place, line=reading.line(place)) for message, place in faults]


def _complaint(detail: ErrorDetails, *, reading: Reading, top: type[Part]) -> Complaint:
    place = _as_far_as_written(detail["loc"], reading=reading, kind=detail["type"])
    if detail["type"] == "refused":
        message, place = _refused(detail, place, top)
    else:
        message = JUDGES.get(detail["type"], _unexpected)(detail, place, top)
    return Complaint(message=message, place=place, line=reading.line(place))


def _as_far_as_written(place: Place, *, reading: Reading, kind: str) -> Place:
    # a single value stands for a list of one, so a place may be longer than what was written
    if kind == "missing":
        return place
    while place and place not in reading.lines:
        place = place[:-1]
    return place


def _missing(_: ErrorDetails, place: Place, top: type[Part]) -> str:
    return f"missing; {_example(place, top)}"


def _unknown(_: ErrorDetails, place: Place, top: type[Part]) -> str:
    part, name = part_at(place[:-1], top=top) or top, str(place[-1])
    what = top.document.a_noun if part is top else written_place(place[:-1])
    near = difflib.get_close_matches(name.lower(), written_fields(part), n=1)
    elsewhere = _elsewhere(name, part, top)
    if near:
        return f"not a field of {what}; did you mean {near[0]}?"
    if elsewhere is not None:
        return f"not a field of {what}; {name} stands under {elsewhere}: move it there"
    return f"not a field of {what}; its fields are {', '.join(written_fields(part))}: remove it or mend its name"


def _elsewhere(name: str, part: type[Part], top: type[Part]) -> str | None:
    if part is not top and name in written_fields(top):
        return f"the {top.document.noun} itself"
    parts = {field: inner_part(info.annotation) for field, info in written_fields(top).items()}
    return next(
        (field for field, inner in parts.items() if inner is not None and inner is not part and name in written_fields(inner)), None
    )


def _expected(detail: ErrorDetails, place: Place, top: type[Part]) -> str:
    told = detail.get("ctx", {})
    return f"expected {told['expected']}; got {told['got']}: {told['hint'] or _example(place, top)}"


def _literal(detail: ErrorDetails, place: Place, top: type[Part]) -> str:
    expected = detail["ctx"]["expected"].strip("'")
    return f"expected {expected}; got {in_short(detail['input'])}: {_example(place, top)}"


def _wrong_shape(detail: ErrorDetails, place: Place, top: type[Part]) -> str:
    return f"expected {SHAPES[detail['type']]}; got {in_short(detail['input'])}: {_example(place, top)}"


def _blank(detail: ErrorDetails, place: Place, top: type[Part]) -> str:
    return f"{detail['msg']}; {_example(place, top)}"


def _too_short(_: ErrorDetails, place: Place, top: type[Part]) -> str:
    return f"expected at least one; got an empty list: {_example(place, top)}"


def _unexpected(detail: ErrorDetails, place: Place, top: type[Part]) -> str:
    return f"{detail['msg']}: {_example(place, top)}"


def _refused(detail: ErrorDetails, place: Place, top: type[Part]) -> tuple[str, Place]:
    found = FIELD_OF_MESSAGE.fullmatch(detail["msg"])
    if found is None:
        return detail["msg"], place
    if place and found.group(1) == place[-1]:
        return found.group(2), place
    part = part_at(place, top=top)
    if part is not None and found.group(1) in written_fields(part):
        return found.group(2), (*place, found.group(1))
    return detail["msg"], place


def _example(place: Place, top: type[Part]) -> str:
    found = field_at(place, top=top)
    if found is None or not found[1].examples:
        return "mend or remove it"
    return f"write e.g. {found[0]}: {inline(found[1].examples[0])}"


JUDGES: dict[str, Callable[[ErrorDetails, Place, type[Part]], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "expected": _expected,
    "blank": _blank,
    "too_short": _too_short,
    "literal_error": _literal,
    **dict.fromkeys(SHAPES, _wrong_shape),
}
