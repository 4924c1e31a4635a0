"""A description that somebody began: what a draft still marks to be filled in is open, so that it can be asked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from habeas.errors import BadDescription
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.description_model import DescriptionFile
from habeas.runs.yaml_text.door import read_text
from habeas.runs.yaml_text.fields import PLACEHOLDER
from habeas.terms.answers import UNANSWERED
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Vocabulary

OPEN = "-"
"""Stands for a text that isn't known yet; an interview asks for it again."""
MARKED = re.compile(rf"""^(name|version|operator|about):[ \t]*["']?{PLACEHOLDER}.*$""", re.MULTILINE)


def read_begun(path: Path, *, words: Vocabulary | None = None) -> SystemDescription:
    """The description in a file, as far as it was filled in.

    A draft in which a REPLACE still stands was not gone through: its bare unknowns are questions that nobody put yet.

    Raises:
        NotFound, BadDescription, Unavailable: it isn't there, isn't one (all that is wrong is told), or can't be read.
    """
    text = read_text(path, document=DescriptionFile.document, kind=BadDescription, most_bytes=library.MOST_BYTES)
    opened, marks = MARKED.subn(rf'\1: "{OPEN}"', text)
    found = library.parse_begun(opened, name=str(path), words=words)
    if not marks:
        return found
    return replace(found, answers={name: answer for name, answer in found.answers.items() if answer != UNANSWERED})
