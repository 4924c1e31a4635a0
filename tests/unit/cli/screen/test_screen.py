from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from habeas.cli.main import main
from habeas.cli.screen import screen
from habeas.runs.rulebooks import library

ON = ["--on", "2026-11-22"]
ORDER = "authorised_before_each_use: {answer: yes, evidence: [order 3 of the court]}"


@pytest.mark.parametrize(
    ("more", "purpose", "code"),
    [
        ("publicly_accessible_space: yes", "predict-place", 1),
        ("publicly_accessible_space: unknown", "predict-place", 2),
        ("publicly_accessible_space: no", "predict-place", 2),  # a denial that nothing shows
        ("publicly_accessible_space: {answer: no, evidence: [a plan]}", "predict-place", 0),
        (f"publicly_accessible_space: yes\n  {ORDER}", "predict-place", 0),
        ("publicly_accessible_space: yes", "assist-casework", 0),
    ],
)
def test_the_exit_code_is_the_finding(capsys, desk, more, purpose, code):
    assert main(["screen", desk.system(more, purpose=purpose), "--book", str(desk.book), *ON]) == code

    captured = capsys.readouterr()
    assert "TOWN (NOT A BOOK THAT HABEAS BRINGS):" in captured.out
    assert "This is not legal advice." in captured.out
    assert captured.err == ""


@pytest.mark.parametrize(("on", "code"), [("2025-12-31", 0), ("2026-01-01", 1), ("2026-01-02", 1), ("2027-12-31", 1), ("2028-01-01", 0)])
def test_the_day_decides_which_law_counts(capsys, desk, on, code):
    assert main(["screen", desk.system(), "--book", str(desk.book), "--on", on]) == code
    assert f"on {on}" in capsys.readouterr().out


def test_without_a_day_it_is_today(capsys, desk, monkeypatch):
    monkeypatch.setattr(screen, "today", lambda: date(2027, 3, 4))

    main(["screen", desk.system(), "--book", str(desk.book)])

    assert "on 2027-03-04" in capsys.readouterr().out


def test_of_several_books_the_strictest_decides_and_comes_first(capsys, desk):
    mild = desk.folder / "mild.yaml"
    mild.write_text(
        desk.book.read_text(encoding="utf-8")
        .replace("id: town", "id: mild")
        .replace("short: Town", "short: Mild")
        .replace("prohibited", "duty"),
        encoding="utf-8",
    )

    assert main(["screen", desk.system(), "--book", str(mild), "--book", str(desk.book), *ON]) == 1
    assert "BY 1 OF 2 BOOKS: TOWN" in capsys.readouterr().out


def test_every_book_of_habeas_is_asked_where_none_is_named(capsys, examples):
    code = main(["screen", str(examples / "screen" / "patrol-forecast.yaml"), *ON])

    assert code == 1
    assert "FAIR TRIALS: PROHIBITED" in capsys.readouterr().out


def test_json_is_printed_alone_and_the_same_is_kept(capsys, desk):
    kept = desk.folder / "verdict.json"

    code = main(["screen", desk.system(), "--book", str(desk.book), *ON, "--json", "--out", str(kept)])

    captured = capsys.readouterr()
    assert code == 1
    assert json.loads(captured.out)["habeas"] == "verdicts/1"
    assert kept.read_text(encoding="utf-8") == captured.out
    assert captured.err == f"written: {kept}\n"


def test_duties_in_full_are_asked_for(capsys, desk):
    desk.book.write_text(desk.book.read_text(encoding="utf-8").replace("outcome: prohibited", "outcome: duty"), encoding="utf-8")

    main(["screen", desk.system(), "--book", str(desk.book), *ON])
    assert "Nobody may use maps" not in capsys.readouterr().out
    main(["screen", desk.system(), "--book", str(desk.book), *ON, "--duties"])
    assert "Nobody may use maps" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "expected the description of a system, or --catalogue; give one of the two"),
        (["map.yaml", "--catalogue"], "expected the description of a system, or --catalogue; give one of the two"),
        (["map.yaml", "--unverified"], "--unverified goes with --catalogue; leave it out"),
        (["--catalogue", "--duties"], "--out and --duties go with a system, not with --catalogue; leave them out, or use --json"),
        (["map.yaml", "--on", "tomorrow"], "expected a day, year-month-day such as 2026-11-22; got 'tomorrow'"),
        (["map.yaml", "--out", "map.yaml"], "--out map.yaml would replace the description; give the verdict a name of its own"),
    ],
)
def test_wrong_usage_is_no_verdict(capsys, arguments, message):
    assert main(["screen", *arguments]) == 64

    captured = capsys.readouterr()
    assert captured.out == ""
    assert message in captured.err


def test_a_description_that_is_not_there_is_no_verdict(capsys, desk):
    assert main(["screen", str(desk.folder / "none.yaml")]) == 66
    assert capsys.readouterr().out == ""


def test_a_faulty_description_is_refused_with_file_line_and_field(capsys, desk):
    path = desk.system("publicly_accesible_space: yes")

    assert main(["screen", path, "--book", str(desk.book)]) == 65

    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        f"habeas: {path} line 9, answers.publicly_accesible_space: not a fact of the vocabulary; did you mean publicly_accessible_space?\n"
    )


def test_a_book_that_is_not_there_is_no_verdict(capsys, desk):
    assert main(["screen", desk.system(), "--book", "atlantis"]) == 66
    assert "there is no book atlantis; the books are" in capsys.readouterr().err


def test_nothing_is_kept_where_it_cannot_be_and_that_is_no_verdict(capsys, desk):
    (desk.folder / "file").write_text("not a folder", encoding="utf-8")

    assert main(["screen", desk.system(), "--book", str(desk.book), "--out", str(desk.folder / "file" / "verdict.json")]) == 73
    assert capsys.readouterr().out == ""


def test_the_catalogue_is_a_table_and_leaves_with_0(capsys):
    assert main(["screen", "--catalogue", *ON]) == 0

    printed = capsys.readouterr().out
    assert "nl-cas" in printed
    assert not any(entry.id in printed for entry in library.unverified())
    assert "not a verdict of any court or authority" in printed


def test_the_catalogue_for_programs(capsys):
    assert main(["screen", "--catalogue", "--unverified", "--book", "fair-trials", "--json", *ON]) == 0

    document = json.loads(capsys.readouterr().out)
    assert {system["verified"] for system in document["systems"]} >= {"source", "memory"}
    assert [book["id"] for book in document["books"]] == ["fair-trials"]


def test_the_examples_leave_as_their_page_says(examples: Path) -> None:
    assert main(["screen", str(examples / "screen" / "drafting-help.yaml"), *ON]) == 0


@pytest.mark.parametrize("content", ["notes", "{}", '{"habeas": "verdicts/1"}', '{"habeas": "verdicts/1", "system": {"name": "another"}}'])
def test_nothing_but_an_earlier_verdict_of_the_system_is_replaced(capsys, desk, content):
    there = desk.folder / "there.json"
    there.write_text(content, encoding="utf-8")

    assert main(["screen", desk.system(), "--book", str(desk.book), *ON, "--out", str(there)]) == 73

    captured = capsys.readouterr()
    assert captured.out == ""
    assert "choose another --out" in captured.err
    assert there.read_text(encoding="utf-8") == content


def test_an_earlier_verdict_of_the_system_and_an_empty_file_are_replaced(desk):
    there = desk.folder / "there.json"
    there.touch()

    for on in ("2026-11-22", "2026-11-23"):
        main(["screen", desk.system(), "--book", str(desk.book), "--on", on, "--out", str(there)])
        assert json.loads(there.read_text(encoding="utf-8"))["on"] == on


def test_a_book_of_ones_own_that_bears_the_id_of_ours_does_not_pass_as_ours(capsys, desk):
    text = library.book_path("fair-trials").read_text(encoding="utf-8")
    own = desk.folder / "own.yaml"
    own.write_text(text.replace("outcome: prohibited", "outcome: duty"), encoding="utf-8")

    main(["screen", desk.system(), "--book", str(own), *ON])
    printed = capsys.readouterr().out
    # a long path may be broken where the line ends
    assert f"!FairTrialswasreadfrom{own}:notthebookthathabeasbrings." in "".join(printed.split())
    assert "FAIR TRIALS (NOT THE BOOK THAT HABEAS BRINGS):" in printed
    assert "as habeas states it" not in printed

    main(["screen", desk.system(), "--book", str(own), *ON, "--json"])
    assert [book["shipped"] for book in json.loads(capsys.readouterr().out)["books"]] == [False]
    main(["screen", "--catalogue", "--book", str(own), *ON, "--json"])
    assert [book["shipped"] for book in json.loads(capsys.readouterr().out)["books"]] == [False]
    main(["screen", "--catalogue", "--book", str(own), *ON])
    assert "not the book that habeas brings" in " ".join(capsys.readouterr().out.split())


def test_a_copy_that_says_the_same_is_the_book_that_habeas_brings(capsys, desk):
    copy = desk.folder / "copy.yaml"
    copy.write_bytes(library.book_path("fair-trials").read_bytes())

    main(["screen", desk.system(), "--book", str(copy), *ON])
    assert "FAIR TRIALS: " in capsys.readouterr().out


def test_two_books_of_one_id_are_refused(capsys, desk):
    copy = desk.folder / "copy.yaml"
    copy.write_bytes(library.book_path("fair-trials").read_bytes())

    assert main(["screen", desk.system(), "--book", str(copy), "--book", "fair-trials", *ON]) == 65
    assert "expected each book once; got two called fair-trials" in capsys.readouterr().err


def test_a_question_of_ones_own_can_be_answered_and_asked(capsys, desk):
    words = desk.folder / "words.yaml"
    more = "\n  - {name: kept_long, kind: yes-no, question: Does it keep data for long?, why: Town bans that.}\n"
    words.write_text(library.VOCABULARY.read_text(encoding="utf-8") + more, encoding="utf-8")
    desk.book.write_text(desk.book.read_text(encoding="utf-8").replace("publicly_accessible_space", "kept_long"), encoding="utf-8")
    asked = ["screen", desk.system("kept_long: yes"), "--book", str(desk.book), *ON]

    assert main(asked) == 65
    assert main([*asked, "--vocabulary", str(words)]) == 1
    assert "kept_long: yes - Does it keep data for long?" in " ".join(capsys.readouterr().out.split())
    assert main(["screen", "--catalogue", "--book", str(desk.book), "--vocabulary", str(words), *ON]) == 0
