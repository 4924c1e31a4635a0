"""Systems of the register, their editions and what happened to them. All content comes from what is shown today."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Query, Router

from habeas.errors import BadInput, NotFound
from habeas.reports.registers.twin import moment, twin
from habeas.runs.registers.fields import field_set
from habeas.web.api.paging import page_facts
from habeas.web.api.routes.asking import EditionNumber, Filters, Number, PageNumber, answers
from habeas.web.api.routes.words import filter_words
from habeas.web.api.shapes import entries as shapes
from habeas.web.api.shapes.base import MOST_AN_ANSWER, EntryDocument
from habeas.web.base.clock import now
from habeas.web.explore.forms import Looking
from habeas.web.explore.queries import changes as happened
from habeas.web.explore.queries import entries as asked
from habeas.web.explore.queries.rows import as_plain
from habeas.web.explore.queries.search import Wish, listed
from habeas.web.register import queries as register
from habeas.web.register.queries import ChangeShown

router = Router(tags=["Systems"])


@router.get("/systems", response=answers(shapes.Systems), summary="Find systems", url_name="systems")
def systems(request: HttpRequest, filters: Query[Filters], page: PageNumber = 1) -> shapes.Systems:
    """Systems with a published entry, found as on the register's page: by words (also misspelt ones), by place, and by what they say."""
    found = listed(_wish(filters), page=page, size=MOST_AN_ANSWER)
    near = found.near_organisations
    return shapes.Systems(
        **page_facts(request, found.page, wanted=page),
        corrected=found.corrected,
        near_organisations=None if near is None else [one.slug for one in near],
        systems=[shapes.SystemLine.model_validate(as_plain(row)) for row in found.page],
    )


def _wish(filters: Filters) -> Wish:
    said = {name: value for name, value in filters.model_dump().items() if value}
    for name, words in filter_words().items():
        if name in said and said[name] not in words:
            raise BadInput(f"{name}: expected one of {', '.join(words)}; got {said[name][:60]!r}: mend it, or leave it out")
    form = Looking(said)
    if form.is_valid():
        return form.wish()
    wrong = ", ".join(sorted(form.errors))  # what remains depends on what the register holds
    raise NotFound(f"{wrong}: expected one that this register has; got another: see /api/v1/organisations")


@router.get("/systems/{system}", response=answers(EntryDocument), summary="Read an entry", url_name="system")
def entry(request: HttpRequest, system: str) -> dict[str, Any]:
    """The published edition of a system's entry, with what is withheld, what is missing, and what happened to it."""
    return twin(asked.entry_now(system, on=now().date()), field_set())


@router.get("/systems/{system}/editions", response=answers(shapes.Editions), summary="List editions", url_name="editions")
def editions(request: HttpRequest, system: str) -> shapes.Editions:
    """Every edition of an entry that is or was published. Nothing published is ever overwritten."""
    found = [
        shapes.EditionLine(number=one.number, published=one.published.isoformat(), note=one.note, digest=one.digest)
        for one in asked.editions_to_compare(system)
    ]
    return shapes.Editions(system=system, editions=found)


@router.get("/systems/{system}/editions/{number}", response=answers(EntryDocument), summary="Read an edition", url_name="edition")
def edition(request: HttpRequest, system: str, number: Number) -> dict[str, Any]:
    """As it was published. What is withheld today is withheld in old editions too."""
    found = register.edition(system, number)
    return twin(asked.public_entry(found, on=now().date(), history=register.history(found.system)), field_set())


@router.get("/systems/{system}/compare", response=answers(shapes.Comparison), summary="Compare two editions", url_name="compare")
def compare(request: HttpRequest, system: str, before: EditionNumber, after: EditionNumber) -> shapes.Comparison:
    """What changed from one edition to another, field by field and, in texts, word by word."""
    found = asked.comparison(system, before=before, after=after, on=now().date())
    changed = [
        shapes.FieldChange(
            field=one.field.id,
            label=one.field.label,
            turn=one.turn.value,
            pieces=[shapes.PieceOfText(turn=piece.turn.value, text=piece.text) for piece in one.pieces],
        )
        for one in found.changes
    ]
    return shapes.Comparison(system=system, before=before, after=after, changes=changed)


@router.get("/systems/{system}/changes", response=answers(shapes.ChangesOfSystem), summary="What happened to an entry", url_name="history")
def history(request: HttpRequest, system: str) -> shapes.ChangesOfSystem:
    """Every step of its life, newest first, each with its place in the ledger."""
    found = asked.entry_now(system, on=now().date())
    marks = {"system": system, "name": found.name, "organisation": found.operator.name, "made_up": found.operator.made_up}
    told = [_happened(one, marks) for one in register.history(register.system(system))]
    return shapes.ChangesOfSystem(system=system, changes=told)


def _happened(one: ChangeShown, marks: dict[str, Any]) -> shapes.ChangeLine:
    ledger = _ledger(marks["system"], one.id, index=one.log_index, leaf_hash=one.leaf_hash)
    return shapes.ChangeLine(**marks, step=one.step.value, at=moment(one.at), edition=one.edition, note=one.reason, ledger=ledger)


@router.get("/changes", response=answers(shapes.Changes), summary="What happened in the register", url_name="changes")
def changes(request: HttpRequest, page: PageNumber = 1) -> shapes.Changes:
    """Everything that happened to published entries, newest first, each with its place in the ledger."""
    found = happened.changes(page)
    rows = list(found)
    told = [
        shapes.ChangeLine(
            system=one.system,
            name=one.name,
            organisation=one.operator,
            made_up=one.made_up,
            step=one.step,
            at=moment(one.at),
            edition=one.edition,
            note=one.reason,
            ledger=_ledger(one.system, one.id, index=one.log_index, leaf_hash=row.log.leaf_hash),
        )
        for one, row in zip(happened.as_rows(rows), rows, strict=True)
    ]
    return shapes.Changes(**page_facts(request, found, wanted=page), changes=told)


def _ledger(system: str, change: int, *, index: int | None, leaf_hash: str) -> shapes.LedgerPlace:
    document = f"{settings.SITE.address}/register/{system}/changes/{change}.json"
    return shapes.LedgerPlace(index=index, leaf_hash=leaf_hash or None, document=document)
