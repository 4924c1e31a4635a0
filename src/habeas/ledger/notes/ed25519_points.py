"""Which 32 bytes may be an Ed25519 public key.

Libraries load any 32 bytes. Under a key of small order one constant signature passes for every message, and a key with a
second spelling has a second key ID: both are refused when a key is read, before any signature is looked at.
"""

from __future__ import annotations

P = 2**255 - 19
"""The prime of the field (RFC 8032, section 5.1)."""
D = -121665 * pow(121666, -1, P) % P
"""The constant of the curve -x^2 + y^2 = 1 + D x^2 y^2 (RFC 8032, section 5.1)."""


def why_not_a_key(public: bytes) -> str | None:
    """What is wrong with a public key of 32 bytes, in words that follow "it is"; None when nothing is."""
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)  # the highest bit is the sign of x
    if y >= P:
        return "a second spelling of another key"
    if _of_small_order(y):
        return "a point of small order, under which signatures can be forged"
    return None if _on_curve(y) else "no point of the curve"


def _of_small_order(y: int) -> bool:
    """Whether the eightfold of the point is the neutral element; x has no say.

    Orders 1 and 2: x = 0, so y^2 = 1. Order 4: y = 0. Order 8: the double has y = 0, so x^2 = -y^2, and the curve's equation
    becomes 2 y^2 = 1 - D y^4.
    """
    square = y * y % P
    return square in {0, 1} or (D * square * square + 2 * square - 1) % P == 0


def _on_curve(y: int) -> bool:
    x_squared = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    return pow(x_squared, (P - 1) // 2, P) == 1  # Euler's criterion; x = 0 is of small order and doesn't get here
