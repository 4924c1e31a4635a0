from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from habeas.reports.rule_pages.books import book_page, index_page
from habeas.rules.rulebook import Deadline, Example, Outcome, Reader, Rule, Unit, Window
from habeas.terms.sources import Confidence
from screens.made_up import ON, among, book, in_class, is_yes, rule
from screens.shelves import LISTED, STANDARD, TOWN, row, shelf

SINCE = (Window(start=date(2025, 2, 2), basis="Art 9"),)
ROOM = (Window(start=date(2025, 2, 2), when=is_yes("public"), basis="Art 9"),)


def page_of(*rules: Rule, **more: Any) -> str:
    made = book(*rules, name="made", **more)
    return book_page(made, dataclasses.replace(shelf(), books=(made,), documented=()))


def test_the_index_says_what_each_book_is_and_that_nobody_read_it() -> None:
    page = index_page(shelf())

    assert "**No lawyer has read any of these books against its text yet.**" in page
    assert (
        "| [Fair Trials](../rules/fair-trials.md) | nobody yet | 1 of 1 | 1 prohibition | a standard, which binds nobody by itself | "
        '<span class="whole">2026-11-22</span> |'
    ) in page
    assert "| [Town](../rules/town.md) | nobody yet | 1 of 2 | 1 prohibition, 1 duty | law in XA |" in page


def test_once_a_book_was_read_the_index_no_longer_says_that_none_was() -> None:
    read = dataclasses.replace(STANDARD, readers=(Reader(name="A. Example", role="solicitor", on=ON),))

    assert "No lawyer" not in index_page(dataclasses.replace(shelf(), books=(read, TOWN)))


def test_a_book_opens_with_who_read_it_and_how_far_it_was_checked() -> None:
    opening = book_page(TOWN, shelf()).partition("\n## ")[0]

    assert "No lawyer has read this book against its text yet." in opening
    assert "Of its 2 rules, 1 was written without reading all of the text they cite (1 from memory alone), as each says." in opening
    assert "- [1 question](#unsettled) for a lawyer" in opening


def test_a_book_that_was_read_and_checked_carries_no_warning() -> None:
    read = dataclasses.replace(STANDARD, readers=(Reader(name="A. Example", role="solicitor", on=ON),))
    page = book_page(read, shelf())

    assert "!!! warning" not in page
    assert "- Read by: A. Example, solicitor, 2026-11-22" in page


def test_rules_stand_by_outcome_whatever_their_order_in_the_book() -> None:
    duty = rule("D-1", when=is_yes("public"), outcome=Outcome.DUTY)
    ban, right = rule("P-1", when=is_yes("public")), rule("R-1", when=is_yes("public"), outcome=Outcome.RIGHT)
    page = page_of(right, duty, ban)

    places = [page.index(found) for found in ("## Prohibitions", "### P-1", "## Duties", "### D-1", "## Rights", "### R-1")]
    assert places == sorted(places)
    assert "## Classes" not in page


def test_a_prohibition_shows_conditions_clearing_evidence_exceptions_and_the_systems_it_prohibits() -> None:
    section = book_page(TOWN, shelf()).partition("{ #T-1 }")[2].partition("??? note")[0]

    assert "**Prohibited** · Art 1 · on 2026-11-22: in force · **memory:** from general knowledge" in section
    assert "*(Another answer counts only if this shows it: the list of places.)*" in section
    assert "**Exception order, for this rule only:** exception order (Art 1(2)). All of it with evidence:" in section
    assert "*(Shown by: paper on ordered.)*" in section
    assert (
        "- where it is law: forbids 1 system unless an exception is shown ([System xa-list](../catalogue/person-list.md#xa-list)); "
        "hangs on open answers for 1 system.\n"
    ) in section


def test_a_prohibition_counts_systems_apart_where_it_is_no_law() -> None:
    abroad = dataclasses.replace(LISTED, description=dataclasses.replace(LISTED.description, used_in=("XB",)))
    nowhere = dataclasses.replace(LISTED, description=dataclasses.replace(LISTED.description, used_in=()))
    ban = book(rule("P-1", when=is_yes("public")))
    rows = tuple(row(of, (ban,)) for of in (LISTED, abroad, abroad, nowhere))
    page = book_page(ban, dataclasses.replace(shelf(), books=(ban,), documented=rows))

    system = "[System xa-list](../catalogue/person-list.md#xa-list)"
    assert f"- where it is law: forbids 1 system ({system}).\n" in page
    assert f"- where it isn't told in which country the system is used: forbids 1 system ({system}).\n" in page
    assert f"- elsewhere, for comparison: forbids 2 systems ({system}, {system}).\n" in page


def test_a_standard_is_law_nowhere_and_counts_all_systems_together() -> None:
    assert "**In the [catalogue](../verdicts.md):**\n\n- forbids 1 system ([System xa-list]" in book_page(STANDARD, shelf())


def test_a_prohibition_that_catches_nothing_says_so() -> None:
    assert "- forbids no system." in page_of(rule("P-1", when=is_yes("public")))


def test_a_duty_shows_evidence_and_time_limit_and_folds_its_conditions() -> None:
    limit = Deadline(says="within 15 days of becoming aware", within=15, unit=Unit.DAYS, starts="awareness")
    duty = rule("D-1", when=among("purpose", "list"), outcome=Outcome.DUTY, deadline=limit, evidence=("the report",), safeguard="oversight")
    shown, _, folded = page_of(duty).partition('??? note "Conditions, dates, source and examples"')

    assert "· serves: oversight ·" in shown
    assert "**What shows that it is met:**\n\n- the report" in shown
    assert "**Time limit:** Within 15 days of becoming aware. The clock starts with: awareness." in shown
    assert "Where all of this holds" not in shown
    assert "- [purpose](../vocabulary.md#purpose): list" in folded


def test_one_example_of_each_kind_is_told_with_its_day() -> None:
    examples = {
        "caught": (Example(says="a list", answers={}), Example(says="another", answers={})),
        "passed": (Example(says="the list of the day before", answers={}, on=date(2025, 2, 1)),),
    }
    page = page_of(rule("P-1", when=is_yes("public"), **examples))

    assert "- caught: A list.\n    - passed: The list of the day before. (On 2025-02-01.)" in page
    assert "another" not in page


def test_dates_with_conditions_that_several_rules_share_are_told_once() -> None:
    duties = [rule(f"D-{n}", when=in_class("x"), outcome=Outcome.DUTY, windows=ROOM) for n in (1, 2, 3)]
    page = page_of(*duties)

    assert page.count("only where [public]") == 1
    assert page.count("When it applies: [from 2025-02-02](#dates-1)") == 3
    assert "### Dates 1 { #dates-1 }\n\nOf [D-1](#D-1){ .whole }, [D-2](#D-2){ .whole }, [D-3](#D-3){ .whole }:" in page


def test_dates_that_few_rules_share_or_that_have_no_condition_stand_with_the_rule() -> None:
    few = [rule(f"D-{n}", when=is_yes("public"), outcome=Outcome.DUTY, windows=ROOM) for n in (1, 2)]
    plain = [rule(f"E-{n}", when=is_yes("public"), outcome=Outcome.DUTY, windows=SINCE) for n in (1, 2, 3)]
    page = page_of(*few, *plain)

    assert "#dates" not in page
    assert page.count("    - from 2025-02-02 (Art 9).") == 3


def test_a_class_rule_names_its_class_where_others_link_to() -> None:
    page = page_of(rule("C-1", when=is_yes("public"), outcome=Outcome.CLASS, in_class="high-risk", confidence=Confidence.MIXED))

    assert "## Classes of systems, to which duties attach { #classes }" in page
    assert "**Class high-risk** · Art 1 · on 2026-11-22: in force · **mixed:** some of it was read, some is from memory" in page


def test_what_is_unsettled_is_told_or_that_nothing_is_known_to_be() -> None:
    assert "- Whether streets are places.\n" in book_page(TOWN, shelf())
    assert "Nothing is known to be open." in book_page(STANDARD, shelf())
