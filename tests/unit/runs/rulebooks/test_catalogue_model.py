from __future__ import annotations

from pathlib import Path

import pytest

from habeas.catalogue.entries import Entry, Family, Statement, Status
from habeas.errors import BadDescription
from habeas.runs.rulebooks.library import read_entry
from habeas.terms.sources import Confidence, Source
from screens.book_texts import changed, vocabulary

ENTRY = """\
habeas: catalogue-entry/1
id: xa-list
name: The list
place: Exampleland
operator: Example Police
family: person-list
status: ended
status_note: {says: Ended in 2024., sources: [Gazette], confidence: source}
verified: mixed
about: A list of people.
inputs:
  - {says: arrests, sources: [{title: Gazette, where: p. 1, read_on: 2026-11-21}], confidence: secondary}
findings:
  - {says: nobody was taken off, confidence: memory}
version: as documented in 2024
answers: {purpose: [list]}
"""

REFUSED = [
    (
        "family: person-list",
        "family: list",
        (
            "line 6, family: expected one of individual-risk, person-list, place-based, face-live, face-retrospective, "
            "number-plates, triage, victim-risk, forensic-sensor, analytics-platform, border, prison, court, casework; "
            'got "list": write e.g. family: place-based'
        ),
    ),
    (
        "status: ended",
        "status: over",
        'line 7, status: expected one of development, trial, in-use, ended, struck-down, unknown; got "over": write e.g. status: ended',
    ),
    (
        "{says: nobody was taken off, confidence: memory}",
        "{says: nobody was taken off, confidence: source}",
        (
            "line 14, findings[0].sources: expected where this was seen; got none: "
            "name a source, or say confidence: memory (nobody was taken off)"
        ),
    ),
    ("verified: mixed\n", "", "verified: missing; write e.g. verified: mixed"),
    ("purpose: [list]", "purpose: [lists]", 'line 16, answers.purpose[0]: expected a word of purpose; got "lists": did you mean list?'),
]


def read(folder: Path, *changes: tuple[str, str]) -> Entry:
    path = folder / "entry.yaml"
    path.write_text(changed(ENTRY, *changes), encoding="utf-8")
    return read_entry(path, words=vocabulary())


def test_an_entry_is_read_with_the_source_and_confidence_of_each_fact(tmp_path: Path) -> None:
    entry = read(tmp_path)

    assert (entry.id, entry.family, entry.status, entry.verified) == ("xa-list", Family.PERSON_LIST, Status.ENDED, Confidence.MIXED)
    assert entry.status_note == Statement(says="Ended in 2024.", sources=(Source(title="Gazette"),), confidence=Confidence.SOURCE)
    assert entry.inputs[0].sources[0].where == "p. 1"
    assert entry.findings[0].confidence is Confidence.MEMORY
    assert (entry.description.name, entry.description.operator, entry.description.version) == (
        "The list",
        "Example Police",
        "as documented in 2024",
    )


def test_an_entry_from_memory_is_not_public(tmp_path: Path) -> None:
    assert read(tmp_path).public
    assert not read(tmp_path, ("verified: mixed", "verified: memory")).public


@pytest.mark.parametrize(("old", "new", "message"), REFUSED, ids=[new.strip() or f"no {old.strip()}" for old, new, _ in REFUSED])
def test_what_is_wrong_with_an_entry_is_told_with_its_line_and_field(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(BadDescription) as refused:
        read(tmp_path, (old, new))

    assert str(refused.value) == f"{tmp_path / 'entry.yaml'}{' ' if message.startswith('line') else ', '}{message}"
