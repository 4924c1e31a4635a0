"""A witness in a folder: its two keys, its memory, and what it tells those who want to name it in a policy."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from habeas.errors import BadInput, CannotWrite, Malformed, NotFound
from habeas.ledger.notes.keys import Algorithm, Signer, VerifierKey, parse_vkey, refuse_bad_name
from habeas.ledger.trust.policy import parse_policy
from habeas.ledger.trust.witness import Recorded
from habeas.runs.ledgers.verifying import read_bytes
from habeas.stores.keys.key_files import create_key_file, load_signer, read_key_file
from habeas.stores.witnessing.state import WitnessState

MEMORY = "witness.sqlite"
KEYS = {"witness-ed25519.json": Algorithm.COSIGNATURE_V1, "witness-ml-dsa-44.json": Algorithm.ML_DSA_44}


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A witness that is ready to answer."""

    state: WitnessState
    signers: tuple[Signer, ...]

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """Its public keys, for the policies of those who trust it."""
        return tuple(signer.key for signer in self.signers)


def exists(folder: Path) -> bool:
    """Whether a witness was made in this folder."""
    return (folder / MEMORY).exists() or any((folder / name).exists() for name in KEYS)


def is_locked(folder: Path) -> bool:
    """Whether its keys need a passphrase; where there is no witness, none is needed. Raises as `read_key_file`."""
    return exists(folder) and any(read_key_file(folder / name).locked for name in KEYS)


def make_witness(folder: Path, *, name: str, passphrase: bytes | None) -> None:
    """Make keys and an empty memory for a new witness called `name`.

    Raises:
        BadInput: a witness was made here before, so that its memory can't be begun anew by mistake; or the name can't be one.
        CannotWrite: no space or permission.
    """
    if exists(folder):
        raise BadInput(f"expected a folder without a witness; {folder} holds one: start it without --name, or choose another folder")
    try:
        refuse_bad_name(name)
    except Malformed:
        raise BadInput(
            "expected the name of a witness without white space, control characters and +, such as witness.example/w1; got another: mend it"
        ) from None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"expected to make {folder}; the system said: {error.strerror}. Free space, or choose another place") from error
    try:
        WitnessState(folder / MEMORY, create=True).close()
        for file, algorithm in KEYS.items():
            create_key_file(folder / file, name=name, algorithm=algorithm, passphrase=passphrase)
    except BaseException:
        for file in (MEMORY, *KEYS):  # half a witness would be in the way of a whole one
            with suppress(OSError):
                (folder / file).unlink()
        raise


def open_witness(folder: Path, *, passphrase: bytes | None) -> Witness:
    """The witness in `folder`.

    Raises:
        NotFound: there is none, or its memory is missing: it must never begin anew under the same keys.
        NotAllowed: the passphrase is another one.
    """
    if not exists(folder):
        raise NotFound(f"expected a witness in {folder}; there is none: make one by --name, e.g. --name witness.example/w1")
    signers = tuple(load_signer(folder / file, passphrase=passphrase) for file in KEYS)
    return Witness(state=WitnessState(folder / MEMORY), signers=signers)


def keys_of_logs(given: Sequence[str]) -> tuple[VerifierKey, ...]:
    """The logs to witness: each a vkey as text, or a file that holds one, or a trust policy.

    Raises:
        Malformed: neither a key nor a file with one.
    """
    return tuple(key for one in given for key in _keys(one))


def forget_keys(witness: Witness, keys: Sequence[VerifierKey]) -> tuple[tuple[VerifierKey, Recorded | None], ...]:
    """No longer trust these keys of logs, all of them or none; with each, what stays remembered of its log.

    Raises:
        NotFound: one of them wasn't trusted; then all that were trusted still are.
    """
    for key in keys:
        trusted = witness.state.keys_of(key.name)
        if key not in trusted:
            known = ", ".join(map(short_name, trusted)) or "no key at all"
            raise NotFound(
                f"expected a key that is trusted for the log {key.name}; got {short_name(key)}, which isn't, and nothing was forgotten: "
                f"for that log the witness trusts {known}"
            )
    for key in dict.fromkeys(keys):
        witness.state.remove_key(key)
    return tuple((key, witness.state.recorded(key.name)) for key in dict.fromkeys(keys))


def short_name(key: VerifierKey) -> str:
    """A key as its log's name and the key's id: a vkey in full may take up half a screen."""
    return f"{key.name}+{key.key_id.hex()}"


def _keys(given: str) -> tuple[VerifierKey, ...]:
    if not Path(given).exists() and "+" in given:
        return (parse_vkey(given),)
    text = read_bytes(Path(given), what="a log's public key (vkey), or a trust policy").decode("utf-8", "replace")
    try:
        return parse_policy(text).logs
    except Malformed:
        pass
    try:
        return tuple(parse_vkey(line) for line in text.split("\n") if line.strip())
    except Malformed as problem:
        raise Malformed(f"{given}: expected a log's public key (vkey) a line, or a trust policy; {problem}") from None
