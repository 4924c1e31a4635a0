"""The digest of an edition: what the ledger names, so that what was published can be proven, and what was withheld not guessed.

Each field is hashed with a random number of its own, and the digest is over those hashes. Whoever reads a shown field gets its random
number, and of a withheld one the hash alone: that is enough to recompute the digest, and not enough to try likely values. Were the
digest taken over the plain content, a withheld supplier's name could be found by trying every supplier.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from habeas.terms.canonical import canonical
from habeas.terms.register import Content, Value


def salt_of(field: str, *, secret: str) -> str:
    """The random number of one field of an edition, 64 hexadecimal digits; `secret` is the edition's own."""
    return hmac.new(bytes.fromhex(secret), field.encode(), hashlib.sha256).hexdigest()


def field_digest(field: str, value: Value, *, salt: str) -> str:
    """The hash of one field's answer: SHA-256 of the canonical JSON of salt, field and value."""
    return hashlib.sha256(canonical([salt, field, value])).hexdigest()


def field_digests(content: Content, *, secret: str) -> Mapping[str, str]:
    """The hash of every field that is answered."""
    return {field: field_digest(field, value, salt=salt_of(field, secret=secret)) for field, value in content.items()}


def edition_digest(digests: Mapping[str, str]) -> str:
    """The digest of an edition from the hashes of its fields: SHA-256 of their canonical JSON. Nothing answered: that of `{}`."""
    return hashlib.sha256(canonical(dict(digests))).hexdigest()


def fingerprint(content: Content, fields: tuple[str, ...]) -> str:
    """What these fields say, in short: two fingerprints are equal where nobody changed an answer in between."""
    return hashlib.sha256(canonical({field: content[field] for field in fields if field in content})).hexdigest()
