"""The gate: what opens it, what keeps it shut, and that nothing unknown and no approval ever opens what is prohibited."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.audit.result import Verdict
from habeas.errors import BadInput
from habeas.procedures.gate import (
    TOLD,
    Approval,
    Audit,
    BookFinding,
    Facts,
    Lack,
    Screen,
    State,
    Who,
    approvable,
    askable,
    gate,
    ready,
)
from habeas.procedures.publication import Standing
from habeas.rules.verdicts import Finding
from habeas.terms.system import Stage

TODAY = date(2026, 11, 22)
EQUAL = Audit(number=1, stage=Stage.LIVE, verdict=Verdict.SHOWN_EQUAL, independent=True)
DIFFERENT = Audit(number=2, stage=Stage.LIVE, verdict=Verdict.SHOWN_DIFFERENT, independent=True)
UNSURE = Audit(number=3, stage=Stage.LIVE, verdict=Verdict.CANNOT_TELL, independent=True)
AUTHORISED = Approval(authorised=True, asked_by=1, decided_by=2, since=TODAY)
REFUSED = Approval(authorised=False, asked_by=1, decided_by=2, since=TODAY, reasons="not yet")
SCREEN = Screen(on=TODAY, findings=(BookFinding(book="eu", finding=Finding.DUTIES),))
WHOLE = Facts(on=TODAY, stage=Stage.LIVE, standing=Standing.PUBLISHED, screen=SCREEN, audits=(EQUAL,), decision=AUTHORISED)


def conditional(*audits: int, until: date = TODAY + timedelta(days=100)) -> Approval:
    """An approval under conditions that answers for these audits."""
    return Approval(
        authorised=True,
        asked_by=1,
        decided_by=2,
        since=TODAY,
        reasons="a smaller harm than none",
        conditions="only with a second reader",
        until=until,
        audits=frozenset(audits),
    )


def lacks(facts: Facts) -> list[Lack]:
    """What is missing, in order."""
    return [one.kind for one in gate(facts).missing]


def test_everything_there_and_authorised_by_another_person_opens_it() -> None:
    found = gate(WHOLE)
    assert found.state is State.OPEN
    assert found.missing == ()
    assert found.authorised


def test_of_a_new_version_everything_is_missing() -> None:
    assert lacks(Facts(on=TODAY, stage=Stage.DESIGN)) == [
        Lack.ENTRY_UNPUBLISHED,
        Lack.NO_SCREEN,
        Lack.NO_AUDIT,
        Lack.NOT_AUTHORISED,
    ]


@pytest.mark.parametrize(
    ("facts", "lack"),
    [
        (replace(WHOLE, standing=Standing.UNPUBLISHED), Lack.ENTRY_UNPUBLISHED),
        (replace(WHOLE, standing=Standing.SUSPENDED), Lack.ENTRY_SUSPENDED),
        (replace(WHOLE, standing=Standing.RETIRED), Lack.ENTRY_RETIRED),
        (replace(WHOLE, screen=None), Lack.NO_SCREEN),
        (replace(WHOLE, screen=replace(SCREEN, findings=())), Lack.NO_SCREEN),
        (replace(WHOLE, screen=replace(SCREEN, current=False)), Lack.OLD_SCREEN),
        (replace(WHOLE, screen=replace(SCREEN, on=TODAY - timedelta(days=365))), Lack.OLD_SCREEN),
        (replace(WHOLE, screen=replace(SCREEN, on=TODAY + timedelta(days=1))), Lack.OLD_SCREEN),
        (replace(WHOLE, audits=()), Lack.NO_AUDIT),
        (replace(WHOLE, audits=(replace(EQUAL, stage=Stage.DESIGN),)), Lack.NO_AUDIT),
        (replace(WHOLE, audits=(replace(EQUAL, independent=False),)), Lack.NOT_INDEPENDENT),
        (replace(WHOLE, audits=(EQUAL, DIFFERENT)), Lack.SHOWN_DIFFERENT),
        (replace(WHOLE, audits=(EQUAL, replace(DIFFERENT, independent=False))), Lack.SHOWN_DIFFERENT),
        (replace(WHOLE, audits=(UNSURE,)), Lack.CANNOT_TELL),
        (replace(WHOLE, closed_by_oversight=True), Lack.CLOSED_BY_OVERSIGHT),
        (replace(WHOLE, decision=REFUSED), Lack.REFUSED),
        (replace(WHOLE, decision=None), Lack.NOT_AUTHORISED),
        (replace(WHOLE, decision=None, asked=True), Lack.UNDECIDED),
        (replace(WHOLE, decision=replace(AUTHORISED, since=TODAY + timedelta(days=1))), Lack.NOT_AUTHORISED),
    ],
)
def test_one_missing_piece_closes_it_and_is_named(facts: Facts, lack: Lack) -> None:
    found = gate(facts)
    assert found.state is State.CLOSED
    assert [one.kind for one in found.missing] == [lack]
    assert found.missing[0].told == TOLD[lack][0]
    assert found.missing[0].who_can in (TOLD[lack][1], Who.SYSTEM_OWNER)  # who first has to ask an approver


@pytest.mark.parametrize("finding", [Finding.PROHIBITED, Finding.PROHIBITED_UNLESS, Finding.BLOCKED])
def test_a_book_that_prohibits_or_waits_for_evidence_closes_it_and_is_named(finding: Finding) -> None:
    screen = replace(SCREEN, findings=(*SCREEN.findings, BookFinding(book="uk", finding=finding)))
    found = gate(replace(WHOLE, screen=screen))
    assert [one.about for one in found.missing] == ["uk"]


def test_a_screen_holds_for_a_year_less_a_day() -> None:
    assert gate(replace(WHOLE, screen=replace(SCREEN, on=TODAY - timedelta(days=364)))).authorised


def test_a_larger_sample_that_shows_equal_settles_an_audit_that_cannot_tell() -> None:
    assert gate(replace(WHOLE, audits=(UNSURE, EQUAL))).state is State.OPEN


def test_an_approval_with_conditions_answers_for_the_audits_it_names() -> None:
    found = gate(replace(WHOLE, audits=(EQUAL, DIFFERENT), decision=conditional(2)))
    assert found.state is State.CONDITIONAL
    assert found.conditions == "only with a second reader"
    assert found.until == TODAY + timedelta(days=100)


def test_a_new_audit_that_shows_a_difference_closes_what_was_approved_before_it() -> None:
    other = replace(DIFFERENT, number=4)
    assert lacks(replace(WHOLE, audits=(DIFFERENT, other), decision=conditional(2))) == [Lack.SHOWN_DIFFERENT]


def test_an_unconditional_authorisation_never_answers_for_a_difference() -> None:
    decision = replace(AUTHORISED, audits=frozenset({2}))
    assert lacks(replace(WHOLE, audits=(EQUAL, DIFFERENT), decision=decision)) == [Lack.SHOWN_DIFFERENT]


def test_an_approval_ends_on_its_day() -> None:
    facts = replace(WHOLE, audits=(DIFFERENT,), decision=conditional(2, until=TODAY + timedelta(days=10)))
    assert gate(replace(facts, on=TODAY + timedelta(days=9))).state is State.CONDITIONAL
    assert lacks(replace(facts, on=TODAY + timedelta(days=10))) == [Lack.APPROVAL_EXPIRED]


def test_an_approval_can_answer_for_no_missing_audit() -> None:
    assert lacks(replace(WHOLE, audits=(), decision=conditional(1))) == [Lack.NO_AUDIT]
    assert approvable(replace(WHOLE, audits=())) == frozenset()


def test_who_asked_cannot_authorise() -> None:
    with pytest.raises(BadInput, match="another person"):
        Approval(authorised=True, asked_by=1, decided_by=1, since=TODAY)


def test_an_approval_with_conditions_needs_reasons_conditions_and_an_end_within_a_year() -> None:
    with pytest.raises(BadInput, match="reasons and conditions"):
        Approval(authorised=True, asked_by=1, decided_by=2, since=TODAY, until=TODAY + timedelta(days=9), reasons="so")
    with pytest.raises(BadInput, match="within a year"):
        conditional(1, until=TODAY + timedelta(days=366))
    with pytest.raises(BadInput, match="within a year"):
        conditional(1, until=TODAY)
    assert conditional(1, until=TODAY + timedelta(days=365)).until is not None


def test_it_can_be_asked_where_nobody_asked_nothing_holds_and_it_is_not_retired() -> None:
    undecided = replace(WHOLE, decision=None)
    assert askable(undecided)
    assert askable(replace(undecided, screen=None))  # the list says what is missing; whoever asks may bring it later
    assert askable(replace(WHOLE, decision=REFUSED))
    for none in (WHOLE, replace(undecided, asked=True), replace(undecided, standing=Standing.RETIRED)):
        assert not askable(none)


def test_ready_says_whether_only_the_authorisation_is_missing() -> None:
    assert ready(replace(WHOLE, decision=None))
    assert not ready(replace(WHOLE, audits=(EQUAL, DIFFERENT)))


def test_what_an_approval_would_answer_for_is_told_only_where_all_else_is_there() -> None:
    assert approvable(replace(WHOLE, audits=(DIFFERENT,), decision=None)) == {2}
    assert approvable(replace(WHOLE, audits=(UNSURE,), decision=None)) == {3}
    assert approvable(replace(WHOLE, audits=(DIFFERENT,), screen=None)) == frozenset()
    assert approvable(WHOLE) == frozenset()


# - properties ---------------------------------------------------------------------------------------------------------------------------

days = st.dates(min_value=date(2025, 6, 1), max_value=date(2028, 6, 1))
findings = st.builds(BookFinding, book=st.sampled_from(["eu", "uk"]), finding=st.sampled_from(Finding))
screens = st.builds(Screen, on=days, findings=st.lists(findings, max_size=3).map(tuple), current=st.booleans())
audits = st.builds(
    Audit, number=st.integers(1, 4), stage=st.sampled_from(Stage), verdict=st.sampled_from(Verdict), independent=st.booleans()
)
decisions = st.one_of(
    st.none(),
    st.just(AUTHORISED),
    st.just(REFUSED),
    st.builds(
        lambda numbers, days: conditional(*numbers, until=TODAY + timedelta(days=days)),
        st.sets(st.integers(1, 4)),
        st.integers(1, 365),
    ),
)
facts = st.builds(
    Facts,
    on=st.one_of(st.just(TODAY), days),
    stage=st.sampled_from(Stage),
    standing=st.one_of(st.none(), st.just(Standing.PUBLISHED), st.sampled_from(Standing)),
    screen=st.one_of(st.none(), st.just(SCREEN), screens),
    audits=st.lists(audits, max_size=4).map(tuple),
    decision=decisions,
    asked=st.booleans(),
    closed_by_oversight=st.booleans(),
)


@given(facts)
def test_closed_and_missing_something_are_the_same(known: Facts) -> None:
    found = gate(known)
    assert (found.state is State.CLOSED) == bool(found.missing)


@given(facts)
def test_whatever_is_unknown_it_is_never_open(known: Facts) -> None:
    unknown = [
        replace(known, standing=None),
        replace(known, screen=None),
        replace(known, audits=()),
        replace(known, decision=None),
    ]
    assert not any(gate(one).authorised for one in unknown)


@given(facts)
def test_a_prohibition_cannot_be_approved_away(known: Facts) -> None:
    on = known.on
    for finding in (Finding.PROHIBITED, Finding.PROHIBITED_UNLESS, Finding.BLOCKED):
        screen = Screen(on=on, findings=(BookFinding(book="eu", finding=finding),))
        everything = conditional(1, 2, 3, 4)
        assert not gate(replace(known, screen=screen, decision=everything)).authorised
        assert approvable(replace(known, screen=screen)) == frozenset()


@given(facts)
def test_dropping_good_news_never_opens_it(known: Facts) -> None:
    """Bad news (a finding of a book, a difference shown) may be dropped only by whoever found it, so it isn't tried here."""
    if gate(known).authorised:
        return
    fewer = [
        replace(known, audits=tuple(other for other in known.audits if other is not one))
        for one in known.audits
        if one.verdict is not Verdict.SHOWN_DIFFERENT
    ]
    fewer += [replace(known, standing=None), replace(known, screen=None), replace(known, decision=None)]
    assert not any(gate(one).authorised for one in fewer)


@given(facts)
def test_an_open_gate_has_an_independent_audit_of_its_stage_and_no_unanswered_difference(known: Facts) -> None:
    found = gate(known)
    if found.authorised:
        here = [one for one in known.audits if one.stage is known.stage]
        assert any(one.independent for one in here)
        different = {one.number for one in here if one.verdict is Verdict.SHOWN_DIFFERENT}
        assert not different or (found.state is State.CONDITIONAL and known.decision is not None and different <= known.decision.audits)


def test_who_asks_anew_after_a_refusal_waits_and_what_was_authorised_stays_so() -> None:
    assert lacks(replace(WHOLE, decision=REFUSED, asked=True)) == [Lack.REFUSED, Lack.UNDECIDED]
    assert lacks(replace(WHOLE, asked=True)) == []


@pytest.mark.parametrize(("asked", "who"), [(False, Who.SYSTEM_OWNER), (True, Who.APPROVER)])
def test_what_an_audit_found_is_for_an_approver_once_somebody_asked_them(asked: bool, who: Who) -> None:  # noqa: FBT001 - a case
    found = gate(replace(WHOLE, audits=(EQUAL, DIFFERENT), asked=asked))
    assert [(one.kind, one.who_can) for one in found.missing] == [(Lack.SHOWN_DIFFERENT, who)]
