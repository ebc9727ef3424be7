"""The average of every window."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.blocks import Block
from convwidgets.core.pooling_problem import Pool
from convwidgets.core.pooling_reduce import reduced


def means(pool: Pool, counts: Array) -> Array:
    """The sum of every window divided by its count: (N, *output, C).

    Args:
        pool: what is to be pooled.
        counts: (*output, 1), so many values count in each window.

    Returns:
        Floats keep their dtype, float16 being summed as float32; integers give float64.
    """
    dtype = mean_dtype(pool)
    working = np.promote_types(dtype, np.float32)
    counts = (counts if counts.min() < counts.max() else counts.max()).astype(working)
    with np.errstate(invalid="ignore", over="ignore"):  # infinity minus infinity is NaN, and no accident
        result, finite = _means(pool, counts, working, 0)
        if not finite and dtype.kind == "f":  # sums may leave the range of floats where no average does
            scaled, _ = _means(pool, counts, working, int(counts.max()).bit_length())
            np.copyto(result, scaled, where=~np.isfinite(result))
    return result.astype(dtype, copy=False)


def mean_dtype(pool: Pool) -> np.dtype[Any]:
    """The dtype of results that are no values of the input."""
    return pool.x.dtype.newbyteorder("=") if pool.x.dtype.kind == "f" else np.dtype(np.float64)


def _means(pool: Pool, counts: Array, working: np.dtype[Any], exponent: int) -> tuple[Array, bool]:
    """The averages, with the values divided by a power of two while they are summed; and if all are finite."""
    finite = True
    share = 1 / counts if counts.ndim == 0 and np.frexp(counts)[0] == 0.5 else None  # as exact, and faster

    def prepare(values: Array) -> Array:
        values = values.astype(working, copy=False)
        return np.ldexp(values, -exponent) if exponent else values

    def finish(sums: Array, block: Block) -> None:
        nonlocal finite
        if share is not None:
            sums *= share
        else:
            sums /= counts[block[1:]] if counts.ndim else counts
        if exponent:
            np.ldexp(sums, exponent, out=sums)
        finite = finite and bool(np.isfinite(sums).all())

    return reduced(pool, np.add, 0, working, prepare, finish), finite
