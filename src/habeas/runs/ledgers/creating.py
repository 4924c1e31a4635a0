"""Making a ledger: keys, databases, settings and the policy to give to those who verify. Settings come last, so half a ledger isn't one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from habeas.errors import BadInput, CannotWrite
from habeas.ledger.notes.keys import Algorithm, VerifierKey
from habeas.runs.ledgers.settings import FILE, Settings, address, settings_text
from habeas.runs.outputs import write_file
from habeas.stores.keys.key_files import create_key_file, create_secret_file, load_secret
from habeas.stores.sequencers.store import open_sequencer
from habeas.stores.vault.persons import create_persons

POLICY = "trust-policy.txt"

POLICY_TEXT = """# Who is believed about this log. Give this file to everyone who shall verify, by a way that they trust.
# Add witnesses as they join, and raise the quorum: without witnesses, the log's owner alone vouches for it.
#   witness NAME VKEY URL
#   group witnesses 2 NAME NAME NAME
#   quorum witnesses
{logs}
quorum none
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Created:
    """A ledger that was just made: its settings, the keys that sign for it, and the policy file that names them."""

    settings: Settings
    keys: tuple[VerifierKey, ...]
    policy: Path


def create_ledger(
    folder: Path,
    *,
    origin: str,
    passphrase: bytes | None,
    store: str = "log.sqlite",
    tiles: str = "public",
    second_place: str | None = None,
) -> Created:
    """Make a ledger named `origin` in `folder`, which must be empty or missing.

    `passphrase` locks the key files; None leaves them open to whoever can read them. `second_place` defaults to a folder beside this
    one; it belongs on another disk.

    Raises:
        BadInput: `origin` can't name a log, or the folder isn't empty.
        CannotWrite: no space or permission.
    """
    place = second_place if second_place is not None else f"../{folder.absolute().name}-second-place"
    settings = Settings(origin=origin, store=store, tiles=tiles, second_place=place)
    _expect_room(folder)
    try:
        (folder / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"expected to make {folder}; the system said: {error.strerror}. Free space, or choose another place") from error
    algorithms = (Algorithm.ED25519, Algorithm.ML_DSA_44)
    keys = tuple(
        create_key_file(folder / name, name=origin, algorithm=algorithm, passphrase=passphrase)
        for name, algorithm in zip(settings.log_keys, algorithms, strict=True)
    )
    create_secret_file(folder / settings.persons_key, name=f"{origin} persons", passphrase=passphrase)
    create_persons(folder / settings.persons, master=load_secret(folder / settings.persons_key, passphrase=passphrase))
    open_sequencer(address(folder, settings.store), origin=origin, create=True).close()
    policy = write_file(folder / POLICY, POLICY_TEXT.format(logs="\n".join(f"log {key}" for key in keys)).encode())
    write_file(folder / FILE, settings_text(settings).encode())
    return Created(settings=settings, keys=keys, policy=policy)


def _expect_room(folder: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise BadInput(f"expected an empty or a new folder for the ledger; {folder} holds something already: choose another")
