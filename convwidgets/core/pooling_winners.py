"""The largest value of every window, and where it stands."""

from __future__ import annotations

from math import prod

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.blocks import blocks
from convwidgets.core.dtypes import copy_dtype
from convwidgets.core.pooling_problem import Pool
from convwidgets.core.pooling_reduce import Scratch, reduced


def maxima(pool: Pool) -> Array:
    """The largest value of every window: (N, *output, C). NaN wins."""
    dtype, native = copy_dtype(pool.x, "input"), pool.x.dtype.newbyteorder("=")
    least = -np.inf if native.kind == "f" else np.iinfo(native).min
    return reduced(pool, np.maximum, native.type(least), native).astype(dtype, copy=False)


def winners(pool: Pool, values: Array) -> Array:
    """Where the first of each window's values, in row-major order, that equals the given one stands.

    Args:
        pool: the windows.
        values: (N, *output, C), one value of each window; NaN stands for any NaN.

    Returns:
        int64, (N, *output, C): the flat position in the input, of one channel.
    """
    count = prod(axis.kernel for axis in pool.axes)
    first = np.zeros(pool.shape, np.min_scalar_type(count))  # so many taps from the end; the largest is the first
    equal, weights = Scratch(np.dtype(np.bool_)), Scratch(first.dtype)
    for block in blocks(pool.shape[:-1], pool.shape[-1]):
        sought, found = values[block], first[block]
        nan = np.isnan(sought) if sought.dtype.kind == "f" and np.isnan(sought.max(initial=0)) else None
        for tap, windows, seen in pool.meetings(block):
            same = np.equal(seen, sought[windows], out=equal.of(seen.shape))
            if nan is not None:
                same |= np.isnan(seen) & nan[windows]
            # a product and a maximum instead of a choice: they run on many small numbers at once
            rank = np.multiply(same.view(np.uint8), first.dtype.type(count - tap), out=weights.of(seen.shape))
            np.maximum(found[windows], rank, out=found[windows])
    return pool.positions(count - first)
