"""A question as it is put: its text, why it is asked, by which rules, and what may answer it."""

from __future__ import annotations

from habeas.rules.interview import Question
from habeas.terms.description import Technique
from habeas.terms.vocabulary import Fact, Kind

MOST_NAMED = 3
KEYS = "? tells more, back returns, stop saves and ends"
PLACES = "In which countries is it used? Codes such as NL, GB-ENG, separated by commas; none if unknown."
TECHNIQUE = (
    f"How does it work inside ({', '.join(f'{number} {one.value}' for number, one in enumerate(Technique, 1))})? "
    "Several, separated by commas. It is written down for readers; no rule asks for it, and no technique lets a system out."
)
SHOWN = "What shows this? Without it, the answer counts as unknown where a rule wants it shown:"
WHAT = "Name the document; or Enter if there is nothing yet."
WHERE = "Where is it? A file, a page, an address; or Enter."
BY = "Who stands for it? A role, such as head of the unit; or Enter."


def asked(question: Question) -> str:
    """The question with everything that helps to answer it."""
    named = [f"{asker.book.short} {asker.rule.id} ({asker.rule.title})" for asker in question.askers]
    rest = len(named) - MOST_NAMED
    rules = "; ".join(named[:MOST_NAMED]) + (f"; and {rest} more" if rest > 0 else "")
    fact = question.fact
    return "\n".join([fact.question, f"Why: {fact.why}", f"Asked by: {rules}.", *_words(fact), choices(fact)])


def _words(fact: Fact) -> list[str]:
    return [f"  {number} {word.word}: {word.means}" for number, word in enumerate(fact.words, 1)]


def choices(fact: Fact) -> str:
    """The line above which an answer is typed."""
    none = "" if fact.at_least_one else " none;"
    what = {
        Kind.YES_NO: "yes, no,",
        Kind.SEVERAL: f"words or their numbers, separated by commas (add unknown if there may be more);{none}",
        Kind.DAY: "a day such as 2024-05-31,",
    }[fact.kind]
    return f"{what} or Enter if it isn't known ({KEYS})"


def explained(question: Question) -> str:
    """More on a question: where the answer can be found, every rule that asks in its own words, and the words again."""
    where = [] if question.fact.find_out is None else [f"Where to find out: {question.fact.find_out}."]
    rules = [f"  {asker.book.short}, {asker.rule.article} ({asker.rule.id}): {asker.rule.text}" for asker in question.askers]
    again = ["The words:", *_words(question.fact)] if question.fact.words else []
    return "\n".join([*where, "The rules that ask:", *dict.fromkeys(rules), *again])
