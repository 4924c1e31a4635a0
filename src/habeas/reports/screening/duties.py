"""What a book asks for besides prohibitions: classes, duties in force, open, and to come, and what people affected may do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from habeas.reports.language.phrases import counted, listed
from habeas.reports.lines.plain_text import wrapped
from habeas.reports.screening import words
from habeas.reports.screening.prohibitions import disputed_lines, labelled, open_lines, reason_lines
from habeas.rules.reasons import Judged, in_force_since
from habeas.rules.rulebook import Outcome, Rule, Rulebook
from habeas.rules.verdicts import Ruling, Verdict
from habeas.terms.answers import Ternary
from habeas.terms.vocabulary import Vocabulary

INDENT = "  "
TERM = re.compile(r"\w+")
CAPITALS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)+")
ASKED = (Outcome.DUTY, Outcome.RIGHT)


def asked_for(verdict: Verdict) -> tuple[Ruling, ...]:
    """The duties and rights that are in force, may be, or come later."""
    return tuple(
        ruling for ruling in verdict.rulings if ruling.rule.outcome in ASKED and (ruling.bites is not Ternary.NO or ruling.upcoming)
    )


def duty_lines(by: Judged, *, vocabulary: Vocabulary, width: int, in_full: bool) -> Iterator[str]:
    """Classes first, then duties and rights by what they serve, a line each; `in_full` with text, reasons, dates and evidence.

    Where the use is prohibited, or the book isn't law where the system is used, duties are only counted, unless they are asked for
    `in_full`.
    """
    found = asked_for(by.verdict)
    if not in_full and (by.verdict.finding.prohibits or by.verdict.binding is Ternary.NO):
        yield from _only_counted(found, by.verdict, width=width)
        return
    yield from _class_lines(by.verdict, width=width)
    for title, some in _parts(found):
        if some:
            yield from ("", *wrapped(f"{title} ({len(some)})", width=width))
            yield from _by_safeguard(some, by, vocabulary=vocabulary, width=width, in_full=in_full)
    if not in_full:
        yield from _disputes(found, width=width)


def _only_counted(found: Sequence[Ruling], verdict: Verdict, *, width: int) -> Iterator[str]:
    if found:
        banned = verdict.finding.prohibits
        said = f"{counted(len(found), 'duty or right', 'duties and rights')} of this book {'would apply besides' if banned else 'apply'}"
        why = "they lift nothing" if banned else "it isn't law where the system is used"
        yield from ("", *wrapped(f"{said}, now or later; {why} (--duties lists them).", width=width))


def _disputes(found: Sequence[Ruling], *, width: int) -> Iterator[str]:
    """Why rules are disputed, each reason once with the rules it is about."""
    for reason in dict.fromkeys(ruling.disputed for ruling in found if ruling.disputed is not None):
        about = [ruling.rule.id for ruling in found if ruling.disputed == reason]
        whom = "all these" if len(about) == len(found) > 1 else ", ".join(about)
        yield from ("", *wrapped(f"Disputed ({whom}): {reason}", width=width, indent=INDENT, first=""))


def _parts(found: Sequence[Ruling]) -> Iterator[tuple[str, list[Ruling]]]:
    duties = [ruling for ruling in found if ruling.rule.outcome is Outcome.DUTY]
    rights = [ruling for ruling in found if ruling.rule.outcome is Outcome.RIGHT]
    yield "Duties in force", [ruling for ruling in duties if ruling.bites is Ternary.YES]
    yield "Duties that hang on something open", [ruling for ruling in duties if ruling.bites is Ternary.UNKNOWN]
    yield "What people affected may do", [ruling for ruling in rights if ruling.bites is Ternary.YES]
    yield "What people affected may perhaps do; it hangs on something open", [r for r in rights if r.bites is Ternary.UNKNOWN]
    yield "To come", sorted((ruling for ruling in found if ruling.upcoming), key=lambda ruling: str(ruling.from_day))


def _class_lines(verdict: Verdict, *, width: int) -> Iterator[str]:
    classed = [ruling for ruling in verdict.rulings if ruling.rule.outcome is Outcome.CLASS and ruling.met is not Ternary.NO]
    for name in dict.fromkeys(ruling.rule.in_class for ruling in classed):
        rulings = [ruling for ruling in classed if ruling.rule.in_class == name and ruling.lifted is None]
        if rulings:
            sure = [ruling for ruling in rulings if ruling.met is Ternary.YES]
            by = listed([words.cited(ruling) for ruling in sure or rulings])
            said = f"Class {name}: {'yes' if sure else 'open'}, by {by}."
            yield from ("", *wrapped(said, width=width, indent=INDENT, first=""))


def _by_safeguard(rulings: Sequence[Ruling], by: Judged, *, vocabulary: Vocabulary, width: int, in_full: bool) -> Iterator[str]:
    order = [*words.SAFEGUARDS, *sorted({_safeguard(ruling.rule) for ruling in rulings} - set(words.SAFEGUARDS))]
    for safeguard in order:
        some = [ruling for ruling in rulings if _safeguard(ruling.rule) == safeguard]
        if some:
            yield from wrapped(words.SAFEGUARDS.get(safeguard, safeguard.capitalize()), width=width, indent=INDENT)
        for ruling in some:
            yield from _line(ruling, width=width)
            if in_full:
                yield from _details(ruling, by, vocabulary=vocabulary, width=width)


def _safeguard(rule: Rule) -> str:
    return words.OTHER if rule.safeguard is None else rule.safeguard


def _line(ruling: Ruling, *, width: int) -> list[str]:
    more = [f"from {ruling.from_day}"] if ruling.upcoming else []
    if ruling.disputed is not None:
        more.append("disputed")
    limit = None if ruling.rule.deadline is None else words.time_limit(ruling.rule.deadline)
    more += [] if limit is None else [limit]
    tail = f" ({'; '.join(more)})" if more else ""
    return wrapped(f"{ruling.rule.title} [{ruling.rule.id}]{tail}", width=width, indent=INDENT * 3, first=f"{INDENT}- ")


def _details(ruling: Ruling, by: Judged, *, vocabulary: Vocabulary, width: int) -> Iterator[str]:
    rule, indent = ruling.rule, INDENT * 2
    yield from wrapped(rule.text, width=width, indent=indent)
    for label, said in _facts(ruling, by):
        yield from labelled(label, said, width=width, indent=indent)
    yield from disputed_lines(ruling, by, width=width, indent=indent)
    met = list(reason_lines(ruling, by, vocabulary=vocabulary, width=width, indent=indent))
    yield from [f"{indent}Met by:", *met] if met else []
    yield from open_lines(ruling, by, vocabulary=vocabulary, width=width, indent=indent)
    yield ""


def where(rule: Rule, book: Rulebook) -> str:
    """Where the text says it, and how far that was checked; the source only where it names more than article and book do."""
    named = _terms(f"{rule.article} {book.title} {book.short}")
    adds = _terms(CAPITALS.sub(lambda found: _initials(found[0], named), rule.source.title)) - named
    said = f"{rule.article}; {rule.source.title}" if adds else rule.article
    return f"{said} ({rule.confidence.value})"


def _terms(text: str) -> frozenset[str]:
    return frozenset(TERM.findall(text.casefold()))


def _initials(name: str, known: frozenset[str]) -> str:
    """`DPA` for a Data Protection Act that is known by its initials."""
    short = "".join(word[0] for word in name.split())
    return short if short.casefold() in known else name


def _facts(ruling: Ruling, by: Judged) -> Iterator[tuple[str, str]]:
    rule, since = ruling.rule, in_force_since(ruling, by)
    yield "Where", where(rule, by.verdict.book)
    if rule.who:
        yield "Upon", ", ".join(rule.who)
    if ruling.bites is not Ternary.NO and since is not None:
        yield "Since" if ruling.bites is Ternary.YES else "Perhaps since", since.isoformat()
    if rule.deadline is not None:
        yield "Deadline", rule.deadline.says if rule.deadline.starts is None else f"{rule.deadline.says} (from: {rule.deadline.starts})"
    if rule.evidence:
        yield "Shown by", "; ".join(rule.evidence)
