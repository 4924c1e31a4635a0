"""Stores that fail at a chosen step: before it did anything, after it did everything, or halfway.

A step that "failed but persisted" is what a broken connection or a full disk really looks like to the caller.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from typing import Any

from habeas.errors import CannotWrite


class When(Enum):
    """How much of the step is done when it fails."""

    BEFORE = "failed"
    AFTER = "failed but persisted"
    HALFWAY = "some files persisted"


class Killed(BaseException):
    """The process ended here: nothing catches it but the test."""


def no_space() -> CannotWrite:
    return CannotWrite("expected room; the disk is full: free some")


@dataclass
class Faults:
    """Counts the steps of all stores that it watches, and fails the one numbered `at`, from 0, and each one named `named`.

    `steps` names every step that was taken.
    """

    at: int | None = None
    when: When = When.BEFORE
    error: Callable[[], BaseException] = no_space
    named: str | None = None
    steps: list[str] = field(default_factory=list)

    def watch(self, store: Any, name: str, *methods: str) -> Any:
        """The store, each call of these methods being a step."""
        return _Watched(store, name, methods, self)

    def take(self, name: str, method: Callable[..., Any], arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> Any:
        number = len(self.steps)
        self.steps.append(name)
        if self.at != number and self.named != name:
            return method(*arguments, **keywords)
        if self.when is When.AFTER:
            method(*arguments, **keywords)
        if self.when is When.HALFWAY and arguments and isinstance(arguments[0], Mapping):
            method(dict(islice(arguments[0].items(), len(arguments[0]) // 2)))
        raise self.error()


@dataclass
class _Watched:
    """Passes everything on, and counts some of it."""

    store: Any
    name: str
    methods: tuple[str, ...]
    faults: Faults

    def __getattr__(self, method: str) -> Any:
        found = getattr(self.store, method)
        if method not in self.methods:
            return found
        return lambda *arguments, **keywords: self.faults.take(f"{self.name}.{method}", found, arguments, keywords)

    def __str__(self) -> str:
        return str(self.store)


def watched_place(faults: Faults, place: Any, name: str = "place") -> Any:
    return faults.watch(place, name, "put", "swap", "delete")


def watched_sequencer(faults: Faults, sequencer: Any) -> Any:
    return faults.watch(sequencer, "sequencer", "append", "record_head")
