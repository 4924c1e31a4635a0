from __future__ import annotations

import dataclasses

import pytest

from habeas.audit.plan import Auditor
from habeas.audit.result import GroupRates, Intake, SourceFile, Withheld
from habeas.reports.lines.plain_text import columns_of
from habeas.reports.terminal import render
from results import CANNOT_TELL, MEDIUM, a_plan, a_result, race


def test_the_verdict_stands_first_and_across() -> None:
    assert render(a_result()).splitlines()[:9] == [
        "Audit of COMPAS, as used 2013-2014",
        "COMPAS, two-year general recidivism",
        "",
        "=" * 80,
        "VERDICT: SHOWN DIFFERENT",
        "=" * 80,
        "Of 8 comparisons declared in advance: 4 shown different, 0 shown equal within",
        "the tolerance, 4 that this sample cannot tell. At least one disparity is larger",
        "than chance explains, even allowing for the number of questions asked, and was",
    ]


def test_what_was_tested_is_told_before_what_was_found() -> None:
    lines = render(a_result()).splitlines()
    first = lines.index("WHAT WAS TESTED")

    assert lines[first + 2 : first + 10] == [
        "System      COMPAS, as used 2013-2014 (risk score, tested in live use)",
        "Population  all 7214 people of ProPublica's two-year file",
        "Auditor     Example Audit Office, who declares independence: no ties to the",
        "            vendor or the court",
        "Counted     7,214 rows, each one person screened in Broward County",
        "Flagged     labelled medium or high risk (score >= 5)",
        "Withheld    3 tables of a group with a count below 10, and 1 that would give",
        "            those away",
    ]


def test_persons_and_excluded_rows_are_counted() -> None:
    told = render(a_result(intake=Intake(rows=1000, excluded=20, persons=300)), width=100)

    assert "Counted     1,000 rows, each one person screened in Broward County, about 300 people; 20 more were" in told


def test_an_auditor_who_is_not_independent_is_named_so() -> None:
    plan = a_plan(auditor=Auditor(name="The vendor", independent=False, statement="sells it"), population=None)

    told = render(a_result(plan=plan, withheld=Withheld(primary=0, secondary=0, narrowest_width=None)))

    assert "Auditor  The vendor, who declares NOT to be independent: sells it" in told
    assert "Population" not in told
    assert "Withheld " not in told


@pytest.mark.parametrize("width", [40, 41, 71, 72, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    label = GroupRates(group=race("日本" * 30 + "x" * 90), cut=MEDIUM, rows=12, withheld=True)
    whole = a_result()

    told = render(dataclasses.replace(whole, groups=(*whole.groups, label)), width=width)

    assert max(columns_of(line) for line in told.splitlines()) <= width


def test_a_terminal_narrower_than_forty_columns_gets_forty() -> None:
    assert render(a_result(), width=10) == render(a_result(), width=40)


def test_our_own_words_are_ascii() -> None:
    assert render(a_result()).isascii()


def test_a_label_cannot_steer_the_terminal() -> None:
    hostile = GroupRates(group=race("\x1b[2JAsian"), cut=MEDIUM, rows=12, withheld=True)

    assert "\x1b" not in render(a_result(groups=(hostile,)))


def test_withheld_groups_have_no_numbers() -> None:
    lines = [line for line in render(a_result()).splitlines() if line.startswith(("Asian", "Native American"))]

    assert lines == ["Asian                       withheld   withheld", "Native American             withheld   withheld"]


def test_a_verdict_of_cannot_tell_says_what_to_do_next() -> None:
    told = render(a_result(plan=a_plan(confirmatory=()), verdict=CANNOT_TELL, findings=()))

    assert "VERDICT: THIS SAMPLE CANNOT TELL" in told
    assert told.splitlines()[6:8] == [
        "No question was declared in advance, so nothing could be confirmed: all that",
        "follows is exploratory.",
    ]
    assert "- Claim neither equality nor disparity from this sample." in told


def test_digests_of_plan_counts_and_files_are_given_whole() -> None:
    told = render(a_result()).splitlines()
    first = told.index("HOW TO CHECK IT (SHA-256)")

    assert told[first + 2 : first + 8] == [
        "plan:",
        f"  {'5d41402abc4b2a76b9719d911017c592' * 2}",
        "counts:",
        f"  {'7d793037a0760186574b0282f2f435e7' * 2}",
        "file compas-counts.csv:",
        f"  {'e7' * 32}",
    ]


def test_a_withheld_digest_says_why_it_is_not_there() -> None:
    files = (SourceFile(name="compas-counts.csv", size_bytes=None, sha256=None),)

    told = render(a_result(cells_sha256=None, intake=Intake(rows=7214, files=files))).splitlines()

    first = told.index("HOW TO CHECK IT (SHA-256)")
    why = ["  withheld: it would let small counts be worked out; whoever holds the cells can", "  check them"]
    assert told[first + 4 : first + 10] == ["counts:", *why, "file compas-counts.csv:", *why]


def test_questions_with_nothing_to_compare_stand_under_the_verdict() -> None:
    told = render(a_result(verdict=CANNOT_TELL, findings=())).splitlines()

    assert told[6:10] == [
        "Of 2 questions declared in advance, 2 had nothing to compare in these data. No",
        "disparity was shown, and not all were shown to be bearable. This is not a",
        "finding of equality.",
        "",
    ]
