"""Fast pooling: one axis after the other, the windows along the rows first, in blocks that stay in the cache.

A maximum over a window is the maximum over its columns of the maxima over their rows, and so it is with sums. Each tap
is one strided view of the input, so no window is ever copied; padding is where a tap has no run.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from math import prod
from typing import Any, TypeAlias

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.blocks import Block, blocks
from convwidgets.core.pooling_problem import Pool, Run

Change: TypeAlias = Callable[[Array], Array]
BUDGET = 2**19  # scratch values of a block; smaller blocks were measured to cost more calls than they save misses
FEW = 8  # fewer channels than that are reduced one by one: NumPy then runs along the row instead of over the channels


def reduced(
    pool: Pool,
    ufunc: np.ufunc,
    nothing: Any,
    dtype: np.dtype[Any],
    prepare: Change | None = None,
    finish: Callable[[Array, Block], None] | None = None,
) -> Array:
    """Every window made into one number by an associative ufunc of two arguments.

    Args:
        pool: what is to be pooled.
        ufunc, nothing: np.maximum or np.add, and the value that changes nothing in it.
        dtype: in which to reduce.
        prepare: is applied to the values of a block before they are reduced.
        finish: is applied, in place, to the results of a block.

    Returns:
        A new array (N, *output, C) of this dtype.
    """
    result, scratch = np.empty(pool.shape, dtype), Scratch(dtype)
    plan = cache(partial(_plan, pool))
    for block in blocks(pool.shape[:-1], pool.axes[-1].stride * pool.shape[-1], BUDGET):
        plans = [plan(number, part.start, part.stop) for number, part in enumerate(block[1:])]
        values = pool.x[(block[0], *(reach for reach, _ in plans))]
        values = values if prepare is None else prepare(values)
        for axis, (part, (_, runs)) in enumerate(zip(block[1:], plans, strict=True), 1):
            shape = (*values.shape[:axis], part.stop - part.start, *values.shape[axis + 1 :])
            out = result[block] if axis == len(plans) else scratch.of(shape)
            _along(values, axis, runs, ufunc, nothing, out)
            values = out
        if finish is not None:
            finish(values, block)
    return result


def _plan(pool: Pool, number: int, start: int, stop: int) -> tuple[slice, list[Run]]:
    """The input positions that a part of the windows reads along an axis, and the runs, counted from there.

    Runs that meet every window come first.
    """
    runs = [run for run in pool.runs(number, slice(start, stop)) if run is not None]
    reach = slice(min(at.start for _, at in runs), max(at.stop for _, at in runs))
    moved = [(windows, slice(at.start - reach.start, at.stop - reach.start, at.step)) for windows, at in runs]
    return reach, sorted(moved, key=lambda run: run[0].start - run[0].stop)


class Scratch:
    """Memory that is asked for once and used for every block."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._memory = np.empty(0, dtype)

    def of(self, shape: tuple[int, ...]) -> Array:
        """An array of this shape with whatever was left in it."""
        needed = prod(shape)
        if needed > self._memory.size:
            self._memory = np.empty(needed, self._memory.dtype)
        return self._memory[:needed].reshape(shape)


def _along(values: Array, axis: int, runs: list[Run], ufunc: np.ufunc, nothing: Any, out: Array) -> None:
    """Reduce one axis. Every run is a view of the values; those that meet every window come first."""
    if 1 < values.shape[-1] < FEW and axis == values.ndim - 2:
        for channel in range(values.shape[-1]):
            one = slice(channel, channel + 1)
            _along(values[..., one], axis, runs, ufunc, nothing, out[..., one])
        return
    before, every = (slice(None),) * axis, slice(0, out.shape[axis])
    if len(runs) > 1 and runs[1][0] == every:
        ufunc(values[(*before, runs[0][1])], values[(*before, runs[1][1])], out=out)
        runs = runs[2:]
    else:
        out[...] = nothing
    for windows, positions in runs:
        met = out[(*before, windows)]
        ufunc(met, values[(*before, positions)], out=met)
