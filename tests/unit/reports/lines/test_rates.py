from __future__ import annotations

from habeas.audit.result import GroupRates
from habeas.reports.lines.rates import rates_tables
from results import MEDIUM, a_plan, a_result, a_result_with_unrecorded_people, race


def table(lines: list[str], attribute: str) -> list[str]:
    first = next(i for i, line in enumerate(lines) if line.startswith(attribute))
    length = next((i for i, line in enumerate(lines[first:]) if not line), len(lines) - first)
    return [line.rstrip() for line in lines[first : first + length]]


def test_a_table_has_every_level_with_its_intervals_and_counts_and_says_who_is_withheld() -> None:
    lines = list(rates_tables(a_result(), 80))

    # Wilson intervals of the counts, as in the reference figures of R's prop.test(correct = FALSE)
    assert table(lines, "race ") == [
        "race                           cases    flagged        FPR        FNR        PPV",
        "African-American               3,696      58.8%      44.8%      28.0%      63.0%",
        "                                      57.2-60.4  42.6-47.2  26.0-30.0  60.9-65.0",
        "                                       of 3,696   of 1,795   of 1,901   of 2,174",
        "Caucasian                      2,454      34.8%      23.5%      47.7%      59.1%",
        "                                      32.9-36.7  21.4-25.7  44.6-50.9  55.8-62.4",
        "                                       of 2,454   of 1,488     of 966     of 854",
        "Hispanic                         637      29.8%      21.5%      55.6%      54.2%",
        "                                      26.4-33.5  17.8-25.7  49.2-61.9  47.1-61.1",
        "                                         of 637     of 405     of 232     of 190",
        "Other                            377      21.0%      14.8%      67.7%      54.4%",
        "                                      17.1-25.3  10.9-19.7  59.3-75.0  43.5-65.0",
        "                                         of 377     of 244     of 133      of 79",
        "Asian                       withheld   withheld",
        "Native American             withheld   withheld",
    ]


def test_a_rate_without_cases_is_a_dash() -> None:
    lines = table(list(rates_tables(a_result_with_unrecorded_people(), 80)), "race ")

    assert lines[13:16] == [
        "not recorded                      36          -      45.8%          -          -",
        "                                                 27.9-64.9",
        "                                                     of 24",
    ]


def test_a_narrow_terminal_gets_a_list() -> None:
    lines = [line.rstrip() for line in rates_tables(a_result(), 40)]
    first = lines.index("  African-American: 3,696 cases")

    assert lines[first : first + 5] == [
        "  African-American: 3,696 cases",
        "    flagged  58.8% of 3,696 (57.2-60.4)",
        "    FPR      44.8% of 1,795 (42.6-47.2)",
        "    FNR      28.0% of 1,901 (26.0-30.0)",
        "    PPV      63.0% of 2,174 (60.9-65.0)",
    ]
    assert lines[lines.index("  Asian: withheld cases") + 1] == "    withheld"


def test_a_withheld_group_whose_size_may_be_shown_shows_it() -> None:
    small = GroupRates(group=race("Asian"), cut=MEDIUM, rows=32, withheld=True)

    lines = table(list(rates_tables(a_result(groups=(small,)), 80)), "race ")

    assert lines[1:] == ["Asian                             32   withheld"]


def test_a_long_label_is_wrapped_and_never_cut() -> None:
    level = "Any other Black, African or Caribbean background"
    many = GroupRates(group=race(level), cut=MEDIUM, rows=None, withheld=True)

    lines = table(list(rates_tables(a_result(groups=(many,)), 80)), "race ")

    assert [line[:24].strip() for line in lines[1:]] == ["Any other Black, African", "or Caribbean background"]


def test_beyond_twenty_groups_the_smaller_ones_are_counted() -> None:
    groups = tuple(GroupRates(group=race(f"level {i}"), cut=MEDIUM, rows=100 + i, withheld=True) for i in range(30))

    lines = table(list(rates_tables(a_result(groups=groups), 80)), "race ")

    assert lines[1].startswith("level 29")
    assert lines[-1] == "... and 10 smaller groups in report.html and report.json"


def test_an_attribute_without_groups_has_no_table() -> None:
    lines = list(rates_tables(a_result(plan=a_plan(), groups=()), 80))

    assert not any(line.startswith(("race ", "sex ")) for line in lines)
