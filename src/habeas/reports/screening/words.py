"""Findings, books, answers and deadlines in words: the same wherever a verdict is told."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.reports.language.phrases import counted
from habeas.reports.screening.subject import OwnBook
from habeas.rules.conditions import Among, InClass, Is, OnDay, Test
from habeas.rules.rulebook import Deadline, Force, Rulebook
from habeas.rules.verdicts import Finding, Ruling, Verdict
from habeas.terms.answers import Answer, Several, Ternary, Value
from habeas.terms.vocabulary import Fact, Vocabulary

FINDINGS = {
    Finding.PROHIBITED: "prohibited",
    Finding.PROHIBITED_UNLESS: "prohibited unless an exception is shown",
    Finding.BLOCKED: "blocked pending evidence",
    Finding.DUTIES: "no prohibition found; duties apply",
    Finding.NO_RULE: "no rule found",
}

UNSURE = "no prohibition found; duties are disputed or hang on open answers"
"""In place of duties that apply, where no duty, class or right of a book is certain."""

MEANINGS = {
    Finding.PROHIBITED: "A rule forbids this use. Duties that are met, good results or a human in between don't lift it.",
    Finding.PROHIBITED_UNLESS: "A rule forbids this use. An exception to it isn't ruled out by what is answered; until each of its "
    "facts is shown, the use is forbidden.",
    Finding.BLOCKED: "Whether a rule forbids this use hangs on what nobody has answered or shown, or on law that is not settled. "
    "Until that is cleared up, the system may not be used.",
    Finding.DUTIES: "No rule of these books was found to forbid this use, as it is described here. That is no permission: the duties come "
    "with it.",
    Finding.NO_RULE: "No rule of these books was found to speak of this use, as it is described here. That is no permission.",
}

SHORT = {
    Finding.PROHIBITED: "PROHIBITED",
    Finding.PROHIBITED_UNLESS: "PROHIBITED unless",
    Finding.BLOCKED: "blocked",
    Finding.DUTIES: "duties",
    Finding.NO_RULE: "no rule",
}
"""For tables."""

BINDING = {
    Ternary.YES: "law where the system is used",
    Ternary.NO: "not law where the system is used; shown for comparison",
    Ternary.UNKNOWN: "law, but the description doesn't say where the system is used",
}
FROM_A_DISPUTED_DAY = " from a disputed day"
STANDARD = "a standard: asked for, binding nobody by itself"

SAFEGUARDS = {
    "prohibition": "Prohibition",
    "bias-testing": "Testing for bias",
    "transparency": "Transparency",
    "evidence-of-decisions": "Evidence of decisions",
    "accountability": "Accountability",
    "data-protection": "Data protection",
    "oversight": "Oversight",
}
"""In the order in which duties are told."""
OTHER = "Other"

MOST_EXPLAINED = 4
"""Words of a question that are told with their meanings; more are only named."""

MOST_NAMED_PLACES = 4

NOT_ADVICE = "This is not legal advice."


def finding(verdict: Verdict) -> str:
    """What a book finds, in words; of duties it tells whether any is certain."""
    certain = any(ruling.bites is Ternary.YES for ruling in verdict.rulings)
    return UNSURE if verdict.finding is Finding.DUTIES and not certain else FINDINGS[verdict.finding]


def together(verdicts: Sequence[Verdict]) -> str:
    """What verdicts of one and the same finding say together: that duties apply where they are certain by one of them."""
    said = [finding(verdict) for verdict in verdicts]
    return next((one for one in said if one != UNSURE), UNSURE)


def not_ours(own: OwnBook) -> str:
    """That a book is somebody's own, though it may bear the id of one of habeas."""
    return f"not {'the' if own.same_id else 'a'} book that habeas brings"


def binding(verdict: Verdict) -> str:
    """Whether the book binds where the system is used."""
    if verdict.binding is None:
        return STANDARD
    return f"{BINDING[verdict.binding]}{FROM_A_DISPUTED_DAY if _from_a_disputed_day(verdict) else ''}"


def short_binding(verdict: Verdict) -> str:
    """The same for a table."""
    if verdict.binding is None:
        return "a standard"
    said = {Ternary.YES: "law there", Ternary.NO: "not law there", Ternary.UNKNOWN: "law; where used isn't told"}[verdict.binding]
    return f"{said}{FROM_A_DISPUTED_DAY if _from_a_disputed_day(verdict) else ''}"


def kind_of(book: Rulebook) -> str:
    """Whether a book is law or a standard, and where it binds."""
    if book.force is Force.STANDARD:
        return "a standard"
    where = ", ".join(book.binds_in) if len(book.binds_in) <= MOST_NAMED_PLACES else f"{len(book.binds_in)} countries"
    return f"law in {where or 'no country yet'}"


def answered(answer: Answer) -> str:
    """What was answered, and whether anything shows it: `no, without evidence`."""
    if answer.value is Ternary.UNKNOWN:
        return "unknown"
    return f"{value(answer.value)}, {'with' if answer.evidence else 'without'} evidence"


def value(given: Value) -> str:
    """The answer itself: `yes`, words, or a day."""
    if isinstance(given, Several):
        said = [*sorted(given.words), *([] if given.complete else ["perhaps others (unknown)"])]
        return ", ".join(said) or "none"
    return given.value if isinstance(given, Ternary) else given.isoformat()


def wanted(test: Test) -> str:
    """What a test asks for: `yes`, `one of predict-place, list-persons`, `2027-12-02 or later`."""
    match test:
        case Is(wanted=answer):
            return answer.value
        case Among(words=words):
            return next(iter(words)) if len(words) == 1 else f"one of {', '.join(sorted(words))}"
        case OnDay(since=since, before=before):
            limits = [None if since is None else f"{since} or later", None if before is None else f"before {before}"]
            return " and ".join(limit for limit in limits if limit is not None)


def met(reason: Test | InClass, answer: Answer, vocabulary: Vocabulary) -> str:
    """A test that holds, as the answer that met it: `purpose: predict-place - says where or when offences will happen`."""
    match reason:
        case InClass(name=name):
            return f"it belongs to the class {name}"
        case Among(fact=name, words=words) if isinstance(answer.value, Several):
            fact = vocabulary.fact(name)
            told = [f"{word.word} - {word.means}" for word in fact.words if word.word in words & answer.value.words]
            return f"{name}: {'; '.join(told)}"
        case _:
            return f"{reason.fact}: {value(answer.value)} - {vocabulary.fact(reason.fact).question}"


def question(fact: Fact, tests: Sequence[Test]) -> str:
    """The question that is open; for one with words, also which words it is about."""
    about = frozenset().union(*(test.words for test in tests if isinstance(test, Among)))
    words = [word for word in fact.words if word.word in about]
    if len(words) == len(fact.words):
        return fact.question
    explained = [f"{word.word} - {word.means}" for word in words] if len(words) <= MOST_EXPLAINED else [word.word for word in words]
    return f"{fact.question} Open: {'; '.join(explained)}."


def time_limit(limit: Deadline) -> str | None:
    """The number of a time limit: `within 72 hours`; None where the text sets none."""
    return None if limit.length is None else f"within {limit.length}"


def cited(ruling: Ruling) -> str:
    """The rule as verdicts cite it: `AIA-5-1-d (Art 5(1)(d))`."""
    return f"{ruling.rule.id} ({ruling.rule.article})"


def only_further_purposes(number: int) -> str:
    """So many rules wouldn't bite if the purposes named were all: `8 rules that hang only on whether it has further purposes`."""
    return f"{counted(number, 'rule that hangs', 'rules that hang')} only on whether it has further purposes"


def _from_a_disputed_day(verdict: Verdict) -> bool:
    """Whether the book is law there, and yet of no rule that may be in force is it settled that it is."""
    in_force = [ruling for ruling in verdict.rulings if ruling.applies is not Ternary.NO]
    disputed = [ruling for ruling in in_force if ruling.applies is Ternary.UNKNOWN and ruling.disputed is not None]
    return verdict.binding is Ternary.YES and bool(in_force) and disputed == in_force
