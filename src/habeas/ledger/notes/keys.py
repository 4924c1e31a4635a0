"""Public keys as signed notes name them (C2SP signed-note: key IDs and verifier keys), and what a signer must be able to do."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from habeas.errors import Malformed
from habeas.ledger.notes.ed25519_points import why_not_a_key
from habeas.ledger.notes.encoding import decode_base64, encode_base64

ED25519_PUBLIC_BYTES = 32
ED25519_SIGNATURE_BYTES = 64
ML_DSA_44_PUBLIC_BYTES = 1312
ML_DSA_44_SIGNATURE_BYTES = 2420
KEY_ID_BYTES = 4

_VKEY = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([^\n]+)")
_VKEY_PARTS = "name+key ID in eight lower-case hexadecimal digits+Base 64"


class Algorithm(Enum):
    """What a signature covers and how it is made; the value is the type byte that C2SP signed-note assigns."""

    ED25519 = 1
    """Ed25519 over the text of the note: how a log signs its checkpoints."""
    COSIGNATURE_V1 = 4
    """Ed25519 over a time and the text: how a witness cosigns."""
    ML_DSA_44 = 6
    """ML-DSA-44 over name, time, origin, size and root: log or witness, safe from quantum computers too."""

    @property
    def public_bytes(self) -> int:
        """How long a public key is."""
        return ML_DSA_44_PUBLIC_BYTES if self is Algorithm.ML_DSA_44 else ED25519_PUBLIC_BYTES

    @property
    def signature_bytes(self) -> int:
        """How long a bare signature is, without the time that may stand before it."""
        return ML_DSA_44_SIGNATURE_BYTES if self is Algorithm.ML_DSA_44 else ED25519_SIGNATURE_BYTES

    @property
    def timed(self) -> bool:
        """Whether a signature says when it was made."""
        return self is not Algorithm.ED25519


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public key with its name and what it signs; as text it is a vkey.

    A key that exists can be relied on: Ed25519 keys under which anybody can sign (points of small order) and second spellings of
    a key are refused.

    Raises:
        Malformed: a name that is empty or has white space or `+`; a key of the wrong length; a weak Ed25519 key.
    """

    name: str
    algorithm: Algorithm
    public: bytes

    def __post_init__(self) -> None:
        refuse_bad_name(self.name)
        if len(self.public) != self.algorithm.public_bytes:
            what = f"a public key of {self.algorithm.public_bytes} bytes for {self.algorithm.name}"
            raise Malformed(f"expected {what}; got {len(self.public)}: copy the key again")
        if self.algorithm is not Algorithm.ML_DSA_44 and (wrong := why_not_a_key(self.public)) is not None:
            raise Malformed(f"expected an Ed25519 key that only its holder can sign with; it is {wrong}: trust nothing signed with it")

    @property
    def key_id(self) -> bytes:
        """Four bytes that find the key again among others of its name; an address, not a fingerprint."""
        named = self.name.encode("utf-8") + b"\n" + self._typed
        return hashlib.sha256(named).digest()[:KEY_ID_BYTES]

    @property
    def _typed(self) -> bytes:
        return bytes([self.algorithm.value]) + self.public

    def verify(self, message: bytes, signature: bytes) -> bool:
        """Whether the holder of this key made `signature` (bare, without key ID and time) over `message`."""
        if len(signature) != self.algorithm.signature_bytes:
            return False
        kind = MLDSA44PublicKey if self.algorithm is Algorithm.ML_DSA_44 else Ed25519PublicKey
        try:
            kind.from_public_bytes(self.public).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{encode_base64(self._typed)}"


class Signer(Protocol):
    """Whoever can sign with one key: a key in memory, or an adapter to a hardware module or a key service."""

    @property
    def key(self) -> VerifierKey:
        """The public half."""

    def sign(self, message: bytes) -> bytes:
        """The bare signature over `message`, exactly as given: Ed25519 (RFC 8032) or ML-DSA-44 (FIPS 204, empty context)."""


def parse_vkey(text: str) -> VerifierKey:
    """The key that a vkey stands for: `name+key ID+base64(type || public key)`.

    Raises:
        Malformed: other text, a signature type that isn't known here, a key ID that isn't this key's, or a key that
            `VerifierKey` refuses.
    """
    parts = _VKEY.fullmatch(text)
    if parts is None:
        raise Malformed(f"expected a verifier key, {_VKEY_PARTS}; got {len(text)} characters that aren't one: copy the key again")
    typed = decode_base64(parts[3])
    key = VerifierKey(name=parts[1], algorithm=_algorithm(typed[:1]), public=typed[1:])
    if key.key_id.hex() != parts[2]:
        raise Malformed(f"expected the key ID {key.key_id.hex()}, which name and key give; got {parts[2]}: name or key was altered")
    return key


def _algorithm(type_byte: bytes) -> Algorithm:
    for algorithm in Algorithm:
        if type_byte == bytes([algorithm.value]):
            return algorithm
    known = ", ".join(f"0x{algorithm.value:02x}" for algorithm in Algorithm)
    raise Malformed(f"expected a key of signature type {known}; got {f'0x{type_byte.hex()}' if type_byte else 'none'}: use another key")


def refuse_bad_name(name: str) -> None:
    """See that a name can stand in a signature line and in a vkey (C2SP signed-note, Format).

    Raises:
        Malformed: it is empty, or has white space of any script, control characters, `+`, or what UTF-8 can't write.
    """
    if not name:
        raise Malformed("expected the name of a key; got an empty one: name it, for instance log.example/decisions")
    if any(character.isspace() or character == "+" or is_control(character) for character in name):
        raise Malformed("expected a key name without white space, control characters and +; got some: choose another name")
    refuse_unwritable(name)


def is_control(character: str) -> bool:
    """Whether it is one of the control characters: U+0000 to U+001F and U+007F to U+009F."""
    return character < " " or "\x7f" <= character <= "\x9f"


def refuse_unwritable(text: str) -> None:
    """See that UTF-8 can write `text`.

    Raises:
        Malformed: half of a surrogate pair stands in it.
    """
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise Malformed("expected text that UTF-8 can write; got half a character: decode the original again")
