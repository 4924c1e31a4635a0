"""The inner loop: one row, two cells. Compiled by numba; the only module that imports it."""

from __future__ import annotations

import numba
import numpy as np
from numpy.typing import NDArray

from habeas.audit.cells import Floats, Ints


@numba.njit(cache=True, nogil=True)
def _bucket(person: int) -> int:
    """As `sql.bucket_of` for whole numbers; a remainder is rounded down here, so that a negative one needs turning."""
    mixed = person % 2147483647
    if person < 0 and mixed > 0:
        mixed = 2147483647 - mixed
    for _ in range(2):
        mixed = ((mixed ^ (mixed >> 16)) * 73244475) & 4294967295
    return (mixed ^ (mixed >> 16)) & 127


@numba.njit(cache=True, nogil=True)
def count_batch(
    combination: NDArray[np.int32], score: Floats, person: Ints, grid: Floats, between: Floats, thresholds: Floats, fine: Ints, coarse: Ints
) -> int:
    """Add a batch of rows to both tables; gives how many rows could not be counted.

    `grid`: minimum, maximum, width. `between`: thresholds that aren't edges of bins. `fine`: (combinations, cells).
    `coarse`: (combinations, thresholds + 1, buckets). The bin is found as in SQL: guessed, then compared with its next edge.
    """
    minimum, maximum, width = grid
    last_bin = fine.shape[1] - len(between) - 1
    unfit = 0
    for i in range(len(score)):
        value = score[i]
        if not (value >= minimum and value <= maximum):  # so that NaN is unfit too
            unfit += 1
            continue
        cell = int((value - minimum) / width - 1e-6)
        if value >= minimum + (cell + 1) * width:
            cell += 1
        cell = min(cell, last_bin)
        for threshold in between:
            cell += value >= threshold
        fine[combination[i], cell] += 1
        reached = 0
        for threshold in thresholds:
            reached += value >= threshold
        coarse[combination[i], reached, _bucket(person[i])] += 1
    return unfit
