from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from habeas.errors import Busy
from habeas.stores.sequencers import sqlite
from habeas.stores.sequencers.rows import State, StoredGroup
from habeas.stores.sequencers.store import open_sequencer
from ledgers.submissions import sealed, submission


def files(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def is_left(secret: bytes, raw: bytes) -> bool:
    """Whether any 16 bytes in a row of it are."""
    return any(secret[at : at + 16] in raw for at in range(0, len(secret) - 15, 16))


@pytest.mark.parametrize("seed", [2, 10])
def test_of_what_was_forgotten_or_replaced_no_copy_is_left_in_any_file(tmp_path: Path, seed: int) -> None:
    """SQLite moves rows as others come and go; kept in one table with all else, both seeds left copies behind."""
    rng = random.Random(seed)  # noqa: S311 - stands for what is secret, and must be the same in every run
    log = open_sequencer(tmp_path / "log.sqlite", origin="log.example/a", create=True)
    log.claim()
    kept: dict[tuple[int, str], tuple[bytes, bytes]] = {}
    gone: list[bytes] = []

    def append() -> None:
        index = log.size()
        for name in rng.sample(["person", "officer", "victim"], rng.randint(1, 3)):
            kept[index, name] = (rng.randbytes(60), rng.randbytes(rng.choice([40, 300, 1200, 9000])))
        groups = [
            sealed(name, rng.randbytes(16).hex(), wrapped=kept[at, name][0], fields=kept[at, name][1]) for at, name in kept if at == index
        ]
        log.append([submission(rng.randbytes(180), *groups)])

    def replace() -> None:
        index, name = place = rng.choice(list(kept))
        wrapped, fields = rng.randbytes(rng.choice([60, 120])), kept[place][1]
        gone.append(kept[place][0])
        kept[place] = (wrapped, fields)
        key = log.group(index, name).key
        log.replace_group(StoredGroup(index=index, group=name, key=key, wrapped=wrapped, sealed=fields, state=State.RESTRICTED))

    def forget() -> None:
        place = rng.choice(list(kept))
        gone.extend(kept.pop(place))
        log.forget_groups([place])

    for _ in range(40):
        append()
    for _ in range(120):
        rng.choice([append, replace, forget])()

    raw = files(tmp_path)
    assert len(gone) > 80
    assert [secret for secret in gone if is_left(secret, raw)] == []
    assert all((log.group(*place).wrapped, log.group(*place).sealed) == secrets for place, secrets in kept.items())
    log.close()


def test_a_reader_that_keeps_the_journal_is_named_and_the_group_is_forgotten_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "PATIENCE_S", 0.05)
    log = open_sequencer(tmp_path / "log.sqlite", origin="log.example/a", create=True)
    log.claim()
    log.append([submission(b"x", sealed("person", fields=b"sealed fields of a person"))])
    reader = sqlite3.connect(tmp_path / "log.sqlite")
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM ledger_state").fetchall()

    with pytest.raises(Busy, match="old bytes are still in the journal"):
        log.forget_groups([(0, "person")])
    assert log.group(0, "person").state is State.ERASED
    assert b"sealed fields of a person" in files(tmp_path)

    reader.close()
    log.forget_groups([(0, "person")])
    assert b"sealed fields of a person" not in files(tmp_path)
    log.close()
