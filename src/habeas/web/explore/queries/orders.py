"""Which rows were found, in their order: kept in this process as long as nothing in the register is written.

Each row has a stamp, a random number that is another whenever the row is written. The sum of all stamps is asked anew each time, in the
database, and is part of the key: so an order that was kept is found again only while every row says what it said then. The rows
themselves are never kept.

The key is asked for before the work and once more after it. Whatever is another by then may become again what it was, such as which
systems have an audit; what was found in between would then be given out under a key that isn't its own. So it isn't kept.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

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
Found = TypeVar("Found")


def remembered(
    store: Recent[Found], known: object, *, find: Callable[[], Found], weigh: Callable[[Found], int], ask: Callable[[], object]
) -> Found:
    """What `find` finds, or what it found before. `known`: what `ask` gave just now.

    `ask`: reads all, beside the rows, that decides what is found and in which order, and gives it as a value whose text tells it.
    """
    key = _key_of(known)
    found = store.get(key)
    if found is None:
        found = find()
        if _key_of(ask()) == key:
            store.put(key, found, weight=weigh(found))
    return found


def _key_of(asked: object) -> str:
    """A key for what is worked out from that and from the rows alone: another one as soon as any row is written or taken away."""
    found = SearchRow.objects.aggregate(sum=Sum("stamp"), count=Count("stamp"))
    return hashlib.sha256(f"{found!r}\n{asked!r}".encode()).hexdigest()
