"""The catalogue of documented systems: its index, and a page per family."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from habeas.catalogue.entries import Family
from habeas.reports.catalogue.entries import CHECKED, sources_of
from habeas.reports.language.phrases import counted
from habeas.reports.rule_pages.markdown import heading, page, prose, table
from habeas.reports.rule_pages.shelf import FAMILIES, STATUSES, Links, Shelf
from habeas.reports.rule_pages.systems import system_lines
from habeas.reports.screening.table import Row
from habeas.terms.sources import Confidence

LINKS = Links(up="../")

INDEX = """\
# The catalogue of documented systems

Real systems, as others have documented them: no fact stands here without the source in which it was seen, or the word that it is from
memory and must be checked. An entry describes one state of a system, at the time its sources tell of; it may have changed since. A finding
is about the system as described here. It tells no court's or authority's view of it, and it is
[no legal advice](../../explanation/not-legal-advice.md).

What each rulebook finds of them stands in one table: [verdicts](../verdicts.md). In the terminal: `habeas catalogue`."""

FAMILY = """\
Each fact says in which source it was seen, and how far it was checked; the sources stand below each system. Where several are named, it was
seen in at least one of them.{unaddressed} See [all findings in one table](../verdicts.md)."""
UNADDRESSED = " A source without a link: its address was not kept; find it by its title."


def catalogue_index(shelf: Shelf) -> str:
    """Every documented system by family."""
    lines = [INDEX, "", f"{counted(len(shelf.documented), 'system', 'systems')}; {_checked(shelf)}."]
    for family in shelf.families():
        rows = [
            (LINKS.system(row.entry), prose(row.entry.place), prose(row.entry.operator), STATUSES[row.entry.status])
            for row in shelf.of_family(family)
        ]
        lines += ["", heading(2, FAMILIES[family], anchor=family.value), "", *table(("System", "Place", "Operator", "Status"), rows)]
    return page(lines)


def family_page(family: Family, shelf: Shelf) -> str:
    """Every documented system of one family, in full."""
    rows = shelf.of_family(family)
    lines = [heading(1, FAMILIES[family]), "", f"{counted(len(rows), 'documented system', 'documented systems')}. {_legend(rows)}"]
    lines += [*_guidance(family, shelf), *(line for row in rows for line in system_lines(row, shelf))]
    return page(lines)


def _legend(rows: Sequence[Row]) -> str:
    addressed = all(source.where is not None for row in rows for source in sources_of(row.entry))
    return FAMILY.format(unaddressed="" if addressed else UNADDRESSED)


def _guidance(family: Family, shelf: Shelf) -> Iterator[str]:
    ids = {row.entry.id for row in shelf.of_family(family)}
    found = [LINKS.technology(one) for one in shelf.technologies if ids & set(one.examples)]
    if found:
        yield from ("", f"What to ask about such systems: {', '.join(found)}.")


def _checked(shelf: Shelf) -> str:
    counts = {found: sum(row.entry.verified is found for row in shelf.documented) for found in Confidence}
    return "; ".join(f"{number} {CHECKED[found]}" for found, number in counts.items() if number)
