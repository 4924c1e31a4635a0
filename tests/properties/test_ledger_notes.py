"""Notes, keys, checkpoints and policies under anything that may be sent: read as written, or refused as `Malformed`, nothing else."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from habeas.errors import Malformed, ProofFailed
from habeas.ledger.notes.checkpoint import Checkpoint, parse_checkpoint
from habeas.ledger.notes.cosignature import cosign, open_checkpoint, sign_checkpoint, verify_note
from habeas.ledger.notes.encoding import decimal, decode_base64, decode_hash, decode_text, encode_base64, split_lines
from habeas.ledger.notes.keys import Algorithm, VerifierKey, parse_vkey
from habeas.ledger.notes.note import Note, NoteSignature, parse_note, parse_signature_lines
from habeas.ledger.trust.policy import Policy, check_note, parse_policy
from habeas.ledger.trust.policy_parts import Group, Witness
from ledgers import tlog_vectors
from ledgers.tlog_vectors import AT, LOG300, SeedSigner, signer

anything = st.text(st.characters(exclude_categories=()), max_size=60)
letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="+")
names = st.text(letters, min_size=1, max_size=20)
lines = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=30)
texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.just("\n"), max_size=80).map(lambda text: text + "\n")
signatures = st.builds(NoteSignature, name=names, key_id=st.binary(min_size=4, max_size=4), value=st.binary(min_size=1, max_size=80))
notes = st.builds(Note, text=texts, signatures=st.lists(signatures, min_size=1, max_size=5).map(tuple))
checkpoints = st.builds(
    Checkpoint,
    origin=lines,
    size=st.integers(1, 2**63 - 1),
    root=st.binary(min_size=32, max_size=32),
    extensions=st.lists(lines, max_size=3).map(tuple),
)
algorithms = st.sampled_from(Algorithm)


@cache
def holder(algorithm: Algorithm, number: int) -> SeedSigner:
    return signer("holder.example", f"holder {number}", algorithm)


keys = st.builds(
    lambda name, algorithm, number: VerifierKey(name=name, algorithm=algorithm, public=holder(algorithm, number).key.public),
    names,
    algorithms,
    st.integers(0, 5),
)


@given(notes)
def test_a_note_written_is_the_note_read(note: Note) -> None:
    assert parse_note(note.encode()) == note


@given(checkpoints)
def test_a_checkpoint_written_is_the_checkpoint_read(checkpoint: Checkpoint) -> None:
    assert parse_checkpoint(checkpoint.text()) == checkpoint


@given(keys)
def test_a_key_written_is_the_key_read(key: VerifierKey) -> None:
    assert parse_vkey(str(key)) == key


@given(st.binary(max_size=60))
def test_base64_written_is_the_base64_read(raw: bytes) -> None:
    assert decode_base64(encode_base64(raw)) == raw


@given(st.integers(0, 2**63 - 1))
def test_a_number_written_is_the_number_read(number: int) -> None:
    assert decimal(str(number)) == number


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Logs, witnesses, groups of what no other group has, and a quorum of what there is."""
    logs = tuple(signer(draw(names), f"log {i}", draw(algorithms)).key for i in range(draw(st.integers(0, 3))))
    urls = {key: "https://log.example/" for key in logs if draw(st.booleans())}
    free = draw(st.lists(names.filter(lambda name: name != "none"), max_size=8, unique=True))
    split = draw(st.integers(0, len(free)))
    timed = st.sampled_from([Algorithm.COSIGNATURE_V1, Algorithm.ML_DSA_44])
    witnesses = {name: Witness(name=name, key=signer(f"w{i}", f"w {i}", draw(timed)).key) for i, name in enumerate(free[:split])}
    groups, unused = {}, list(witnesses)
    for name in free[split:]:
        members = tuple(draw(st.permutations(unused))[: draw(st.integers(1, 3))])
        if members:
            groups[name] = Group(name=name, needed=draw(st.integers(1, len(members))), members=members)
            unused = [one for one in unused if one not in members] + [name]
    quorum = draw(st.sampled_from(["none", *witnesses, *groups]))
    return Policy(logs=logs, log_urls=urls, witnesses=witnesses, groups=groups, quorum=quorum)


@given(policies())
def test_a_policy_written_is_the_policy_read(policy: Policy) -> None:
    assert parse_policy(policy.text()) == policy
    assert parse_policy(policy.text().encode()) == policy


@given(policies(), st.data())
def test_a_quorum_is_met_as_its_groups_say_from_the_top(policy: Policy, data: st.DataObject) -> None:
    signed = set(data.draw(st.lists(st.sampled_from(sorted(policy.witnesses)), unique=True))) if policy.witnesses else set()

    def stands(name: str) -> bool:
        group = policy.groups.get(name)
        return name in signed if group is None else [stands(member) for member in group.members].count(True) >= group.needed

    assert policy.quorum_met(signed) is (policy.quorum == "none" or stands(policy.quorum))


TEXT_PARSERS = [decimal, decode_base64, decode_hash, split_lines, parse_vkey, parse_checkpoint, parse_signature_lines, parse_policy]
BYTES_PARSERS: list[Callable[[bytes], object]] = [decode_text, parse_note, parse_policy]


@pytest.mark.parametrize("parse", TEXT_PARSERS, ids=lambda parse: str(parse.__name__))
@given(text=anything)
def test_any_text_is_read_or_refused_as_malformed(parse: Callable[[str], object], text: str) -> None:
    with contextlib.suppress(Malformed):
        parse(text)


@pytest.mark.parametrize("parse", BYTES_PARSERS, ids=lambda parse: str(parse.__name__))
@given(raw=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_as_malformed(parse: Callable[[bytes], object], raw: bytes) -> None:
    with contextlib.suppress(Malformed):
        parse(raw)


KEYS = [one().key for one in (tlog_vectors.log_signer, tlog_vectors.witness_signer, tlog_vectors.pq_witness_signer)]
POLICY = f"log {KEYS[0]} https://log.example/\nwitness one {KEYS[1]}\nwitness two {KEYS[2]}\ngroup both 1 one two\nquorum both\n"
CHECKPOINT = (LOG300 / "checkpoint").read_bytes()


@st.composite
def mutated(draw: st.DrawFn, raw: bytes) -> bytes:
    """A piece cut out, something else put there, as a careless or an evil hand would; never the same bytes."""
    at = draw(st.integers(0, len(raw)))
    cut = draw(st.integers(0, 8))
    put = draw(
        st.binary(max_size=8) | st.sampled_from([b"\n", b"\n\n", b"\r\n", b" ", b"\t", b"+", b"=", b"0", "\u2014 ".encode(), b"\xc2\x85"])
    )
    changed = raw[:at] + put + raw[at + cut :]
    assume(changed != raw)
    return changed


def canonical(note: bytes) -> bytes:
    return parse_note(note).encode()


@given(mutated(CHECKPOINT))
def test_a_mutated_note_is_refused_or_read_as_exactly_these_bytes(raw: bytes) -> None:
    with contextlib.suppress(Malformed):
        assert canonical(raw) == raw


@given(mutated(str(KEYS[0]).encode()).map(lambda raw: raw.decode("utf-8", "replace")))
def test_no_mutated_key_is_read(text: str) -> None:
    # four bytes of SHA-256 stand in the way: a chance of one in 4 billion
    with pytest.raises(Malformed):
        parse_vkey(text)


@given(mutated(POLICY.encode()))
def test_a_mutated_policy_is_refused_or_read_and_written_alike(raw: bytes) -> None:
    with contextlib.suppress(Malformed):
        policy = parse_policy(raw)
        assert parse_policy(policy.text()) == policy


@given(mutated(CHECKPOINT))
def test_a_mutated_checkpoint_loses_a_signature_or_is_refused(raw: bytes) -> None:
    policy = parse_policy(POLICY)
    with contextlib.suppress(Malformed, ProofFailed):
        checking = check_note(policy, raw)
        # only lines of witnesses can go, or become a stranger's, or a stranger's line come: what the log signed is as it was
        assert checking.checkpoint == open_checkpoint(CHECKPOINT, KEYS)[0]
        assert set(checking.witnesses) <= {"one", "two"}


@given(st.integers(0, 8 * len(CHECKPOINT) - 1))
def test_any_flipped_bit_of_a_signed_checkpoint_is_refused_or_leaves_a_key_unverified(bit: int) -> None:
    altered = bytearray(CHECKPOINT)
    altered[bit // 8] ^= 1 << bit % 8
    with contextlib.suppress(Malformed, ProofFailed):
        assert len(open_checkpoint(bytes(altered), KEYS)[2]) < len(KEYS)


@given(checkpoints, algorithms, st.integers(0, 2**63 - 1), st.integers(0, 5))
def test_what_is_cosigned_verifies_and_under_another_key_of_the_name_does_not(
    checkpoint: Checkpoint, algorithm: Algorithm, at: int, number: int
) -> None:
    note = Note(text=checkpoint.text(), signatures=(NoteSignature(name="x", key_id=bytes(4), value=b"x"),))
    who, other = holder(algorithm, number), holder(algorithm, number + 1)
    line = cosign(note, who, at=at)
    signed = Note(text=note.text, signatures=(line,))
    posing = Note(text=note.text, signatures=(NoteSignature(name=line.name, key_id=other.key.key_id, value=line.value),))

    assert [one.key for one in verify_note(signed, [who.key, other.key])] == [who.key]
    with pytest.raises(ProofFailed):
        verify_note(posing, [other.key])


@given(checkpoints.filter(lambda checkpoint: not set(" +") & set(checkpoint.origin)), st.data())
def test_a_log_s_checkpoint_opens_as_it_was_signed(checkpoint: Checkpoint, data: st.DataObject) -> None:
    assume(not any(character.isspace() for character in checkpoint.origin))
    chosen = data.draw(st.permutations([Algorithm.ED25519, Algorithm.ML_DSA_44]))
    signers = [signer(checkpoint.origin, algorithm.name, algorithm) for algorithm in chosen]
    opened, note, verified = open_checkpoint(sign_checkpoint(checkpoint, signers, at=AT).encode(), [one.key for one in signers])

    assert opened == checkpoint
    assert note.text == checkpoint.text()
    assert [one.key for one in verified] == [one.key for one in signers]
