"""Reading a ledger beside whoever writes it: no passphrase, no lock; from public files, each seen to belong to the signed checkpoint."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from habeas.errors import Unavailable
from habeas.ledger.notes.keys import VerifierKey
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.trust.evidence import Evidence
from habeas.runs.ledgers.settings import Settings, address, read_settings
from habeas.stores.keys.key_files import read_key_file
from habeas.stores.log.findings import Report
from habeas.stores.log.fsck import Progress, check_log
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.published import Published
from habeas.stores.objects.place import open_place
from habeas.stores.sequencers.store import open_sequencer


def prove(folder: str | Path, index: int) -> Evidence:
    """The entry at `index` with the proof that the published log holds it; no personal field is in it.

    Raises:
        NotFound: there is no ledger, or the entry isn't published (yet).
        ProofFailed: the published files are broken: run `habeas ledger fsck`.
    """
    place = Path(folder)
    published = published_of(place, read_settings(place))
    head = published.head()
    proof = published.prove(index, head=head)
    return Evidence(entry=next(published.entries(index, head=head)), proof=proof)


def prove_growth(folder: str | Path, old: int) -> tuple[bytes, ...]:
    """The proof that the log of `old` entries is the beginning of the published one. Errors as for `prove`."""
    place = Path(folder)
    published = published_of(place, read_settings(place))
    return published.prove_consistency(old=old, head=published.head())


def recorded(folder: str | Path) -> int:
    """How many entries are recorded, published or not. Errors as for `check`."""
    place = Path(folder)
    settings = read_settings(place)
    with closing(open_sequencer(address(place, settings.store), origin=settings.origin)) as sequencer:
        return sequencer.size()


def entries_since(folder: str | Path, start: int) -> Iterator[tuple[int, bytes, bytes]]:
    """The recorded entries from the index `start` on, published or not: index, entry, leaf hash. None where `start` is the next index.

    Raises:
        NotFound: there is no ledger, or `start` is beyond what is recorded. Otherwise as for `check`.
    """
    place = Path(folder)
    settings = read_settings(place)
    with closing(open_sequencer(address(place, settings.store), origin=settings.origin)) as sequencer:
        for index, entry in enumerate(sequencer.entries(start, sequencer.size()), start=start):
            yield index, entry, leaf_hash(entry)


def published_of(folder: Path, settings: Settings) -> Published:
    """The public files of the ledger in `folder`."""
    keys = public_keys(folder, settings)
    return Published(open_place(address(folder, settings.tiles)), origin=settings.origin, keys=keys)


def public_keys(folder: Path, settings: Settings) -> tuple[VerifierKey, ...]:
    """The public halves of the keys that sign for the ledger."""
    found = tuple(read_key_file(folder / name).key for name in settings.log_keys)
    keys = tuple(key for key in found if key is not None)
    if len(keys) != len(found):
        raise Unavailable(
            f"expected signing keys in {', '.join(settings.log_keys)}; one of them signs nothing: mend log_keys in ledger.yaml"
        )
    return keys


def check(folder: str | Path, *, progress: Progress | None = None) -> Report:
    """Work everything out again from the entries, and report every discrepancy with index and file; changes nothing.

    Raises:
        NotFound: there is no ledger.
        Unavailable: a part of it can't be read at all.
    """
    place = Path(folder)
    settings = read_settings(place)
    second = SecondPlace(address(place, settings.second_place))
    with closing(open_sequencer(address(place, settings.store), origin=settings.origin)) as sequencer:
        return check_log(sequencer, published_of(place, settings), second, progress=progress)
