"""The list of entries: found by words (also misspelt ones), by place, and narrowed. Ten thousand rows stay in the database."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from habeas.web.audits.models import Audit
from habeas.web.explore.caching.recent import Recent
from habeas.web.explore.models import SearchRow, SearchWord
from habeas.web.explore.queries.orders import ORDERS, Order, remembered
from habeas.web.explore.queries.organisations import Known, organisations, working_at
from habeas.web.explore.queries.plain import nearest, words

PAGE = 20
MOST_NEAR = 2_000
SHORTEST_FORGIVEN = 3
_STANDING = Audit.objects.filter(system=OuterRef("system"), state="published")
_AUDITED = Exists(_STANDING)
_DIFFERENT = Exists(_STANDING.filter(verdict="shown-different"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody looks for; what is empty narrows nothing."""

    q: str = ""
    near: str = ""
    operator: str = ""
    kind: str = ""
    place: str = ""
    technology: str = ""
    purpose: str = ""
    status: str = ""
    standing: str = ""
    origin: str = ""
    prohibited: bool = False
    audited: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of what was found. `corrected`: the words searched instead, where nothing has the words as they were typed.

    `near_organisations`: who works where somebody lives; None: nobody asked.
    """

    page: Page[SearchRow]
    corrected: str = ""
    near_organisations: tuple[Known, ...] | None = None

    @property
    def count(self) -> int:
        """How many were found in all."""
        return self.page.paginator.count


class _Asked(NamedTuple):
    """All that decides, beside the rows, which of them are found. `audited`: the systems with an audit that stands, if that is asked."""

    wish: Wish
    every: tuple[Known, ...]
    near: tuple[Known, ...] | None
    audited: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many entries there are of real systems; of these, how many a rulebook prohibits and others documented; and made-up ones."""

    entries: int
    prohibited: int
    by_others: int
    made_up: int


TOTALS: Recent[Totals] = Recent(most=10)


def listed(wish: Wish, *, page: int | str = 1, size: int = PAGE, known: tuple[Known, ...] | None = None) -> Listed:
    """The page of that number of what was found; one that isn't there gives the nearest. `known`: `organisations()`, if read already."""
    asked = _asked(wish, organisations() if known is None else known)
    near = asked.near
    order = remembered(
        ORDERS, asked, find=lambda: _order(wish, near), weigh=lambda one: len(one.ids) + 1, ask=lambda: _asked(wish, organisations())
    )
    paginator = Paginator(order.ids, size)
    here = paginator.get_page(page)
    rows: Page[SearchRow] = Page(_in_order(here.object_list), here.number, paginator)  # type: ignore[arg-type] # of the rows' numbers
    return Listed(page=rows, corrected=order.corrected, near_organisations=near)


def all_found(wish: Wish) -> QuerySet[SearchRow]:
    """Everything that was found, in its order: for files and feeds."""
    return _found(wish, working_at(wish.near, organisations()) if wish.near else None)[0]


def newest(limit: int) -> tuple[SearchRow, ...]:
    """The entries that changed last."""
    return tuple(_rows().order_by("-changed_at", "slug")[:limit])


def totals() -> Totals:
    """How many entries there are, for whoever shows the register in numbers."""
    return remembered(TOTALS, organisations(), find=_totals, weigh=lambda _: 1, ask=organisations)


def _totals() -> Totals:
    real = Q(organisation__made_up=False)
    found = SearchRow.objects.aggregate(
        entries=Count("pk", filter=real),
        prohibited=Count("pk", filter=real & Q(prohibited=True)),
        by_others=Count("pk", filter=real & Q(organisation__documented_by_others=True)),
        made_up=Count("pk", filter=~real),
    )
    return Totals(**found)


def _asked(wish: Wish, every: tuple[Known, ...]) -> _Asked:
    near = working_at(wish.near, every) if wish.near else None
    return _Asked(wish=wish, every=every, near=near, audited=_audited() if wish.audited else ())


def _order(wish: Wish, near: tuple[Known, ...] | None) -> Order:
    rows, corrected = _found(wish, near)
    return Order(ids=array("q", rows.values_list("pk", flat=True)), corrected=corrected)


def _in_order(ids: Sequence[int]) -> list[SearchRow]:
    rows = _rows().in_bulk(list(ids))
    return [rows[one] for one in ids if one in rows]  # whoever takes one away meanwhile leaves a page shorter


def _audited() -> tuple[int, ...]:
    """The systems with an audit that stands, which no row's stamp tells."""
    return tuple(Audit.objects.filter(state="published").order_by("system").values_list("system", flat=True).distinct())


def _found(wish: Wish, near: tuple[Known, ...] | None) -> tuple[QuerySet[SearchRow], str]:
    rows = _narrowed(_rows(), wish)
    if near is not None:
        rows = rows.filter(organisation__in=[one.pk for one in near])
    asked = words(wish.q)
    if not asked:
        return _sorted(rows, wish, ()), ""
    found = _with(rows, asked)
    if found.exists():
        return _sorted(found, wish, asked), ""
    likely = tuple(_likely(word) for word in asked)
    corrected = " ".join(likely) if likely != asked else ""
    return _sorted(_with(rows, likely), wish, likely), corrected


def _rows() -> QuerySet[SearchRow]:
    return SearchRow.objects.select_related("organisation").defer("text").annotate(has_audit=_AUDITED, has_difference=_DIFFERENT)


def _narrowed(rows: QuerySet[SearchRow], wish: Wish) -> QuerySet[SearchRow]:
    equal = {
        "organisation__slug": wish.operator,
        "organisation__kind": wish.kind,
        "organisation__place": wish.place,
        "technology": wish.technology,
        "status": wish.status,
        "standing": wish.standing,
    }
    rows = rows.filter(**{field: value for field, value in equal.items() if value})
    if wish.purpose:
        rows = rows.filter(used_for__contains=f"|{wish.purpose}|")
    if wish.origin:
        rows = rows.filter(organisation__documented_by_others=wish.origin == "others")
    if wish.prohibited:
        rows = rows.filter(prohibited=True)
    return rows.filter(_AUDITED) if wish.audited else rows


def _with(rows: QuerySet[SearchRow], asked: tuple[str, ...]) -> QuerySet[SearchRow]:
    for word in asked:
        rows = rows.filter(text__contains=word)
    return rows


def _sorted(rows: QuerySet[SearchRow], wish: Wish, asked: tuple[str, ...]) -> QuerySet[SearchRow]:
    if wish.sort == "name" or (wish.sort == "" and not asked):
        return rows.order_by("sort_name", "slug")
    if wish.sort == "operator":
        return rows.order_by("organisation__name", "sort_name", "slug")
    if wish.sort == "newest" or not asked:
        return rows.order_by("-changed_at", "slug")
    in_name = Q(*(Q(sort_name__contains=word) for word in asked))
    rank = Case(When(in_name, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(rank=rank).order_by("rank", "sort_name", "slug")


def _likely(word: str) -> str:
    if len(word) < SHORTEST_FORGIVEN or SearchWord.objects.filter(text__contains=word).exists():
        return word
    return nearest(word, _neighbours(word)) or word


def _neighbours(word: str) -> Iterator[str]:
    # a slip seldom changes both the first and the last letter, so one of them is taken as right
    near = SearchWord.objects.filter(length__range=(len(word) - 2, len(word) + 2))
    near = near.filter(Q(text__startswith=word[0]) | Q(text__endswith=word[-1]))
    yield from near.order_by("text").values_list("text", flat=True)[:MOST_NEAR]
