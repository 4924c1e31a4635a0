"""What the vault needs of a log: anything that appends durably, publishes, and proves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from habeas.ledger.trust.proof_file import TlogProof
from habeas.stores.log.log import Receipt
from habeas.stores.sequencers.rows import SignedHead, Submission


class RecordingLog(Protocol):
    """The log as the vault sees it."""

    def append(self, entry: Submission) -> Receipt:
        """Record an entry; durable when it returns."""

    def append_many(self, entries: Iterable[Submission]) -> Iterator[Receipt]:
        """Record entries in their order; each is durable when its receipt comes."""

    def publish(self) -> SignedHead:
        """Sign and publish all that is recorded; what is published already isn't signed again."""

    def prove(self, index: int) -> TlogProof:
        """The proof that the last published tree holds the entry."""
