"""Every fault of a book is told with file, line and field; examples say why they don't come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from habeas.errors import BadRulebook, NotFound
from habeas.runs.rulebooks import library
from habeas.runs.rulebooks.amending.checks import check
from screens.book_texts import BOOK, VOCABULARY, changed, write

CAUGHT = "{says: A list of people., answers: {purpose: [list]}}"
LETTER = "{says: A letter writer., answers: {purpose: [draft]}}"

REFUSED = [
    (
        LETTER,
        "{says: A letter writer., answers: {purpose: [list]}}",
        "line 37, rules[0].examples.passed[0]: S-1: expected the rule to say no to 'A letter writer.'; it says yes: mend one of the two",
    ),
    (
        LETTER,
        "{says: A letter writer., answers: {}}",
        (
            "line 37, rules[0].examples.passed[0]: S-1: expected the rule to say no to 'A letter writer.'; it says unknown: "
            "mend one of the two; it hinges on purpose"
        ),
    ),
    (
        LETTER + "\n",
        LETTER + "\n        - {says: A list., answers: {purpose: [list], human_decides: yes}}\n",
        "line 38, rules[0].examples.passed[1]: S-1: expected the rule to say no to 'A list.'; it says yes: mend one of the two",
    ),
    (
        CAUGHT,
        "{says: A list of people., answers: {purpose: [list]}, on: 2026-01-31}",
        (
            "line 35, rules[0].examples.caught[0]: S-1: expected the rule to say yes to 'A list of people.'; it says no: "
            "mend one of the two; on 2026-01-31 the rule doesn't apply: say another day under on, or mend applies"
        ),
    ),
    (
        "when: {purpose: [list, predict]}",
        "when: {purpose: [list, predict]}\n    clears: {purpose: the brochure}",
        (
            "line 38, rules[0].examples.passed[0]: S-1: expected the rule to say no to 'A letter writer.'; it says unknown: "
            "mend one of the two; it hinges on purpose (shown by evidence)"
        ),
    ),
    (
        "answers: {since: 2019-12-31}, on: 2027-12-02}",
        "answers: {since: 2019-12-31}}",
        (
            "line 71, rules[2].examples.caught[0]: S-3: expected the rule to say yes to 'An old tool.'; it says unknown: "
            "mend one of the two; two readings of Art 10"
        ),
    ),
    (
        "answers: {since: 2019-12-31}, on: 2027-12-02}",
        "answers: {}, on: 2027-12-02}",
        (
            "line 71, rules[2].examples.caught[0]: S-3: expected the rule to say yes to 'An old tool.'; it says unknown: "
            "mend one of the two; a class of this book is open"
        ),
    ),
]


@pytest.mark.parametrize(("old", "new", "message"), REFUSED, ids=[new.strip() or f"no {old.strip()}" for old, new, _ in REFUSED])
def test_a_fault_between_fields_is_told_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    path = write(tmp_path, (old, new))

    with pytest.raises(BadRulebook) as refused:
        check([str(path)], words=tmp_path / "words.yaml")
    assert str(refused.value) == f"{path} {message}"


def test_a_book_without_a_fault_is_returned(tmp_path: Path) -> None:
    assert [book.id for book in check([str(write(tmp_path))], words=tmp_path / "words.yaml")] == ["small"]


def test_a_class_that_no_rule_defines_is_told_at_the_rule_that_asks_for_it(tmp_path: Path) -> None:
    path = write(tmp_path, ("when: {class: dangerous}", "when: {class: danger}"))

    with pytest.raises(BadRulebook) as refused:
        check([str(path)], words=tmp_path / "words.yaml")

    assert str(refused.value).splitlines()[1] == (
        f"{path} line 61, rules[2].when: S-3: asks for the class danger, which no rule of this book defines: mend the name, or add the rule"
    )


def test_a_first_changelog_that_names_no_rule_of_the_book_is_told(tmp_path: Path) -> None:
    path = write(tmp_path, ('  - {version: "1", on: 2026-01-01, what: First version.}\n', ""), ("rules: [S-1]", "rules: [S-9]"))

    with pytest.raises(BadRulebook) as refused:
        check([str(path)], words=tmp_path / "words.yaml")

    assert str(refused.value).startswith(f"{path} line 13, changes[0].rules: names S-9, which is no rule of this book: mend the id; or, if")


def test_the_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    one = write(tmp_path, ("force: law", "force: laws"), name="one.yaml")
    two = write(tmp_path, (LETTER, "{says: A letter writer., answers: {}}"), name="two.yaml")

    with pytest.raises(BadRulebook) as refused:
        check([str(one), str(two)], words=tmp_path / "words.yaml")

    assert [line.partition(",")[0] for line in str(refused.value).splitlines()] == [f"{one} line 5", f"{two} line 37"]


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        check([str(tmp_path / "none.yaml")])


def test_a_book_of_habeas_is_checked_by_its_name() -> None:
    assert [book.id for book in check(["fair-trials"])] == ["fair-trials"]


def test_named_books_stay_in_the_order_in_which_they_were_named(tmp_path: Path) -> None:
    write(tmp_path, name="law.yaml")
    write(tmp_path, ("force: law", "force: standard"), ("id: small\n", "id: asked\n"), name="standard.yaml")
    paths = [str(tmp_path / name) for name in ("law.yaml", "standard.yaml")]

    assert [book.id for book in check(paths, words=tmp_path / "words.yaml")] == ["small", "asked"]


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with the small book alone."""
    (tmp_path / "words.yaml").write_text(changed(VOCABULARY, (", draft: writes letters", "")), encoding="utf-8")
    text = changed(BOOK, (LETTER, "{says: A tool without a purpose., answers: {purpose: []}}"))
    (tmp_path / "small.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "books").mkdir()
    (tmp_path / "small.yaml").rename(tmp_path / "books" / "small.yaml")
    monkeypatch.setattr(library, "BOOKS", tmp_path / "books")
    return tmp_path


def test_a_whole_library_without_a_fault_is_told(shelf: Path) -> None:
    assert [book.id for book in check([], words=shelf / "words.yaml")] == ["small"]


def test_standards_come_before_laws_and_then_names_count(shelf: Path) -> None:
    text = (shelf / "books" / "small.yaml").read_text(encoding="utf-8")
    for name, force in (("tiny", "standard"), ("another", "law")):
        other = changed(text, ("id: small\n", f"id: {name}\n"), ("force: law", f"force: {force}"))
        (shelf / "books" / f"{name}.yaml").write_text(other, encoding="utf-8")

    assert [book.id for book in check([], words=shelf / "words.yaml")] == ["tiny", "another", "small"]


def test_a_word_or_fact_that_no_rule_asks_for_is_a_fault_of_the_vocabulary(shelf: Path) -> None:
    more = "  - {name: paper, kind: yes-no, question: On paper?, why: Nobody knows.}\n"
    (shelf / "words.yaml").write_text(VOCABULARY + more, encoding="utf-8")

    with pytest.raises(BadRulebook) as refused:
        check([], words=shelf / "words.yaml")

    assert str(refused.value).splitlines() == [
        (
            f"{shelf / 'words.yaml'} line 7, facts[0].words.draft: no rule asks for the word draft of purpose: "
            "take it out, or write the rule that needs it"
        ),
        f"{shelf / 'words.yaml'} line 17, facts[3]: no rule asks for paper: take it out, or write the rule that needs it",
    ]


def test_a_book_of_the_library_is_called_as_its_file(shelf: Path) -> None:
    (shelf / "books" / "small.yaml").rename(shelf / "books" / "tiny.yaml")

    with pytest.raises(BadRulebook) as refused:
        check([], words=shelf / "words.yaml")

    path = shelf / "books" / "tiny.yaml"
    assert str(refused.value) == f"{path}, id: expected the file to be called small.yaml, after the book: rename it, or mend the id"
