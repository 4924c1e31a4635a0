"""A part of a file as it is written: it refuses fields it doesn't know, and becomes the value that the core works with."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, Self, get_args

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from habeas.errors import BadInput
from habeas.runs.yaml_text.complaint import Place
from habeas.runs.yaml_text.document import Document


class Part(BaseModel, ABC):
    """The shape shared by all parts of a file; the part at its top says what the file is."""

    document: ClassVar[Document]

    model_config = ConfigDict(extra="forbid", frozen=True, model_title_generator=lambda part: part.__name__.removesuffix("Part"))

    @abstractmethod
    def value(self) -> object:
        """The part as the core's own value. Raises `BadInput` where its fields don't go together."""

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        try:
            self.value()
        except BadInput as refusal:
            raise PydanticCustomError("refused", "{message}", {"message": str(refusal)}) from refusal
        return self


def written_fields(part: type[Part]) -> dict[str, FieldInfo]:
    """The fields of a part by the names under which they are written (`from` can't be a name in Python)."""
    return {info.alias or name: info for name, info in part.model_fields.items()}


def inner_part(annotation: object) -> type[Part] | None:
    """The part that a field holds, alone or in a list or as an option; None for a field of text, numbers and the like."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    found = (inner_part(argument) for argument in get_args(annotation))
    return next((part for part in found if part is not None), None)


def part_at(place: Place, *, top: type[Part]) -> type[Part] | None:
    """The part whose fields stand at `place`; None where no part can stand."""
    part: type[Part] | None = top
    for step in place:
        if isinstance(step, str):
            field = None if part is None else written_fields(part).get(step)
            part = None if field is None else inner_part(field.annotation)
    return part


def field_at(place: Place, *, top: type[Part]) -> tuple[str, FieldInfo] | None:
    """The name and description of the last field on the way to `place`; None where there is no such field."""
    for size in range(len(place), 0, -1):
        part, name = part_at(place[: size - 1], top=top), place[size - 1]
        if part is not None and isinstance(name, str) and name in written_fields(part):
            return name, written_fields(part)[name]
    return None
