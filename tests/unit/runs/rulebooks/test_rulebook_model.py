"""A rulebook file with one thing wrong is refused with file, line, field, what was expected, what came, and what to do."""

from __future__ import annotations

from datetime import date

import pytest

from habeas.errors import BadRulebook
from habeas.rules.checking import faults
from habeas.rules.conditions import AllOf, Among, InClass, OnDay
from habeas.rules.rulebook import Change, Deadline, Force, Outcome, Reader, Window
from habeas.runs.rulebooks.library import vocabulary
from habeas.runs.rulebooks.rule_model import RULE, RulePart
from habeas.runs.rulebooks.rulebook_model import RulebookFile
from habeas.runs.yaml_text.door import parse
from habeas.runs.yaml_text.inline import inline
from habeas.runs.yaml_text.part import written_fields
from habeas.terms.answers import Answer, Evidence, Several, Ternary
from habeas.terms.sources import Confidence, Source
from screens.book_texts import book

WHEN = "when: {purpose: [list, predict]}"
CLASSED = "when: {class: dangerous}"
BEFORE = "when: {since: {before: 2020-01-01}}"
LETTER = "{says: A letter writer., answers: {purpose: [draft]}}"
LIMIT = "deadline: {says: without delay, starts: first use}"
LIFT = "        evidence: {human_decides: how often people depart from it}\n"

REFUSED = [
    ("habeas: rulebook/1", "habeas: rulebook/2", 'line 1, habeas: expected rulebook/1; got "rulebook/2": write e.g. habeas: rulebook/1'),
    ("force: law", "force: laws", 'line 5, force: expected one of law, standard; got "laws": did you mean law?'),
    (
        "checked_on: 2026-11-22",
        "checked_on: 22.11.2026",
        'line 7, checked_on: expected a day; got "22.11.2026": write year, month and day, e.g. 2027-12-02',
    ),
    ("binds_in: [XA]", "binds_in: [XA, UK]", 'line 8, binds_in[1]: expected a code of ISO 3166; got "UK": did you mean GB?'),
    ("id: small", "id: small law", 'line 2, id: expected a name of letters, digits and hyphens; got "small law": write e.g. id: eu-ai-act'),
    (
        'version: "2"\nchecked',
        'version: "3"\nchecked',
        "line 12, changes: expected the newest first, of version 3; write what this version changed",
    ),
    (
        "source: {title: Gazette, where: https://gazette.example/1, read_on: 2026-11-21}",
        "source: {where: https://gazette.example/1}",
        'line 10, source.title: missing; write e.g. title: "Regulation (EU) 2024/1689, Art 5"',
    ),
    (WHEN, "when: {purpose: [lists]}", 'line 22, rules[0].when.purpose[0]: expected a word of purpose; got "lists": did you mean list?'),
    (
        "outcome: duty",
        "outcome: must",
        'line 60, rules[2].outcome: expected one of prohibited, class, duty, right; got "must": write e.g. outcome: prohibited',
    ),
    (
        "outcome: duty",
        "outcome: class",
        "line 56, rules[2].class: S-3 gives the outcome class; expected a class exactly where the outcome is class",
    ),
    (
        "outcome: prohibited",
        "outcome: prohibited\n    class: dangerous",
        "line 21, rules[0].class: S-1 gives the outcome prohibited; expected a class exactly where the outcome is class",
    ),
    (
        "confidence: mixed",
        "clears: {purpose: a paper}\n    confidence: mixed",
        "line 52, rules[1].clears: purpose is not asked for by S-2: remove it, or ask for it under when",
    ),
    (
        "confidence: mixed",
        "confidence: sure",
        'line 52, rules[1].confidence: expected one of source, secondary, mixed, memory; got "sure": did you mean source?',
    ),
    (
        "      passed: [{says: A new tool., answers: {since: 2020-01-01}}]\n",
        "",
        "line 53, rules[1].examples.passed: missing; write e.g. passed: [{says: A drafting tool., answers: {purpose: [assist-casework]}}]",
    ),
    (
        "caught: [{says: An old tool., answers: {since: 2019-12-31}}]",
        "caught: []",
        (
            "line 54, rules[1].examples.caught: expected at least one; got an empty list: "
            "write e.g. caught: [{says: A list of people., answers: {purpose: [list-persons]}}]"
        ),
    ),
    (
        LIFT,
        "        evidence: {human_decides: a study, purpose: a brochure}\n",
        "line 28, rules[0].exceptions[0].evidence: purpose is not asked for by this exception: remove it, or ask for it under when",
    ),
    (
        LIFT,
        "        evidence: {}\n",
        (
            "line 28, rules[0].exceptions[0].evidence: expected what shows each fact that the exception rests on; "
            "human_decides is missing: add it"
        ),
    ),
    (
        LIFT,
        "",
        "line 24, rules[0].exceptions[0].evidence: missing; write e.g. evidence: {facts_objective_and_verifiable: the list of facts}",
    ),
    (
        "from: 2026-08-02, until: 2027-12-01",
        "from: 2026-08-02, until: 2026-08-01",
        "line 63, rules[2].applies[0]: applies: expected from to be no later than until; got no day in between: mend one of them",
    ),
    (
        "applies: [{basis: Art 9}]",
        "applies: []",
        'line 50, rules[1].applies: expected at least one; got an empty list: write e.g. applies: [{from: "2025-02-02", basis: Art 113}]',
    ),
    (
        "applies: [{basis: Art 9}]",
        "applies: [{from: 2020-01-01}]",
        'line 50, rules[1].applies[0].basis: missing; write e.g. basis: "Art 113, third paragraph, (a)"',
    ),
    (
        "applies: [{basis: Art 9}]",
        "applies: [{basis: Art 9, till: 2020-01-01}]",
        "line 50, rules[1].applies[0].till: not a field of rules[1].applies[0]; did you mean until?",
    ),
    (
        LIMIT,
        "deadline: {says: in 3 days, within: 3}",
        "line 66, rules[2].deadline: expected within and unit together, or neither; got one of them: write e.g. within: 72, unit: hours",
    ),
    (
        LIMIT,
        "deadline: {says: in 3 days, within: 3, unit: day}",
        'line 66, rules[2].deadline.unit: expected one of hours, days, weeks, months, years; got "day": did you mean days?',
    ),
]


def refusal(*changes: tuple[str, str]) -> str:
    with pytest.raises(BadRulebook) as refused:
        book(*changes)
    return str(refused.value)


@pytest.mark.parametrize(("old", "new", "message"), REFUSED, ids=[new.strip() or f"no {old.strip()}" for old, new, _ in REFUSED])
def test_what_is_wrong_is_told_with_file_line_and_field(old: str, new: str, message: str) -> None:
    assert refusal((old, new)) == f"small.yaml {message}"


def test_an_unknown_key_is_refused_with_its_line_and_the_nearest_name() -> None:
    assert refusal(("confidence: mixed", "confidence: mixed\n    excaptions: []")) == (
        "small.yaml line 53, rules[1].excaptions: not a field of rules[1]; did you mean exceptions?"
    )


def test_a_field_that_is_missing_is_told_without_a_line() -> None:
    assert refusal(("title: A small law\n", "")) == 'small.yaml, title: missing; write e.g. title: "Regulation (EU) 2024/1689 (AI Act)"'


def test_an_id_that_two_rules_have_is_told_at_both_with_their_lines() -> None:
    assert refusal(("  - id: S-2", "  - id: S-1")).splitlines() == [
        "small.yaml line 16, rules[0].id: S-1 is the id of rules[1] too: every rule needs an id of its own",
        "small.yaml line 43, rules[1].id: S-1 is the id of rules[0] too: every rule needs an id of its own",
    ]


def test_what_the_advice_says_to_write_makes_a_book_that_is_in_order() -> None:
    fields = {name: field.examples for name, field in written_fields(RulebookFile).items()}
    text = "\n".join(f"{name}: {inline(examples[0])}" for name, examples in fields.items() if examples)
    read = parse(text, top=RulebookFile, name="advice.yaml", kind=BadRulebook, context={"vocabulary": vocabulary()}).value()

    assert fields.keys() == {line.split(":")[0] for line in text.splitlines()}
    assert (len(read.readers), len(read.changes), len(read.rules)) == (1, 1, 1)
    assert faults(read) == ()


@pytest.mark.parametrize("field", ["exceptions", "examples", "applies", "deadline", "who", "clears"])
def test_what_the_advice_says_to_write_in_a_rule_can_be_read(field: str) -> None:
    (example,) = written_fields(RulePart)[field].examples or [None]
    rule = RulePart.model_validate(
        {**RULE, "when": {"based_solely_on_profiling": "yes"}, field: example}, context={"vocabulary": vocabulary()}
    )

    assert rule.value().id == RULE["id"]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_lines() -> None:
    told = refusal(("force: law", "force: rule"), (WHEN, "when: {purposes: [list]}"), ("confidence: mixed", "confidence: high"))

    assert [line.partition(":")[0] for line in told.splitlines()] == [
        "small.yaml line 5, force",
        "small.yaml line 22, rules[0].when.purposes",
        "small.yaml line 52, rules[1].confidence",
    ]


def test_nobody_can_write_a_rule_on_the_technique() -> None:
    assert refusal((WHEN, "when: {technique: [checklist]}")) == (
        "small.yaml line 22, rules[0].when.technique: not a fact of the vocabulary; "
        "write one of purpose, human_decides, since, all, any, class"
    )


def test_nobody_can_write_a_rule_with_not() -> None:
    assert refusal((WHEN, "when: {not: {purpose: [list]}}")).startswith("small.yaml line 22, rules[0].when.not: not a fact")


def test_a_book_is_read_as_it_is_written() -> None:
    read = book()

    assert (read.id, read.short, read.force, read.version) == ("small", "Small law", Force.LAW, "2")
    assert (read.checked_on, read.binds_in, read.readers) == (date(2026, 11, 22), ("XA",), ())
    assert read.source == Source(title="Gazette", where="https://gazette.example/1", read_on=date(2026, 11, 21))
    assert read.changes[0] == Change(version="2", on=date(2026, 11, 22), what="The ban on lists.", rules=("S-1",))
    assert [(rule.id, rule.outcome, rule.in_class) for rule in read.rules] == [
        ("S-1", Outcome.PROHIBITED, None),
        ("S-2", Outcome.CLASS, "dangerous"),
        ("S-3", Outcome.DUTY, None),
    ]


def test_a_rule_is_read_as_it_is_written() -> None:
    ban, old, office = book().rules

    assert ban.when == Among(fact="purpose", words=frozenset({"list", "predict"}))
    assert (ban.who, ban.confidence, ban.source) == (("everybody",), Confidence.SOURCE, Source(title="Gazette"))
    assert [(lift.id, dict(lift.evidence)) for lift in ban.lifts] == [("human", {"human_decides": "how often people depart from it"})]
    assert old.when == OnDay(fact="since", before=date(2020, 1, 1))
    assert office.when == InClass(name="dangerous")
    assert office.deadline == Deadline(says="without delay", starts="first use")
    assert office.windows[1] == Window(start=date(2027, 12, 2), basis="Art 10")


def test_an_example_is_read_with_its_answers_evidence_and_day() -> None:
    letter, human, before = book().rules[0].passed

    assert letter.answers == {"purpose": Answer(value=Several(words=frozenset({"draft"})))}
    assert human.answers["human_decides"] == Answer(value=Ternary.YES, evidence=(Evidence(what="a study", by="auditor"),))
    assert before.on == date(2026, 1, 31)


def test_readers_are_read() -> None:
    read = book(("unsettled:", "readers: [{name: A. Example, role: solicitor, on: 2026-12-01}]\nunsettled:"))

    assert read.readers == (Reader(name="A. Example", role="solicitor", on=date(2026, 12, 1)),)


def test_lines_of_one_mapping_must_all_hold() -> None:
    read = book((WHEN, "when: {purpose: [list, predict], class: dangerous}"))

    assert read.rules[0].when == AllOf(parts=(Among(fact="purpose", words=frozenset({"list", "predict"})), InClass(name="dangerous")))
