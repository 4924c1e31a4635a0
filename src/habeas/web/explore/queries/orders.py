"""Which rows were found, in their order: kept in this process as long as nothing in the register is written.

Each row has a stamp, a random number that is another whenever the row is written. The sum of all stamps is asked anew each time, in the
database, and is part of the key: so an order that was kept is found again only while every row says what it said then. The rows
themselves are never kept.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Count, Sum

from habeas.web.explore.caching.recent import Recent
from habeas.web.explore.models import SearchRow

MOST_NUMBERS = 2_000_000
"""So many numbers of rows each process keeps in all, each of eight bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The numbers of the rows that were found. `corrected`: the words searched instead of those that were typed, if they were others."""

    ids: array[int]
    corrected: str = ""


ORDERS: Recent[Order] = Recent(most=MOST_NUMBERS)


def kept_order(asked: object, find: Callable[[], Order]) -> Order:
    """What `find` finds. `asked`: a value whose text tells all, beside the rows, that decides what is found and in which order."""
    key = key_of(asked)
    order = ORDERS.get(key)
    if order is None:
        order = find()
        ORDERS.put(key, order, weight=len(order.ids) + 1)
    return order


def key_of(asked: object) -> str:
    """A key for what is worked out from that and from the rows alone: another one as soon as any row is written or taken away.

    Ask for it before the rows are read. Whoever writes meanwhile then makes what is kept newer than its key, never older.
    """
    found = SearchRow.objects.aggregate(sum=Sum("stamp"), count=Count("stamp"))
    return hashlib.sha256(f"{found!r}\n{asked!r}".encode()).hexdigest()
