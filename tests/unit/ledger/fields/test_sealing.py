from __future__ import annotations

import pytest

from habeas.errors import Malformed, NotAllowed
from habeas.ledger.fields.sealing import WRAPPED_BYTES, seal, unseal, unwrap, wrap

KEY, NONCE = bytes(range(32)), bytes(range(12))

# Node's crypto: createCipheriv('aes-256-gcm', key 00..1f, nonce 00..0b), setAAD('habeas/seal/v1\0ctx' or 'habeas/wrap/v1\0ctx'),
# ciphertext of 'seven' (or of 32 bytes 07) with getAuthTag() behind it
SEALED_BY_NODE = "3467a07eabea8e38cb62d5d61c368594c96fe9b14f"
WRAPPED_BY_NODE = "4005d11cc2e2c51c8a46908cb6ee7f6a84d18033f77c587b3f60e2821a6e07b5cf877aa979ed13b364b305728cd24d35"


def test_sealing_is_aes_256_gcm_with_the_nonce_in_front() -> None:
    assert seal(b"seven", key=KEY, nonce=NONCE, context=b"ctx").hex() == NONCE.hex() + SEALED_BY_NODE
    assert unseal(NONCE + bytes.fromhex(SEALED_BY_NODE), key=KEY, context=b"ctx") == b"seven"


def test_a_key_is_wrapped_the_same_way_under_another_label() -> None:
    assert wrap(bytes([7]) * 32, by=KEY, nonce=NONCE, context=b"ctx").hex() == NONCE.hex() + WRAPPED_BY_NODE
    assert unwrap(NONCE + bytes.fromhex(WRAPPED_BY_NODE), by=KEY, context=b"ctx") == bytes([7]) * 32
    assert len(NONCE + bytes.fromhex(WRAPPED_BY_NODE)) == WRAPPED_BYTES


def test_nothing_can_be_sealed_too() -> None:
    assert unseal(seal(b"", key=KEY, nonce=NONCE, context=b""), key=KEY, context=b"") == b""


def test_any_flipped_bit_is_refused() -> None:
    sealed = seal(b"seven", key=KEY, nonce=NONCE, context=b"ctx")

    for bit in range(8 * len(sealed)):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(NotAllowed):
            unseal(bytes(flipped), key=KEY, context=b"ctx")


def test_another_key_and_another_context_are_refused() -> None:
    sealed, wrapped = seal(b"x", key=KEY, nonce=NONCE, context=b"a"), wrap(KEY, by=KEY, nonce=NONCE, context=b"a")

    for key, context in ((bytes(32), b"a"), (KEY, b"b"), (KEY, b"")):
        with pytest.raises(NotAllowed):
            unseal(sealed, key=key, context=context)
        with pytest.raises(NotAllowed):
            unwrap(wrapped, by=key, context=context)


def test_a_sealed_text_is_no_wrapped_key() -> None:
    with pytest.raises(NotAllowed):
        unwrap(seal(bytes(32), key=KEY, nonce=NONCE, context=b""), by=KEY, context=b"")


@pytest.mark.parametrize(("key", "nonce"), [(16, 12), (0, 12), (33, 12), (32, 8), (32, 0), (32, 13)])
def test_keys_and_nonces_of_another_length_are_malformed(key: int, nonce: int) -> None:
    with pytest.raises(Malformed):
        seal(b"x", key=bytes(key), nonce=bytes(nonce), context=b"")


def test_only_whole_keys_are_wrapped_and_unwrapped() -> None:
    with pytest.raises(Malformed, match="key to wrap: expected 32 bytes; got 16"):
        wrap(bytes(16), by=KEY, nonce=NONCE, context=b"")
    for length in (0, WRAPPED_BYTES - 1, WRAPPED_BYTES + 1):
        with pytest.raises(Malformed, match="wrapped key: expected 60 bytes"):
            unwrap(bytes(length), by=KEY, context=b"")


@pytest.mark.parametrize("length", [0, 27])
def test_too_few_bytes_are_malformed(length: int) -> None:
    with pytest.raises(Malformed, match="cut short"):
        unseal(bytes(length), key=KEY, context=b"")


def test_an_error_holds_no_key_and_no_content() -> None:
    with pytest.raises(NotAllowed) as refused:
        unseal(seal(b"Ada Lovelace", key=KEY, nonce=NONCE, context=b""), key=bytes(32), context=b"")

    assert "Ada" not in str(refused.value)
    assert refused.value.__cause__ is None
