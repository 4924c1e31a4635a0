"""The list of entries: found by words (also misspelt), by place, and narrowed. Ten thousand rows stay in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from habeas.web.accounts.models import Area, Organisation
from habeas.web.audits.models import Audit
from habeas.web.explore.models import SearchRow, SearchWord
from habeas.web.explore.queries.near import prefixes
from habeas.web.explore.queries.plain import nearest, plain, words

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
    near_organisations: tuple[Organisation, ...] | None = None

    @property
    def count(self) -> int:
        """How many were found in all."""
        return self.page.paginator.count


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How many entries there are of real systems; of these, how many a rulebook prohibits and others documented; and made-up ones."""

    entries: int
    prohibited: int
    by_others: int
    made_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Operators:
    """Who has entries, for the filter."""

    slug: str
    name: str


def listed(wish: Wish, *, page: int | str = 1, size: int = PAGE) -> Listed:
    """The page of that number of what was found; one that isn't there gives the nearest."""
    rows, corrected, organisations = _found(wish)
    return Listed(page=Paginator(rows, size).get_page(page), corrected=corrected, near_organisations=organisations)


def all_found(wish: Wish) -> QuerySet[SearchRow]:
    """Everything that was found, in its order: for files and feeds."""
    return _found(wish)[0]


def newest(limit: int) -> tuple[SearchRow, ...]:
    """The entries that changed last."""
    return tuple(_rows().order_by("-changed_at", "slug")[:limit])


def totals() -> Totals:
    """How many entries there are, for whoever shows the register in numbers."""
    real = Q(organisation__made_up=False)
    found = SearchRow.objects.aggregate(
        entries=Count("pk", filter=real),
        prohibited=Count("pk", filter=real & Q(prohibited=True)),
        by_others=Count("pk", filter=real & Q(organisation__documented_by_others=True)),
        made_up=Count("pk", filter=~real),
    )
    return Totals(**found)


def operators() -> tuple[Operators, ...]:
    """Every organisation that has an entry, by name."""
    found = Organisation.objects.filter(pk__in=SearchRow.objects.values("organisation")).order_by("name", "slug")
    return tuple(Operators(slug=slug, name=name) for slug, name in found.values_list("slug", "name"))


def places() -> tuple[str, ...]:
    """Every place (ISO 3166) whose organisations have an entry."""
    found = Organisation.objects.filter(pk__in=SearchRow.objects.values("organisation")).order_by("place")
    return tuple(found.values_list("place", flat=True).distinct())


def _found(wish: Wish) -> tuple[QuerySet[SearchRow], str, tuple[Organisation, ...] | None]:
    rows = _narrowed(_rows(), wish)
    organisations = _working_at(wish.near) if wish.near else None
    if organisations is not None:
        rows = rows.filter(organisation__in=[one.pk for one in organisations])
    asked = words(wish.q)
    if not asked:
        return _sorted(rows, wish, ()), "", organisations
    found = _with(rows, asked)
    if found.exists():
        return _sorted(found, wish, asked), "", organisations
    likely = tuple(_likely(word) for word in asked)
    corrected = " ".join(likely) if likely != asked else ""
    return _sorted(_with(rows, likely), wish, likely), corrected, organisations


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


def _working_at(typed: str) -> tuple[Organisation, ...]:
    """The organisations that work at that postcode; for what isn't one, those of that name."""
    found = prefixes(typed)
    if found is None:
        named = plain(typed)
        every = Organisation.objects.filter(pk__in=SearchRow.objects.values("organisation")).order_by("name", "pk")
        return tuple(one for one in every if named and (named in plain(one.name) or named == one.slug))
    areas = Area.objects.filter(prefix__in=found.all)
    areas = areas.filter(country="GB") if found.british else areas.exclude(country="GB")
    return tuple(Organisation.objects.filter(pk__in=areas.values("organisation")).order_by("name", "pk"))
