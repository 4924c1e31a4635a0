"""The fields that habeas brings, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import habeas
from habeas.errors import BadDescription
from habeas.runs.registers.fields_model import FieldsFile
from habeas.runs.yaml_text.composing import quickly
from habeas.runs.yaml_text.door import parse, read_text
from habeas.terms.register import FieldSet

FIELDS = Path(habeas.__file__).parent / "terms" / "register.yaml"


@cache
def field_set() -> FieldSet:
    """Every topic and field of an entry, in the order in which they are asked and shown."""
    return read_fields(FIELDS)


def read_fields(path: Path) -> FieldSet:
    """The fields in a file.

    Raises:
        NotFound, BadDescription, Unavailable: it isn't there, isn't one (all that is wrong is told), or can't be read.
    """
    text = read_text(path, document=FieldsFile.document, kind=BadDescription)
    return parse(text, top=FieldsFile, name=str(path), kind=BadDescription, compose=quickly).value()
