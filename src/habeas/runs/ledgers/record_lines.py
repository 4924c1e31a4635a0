"""Records as case systems write them: one JSON object a line, checked at the door.

Messages name the line and the field and never repeat what a field contains, for it may be about a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, NoReturn, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, StrictStr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from habeas.errors import BadInput
from habeas.stores.vault.drafts import Draft
from habeas.stores.vault.sealed import Person
from habeas.terms.records import RecordType

MOST_LINE_BYTES = 1_000_000
"""A record has some dozens of fields; a longer line is something else."""

DAY_FORMAT = r"\d{4}-\d\d-\d\d"

_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class PersonFields(BaseModel):
    """What is recorded about one person (or one case): it is sealed by a key that can be destroyed."""

    model_config = _STRICT

    ref: Annotated[StrictStr, Field(min_length=1, max_length=200, examples=["P-1042"])] = Field(
        description="how your own systems call the person; never published, forgotten with the person's key"
    )
    fields: dict[StrictStr, StrictStr | StrictBool | StrictInt] = Field(
        description="name and value of each field: text, whole numbers, true and false", min_length=1
    )


class RecordLine(BaseModel):
    """One record: what may be published about it, and what is sealed."""

    model_config = _STRICT

    type: RecordType = Field(description="what is recorded", examples=["decision"])
    authority: StrictStr = Field(description="who answers for it, as in the register", examples=["police.example"])
    day: Annotated[StrictStr, StringConstraints(pattern=rf"^{DAY_FORMAT}$")] = Field(description="the day, no exact time")
    public: dict[str, StrictStr | StrictInt] = Field(default_factory=dict, description="what everyone may know; each type has its own keys")
    personal: dict[str, PersonFields] = Field(default_factory=dict, description="per group (person, officer, victim, case): whom, and what")

    @classmethod
    def checked(cls, given: object, *, name: str) -> Self:
        """The record that `given` says; `name` is what messages call it.

        Raises:
            BadInput: it isn't one; all that is wrong is told, and no value.
        """
        try:
            found = cls.model_validate(given)
            found.draft()
        except ValidationError as problem:
            told = "\n".join(f"{name}{_told(detail)}" for detail in problem.errors(include_url=False, include_input=False))
            raise BadInput(told) from None
        except BadInput as problem:
            raise BadInput(f"{name}: {problem}") from None
        except ValueError:
            raise BadInput(f"{name}, day: expected a day that the calendar has; mend it, e.g. 2026-11-22") from None
        return found

    def draft(self) -> Draft:
        """The record as the vault takes it. Raises `BadInput` for what can't be recorded, `ValueError` for a day that no calendar has."""
        personal = {group: Person(ref=one.ref, fields=one.fields) for group, one in self.personal.items()}
        return Draft(kind=self.type, authority=self.authority, day=date.fromisoformat(self.day), public=self.public, personal=personal)


def parse_record_line(line: bytes, *, name: str) -> RecordLine:
    """The record on one line; `name` is what messages call the place, e.g. `records.jsonl line 3`.

    Raises:
        BadInput: it isn't a JSON object with the fields of a record; nothing of the record's content is repeated.
    """
    if len(line) > MOST_LINE_BYTES:
        raise BadInput(f"{name}: expected a record of at most {MOST_LINE_BYTES:,} bytes; this one has {len(line):,}: is it one record?")
    try:
        given = json.loads(line.decode("utf-8"), object_pairs_hook=_no_twins, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as problem:
        told = str(problem) if isinstance(problem, _Refused) else "this isn't JSON in UTF-8"
        raise BadInput(f"{name}: expected one record as a JSON object; {told}: mend the line, then append again") from None
    return RecordLine.checked(given, name=name)


def parse_record_lines(lines: Iterable[bytes], *, name: str) -> Iterator[RecordLine]:
    """Every record of a file, one a line; empty lines are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield parse_record_line(line, name=f"{name} line {number}")


class _Refused(ValueError):
    """What JSON allows and a record doesn't."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a name stands twice in it")
    return found


def _no_float(_: str) -> NoReturn:
    raise _Refused("it holds a number with a fraction, which no two programs write alike: use whole numbers, or text")


def _told(detail: ErrorDetails) -> str:
    place = ".".join(str(step) for step in detail["loc"] if step not in {"str", "bool", "int"})
    if detail["type"] == "extra_forbidden":
        return f", {place}: not a field of a record; see `habeas schema ledger-record`"
    if detail["type"] == "missing":
        return f", {place}: missing; see `habeas schema ledger-record`"
    return f"{f', {place}' if place else ''}: {detail['msg']}; see `habeas schema ledger-record`"
