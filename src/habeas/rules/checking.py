"""What can be wrong with a book although every field is right: its own examples fail, or its classes don't fit; and what it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from habeas.rules.conditions import classes, tests
from habeas.rules.rulebook import Example, Outcome, Rule, Rulebook
from habeas.rules.screening import classes_of, rule_on
from habeas.rules.verdicts import Ruling
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import Kind, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with a book: in which rule (None: the book), in which field of it, and what to do."""

    book: str
    rule: str | None
    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A fact of the vocabulary, or one of its words, that no rule asks for."""

    fact: str
    word: str | None


def faults(book: Rulebook) -> tuple[Fault, ...]:
    """Everything wrong with the book: each example is screened, each class that is asked for must be defined."""
    return (*_class_faults(book), *_example_faults(book), *_change_faults(book))


def day_of(example: Example, book: Rulebook) -> date:
    """The day on which an example is screened."""
    return book.checked_on if example.on is None else example.on


def ruling_on(example: Example, rule: Rule, book: Rulebook) -> Ruling:
    """What the rule says of one of its examples."""
    system = SystemDescription(name="example", version="1", operator="nobody", about=example.says, answers=example.answers)
    return rule_on(rule, system, classes=classes_of(system, book), on=day_of(example, book))


def asked(books: Sequence[Rulebook]) -> dict[str, frozenset[str]]:
    """Per fact that some rule asks for, the words that some rule tests (none where the fact isn't answered by words)."""
    found: dict[str, set[str]] = {}
    for book in books:
        for rule in book.rules:
            for condition in rule.conditions():
                for test in tests(condition):
                    found.setdefault(test.fact, set()).update(getattr(test, "words", ()))
    return {fact: frozenset(words) for fact, words in found.items()}


def unasked(books: Sequence[Rulebook], vocabulary: Vocabulary) -> tuple[Unasked, ...]:
    """What the vocabulary has and no rule of these books asks for, in the order of the vocabulary."""
    known = asked(books)
    return tuple(
        Unasked(fact=fact.name, word=word)
        for fact in vocabulary.facts
        for word in ([known_word.word for known_word in fact.words] if fact.kind is Kind.SEVERAL else [None])
        if fact.name not in known or (word is not None and word not in known[fact.name])
    )


def _class_faults(book: Rulebook) -> Iterator[Fault]:
    defined = {rule.in_class for rule in book.rules if rule.outcome is Outcome.CLASS}
    for rule in book.rules:
        asked_for = frozenset().union(*(classes(condition) for condition in rule.conditions()))
        if rule.outcome is Outcome.CLASS and asked_for:
            message = "a rule that defines a class can't ask for one: name the facts themselves"
            yield Fault(book=book.id, rule=rule.id, field="when", message=message)
        for name in sorted(asked_for - defined):
            message = f"asks for the class {name}, which no rule of this book defines: mend the name, or add the rule"
            yield Fault(book=book.id, rule=rule.id, field="when", message=message)


def _example_faults(book: Rulebook) -> Iterator[Fault]:
    for rule in book.rules:
        for kind, examples, wanted in (("caught", rule.caught, Ternary.YES), ("passed", rule.passed, Ternary.NO)):
            for index, example in enumerate(examples):
                found = ruling_on(example, rule, book).bites
                if found is not wanted:
                    said = f"expected the rule to say {wanted.value} to {example.says!r}; it says {found.value}"
                    yield Fault(book=book.id, rule=rule.id, field=f"examples.{kind}[{index}]", message=f"{said}: mend one of the two")


def _change_faults(book: Rulebook) -> Iterator[Fault]:
    known = {rule.id for rule in book.rules}
    removed = {name for change in book.changes for name in change.removed}
    for index, change in enumerate(book.changes):
        for name in change.rules:
            if name not in known | removed:
                message = (
                    f"names {name}, which is no rule of this book: mend the id; or, if the rule was taken out on purpose, "
                    f"name it under removed of the version that did: removed: [{name}]"
                )
                yield Fault(book=book.id, rule=None, field=f"changes[{index}].rules", message=message)
        for name in change.removed:
            if name in known:
                message = f"says that {name} was removed; it is a rule of this book: take one of the two out"
                yield Fault(book=book.id, rule=None, field=f"changes[{index}].removed", message=message)
