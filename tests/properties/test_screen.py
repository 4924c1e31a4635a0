"""What the screen must never do, whatever is answered: let out whoever tells more, pass what isn't known, or let books mix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from habeas.rules import conditions
from habeas.rules.conditions import AllOf, Among, AnyOf, Condition, InClass, Is, OnDay, classes
from habeas.rules.rulebook import Lift, Outcome, Rule, Rulebook
from habeas.rules.screening import classes_of, screen
from habeas.rules.verdicts import Finding, Ruling, Verdict
from habeas.runs.rulebooks import library
from habeas.terms.answers import Answer, Evidence, Several, Ternary, Value
from habeas.terms.description import SystemDescription, Technique
from habeas.terms.vocabulary import Fact, Kind

BOOKS = library.books()
FACTS = {fact.name: fact for fact in library.vocabulary().facts}
PROOF = (Evidence(what="made up"),)
ON = date(2026, 11, 22)
DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
PASSES = {Finding.DUTIES, Finding.NO_RULE}


def described(answers: Mapping[str, Answer]) -> SystemDescription:
    return SystemDescription(name="made up", version="1", operator="nobody", about="made up", answers=answers)


def values(fact: Fact) -> st.SearchStrategy[Value]:
    if fact.kind is Kind.YES_NO:
        return st.sampled_from(Ternary)
    if fact.kind is Kind.DAY:
        return st.one_of(st.just(Ternary.UNKNOWN), DAYS)
    words = st.sets(st.sampled_from([word.word for word in fact.words]), max_size=3)
    return st.builds(Several, words=words.map(frozenset), complete=st.booleans())


BANS = [rule for book in BOOKS for rule in book.rules if rule.outcome is Outcome.PROHIBITED]


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Answer]:
    """Answers that often come near a rule: some prohibition's own conditions, its exceptions shown, one fact of it flipped or not known."""
    found = {
        name: Answer(value=draw(values(FACTS[name])), evidence=draw(st.sampled_from([(), PROOF])))
        for name in draw(st.sets(st.sampled_from(sorted(FACTS)), max_size=8))
    }
    for rule in draw(st.lists(st.sampled_from(BANS), max_size=2)):
        near = joined(in_its_classes(book_of(rule), rule), meeting(rule.when))
        for lift in rule.lifts if draw(st.booleans()) else ():
            near = joined(near, meeting(lift.when))
        for name in draw(st.sets(st.sampled_from(sorted(near)), max_size=2)):
            near[name] = draw(st.sampled_from([turned(near[name], Ternary.NO), turned(near[name], Ternary.UNKNOWN)]))
        found |= near
    return found


def turned(answer: Answer, to: Ternary) -> Answer:
    """The answer that says the contrary, without evidence, or that says it isn't known."""
    if to is Ternary.UNKNOWN:
        return Answer(value=Several(complete=False) if isinstance(answer.value, Several) else Ternary.UNKNOWN)
    if isinstance(answer.value, Several):
        return Answer(value=Several())
    return Answer(value=answer.value if isinstance(answer.value, date) else Ternary.NO if answer.value is Ternary.YES else Ternary.YES)


def book_of(rule: Rule) -> Rulebook:
    return next(book for book in BOOKS if rule in book.rules)


@st.composite
def answers_and_more(draw: st.DrawFn) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Answers, and the same with something told besides: unknowns answered, words added, evidence brought."""
    told = draw(answers())
    then = {name: draw(more(FACTS[name], told.get(name))) for name in draw(st.sets(st.sampled_from(sorted(FACTS)), max_size=12))}
    return told, {**told, **then}


def more(fact: Fact, told: Answer | None) -> st.SearchStrategy[Answer]:
    evidence = st.sampled_from([(), PROOF]).map(lambda proof: (*(told.evidence if told else ()), *proof))
    if told is None or told.value is Ternary.UNKNOWN:
        return st.builds(Answer, value=values(fact), evidence=evidence)
    if not isinstance(told.value, Several):
        return st.builds(Answer, value=st.just(told.value), evidence=evidence)
    known = told.value
    added = st.sets(st.sampled_from([word.word for word in fact.words]), max_size=2)
    grown = st.builds(
        Several, words=added.map(lambda words: known.words | words), complete=st.booleans().map(lambda done: known.complete or done)
    )
    return st.builds(Answer, value=grown, evidence=evidence)


def bans(verdict: Verdict) -> dict[str, Ternary]:
    return {ruling.rule.id: ruling.bites for ruling in verdict.rulings if ruling.rule.outcome is Outcome.PROHIBITED}


@given(answers_and_more(), DAYS)
def test_telling_more_ends_a_prohibition_only_by_its_own_exception_with_evidence(
    told: tuple[dict[str, Answer], dict[str, Answer]], on: date
) -> None:
    before, after = (screen(described(given_answers), BOOKS, on=on) for given_answers in told)

    for earlier, later in zip(before, after, strict=True):
        for was, now in zip(earlier.rulings, later.rulings, strict=True):
            if was.rule.outcome is Outcome.PROHIBITED and was.bites is Ternary.YES and now.bites is not Ternary.YES:
                assert now.lifted is not None
                assert any(told[1][test.fact].evidence for test in conditions.tests(now.lifted.when) if test.fact in told[1])
        if earlier.finding.prohibits and not any(ruling.lifted for ruling in later.rulings):
            assert later.finding.prohibits


@given(answers(), st.sampled_from(BANS), st.data(), DAYS)
def test_what_passes_passes_whatever_the_unknown_turns_out_to_be(told: dict[str, Answer], ban: Rule, data: st.DataObject, on: date) -> None:
    """The worst that could turn out is tried: that what isn't known is just what a prohibition asks for."""
    worst = {**told, **joined(in_its_classes(book_of(ban), ban), meeting(ban.when))}
    hidden = data.draw(st.sets(st.sampled_from(sorted(worst)), min_size=1))
    open_still = {name: answer for name, answer in worst.items() if name not in hidden or data.draw(st.booleans())}
    open_still |= {name: turned(worst[name], Ternary.UNKNOWN) for name in hidden if name in open_still}

    for was, now in zip(screen(described(open_still), BOOKS, on=on), screen(described(worst), BOOKS, on=on), strict=True):
        if was.finding in PASSES:
            assert now.finding in PASSES


@given(answers(), DAYS, st.permutations(BOOKS), st.integers(1, len(BOOKS) or 1))
def test_books_do_not_influence_each_other(told: dict[str, Answer], on: date, books: list[Rulebook], many: int) -> None:
    system = described(told)

    together = {verdict.book.id: verdict for verdict in screen(system, books[:many], on=on)}

    assert together == {book.id: screen(system, [book], on=on)[0] for book in books[:many]}


LIFTS = [(book, rule, lift) for book in BOOKS for rule in book.rules for lift in rule.lifts]
LIFTED = [f"{rule.id}: {lift.id}" for _, rule, lift in LIFTS]


def lifted_by(book: Rulebook, rule: Rule, lift: Lift) -> dict[str, Answer]:
    return joined(in_its_classes(book, rule), joined(meeting(rule.when), meeting(lift.when)))


@pytest.mark.parametrize(("book", "rule", "lift"), LIFTS, ids=LIFTED)
def test_an_exception_that_is_shown_lifts_its_rule_and_no_other_in_any_book(book: Rulebook, rule: Rule, lift: Lift) -> None:
    told = lifted_by(book, rule, lift)
    bare = {other.id: replace(other, rules=tuple(replace(each, lifts=()) for each in other.rules)) for other in BOOKS}

    for verdict in screen(described(told), BOOKS, on=book.checked_on):
        (strict,) = screen(described(told), [bare[verdict.book.id]], on=book.checked_on)
        differing = {name for name, bites in bans(verdict).items() if bites is not bans(strict)[name]}
        own = {ruling.rule.id for ruling in verdict.rulings if ruling.lifted is not None}
        assert differing <= own
        assert verdict.book.id != book.id or rule.id in own


@pytest.mark.parametrize(("book", "rule", "lift"), LIFTS, ids=LIFTED)
def test_an_exception_lifts_nothing_while_one_of_its_facts_is_not_shown(book: Rulebook, rule: Rule, lift: Lift) -> None:
    told = lifted_by(book, rule, lift)

    for name in meeting(lift.when):
        claimed = {**told, name: replace(told[name], evidence=())}
        found = next(each for each in screen(described(claimed), [book], on=ON)[0].rulings if each.rule.id == rule.id)
        assert found.lifted is not lift, name


CLEARS = [(book, rule, fact) for book in BOOKS for rule in book.rules for fact in rule.clears]


@pytest.mark.parametrize(("book", "rule", "fact"), CLEARS, ids=[f"{rule.id}: {fact}" for _, rule, fact in CLEARS])
def test_an_answer_that_clears_counts_once_it_is_shown_and_blocks_until_then(book: Rulebook, rule: Rule, fact: str) -> None:
    met = joined(in_its_classes(book, rule), meeting(rule.when))
    own = next(test for test in conditions.tests(rule.when) if test.fact == fact)
    told = joined(met, meeting(own)) if fact not in met else met
    claimed = {**told, fact: turned(told[fact], Ternary.NO)}
    shown = {**claimed, fact: replace(claimed[fact], evidence=PROOF)}

    assert ruled(book, rule, claimed).met is not Ternary.NO
    assert fact not in {test.fact for test in ruled(book, rule, shown).hinges}


@pytest.mark.parametrize(("book", "rule", "fact"), CLEARS, ids=[f"{rule.id}: {fact}" for _, rule, fact in CLEARS])
def test_a_note_is_no_evidence_and_an_answer_that_would_clear_with_it_counts_as_unknown(book: Rulebook, rule: Rule, fact: str) -> None:
    own = next(test for test in conditions.tests(rule.when) if test.fact == fact)
    told = joined(joined(in_its_classes(book, rule), meeting(rule.when, own)), meeting(own))
    noted = replace(turned(told[fact], Ternary.NO), note="everybody says so")

    assert noted.evidence == ()
    assert ruled(book, rule, {**told, fact: noted}).met is ruled(book, rule, {**told, fact: turned(told[fact], Ternary.UNKNOWN)}).met


CLASS_LIFTS = [(book, rule, lift) for book, rule, lift in LIFTS if rule.in_class is not None]


@pytest.mark.parametrize(("book", "rule", "lift"), CLASS_LIFTS, ids=[f"{rule.id}: {lift.id}" for _, rule, lift in CLASS_LIFTS])
def test_an_exception_that_is_met_and_not_shown_leaves_the_class_and_every_ban_that_rests_on_it(
    book: Rulebook, rule: Rule, lift: Lift
) -> None:
    resting = tuple(other for other in book.rules if other.outcome is Outcome.PROHIBITED and rule.in_class in classes(other.when))
    alone = replace(book, rules=(rule, *resting))  # else another rule may put the system in the same class
    # a claim with a note and one without: neither is evidence
    for note in (None, "everybody says so"):
        claims = {name: replace(answer, evidence=(), note=note) for name, answer in meeting(lift.when).items()}
        system = described({**meeting(rule.when), **claims})
        assert classes_of(system, alone)[rule.in_class or ""] is Ternary.YES
        for ban in resting:
            met = joined(meeting(rule.when), meeting(ban.when))
            assert ruled(alone, ban, {**claims, **met}).met is Ternary.YES
            assert ruled(alone, ban, {**met, **claims}).met is ruled(alone, ban, met).met


def ruled(book: Rulebook, rule: Rule, told: dict[str, Answer]) -> Ruling:
    return next(each for each in screen(described(told), [book], on=ON)[0].rulings if each.rule.id == rule.id)


@given(answers(), DAYS)
def test_an_exception_lifts_no_rule_but_its_own(told: dict[str, Answer], on: date) -> None:
    system = described(told)
    for book in BOOKS:
        bare = replace(book, rules=tuple(replace(rule, lifts=()) for rule in book.rules))
        (with_exceptions,), (without,) = screen(system, [book], on=on), screen(system, [bare], on=on)
        lifted = {ruling.rule.id for ruling in with_exceptions.rulings if ruling.lifted is not None}

        assert {name: bites for name, bites in bans(without).items() if name not in lifted} == {
            name: bites for name, bites in bans(with_exceptions).items() if name not in lifted
        }


@given(answers(), st.sampled_from(["machine-learning", "checklist", "list", "rules"]))
def test_no_technique_lets_a_system_out(told: dict[str, Answer], technique: str) -> None:
    system = described(told)

    assert screen(system, BOOKS, on=ON) == screen(replace(system, techniques=(Technique(technique),)), BOOKS, on=ON)


@given(answers())
def test_evidence_alone_never_prohibits(told: dict[str, Answer]) -> None:
    shown = {name: replace(answer, evidence=PROOF) for name, answer in told.items()}

    for was, now in zip(screen(described(told), BOOKS, on=ON), screen(described(shown), BOOKS, on=ON), strict=True):
        assert now.finding is not Finding.PROHIBITED or was.finding.prohibits


# --- every word of the vocabulary can matter ---


def meeting(condition: Condition, wanted: conditions.Test | None = None, word: str | None = None) -> dict[str, Answer]:
    """Answers by which a condition holds, by way of the test (and word) wanted where there is one."""
    match condition:
        case AllOf(parts=parts):
            found: dict[str, Answer] = {}
            for part in parts:
                found = joined(found, meeting(part, wanted, word))
            return found
        case AnyOf(parts=parts):
            chosen = next((part for part in parts if wanted is not None and wanted in conditions.tests(part)), parts[0])
            return meeting(chosen, wanted, word)
        case Is(fact=fact, wanted=value):
            return {fact: Answer(value=value, evidence=PROOF)}
        case Among(fact=fact, words=words):
            chosen_word = word if condition is wanted and word is not None else min(words)
            return {fact: Answer(value=Several(words=frozenset({chosen_word})), evidence=PROOF)}
        case OnDay(fact=fact, since=since, before=before):
            day = since if since is not None else before - timedelta(days=1) if before is not None else ON
            return {fact: Answer(value=day, evidence=PROOF)}
        case InClass():
            return {}


def joined(one: dict[str, Answer], other: dict[str, Answer]) -> dict[str, Answer]:
    both = dict(one)
    for name, answer in other.items():
        if name in both and isinstance(both[name].value, Several) and isinstance(answer.value, Several):
            words = both[name].value.words | answer.value.words
            both[name] = Answer(value=Several(words=words), evidence=PROOF)
        else:
            both[name] = answer
    return both


def occurrences(fact: str, word: str | None) -> list[tuple[Rulebook, Rule, Condition, conditions.Test]]:
    return [
        (book, rule, condition, test)
        for book in BOOKS
        for rule in book.rules
        for condition in (rule.when, *(lift.when for lift in rule.lifts), *(w.when for w in rule.windows if w.when is not None))
        for test in conditions.tests(condition)
        if test.fact == fact and (word is None or word in getattr(test, "words", ()))
    ]


WORDS = [(fact.name, word.word) for fact in FACTS.values() for word in fact.words]
WORDS += [(fact.name, None) for fact in FACTS.values() if not fact.words]


@pytest.mark.parametrize(("fact", "word"), WORDS, ids=[f"{fact}: {word}" for fact, word in WORDS])
def test_every_word_of_the_vocabulary_can_change_a_ruling(fact: str, word: str | None) -> None:
    assert any(matters(book, rule, condition, test, word) for book, rule, condition, test in occurrences(fact, word))


def matters(book: Rulebook, rule: Rule, condition: Condition, test: conditions.Test, word: str | None) -> bool:
    """Whether the rule's ruling changes on some day when the answer that the test wants is taken back, in one of its windows."""
    told = joined(in_its_classes(book, rule), joined(meeting(rule.when, test, word), meeting(condition, test, word)))
    inside = [meeting(window.when) for window in rule.windows if window.when is not None]
    return any(taken_back(book, rule, joined(place, told), test, word) for place in (*inside, {}))


def taken_back(book: Rulebook, rule: Rule, told: dict[str, Answer], test: conditions.Test, word: str | None) -> bool:
    without = {**told, test.fact: opposite(told[test.fact].value, test, word)}
    days = {day for window in rule.windows for day in window.boundaries()} | {ON, book.checked_on}
    return any(ruling(book, rule, told, on=on) != ruling(book, rule, without, on=on) for on in days)


def in_its_classes(book: Rulebook, rule: Rule) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for name in classes(rule.when):
        found = joined(found, meeting(next(other for other in book.rules if other.in_class == name).when))
    return found


def opposite(value: Value, test: conditions.Test, word: str | None) -> Answer:
    if isinstance(value, Several):
        taken = test.words if isinstance(test, Among) else frozenset()
        return Answer(value=Several(words=value.words - taken - {word or ""}), evidence=PROOF)
    if isinstance(value, date):
        far = date(1990, 1, 1) if isinstance(test, OnDay) and test.since is not None else date(2090, 1, 1)
        return Answer(value=far, evidence=PROOF)
    return Answer(value=Ternary.NO if value is Ternary.YES else Ternary.YES, evidence=PROOF)


def ruling(book: Rulebook, rule: Rule, told: dict[str, Answer], *, on: date) -> tuple[Ternary, Ternary]:
    (verdict,) = screen(described(told), [book], on=on)
    found = next(ruling for ruling in verdict.rulings if ruling.rule.id == rule.id)
    return found.bites, found.applies
