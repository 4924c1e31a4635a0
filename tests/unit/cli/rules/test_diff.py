import json
from datetime import UTC, datetime

import pytest

from habeas.runs.rulebooks.library import VOCABULARY, catalogue
from habeas.terms.answers import Several
from screens.book_texts import write_in_our_words

LATER = ("from: 2026-02-01", "from: 2027-01-01")


def caught():
    """How many systems of the catalogue keep lists of people or predict who will offend, or may do so for all that is known."""
    purposes = [entry.description.answer("purpose").value for entry in catalogue()]
    words = {"list-persons", "predict-offending"}
    return sum(not isinstance(purpose, Several) or not purpose.complete or bool(words & purpose.words) for purpose in purposes)


def test_an_amendment_that_changes_no_verdict_leaves_with_0(rules, desk):
    write_in_our_words(desk, ("confidence: mixed", "confidence: source"), name="new.yaml")

    code, out, err = rules("diff", "small.yaml", "new.yaml", "--on", "2026-11-22")

    assert (code, err) == (0, "")
    assert "* S-2 amended: Old tools are dangerous\n  - confidence: mixed -> source\n" in out
    assert f"None of the {len(catalogue())} systems of the catalogue gets another one." in out.replace("\n", " ")


def test_an_amendment_that_changes_verdicts_leaves_with_1(rules, desk):
    write_in_our_words(desk, LATER, name="new.yaml")

    code, out, err = rules("diff", "small.yaml", "new.yaml", "--on", "2026-11-22")

    assert (code, err) == (1, "")
    assert f"{caught()} of {len(catalogue())} systems of the catalogue" in out
    assert out.count("(by S-1)") == caught() > 1
    assert max(map(len, out.splitlines())) <= 80


def test_verdicts_that_change_only_on_a_later_day_leave_with_1(rules, desk):
    write_in_our_words(desk, LATER, name="old.yaml")

    assert rules("diff", "old.yaml", "small.yaml", "--on", "2026-01-31")[0] == 1
    assert rules("diff", "old.yaml", "small.yaml", "--on", "2026-12-31")[0] == 1
    assert rules("diff", "old.yaml", "small.yaml", "--on", "2027-01-01")[0] == 0


def test_a_weaker_prohibition_leaves_with_1_although_no_verdict_changes(rules, desk):
    write_in_our_words(desk, LATER, name="new.yaml")

    code, out, _ = rules("diff", "small.yaml", "new.yaml", "--on", "2027-01-01")

    assert code == 1
    assert f"None of the {len(catalogue())} systems of the catalogue gets another one." in out.replace("\n", " ")
    assert "PROHIBITIONS WEAKENED: 1, listed first.\n" in out


def test_a_book_in_words_of_its_own_is_compared_with_its_vocabulary(rules, desk):
    more = "\n  - {name: kept_long, kind: yes-no, question: Does it keep data for long?, why: Somebody asks.}\n"
    (desk / "words.yaml").write_text(VOCABULARY.read_text(encoding="utf-8") + more, encoding="utf-8")
    text = (desk / "small.yaml").read_text(encoding="utf-8")
    (desk / "own.yaml").write_text(text.replace("narrow_task_shown: ", "kept_long: "), encoding="utf-8")

    code, out, err = rules("diff", "small.yaml", "own.yaml", "--on", "2026-11-22")
    assert (code, out) == (65, "")
    assert "kept_long" in err

    code, out, err = rules("diff", "small.yaml", "own.yaml", "--on", "2026-11-22", "--vocabulary", "words.yaml")
    assert (code, err) == (1, "")
    assert "* S-1 amended" in out


def test_without_a_day_it_is_today(rules):
    before = datetime.now(UTC).date()
    _, out, _ = rules("diff", "small.yaml", "small.yaml")

    assert any(f"Verdicts on {day}:" in out for day in (before, datetime.now(UTC).date()))


def test_the_difference_is_printed_as_json_alone(rules, desk):
    write_in_our_words(desk, LATER, name="new.yaml")

    code, out, err = rules("diff", "small.yaml", "new.yaml", "--on", "2026-11-22", "--json")

    document = json.loads(out)
    assert (code, err) == (1, "")
    assert (document["habeas"], document["on"], document["systems"]) == ("rulebook-difference/1", "2026-11-22", len(catalogue()))
    assert len(document["systems_changed"]) == caught()


def test_a_book_of_habeas_is_compared_with_a_copy_of_it(rules, desk):
    _, text, _ = rules("show", "--yaml", "fair-trials")
    (desk / "copy.yaml").write_text(text, encoding="utf-8")

    code, out, _ = rules("diff", "fair-trials", "copy.yaml")

    assert code == 0
    assert "No rule differs." in out


@pytest.mark.parametrize("day", ["22.11.2026", "2026-02-30", "tomorrow", "20261122"])
def test_a_day_that_is_none_is_wrong_usage(rules, day):
    code, out, err = rules("diff", "small.yaml", "small.yaml", "--on", day)

    assert (code, out) == (64, "")
    assert f"expected a day, year-month-day such as 2026-11-22; got '{day}'" in err


def test_errors_never_leave_with_the_code_of_a_verdict(rules, desk):
    write_in_our_words(desk, ("force: law", "force: laws"), name="new.yaml")

    assert rules("diff", "small.yaml")[0] == 64
    assert rules("diff", "small.yaml", "new.yaml")[0] == 65
    assert rules("diff", "small.yaml", "nowhere.yaml")[0] == 66
