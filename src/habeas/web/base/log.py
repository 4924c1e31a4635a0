"""Writing to the ledger: inside the transaction of the change, as a row that the worker then records.

One process alone may write a log (`habeas.stores.sequencers`), and a site has several; so whoever changes something writes what is to
be recorded, and the worker, the one writer, records it in order within a second (docs/adr/0014).
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from habeas.runs.ledgers.record_lines import RecordLine
from habeas.terms.canonical import canonical
from habeas.terms.records import Entry, RecordType, encode_entry
from habeas.web.base.models import LogLine


def write_log(
    kind: RecordType, *, authority: str, public: Mapping[str, str | int], document: Mapping[str, object], at: datetime
) -> LogLine:
    """Have an entry recorded; call it inside the transaction of what it records.

    `public`: the entry's public keys without `document`, whose digest is added. `document`: what happened, as JSON values, nothing
    personal; everyone may read it, and a random number in it keeps the digest from being guessed.

    Raises:
        RuntimeError: no transaction is open: the change and its entry could come apart.
        Malformed, BadInput: the entry says what an entry may not.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("expected to write to the log inside a transaction; none is open: open it around the change")
    change = uuid.uuid4()
    text = canonical({**document, "change": str(change)})
    said = {**public, "document": hashlib.sha256(text).hexdigest()}
    encode_entry(Entry(type=kind, authority=authority, day=at.date(), public=said))  # refused here, not in the worker
    record = {"type": kind.value, "authority": authority, "day": at.date().isoformat(), "public": said}
    RecordLine.checked(record, name="the entry")  # as the ledger will: one line that it refused would hold up all that come after
    return LogLine.objects.create(uid=change, record=record, document=text.decode(), made_at=at)
