"""The door for files in YAML: text becomes a value, or is refused with everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from habeas.errors import BadInput, NotFound, Unavailable
from habeas.runs.yaml_text.complaint import Complaint, refusal
from habeas.runs.yaml_text.composing import Compose, strictly
from habeas.runs.yaml_text.document import Document
from habeas.runs.yaml_text.judging import complaints
from habeas.runs.yaml_text.part import Part, written_fields
from habeas.runs.yaml_text.written import read

Top = TypeVar("Top", bound=Part)

MOST_BYTES = 200_000
"""A plan is a page or two, a rulebook a hundred; a longer file is something else, most likely the data."""


def parse(
    text: str,
    *,
    top: type[Top],
    name: str,
    kind: type[BadInput],
    context: Mapping[str, object] | None = None,
    compose: Compose = strictly,
) -> Top:
    """The file that `text` holds, as the part at its top; `name` is what messages call it, e.g. `plan.yaml`.

    `context`: what its fields need to be read, such as the vocabulary. `compose`: how YAML becomes nodes.

    Raises:
        `kind`: the text can't be read or isn't such a file. The message lists all that is wrong with single fields, one thing a
            line, with line number, field, what was expected and what to write; once all fields are right, it says where they
            don't go together.
    """
    document = top.document
    reading = read(text, document=document, compose=compose)
    if reading.value is None:
        raise refusal(reading.complaints, name=name, kind=kind)
    if written_fields(top).keys().isdisjoint(reading.value):
        nothing = document.when_other(f"a mapping without any field of {document.a_noun}")
        raise refusal([Complaint(message=nothing)], name=name, kind=kind)
    try:
        model = top.model_validate(reading.value, context=dict(context or {}))
    except ValidationError as error:
        raise refusal([*reading.complaints, *complaints(error, reading=reading, top=top)], name=name, kind=kind) from None
    if reading.complaints:
        raise refusal(reading.complaints, name=name, kind=kind)
    return model


def read_text(path: Path, *, document: Document, kind: type[BadInput], most_bytes: int = MOST_BYTES) -> str:
    """The text of a file that should be such a document.

    Raises:
        NotFound: there is no such file.
        `kind`: it is a folder, too long, or not text in UTF-8.
        Unavailable: the file is there but can't be read.
    """
    return _decoded(_bytes(path, document=document, kind=kind, most_bytes=most_bytes), name=str(path), noun=document.noun, kind=kind)


def _bytes(path: Path, *, document: Document, kind: type[BadInput], most_bytes: int) -> bytes:
    noun = document.noun
    try:
        with path.open("rb") as file:
            content = file.read(most_bytes + 1)
    except FileNotFoundError:
        raise NotFound(f"{path} is not there; expected {document.one}: check the name, or {document.draft}") from None
    except IsADirectoryError:
        raise kind(f"{path} is a folder; expected {document.one}, one YAML file: name the file in it") from None
    except (OSError, ValueError) as problem:
        raise Unavailable(f"{path} can't be read; expected {document.one}: check that you may read it") from problem
    if len(content) > most_bytes:
        raise kind(f"{path} is longer than {most_bytes:,} bytes; expected {document.one}: is this the data? name the {noun}")
    return content


def _decoded(content: bytes, *, name: str, noun: str, kind: type[BadInput]) -> str:
    try:
        return content.decode("utf-8")  # the YAML reader passes over a byte order mark
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise kind(f"{name} line {line}: expected text in UTF-8; got a byte that is none: save the {noun} as UTF-8") from None
