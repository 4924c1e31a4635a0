"""Records about people, kept so that they prove what was recorded, show one field at a time, and can be forgotten.

What is handed out is on record before it is handed out (Directive (EU) 2016/680, Article 25). What is destroyed was ordered on record,
and published, before it is destroyed: no backup brings back a person and loses the order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from threading import RLock
from typing import Any

from habeas.errors import NotAllowed, NotFound
from habeas.ledger.fields.commitments import Opening
from habeas.ledger.fields.courts import CourtKey, court_key_of
from habeas.ledger.fields.sealing import NONCE_BYTES, unwrap
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.trust.evidence import Evidence
from habeas.stores.log.log import Receipt
from habeas.stores.sequencers.rows import State, StoredGroup, Submission
from habeas.stores.sequencers.store import Sequencer
from habeas.stores.vault.deeds import Deeds, Replayed
from habeas.stores.vault.drafts import Draft
from habeas.stores.vault.needs import RecordingLog
from habeas.stores.vault.persons import PersonKey, Persons
from habeas.stores.vault.refusals import chosen, refuse_erased, refuse_restricted, restriction, unfinished
from habeas.stores.vault.sealed import Person, Value, context_of, open_fields, prepare, values_of
from habeas.stores.vault.turns import Turns
from habeas.terms.records import Entry, RecordType

AT_ONCE = 256
"""How many records are prepared together: enough to share flushes to the disk, few enough for any memory."""


class RecordLog:
    """Records in one log, with the persons' keys beside it; may be used from any thread of the process that writes the log.

    `sequencer`: the log's own, where sealed groups are kept. `random` draws keys, salts and nonces, so it must be fit for keys
    (`os.urandom`); `clock` gives Unix seconds, of which only the day is recorded. Call `replay` once after opening.

    Every method that appends raises what the log raises: `Busy` where another process writes it, `CannotWrite` where it can't be
    written, `Malformed` where something that isn't public was to become so.
    """

    def __init__(
        self, log: RecordingLog, persons: Persons, *, sequencer: Sequencer, random: Callable[[int], bytes], clock: Callable[[], int]
    ) -> None:
        self._log, self._persons, self._sequencer = log, persons, sequencer
        self._random, self._clock = random, clock
        self._doing = Deeds(sequencer, persons)
        self._turns, self._one_deed = Turns(), RLock()

    def record(
        self,
        kind: RecordType,
        authority: str,
        public: Mapping[str, Any],
        personal: Mapping[str, Person] | None = None,
        *,
        day: date | None = None,
    ) -> Receipt:
        """Record what happened, on a day (today, where none is given); the fields of each group are sealed by that person's key.

        Raises:
            NotAllowed: an erasure or a restriction, which are methods of their own.
            BadInput: fields that can't be recorded.
        """
        return self._append(Draft(kind=kind, authority=authority, public=public, personal=personal or {}, day=day or self._today()))

    def record_many(self, drafts: Iterable[Draft]) -> Iterator[Receipt]:
        """Record many, in their order, with few flushes to the disk; gives each one's receipt once it is durable.

        Raises:
            HabeasError: whatever `drafts` raises, where one can't be made; up to `AT_ONCE` drafts before it aren't recorded either,
                whatever has a receipt is.
        """
        waiting = iter(drafts)
        while batch := list(islice(waiting, AT_ONCE)):
            yield from self._append_all(batch)

    def read(
        self,
        index: int,
        group: str,
        *,
        purpose: str,
        authority: str,
        to: str | None = None,
        by: Mapping[str, Person] | None = None,
    ) -> dict[str, Value]:
        """Read a group's fields; that they are read, and why, is on record first.

        `purpose` and `to` (the kind of reader) are public words; who reads, and the reasons, may be given sealed in `by`.

        Raises:
            NotFound: no such entry or group. Gone: it was erased. NotAllowed: it is restricted.
            BrokenEvidence: what is kept isn't what was recorded.
        """
        openings = self._open(index, group)
        recipient = {} if to is None else {"to": to}
        self._note(RecordType.ACCESS, authority, {"about": index, "group": group, "purpose": purpose, **recipient}, by)
        return values_of(openings)

    def disclose(
        self,
        index: int,
        group: str,
        *names: str,
        ground: str,
        authority: str,
        to: str = "court",
        by: Mapping[str, Person] | None = None,
    ) -> Evidence:
        """Evidence of an entry and of these fields in it, for whoever has the log's public key; the disclosure is on record first.

        The entry is published if it wasn't yet. `by` as in `read`.

        Raises:
            NotFound: no such entry, group or field. Gone: it was erased. NotAllowed: it is restricted.
            BrokenEvidence: what is kept isn't what was recorded.
        """
        found = {opening.name: opening for opening in self._open(index, group)}
        shown = chosen(found, names)
        self._note(RecordType.DISCLOSURE, authority, {"about": index, "group": group, "ground": ground, "to": to}, by)
        self._log.publish()
        return Evidence(entry=self._entry(index), proof=self._log.prove(index), openings=shown)

    def state(self, index: int, group: str) -> State:
        """Whether a group is active, restricted or erased. Raises `NotFound` where there is none."""
        return self._sequencer.group(index, group).state

    def restrict(self, index: int, group: str, *, ground: str, court_key: CourtKey, authority: str) -> Receipt:
        """Put a group out of everyone's reach but a court's (Directive 2016/680, Article 16(3)): only its private key lifts that.

        Raises:
            NotFound: no such group. Gone: it was erased. NotAllowed: it is restricted already.
        """
        with self._one_deed:
            stored = self._active(index, group)
            self._persons.key(stored.key)  # before anything is on record: without it nothing can be wrapped to the court
            receipt = self._order(RecordType.RESTRICTION, authority, restriction(stored, ground, "restricted", court_key))
            with unfinished(receipt.index):
                self._log.publish()
                self._doing.restrict(stored, court_key)
        return receipt

    def lift(self, index: int, group: str, *, ground: str, court_private: bytes, authority: str) -> Receipt:
        """Lift a restriction with the court's private key; the group is as readable as before.

        Raises:
            NotFound: no such group, or it isn't restricted. Gone: it was erased. NotAllowed: it is restricted to another court.
        """
        with self._one_deed:
            stored = self._sequencer.group(index, group)
            refuse_erased(stored)
            if stored.state is not State.RESTRICTED:
                raise NotFound(f"expected a restricted group in entry {index}; it isn't restricted: there is nothing to lift")
            lifted = self._doing.lifted(stored, court_private=court_private, nonce=self._random(NONCE_BYTES))
            receipt = self._order(RecordType.RESTRICTION, authority, restriction(stored, ground, "lifted", court_key_of(court_private)))
            self._sequencer.replace_group(lifted)
        return receipt

    def erase_person(self, ref: str, *, ground: str, authority: str) -> Receipt:
        """Erase a person from all records: the order is published, then the key is destroyed with everything it sealed.

        Raises:
            NotFound: there is no key for this person: nothing was recorded, or it was erased.
            NotAllowed: a court has restricted one of the records, and `ground` isn't its order.
            Unavailable: the order is on record but couldn't be carried out yet; `replay` does it.
        """
        with self._one_deed, self._turns.alone(ref):
            handle = self._persons.find(ref)
            if handle is None:
                raise NotFound("expected a person with a key; there is none: nothing was recorded about this person, or it was erased")
            refuse_restricted(self._sequencer.groups_under(handle), ground)
            receipt = self._order(RecordType.ERASURE, authority, {"ground": ground, "key": handle})
            with unfinished(receipt.index):
                self._log.publish()
                self._doing.erase_person(handle)
        return receipt

    def erase_record(self, index: int, group: str, *, ground: str, authority: str) -> Receipt:
        """Erase one group of one record; the person's other records stay.

        Raises:
            NotFound: no such group. Gone: it was erased already.
            NotAllowed: a court has restricted it, and `ground` isn't its order.
            Unavailable: the order is on record but couldn't be carried out yet; `replay` does it.
        """
        with self._one_deed:
            stored = self._sequencer.group(index, group)
            refuse_erased(stored)
            refuse_restricted([stored], ground)
            receipt = self._order(RecordType.ERASURE, authority, {"ground": ground, "about": index, "group": group})
            with unfinished(receipt.index):
                self._log.publish()
                self._doing.erase_record((index, group))
        return receipt

    def replay(self) -> Replayed:
        """Do again what the log orders and an interruption or an old backup left undone; call it after opening."""
        with self._one_deed:
            return self._doing.replay()

    def _today(self) -> date:
        return datetime.fromtimestamp(self._clock(), UTC).date()

    def _note(self, kind: RecordType, authority: str, public: Mapping[str, Any], by: Mapping[str, Person] | None) -> Receipt:
        return self._append(Draft(kind=kind, authority=authority, public=public, personal=by or {}, day=self._today()))

    def _append(self, draft: Draft) -> Receipt:
        with self._turns.together(draft.refs):
            return self._log.append(self._prepared(draft, self._persons.keys_for(draft.refs)))

    def _append_all(self, batch: Sequence[Draft]) -> list[Receipt]:
        refs = frozenset[str]().union(*(draft.refs for draft in batch))
        with self._turns.together(refs):
            keys = self._persons.keys_for(refs)
            return list(self._log.append_many([self._prepared(draft, keys) for draft in batch]))

    def _prepared(self, draft: Draft, keys: Mapping[str, PersonKey]) -> Submission:
        return prepare(draft.entry, draft.personal, keys=keys, random=self._random)

    def _order(self, kind: RecordType, authority: str, public: Mapping[str, Any]) -> Receipt:
        entry = Entry(type=kind, authority=authority, day=self._today(), public=public)
        return self._log.append(prepare(entry, {}, keys={}, random=self._random, deed=True))

    def _entry(self, index: int) -> bytes:
        return next(iter(self._sequencer.entries(index, index + 1)))

    def _active(self, index: int, group: str) -> StoredGroup:
        stored = self._sequencer.group(index, group)
        refuse_erased(stored)
        if stored.state is State.RESTRICTED:
            raise NotAllowed(f"expected a group of entry {index} that may be read; it is restricted: only the court can lift that")
        return stored

    def _open(self, index: int, group: str) -> tuple[Opening, ...]:
        stored, entry = self._active(index, group), self._entry(index)
        own = unwrap(stored.wrapped, by=self._persons.key(stored.key).key, context=context_of(leaf=leaf_hash(entry), group=group))
        return open_fields(stored, key=own, entry=entry)
