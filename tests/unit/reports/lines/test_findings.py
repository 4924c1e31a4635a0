from __future__ import annotations

import dataclasses

from habeas.audit.plan import Tolerance
from habeas.audit.result import Verdict
from habeas.reports.lines.findings import confirmatory_lines, exploratory_lines, figures, finding_lines
from results import a_comparison, a_plan, a_result, estimate, the_findings


def test_a_finding_is_told_in_people_and_then_in_figures() -> None:
    assert list(finding_lines(a_comparison(), a_plan(), 80)) == [
        "* SHOWN DIFFERENT: False positive rate: race African-American against race",
        "  Caucasian",
        "  Of 100 African-American people who were not charged again within two years, 45",
        "  were labelled medium or high risk; of 100 Caucasian people, 23.",
        "  +21.4 pp (95%: +18.2 to +24.5); ratio 1.91 (1.72 to 2.13); p < 0.001; 1,795",
        "  against 1,488 cases; would have shown 4.3 pp; wholly beyond the tolerance (5",
        "  pp either way).",
    ]


def test_a_withheld_finding_has_no_figures() -> None:
    withheld = the_findings()[3]

    assert figures(withheld, a_plan()) == ""
    assert list(finding_lines(withheld, a_plan(), 80)) == [
        "* THIS SAMPLE CANNOT TELL: False positive rate: race Asian against race",
        "  Caucasian",
        "  Numbers withheld: a count is below 10, or would let such a count be worked",
        "  out, and could single people out.",
    ]


def test_figures_leave_out_what_is_not_known() -> None:
    bare = a_comparison(ratio=None, p_adjusted=None, group_rate=None, detectable=None, tolerance=None)

    assert figures(bare, a_plan()) == "+21.4 pp (95%: +18.2 to +24.5); 3,283 cases."


def test_figures_say_how_the_difference_stands_to_the_tolerance() -> None:
    equal = a_comparison(beyond_tolerance=False, verdict=Verdict.SHOWN_EQUAL)
    open_ratio = a_comparison(beyond_tolerance=False, tolerance=Tolerance(ratio=1.25))

    assert figures(equal, a_plan()).endswith("; within the tolerance (5 pp either way).")
    assert figures(open_ratio, a_plan()).endswith("; tolerance: from 0.800 to 1.25 times.")


def test_findings_that_are_shown_stand_first() -> None:
    lines = [line for line in confirmatory_lines(a_result(), 200) if line.startswith("* ")]

    assert [line.split(":")[0] for line in lines] == ["* SHOWN DIFFERENT"] * 4 + ["* THIS SAMPLE CANNOT TELL"] * 2 + ["* Numbers withheld"]


def test_withheld_findings_are_listed_with_their_verdict_only() -> None:
    assert list(confirmatory_lines(a_result(), 80))[-7:] == [
        "",
        "* Numbers withheld: a count is below 10, or would let such a count be worked",
        "  out, and could single people out.",
        "  - this sample cannot tell: False positive rate: race Asian against race",
        "    Caucasian",
        "  - this sample cannot tell: False negative rate: race Asian against race",
        "    Caucasian",
    ]


def test_beyond_a_dozen_withheld_findings_are_counted() -> None:
    lines = list(confirmatory_lines(a_result(findings=(the_findings()[3],) * 14), 80))

    assert lines[-1] == "  ... and 2 more"


def test_beyond_a_dozen_findings_are_told_in_a_line_each() -> None:
    lines = list(confirmatory_lines(a_result(findings=(a_comparison(),) * 15), 200))

    assert sum(line.startswith("* ") for line in lines) == 12
    assert "The others, in brief:" in lines
    rest = [line for line in lines if line.startswith("- ")]
    assert len(rest) == 3
    assert all(line.startswith("- shown different: False positive rate") and "pp (" in line for line in rest)


def test_a_plan_that_asks_nothing_says_so() -> None:
    lines = list(confirmatory_lines(a_result(plan=a_plan(confirmatory=()), findings=()), 80))

    assert lines[-1] == "Nothing: the plan declares no confirmatory question."


def test_questions_with_nothing_to_compare_are_not_passed_over() -> None:
    lines = list(confirmatory_lines(a_result(findings=()), 80))

    assert lines[-1] == "Of 2 questions declared in advance, 2 had nothing to compare in these data."


def test_exploratory_findings_stand_by_their_p_value_and_are_labelled() -> None:
    assert list(exploratory_lines(a_result(), 80)) == [
        "",
        "EXPLORATORY: NOT DECLARED IN ADVANCE",
        "",
        "2 of 4 further comparisons were shown different (Benjamini-Hochberg), to be",
        "confirmed with other data. The most notable of each rate:",
        "- Selection rate: race African-American against race Caucasian: +24.0 pp (+21.5",
        "  to +26.5; 3,696 against 2,454 cases)",
        # 303 + 288 and 1732 + 994 flagged
        "- Positive predictive value: sex Female against sex Male: -12.3 pp (-16.7 to",
        "  -7.9; 591 against 2,726 cases)",
    ]


def test_of_many_exploratory_findings_the_surest_and_largest_of_each_rate_is_shown() -> None:
    large = a_comparison(confirmatory=False, p_adjusted=0.0)
    small = dataclasses.replace(large, difference=estimate(0.05, 0.04, 0.06, 9000))
    unsure = dataclasses.replace(large, p_adjusted=0.04, difference=estimate(0.5, 0.01, 0.9, 30))

    lines = list(exploratory_lines(a_result(exploratory=(unsure, small, large, small)), 200))

    assert lines[3:] == [
        (
            "4 of 4 further comparisons were shown different (Benjamini-Hochberg), to be confirmed with other data. "
            "The most notable of each rate:"
        ),
        "- False positive rate: race African-American against race Caucasian: +21.4 pp (+18.2 to +24.5; 1,795 against 1,488 cases)",
    ]


def test_without_exploratory_findings_the_section_is_left_out() -> None:
    assert list(exploratory_lines(a_result(exploratory=()), 80)) == []
