"""Assessments from their files."""

from __future__ import annotations

from pathlib import Path

from habeas.errors import BadDescription
from habeas.rules.assessments.values import Assessment
from habeas.runs.assessments.assessment_model import AssessmentFile
from habeas.runs.yaml_text.door import parse, read_text

MOST_BYTES = 1_000_000


def parse_assessment(text: str, *, name: str) -> Assessment:
    """The assessment that `text` (YAML) holds, complete or not; `name` is what messages call it.

    Raises:
        BadDescription: it isn't one; all that is wrong is told with its line. What is missing isn't wrong.
    """
    return parse(text, top=AssessmentFile, name=name, kind=BadDescription).value()


def read_assessment(path: Path) -> Assessment:
    """The assessment in a file.

    Raises:
        NotFound, BadDescription, Unavailable: it isn't there, isn't one, or can't be read.
    """
    text = read_text(path, document=AssessmentFile.document, kind=BadDescription, most_bytes=MOST_BYTES)
    return parse_assessment(text, name=str(path))
