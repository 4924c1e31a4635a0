"""`habeas catalogue`: documented systems and families of technology, with what the rulebooks say of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from habeas.catalogue.entries import Entry, Family
from habeas.catalogue.families import Guidance
from habeas.catalogue.finding import find, nearest
from habeas.cli.streams import say, say_document, width
from habeas.cli.usage import parser, today
from habeas.errors import NotFound
from habeas.reports.catalogue import entries, technologies
from habeas.reports.documents.writing import to_bytes
from habeas.runs.rulebooks import library
from habeas.runs.screens.screening import catalogue_row

DESCRIPTION = """List the documented systems, or show one with each fact's source and what every
rulebook finds today.

habeas catalogue WORD finds systems by id, name, place, operator, vendor or
family, in any case: one is shown, several are listed.

habeas catalogue technology lists the families of technology; with a WORD: what
it is, what is claimed, what to ask, how it is tested, what the rulebooks say."""

TECHNOLOGY = "technology"
ALL = f"`habeas catalogue` lists the systems, `habeas catalogue {TECHNOLOGY}` the families of technology"


def run(arguments: Sequence[str]) -> int:
    """Show what is asked for; leaves with 0."""
    found = parser("habeas catalogue", DESCRIPTION)
    found.add_argument(
        "words", nargs="*", metavar="WORD", help="what a system is called, e.g. nl-cas or PredPol; or technology and a family"
    )
    found.add_argument("--family", choices=[family.value for family in Family], metavar="F", help="only the systems filed under F")
    found.add_argument("--json", action="store_true", help="print JSON instead of words")
    given = found.parse_args(arguments)
    if given.words[:1] == [TECHNOLOGY]:
        _technologies(given, " ".join(given.words[1:]))
    else:
        _systems(given, " ".join(given.words))
    return 0


def _systems(given: argparse.Namespace, said: str) -> None:
    """Systems first; what is the name of no system may be that of a technology."""
    some = [entry for entry in library.catalogue() if given.family in (None, entry.family.value)]
    found = find(said, some) if said else some
    if said and len(found) == 1:
        _system(given, found[0])
    elif found:
        _tell(given, entries.list_as_text(found, width=width()), entries.list_as_document(found))
    elif find(said, library.families()):
        _technologies(given, said)
    else:
        _refuse(said, [*some, *library.families()])


def _system(given: argparse.Namespace, entry: Entry) -> None:
    verdicts = catalogue_row(entry, on=today()).verdicts
    shown = entries.as_text(entry, verdicts, vocabulary=library.vocabulary(), width=width())
    _tell(given, shown, entries.as_document(entry, verdicts))


def _technologies(given: argparse.Namespace, said: str) -> None:
    known = library.families()
    found = find(said, known) if said else known
    if said and len(found) == 1:
        _tell(given, technologies.as_text(found[0], library.books(), width=width()), technologies.as_document(found[0], library.books()))
    elif found:
        _tell(given, technologies.list_as_text(found, width=width()), technologies.list_as_document(found))
    else:
        _refuse(said, known)


def _refuse(said: str, known: Sequence[Entry | Guidance]) -> NoReturn:
    near = nearest(said, known)
    hint = f"the nearest {'is' if len(near) == 1 else 'are'} {', '.join(near)}; " if near else ""
    raise NotFound(f"nothing in the catalogue is called {said}: {hint}{ALL}")


def _tell(given: argparse.Namespace, text: str, document: dict[str, object]) -> None:
    if given.json:
        say_document(to_bytes(document))
    else:
        say(text.rstrip("\n"))
