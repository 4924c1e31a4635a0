"""Weak keys, worked out from the curve's own arithmetic rather than from the equations that refuse them."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from habeas.errors import Malformed
from habeas.ledger.notes.ed25519_points import why_not_a_key
from habeas.ledger.notes.keys import Algorithm, VerifierKey

P = 2**255 - 19
D = 37095705934669439343138083508754565189542113879843219016388785533085940283555  # RFC 8032, section 5.1
L = 2**252 + 27742317777372353535851937790883648493  # the order of the base point, RFC 8032, section 5.1
Point = tuple[int, int]
NEUTRAL: Point = (0, 1)


def add(one: Point, other: Point) -> Point:
    """The complete addition law (RFC 8032, section 5.1.4), in affine coordinates."""
    (x1, y1), (x2, y2) = one, other
    product = D * x1 * x2 * y1 * y2
    return (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P, (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P


def times(factor: int, point: Point) -> Point:
    result = NEUTRAL
    while factor:
        if factor & 1:
            result = add(result, point)
        point, factor = add(point, point), factor >> 1
    return result


def x_of(y: int) -> int | None:
    """RFC 8032, section 5.1.3, steps 2 and 3."""
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * pow(v, 3, P) * pow(u * pow(v, 7, P), (P - 5) // 8, P) % P
    if v * x * x % P == u:
        return x
    x = x * pow(2, (P - 1) // 4, P) % P
    return x if v * x * x % P == u else None


def torsion_points() -> set[Point]:
    """The eight points that the base point's order sends every point to."""
    found: set[Point] = set()
    for y in range(2, 60):
        if (x := x_of(y)) is not None:
            point = times(L, (x, y))
            found |= {times(factor, point) for factor in range(8)}
        if len(found) == 8:
            return found
    return found


def spellings(point: Point) -> set[bytes]:
    """Every 32 bytes that a careless reader takes for this point: y or y + p, and any sign where x is 0."""
    x, y = point
    signs = {0, 1} if x == 0 else {x & 1}
    return {(value | sign << 255).to_bytes(32, "little") for value in (y, y + P) if value < 2**255 for sign in signs}


def test_every_spelling_of_the_eight_points_of_small_order_is_refused() -> None:
    points = torsion_points()
    weak = {spelling for point in points for spelling in spellings(point)}

    assert len(points) == 8
    assert all(times(8, point) == NEUTRAL for point in points)
    assert len(weak) == 14
    assert [raw.hex() for raw in weak if why_not_a_key(raw) is None] == []


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("beyond", range(19))
def test_a_key_whose_number_is_p_or_more_is_refused(beyond: int, sign: int) -> None:
    raw = (P + beyond | sign << 255).to_bytes(32, "little")

    assert why_not_a_key(raw) == "a second spelling of another key"


def test_a_number_that_is_no_point_is_refused_and_a_point_is_not() -> None:
    numbers = range(2, 40)
    off = [y for y in numbers if x_of(y) is None]
    refused = [y for y in numbers if why_not_a_key(y.to_bytes(32, "little")) == "no point of the curve"]

    assert off == refused
    assert 0 < len(off) < len(numbers)
    assert all(why_not_a_key((y | 1 << 255).to_bytes(32, "little")) is None for y in numbers if y not in off)


def test_the_base_point_is_a_key() -> None:
    # RFC 8032, section 5.1: y = 4/5
    assert why_not_a_key((4 * pow(5, -1, P) % P).to_bytes(32, "little")) is None


def test_under_a_key_of_small_order_the_library_takes_one_signature_for_everything_and_we_refuse_the_key() -> None:
    neutral, forged = (1).to_bytes(32, "little"), (1).to_bytes(32, "little") + bytes(32)
    for message in (b"released", b"held"):
        Ed25519PublicKey.from_public_bytes(neutral).verify(forged, message)  # raises nothing

    for algorithm in (Algorithm.ED25519, Algorithm.COSIGNATURE_V1):
        with pytest.raises(Malformed, match="small order"):
            VerifierKey(name="log.example", algorithm=algorithm, public=neutral)
