"""What was used last, as much of it as may be kept in this process."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Recent(Generic[Thing]):
    """Things by key; together they weigh at most `most`, and what was used longest ago goes first. Threads may share it."""

    def __init__(self, *, most: int) -> None:
        self._most = most
        self._weight = 0
        self._things: OrderedDict[str, tuple[Thing, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: str) -> Thing | None:
        """What was kept under that key; None: nothing, or no longer."""
        with self._lock:
            found = self._things.get(key)
            if found is None:
                return None
            self._things.move_to_end(key)
            return found[0]

    def put(self, key: str, thing: Thing, *, weight: int) -> None:
        """Keep it; what alone weighs more than a tenth of all isn't kept, so that nothing pushes everything else out."""
        if weight * 10 > self._most:
            return
        with self._lock:
            _old, freed = self._things.pop(key, (None, 0))
            self._things[key] = (thing, weight)
            self._weight += weight - freed
            while self._weight > self._most:
                _key, (_thing, lighter) = self._things.popitem(last=False)
                self._weight -= lighter

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._things.clear()
            self._weight = 0
