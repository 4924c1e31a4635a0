"""Kept verdicts, checked before anything is said about them: each must agree with itself, and two with each other.

They aren't signed: whoever can write the file can write another that agrees. What is refused here is what can't be true.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from habeas.errors import BadInput
from habeas.reports.screening.document import SCHEMA
from habeas.rules.rulebook import Outcome
from habeas.rules.verdicts import Finding, strictest
from habeas.terms.answers import Ternary

KIND = SCHEMA.partition("/")[0]
DESCRIBED = ("name", "version", "operator", "used_in", "answers")
"""What a document tells of the description; its digest is over all of these."""
FORGED = "one of the files is forged or damaged: screen again, and keep the file's SHA-256 (sha256sum FILE) elsewhere"


def check(document: Mapping[str, Any], which: str) -> None:
    """That a document is a verdict that habeas may have kept; `which`: what messages call it.

    Raises:
        BadInput: it isn't, is of another format, or contradicts itself.
    """
    given = document.get("habeas")
    kind, _, version = str(given).partition("/")
    if kind == KIND and given != SCHEMA:
        raise BadInput(f"habeas: {which} file is of format {given}; this release reads {KIND}/1, not {KIND}/{version}: use a newer habeas")
    if given != SCHEMA or not _has_its_fields(document):
        raise BadInput(f"{which} file: expected a verdict that `habeas screen SYSTEM --out FILE` wrote; it holds something else")
    fault = _contradiction(document)
    if fault is not None:
        raise BadInput(f"{which} file: {fault}: it is forged or damaged; screen again")


def check_together(before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """That two verdicts can both be true: equal digests go with equal answers, and with equal findings on one day.

    Raises:
        BadInput: they can't.
    """
    if before["system"]["sha256"] != after["system"]["sha256"]:
        return
    differ = [name for name in DESCRIBED if before["system"].get(name) != after["system"].get(name)]
    if differ:
        raise BadInput(f"the description has the same digest in both files, but another {', '.join(differ)}: {FORGED}")
    if before["on"] == after["on"] and "tool" in before and before["tool"] == after.get("tool"):
        old, new = ({(book["id"], book["sha256"]): _outcome(book) for book in document["books"]} for document in (before, after))
        differ = [name for (name, digest), found in old.items() if new.get((name, digest), found) != found]
        if differ:
            raise BadInput(f"the same description, book and day give two findings by {', '.join(differ)}: {FORGED}")


def _has_its_fields(document: Mapping[str, Any]) -> bool:
    try:
        date.fromisoformat(document["on"])
        known = {finding.value for finding in Finding}
        fits = document["finding"] in known and {book["finding"] for book in document["books"]} <= known
        _ = [document["system"]["sha256"], *document["system"]["answers"].items()]
        _ = [(book["id"], book["version"], book["sha256"], _outcome(book), _found(book)) for book in document["books"]]
    except (KeyError, TypeError, AttributeError, ValueError):
        return False
    return fits


def _contradiction(document: Mapping[str, Any]) -> str | None:
    books = document["books"]
    if not books:
        return "it names no book"
    for book in books:
        if sum(one["id"] == book["id"] for one in books) > 1:
            return f"the book {book['id']} stands in it twice"
        if len(_outcome(book)[1]) != len(book["rulings"]):
            return f"a rule of the book {book['id']} stands in it twice"
        if _found(book).value != book["finding"]:
            return f"it says {book['finding']} by {book['id']}, whose rules say {_found(book).value}"
    found = strictest(Finding(book["finding"]) for book in books).value
    return None if document["finding"] == found else f"it says {document['finding']}, though its books say {found}"


def _outcome(book: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    return book["finding"], {ruling["rule"]: ruling["bites"] for ruling in book["rulings"]}


def _found(book: Mapping[str, Any]) -> Finding:
    """The finding that the book's rulings make, by the rule of `habeas.rules.screening`; what isn't listed is plainly no."""
    rulings: Sequence[Mapping[str, Any]] = book["rulings"]
    bans = [ruling for ruling in rulings if Outcome(ruling["outcome"]) is Outcome.PROHIBITED]
    biting = [ruling for ruling in bans if Ternary(ruling["bites"]) is Ternary.YES]
    if biting:
        return Finding.PROHIBITED_UNLESS if all(_may_be_lifted(ruling) for ruling in biting) else Finding.PROHIBITED
    if any(Ternary(ruling["bites"]) is Ternary.UNKNOWN for ruling in bans):
        return Finding.BLOCKED
    return Finding.DUTIES if any(Ternary(ruling["bites"]) is not Ternary.NO for ruling in rulings) else Finding.NO_RULE


def _may_be_lifted(ruling: Mapping[str, Any]) -> bool:
    return any(one["shown"] != Ternary.YES.value and not one["in_the_way"] for one in ruling.get("exceptions", []))
