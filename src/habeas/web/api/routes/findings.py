"""What screens, audits and the gate found of a published system."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router

from habeas.web.api.routes.asking import Number, answers
from habeas.web.api.shapes import findings as shapes
from habeas.web.audits.queries import document_of, published_audit, published_audits
from habeas.web.audits.shown import facts, said_of
from habeas.web.base.clock import now
from habeas.web.gate.queries import gates_document
from habeas.web.register import queries as register
from habeas.web.screening.queries import BookShown
from habeas.web.screening.queries.public import PublicScreen, public_screens

router = Router(tags=["Findings"])


@router.get("/systems/{system}/screens", response=answers(shapes.Screens), summary="What rulebooks find", url_name="screens")
def screens(request: HttpRequest, system: str) -> shapes.Screens:
    """The latest screen of each version: what each rulebook finds, and the rules that decide it."""
    found = public_screens(register.system(system), on=now().date())
    address = f"{settings.SITE.address}/register/{system}/screening.json"
    return shapes.Screens(system=system, address=address, screens=[_screen(one) for one in found])


def _screen(one: PublicScreen) -> shapes.ScreenLine:
    return shapes.ScreenLine(
        version=one.version,
        on=one.shown.on.isoformat(),
        finding=one.shown.strictest.value,
        prohibited=one.shown.prohibited,
        current=one.current,
        verdicts_sha256=one.shown.digest,
        books=[_book(book) for book in one.shown.books],
    )


def _book(one: BookShown) -> shapes.BookFinding:
    rules = [shapes.DecidingRule(id=rule.id, title=rule.title) for rule in one.rules]
    return shapes.BookFinding(id=one.id, title=one.title, finding=one.finding.value, binds=one.binds, meaning=one.text, decided_by=rules)


@router.get("/systems/{system}/audits", response=answers(shapes.Audits), summary="List audits", url_name="audits")
def audits(request: HttpRequest, system: str) -> shapes.Audits:
    """The published audits of a system; those that were withdrawn are among them, and say so."""
    found = published_audits(register.system(system))
    return shapes.Audits(system=system, audits=[shapes.AuditLine.model_validate(facts(one)) for one in found])


@router.get("/systems/{system}/audits/{number}", response=answers(shapes.Audit), summary="Read an audit", url_name="audit")
def audit(request: HttpRequest, system: str, number: Number) -> shapes.Audit:
    """A published audit with its whole result: findings, intervals, caveats, and what was withheld so that nobody can be picked out."""
    found = published_audit(register.system(system), number)
    return shapes.Audit(system=system, number=number, title=found.title, said=said_of(found), result=document_of(found))


@router.get("/systems/{system}/gate", response=answers(shapes.Gates), summary="May it be used?", url_name="gate")
def gate(request: HttpRequest, system: str) -> shapes.Gates:
    """Whether each version may be used at its stage today, and what is missing if not. Worked out anew at each call."""
    return shapes.Gates.model_validate(gates_document(register.system(system), now().date()))
