"""The questions that rules ask, to read on a terminal, with the rules that ask them."""

from __future__ import annotations

from collections.abc import Sequence

from habeas.reports.language.phrases import counted
from habeas.reports.lines import plain_text as text
from habeas.rules.conditions import tests
from habeas.rules.rulebook import Rule, Rulebook
from habeas.terms.vocabulary import Fact, Kind, Vocabulary

KINDS = {Kind.YES_NO: "yes or no", Kind.SEVERAL: "any number of words", Kind.DAY: "a day"}


def render_vocabulary(vocabulary: Vocabulary, *, width: int = 80) -> str:
    """Every question with the name of its fact."""
    width = max(width, text.NARROWEST)
    lines = text.wrapped(f"{counted(len(vocabulary.facts), 'question', 'questions')}, in the order in which people are asked.", width=width)
    for fact in vocabulary.facts:
        lines += text.wrapped(f"{fact.name} ({KINDS[fact.kind]})", width=width)
        lines += text.wrapped(fact.question, width=width, indent="    ")
    return "\n".join([*lines, "", *text.wrapped("One question with its words: habeas rules show vocabulary FACT", width=width)])


def render_fact(fact: Fact, books: Sequence[Rulebook], *, width: int = 80) -> str:
    """One question in full: why it is asked, who can tell, the words that may answer it, and which rules ask it."""
    width = max(width, text.NARROWEST)
    lines = [*text.wrapped(f"{fact.name}: {fact.question}", width=width), text.rule(width)]
    known = [("Answer", KINDS[fact.kind]), ("Why", fact.why), *([("Find out", fact.find_out)] if fact.find_out is not None else [])]
    known += [("A yes says", f"{name}: {', '.join(sorted(words))}") for name, words in fact.implies]
    lines += text.labelled(known, width=width)
    if fact.words:
        lines += text.heading("Words that may answer it")
        for word in fact.words:
            lines += text.wrapped(f"{word.word}: {word.means}", width=width, indent="    ", first="- ")
    lines += text.heading("Rules that ask it")
    for book in books:
        asking = [rule.id for rule in book.rules if asks(rule, fact)]
        lines += text.wrapped(f"{book.id}: {', '.join(asking) or 'none'}", width=width, indent="    ", first="- ")
    return "\n".join(line.rstrip() for line in lines)


def asks(rule: Rule, fact: Fact) -> bool:
    """Whether the rule, one of its exceptions or one of its windows asks the question."""
    return any(test.fact == fact.name for condition in rule.conditions() for test in tests(condition))
