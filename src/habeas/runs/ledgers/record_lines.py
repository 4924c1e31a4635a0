"""Records as case systems write them: one JSON object a line, checked at the door.

Messages name the line and the field and never repeat what a field contains, for it may be about a person.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, NoReturn, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StrictStr, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from habeas.errors import BadInput, NotAllowed
from habeas.runs.ledgers.record_faults import told
from habeas.stores.vault.drafts import Draft
from habeas.stores.vault.sealed import Person
from habeas.terms.canonical import MOST_INTEGER
from habeas.terms.records import RecordType

MOST_LINE_BYTES = 1_000_000
"""A record has some dozens of fields; a longer line is something else."""

DAY_FORMAT = r"\d{4}-\d\d-\d\d"

_BOM = b"\xef\xbb\xbf"
_STRICT = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _value(given: object) -> object:
    """See that a field's value can be recorded; one message instead of one for each kind that it might have been."""
    number = isinstance(given, int) and (isinstance(given, bool) or abs(given) <= MOST_INTEGER)
    if number or (isinstance(given, str) and _writable(given)):
        return given
    raise PydanticCustomError("value", "a value")


def _public(given: object) -> object:
    if isinstance(given, bool) or not isinstance(given, (str, int)):
        raise PydanticCustomError("public", "a public value")
    return given


def _writable(text: str) -> bool:
    """Whether UTF-8 can write it: half of a surrogate pair is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


Value = Annotated[StrictStr | StrictBool | StrictInt, BeforeValidator(_value)]
Public = Annotated[StrictStr | StrictInt, BeforeValidator(_public)]


_ORDERED = (
    "expected something that happened; got an order, which must also be carried out: "
    "give it by `habeas ledger erase` or `habeas ledger restrict`"
)


class PersonFields(BaseModel):
    """What is recorded about one person (or one case): it is sealed by a key that can be destroyed."""

    model_config = _STRICT

    ref: Annotated[StrictStr, Field(min_length=1, max_length=200, examples=["P-1042"])] = Field(
        description="how your own systems call the person; never published, forgotten with the person's key", repr=False
    )
    fields: dict[StrictStr, Value] = Field(
        description="name and value of each field: text, whole numbers, true and false", min_length=1, repr=False
    )


class RecordLine(BaseModel):
    """One record: what may be published about it, and what is sealed."""

    model_config = _STRICT

    type: RecordType = Field(description="what is recorded", examples=["decision"])
    authority: StrictStr = Field(description="who answers for it, as in the register", examples=["police.example"])
    day: Annotated[StrictStr, StringConstraints(pattern=rf"^{DAY_FORMAT}$")] = Field(description="the day, no exact time")
    public: dict[StrictStr, Public] = Field(default_factory=dict, description="what everyone may know; each type has its own keys")
    personal: dict[StrictStr, PersonFields] = Field(
        default_factory=dict, description="per group (person, officer, victim, case): whom, and what"
    )

    @classmethod
    def checked(cls, given: object, *, name: str) -> Self:
        """The record that `given` says; `name` is what messages call it.

        Raises:
            BadInput: it isn't one; all that is wrong is told, and no value.
        """
        try:
            found = cls.model_validate(dict(given) if isinstance(given, Mapping) else given)
            found.draft()
        except ValidationError as problem:
            raise BadInput("\n".join(f"{name}{one}" for one in told(problem.errors(include_url=False, include_input=False)))) from None
        except NotAllowed:
            raise BadInput(f"{name}, type: {_ORDERED}") from None
        except BadInput as problem:
            raise BadInput(f"{name}: {problem}") from None
        except ValueError:
            raise BadInput(f"{name}, day: expected a day that the calendar has; mend it, e.g. 2026-11-22") from None
        return found

    @property
    def about(self) -> int | None:
        """The index of the entry that this one is about; None: it is about none."""
        found = self.public.get("about")
        return found if isinstance(found, int) else None

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
        raise BadInput(f"{name}: expected a record of at most {MOST_LINE_BYTES:,} bytes; got more: is it one record a line?")
    try:
        given = json.loads(line.decode("utf-8"), object_pairs_hook=_no_twins, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError) as problem:
        raise BadInput(f"{name}: expected one record as a JSON object; {_why(problem)}: mend the line, then append again") from None
    return RecordLine.checked(given, name=name)


def record_on(line: bytes, *, number: int, name: str) -> RecordLine | None:
    """The record on line `number` (from 1) of what is called `name`; None where the line is empty.

    The mark that some programs put before UTF-8 is passed over. Raises as `parse_record_line`.
    """
    record = line.removeprefix(_BOM) if number == 1 else line
    return parse_record_line(record, name=f"{name} line {number}") if record.strip() else None


def _why(problem: Exception) -> str:
    if isinstance(problem, _Refused):
        return str(problem)
    if isinstance(problem, UnicodeDecodeError):
        return f"byte {problem.start + 1} isn't text in UTF-8"
    where = f", from character {problem.pos + 1} on" if isinstance(problem, json.JSONDecodeError) else ""
    return f"this isn't JSON{where}"


class _Refused(ValueError):
    """What JSON allows and a record doesn't."""


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused("a name stands twice in it")
    return found


def _no_float(_: str) -> NoReturn:
    raise _Refused("it holds a number with a fraction, which no two programs write alike: use whole numbers, or text")
