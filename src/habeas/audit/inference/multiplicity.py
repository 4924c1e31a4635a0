"""Many tests at once: p-values adjusted so that a whole family of them can be believed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from habeas.audit.cells import Floats


def holm(p: ArrayLike) -> Floats:
    """Adjusted p-values of a family declared in advance: below a level with at most that chance of any false alarm at all.

    Holm (1979), Scandinavian Journal of Statistics 6, 65-70. `p`: (N,), any dependence; the order given is kept.
    """
    values, order = _in_order(p)
    remaining = len(values) - np.arange(len(values))
    return _back(np.maximum.accumulate(values[order] * remaining), order)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Adjusted p-values of an exploration: of those below a level, about that share are expected to be false alarms.

    Benjamini and Hochberg (1995), J. Royal Statistical Society B 57, 289-300. `p`: (N,), the order given is kept.
    """
    values, order = _in_order(p)
    steps = values[order] * len(values) / (1 + np.arange(len(values)))
    return _back(np.minimum.accumulate(steps[::-1])[::-1], order)


def _in_order(p: ArrayLike) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.intp]]]:
    values = np.asarray(p, dtype=np.float64).ravel()
    return values, np.argsort(values, kind="stable")


def _back(adjusted: Floats, order: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Floats:
    result = np.empty_like(adjusted)
    result[order] = np.minimum(adjusted, 1.0)
    return result
