import json

import pytest

from habeas.runs.rulebooks import library


def test_without_a_name_every_book_is_listed(rules):
    code, out, err = rules("show")

    assert (code, err) == (0, "")
    assert all(out.count(f"\n{book.id} ") + out.startswith(f"{book.id} ") == 1 for book in library.books())
    assert max(map(len, out.splitlines())) <= 80


def test_a_book_is_shown_with_all_its_rules(rules):
    code, out, _ = rules("show", "small.yaml")

    assert code == 0
    assert [line for line in out.splitlines() if line.startswith("S-")] == [
        "S-1: No lists",
        "S-2: Old tools are dangerous",
        "S-3: Dangerous tools need an office",
    ]


def test_a_file_may_end_in_yml_too(rules, desk):
    shown = rules("show", "small.yaml", "S-3")
    (desk / "small.yaml").rename(desk / "small.yml")

    assert rules("show", "small.yml", "S-3") == shown
    assert shown[0] == 0


def test_a_rule_is_shown_in_full(rules):
    code, out, _ = rules("show", "small.yaml", "S-3")

    assert code == 0
    assert out.startswith("S-3: Dangerous tools need an office\n")


def test_a_rule_that_is_not_there_is_told(rules):
    assert rules("show", "small.yaml", "S-9") == (65, "", "habeas: small has no rule S-9: did you mean S-3\n")


@pytest.mark.parametrize("name", ["UK-BRIDGES", "uk-bridges", "Uk-Bridges"])
def test_a_rule_is_found_in_whatever_book_and_case(rules, name):
    code, out, err = rules("show", name)

    assert (code, err) == (0, "")
    assert out.startswith("UK-BRIDGES: ")
    assert rules("show", "UK", name) == (code, out, err)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["UK-BRIDGE"], 66, "there is no book or rule UK-BRIDGE: did you mean UK-BRIDGES; the books are "),
        (["fare-trials"], 66, "there is no book or rule fare-trials: did you mean fair-trials; the books are "),
        (["zzz"], 66, "there is no book or rule zzz: mend the name; the books are "),
        (["zzz", "UK-BRIDGES"], 66, "there is no book zzz: mend the name; the books are "),
        (["uk", "UK-BRIDGE"], 65, "uk has no rule UK-BRIDGE: did you mean UK-BRIDGES"),
        (["uk", "FT-BAN-1"], 65, "uk has no rule FT-BAN-1: it stands in fair-trials"),
        (["uk", "zzz"], 65, "uk has no rule zzz: habeas rules show uk lists all"),
    ],
)
def test_a_name_that_is_wrong_gets_the_nearest_one(rules, arguments, code, told):
    left, out, err = rules("show", *arguments)

    assert (left, out) == (code, "")
    assert err.startswith(f"habeas: {told}")


def test_the_file_itself_is_printed_to_be_copied(rules, desk):
    code, out, _ = rules("show", "--yaml", "small.yaml")

    assert code == 0
    assert out == (desk / "small.yaml").read_text(encoding="utf-8")
    assert rules("show", "--yaml", "fair-trials")[1] == library.book_path("fair-trials").read_text(encoding="utf-8")


def test_the_vocabulary_is_shown_printed_and_asked_fact_by_fact(rules):
    assert "\npurpose (any number of words)\n" in rules("show", "vocabulary")[1]
    assert rules("show", "vocabulary", "--yaml")[1] == library.VOCABULARY.read_text(encoding="utf-8")
    assert rules("show", "vocabulary", "purpose")[1].startswith("purpose: ")


def test_a_fact_that_is_not_there_is_told(rules):
    code, out, err = rules("show", "vocabulary", "technique")

    assert (code, out) == (65, "")
    assert err == "habeas: expected a fact of the vocabulary; got technique: mend the name, or add the fact to the vocabulary\n"


def test_changes_are_shown_for_one_book_or_for_all(rules):
    assert rules("show", "small.yaml", "--changes")[1] == (
        "Small law (small)\n- 2, 2026-11-22: The ban on lists. (S-1)\n- 1, 2026-01-01: First version.\n"
    )
    assert all(f"({book.id})" in rules("show", "--changes")[1] for book in library.books())


def test_changes_are_printed_as_json_alone(rules):
    document = json.loads(rules("show", "--changes", "--json")[1])

    assert document["habeas"] == "rulebook-changes/1"
    assert [book["id"] for book in document["books"]] == [book.id for book in library.books()]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--json"], "--json goes with --changes; add it, or leave --json out"),
        (["small.yaml", "--yaml", "--changes"], "--yaml prints the file and --changes its changelog; ask for one of them"),
        (["--yaml"], "--yaml prints a file; name the book: habeas rules show --yaml BOOK"),
        (["small.yaml", "S-1", "--yaml"], "--yaml and --changes are about a whole book; leave the rule out"),
        (["small.yaml", "S-1", "--changes"], "--yaml and --changes are about a whole book; leave the rule out"),
        (["vocabulary", "--changes"], "the vocabulary has no changelog; name a book, or none for all"),
    ],
)
def test_what_does_not_go_together_is_wrong_usage(rules, arguments, told):
    assert rules("show", *arguments) == (64, "", f"habeas rules show: {told}\n")


def test_a_book_that_is_not_there_leaves_with_66(rules):
    assert rules("show", "nowhere")[0] == 66
    assert rules("show", "nowhere.yaml", "--yaml")[0] == 66
