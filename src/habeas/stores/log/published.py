"""Reading a log as the public can: from its published files alone, without its database, beside whoever writes.

Whatever is read is first seen to belong to a checkpoint that the log signed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress

from habeas.errors import BadInput, Malformed, NotFound, ProofFailed
from habeas.ledger.notes.cosignature import verify_checkpoint
from habeas.ledger.notes.keys import VerifierKey
from habeas.ledger.notes.note import parse_note
from habeas.ledger.tree.bundles import encode_bundle, parse_bundle
from habeas.ledger.tree.hashing import HASH_BYTES, leaf_hash
from habeas.ledger.tree.proofs import verify_inclusion
from habeas.ledger.tree.reading import FetchTile, TileReader, prove_consistency, prove_inclusion
from habeas.ledger.tree.tiles import TILE_WIDTH, Bundle, Tile, bundles_for
from habeas.ledger.tree.verified import VerifiedTiles
from habeas.ledger.trust.proof_file import TlogProof
from habeas.stores.log.head import checkpoint_of, head_of
from habeas.stores.objects.place import CHECKPOINT, Place
from habeas.stores.sequencers.rows import SignedHead


class Published:
    """The published files of the log `origin`, whose checkpoints one of `keys` must have signed."""

    def __init__(self, place: Place, *, origin: str, keys: Iterable[VerifierKey]) -> None:
        self.place = place
        self._origin, self._keys = origin, tuple(keys)

    def check(self, head: SignedHead) -> SignedHead:
        """The head, if the log signed it.

        Raises:
            BadInput: it is another log's.
            Malformed: it is no signed checkpoint.
            ProofFailed: none of the log's keys signed it, or a signature doesn't hold.
        """
        found = checkpoint_of(head.note)
        if found.origin != self._origin:
            raise BadInput(f"expected a checkpoint of the log {self._origin}; it is one of {found.origin}: name the right place")
        if (found.size, found.root) != (head.size, head.root):
            raise ProofFailed(f"expected a checkpoint of size {head.size} and its root; it says another: restore what was altered")
        verify_checkpoint(parse_note(head.note), self._keys)
        return head

    def head(self) -> SignedHead:
        """What the file `checkpoint` says, with all its signatures.

        Raises:
            NotFound: nothing is published yet.
            BadInput, Malformed, ProofFailed: the file is no checkpoint that this log signed.
        """
        try:
            note = self.place.get(CHECKPOINT)
        except NotFound:
            raise NotFound(
                f"expected a checkpoint of {self._origin}; none is published: publish first (habeas ledger checkpoint)"
            ) from None
        return self.check(head_of(note))

    def shown(self) -> SignedHead | None:
        """What the file `checkpoint` says; None where there is none, or a broken one that the log never signed: evidence of nothing.

        Raises:
            BadInput: it is another log's.
        """
        with suppress(NotFound, Malformed, ProofFailed):
            return self.head()
        return None

    def tiles(self, head: SignedHead) -> TileReader:
        """Hashes of the tree of that head, each tile seen to belong to it before it is used.

        Raises:
            ProofFailed, NotFound, Malformed: the tiles at the right edge are missing or don't give the root.
        """
        return TileReader(VerifiedTiles(fetch_from(self.place), size=head.size, root=head.root), head.size)

    def prove(self, index: int, *, head: SignedHead, leaf: bytes | None = None) -> TlogProof:
        """The proof that an entry is in the tree of that head, seen to hold before it is given away.

        `leaf`: the leaf hash the entry has elsewhere, where that is known.

        Raises:
            NotFound: the head's tree has no such entry yet, or a tile is missing.
            ProofFailed, Malformed: tiles don't belong to the tree, or the entry is another one there.
        """
        if not 0 <= index < head.size:
            message = (
                f"expected an entry that is published, of index 0 to {head.size - 1}; asked for {index}: publish it, or mend the index"
            )
            raise NotFound(message)
        reader = self.tiles(head)
        path = prove_inclusion(reader, index=index)
        verify_inclusion(leaf=leaf or reader.leaf(index), index=index, size=head.size, path=path, root=head.root)
        return TlogProof(index=index, path=path, checkpoint=head.note)

    def prove_consistency(self, *, old: int, head: SignedHead) -> tuple[bytes, ...]:
        """The proof that the tree of `old` entries is the beginning of the head's tree.

        Raises:
            Malformed: `old` is 0 or larger than the head's tree.
            ProofFailed, NotFound: tiles are missing or don't belong to the tree.
        """
        return prove_consistency(self.tiles(head), old_size=old)

    def entries(self, start: int, *, head: SignedHead) -> Iterator[bytes]:
        """The entries from index `start` on, up to the head, each seen to be the one in its tree.

        Raises:
            NotFound: a bundle or tile is missing.
            ProofFailed: an entry isn't the one that was signed.
            Malformed: a bundle can't be read.
        """
        reader = self.tiles(head)
        for bundle in bundles_for(head.size, since=min(start, head.size)):
            for index, entry in zip(bundle.entries(), parse_bundle(fetch_bundle(self.place, bundle), width=bundle.width), strict=True):
                if index < start:
                    continue
                if leaf_hash(entry) != reader.leaf(index):
                    raise ProofFailed(f"{bundle.path()}: expected the entry {index} that was signed; got another: restore the file")
                yield entry


def fetch_from(place: Place) -> FetchTile:
    """Tiles as a place has them; where a partial one is gone, the beginning of the full one (C2SP tlog-tiles, "Partial Tiles")."""

    def fetch(tile: Tile) -> bytes:
        return _or_full(place, tile)[: tile.width * HASH_BYTES]

    return fetch


def fetch_bundle(place: Place, bundle: Bundle) -> bytes:
    """A bundle as a place has it, at its width; where a partial one is gone, the beginning of the full one.

    Raises:
        NotFound: neither is there.
        Malformed: the full one is there instead, and can't be read.
    """
    try:
        return place.get(bundle.path())
    except NotFound:
        if bundle.width == TILE_WIDTH:
            raise
        entries = parse_bundle(place.get(bundle.full().path()), width=TILE_WIDTH)
        return encode_bundle(entries[: bundle.width])


def _or_full(place: Place, tile: Tile) -> bytes:
    try:
        return place.get(tile.path())
    except NotFound:
        if tile.width == TILE_WIDTH:
            raise
        return place.get(tile.full().path())
