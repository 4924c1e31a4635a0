"""Key files: one secret each, made once, readable by its owner alone (JSON, `habeas-key/v1`).

Name, algorithm and public key stand in clear, so that a file tells what it is for; the secret is sealed by a passphrase. Where somebody
asked for it by name, it lies open instead, and the file says so.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from habeas.errors import BadInput, CannotWrite, Malformed, NotAllowed, NotFound, Unavailable
from habeas.ledger.notes.encoding import decode_base64, encode_base64
from habeas.ledger.notes.keys import Algorithm, Signer, VerifierKey, parse_vkey
from habeas.stores.keys.sealed_seed import WORK, SealedSeed, open_seed, seal_seed
from habeas.stores.keys.signers import SEED_BYTES, signer_from_seed
from habeas.stores.objects.disk import flush_folder

FORMAT = "habeas-key/v1"
SIGNING, SECRET = "signing", "secret"
SEALED, OPEN = "scrypt and AES-256-GCM", "none"
MOST_BYTES = 64 * 1024
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """What a key file holds: what it is for, in clear, and the secret, sealed or open.

    `key`: the public half; None for a secret that signs nothing.
    """

    name: str
    key: VerifierKey | None
    seed: SealedSeed | bytes = field(repr=False)

    def header(self) -> dict[str, str]:
        """What stands in clear, and is bound to the sealed secret."""
        kind = {"format": FORMAT, "kind": SIGNING if self.key else SECRET, "name": self.name}
        return kind if self.key is None else kind | {"algorithm": self.key.algorithm.name, "vkey": str(self.key)}

    @property
    def locked(self) -> bool:
        """Whether a passphrase is needed."""
        return isinstance(self.seed, SealedSeed)

    def unlocked(self, passphrase: bytes | None) -> bytes:
        """The secret.

        Raises:
            NotAllowed: it is sealed, and the passphrase is missing or another one.
        """
        if isinstance(self.seed, bytes):
            return self.seed
        if passphrase is None:
            raise NotAllowed(f"expected the passphrase of the key {self.name}; got none: give it by HABEAS_LEDGER_PASSPHRASE_FILE")
        return open_seed(self.seed, passphrase=passphrase, bound_to=_bytes(self.header()))


def create_key_file(path: Path, *, name: str, algorithm: Algorithm, passphrase: bytes | None, work: int = WORK) -> VerifierKey:
    """Make a new signing key and keep it in a new file; its public half.

    `passphrase=None` leaves the secret open to whoever can read the file. `work`: see `sealed_seed.WORK`.

    Raises:
        Malformed: no key can have this name.
        BadInput: an empty passphrase.
        CannotWrite: there is a file already, which stays as it is; or no space or permission.
    """
    seed = secrets.token_bytes(SEED_BYTES)
    key = signer_from_seed(name=name, algorithm=algorithm, seed=seed).key
    _create(path, name=name, key=key, seed=seed, passphrase=passphrase, work=work)
    return key


def create_secret_file(path: Path, *, name: str, passphrase: bytes | None, work: int = WORK) -> None:
    """Make a new secret of 32 bytes that signs nothing, such as the one that locks the persons' keys; else as `create_key_file`."""
    _create(path, name=name, key=None, seed=secrets.token_bytes(SEED_BYTES), passphrase=passphrase, work=work)


def load_signer(path: Path, *, passphrase: bytes | None) -> Signer:
    """What signs with the key in a file.

    Raises:
        NotFound: there is no file.
        NotAllowed: the passphrase is missing or another one, or others than its owner may read the file.
        BadInput: it is a folder, or something else that is no file.
        Malformed: it is no file of a signing key, or its secret doesn't belong to its public key.
        Unavailable: it can't be read.
    """
    file = read_key_file(path)
    if file.key is None:
        raise Malformed(f"{path}: expected a key that signs; it holds a secret of another kind: name the right file")
    signer = signer_from_seed(name=file.name, algorithm=file.key.algorithm, seed=file.unlocked(passphrase))
    if signer.key != file.key:
        raise Malformed(f"{path}: expected the secret of the key {file.key}; it is another key's: restore the file")
    return signer


def load_secret(path: Path, *, passphrase: bytes | None) -> bytes:
    """The 32 bytes that a file of `create_secret_file` holds; errors as for `load_signer`."""
    file = read_key_file(path)
    if file.key is not None:
        raise Malformed(f"{path}: expected a secret that signs nothing; it holds a signing key: name the right file")
    return file.unlocked(passphrase)


def read_key_file(path: Path) -> KeyFile:
    """What a key file holds, its secret still sealed; its public half needs no passphrase. Errors as for `load_signer`."""
    try:
        return parse_key_file(_read(path))
    except Malformed as error:
        raise Malformed(f"{path}: {error}") from error


def parse_key_file(raw: bytes) -> KeyFile:
    """What the bytes of a key file say.

    Raises:
        Malformed: they are no key file of this format.
    """
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Malformed("expected a key file, in JSON; got something else: is this the right file?") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise Malformed(f"expected a key file that says {FORMAT}; got another format: is this the right file, or of a newer release?")
    file = KeyFile(name=_text(found, "name"), key=_key(found), seed=_seed(found))
    if file.header().items() - {(name, str(value)) for name, value in found.items()}:
        raise Malformed("expected kind, name and algorithm to be those of the public key; they aren't: restore the file")
    return file


def _key(found: dict[str, Any]) -> VerifierKey | None:
    return None if _text(found, "kind") == SECRET else parse_vkey(_text(found, "vkey"))


def _seed(found: dict[str, Any]) -> SealedSeed | bytes:
    sealing = _text(found, "encryption")
    if sealing not in {SEALED, OPEN}:
        raise Malformed(f"expected the encryption {SEALED!r} or {OPEN!r}; got another: is the file of a newer release?")
    if sealing == OPEN:
        seed = decode_base64(_text(found, "seed"))
        if len(seed) != SEED_BYTES:
            raise Malformed(f"expected a seed of {SEED_BYTES} bytes; got {len(seed)}: restore the file")
        return seed
    if type(work := found.get("work")) is not int:
        raise Malformed("expected the cost of scrypt as a whole number; got something else: restore the file")
    salt, nonce, sealed = (decode_base64(_text(found, name)) for name in ("salt", "nonce", "seed"))
    return SealedSeed(work=work, salt=salt, nonce=nonce, sealed=sealed)


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str):
        raise Malformed(f"expected {name} as text in the key file; there is none: restore the file")
    return value


def _create(path: Path, *, name: str, key: VerifierKey | None, seed: bytes, passphrase: bytes | None, work: int) -> None:
    file = KeyFile(name=name, key=key, seed=seed)
    if passphrase is None:
        kept: dict[str, str | int] = {"encryption": OPEN, "seed": encode_base64(seed)}
    else:
        sealed = seal_seed(seed, passphrase=passphrase, bound_to=_bytes(file.header()), work=work)
        parts = {"salt": sealed.salt, "nonce": sealed.nonce, "seed": sealed.sealed}
        kept = {"encryption": SEALED, "work": sealed.work, **{name: encode_base64(raw) for name, raw in parts.items()}}
    _write(path, (json.dumps(file.header() | kept, indent=1) + "\n").encode())


def _bytes(header: dict[str, str]) -> bytes:
    return json.dumps(header, sort_keys=True, separators=(",", ":")).encode()


def _write(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, for its owner alone, durably; nothing is left where that fails."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, stat.S_IRUSR | stat.S_IWUSR)
    except FileExistsError:
        raise CannotWrite(f"expected to make the key file {path}; there is one already, and it stays: choose another name") from None
    except OSError as error:
        raise CannotWrite(f"expected to make the key file {path}; the system said: {error.strerror}: mend that") from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(handle)
        flush_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise CannotWrite(
            f"expected to keep the key file {path}; the system said: {error.strerror}. Nothing was kept: mend that"
        ) from error


def _read(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # a pipe of that name must not make us wait
        try:
            _check_owner_alone(path, os.fstat(handle).st_mode)
            return os.read(handle, MOST_BYTES)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"expected the key file {path}; there is none: check the name") from None
    except OSError as error:
        raise Unavailable(f"expected to read the key file {path}; the system said: {error.strerror}: mend that") from error


def _check_owner_alone(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise BadInput(f"expected a key file; {path} is something else: name the file")
    if mode & FOR_OTHERS:
        raise NotAllowed(f"expected a key file that only its owner can read; others may read {path}: chmod 600 it, and think of a new key")
