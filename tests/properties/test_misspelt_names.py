"""Whatever name is misspelt in a book, an entry or a description: it is refused, at its line, with what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.errors import BadInput
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.catalogue_model import EntryFile
from habeas.runs.rulebooks.description_text import description_text
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.yaml_text.composing import quickly
from habeas.runs.yaml_text.door import parse
from habeas.runs.yaml_text.part import Part
from habeas.runs.yaml_text.written import read

WHAT_TO_DO = re.compile(
    r"did you mean|its fields are|write (one of|e\.g\.)|move it there|the reference of the vocabulary|: (remove|mend|add)|reserved"
)
FREE = {"clears", "evidence"}
"""Fields whose names are facts: a misspelt one doesn't fit the condition, which is told at the field."""

TOPS: dict[Path, type[Part]] = dict.fromkeys(sorted(library.BOOKS.glob("*.yaml")), RulebookFile) | dict.fromkeys(
    sorted(library.SYSTEMS.glob("*.yaml"))[:8], EntryFile
)


def names(text: str, top: type[Part]) -> list[tuple[int, str]]:
    """Every name before a colon, with its line, where it can be misspelt on that line alone."""
    places = read(text, document=top.document, compose=quickly).lines
    found = {(line, str(place[-1])) for place, line in places.items() if isinstance(place[-1], str) and not FREE & set(place[:-1])}
    lines = text.splitlines()
    return sorted((line, name) for line, name in found if len(re.findall(rf"(?<![\w-]){re.escape(name)}:", lines[line - 1])) == 1)


@pytest.mark.parametrize("path", TOPS, ids=[path.stem for path in TOPS])
@settings(max_examples=25)
@given(data=st.data())
def test_a_misspelt_name_is_refused_at_its_line_with_what_to_do(path: Path, data: st.DataObject) -> None:
    text, top = path.read_text(encoding="utf-8"), TOPS[path]
    line, name = data.draw(st.sampled_from(names(text, top)))
    lines = text.splitlines()
    lines[line - 1] = re.sub(rf"(?<![\w-]){re.escape(name)}:", f"{name}x:", lines[line - 1], count=1)

    with pytest.raises(BadInput) as refused:
        parse("\n".join(lines), top=top, name="file.yaml", kind=BadInput, context={"vocabulary": library.vocabulary()}, compose=quickly)

    told = [complaint for complaint in str(refused.value).splitlines() if f"line {line}," in complaint and f"{name}x" in complaint]
    assert told, str(refused.value)
    assert any(WHAT_TO_DO.search(complaint) for complaint in told), told


def test_every_entry_reads_back_from_its_own_description() -> None:
    for entry in (*library.catalogue(), *library.unverified()):
        text = description_text(entry.description, library.vocabulary())
        assert library.parse_description(text, name=entry.id) == entry.description
