"""`habeas screen SYSTEM`: what rulebooks say of a described system on a day; `habeas screen --catalogue`: of every documented one."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from habeas.cli.streams import remark, say, say_document, width
from habeas.cli.usage import WrongUsage, day, parser, today
from habeas.reports.documents.writing import to_bytes
from habeas.reports.screening import table
from habeas.reports.screening.document import as_document
from habeas.reports.screening.text import as_text
from habeas.rules.verdicts import Finding
from habeas.runs.screens.keeping import keep
from habeas.runs.screens.screening import catalogue_rows, own_books, screening

DESCRIPTION = """Say what rulebooks forbid and ask of a system, as it is described, on a day.

Leaves with 0: no prohibition found (which is no permission); 1: a book
prohibits the use; 2: blocked until an open question is answered or shown; 64
and above: an error. Of several books the strictest decides.

With --catalogue, every documented system by every book: a table, no verdict, so
it leaves with 0. This is not legal advice."""

CODES = {Finding.PROHIBITED: 1, Finding.PROHIBITED_UNLESS: 1, Finding.BLOCKED: 2, Finding.DUTIES: 0, Finding.NO_RULE: 0}


def run(arguments: Sequence[str]) -> int:
    """Screen one system, or all of the catalogue; the exit code is the strictest finding."""
    given = _parser().parse_args(arguments)
    if given.catalogue == (given.system is not None):
        raise WrongUsage("habeas screen: expected the description of a system, or --catalogue; give one of the two")
    return _catalogue(given) if given.catalogue else _system(given)


def _parser() -> argparse.ArgumentParser:
    found = parser("habeas screen", DESCRIPTION)
    found.add_argument(
        "system", type=Path, nargs="?", metavar="SYSTEM", help="the description of a system, a YAML file (habeas screen init)"
    )
    found.add_argument("--on", type=day, default=today(), metavar="DATE", help="the day whose law counts, e.g. 2027-12-02 (default: today)")
    found.add_argument(
        "--book", action="append", default=[], metavar="BOOK", help="id or .yaml file of a rulebook; may be repeated (default: all)"
    )
    found.add_argument("--vocabulary", type=Path, metavar="FILE", help="the questions the books ask (default: those of habeas)")
    found.add_argument("--duties", action="store_true", help="each duty in full: text, dates, evidence")
    found.add_argument("--json", action="store_true", help="print JSON instead of words")
    found.add_argument("--out", type=Path, metavar="FILE", help="also keep the verdict as JSON, for habeas screen compare")
    found.add_argument("--catalogue", action="store_true", help="screen every system of the catalogue instead")
    found.add_argument("--unverified", action="store_true", help="with --catalogue: also systems described from memory alone")
    return found


def _system(given: argparse.Namespace) -> int:
    if given.unverified:
        raise WrongUsage("habeas screen: --unverified goes with --catalogue; leave it out")
    if given.out is not None and given.out.resolve() == given.system.resolve():
        raise WrongUsage(f"habeas screen: --out {given.out} would replace the description; give the verdict a name of its own")
    found = screening(given.system, names=given.book, on=given.on, words=given.vocabulary)
    document = as_document(found)
    if given.out is not None:
        keep(document, given.out)
    if given.json:
        say_document(to_bytes(document))
    else:
        say(as_text(found, width=width(), duties=given.duties).rstrip("\n"))
    if given.out is not None:
        remark(f"written: {given.out}")
    return CODES[found.strictest]


def _catalogue(given: argparse.Namespace) -> int:
    if given.out is not None or given.duties:
        raise WrongUsage("habeas screen: --out and --duties go with a system, not with --catalogue; leave them out, or use --json")
    rows = catalogue_rows(names=given.book, on=given.on, with_unverified=given.unverified, words=given.vocabulary)
    own = own_books(given.book, [verdict.book for verdict in rows[0].verdicts]) if rows else {}
    if given.json:
        say_document(to_bytes(table.as_document(rows, on=given.on, own=own)))
    else:
        say(table.as_text(rows, on=given.on, own=own, width=width()).rstrip("\n"))
    return 0
