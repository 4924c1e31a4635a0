"""A log: recorded at once, published when told, provable then, and never of two histories."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pytest

from habeas.errors import BadInput, Busy, CannotWrite, HabeasError, Inconsistent, Malformed, NotFound, ProofFailed, Unavailable
from habeas.ledger.notes.checkpoint import Checkpoint
from habeas.ledger.notes.cosignature import add_signatures, cosign, open_checkpoint, sign_checkpoint, verify_note
from habeas.ledger.notes.note import NoteSignature, parse_note
from habeas.ledger.tree.bundles import encode_bundle, parse_bundle
from habeas.ledger.tree.hashing import EMPTY_ROOT, leaf_hash
from habeas.ledger.tree.proofs import verify_consistency, verify_inclusion
from habeas.ledger.tree.reference import tree_hash
from habeas.ledger.tree.tiles import tiles_for
from habeas.stores.log.head import SecondPlace, head_of
from habeas.stores.log.published import Published
from habeas.stores.log.recover import recover
from habeas.stores.sequencers.rows import Submission
from ledgers import tlog_vectors
from ledgers.failing_stores import Faults
from ledgers.log_folders import BOTH, KEYS, ORIGIN, Folder, entries, published


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_an_entry_gets_the_next_index_and_its_leaf_hash(folder: Folder) -> None:
    with folder.open() as log:
        receipts = [log.append(b"a"), log.append(b"b"), log.append(Submission(entry=b"c", leaf=leaf_hash(b"c")))]

    assert [(receipt.index, receipt.leaf) for receipt in receipts] == [(0, leaf_hash(b"a")), (1, leaf_hash(b"b")), (2, leaf_hash(b"c"))]


def test_many_entries_get_their_indices_in_order(folder: Folder) -> None:
    with folder.open() as log:
        assert [receipt.index for receipt in log.append_many(entries(10_000))] == list(range(10_000))


def test_an_entry_longer_than_a_bundle_can_hold_is_refused(folder: Folder) -> None:
    with folder.open() as log:
        with pytest.raises(Malformed, match="65535 bytes"):
            log.append(bytes(65_536))
        assert log.append(bytes(65_535)).index == 0
        assert log.publish().size == 1


def test_the_checkpoint_has_the_root_of_all_entries_and_every_key_of_the_log(tmp_path: Path) -> None:
    folder = published(Folder(tmp_path, signers=BOTH), 300)

    checkpoint, _, verified = open_checkpoint((folder.public / "checkpoint").read_bytes(), KEYS)

    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (ORIGIN, 300, tree_hash(entries(300)))
    assert [one.key for one in verified] == list(KEYS)


def test_an_empty_log_signs_the_empty_tree(folder: Folder) -> None:
    head = published(folder, 0).second_place.last()

    assert head is not None
    assert (head.size, head.root) == (0, EMPTY_ROOT)
    assert [*folder.files()] == ["checkpoint"]


def test_a_checkpoint_in_the_format_of_the_vectors_is_theirs_byte_for_byte(tmp_path: Path) -> None:
    """The vectors' log of 300 entries was made by another program; its entries are read from its bundles."""
    files = {
        path.relative_to(tlog_vectors.LOG300).as_posix(): path.read_bytes()
        for path in (tlog_vectors.LOG300 / "tile").rglob("*")
        if path.is_file()
    }
    theirs = [*parse_bundle(files["tile/entries/000"], width=256), *parse_bundle(files["tile/entries/001.p/44"], width=44)]
    folder = Folder(tmp_path)

    with folder.open() as log:
        list(log.append_many(theirs))
        log.publish()

    ours = folder.files()
    assert head_of(ours.pop("checkpoint")).root == head_of((tlog_vectors.LOG300 / "checkpoint").read_bytes()).root
    assert ours == files


@pytest.mark.parametrize("sizes", [(300,), (1, 2, 255, 256, 257, 300), (44, 300), (256, 300)])
def test_however_it_grew_a_log_has_the_same_files_once_partial_ones_are_cleared(tmp_path: Path, sizes: tuple[int, ...]) -> None:
    folder = published(Folder(tmp_path), *sizes)

    tiles = {path: content for path, content in folder.files().items() if path != "checkpoint"}
    full = {path for path in tiles if ".p/" not in path}
    assert full == {"tile/0/000", "tile/entries/000"}
    assert tiles["tile/0/000"] == b"".join(leaf_hash(entry) for entry in entries(256))
    assert tiles["tile/0/001.p/44"] == b"".join(leaf_hash(entry) for entry in entries(44, since=256))
    assert tiles["tile/1/000.p/1"] == tree_hash(entries(256))
    assert tiles["tile/entries/000"] == encode_bundle(entries(256))
    assert tiles["tile/entries/001.p/44"] == encode_bundle(entries(44, since=256))
    assert {path for path in tiles if path.startswith(("tile/0/000.p", "tile/entries/000.p"))} == set()


def test_a_log_of_70_000_entries_has_the_tiles_of_the_standard(folder: Folder) -> None:
    published(folder, 70_000)

    paths = {path for path in folder.place.list("tile") if not path.startswith("tile/entries")}
    assert len(paths) == 277
    assert paths == {tile.path() for tile in tiles_for(70_000)}
    assert {"tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"} <= paths


def test_partial_files_of_published_sizes_are_served_until_the_full_one_is(folder: Folder) -> None:
    published(folder, 3, 5, 200)
    before = {*folder.place.list("tile")}
    published(folder, 256)

    assert {"tile/0/000.p/3", "tile/0/000.p/5", "tile/0/000.p/200", "tile/entries/000.p/3"} <= before
    assert {*folder.place.list("tile")} == {"tile/0/000", "tile/entries/000", "tile/1/000.p/1"}


def test_nothing_is_signed_again_when_nothing_was_added(folder: Folder) -> None:
    with folder.open() as log:
        log.append(b"a")
        first = log.publish()
        folder.time += 60
        steps = len(folder.faults.steps)

        assert log.publish() == first
        assert folder.faults.steps[steps:] == []


def test_every_proof_that_is_made_verifies(folder: Folder) -> None:
    published(folder, 1, 100, 300)

    with folder.open() as log:
        for index in (0, 1, 255, 256, 299):
            proof = log.prove(index)
            checkpoint, _, _ = open_checkpoint(proof.checkpoint, KEYS)
            verify_inclusion(leaf=leaf_hash(entries(1, since=index)[0]), index=index, size=300, path=proof.path, root=checkpoint.root)
        old = log.prove(99, size=100)
        checkpoint, _, _ = open_checkpoint(old.checkpoint, KEYS)
        assert checkpoint.size == 100
        verify_inclusion(leaf=leaf_hash(b"entry 99"), index=99, size=100, path=old.path, root=tree_hash(entries(100)))
        for small, large in ((1, 100), (100, 300), (1, 300)):
            path = log.prove_consistency(small, large)
            roots = {"old_root": tree_hash(entries(small)), "new_root": tree_hash(entries(large))}
            verify_consistency(old_size=small, new_size=large, path=path, **roots)


@pytest.mark.parametrize("index", [-1, 300, 301, 10**12])
def test_there_is_no_proof_of_what_is_not_published(folder: Folder, index: int) -> None:
    published(folder, 300)

    with folder.open() as log:
        log.append(b"not published yet")
        with pytest.raises(NotFound, match="published"):
            log.prove(index)
        with pytest.raises(NotFound, match="signed for"):
            log.prove(0, size=299)


def test_before_the_first_checkpoint_there_is_no_proof(folder: Folder) -> None:
    with folder.open() as log:
        log.append(b"a")
        with pytest.raises(NotFound, match="habeas ledger checkpoint"):
            log.prove(0)


def test_no_proof_is_made_of_broken_tiles(folder: Folder) -> None:
    published(folder, 70_000)
    spoil(folder.public / "tile/0/100")

    with folder.open() as log:
        assert log.prove(0).index == 0
        with pytest.raises(ProofFailed, match="tile/0/100"):
            log.prove(25_700)


def test_no_proof_is_made_of_an_entry_that_the_database_has_otherwise(folder: Folder) -> None:
    published(folder, 10)

    with folder.sequencer() as sequencer, folder.made(sequencer) as log:
        sequencer.leaves = lambda *_: iter([leaf_hash(b"another")])
        with pytest.raises(ProofFailed):
            log.prove(3)


def wait_for(condition: Callable[[], bool]) -> None:
    """Half a minute is no measure of anything, only an end."""
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.01)
    pytest.fail("what was waited for did not come")


def spoil(path: Path, at: int = 0) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


# --- opening: what was set back is refused ---


def test_two_writers_at_once_are_one_too_many(folder: Folder) -> None:
    with folder.open(), folder.sequencer() as other, pytest.raises(Busy, match="the one writer"):
        folder.made(other).open()


def test_after_closing_another_may_write(folder: Folder) -> None:
    published(folder, 3)
    published(folder, 5)

    assert folder.second_place.last() is not None


def test_a_closed_log_takes_nothing(folder: Folder) -> None:
    with folder.open() as log:
        pass
    with pytest.raises(Busy, match="open the log first"):
        log.append(b"a")
    with pytest.raises(Busy, match="open the log first"):
        log.publish()


def test_an_old_backup_of_the_database_is_refused_with_both_heads(folder: Folder) -> None:
    published(folder, 10)
    shutil.copy(folder.database, folder.top / "backup")
    published(folder, 20)
    shutil.copy(folder.top / "backup", folder.database)

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match=r"old backup.*habeas ledger recover") as caught:
        folder.made(sequencer).open()
    assert (head_of(caught.value.smaller).size, head_of(caught.value.larger).size) == (10, 20)


def test_after_a_refusal_another_may_try(folder: Folder) -> None:
    test_an_old_backup_of_the_database_is_refused_with_both_heads(folder)

    with folder.sequencer() as sequencer:
        sequencer.claim()


@pytest.mark.parametrize("more", [10, 25])
def test_an_old_backup_that_took_other_entries_is_refused(folder: Folder, more: int) -> None:
    published(folder, 10)
    shutil.copy(folder.database, folder.top / "backup")
    published(folder, 20)
    shutil.copy(folder.top / "backup", folder.database)
    with folder.sequencer() as sequencer:
        sequencer.claim()
        sequencer.append([Submission(entry=b"other %d" % n, leaf=leaf_hash(b"other %d" % n)) for n in range(more)])

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match="two histories have parted") as caught:
        folder.made(sequencer).open()
    assert (head_of(caught.value.smaller).size, head_of(caught.value.larger).size) == (10, 20)


def test_an_empty_second_place_is_refused(folder: Folder) -> None:
    published(folder, 10)
    shutil.rmtree(folder.second)

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match="is empty"):
        folder.made(sequencer).open()


def test_a_second_place_that_was_set_back_is_refused(folder: Folder) -> None:
    published(folder, 10)
    shutil.copytree(folder.second, folder.top / "old")
    published(folder, 20)
    shutil.rmtree(folder.second)
    shutil.copytree(folder.top / "old", folder.second)

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match="has one of size 10") as caught:
        folder.made(sequencer).open()
    assert (head_of(caught.value.smaller).size, head_of(caught.value.larger).size) == (10, 20)


def test_a_second_history_of_the_same_size_is_refused(tmp_path: Path) -> None:
    one, other = published(Folder(tmp_path / "one"), 10), Folder(tmp_path / "other")
    with other.open() as log:
        list(log.append_many(b"other %d" % n for n in range(10)))
        log.publish()
    shutil.rmtree(one.second)
    shutil.copytree(other.second, one.second)

    with one.sequencer() as sequencer, pytest.raises(Inconsistent, match="of size 10 with another root") as caught:
        one.made(sequencer).open()
    assert head_of(caught.value.smaller).root != head_of(caught.value.larger).root


@pytest.mark.parametrize("shown", [5, 20, 10])
def test_a_published_checkpoint_of_another_history_is_refused(tmp_path: Path, shown: int) -> None:
    """Whoever lost database and second place at once must not begin anew under the same name."""
    folder, other = published(Folder(tmp_path / "one"), 10), Folder(tmp_path / "other")
    with other.open() as log:
        list(log.append_many(b"other %d" % n for n in range(shown)))
        log.publish()
    shutil.copy(other.public / "checkpoint", folder.public / "checkpoint")

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match="published checkpoint"):
        folder.made(sequencer).open()


def test_starting_anew_over_what_was_published_is_refused(folder: Folder) -> None:
    published(folder, 10)
    shutil.rmtree(folder.second)
    folder.database.unlink()

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match="set back, or another log"):
        folder.made(sequencer).open()


def test_an_older_checkpoint_of_the_same_history_is_replaced(folder: Folder) -> None:
    published(folder, 10)
    shutil.copy(folder.public / "checkpoint", folder.top / "old")
    published(folder, 20)
    shutil.copy(folder.top / "old", folder.public / "checkpoint")

    with folder.open() as log:
        log.publish()
        assert log.published.head().size == 20


@pytest.mark.parametrize("content", [b"", b"\xff", b"not a note"])
def test_a_broken_checkpoint_file_is_replaced(folder: Folder, content: bytes) -> None:
    published(folder, 10)
    (folder.public / "checkpoint").write_bytes(content)

    with folder.open() as log:
        log.publish()
        assert log.published.head().size == 10


def test_what_a_witness_stopped_is_not_shown_by_opening_again_nor_by_recovering(folder: Folder) -> None:
    """The log was set back as a whole, so only the witness knows; the head is signed by then, and must never be seen."""
    published(folder, 10)

    def refuse(_checkpoint: bytes, _prove: object) -> list[NoteSignature]:
        raise Inconsistent("there are two histories")

    with folder.open() as log:
        log.append(b"one more")
        with pytest.raises(Inconsistent, match="two histories"):
            log.publish(refuse)

    for _ in range(2):
        with folder.open() as log, pytest.raises(Inconsistent, match="two histories"):
            log.publish(refuse)
        with folder.sequencer() as sequencer:
            recover(sequencer, Published(folder.place, origin=ORIGIN, keys=KEYS), SecondPlace(folder.second))
    assert head_of((folder.public / "checkpoint").read_bytes()).size == 10


@pytest.mark.parametrize("path", ["tile/0/001.p/44", "tile/1/000.p/1"])
@pytest.mark.parametrize("how", [spoil, Path.unlink, lambda path: path.write_bytes(b"short")])
def test_tiles_that_do_not_give_the_root_are_not_grown_from(folder: Folder, path: str, how: Callable[[Path], None]) -> None:
    published(folder, 300)
    how(folder.public / path)

    with folder.sequencer() as sequencer, pytest.raises(Inconsistent, match=r"published tiles.*habeas ledger fsck"):
        folder.made(sequencer).open()


def test_tiles_that_break_while_the_log_is_open_are_not_grown_from_either(folder: Folder) -> None:
    published(folder, 300)

    with folder.open() as log:
        spoil(folder.public / "tile/0/001.p/44")
        log.append(b"more")
        with pytest.raises(Inconsistent, match="published tiles"):
            log.publish()
        spoil(folder.public / "tile/0/001.p/44")
        with pytest.raises(Inconsistent, match="published tiles"):
            log.publish()
        assert log.append(b"recorded all the same").index == 301
    assert published(folder, 303).second_place.last().size == 303  # looked at, opened again


def test_an_entry_that_was_altered_in_the_open_bundle_is_not_published(folder: Folder) -> None:
    published(folder, 300)

    with folder.sequencer() as sequencer, folder.made(sequencer) as log:
        honest = sequencer.entries
        sequencer.entries = lambda start, stop: (b"forged" if entry == b"entry 280" else entry for entry in honest(start, stop))
        log.append(b"more")
        with pytest.raises(Inconsistent, match="entry 280"):
            log.publish()


@pytest.mark.parametrize("lost", ["second", "database"])
def test_a_head_that_this_log_did_not_sign_is_refused(tmp_path: Path, lost: str) -> None:
    folder = published(Folder(tmp_path), 10)
    stranger = Folder(tmp_path, signers=[tlog_vectors.signer(ORIGIN, "somebody else")])
    if lost == "second":
        note = parse_note((folder.second / "last-signed-checkpoint").read_bytes())
        (folder.second / "last-signed-checkpoint").write_bytes(note.encode().replace(b"10\n", b"11\n"))

    with stranger.sequencer() as sequencer, pytest.raises(ProofFailed):
        (folder if lost == "second" else stranger).made(sequencer).open()


def test_another_logs_second_place_is_refused(folder: Folder) -> None:
    published(folder, 10)
    other = tlog_vectors.signer("log.example/other", "other")
    note = sign_checkpoint(Checkpoint(origin="log.example/other", size=10, root=tree_hash(entries(10))), [other], at=0)
    (folder.second / "last-signed-checkpoint").write_bytes(note.encode())

    with folder.sequencer() as sequencer, pytest.raises(BadInput, match=r"log\.example/other"):
        folder.made(sequencer).open()


def test_keys_of_another_name_sign_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path, signers=[tlog_vectors.signer("log.example/other", "other")])

    with folder.sequencer() as sequencer, pytest.raises(BadInput, match="another log's"):
        folder.made(sequencer)


def test_a_second_place_that_changes_while_the_log_is_open_stops_the_signing(folder: Folder) -> None:
    published(folder, 10)
    old = (folder.second / "last-signed-checkpoint").read_bytes()

    with folder.open() as log:
        log.append(b"10")
        log.publish()
        (folder.second / "last-signed-checkpoint").write_bytes(old)
        log.append(b"11")
        with pytest.raises(Inconsistent, match="second place"):
            log.publish()


def test_of_two_publishers_of_one_second_place_one_is_told(folder: Folder) -> None:
    published(folder, 10)

    with folder.sequencer() as sequencer:
        log = folder.made(sequencer)
        log.open()
        keep = log._second.keep

        def meanwhile(head, *, instead_of):
            (folder.second / "last-signed-checkpoint").write_bytes(b"of somebody else")
            keep(head, instead_of=instead_of)

        log._second.keep = meanwhile
        log.append(b"more")
        with pytest.raises(Busy, match="another head came into the second place"):
            log.publish()
        assert sequencer.head().size == 10


# --- witnesses ---


def witness(checkpoint: bytes, _prove: object):
    return [cosign(parse_note(checkpoint), tlog_vectors.witness_signer(), at=tlog_vectors.AT)]


WITNESS_KEY = tlog_vectors.witness_signer().key


def test_what_witnesses_give_is_shown_and_kept(folder: Folder) -> None:
    with folder.open() as log:
        log.append(b"a")
        head = log.publish(witness)

    shown = parse_note((folder.public / "checkpoint").read_bytes())
    assert [one.key for one in verify_note(shown, [WITNESS_KEY])] == [WITNESS_KEY]
    with folder.open() as log:
        assert log.prove(0).checkpoint == shown.encode() == head.note
        assert log.prove(0, size=1).checkpoint == head.note


def test_a_witness_is_given_the_proof_from_where_it_stands(folder: Folder) -> None:
    asked: list[bytes] = []

    def demanding(checkpoint: bytes, prove):
        asked.append(checkpoint)
        verify_consistency(old_size=7, old_root=tree_hash(entries(7)), new_size=20, new_root=head_of(checkpoint).root, path=prove(7))
        return witness(checkpoint, prove)

    with folder.open() as log:
        list(log.append_many(entries(20)))
        log.publish(demanding)

    assert len(asked) == 1


def away(_checkpoint: bytes, _prove: object):
    raise Unavailable("expected an answer; there was none: ask later")


def test_a_line_that_somebody_adds_in_public_is_not_taken_over(folder: Folder) -> None:
    """Whoever may write where the public reads could else have every later proof refused, by a false line under a witness's name."""
    witness = tlog_vectors.witness_signer()
    published(folder, 5)
    public = folder.public / "checkpoint"
    whole = public.read_bytes()
    false = NoteSignature(name=witness.key.name, key_id=witness.key.key_id, value=bytes(72))
    public.write_bytes(add_signatures(parse_note(whole), [false]).encode())

    with folder.open() as log:
        head = log.publish(lambda _checkpoint, _prove: [], wanted=1)
        assert (head.note, public.read_bytes(), log.prove(0).checkpoint) == (whole, whole, whole)


def test_a_line_that_nobody_knows_keeps_no_witness_from_being_asked(folder: Folder) -> None:
    witness = tlog_vectors.witness_signer()
    published(folder, 5)
    public = folder.public / "checkpoint"
    junk = NoteSignature(name="junk", key_id=bytes(4), value=bytes(72))
    public.write_bytes(add_signatures(parse_note(public.read_bytes()), [junk]).encode())

    with folder.open() as log:
        log.publish(lambda checkpoint, _prove: [cosign(parse_note(checkpoint), witness, at=tlog_vectors.AT)], wanted=1)

    assert [one.key for one in verify_note(parse_note(public.read_bytes()), [witness.key])] == [witness.key]


def test_a_witness_that_is_away_holds_nothing_up_and_is_asked_again_about_the_same_head(folder: Folder) -> None:
    with folder.open() as log:
        log.append(b"a")
        first = log.publish(away, wanted=1)
        assert log.published.head() == first
        again = log.publish(witness, wanted=1)

        assert (first.size, first.root) == (again.size, again.root)
        assert len(verify_note(parse_note(log.published.head().note), [WITNESS_KEY])) == 1
        assert log.publish(witness, wanted=1) == again


def test_a_witness_that_has_seen_another_history_stops_the_publishing(folder: Folder) -> None:
    def alarmed(_checkpoint: bytes, _prove: object):
        raise Inconsistent("expected one history; got two: stop", smaller=b"1", larger=b"2")

    published(folder, 3)
    with folder.open() as log:
        log.append(b"a")
        with pytest.raises(Inconsistent):
            log.publish(alarmed)
        with pytest.raises(Inconsistent):
            log.publish()
        assert log.published.head().size == 3
        assert log.append(b"evidence is still taken").index == 4


# --- on an interval ---


def test_started_a_log_publishes_by_itself_and_once_more_when_closed(folder: Folder) -> None:
    with folder.open() as log:
        log.start(0.01)
        log.append(b"a")
        wait_for(lambda: folder.second_place.last() is not None)
        assert log.trouble is None
        log.append(b"b")
    assert folder.second_place.last().size == 2


def test_trouble_is_told_and_tried_again(folder: Folder) -> None:
    heard: list[HabeasError] = []
    told = Event()

    def hear(error: HabeasError) -> None:
        heard.append(error)
        told.set()

    folder.faults = Faults(at=1)
    with folder.open() as log:
        log.append(b"a")
        log.start(0.01, on_trouble=hear)
        told.wait(10)
        wait_for(lambda: folder.second_place.last() is not None)
    assert isinstance(heard[0], CannotWrite)
    assert folder.second_place.last().size == 1


def test_broken_evidence_ends_the_publishing_but_not_the_recording(folder: Folder) -> None:
    published(folder, 300)
    told = Event()

    with folder.open() as log:
        spoil(folder.public / "tile/1/000.p/1")
        log.start(0.01, on_trouble=lambda _: told.set())
        told.wait(10)
        assert isinstance(log.trouble, Inconsistent)
        assert log.append(b"a").index == 300
    assert folder.second_place.last().size == 300


def test_an_interval_of_nothing_is_refused(folder: Folder) -> None:
    with folder.open() as log, pytest.raises(BadInput, match="more than 0"):
        log.start(0)


def test_many_threads_append_and_publish_at_once(folder: Folder) -> None:
    with folder.open() as log:
        log.start(0.005)
        threads = [Thread(target=lambda n=n: [log.append(b"%d %d" % (n, k)) for k in range(50)]) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with folder.sequencer() as sequencer:
        kept = [*sequencer.entries(0, 400)]
        heads = sequencer.heads(1000)
    assert sorted(kept) == sorted(b"%d %d" % (n, k) for n in range(8) for k in range(50))
    assert all(head.root == tree_hash(kept[: head.size]) for head in heads)
    assert folder.second_place.last().size == 400
