"""What can be wrong with a book although every field is right: its own examples fail, or its classes don't fit; and what it covers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from habeas.rules.conditions import classes, tests
from habeas.rules.rulebook import Example, Outcome, Rule, Rulebook
from habeas.rules.screening import classes_of, rule_on
from habeas.rules.verdicts import Ruling
from habeas.terms.answers import Ternary
from habeas.terms.description import SystemDescription
from habeas.terms.vocabulary import PURPOSE, Kind, Vocabulary


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
    """Everything wrong with the book: each example is screened, each class that is asked for must be defined.

    A class must be asked for, and an exception be shown by an example that it lifts.
    And each fact that a ban asks for, the purpose aside, stands under its `clears`: no bare answer lets a system out of a ban.
    """
    return (*_class_faults(book), *_clears_faults(book), *_example_faults(book), *_exception_faults(book), *_change_faults(book))


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


def unshown(book: Rulebook) -> tuple[tuple[str, str], ...]:
    """Rules, each with a fact under its `clears`, of which no passed example shows that this answer clears only with its evidence."""
    return tuple((rule.id, fact) for rule in book.rules for fact in rule.clears if not _cleared(rule, fact, book))


def _cleared(rule: Rule, fact: str, book: Rulebook) -> bool:
    shown = [example for example in rule.passed if fact in example.answers and example.answers[fact].evidence]
    bare = (replace(one, answers={**one.answers, fact: replace(one.answers[fact], evidence=())}) for one in shown)
    return any(ruling_on(example, rule, book).bites is Ternary.UNKNOWN for example in bare)


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
    yield from _idle_classes(book)


def _idle_classes(book: Rulebook) -> Iterator[Fault]:
    wanted = frozenset().union(*(classes(condition) for rule in book.rules for condition in rule.conditions()))
    for rule in book.rules:
        if rule.in_class is not None and rule.in_class not in wanted:
            message = f"no rule asks for the class {rule.in_class}: mend the name, or add the rule that attaches to it"
            yield Fault(book=book.id, rule=rule.id, field="class", message=message)


def _exception_faults(book: Rulebook) -> Iterator[Fault]:
    for rule in book.rules:
        rulings = [ruling_on(example, rule, book) for example in rule.passed]
        biting = [found for found in rulings if found.met is found.applies is Ternary.YES]
        lifting = {one.lift.id for found in biting for one in found.lifts if one.shown is Ternary.YES}
        for index, lift in enumerate(rule.lifts):
            if lift.id not in lifting:
                message = f"no passed example shows the exception {lift.id}: add one that the rule would catch and that it lifts"
                yield Fault(book=book.id, rule=rule.id, field=f"exceptions[{index}]", message=message)


def _clears_faults(book: Rulebook) -> Iterator[Fault]:
    for rule in book.rules:
        if rule.outcome is Outcome.PROHIBITED:
            for fact in sorted({test.fact for test in tests(rule.when)} - {PURPOSE} - rule.clears.keys()):
                message = f"a bare answer to {fact} would let a system out of this ban: say under clears what must show it"
                yield Fault(book=book.id, rule=rule.id, field="clears", message=message)


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
