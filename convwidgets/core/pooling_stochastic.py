"""Stochastic pooling: every window draws one of its values, the large ones more often.

M. Zeiler and R. Fergus, *Stochastic Pooling for Regularization of Deep Convolutional Neural Networks*, ICLR 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, prod
from typing import Literal, overload

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis
from convwidgets.core.blocks import Block, blocks
from convwidgets.core.pooling_problem import Pool, pose_pool
from convwidgets.core.pooling_winners import maxima

HUGE = 2.0**900  # values beyond are scaled down, so that their sums stay finite


def drawn(pool: Pool, draws: Array) -> tuple[Array, Array]:
    """One value of each window, and where it stands.

    The positive values of a window, in row-major order, lie end to end on a line, each as long as it is large; the draw
    is a point on that line, as a part of its length. A window with NaN or infinity draws among these alone.

    Args:
        pool: the windows.
        draws: (N, *output, C), numbers from 0 to 1, 1 excluded.

    Returns:
        The values and their flat positions, both (N, *output, C); 0 and −1 where no value is positive.
    """
    largest = maxima(pool)
    endless, huge = ~(largest < inf), pool.x.dtype == np.float64 and bool((largest > HUGE).any())
    taps, some = np.zeros(pool.shape, np.int64), np.zeros(pool.shape, np.bool_)
    for block in blocks(pool.shape[:-1], pool.shape[-1]):
        line = _Line(largest[block], endless[block] if endless.any() else None, huge)
        some[block] = line.draw([*pool.meetings(block)], draws[block], taps[block])
    positions = np.where(some, pool.positions(taps), -1)
    return np.where(some, _at(pool.x, positions), 0).astype(largest.dtype), positions


@dataclass(frozen=True)
class _Line:
    """The lines of a block of windows: how long each value is on them."""

    largest: Array
    endless: Array | None  # where NaN and infinity alone have a chance
    huge: bool  # where sums would leave the range of floats

    def draw(self, meetings: list[tuple[int, Block, Array]], draws: Array, taps: Array) -> Array:
        """Into `taps`, on which value each draw falls; and whether any value has a chance."""
        whole, ends = np.zeros(draws.shape), np.zeros(draws.shape)
        lengths = [(tap, windows, self._lengths(seen, windows)) for tap, windows, seen in meetings]
        for _, windows, length in lengths:
            whole[windows] += length
        points = draws * whole
        for tap, windows, length in lengths:
            np.copyto(taps[windows], tap, where=(length > 0) & (ends[windows] <= points[windows]))
            ends[windows] += length
        some: Array = whole > 0
        return some

    def _lengths(self, seen: Array, windows: Block) -> Array:
        lengths = np.maximum(seen, 0, dtype=np.float64) if seen.dtype.kind == "f" else np.maximum(seen, 0).astype(float)
        if self.huge:
            lengths /= 2.0**64
        if self.endless is None:
            return lengths
        same = (seen == self.largest[windows]) | np.isnan(seen)
        return np.where(self.endless[windows], same, lengths)


def _at(x: Array, positions: Array) -> Array:
    """The values at flat positions; anything where the position is −1."""
    flat, wanted = (a.reshape(len(a), prod(a.shape[1:-1]), a.shape[-1]) for a in (x, positions))
    return np.take_along_axis(flat, wanted.clip(0), axis=1).reshape(positions.shape)


def _generator(rng: np.random.Generator | int) -> np.random.Generator:
    if isinstance(rng, np.random.Generator):
        return rng
    if isinstance(rng, bool) or not isinstance(rng, int | np.integer):
        raise TypeError(
            f"rng must be a NumPy generator or a whole number, its seed, but it is {rng!r} ({type(rng).__name__}). "
            f"Use rng=0, or rng=np.random.default_rng()."
        )
    if rng < 0:
        raise ValueError(f"The seed rng is {rng}, but it cannot be negative. Use 0 or more.")
    return np.random.default_rng(rng)


@overload
def stochastic_pool2d(
    x: ArrayLike, size: PerAxis, *, rng: np.random.Generator | int, stride: PerAxis | None = ...,
    padding: Padding = ..., dilation: PerAxis = ..., ceil_mode: bool = ..., return_indices: Literal[False] = ...,
) -> Array: ...  # fmt: skip
@overload
def stochastic_pool2d(
    x: ArrayLike, size: PerAxis, *, rng: np.random.Generator | int, stride: PerAxis | None = ...,
    padding: Padding = ..., dilation: PerAxis = ..., ceil_mode: bool = ..., return_indices: Literal[True],
) -> tuple[Array, Array]: ...  # fmt: skip
def stochastic_pool2d(
    x: ArrayLike,
    size: PerAxis,
    *,
    rng: np.random.Generator | int,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, Array]:
    """One value of every window, drawn at random: its chance is proportional to it, in every channel.

    Negative values have no chance; where no value is positive the result is 0.

    Args:
        x, size, stride, padding, dilation, ceil_mode: as in :func:`max_pool2d`. Padding is never drawn.
        rng: a generator, or the seed of one; one number is drawn for each result.
        return_indices: also give where each value stands, −1 where no value is positive.

    Returns:
        A new array (oh, ow), with N and C as in ``x``. Floats keep their dtype, integers give int64. A window with NaN
        or infinity gives one of these. With ``return_indices`` a pair, as in :func:`max_pool2d`.

    Raises:
        TypeError, ValueError: as in :func:`max_pool2d`, and for an ``rng`` that is neither.

    >>> x = [[1, 0, 6, 2], [3, 0, 0, -9], [0, 0, 0, 5]]
    >>> [stochastic_pool2d(x, (2, 2), rng=seed).tolist() for seed in (0, 1, 3)]
    [[[3, 6]], [[3, 2]], [[1, 6]]]
    """
    pool = pose_pool(
        "stochastic_pool2d", x, size, 2, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode
    )  # fmt: skip
    values, positions = drawn(pool, _generator(rng).random(pool.shape))
    return (pool.trimmed(values), pool.trimmed(positions)) if return_indices else pool.trimmed(values)
