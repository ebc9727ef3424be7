"""ℓᵖ pooling along one or two axes: the length of the vector that each window is."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, real_array
from convwidgets.core.blocks import Block
from convwidgets.core.pooling_mean import mean_dtype
from convwidgets.core.pooling_problem import Pool, pose_pool
from convwidgets.core.pooling_reduce import reduced
from convwidgets.core.pooling_winners import maxima

STEEP = 64  # beyond this power even numbers between 1 and 2 may leave the range of floats


def norms(pool: Pool, p: float) -> Array:
    """(Σ|x|ᵖ)^(1/p) of every window: (N, *output, C), in the dtype of averages."""
    dtype = mean_dtype(pool)
    working = np.promote_types(dtype, np.float32)
    usual = True

    def prepare(values: Array) -> Array:
        return _powers(values.astype(working, copy=False), p)

    def finish(sums: Array, block: Block) -> None:
        nonlocal usual
        usual = usual and bool(_usual(sums).all())
        sums[...] = _roots(sums, p)

    with np.errstate(invalid="ignore", over="ignore", under="ignore"):  # infinity stays infinity, and is no accident
        result = reduced(pool, np.add, 0, working, prepare, finish)
        if not usual:  # a power has left the range of floats, where the length itself may not
            sums = reduced(pool, np.add, 0, working, prepare)
            np.copyto(result, _scaled(pool, p, working), where=~_usual(sums))
    return result.astype(dtype, copy=False)


def _usual(sums: Array) -> Array:
    """Which sums are neither infinite nor so small that they have lost digits."""
    return np.asarray((sums >= np.finfo(sums.dtype).tiny) & (sums < inf))


def _powers(values: Array, p: float) -> Array:
    if p == 2:
        return values * values
    lengths: Array = np.abs(values)
    return lengths if p == 1 else lengths**p


def _roots(sums: Array, p: float) -> Array:
    if p == 2:
        return np.asarray(np.sqrt(sums))
    return sums if p == 1 else sums ** (1 / p)


def _scaled(pool: Pool, p: float, working: np.dtype[Any]) -> Array:
    """The same, every window divided by a number near its largest value: a power of two, which rounds nothing."""
    lengths = pool.of(np.abs(pool.x.astype(working)))
    largest = maxima(lengths)
    scale = np.ldexp(np.ones_like(largest), np.frexp(largest)[1] - 1) if p <= STEEP else largest
    scale = np.where((largest > 0) & (largest < inf), scale, working.type(1))
    sums = np.zeros_like(largest)
    for _, windows, seen in lengths.meetings(pool.whole):
        sums[windows] += _powers(seen / scale[windows], p)
    return scale * _roots(sums, p)


def check_power(p: float) -> float:
    """The p of a norm, if it is one."""
    power = real_array(p, "p")
    if power.ndim or not 0 < power < inf:
        raise ValueError(
            f"p is {p}, but it must be a finite number above 0. Use 2 for the Euclidean length, 1 for the sum of "
            f"absolute values; for the largest of them pool np.abs(x) with max_pool2d."
        )
    return float(power)


def _lp_pool(name: str, dimensions: int, x: ArrayLike, size: PerAxis, p: float, **options: Any) -> Array:
    pool = pose_pool(name, x, size, dimensions, **options)
    return pool.trimmed(norms(pool, check_power(p)))


def lp_pool2d(
    x: ArrayLike,
    size: PerAxis,
    *,
    p: float = 2,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
) -> Array:
    """The length of every window, (Σ|x|ᵖ)^(1/p), in every channel.

    It lies between the sum of absolute values (p = 1) and the largest of them (large p).

    Args:
        x, size, stride, padding, dilation, ceil_mode: as in :func:`max_pool2d`.
        p: the power, above 0; 2 gives the Euclidean length.

    Returns:
        A new array (oh, ow), with N and C as in ``x``. Floats keep their dtype, float16 being summed as float32;
        integers give float64.

    Raises:
        TypeError, ValueError: as in :func:`max_pool2d`, and for a ``p`` that is not above 0.

    >>> lp_pool2d([[3, -4, 0, 5], [0, 0, 12, 0]], 2)
    array([[ 5., 13.]])
    >>> lp_pool2d([[3, -4]], (1, 2), p=1)
    array([[7.]])
    """
    return _lp_pool(
        "lp_pool2d", 2, x, size, p,
        stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode,
    )  # fmt: skip


def lp_pool1d(
    x: ArrayLike,
    size: PerAxis,
    *,
    p: float = 2,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
) -> Array:
    """The length of every window of a series: :func:`lp_pool2d` with one axis.

    Args:
        x: series (L,) or (L, C), or a batch (N, L, C).
        padding: as in lp_pool2d; one before and one after are ((before, after),).

    >>> lp_pool1d([3, 4, -12, 5], 2)
    array([ 5., 13.])
    """
    return _lp_pool(
        "lp_pool1d", 1, x, size, p,
        stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode,
    )  # fmt: skip
