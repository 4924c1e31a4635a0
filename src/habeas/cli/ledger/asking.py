"""What every ledger command needs from its user: the folder, the passphrase, and patience."""

from __future__ import annotations

import argparse
import contextlib
import getpass
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from habeas.cli.streams import remark
from habeas.cli.usage import Parser, WrongUsage, parser
from habeas.errors import HabeasError
from habeas.reports.language.phrases import counted
from habeas.runs.ledgers.ledger import Ledger, is_locked
from habeas.stores.keys.secrets import passphrase_from
from habeas.stores.vault.deeds import Replayed

Progress = Callable[[int, int], None]
"""Called with how much is done and how much there is."""

MOST_PORT = 65_535

WHERE_FROM = """
The passphrase that locks the keys comes from HABEAS_LEDGER_PASSPHRASE_FILE (a
file that only you can read), from HABEAS_LEDGER_PASSPHRASE, or is asked for at
the terminal."""


def ledger_parser(command: str, description: str) -> Parser:
    """A parser whose first argument is the ledger's folder."""
    found = parser(f"habeas ledger {command}", description)
    found.add_argument("folder", type=Path, metavar="FOLDER", help="the ledger's folder (made by habeas ledger init)")
    return found


def add_json(found: Parser, what: str = "the result") -> None:
    """Offer the result for programs."""
    found.add_argument("--json", action="store_true", help=f"print {what} as JSON instead of words")


def add_authority(found: Parser) -> None:
    """Ask who answers for it."""
    found.add_argument("--authority", required=True, metavar="NAME", help="who orders it, as in the register, e.g. police.example")


def opened(folder: Path) -> Ledger:
    """The ledger in `folder`, to be written; the passphrase is asked for where its keys need one."""
    locked = is_locked(folder)
    ledger = Ledger(folder, passphrase=passphrase(os.environ) if locked else None, told=warn)
    remark_replayed(ledger.replayed)
    return ledger


def remark_replayed(again: Replayed) -> None:
    """Say which orders were carried out again, and which couldn't be."""
    if again.erased or again.destroyed or again.restricted:
        groups, keys = counted(again.erased, "group", "groups"), counted(again.destroyed, "person's key", "persons' keys")
        told = f"{groups} erased, {keys} destroyed, {counted(again.restricted, 'group', 'groups')} restricted"
        remark(f"done again, as the log orders it: {told}")
    if again.unfinished:
        remark(f"habeas: could not be done again: the orders in the entries {', '.join(map(str, again.unfinished))}; see to them")


def warn(witness: str, error: HabeasError) -> None:
    """Say that a witness didn't cosign."""
    remark(f"habeas: the witness {witness} didn't cosign: {error}")


def passphrase(environment: Mapping[str, str]) -> bytes | None:
    """The passphrase of existing keys: from the environment, or asked for; None where nobody can be asked."""
    found = passphrase_from(environment)
    if found is not None or sys.stdin is None or not sys.stdin.isatty():
        return found
    return getpass.getpass("passphrase of the ledger's keys: ").encode()


def new_passphrase(given: argparse.Namespace) -> bytes | None:
    """The passphrase for new keys, typed twice; None where keys without one were asked for by name."""
    if given.unencrypted_keys:
        return None
    found = passphrase_from(os.environ)
    if found is not None:
        return found
    if sys.stdin is None or not sys.stdin.isatty():
        raise WrongUsage(
            "habeas ledger: new keys need a passphrase, and there is no terminal to ask at; set HABEAS_LEDGER_PASSPHRASE_FILE to a file "
            "that holds one, or ask for keys that anyone who reads the files can use: --unencrypted-keys"
        )
    first = getpass.getpass("a passphrase for the new keys: ")
    if not first or first != getpass.getpass("the same once more: "):
        raise WrongUsage("habeas ledger: the two passphrases differ, or are empty; nothing was made: try again")
    return first.encode()


def address_of(listen: str, *, option: str = "habeas ledger: expected --listen") -> tuple[str, int]:
    """Host and port of `HOST:PORT`; port 0 lets the system choose. `option`: how the message begins."""
    host, colon, port = listen.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and int(port) <= MOST_PORT):
        raise WrongUsage(f"{option} HOST:PORT, e.g. 127.0.0.1:8786; got {listen}")
    return host.strip("[]"), int(port)


def remark_ready(host: str, port: int) -> None:
    """Say where a service answers."""
    remark(f"listening: http://{f'[{host}]' if ':' in host else host}:{port}/ (Ctrl-C stops it)")


@contextlib.contextmanager
def progress(what: str, *, scroll: bool = False) -> Iterator[Progress | None]:
    """A bar on a terminal's error stream; nothing where that is piped, or where results `scroll` by on the same terminal.

    The bar must not take over standard output: what is sent to a file belongs into the file.
    """
    if sys.stderr is None or not sys.stderr.isatty() or (scroll and sys.stdout is not None and sys.stdout.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
