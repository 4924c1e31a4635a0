"""What habeas brings, found by name; what users bring, found by file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from habeas.errors import BadRulebook, NotFound
from habeas.runs.rulebooks import library
from screens.book_texts import vocabulary, write


def test_a_name_that_ends_in_yaml_is_a_file(tmp_path: Path) -> None:
    path = write(tmp_path)

    assert library.book_path(str(path)) == path
    assert library.read_book(path, words=vocabulary()).id == "small"


def test_any_other_name_is_a_book_of_habeas() -> None:
    (found,) = library.books_named(["fair-trials"])

    assert found.id == "fair-trials"
    assert library.book_path("fair-trials").is_file()


def test_a_book_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(NotFound) as refused:
        library.books_named(["fare-trials"])

    known = ", ".join(sorted(path.stem for path in library.BOOKS.glob("*.yaml")))
    assert str(refused.value) == (f"there is no book fare-trials; the books are {known}: name one of these, or a file that ends in .yaml")


def test_a_file_that_is_not_there_is_told_with_a_way_to_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"

    with pytest.raises(NotFound) as refused:
        library.books_named([str(path)])

    assert str(refused.value) == (
        f"{path} is not there; expected a rulebook: check the name, or start from one of the books that habeas brings: "
        "habeas rules show fair-trials"
    )


def test_a_folder_is_no_book(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").mkdir()

    with pytest.raises(BadRulebook, match=r"mine\.yaml is a folder; expected a rulebook, one YAML file: name the file in it"):
        library.read_book(tmp_path / "mine.yaml")


def test_a_file_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"habeas: rulebook/1\ntitle: \xff\n")

    with pytest.raises(BadRulebook) as refused:
        library.read_book(path)

    assert str(refused.value) == f"{path} line 2: expected text in UTF-8; got a byte that is none: save the rulebook as UTF-8"


def test_a_file_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"#" * (library.MOST_BYTES + 1))

    with pytest.raises(BadRulebook, match="is longer than 1,000,000 bytes; expected a rulebook"):
        library.read_book(path)


def test_an_empty_file_is_told_how_to_start(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("# to come\n", encoding="utf-8")

    with pytest.raises(BadRulebook) as refused:
        library.read_book(path)

    assert str(refused.value) == (
        f"{path}: the rulebook is empty; expected a mapping that starts with habeas: rulebook/1: "
        "start from one of the books that habeas brings: habeas rules show fair-trials"
    )


def test_a_tab_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, ("    title: No lists", "\ttitle: No lists"))

    with pytest.raises(BadRulebook) as refused:
        library.read_book(path)

    assert str(refused.value) == f"{path} line 18: a tab stands where only spaces may: replace tabs by spaces"


def test_books_come_standards_first_then_by_name() -> None:
    books = [(book.force.value, book.id) for book in library.books()]

    assert books == sorted(books, key=lambda book: (book[0] == "law", book[1]))


def test_a_book_is_read_once_per_run() -> None:
    assert library.books_named(["fair-trials"])[0] is library.books_named(["fair-trials"])[0]


def test_every_file_of_a_book_bears_its_name() -> None:
    assert [book.id for book in library.books_named(sorted(path.stem for path in library.BOOKS.glob("*.yaml")))] == sorted(
        path.stem for path in library.BOOKS.glob("*.yaml")
    )


def test_a_path_that_only_starts_with_the_package_is_read_strictly(tmp_path: Path) -> None:
    up = Path(*[".."] * len(library.BOOKS.parts))
    out = library.BOOKS / up / write(tmp_path).resolve().relative_to("/")
    tagged = out.read_text(encoding="utf-8").replace("id: small\n", "id: !mine small\n")  # the quick reader drops tags
    out.write_text(tagged, encoding="utf-8")

    with pytest.raises(BadRulebook, match="expected a plain value; got one with a tag"):
        library.read_book(out, words=vocabulary())


def test_a_book_is_ours_by_what_it_says_not_by_its_name() -> None:
    (ours,) = library.books_named(["fair-trials"])

    assert library.brings(ours)
    assert not library.brings(replace(ours, short="Another"))
    assert not library.brings(replace(ours, id="fairer-trials"))


def test_two_books_of_one_id_are_refused() -> None:
    with pytest.raises(BadRulebook, match="books: expected each book once; got two called led: name one, or give yours an id of its own"):
        library.books_named(["led", "uk", "led"])
