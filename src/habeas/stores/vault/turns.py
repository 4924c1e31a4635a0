"""Who may go on: many may record about a person at once, but nobody while the person is being erased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from threading import Condition

from habeas.stores.vault.persons import one_spelling


class Turns:
    """Keeps apart what uses a person's key and what destroys it, within one process (a log has one writer).

    Without it a record made at the moment of an erasure would be sealed by a key that is gone when the record becomes durable.
    """

    def __init__(self) -> None:
        self._changed = Condition()
        self._recording = Counter[str]()
        self._erasing = set[str]()

    @contextmanager
    def together(self, persons: Collection[str]) -> Iterator[None]:
        """While something about these persons is recorded; waits until none of them is being erased."""
        named = set(map(one_spelling, persons))
        with self._changed:
            self._changed.wait_for(lambda: not named & self._erasing)
            self._recording.update(named)
        try:
            yield
        finally:
            with self._changed:
                self._recording -= Counter(named)  # drops those that reach zero
                self._changed.notify_all()

    @contextmanager
    def alone(self, person: str) -> Iterator[None]:
        """While a person is erased; waits until nothing about the person is being recorded."""
        person = one_spelling(person)
        with self._changed:
            self._changed.wait_for(lambda: person not in self._erasing)
            self._erasing.add(person)
        try:
            with self._changed:
                self._changed.wait_for(lambda: not self._recording[person])
            yield
        finally:
            with self._changed:
                self._erasing.discard(person)
                self._recording += Counter()  # asking for a count leaves a zero behind
                self._changed.notify_all()
