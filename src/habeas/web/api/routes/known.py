"""What habeas brings: documented systems elsewhere, families of technology, rulebooks and the register's fields, as data."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from ninja import Router

from habeas.reports.catalogue import entries, technologies
from habeas.reports.rulebooks.documents import book_document, rule_document
from habeas.reports.screening.table import Row
from habeas.rules.plain import digest
from habeas.rules.rulebook import Rulebook
from habeas.runs.registers.fields import field_set
from habeas.runs.rulebooks import library
from habeas.terms.register import Column, Field
from habeas.web.api.paging import page_facts
from habeas.web.api.routes.asking import PageNumber, answers
from habeas.web.api.shapes import known as shapes
from habeas.web.api.shapes.base import MOST_AN_ANSWER
from habeas.web.api.shelf import documented
from habeas.web.base.clock import now
from habeas.web.explore.shelf import book_of, row_of, rule_of, shelf, technology_of

router = Router(tags=["Knowledge"])


@router.get("/catalogue", response=answers(shapes.Catalogue), summary="List documented systems elsewhere", url_name="catalogue")
def catalogue(request: HttpRequest, page: PageNumber = 1) -> shapes.Catalogue:
    """Systems elsewhere, as their sources describe them, with what each rulebook finds of them today."""
    on = now().date()
    found = Paginator(documented(on), MOST_AN_ANSWER).get_page(page)
    facts = page_facts(request, found, wanted=page)
    return shapes.Catalogue(**facts, on=on.isoformat(), systems=[_line(row) for row in found])


def _line(row: Row) -> shapes.DocumentedLine:
    entry = row.entry
    return shapes.DocumentedLine(
        id=entry.id,
        name=entry.name,
        place=entry.place,
        operator=entry.operator,
        family=entry.family.value,
        status=entry.status.value,
        verified=entry.verified.value,
        version=entry.description.version,
        verdicts={
            one.book.id: shapes.Ruling(finding=one.finding.value, decided_by=[ruling.rule.id for ruling in one.deciding])
            for one in row.verdicts
        },
    )


@router.get(
    "/catalogue/{name}",
    response=answers(shapes.Documented),
    exclude_unset=True,
    summary="Read about a documented system",
    url_name="documented",
)
def documented_system(request: HttpRequest, name: str) -> dict[str, Any]:
    """A documented system with every fact, its sources, and the answers it is screened by."""
    row = row_of(shelf(now().date()), name)
    return entries.as_document(row.entry, row.verdicts)


@router.get("/technologies", response=answers(shapes.Technologies), summary="List families of technology", url_name="technologies")
def technology_list(request: HttpRequest) -> shapes.Technologies:
    """Every family of technology."""
    return shapes.Technologies(technologies=[shapes.TechnologyLine(id=one.id, name=one.name) for one in library.families()])


@router.get(
    "/technologies/{name}",
    response=answers(shapes.Technology),
    exclude_unset=True,
    summary="Read about a technology",
    url_name="technology",
)
def technology(request: HttpRequest, name: str) -> dict[str, Any]:
    """What it is, what is claimed for it, what to ask about it, how it is tested, and the rules that speak of it."""
    known = shelf(now().date())
    return technologies.as_document(technology_of(known, name), known.books)


@router.get("/rulebooks", response=answers(shapes.Books), summary="List rulebooks", url_name="rulebooks")
def rulebooks(request: HttpRequest) -> shapes.Books:
    """Every rulebook that screens are made by."""
    return shapes.Books(rulebooks=[_book_line(book) for book in library.books()])


def _book_line(book: Rulebook) -> shapes.BookLine:
    return shapes.BookLine(
        id=book.id,
        title=book.title,
        short=book.short,
        force=book.force.value,
        version=book.version,
        checked_on=book.checked_on.isoformat(),
        binds_in=list(book.binds_in),
        sha256=digest(book),
        rules=len(book.rules),
    )


@router.get("/rulebooks/{book}", response=answers(shapes.Book), exclude_unset=True, summary="Read a rulebook", url_name="rulebook")
def rulebook(request: HttpRequest, book: str) -> dict[str, Any]:
    """A rulebook in full: law and policy as data that anybody can check."""
    return book_document(book_of(shelf(now().date()), book))


@router.get("/rulebooks/{book}/rules/{rule}", response=answers(shapes.Rule), exclude_unset=True, summary="Read a rule", url_name="rule")
def rule_in_full(request: HttpRequest, book: str, rule: str) -> dict[str, Any]:
    """One rule: what it says and cites, its conditions, exceptions, dates, and the examples that test it."""
    of_book = book_of(shelf(now().date()), book)
    return rule_document(rule_of(of_book, rule), of_book)


@router.get("/fields", response=answers(shapes.Fields), summary="The fields of an entry", url_name="fields")
def fields(request: HttpRequest) -> shapes.Fields:
    """Every question that an entry answers, and the field of the British, Dutch and European registers that says the same."""
    known = field_set()
    return shapes.Fields(
        topics=[shapes.TopicOfEntry(id=one.id, label=one.label, help=one.help) for one in known.topics],
        fields=[_field(one) for one in known.fields],
    )


def _field(one: Field) -> shapes.FieldOfEntry:
    return shapes.FieldOfEntry(
        id=one.id,
        topic=one.topic,
        label=one.label,
        help=one.help,
        kind=one.kind.value,
        tier=one.tier,
        need=one.need.value,
        most_characters=one.most_characters,
        withholdable=one.withholdable,
        options=[shapes.Choice(id=option.id, label=option.label) for option in one.options],
        columns=[_column(column) for column in one.columns],
        maps={standard.value: name for standard, name in one.maps.items()},
    )


def _column(one: Column) -> shapes.ColumnOfField:
    options = [shapes.Choice(id=option.id, label=option.label) for option in one.options]
    return shapes.ColumnOfField(id=one.id, label=one.label, kind=one.kind.value, required=one.required, options=options)
