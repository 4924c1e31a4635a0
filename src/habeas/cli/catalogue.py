"""`habeas catalogue`: documented systems and families of technology, with what the rulebooks say of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from habeas.catalogue.entries import Family
from habeas.cli.streams import say, say_document, width
from habeas.cli.usage import WrongUsage, parser, today
from habeas.errors import NotFound
from habeas.reports.catalogue import entries, technologies
from habeas.reports.screening.document import to_bytes
from habeas.rules.screening import screen
from habeas.runs.rulebooks import library

DESCRIPTION = """List the documented systems, or show one with each fact's source and what every
rulebook finds today.

habeas catalogue technology lists the families of technology; with an ID: what
it is, what is claimed, what to ask, how it is tested, what the rulebooks say."""

TECHNOLOGY = "technology"


def run(arguments: Sequence[str]) -> int:
    """Show what is asked for; leaves with 0."""
    found = parser("habeas catalogue", DESCRIPTION)
    found.add_argument("id", nargs="?", metavar="ID", help="an entry of the catalogue, e.g. nl-cas; or the word technology")
    found.add_argument("family_id", nargs="?", metavar="FAMILY-ID", help="after technology: one family, e.g. hot-spot-prediction")
    found.add_argument("--family", choices=[family.value for family in Family], metavar="F", help="only the systems filed under F")
    found.add_argument("--json", action="store_true", help="print JSON instead of words")
    given = found.parse_args(arguments)
    if given.id == TECHNOLOGY:
        _technology(given)
    elif given.family_id is not None:
        raise WrongUsage(
            f"habeas catalogue: expected one ID; got {given.family_id} besides: habeas catalogue technology FAMILY-ID shows a family"
        )
    else:
        _systems(given)
    return 0


def _systems(given: argparse.Namespace) -> None:
    if given.id is None:
        some = [entry for entry in library.catalogue() if given.family in (None, entry.family.value)]
        _tell(given, entries.list_as_text(some, width=width()), entries.list_as_document(some))
        return
    entry = library.entry(given.id)
    verdicts = screen(entry.description, library.books(), on=today())
    shown = entries.as_text(entry, verdicts, vocabulary=library.vocabulary(), width=width())
    _tell(given, shown, entries.as_document(entry, verdicts))


def _technology(given: argparse.Namespace) -> None:
    known = library.families()
    if given.family_id is None:
        _tell(given, technologies.list_as_text(known, width=width()), technologies.list_as_document(known))
        return
    family = next((one for one in known if one.id == given.family_id), None)
    if family is None:
        raise NotFound(f"there is no family of technology {given.family_id}: `habeas catalogue technology` lists all")
    _tell(given, technologies.as_text(family, library.books(), width=width()), technologies.as_document(family, library.books()))


def _tell(given: argparse.Namespace, text: str, document: dict[str, object]) -> None:
    if given.json:
        say_document(to_bytes(document))
    else:
        say(text.rstrip("\n"))
