"""Max and average pooling along one or two axes: the definition to read, and the functions to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias, overload

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis
from convwidgets.core.pooling_mean import means
from convwidgets.core.pooling_problem import Pool, pose_pool
from convwidgets.core.pooling_winners import maxima, winners

Maxima: TypeAlias = Array | tuple[Array, Array]
"""The values, or with return_indices the values and where they stand."""


def definition(pool: Pool, summary: Callable[[Array], Any]) -> Array:
    """Pooling as it is taught, one window after the other: the fast methods answer to this.

        y[n, o, c] = summary of all x[n, i, c] with i in window o; the padding is left out

    Args:
        pool: what is to be pooled.
        summary: takes the values of a window, in row-major order, to one number: np.max, np.mean, np.argmax, …

    Returns:
        The result (N, *output, C).
    """
    inside = [[row[(row >= 0) & (row < axis.size)] for row in axis.taps] for axis in pool.axes]
    result = np.empty(pool.shape, np.result_type(summary(pool.x[:1].reshape(-1)[:1])))
    for n, *window, c in np.ndindex(pool.shape):
        grid: Any = np.ix_(*(rows[o] for rows, o in zip(inside, window, strict=True)))
        result[n, *window, c] = summary(pool.x[n, ..., c][grid].ravel())
    return result


def _max_pool(name: str, dimensions: int, x: ArrayLike, size: PerAxis, return_indices: bool, **options: Any) -> Maxima:
    pool = pose_pool(name, x, size, dimensions, **options)
    values = maxima(pool)
    if not return_indices:
        return pool.trimmed(values)
    return pool.trimmed(values), pool.trimmed(winners(pool, values))


def _avg_pool(name: str, dimensions: int, x: ArrayLike, size: PerAxis, include_pad: bool, **options: Any) -> Array:
    pool = pose_pool(name, x, size, dimensions, **options)
    return pool.trimmed(means(pool, pool.counts(include_pad)))


@overload
def max_pool2d(
    x: ArrayLike, size: PerAxis, *, stride: PerAxis | None = ..., padding: Padding = ..., dilation: PerAxis = ...,
    ceil_mode: bool = ..., return_indices: Literal[False] = ...,
) -> Array: ...  # fmt: skip
@overload
def max_pool2d(
    x: ArrayLike, size: PerAxis, *, stride: PerAxis | None = ..., padding: Padding = ..., dilation: PerAxis = ...,
    ceil_mode: bool = ..., return_indices: Literal[True],
) -> tuple[Array, Array]: ...  # fmt: skip
def max_pool2d(
    x: ArrayLike,
    size: PerAxis,
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Maxima:
    """The largest value of every window, in every channel.

    Args:
        x: image (H, W) or (H, W, C), or a batch (N, H, W, C).
        size: the window, one number or (rows, columns).
        stride: one number, or (rows, columns); the size, unless it is given.
        padding: as in :func:`conv2d`. It never wins: it stands for no value at all.
        dilation: one number, or (rows, columns): the distance between the values of a window.
        ceil_mode: one more window where rows or columns are left over; it hangs over the end.
        return_indices: also give where each winner stands.

    Returns:
        A new array (oh, ow), with N and C as in ``x``. Floats keep their dtype, integers give int64. NaN wins. With
        ``return_indices`` a pair: the second array, int64, holds row · W + column of each winner in the input without
        padding; of equal values the first in row-major order wins, and so does the first NaN.

    Raises:
        TypeError, ValueError: with the fact, the numbers and the way out; also for a window of nothing but padding.

    >>> x = [[0, 10, 9, 3], [4, 3, 2, 1], [10, 2, 10, 3], [3, -1, -3, -3]]
    >>> values, indices = max_pool2d(x, 2, return_indices=True)
    >>> values
    array([[10,  9],
           [10, 10]])
    >>> indices
    array([[ 1,  2],
           [ 8, 10]])
    """
    return _max_pool(
        "max_pool2d", 2, x, size, return_indices,
        stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode,
    )  # fmt: skip


@overload
def max_pool1d(
    x: ArrayLike, size: PerAxis, *, stride: PerAxis | None = ..., padding: Padding = ..., dilation: PerAxis = ...,
    ceil_mode: bool = ..., return_indices: Literal[False] = ...,
) -> Array: ...  # fmt: skip
@overload
def max_pool1d(
    x: ArrayLike, size: PerAxis, *, stride: PerAxis | None = ..., padding: Padding = ..., dilation: PerAxis = ...,
    ceil_mode: bool = ..., return_indices: Literal[True],
) -> tuple[Array, Array]: ...  # fmt: skip
def max_pool1d(
    x: ArrayLike,
    size: PerAxis,
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Maxima:
    """The largest value of every window of a series: :func:`max_pool2d` with one axis.

    Args:
        x: series (L,) or (L, C), or a batch (N, L, C).
        padding: as in max_pool2d; one before and one after are ((before, after),).

    >>> max_pool1d([3, 1, 4, 1, 5], 2), max_pool1d([3, 1, 4, 1, 5], 2, ceil_mode=True)
    (array([3, 4]), array([3, 4, 5]))
    """
    return _max_pool(
        "max_pool1d", 1, x, size, return_indices,
        stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode,
    )  # fmt: skip


def avg_pool2d(
    x: ArrayLike,
    size: PerAxis,
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
) -> Array:
    """The average of every window, in every channel.

    Args:
        x, size, stride, padding, dilation, ceil_mode: as in :func:`max_pool2d`.
        count_include_pad: count padding as zeros, so that it lowers the average. What ceil mode's last window covers
            beyond the padding is never counted.

    Returns:
        A new array (oh, ow), with N and C as in ``x``. Floats keep their dtype, float16 being summed as float32;
        integers give float64.

    Raises:
        TypeError, ValueError: as in :func:`max_pool2d`.

    >>> avg_pool2d([[0, 10, 9, 3], [4, 3, 2, 1]], 2)
    array([[4.25, 3.75]])
    >>> avg_pool2d([[8, 6]], (1, 2), padding=(0, 1)).tolist()
    [[8.0, 6.0]]
    >>> avg_pool2d([[8, 6]], (1, 2), padding=(0, 1), count_include_pad=True).tolist()
    [[4.0, 3.0]]
    """
    return _avg_pool(
        "avg_pool2d", 2, x, size, count_include_pad,
        stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode,
    )  # fmt: skip


def avg_pool1d(
    x: ArrayLike,
    size: PerAxis,
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
) -> Array:
    """The average of every window of a series: :func:`avg_pool2d` with one axis.

    Args:
        x: series (L,) or (L, C), or a batch (N, L, C).
        padding: as in avg_pool2d; one before and one after are ((before, after),).

    >>> avg_pool1d([3, 1, 4, 1, 5], 2, ceil_mode=True)
    array([2. , 2.5, 5. ])
    """
    return _avg_pool(
        "avg_pool1d", 1, x, size, count_include_pad,
        stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode,
    )  # fmt: skip
