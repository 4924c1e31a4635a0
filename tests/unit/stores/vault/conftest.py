from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ledgers import record_logs
from ledgers.record_logs import Records


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """An open ledger without entries."""
    record_logs.create(tmp_path)
    with record_logs.opened(tmp_path, draw=record_logs.drawn()) as found:
        yield found


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The folder of a ledger without entries, closed."""
    folder = tmp_path / "ledger"
    folder.mkdir()
    record_logs.create(folder)
    return folder
