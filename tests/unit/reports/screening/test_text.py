from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from habeas.reports.screening.subject import Screening
from habeas.reports.screening.text import as_text, overall
from habeas.rules.conditions import AllOf
from habeas.rules.rulebook import Deadline, Force, Outcome, Reader, Rulebook, Unit, Window
from habeas.rules.screening import screen
from habeas.terms.answers import Answer, Value
from habeas.terms.sources import Confidence
from screens.made_up import NO, ON, VOCABULARY, YES, among, book, in_class, is_yes, lift, rule, shown, system, words

LISTS = among("purpose", "list")
ORDERED = lift("ordered", is_yes("ordered"), "ordered")
READ = (Reader(name="A. Example", role="solicitor", on=ON),)
HOSTILE = "\x1b[31mred\u202e"


def told(answers: dict[str, Answer | Value], *books: Rulebook, used_in: tuple[str, ...] = ("XA",)) -> Screening:
    described = system(answers, used_in=used_in)
    return Screening(system=described, verdicts=screen(described, books, on=ON), on=ON, vocabulary=VOCABULARY)


def text(
    answers: dict[str, Answer | Value], *books: Rulebook, width: int = 100, duties: bool = False, used_in: tuple[str, ...] = ("XA",)
) -> str:
    return as_text(told(answers, *books, used_in=used_in), width=width, duties=duties)


def test_a_whole_screen_reads_like_this() -> None:
    ban = rule(when=LISTS, lifts=(ORDERED,))
    duty = rule(
        "R-2", when=LISTS, outcome=Outcome.DUTY, safeguard="transparency", deadline=Deadline(says="in a week", within=1, unit=Unit.WEEKS)
    )

    assert text({"purpose": words("list")}, book(ban, duty), width=72) == (
        "Screen of System, 1, on 2026-11-22\n"
        "used by Police in XA\n"
        "\n"
        "========================================================================\n"
        "PROHIBITED BY TOWN, UNLESS AN EXCEPTION IS SHOWN\n"
        "========================================================================\n"
        "A rule forbids this use. An exception to it isn't ruled out by what is\n"
        "answered; until each of its facts is shown, the use is forbidden.\n"
        "\n"
        "TOWN: PROHIBITED UNLESS AN EXCEPTION IS SHOWN\n"
        "------------------------------------------------------------------------\n"
        "The rules of town. Law where the system is used. Version 1, as of\n"
        "2026-11-22.\n"
        "\n"
        "* PROHIBITED, UNLESS SHOWN: title of R-1. R-1 (Art 1)\n"
        "  Text of R-1.\n"
        "  Met by these answers:\n"
        "  - purpose: list - keeps a list\n"
        "  Exceptions, to this rule alone; none is shown:\n"
        "  - exception ordered (Art 1(2))\n"
        "      Missing: Did a court order it? Answered: unknown. Shown by: paper\n"
        "        on ordered. [ordered]\n"
        "\n"
        "1 duty or right of this book would apply besides, now or later; they\n"
        "lift nothing (--duties lists them).\n"
        "\n"
        "========================================================================\n"
        "Overall: prohibited by Town, unless an exception is shown.\n"
        "This is not legal advice. No lawyer has yet read Town, as habeas states\n"
        "it, against the text.\n"
    )


def test_a_ban_without_an_exception_says_that_no_evidence_lifts_it() -> None:
    said = text({"purpose": words("list")}, book(rule(when=LISTS)))

    assert "PROHIBITED BY TOWN\n" in said
    assert "The rule has no exception: no evidence lifts it, only another use does." in said


def test_an_exception_that_an_answer_rules_out_says_what_stands_in_its_way() -> None:
    said = text({"purpose": words("list"), "ordered": NO}, book(rule(when=LISTS, lifts=(ORDERED,))))

    assert "none is shown, and what is answered rules out each:" in said
    assert "In the way: Did a court order it? Answered: no, without evidence; it asks for yes. [ordered]" in said


def test_a_lifted_ban_is_told_with_the_evidence_that_lifts_it() -> None:
    said = text({"purpose": words("list"), "ordered": shown(YES)}, book(rule(when=LISTS, lifts=(ORDERED,))))

    assert "* LIFTED: title of R-1. R-1 (Art 1)" in said
    assert "  - ordered: yes - a paper" in said
    assert "The screen can't read that evidence: whoever relies on it must." in said


def test_a_blocked_screen_asks_each_open_question_once_in_its_own_words() -> None:
    first = rule("R-1", when=AllOf(parts=(LISTS, is_yes("public"))), clears={"public": "a map of the places"})
    second = rule("R-2", when=is_yes("public"))
    said = text({"purpose": words("list"), "public": NO}, book(first), book(second, rule("R-3", when=is_yes("needed")), name="city"))

    assert "BLOCKED PENDING EVIDENCE BY 2 OF 2 BOOKS: TOWN AND CITY" in said
    assert "WHAT IS STILL OPEN (2)" in said
    assert said.count("Is it used in public? [public]\n    Answered:") == 1
    assert " 1. Is it used in public? [public]\n    Answered:  no, without evidence\n    Asked by:  R-1\n" in said
    assert "    Why:       Some bans are about streets.\n    Shown by:  a map of the places\n" in said
    assert "  Hangs on: Is it used in public? [public]\n" in said


def test_rules_that_further_purposes_alone_would_open_stand_together_after_the_others() -> None:
    others = rule("R-3", when=AllOf(parts=(among("purpose", "draft"), is_yes("public"))))
    rules = (rule("R-1", when=LISTS), rule("R-2", when=among("purpose", "predict")), others)
    said = text({"purpose": words("draft", complete=False)}, book(*rules))

    assert "* BLOCKED: title of R-3. R-3 (Art 1)\n" in said
    together = (
        "* BLOCKED: 2 rules that hang only on whether it has further purposes [purpose]:\n  - title of R-1 [R-1]\n  - title of R-2 [R-2]\n"
    )
    assert said.index("* BLOCKED: title of R-3") < said.index(together)


def test_a_rule_that_purposes_and_something_else_leave_open_needs_only_the_purposes() -> None:
    both = rule("R-1", when=AllOf(parts=(LISTS, is_yes("public"))))

    assert "1 rule that hangs only on whether it has further purposes" in text({"purpose": words("draft", complete=False)}, book(both))
    shown_only = replace(both, clears={"purpose": "a list of every use"})
    assert "1 rule that hangs only on" in text({"purpose": words("draft", complete=False)}, book(shown_only))
    assert "further purposes" not in text({"purpose": words(complete=False)}, book(both))
    assert "further purposes" not in text({}, book(both))
    assert "further purposes" not in text({"purpose": words("list", complete=False)}, book(both))


def test_an_open_question_about_some_words_names_them() -> None:
    said = text({}, book(rule(when=LISTS)))

    assert " 1. What is it used for? Open: list - keeps a list. [purpose]" in said
    assert "    Look at:   the brochure" in said


def test_a_dispute_is_told_with_its_reason_and_the_day_that_ends_it() -> None:
    windows = (Window(start=ON, basis="Art 9", disputed="two readings"), Window(start=date(2027, 12, 2), basis="Art 10"))
    said = text({"purpose": words("list")}, book(rule(when=LISTS, windows=windows)))

    assert "BLOCKED PENDING EVIDENCE BY TOWN" in said
    assert "  Disputed: two readings. Beyond dispute from 2027-12-02 on.\n" in said
    assert "WHAT IS STILL OPEN" not in said


def test_a_ban_to_come_is_told_with_its_day() -> None:
    later = Window(start=ON + timedelta(days=1), basis="Art 9")
    said = text({"purpose": words("list")}, book(rule(when=LISTS, windows=(later,))))

    assert "* FROM 2026-11-23 ON: title of R-1. R-1 (Art 1)\n  Will forbid this use: Text of R-1." in said


def test_a_ban_that_may_come_says_what_it_hangs_on() -> None:
    later = Window(start=ON + timedelta(days=1), basis="Art 9")

    assert "  May forbid this use: Text of R-1.\n  Hangs on: What is it used for? [purpose]\n" in text(
        {}, book(rule(when=LISTS, windows=(later,)))
    )


DUTIES = book(
    rule("R-C", when=LISTS, outcome=Outcome.CLASS, in_class="high-risk"),
    rule("R-1", when=in_class("high-risk"), outcome=Outcome.DUTY, safeguard="oversight", evidence=("a plan",), who=("the operator",)),
    rule("R-2", when=LISTS, outcome=Outcome.DUTY, deadline=Deadline(says="within 1 month of it", within=1, unit=Unit.MONTHS)),
    rule("R-3", when=AllOf(parts=(LISTS, is_yes("public"))), outcome=Outcome.DUTY, safeguard="oversight"),
    rule("R-4", when=LISTS, outcome=Outcome.DUTY, windows=(Window(start=date(2027, 1, 1), basis="Art 9"),)),
    rule("R-5", when=LISTS, outcome=Outcome.RIGHT, safeguard="accountability", windows=(Window(start=date(2025, 2, 2), basis="Art 9"),)),
)


def test_duties_stand_in_a_line_each_by_what_they_serve() -> None:
    said = text({"purpose": words("list")}, DUTIES)

    assert "NO PROHIBITION FOUND; DUTIES APPLY (1 BOOK)" in said
    assert "Class high-risk: yes, by R-C (Art 1)." in said
    assert "Duties in force (2)\n  Oversight\n  - title of R-1 [R-1]\n  Other\n  - title of R-2 [R-2] (within 1 month)\n" in said
    assert "Duties that hang on something open (1)\n  Oversight\n  - title of R-3 [R-3]\n" in said
    assert "What people affected may do (1)\n  Accountability\n  - title of R-5 [R-5]\n" in said
    assert "To come (1)\n  Other\n  - title of R-4 [R-4] (from 2027-01-01)\n" in said
    assert "Text of R-1." not in said
    assert "Is it used in public?" not in said  # only duties hang on it


def test_duties_in_full_tell_text_date_deadline_and_evidence() -> None:
    said = text({"purpose": words("list")}, DUTIES, duties=True)

    assert "    Text of R-1.\n    Where: Art 1; a gazette (source)\n    Upon: the operator\n    Shown by: a plan\n" in said
    assert "    Met by:\n    - it belongs to the class high-risk\n" in said
    assert "    Deadline: within 1 month of it\n" in said
    assert "    Since: 2025-02-02\n" in said
    assert "\n\n\n" not in said
    assert "    Hangs on: Is it used in public? [public]\n" in said
    assert "Is it used in public?" in said  # with --duties, also the questions that duties hang on


def test_a_disputed_duty_is_perhaps_in_force() -> None:
    duty = rule(when=LISTS, outcome=Outcome.DUTY, windows=(Window(start=ON, basis="Art 9", disputed="two readings"),))

    short = text({"purpose": words("list")}, book(duty))
    assert "  - title of R-1 [R-1] (disputed)\n\nDisputed (R-1): two readings\n" in short
    assert "NO PROHIBITION FOUND; DUTIES ARE DISPUTED OR HANG ON OPEN ANSWERS (1 BOOK)" in short
    assert "TOWN: NO PROHIBITION FOUND; DUTIES ARE DISPUTED OR HANG ON OPEN ANSWERS\n" in short
    assert "Law where the system is used from a disputed day." in short
    said = text({"purpose": words("list")}, book(duty), duties=True)
    assert "    Perhaps since: 2026-11-22\n    Disputed: two readings.\n" in said


def test_a_book_of_which_every_rule_is_disputed_is_law_from_a_disputed_day() -> None:
    disputed = rule(when=LISTS, outcome=Outcome.DUTY, windows=(Window(start=ON, basis="Art 9", disputed="two readings"),))
    answers: dict[str, Answer | Value] = {"purpose": words("list")}

    assert "duties  City: law there from a disputed day\n" in text(answers, book(disputed, name="city"), DUTIES)
    read = Window(start=ON, basis="Art 9", when=is_yes("needed"))
    either = book(replace(disputed, windows=(read, *disputed.windows)), name="city")
    assert "City: law there from a disputed day\n" in text(answers, either, DUTIES)
    assert "City: law there\n" in text({**answers, "needed": YES}, either, DUTIES)
    assert "disputed day" not in text(answers, book(disputed, *DUTIES.rules[2:]))
    assert "disputed day" not in text(answers, book(disputed), used_in=("XB",))


def test_duties_that_one_book_is_sure_of_apply() -> None:
    disputed = rule(when=LISTS, outcome=Outcome.DUTY, windows=(Window(start=ON, basis="Art 9", disputed="two readings"),))

    assert "NO PROHIBITION FOUND; DUTIES APPLY (2 BOOKS)" in text({"purpose": words("list")}, book(disputed, name="city"), DUTIES)


def test_a_law_of_elsewhere_is_shown_for_comparison_and_its_duties_are_counted() -> None:
    said = text({"purpose": words("list")}, DUTIES, used_in=("XB",))

    assert "Not law where the system is used; shown for comparison." in said
    assert "5 duties and rights of this book apply, now or later; it isn't law where the system is used" in said


def test_where_the_use_is_not_known_nobody_can_tell_which_law_binds() -> None:
    assert "The description doesn't say where the system is used (used_in)" in text({}, book(rule(when=LISTS)), used_in=())


def test_the_law_that_binds_is_told_apart_from_the_strictest_book() -> None:
    standard = book(rule(when=LISTS), name="league", force=Force.STANDARD, binds_in=())
    said = text({"purpose": words("list")}, standard, DUTIES)

    assert "PROHIBITED BY 1 OF 2 BOOKS: LEAGUE" in said
    assert "Of the books that are law where it is used, the strictest says: no prohibition found; duties apply." in said
    assert "PROHIBITED  League: a standard\nduties      Town: law there\n" in said


def test_the_strictest_book_comes_first() -> None:
    said = text({"purpose": words("list")}, DUTIES, book(rule(when=LISTS), name="city"))

    assert said.index("CITY: PROHIBITED") < said.index("TOWN: NO PROHIBITION FOUND")


def test_a_book_whose_ban_is_open_is_named_beside_one_whose_ban_is_not() -> None:
    found = told({"purpose": words("list")}, book(rule(when=LISTS, lifts=(ORDERED,))), book(rule(when=LISTS), name="city"))

    assert overall(found) == "prohibited by 2 of 2 books: City and Town (unless an exception is shown)"


def test_rules_from_memory_and_unread_books_are_named() -> None:
    memory = rule(when=LISTS, confidence=Confidence.MEMORY)
    said = text(
        {"purpose": words("list")},
        book(memory, unsettled=("Whether paper counts.",)),
        book(rule("R-9", when=LISTS), name="city", readers=READ),
    )
    said = " ".join(said.split())

    assert "This is not legal advice. No lawyer has yet read Town, as habeas states it, against the text." in said
    assert "1 of the 2 rules told here rests on memory alone and must be checked first: R-1." in said
    assert "`habeas rules show BOOK`" in said


@pytest.mark.parametrize("width", [40, 57, 80, 100])
@pytest.mark.parametrize("duties", [False, True], ids=["short", "full"])
def test_no_line_is_wider_than_asked_for_and_nothing_steers_the_terminal(width: int, duties: bool) -> None:  # noqa: FBT001 - a parameter of the test
    answers: dict[str, Answer | Value] = {"purpose": words("list"), "ordered": NO}
    screened = told(answers, book(rule(when=LISTS, lifts=(ORDERED,)), rule("R-8", when=is_yes("public"))), DUTIES)
    hostile = replace(screened, system=replace(screened.system, name=HOSTILE, operator=HOSTILE * 30))

    lines = as_text(hostile, width=width, duties=duties).splitlines()

    assert max(len(line) for line in lines) <= width
    assert all(line.isprintable() for line in lines)
