"""Parquet files in one pass: batches of columns, labels as codes, both tables at once.

It does what the SQL of `rows` does for the plainest and largest case, rows that name persons by numbers, and gives up (None) at
anything else: then SQL counts, and says what is wrong. Without persons SQL needs but one pass itself, and is as fast. Labels
stay as they are in the file; what they mean is decided afterwards, as for SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.util import find_spec
from os import cpu_count
from threading import Event
from typing import Any

import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import BUCKETS, Ints, ScoreGrid
from habeas.engines.rows import Rows
from habeas.engines.scores import between_edges
from habeas.engines.session import Limits
from habeas.engines.sources import Format

Codes = NDArray[np.int32]

_MOST_THREADS = 4
_MOST_ENTRIES = 8_000_000  # of both tables of a thread, 64 MB
_BATCH_ROWS = 1 << 16
_BUFFER_BYTES = 1 << 20  # of each column, and no buffering ahead: else memory grows with the file


class _GiveUp(Exception):
    """Something that only SQL can count."""


@dataclass(slots=True)
class _Labels:
    """The values that a column of labels has shown so far, numbered as they came."""

    numbers: dict[object, int] = field(default_factory=dict)

    def code(self, value: object) -> int:
        return self.numbers.setdefault(value, len(self.numbers))


def available() -> bool:
    """Whether the accelerator can be used here."""
    return find_spec("numba") is not None and find_spec("pyarrow") is not None


def fused_tables(wanted: Rows, grid: ScoreGrid | None, limits: Limits, told: Callable[[float], None]) -> dict[str, Any] | None:
    """The tables `fine` and `coarse` as Arrow tables with raw labels; None: this is a case for SQL.

    `told`: called with the share of the files done.
    """
    if grid is None or not _is_plain(wanted, grid) or not available():
        return None
    from pyarrow import ArrowException, concat_tables, default_memory_pool

    threads = min(limits.threads or cpu_count() or 1, _MOST_THREADS)
    shares, rows = _shares(wanted, threads)
    if rows < limits.fused_rows:
        return None
    counted = [0] * threads  # rows by thread
    stop = Event()

    def scan(thread: int) -> _Scan:
        found = _Scan(wanted, grid, limits)
        for path, groups in shares[thread].items():
            for batch in _batches(wanted, path, groups):
                if stop.is_set():
                    raise _GiveUp
                found.add(batch)
                counted[thread] += batch.num_rows
                told(sum(counted) / rows)
        found.flush()
        return found

    try:
        with ThreadPoolExecutor(threads) as pool:
            try:
                scans = list(pool.map(scan, range(threads)))
            finally:
                stop.set()  # nobody waits for the other threads once one gave up, or after Ctrl-C
    except (_GiveUp, ArrowException, OSError, KeyError, UnicodeDecodeError):  # SQL will say what is wrong, if anything is
        return None
    default_memory_pool().release_unused()
    tables = {"fine": [table for each in scans for table in each.fine], "coarse": [table for each in scans for table in each.coarse]}
    return {name: concat_tables(found) for name, found in tables.items() if found}


class _Scan:
    """What one thread has counted. Tables are laid out for the labels seen; a new label closes them and opens larger ones."""

    def __init__(self, wanted: Rows, grid: ScoreGrid, limits: Limits) -> None:
        self._score, self._person = (column.name for column in (wanted.score, wanted.person) if column is not None)
        self._wanted, self._grid, self._limits = wanted, grid, limits
        self._labels = {key: _Labels() for key in wanted.labels}
        self._shape: tuple[int, ...] = ()
        self._tables: tuple[Ints, Ints] | None = None
        self._edges = np.array([grid.minimum, grid.maximum, grid.width])
        self._thresholds = np.array(grid.thresholds, dtype=np.float64)
        self._between = np.array(between_edges(grid), dtype=np.float64)
        self.fine: list[Any] = []
        self.coarse: list[Any] = []

    def add(self, batch: Any) -> None:
        """Count a batch of rows."""
        from habeas.engines.fused.kernel import count_batch

        wanted = self._wanted
        codes = [self._codes(key, batch.column(column.name)) for key, column in wanted.labels.items()]
        fine, coarse = self._laid_out()
        person, score = _whole(batch.column(self._person)), _doubles(batch.column(self._score))
        if count_batch(_combined(codes, self._shape), score, person, self._edges, self._between, self._thresholds, fine, coarse):
            raise _GiveUp

    def flush(self) -> None:
        """Put the tables away, as rows of raw labels."""
        if self._tables is None:
            return
        fine, coarse = self._tables
        self.fine.append(self._rows(fine, ("k",)))
        self.coarse.append(self._rows(coarse, ("k", "b")))
        self._tables = None

    def _codes(self, key: str, column: Any) -> Codes:
        labels = self._labels[key]
        before = len(labels.numbers)
        codes = _coded(column, labels)
        if len(labels.numbers) > before:
            self.flush()
        if len(labels.numbers) > self._limits.most_levels:
            raise _GiveUp
        return codes

    def _laid_out(self) -> tuple[Ints, Ints]:
        if self._tables is None:
            self._shape = tuple(len(labels.numbers) for labels in self._labels.values())
            combinations = int(np.prod(self._shape))
            cells, policies = (self._grid.bins or 0) + len(self._between), len(self._grid.thresholds) + 1
            if combinations * (cells + policies * BUCKETS) > _MOST_ENTRIES:
                raise _GiveUp
            self._tables = (
                np.zeros((combinations, cells), dtype=np.int64),
                np.zeros((combinations, policies, BUCKETS), dtype=np.int64),
            )
        return self._tables

    def _rows(self, table: Ints, keys: tuple[str, ...]) -> Any:
        import pyarrow as pa

        combination, *rest = np.nonzero(table)
        columns: dict[str, Any] = {}
        for (key, labels), codes in zip(self._labels.items(), np.unravel_index(combination, self._shape), strict=True):
            kind = pa.bool_() if self._wanted.labels[key].kind == "BOOLEAN" else pa.string()
            columns[key] = pa.array(list(labels.numbers), type=kind).take(pa.array(codes))
        columns |= {key: place.astype(np.int32) for key, place in zip(keys, rest, strict=True)}
        return pa.table({**columns, "rows_": table[table != 0]})


def _is_plain(wanted: Rows, grid: ScoreGrid) -> bool:
    files = all(part.file is not None and part.file.format is Format.PARQUET for part in wanted.table.parts)
    score = wanted.score is not None and wanted.score.kind in {"DOUBLE", "FLOAT"}
    labels = all(column.kind in {"VARCHAR", "BOOLEAN"} for column in wanted.labels.values())
    person = wanted.person is not None and wanted.person.kind in {"BIGINT", "INTEGER"}
    return (
        files
        and score
        and labels
        and person
        and grid.bins is not None
        and not wanted.where
        and wanted.count is None
        and wanted.weight is None
    )


def _shares(wanted: Rows, threads: int) -> tuple[list[dict[str, list[int]]], int]:
    """Row groups by file for each thread, and how many rows there are in all."""
    import pyarrow.parquet as pq

    shares: list[dict[str, list[int]]] = [{} for _ in range(threads)]
    rows = 0
    for part in wanted.table.parts:
        if part.file is not None:
            metadata = pq.ParquetFile(part.file.path).metadata
            rows += metadata.num_rows
            for group in range(metadata.num_row_groups):
                shares[group % threads].setdefault(str(part.file.path), []).append(group)
    return shares, rows


def _batches(wanted: Rows, path: str, groups: list[int]) -> Iterator[Any]:
    import pyarrow.parquet as pq

    texts = [column.name for column in wanted.labels.values() if column.kind == "VARCHAR"]
    with pq.ParquetFile(path, read_dictionary=texts, pre_buffer=False, buffer_size=_BUFFER_BYTES) as file:
        columns = [column.name for column in wanted.columns]
        yield from file.iter_batches(batch_size=_BATCH_ROWS, row_groups=groups, columns=columns, use_threads=False)


def _combined(codes: list[Codes], shape: tuple[int, ...]) -> Codes:
    """One number for each combination of codes: `numpy.ravel_multi_index` without its checks."""
    combination = codes[0]
    for code, levels in zip(codes[1:], shape[1:], strict=True):
        combination = combination * np.int32(levels) + code
    return combination


def _coded(column: Any, labels: _Labels) -> Codes:
    import pyarrow as pa

    if pa.types.is_dictionary(column.type) and column.type.value_type in {pa.string(), pa.large_string()}:
        codes = np.array([labels.code(value) for value in column.dictionary.to_pylist()] or [0], dtype=np.int32)
        indices = column.indices
    elif pa.types.is_boolean(column.type):
        codes, indices = np.array([labels.code(value) for value in (False, True)], dtype=np.int32), column.cast(pa.uint8())
    else:
        raise _GiveUp
    if indices.null_count == 0:
        return np.asarray(codes[indices.to_numpy()], dtype=np.int32)
    return np.where(indices.is_null().to_numpy(zero_copy_only=False), labels.code(None), codes[indices.fill_null(0).to_numpy()])


def _doubles(column: Any) -> np.ndarray:
    import pyarrow as pa

    if not pa.types.is_floating(column.type) or column.null_count:
        raise _GiveUp
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _whole(column: Any) -> Ints:
    import pyarrow as pa

    if not pa.types.is_signed_integer(column.type) or column.null_count:
        raise _GiveUp
    return np.asarray(column.to_numpy(), dtype=np.int64)
