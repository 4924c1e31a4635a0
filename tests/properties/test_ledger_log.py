"""However a log grows: every proof it makes verifies, every checkpoint has the reference's root, every check is clean."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from habeas.ledger.notes.cosignature import open_checkpoint
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.proofs import verify_consistency, verify_inclusion
from habeas.ledger.tree.reference import tree_hash
from habeas.stores.log.fsck import check_log
from habeas.stores.log.published import Published
from ledgers.log_folders import KEYS, ORIGIN, SIGNERS, Folder, entries

SIZES = st.lists(st.one_of(st.integers(1, 20), st.integers(250, 260), st.integers(1, 700)), min_size=1, max_size=5, unique=True).map(sorted)


@settings(max_examples=settings().max_examples // 2)  # files are written and flushed
@given(sizes=SIZES, data=st.data())
def test_every_proof_that_a_log_makes_verifies(sizes: list[int], data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as top, Folder(Path(top)).open() as log:
        for size in sizes:
            list(log.append_many(entries(size - log.size(), since=log.size())))
            log.publish()
        signed = data.draw(st.sampled_from(sizes), label="size")
        index = data.draw(st.integers(0, signed - 1), label="index")
        old = data.draw(st.integers(1, signed), label="old")

        proof = log.prove(index, size=signed)
        path = log.prove_consistency(old, signed)

    checkpoint, _, _ = open_checkpoint(proof.checkpoint, KEYS)
    assert (checkpoint.size, checkpoint.root) == (signed, tree_hash(entries(signed)))
    verify_inclusion(leaf=leaf_hash(b"entry %d" % index), index=index, size=signed, path=proof.path, root=checkpoint.root)
    verify_consistency(old_size=old, old_root=tree_hash(entries(old)), new_size=signed, new_root=checkpoint.root, path=path)


@settings(max_examples=settings().max_examples // 2)  # files are written and flushed
@given(sizes=SIZES, waiting=st.integers(0, 300))
def test_however_a_log_grows_its_check_is_clean(sizes: list[int], waiting: int) -> None:
    with tempfile.TemporaryDirectory() as top:
        folder = Folder(Path(top))
        with folder.open() as log:
            for size in sizes:
                list(log.append_many(entries(size - log.size(), since=log.size())))
                log.publish()
            list(log.append_many(entries(waiting)))
        with folder.sequencer() as sequencer:
            report = check_log(sequencer, Published(folder.place, origin=ORIGIN, keys=[SIGNERS[0].key]), folder.second_place)

    assert report.clean, report.findings
    assert (report.size, report.recorded, report.spare) == (sizes[-1], sizes[-1] + waiting, 0)
