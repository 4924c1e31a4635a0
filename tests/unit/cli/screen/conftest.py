from __future__ import annotations

from pathlib import Path

import pytest

SYSTEM = """\
habeas: system/1
name: Map
version: "1"
operator: Example Police
about: Made up.
used_in: [XA]
answers:
  purpose: [{purpose}]
  {more}
"""

BOOK = """\
habeas: rulebook/1
id: town
title: The rules of Town
short: Town
force: law
version: "1"
checked_on: 2026-11-22
binds_in: [XA]
about: Made up.
source: A gazette
changes:
  - {version: "1", on: 2026-11-22, what: First version.}
rules:
  - id: T-1
    article: Art 1
    title: No maps
    text: Nobody may use maps without an order.
    outcome: prohibited
    when: {purpose: [predict-place], publicly_accessible_space: yes}
    clears: {publicly_accessible_space: a plan of the place}
    exceptions:
      - id: ordered
        article: Art 1(2)
        title: A court ordered it
        when: {authorised_before_each_use: yes}
        evidence: {authorised_before_each_use: the order}
    applies:
      - {from: 2026-01-01, until: 2027-12-31, basis: Art 9}
    source: A gazette
    confidence: memory
    examples:
      caught: [{says: A map., answers: {purpose: [predict-place], publicly_accessible_space: yes}}]
      passed: [{says: A letter., answers: {purpose: [assist-casework]}}]
"""


class Desk:
    """A folder with a made-up book, where systems are described."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.book = folder / "town.yaml"
        self.book.write_text(BOOK, encoding="utf-8")

    def system(self, more: str = "publicly_accessible_space: yes", *, purpose: str = "predict-place", name: str = "map.yaml") -> str:
        """The path of a description."""
        path = self.folder / name
        path.write_text(SYSTEM.format(purpose=purpose, more=more), encoding="utf-8")
        return str(path)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
