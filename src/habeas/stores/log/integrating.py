"""From numbered entries to the files of a larger tree: tiles and bundles, a few megabytes at a time, however many entries wait."""

from __future__ import annotations

from collections.abc import Iterator

from habeas.errors import Inconsistent
from habeas.ledger.tree.bundles import encode_bundle
from habeas.ledger.tree.growing import Growth
from habeas.ledger.tree.hashing import leaf_hash
from habeas.ledger.tree.reading import TileReader
from habeas.ledger.tree.tiles import TILE_WIDTH, Bundle
from habeas.stores.objects.place import Place
from habeas.stores.sequencers.store import Sequencer

AT_ONCE_BYTES = 8 * 2**20
AT_ONCE_FILES = 512
"""What is held in memory and written together, so that flushes can share the disk's work."""

File = tuple[str, bytes]


def integrate(sequencer: Sequencer, place: Place, reader: TileReader, *, size: int) -> bytes:
    """Write every file that the tree of `size` entries needs beyond the reader's tree, durably; the root of the larger tree.

    The reader's tree must have been seen to have its signed root. Nothing that is served changes: the files have new names.

    Raises:
        Inconsistent: entries in the database aren't those that were signed.
        CannotWrite, Unavailable: files can't be kept, or entries can't be read.
    """
    growing = Growing(sequencer, reader, size=size)
    batch: dict[str, bytes] = {}
    held = 0
    for path, content in growing.files():
        batch[path] = content
        held += len(content)
        if held >= AT_ONCE_BYTES or len(batch) >= AT_ONCE_FILES:
            place.put(batch)
            batch, held = {}, 0
    place.put(batch)
    return growing.root


class Growing:
    """The files of a tree that takes in the entries which a sequencer has beyond it; `root` and memory as in `Growth`."""

    def __init__(self, sequencer: Sequencer, reader: TileReader, *, size: int) -> None:
        self._since, self._size = reader.size, size
        self._reader = reader
        self._bundled = reader.size - reader.size % TILE_WIDTH
        self._entries = sequencer.entries(self._bundled, size)
        self._open: list[bytes] = []
        """The entries of the bundle that is being filled."""
        self._growth = Growth(reader, self._leaves())

    @property
    def root(self) -> bytes:
        """The root of the tree as far as it has grown."""
        return self._growth.root

    def files(self) -> Iterator[File]:
        """Path and content of each file to publish. Asks for each entry once."""
        # a growth asks for no more leaves than its open tile has room for, and gives the tile before it asks again
        for tile, row in self._growth.tiles():
            if len(self._open) == TILE_WIDTH:
                yield self._bundle()
            yield tile.path(), row
        if self._open and self._size > self._since:
            yield self._bundle()

    def _leaves(self) -> Iterator[bytes]:
        """The new leaf hashes; each entry also goes into the open bundle."""
        for index, entry in enumerate(self._entries, self._bundled):
            self._open.append(entry)
            leaf = leaf_hash(entry)
            if index >= self._since:
                yield leaf
            elif leaf != self._reader.leaf(index):
                message = f"expected the entry {index} that was signed; the database holds another: sign nothing, run `habeas ledger fsck`"
                raise Inconsistent(message)

    def _bundle(self) -> File:
        bundle = Bundle(index=self._bundled // TILE_WIDTH, width=len(self._open))
        content = encode_bundle(self._open)
        self._bundled += len(self._open)
        self._open.clear()
        return bundle.path(), content
