"""A small rulebook as a lawyer would write it, and a small vocabulary for it: for tests to spoil one thing at a time."""

from __future__ import annotations

from pathlib import Path

from habeas.errors import BadRulebook
from habeas.rules.rulebook import Rulebook
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.rulebooks.vocabulary_model import VocabularyFile
from habeas.runs.yaml_text.door import parse
from habeas.terms.vocabulary import Vocabulary

VOCABULARY = """\
habeas: vocabulary/1
facts:
  - name: purpose
    kind: several
    question: What is it used for?
    why: Bans attach to use.
    words: {predict: says who will do what, list: keeps a list, draft: writes letters}
  - name: human_decides
    kind: yes-no
    question: Does a human decide?
    why: Decisions by machine alone are prohibited.
    find_out: the training slides
  - name: since
    kind: day
    question: Since when is it in use?
    why: Older systems have more time.
"""

BOOK = """\
habeas: rulebook/1
id: small
title: A small law
short: Small law
force: law
version: "2"
checked_on: 2026-11-22
binds_in: [XA]
about: A law made up for tests.
source: {title: Gazette, where: https://gazette.example/1, read_on: 2026-11-21}
unsettled: [Whether lists on paper count.]
changes:
  - {version: "2", on: 2026-11-22, what: The ban on lists., rules: [S-1]}
  - {version: "1", on: 2026-01-01, what: First version.}
rules:
  - id: S-1
    article: Art 1
    title: No lists
    text: Nobody may keep lists of people.
    outcome: prohibited
    who: [everybody]
    when: {purpose: [list, predict]}
    exceptions:
      - id: human
        article: Art 1(2)
        title: A human decides
        when: {human_decides: yes}
        evidence: {human_decides: how often people depart from it}
    applies:
      - {from: 2026-02-01, basis: Art 9}
    source: Gazette
    confidence: source
    examples:
      caught:
        - {says: A list of people., answers: {purpose: [list]}}
      passed:
        - {says: A letter writer., answers: {purpose: [draft]}}
        - says: A list where a human decides.
          answers:
            purpose: [list]
            human_decides: {answer: yes, evidence: [{what: a study, by: auditor}]}
        - {says: A list of the time before., answers: {purpose: [list]}, on: 2026-01-31}
  - id: S-2
    article: Art 2
    title: Old tools are dangerous
    text: What is old is dangerous.
    outcome: class
    class: dangerous
    when: {since: {before: 2020-01-01}}
    applies: [{basis: Art 9}]
    source: Gazette
    confidence: mixed
    examples:
      caught: [{says: An old tool., answers: {since: 2019-12-31}}]
      passed: [{says: A new tool., answers: {since: 2020-01-01}}]
  - id: S-3
    article: Art 3
    title: Dangerous tools need an office
    text: Whoever uses a dangerous tool tells the office.
    outcome: duty
    when: {class: dangerous}
    applies:
      - {from: 2026-08-02, until: 2027-12-01, basis: Art 10, disputed: two readings of Art 10}
      - {from: 2027-12-02, basis: Art 10}
    evidence: [a letter to the office]
    deadline: {says: without delay, starts: first use}
    safeguard: oversight
    source: Gazette
    confidence: source
    examples:
      caught: [{says: An old tool., answers: {since: 2019-12-31}, on: 2027-12-02}]
      passed: [{says: An old tool in the time before., answers: {since: 2019-12-31}, on: 2026-08-01}]
"""


def vocabulary() -> Vocabulary:
    return parse(VOCABULARY, top=VocabularyFile, name="words.yaml", kind=BadRulebook).value()


def changed(text: str, *changes: tuple[str, str]) -> str:
    """The text with some things changed, each of which must stand there once."""
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"expected {old!r} once; got it {text.count(old)} times: choose a longer text")
        text = text.replace(old, new)
    return text


def book(*changes: tuple[str, str]) -> Rulebook:
    """The small book, with some things changed."""
    context = {"vocabulary": vocabulary()}
    return parse(changed(BOOK, *changes), top=RulebookFile, name="small.yaml", kind=BadRulebook, context=context).value()


def write(folder: Path, *changes: tuple[str, str], name: str = "small.yaml") -> Path:
    """The small book as a file beside its vocabulary, words.yaml."""
    (folder / "words.yaml").write_text(VOCABULARY, encoding="utf-8")
    (folder / name).write_text(changed(BOOK, *changes), encoding="utf-8")
    return folder / name


OUR_WORDS = {
    "list, predict": "list-persons, predict-offending",
    "[list]": "[list-persons]",
    "[draft]": "[assist-casework]",
    "human_decides": "narrow_task_shown",
    "since: {before": "in_service_from: {before",
    "{since: 20": "{in_service_from: 20",
}
"""Words of the small vocabulary, as they stand in the small book, and words of the vocabulary that habeas brings."""


def write_in_our_words(folder: Path, *changes: tuple[str, str], name: str = "small.yaml") -> Path:
    """The small book as a file, written in the vocabulary that habeas brings; changes are made first."""
    text = changed(BOOK, *changes)
    for small, ours in OUR_WORDS.items():
        text = text.replace(small, ours)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name
