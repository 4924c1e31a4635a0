"""Making a ledger: keys, databases, settings and the policy to give to those who verify. Settings come last, so half a ledger isn't one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import BadInput, CannotWrite, Malformed
from habeas.ledger.notes.keys import Algorithm, VerifierKey, refuse_bad_name
from habeas.runs.ledgers.settings import FILE, Settings, address, settings_text
from habeas.runs.outputs import write_file, write_private_file
from habeas.stores.keys.key_files import create_key_file, create_secret_file, load_secret
from habeas.stores.log.head import SecondPlace
from habeas.stores.objects.place import CHECKPOINT, open_place
from habeas.stores.sequencers.store import open_sequencer
from habeas.stores.vault.persons import create_persons

POLICY = "trust-policy.txt"
_EXAMPLE = "such as log.police.example/decisions"

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
    folder: str | Path,
    *,
    origin: str,
    passphrase: str | bytes | None,
    store: str = "log.sqlite",
    tiles: str = "public",
    second_place: str | None = None,
) -> Created:
    """Make a ledger named `origin` in `folder`, which must be empty or missing.

    `passphrase` locks the key files; None leaves them open to whoever can read them. `second_place` defaults to a folder beside this
    one; it belongs on another disk.

    Raises:
        BadInput: `origin` can't name a log, the folder isn't empty, or a place holds another log's files already.
        CannotWrite: no space or permission. Where it fails, what was made in the folder is removed again.
    """
    top = Path(folder)
    place = second_place if second_place is not None else f"../{top.absolute().name}-second-place"
    settings = Settings(origin=origin, store=store, tiles=tiles, second_place=place)
    _refuse_bad_origin(origin)
    _expect_room(top)
    _expect_unused(top, settings)
    with _undone(top):
        return _made(top, settings, passphrase.encode() if isinstance(passphrase, str) else passphrase)


def _made(folder: Path, settings: Settings, passphrase: bytes | None) -> Created:
    algorithms = (Algorithm.ED25519, Algorithm.ML_DSA_44)
    keys = tuple(
        create_key_file(folder / name, name=settings.origin, algorithm=algorithm, passphrase=passphrase)
        for name, algorithm in zip(settings.log_keys, algorithms, strict=True)
    )
    create_secret_file(folder / settings.persons_key, name=f"{settings.origin} persons", passphrase=passphrase)
    create_persons(folder / settings.persons, master=load_secret(folder / settings.persons_key, passphrase=passphrase))
    open_sequencer(address(folder, settings.store), origin=settings.origin, create=True).close()
    policy = write_file(folder / POLICY, POLICY_TEXT.format(logs="\n".join(f"log {key}" for key in keys)).encode())
    write_private_file(folder / FILE, settings_text(settings).encode())  # the address of a database may have a password in it
    return Created(settings=settings, keys=keys, policy=policy)


@contextmanager
def _undone(folder: Path) -> Iterator[None]:
    """The folder with a place for keys; if things go wrong, it is as it was: missing, or empty."""
    before = folder.exists()
    try:
        try:
            (folder / "keys").mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise CannotWrite(
                f"expected to make {folder}; the system said: {error.strerror}. Free space, or choose another place"
            ) from error
        yield
    except BaseException:
        for path in folder.iterdir() if before else [folder]:
            with suppress(OSError):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _refuse_bad_origin(origin: str) -> None:
    try:
        refuse_bad_name(origin)
    except Malformed:
        raise BadInput(f"expected an origin without white space, control characters and +, {_EXAMPLE}; got another: mend it") from None
    if "://" in origin:
        raise BadInput(f"expected an origin without https://, {_EXAMPLE}; got one with it: leave it out")


def _expect_room(folder: Path) -> None:
    try:
        taken = folder.is_file() or (folder.is_dir() and any(folder.iterdir()))
    except OSError as error:
        raise CannotWrite(f"expected to make a ledger in {folder}; the system said: {error.strerror}. Choose another place") from error
    if taken:
        raise BadInput(f"expected an empty or a new folder for the ledger; {folder} holds something already: choose another")


def _expect_unused(folder: Path, settings: Settings) -> None:
    """Another log's files would make the first checkpoint fail, or be overwritten by it."""
    second, tiles = address(folder, settings.second_place), address(folder, settings.tiles)
    if SecondPlace(second).last() is not None:
        raise BadInput(f"expected an unused second place; {second} holds the last checkpoint of a log: choose another by --second-place")
    if open_place(tiles).exists(CHECKPOINT):
        raise BadInput(f"expected an unused place for public files; {tiles} holds those of a log: choose another by --tiles")
