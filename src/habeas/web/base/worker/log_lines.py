"""Recording the log's waiting room in the ledger: every line once, in order, whatever crashes when.

1. Lines that have no index are due. They are appended to the ledger in the order of their ids, many to a flush.
2. Their indices are written into their rows, in one transaction.

A crash between the two leaves entries whose lines are still due. They can only stand behind the last entry that a line knows, so before
the first line is recorded, the entries from there on are compared with what is due, by the digest of the document that each names:
a random number in every document makes that digest unlike any other.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet

from habeas.errors import BrokenEvidence, Malformed
from habeas.runs.ledgers.ledger import Ledger
from habeas.runs.ledgers.reading import entries_since
from habeas.terms.records import parse_entry
from habeas.web.base.models import LogLine

MOST_AT_ONCE = 200

Clock = Callable[[], datetime]


class Recorder:
    """Records what is due in one ledger. After any error make a new one, which finds out first how far the last one came.

    Raises:
        BrokenEvidence: the site knows entries that the ledger doesn't have: one of the two is an old backup.
    """

    def __init__(self, ledger: Ledger, *, clock: Clock) -> None:
        self._ledger, self._clock = ledger, clock
        self.found = self._mark_what_is_there()
        """How many lines had been recorded before a crash and are marked only now."""

    def record_due(self) -> int:
        """Record the lines that are due, at most `MOST_AT_ONCE`; how many were."""
        lines = list(_due()[:MOST_AT_ONCE])
        receipts = list(self._ledger.record_many([line.record for line in lines]))  # (1)
        with transaction.atomic():  # (2)
            for line, receipt in zip(lines, receipts, strict=True):
                self._mark(line, receipt.index, receipt.leaf)
        return len(lines)

    def _mark_what_is_there(self) -> int:
        known = LogLine.objects.aggregate(last=Max("index"))["last"]
        first = 0 if known is None else known + 1
        if first > self._ledger.size:
            raise BrokenEvidence(
                f"expected a ledger that holds every entry the site knows, {first} at least; it holds {self._ledger.size}: one of them is "
                "an old backup. Restore both from one backup, or bring the ledger back by habeas ledger recover"
            )
        due = {line.record["public"]["document"]: line for line in _due()}
        found = 0
        with transaction.atomic():
            for index, entry, leaf in entries_since(self._ledger.folder, first) if due else ():
                line = due.pop(_document(entry), None)
                if line is not None:
                    self._mark(line, index, leaf)
                    found += 1
        return found

    def _mark(self, line: LogLine, index: int, leaf: bytes) -> None:
        LogLine.objects.filter(pk=line.pk).update(index=index, leaf_hash=leaf.hex(), logged_at=self._clock())


def _due() -> QuerySet[LogLine]:
    return LogLine.objects.filter(index__isnull=True).order_by("id")


def _document(entry: bytes) -> str | None:
    try:
        found = parse_entry(entry).public.get("document")
    except Malformed:
        return None
    return found if isinstance(found, str) else None
