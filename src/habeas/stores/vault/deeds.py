"""Erasing and restricting what is sealed, and doing it again where an older backup brought it back.

Nothing here writes to the log: the entry that orders a deed is durable before any of this is called. Every deed may be done again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from habeas.errors import Gone, HabeasError, Malformed, NotFound, Unavailable
from habeas.ledger.fields.courts import CourtKey, parse_court_key, unwrap_as_court, wrap_to_court
from habeas.ledger.fields.sealing import unwrap, wrap
from habeas.ledger.tree.hashing import leaf_hash
from habeas.stores.sequencers.rows import State, StoredGroup
from habeas.stores.sequencers.store import Sequencer
from habeas.stores.vault.persons import Persons
from habeas.stores.vault.sealed import context_of
from habeas.terms.records import VERSION, Entry, RecordType, parse_entry

AT_ONCE = 500
"""How many rows are erased in one transaction, so that memory and journal stay small."""

GroupOfEntry = tuple[int, str]
"""A group of sealed fields: the index of its entry, and its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What was done again: how many groups were erased and restricted, and how many persons' keys destroyed.

    `unfinished`: the indices of orders that couldn't be carried out: this habeas can't read them, or the key of the person isn't there.
    """

    erased: int
    destroyed: int
    restricted: int
    unfinished: tuple[int, ...]


class Deeds:
    """Does what entries of type erasure and restriction order."""

    def __init__(self, sequencer: Sequencer, persons: Persons) -> None:
        self._sequencer, self._persons = sequencer, persons

    def erase_person(self, handle: str) -> int:
        """Destroy a person's key, then every row that it sealed; how many rows there were."""
        self._persons.destroy(handle)
        return self._forget_under(handle)

    def erase_record(self, place: GroupOfEntry) -> int:
        """Forget one group of one record; 0: it was gone already."""
        return self._forget([place])

    def restrict(self, stored: StoredGroup, court: CourtKey) -> None:
        """Wrap the record's key to the court, instead of to the person; from then on nobody here can read it."""
        context = self._context(stored)
        own = unwrap(stored.wrapped, by=self._persons.key(stored.key).key, context=context)
        wrapped = wrap_to_court(own, court=court, context=context)
        self._sequencer.replace_group(replace(stored, wrapped=wrapped, state=State.RESTRICTED))

    def lifted(self, stored: StoredGroup, *, court_private: bytes, nonce: bytes) -> StoredGroup:
        """The group as it is to be kept once its restriction is lifted; nothing is changed yet.

        Raises:
            NotAllowed: it is restricted to another court.
            Gone: the person was erased meanwhile.
        """
        context = self._context(stored)
        own = unwrap_as_court(stored.wrapped, private=court_private, context=context)
        wrapped = wrap(own, by=self._persons.key(stored.key).key, nonce=nonce, context=context)
        return replace(stored, wrapped=wrapped, state=State.ACTIVE)

    def replay(self) -> Replayed:
        """Do again every deed that the log holds; where all were done, nothing changes.

        Every deed is looked at, however long ago it was: a restored backup may be of any age. Restrictions are done last and as the last
        order says: one that was lifted isn't put back.
        """
        erased = destroyed = 0
        orders: dict[GroupOfEntry, tuple[int, Entry]] = {}
        unfinished: list[int] = []
        for batch in self._batches():
            erasures = []
            for index, raw in batch:
                entry = _read(raw)
                if entry is None:
                    unfinished.append(index)
                elif entry.type is RecordType.ERASURE:
                    erasures.append(entry.public)
                else:
                    orders[entry.public["about"], entry.public["group"]] = index, entry
            handles = [public["key"] for public in erasures if "key" in public]
            destroyed += self._persons.destroy_all(handles) if handles else 0
            erased += sum(self._forget_under(handle) for handle in handles)
            erased += self._forget([(public["about"], public["group"]) for public in erasures if "about" in public])
        restricted, failed = self._restrict_again(orders)
        return Replayed(erased=erased, destroyed=destroyed, restricted=restricted, unfinished=tuple(sorted([*unfinished, *failed])))

    def _batches(self) -> Iterator[list[tuple[int, bytes]]]:
        deeds = self._sequencer.deeds(0)
        while batch := list(islice(deeds, AT_ONCE)):
            yield batch

    def _forget_under(self, handle: str) -> int:
        groups, count = self._sequencer.groups_under(handle), 0
        while places := [(stored.index, stored.group) for stored in islice(groups, AT_ONCE)]:
            self._sequencer.forget_groups(places)
            count += len(places)
        return count

    def _forget(self, places: list[GroupOfEntry]) -> int:
        there = [place for place in places if (stored := self._stored(place)) is not None and stored.state is not State.ERASED]
        if there:
            self._sequencer.forget_groups(sorted(set(there)))
        return len(set(there))

    def _restrict_again(self, orders: dict[GroupOfEntry, tuple[int, Entry]]) -> tuple[int, list[int]]:
        done, failed = 0, []
        for place, (index, entry) in orders.items():
            stored = self._stored(place)
            if stored is None or stored.state is not State.ACTIVE or entry.public["state"] != "restricted":
                continue
            try:
                self.restrict(stored, parse_court_key(entry.public["court"]))
                done += 1
            except (Gone, Malformed, Unavailable):  # its key isn't there, or the court's key is none
                failed.append(index)
        return done, failed

    def _stored(self, place: GroupOfEntry) -> StoredGroup | None:
        try:
            return self._sequencer.group(*place)
        except NotFound:  # an entry that came back without what was sealed
            return None

    def _context(self, stored: StoredGroup) -> bytes:
        entry = next(self._sequencer.entries(stored.index, stored.index + 1))
        return context_of(leaf=leaf_hash(entry), group=stored.group)


def _read(raw: bytes) -> Entry | None:
    try:
        entry = parse_entry(raw)
    except HabeasError:
        return None
    known = entry.version == VERSION and entry.type in {RecordType.ERASURE, RecordType.RESTRICTION}
    return entry if known else None
