"""Where the passphrase comes from that locks the key files: the environment, or a file that it names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from habeas.errors import BadInput, NotFound, Unavailable

VARIABLE = "HABEAS_LEDGER_PASSPHRASE"
FILE_VARIABLE = "HABEAS_LEDGER_PASSPHRASE_FILE"
MOST_BYTES = 4096


def passphrase_from(environment: Mapping[str, str]) -> bytes | None:
    """The passphrase that the environment gives; None where it gives none, and somebody should be asked.

    `HABEAS_LEDGER_PASSPHRASE_FILE` names a file, as secret stores of container platforms provide; one line feed at its end isn't part
    of the passphrase. It is the better way: other processes may see a variable.

    Raises:
        BadInput: both are set, or what they give is empty or longer than 4,096 bytes.
        NotFound: there is no such file.
        Unavailable: the file can't be read.
    """
    given, file = environment.get(VARIABLE), environment.get(FILE_VARIABLE)
    if given is not None and file is not None:
        raise BadInput(f"expected {VARIABLE} or {FILE_VARIABLE}; both are set: unset one of them")
    if file is not None:
        return _checked(_first_of(Path(file)).removesuffix(b"\n"), FILE_VARIABLE)
    return None if given is None else _checked(given.encode("utf-8", "surrogateescape"), VARIABLE)


def _first_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 2)
    except FileNotFoundError:
        raise NotFound(f"expected the passphrase in {path}, which {FILE_VARIABLE} names; there is no such file: mend the name") from None
    except OSError as error:
        raise Unavailable(f"expected to read the passphrase in {path}; the system said: {error.strerror}: mend that") from error


def _checked(passphrase: bytes, source: str) -> bytes:
    if not 1 <= len(passphrase) <= MOST_BYTES:
        raise BadInput(f"{source}: expected a passphrase of 1 to {MOST_BYTES} bytes; it has {len(passphrase)}: choose another")
    return passphrase
