"""Bringing a ledger back after its database was lost or set back, its files damaged, or its second place lost."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from habeas.runs.ledgers.ledger import Ledger, Told
from habeas.runs.ledgers.reading import published_of
from habeas.runs.ledgers.settings import address, read_settings
from habeas.stores.keys.key_files import load_secret
from habeas.stores.log.head import SecondPlace
from habeas.stores.log.recover import Progress, Recovered, recover
from habeas.stores.sequencers.store import open_sequencer
from habeas.stores.vault.deeds import Replayed
from habeas.stores.vault.persons import create_persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """What was brought back, and which orders (erasures, restrictions) were carried out again afterwards."""

    recovered: Recovered
    replayed: Replayed


def recover_ledger(
    folder: str | Path,
    *,
    passphrase: str | bytes | None = None,
    second_place_lost: bool = False,
    persons_lost: bool = False,
    told: Told | None = None,
    progress: Progress | None = None,
) -> Recovery:
    """Bring the ledger in `folder` back to the last checkpoint that it signed, from its public files; what is whole stays as it is.

    The database may be an old copy, or gone; so may `persons.sqlite` be an old copy: erasures are carried out again in both.
    `second_place_lost`: it is gone, and nobody holds a larger checkpoint than those that are left. `persons_lost`: the persons' keys are
    gone for good, so that nothing sealed so far can ever be read; an empty file is made for new records.

    Raises:
        NotFound: there is no ledger, nothing was ever signed, or a public file is missing that would be needed.
        NotAllowed: the passphrase is another one.
        Inconsistent: two signed states can't both be true, or entries don't give a signed root; nothing was changed.
        Busy, CannotWrite, Unavailable: somebody writes it, or something can't be read or written; it may be begun again.
    """
    top, secret = Path(folder), passphrase.encode() if isinstance(passphrase, str) else passphrase
    settings = read_settings(top)
    master = load_secret(top / settings.persons_key, passphrase=secret)  # before anything is changed
    second = SecondPlace(address(top, settings.second_place))
    with closing(open_sequencer(address(top, settings.store), origin=settings.origin, create=True)) as sequencer:
        found = recover(sequencer, published_of(top, settings), second, second_place_lost=second_place_lost, progress=progress)
    if persons_lost and not (top / settings.persons).exists():
        create_persons(top / settings.persons, master=master)
    with Ledger(top, passphrase=secret, told=told) as ledger:
        return Recovery(recovered=found, replayed=ledger.replayed)
