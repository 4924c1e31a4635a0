"""A ledger in the hands of its writer: what the terminal and Python users do with it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

from habeas.errors import BadInput, HabeasError, Inconsistent, NotFound
from habeas.ledger.fields.courts import parse_court_key
from habeas.ledger.notes.note import NoteSignature
from habeas.ledger.trust.evidence import Evidence
from habeas.runs.ledgers.reading import public_keys
from habeas.runs.ledgers.record_lines import RecordLine
from habeas.runs.ledgers.settings import address, read_settings
from habeas.runs.ledgers.verifying import read_policy
from habeas.stores.keys.key_files import load_secret, load_signer, read_key_file
from habeas.stores.log.head import SecondPlace, head_of
from habeas.stores.log.log import Log, Prove, Receipt, Witnesses
from habeas.stores.objects.place import open_place
from habeas.stores.sequencers.rows import SignedHead
from habeas.stores.sequencers.store import open_sequencer
from habeas.stores.vault.deeds import Replayed
from habeas.stores.vault.persons import Persons
from habeas.stores.vault.records import RecordLog
from habeas.stores.witnessing.circle import ask_witnesses
from habeas.stores.witnessing.client import is_proven

Told = Callable[[str, HabeasError], None]
"""Hears the name of a witness that didn't cosign, and why."""


class Ledger:
    """The one writer of the ledger in `folder`. A context manager: left, it is closed, and another may write.

    Opening finishes what an interruption left undone, erasures included; `replayed` says what that was. Every method may be called
    from many threads at once; what they record then shares flushes to the disk. `told` hears of each witness that didn't cosign.

    Raises:
        NotFound: there is no ledger in `folder`, or a part of it is missing.
        NotAllowed: the passphrase is another one.
        Busy: another process writes this ledger.
        Inconsistent: its database is an old backup, or its parts don't agree; nothing is signed then.
    """

    def __init__(self, folder: str | Path, *, passphrase: str | bytes | None = None, told: Told | None = None) -> None:
        self.folder = Path(folder)
        self.settings = read_settings(self.folder)
        self._told = told
        self._cosigned: dict[str, int] = {}
        """By witness, the size that it cosigned last: it saves asking."""
        self._policy = None if self.settings.policy is None else read_policy(Path(address(self.folder, self.settings.policy)))
        secret = passphrase.encode() if isinstance(passphrase, str) else passphrase
        with ExitStack() as opened:
            self._log, self._records = self._opened(secret, opened)
            self.replayed: Replayed = self._records.replay()
            self._open = opened.pop_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let another process write. What was recorded stays; what isn't published yet is published by the next writer."""
        self._open.close()

    @property
    def origin(self) -> str:
        """The name of the log."""
        return self.settings.origin

    @property
    def size(self) -> int:
        """How many entries are recorded."""
        return self._log.size()

    def record(self, record: RecordLine | Mapping[str, object]) -> Receipt:
        """Record one thing; durable when this returns, provable after the next checkpoint.

        Raises:
            BadInput: it isn't a record (`habeas schema ledger-record`); no value is repeated in the message.
        """
        return next(iter(self.record_many([record])))

    def record_many(self, records: Iterable[RecordLine | Mapping[str, object]]) -> Iterator[Receipt]:
        """Record many, in their order and many to a commit; gives each receipt once it is durable. Nothing happens before it is asked for.

        Raises:
            BadInput: one isn't a record; whatever has a receipt is recorded, and of the others none from that one on.
        """
        return self._records.record_many(line.draft() for line in self._checked(records))

    def checkpoint(self) -> SignedHead:
        """Sign and publish all that is recorded, and ask the witnesses that the policy of the settings names.

        A witness that is away doesn't stop it.

        Raises:
            Inconsistent: a witness has seen another history of this log, or its parts don't agree: nothing more is signed.
        """
        return self._log.publish(self._witnesses(), wanted=self._wanted)

    def start_publishing(self, *, failed: Callable[[HabeasError], None] | None = None) -> None:
        """Sign and publish on the interval of the settings, in the background, until the ledger is closed; then once more.

        `failed` hears of each time that failed: what is away is tried again, and once evidence is broken nothing more is signed.
        """
        self._log.start(self.settings.interval_s, witnesses=self._witnesses(), wanted=self._wanted, on_trouble=failed)

    def disclose(self, index: int, group: str, *names: str, ground: str, authority: str, to: str = "court") -> Evidence:
        """Evidence that shows these fields of a record and no others; that they were disclosed is recorded first.

        Raises:
            BadInput: no field is named, or one twice.
            NotFound: no such entry, group or field. Gone: it was erased. NotAllowed: it is restricted.
        """
        self._expect_entry(index)
        if not names or len(set(names)) < len(names):
            raise BadInput("expected the names of fields to show, each once; got none, or one twice: name them")
        return self._records.disclose(index, group, *names, ground=ground, authority=authority, to=to)

    def read(self, index: int, group: str, *, purpose: str, authority: str, to: str | None = None) -> dict[str, str | int | bool]:
        """A group's fields; that they were read, and why, is recorded first. Errors as for `disclose`."""
        self._expect_entry(index)
        return self._records.read(index, group, purpose=purpose, authority=authority, to=to)

    def erase_person(self, ref: str, *, ground: str, authority: str) -> Receipt:
        """Erase a person from all records: the order is recorded and published, then the key is destroyed.

        Raises:
            NotFound: nothing is recorded about this person, or it was erased. NotAllowed: a court has restricted one of the records.
        """
        return self._records.erase_person(ref, ground=ground, authority=authority)

    def erase_record(self, index: int, group: str, *, ground: str, authority: str) -> Receipt:
        """Erase one group of one record. Errors as for `erase_person`; Gone where it was erased already."""
        self._expect_entry(index)
        return self._records.erase_record(index, group, ground=ground, authority=authority)

    def restrict(self, index: int, group: str, *, ground: str, court_key: str, authority: str) -> Receipt:
        """Put a group out of everyone's reach but a court's; `court_key`: its public key, 64 hexadecimal digits."""
        self._expect_entry(index)
        return self._records.restrict(index, group, ground=ground, court_key=parse_court_key(court_key), authority=authority)

    def lift(self, index: int, group: str, *, ground: str, court_private: bytes, authority: str) -> Receipt:
        """Lift a restriction with the court's private key (32 bytes)."""
        self._expect_entry(index)
        return self._records.lift(index, group, ground=ground, court_private=court_private, authority=authority)

    @property
    def _wanted(self) -> int:
        return 0 if self._policy is None else len(self._policy.witnesses)

    def _opened(self, passphrase: bytes | None, opened: ExitStack) -> tuple[Log, RecordLog]:
        folder, settings = self.folder, self.settings
        signers = [load_signer(folder / name, passphrase=passphrase) for name in settings.log_keys]
        master = load_secret(folder / settings.persons_key, passphrase=passphrase)
        try:
            sequencer = open_sequencer(address(folder, settings.store), origin=settings.origin)
        except NotFound as error:
            raise NotFound(f"{error}; if it was lost, `habeas ledger recover` brings back what can be brought back") from error
        opened.callback(sequencer.close)
        place = open_place(address(folder, settings.tiles))
        second = SecondPlace(address(folder, settings.second_place))
        log = opened.enter_context(Log(sequencer, place, second, signers, settings.origin, clock=_now))
        persons = Persons(folder / settings.persons, master=master)
        opened.callback(persons.close)
        return log, RecordLog(_Witnessed(log, self.checkpoint), persons, sequencer=sequencer, random=os.urandom, clock=_now)

    def _checked(self, records: Iterable[RecordLine | Mapping[str, object]]) -> Iterator[RecordLine]:
        """See, too, that each is about an entry that is there before it."""
        known = self.size
        for number, one in enumerate(records):
            line = one if isinstance(one, RecordLine) else RecordLine.checked(one, name="the record")
            if line.about is not None and line.about >= known + number:
                raise BadInput(
                    "the record, public.about: expected the index of an entry that is recorded before it; there is none: mend the index"
                )
            yield line

    def _expect_entry(self, index: int) -> None:
        if not 0 <= index < self.size:
            raise NotFound(f"expected the index of one of the {self.size} entries, from 0 on; got {index}: see the record's receipt")

    def _witnesses(self) -> Witnesses | None:
        """Ask every witness of the policy. One that proves another history stops everything; one that only claims it is told of."""
        if self._policy is None:
            return None
        witnesses = tuple(self._policy.witnesses.values())

        def asked(checkpoint: bytes, prove: Prove) -> Sequence[NoteSignature]:
            found = ask_witnesses(witnesses, checkpoint=checkpoint, known=self._cosigned, prove=prove)
            for name, error in found.failed.items():
                if isinstance(error, Inconsistent) and is_proven(error, public_keys(self.folder, self.settings)):
                    raise error
                if self._told is not None:
                    self._told(name, error)
            self._cosigned.update(dict.fromkeys(found.cosigned, head_of(checkpoint).size))
            return found.signatures

        return asked


def is_locked(folder: Path) -> bool:
    """Whether the keys of a ledger need a passphrase. Raises as `read_settings` and `read_key_file`."""
    settings = read_settings(folder)
    return any(read_key_file(folder / name).locked for name in (*settings.log_keys, settings.persons_key))


class _Witnessed:
    """The log as the vault has it: what it publishes is shown to the witnesses too, lest evidence lack their word."""

    def __init__(self, log: Log, publish: Callable[[], SignedHead]) -> None:
        self.append, self.append_many, self.prove = log.append, log.append_many, log.prove
        self.publish = publish


def _now() -> int:
    return int(time.time())
