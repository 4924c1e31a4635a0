"""What every book finds of every system of the catalogue: counts first, then the systems; those from memory apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from habeas.catalogue.entries import Family
from habeas.reports.language.phrases import counted, listed
from habeas.reports.rule_pages.markdown import bullets, folded, heading, page, prose, table
from habeas.reports.rule_pages.shelf import FAMILIES, Links, Shelf, of_family
from habeas.reports.rule_pages.systems import techniques
from habeas.reports.screening.table import BINDING, DATED, DATED_MEANS, NO_VERDICT, Row, counts
from habeas.reports.screening.words import FINDINGS, MEANINGS, SHORT
from habeas.rules.reasons import blocking, judged
from habeas.rules.rulebook import Rulebook
from habeas.rules.verdicts import Finding, Verdict
from habeas.terms.answers import Ternary
from habeas.terms.description import Technique

LINKS = Links()
BAN = "fair-trials"
"""The book that asks for a ban on predicting, profiling and scoring people and places."""
BY_HAND = {Technique.CHECKLIST, Technique.LIST}
MOST_NAMED = 2

OPENING = """\
---
hide:
  - toc
---

# What the books find of documented systems

Each documented system, screened by each book as of **{on}**. The same system gets different findings from different books, because they
ask for different things: so there is one finding per book, never a single mark. {no_verdict}

{legend}

**~** after a finding: this law isn't law where the system is used; it is shown for comparison. **?**: where it is used isn't known.
Make the table yourself, also for another day: `habeas screen --catalogue --on {on}`.

On this page: [counts](#counts), [the ban that Fair Trials asks for](#ban), [checklists and lists](#checklists),
[forecasts of places](#places), [which rules block](#blocking), [system by system](#systems),
[described from memory](#from-memory)."""

FROM_MEMORY = """\
These {number} are described from memory, not checked, not part of the catalogue; they only test the screen. Nothing said of them here
may be quoted as a fact."""


def verdicts_page(shelf: Shelf) -> str:
    """The page."""
    legend = "\n".join(table(("Finding", "What it means"), ((_short(finding), MEANINGS[finding]) for finding in Finding)))
    lines = [OPENING.format(on=shelf.on, no_verdict=NO_VERDICT, legend=legend), *_counts(shelf), *_ban(shelf), *_by_hand(shelf)]
    return page([*lines, *_places(shelf), *_blocking(shelf), *_systems(shelf), *_from_memory(shelf)])


def refused(rows: Sequence[Row], book: str) -> tuple[Row, ...]:
    """The systems that a book prohibits."""
    return tuple(row for row in rows if verdict_of(row, book).finding.prohibits)


def verdict_of(row: Row, book: str) -> Verdict:
    """What the book with this id finds."""
    return next(verdict for verdict in row.verdicts if verdict.book.id == book)


def _counts(shelf: Shelf) -> Iterator[str]:
    found = counts(shelf.documented)
    head = ("Book", *(FINDINGS[finding] for finding in Finding))
    yield from ("", heading(2, f"How many of {len(shelf.documented)} documented systems", anchor="counts"), "")
    yield from table(head, ((LINKS.book(book), *(str(found[book.id][finding]) for finding in Finding)) for book in shelf.books))
    differing = sum(row.differs for row in shelf.documented)
    everyone = "All" if differing == len(shelf.documented) else f"{differing} of the"
    yield from ("", f"{everyone} {len(shelf.documented)} get different findings from different books.", "")
    yield from (line for book in shelf.books for line in _unsure(shelf, book))
    yield from folded("The same by family", table(("Family", "Systems", *(book.short for book in shelf.books)), _by_family(shelf)))


def _unsure(shelf: Shelf, book: Rulebook) -> Iterator[str]:
    """That no duty found is certain, where none is."""
    verdicts = [verdict_of(row, book.id) for row in shelf.documented]
    duties = [verdict for verdict in verdicts if verdict.finding is Finding.DUTIES]
    unsure = [verdict for verdict in duties if not any(ruling.bites is Ternary.YES for ruling in verdict.rulings)]
    if unsure:
        systems = counted(len(duties), "system", "systems")
        yield f"{LINKS.book(book)} finds duties for {systems}; for {len(unsure)} of them none is certain: each hangs on an open answer, or"
        yield from ("on law that is disputed.", "")


def _by_family(shelf: Shelf) -> Iterator[Sequence[str]]:
    for family in shelf.families():
        rows = shelf.of_family(family)
        yield LINKS.family(family), str(len(rows)), *(_numbers(rows, book) for book in shelf.books)


def _numbers(rows: Sequence[Row], book: Rulebook) -> str:
    found = Counter(verdict_of(row, book.id).finding for row in rows)
    return "<br>".join(f"{found[finding]} {_short(finding)}" for finding in Finding if found[finding])


def _ban(shelf: Shelf) -> Iterator[str]:
    everything = (*shelf.documented, *shelf.unverified)
    caught = refused(everything, BAN)
    rows = []
    for family in Family:
        of_all, documented = of_family(everything, family), of_family(refused(shelf.documented, BAN), family)
        banned = of_family(caught, family)
        if banned:
            rows.append((FAMILIES[family], *map(str, (len(banned), len(of_all), len(documented), len(banned) - len(documented)))))
    others = len(everything) - sum(int(of_all) for _, _, of_all, *_ in rows)
    rows.append(("Other families", "0", str(others), "0", "0"))
    total = (len(caught), len(everything), len(refused(shelf.documented, BAN)), len(refused(shelf.unverified, BAN)))
    rows.append(("**All families**", *(f"**{number}**" for number in total)))
    yield from ("", heading(2, "What the ban that Fair Trials asks for would cover", anchor="ban"), "")
    yield f"There are {len(everything)} descriptions: {len(shelf.documented)} of documented systems, {len(shelf.unverified)} from memory, "
    yield f"which only test the screen. Of all {len(everything)}, **{len(caught)} fall under the ban**:"
    yield from ("", *table(("Family", "Under the ban", "of all", "of them documented", "of them from memory"), rows))


def _by_hand(shelf: Shelf) -> Iterator[str]:
    by_hand = [row for row in shelf.documented if BY_HAND & set(row.entry.description.techniques)]
    caught = refused(by_hand, BAN)
    spared = [row for row in by_hand if row not in caught]
    yield from ("", heading(2, "Checklists and lists are caught too", anchor="checklists"), "")
    yield "No rule asks how a system works inside, so nothing is let off for being a paper checklist or a list kept by hand. Of the "
    yield f"{counted(len(by_hand), 'documented system', 'documented systems')} that are checklists or lists, at least in part, "
    yield f"{len(caught)} fall under that ban:"
    yield from ("", *bullets(_with_technique(row) for row in caught))
    if spared:
        yield from ("", f"Not under the ban, because of what they are used for: {listed([LINKS.system(row.entry) for row in spared])}.")


def _with_technique(row: Row) -> str:
    return f"{LINKS.system(row.entry)}, {prose(row.entry.place)} ({techniques(row.entry)})"


def _places(shelf: Shelf) -> Iterator[str]:
    rows = shelf.of_family(Family.PLACE_BASED)
    yield from ("", heading(2, "The same forecasts of places, different findings", anchor="places"), "")
    yield f"{counted(len(rows), 'documented system says', 'documented systems say')} where offences will happen. The books disagree:"
    yield from ("", *bullets(f"{LINKS.book(book)}: {_findings(rows, book)}" for book in shelf.books))
    yield from ("", "Why one book has no rule on places, or leaves open what it says of them, stands with what is unsettled in it.")


def _findings(rows: Sequence[Row], book: Rulebook) -> str:
    verdicts = [verdict_of(row, book.id) for row in rows]
    by_finding = {finding: [verdict for verdict in verdicts if verdict.finding is finding] for finding in Finding}
    return ". ".join(f"{len(some)} {FINDINGS[finding]}{_by(some, book)}" for finding, some in by_finding.items() if some) or "none"


def _by(verdicts: Sequence[Verdict], book: Rulebook) -> str:
    deciding = {ruling.rule.id for verdict in verdicts for ruling in verdict.deciding}
    rules = [LINKS.rule(book, rule) for rule in book.rules if rule.id in deciding]
    return f", by {listed(rules)}" if rules else ""


def _blocking(shelf: Shelf) -> Iterator[str]:
    yield from ("", heading(2, "Which rules block most often", anchor="blocking"), "")
    yield "A rule blocks where nobody documented what it asks. That says something of what is public: whoever runs the system can answer."
    rows = []
    for book in shelf.books:
        blocked = [verdict for row in shelf.documented for verdict in row.verdicts if verdict.book.id == book.id]
        found = Counter(ruling.rule.id for verdict in blocked if verdict.finding is Finding.BLOCKED for ruling in verdict.deciding)
        rows += [
            (LINKS.book(book), LINKS.rule(book, book.rule(name)), prose(book.rule(name).title), str(n)) for name, n in found.most_common()
        ]
    yield from ("", *table(("Book", "Rule", "What it is about", "Systems blocked"), rows))


def _systems(shelf: Shelf) -> Iterator[str]:
    yield from ("", heading(2, "System by system", anchor="systems"), "")
    yield f"Up to {MOST_NAMED} of the rules that decided are named; the system's own entry names all, and every answer it is screened by."
    yield f"**{DATED.strip()}** after a name: {DATED_MEANS}."
    for family in shelf.families():
        rows = [(f"{LINKS.system(row.entry)}{DATED if row.entry.dated else ''}", *_cells(row)) for row in shelf.of_family(family)]
        yield from ("", heading(3, FAMILIES[family], anchor=family.value), "", *table(_head(shelf), rows))


def _from_memory(shelf: Shelf) -> Iterator[str]:
    head = ("Description", "Family", *(LINKS.book(book) for book in shelf.books))
    some = sorted(shelf.unverified, key=lambda row: (list(Family).index(row.entry.family), row.entry.id))
    rows = [(f"`{row.entry.id}`", FAMILIES[row.entry.family], *(_finding(verdict) for verdict in row.verdicts)) for row in some]
    yield from ("", heading(2, "Not in the catalogue: described from memory", anchor="from-memory"), "")
    yield from ('!!! warning "Not checked"', "", f"    {' '.join(FROM_MEMORY.format(number=len(rows)).split())}", "")
    yield from table(head, rows)


def _head(shelf: Shelf) -> tuple[str, ...]:
    return ("System", *(LINKS.book(book) for book in shelf.books))


def _cells(row: Row) -> Iterator[str]:
    yield from (_cell(verdict, row) for verdict in row.verdicts)


def _cell(verdict: Verdict, row: Row) -> str:
    others, only_purposes = blocking(judged(row.entry.description, verdict))
    deciding = (*others, *only_purposes) if verdict.finding is Finding.BLOCKED else verdict.deciding
    named = [LINKS.rule(verdict.book, ruling.rule) for ruling in deciding[:MOST_NAMED]]
    more = len(verdict.deciding) - len(named)
    rest = [LINKS.system(row.entry, f"and {more} more")] if more else []
    return "<br>".join([_finding(verdict), *named, *rest])


def _finding(verdict: Verdict) -> str:
    return f"{_short(verdict.finding)}{BINDING[verdict.binding]}"


def _short(finding: Finding) -> str:
    said = SHORT[finding].lower()
    return f"**{said}**" if finding.prohibits else said
