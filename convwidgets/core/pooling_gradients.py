"""The backward pass of pooling: where the gradient goes.

With y = pool(x) and g = dL/dy, each value of a window gets its part of the window's g, and values in several windows
add up what they get:

    max, stochastic   all of g to the value that was chosen, nothing to the others
    average           g / count to every value
    ℓᵖ                g · sign(x) · (|x|/y)^(p − 1)
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, PerAxis, real_array, refuse_empty
from convwidgets.core.axis import whole
from convwidgets.core.dtypes import copy_dtype, largest_of, refuse_inexact
from convwidgets.core.pooling_norm import check_power, norms
from convwidgets.core.pooling_problem import Pool, pose_pool
from convwidgets.core.problem import result_dtype
from convwidgets.core.unpooling import check_indices


def choice_gradient(g: ArrayLike, indices: ArrayLike, input_shape: Sequence[int]) -> Array:
    """dL/dx of :func:`max_pool2d` or :func:`stochastic_pool2d`, which chose the values at these indices.

    Args:
        g: dL/dy, of the shape of y.
        indices: as these functions return them; −1 passes nothing on.
        input_shape: shape of x: (H, W), (H, W, C) or (N, H, W, C).

    Returns:
        A new array of ``input_shape``: unlike unpooling, which assigns, it adds. Integers give int64.

    A value that won twice gets both gradients:

    >>> choice_gradient([[1, 10, 100]], [[1, 1, 3]], (1, 4))
    array([[  0,  11,   0, 100]])
    """
    shape, gradient, positions = _checked_shape(input_shape), real_array(g, "gradient"), real_array(indices, "indices")
    first, channels = int(len(shape) == 4), shape[-1] if len(shape) > 2 else 1
    check_indices(positions, gradient.shape, "gradient", (shape[first], shape[first + 1]), least=-1)
    ends = (gradient.shape[:first], gradient.shape[first + 2 :])
    if gradient.ndim != len(shape) or ends != (shape[:first], shape[first + 2 :]):
        raise ValueError(
            f"The gradient has the shape {gradient.shape}, but no pooling of {shape} gives that. Give one number for "
            f"each result."
        )
    dtype, count = copy_dtype(gradient, "gradient"), prod(gradient.shape[first : first + 2])
    if dtype.kind == "i":
        refuse_inexact(largest_of(gradient) * count)
    flat = np.zeros((shape[0] if first else 1, shape[first] * shape[first + 1], channels), _wide(dtype))
    places = positions.reshape(len(flat), count, channels).astype(np.int64, copy=False)
    n, k, c = np.nonzero(places >= 0)
    np.add.at(flat, (n, places[n, k, c], c), gradient.reshape(places.shape)[n, k, c])
    return flat.reshape(shape).astype(dtype, copy=False)


def average_gradient(
    g: ArrayLike, input_shape: Sequence[int], size: PerAxis, *, count_include_pad: bool = False, **options: Any
) -> Array:
    """dL/dx of :func:`avg_pool2d`: every value of a window gets an equal part.

    Args:
        g: dL/dy, of the shape of y.
        input_shape: shape of x: (H, W), (H, W, C) or (N, H, W, C).
        size, count_include_pad: as in avg_pool2d, and so are the options stride, padding, dilation and ceil_mode.

    Returns:
        A new array of ``input_shape``; integers give float64. What goes to counted padding is lost.

    >>> average_gradient([[4, 8]], (1, 3), (1, 2), stride=1)
    array([[2., 6., 4.]])
    """
    shape, gradient = _checked_shape(input_shape), real_array(g, "gradient")
    dtype = gradient.dtype.newbyteorder("=") if gradient.dtype.kind == "f" else np.dtype(np.float64)
    result = np.zeros(shape, _wide(dtype))
    pool = pose_pool("avg_pool2d", result, size, 2, **options)
    shares = _checked(gradient, pool).astype(result.dtype) / pool.counts(count_include_pad).astype(result.dtype)
    for _, windows, met in pool.meetings(pool.whole):
        met += shares[windows]
    return result.astype(dtype, copy=False)


def length_gradient(g: ArrayLike, x: ArrayLike, size: PerAxis, *, p: float = 2, **options: Any) -> Array:
    """dL/dx of :func:`lp_pool2d`: every value of a window gets a part that grows with its share in the length.

    Args:
        g: dL/dy, of the shape of y.
        x, size, p: as in lp_pool2d, and so are the options stride, padding, dilation and ceil_mode.

    Returns:
        A new array of the shape of ``x``; integers give float64. Where a length, or a value, is 0 there is no slope,
        and 0 is given.

    >>> length_gradient([[10]], [[3, -4]], (1, 2))
    array([[ 6., -8.]])
    """
    pool, gradient, power = pose_pool("lp_pool2d", x, size, 2, **options), real_array(g, "gradient"), check_power(p)
    dtype = result_dtype(gradient, pool.x, [np.array(0.5)])
    values = pool.x.astype(_wide(dtype))
    pool, result = pool.of(values), np.zeros_like(values)
    lengths, gradient = norms(pool, power), _checked(gradient, pool).astype(values.dtype)
    fed = pool.of(result).meetings(pool.whole)
    for (_, windows, seen), (_, _, met) in zip(pool.meetings(pool.whole), fed, strict=True):
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            slope = np.sign(seen) * (np.abs(seen) / lengths[windows]) ** (power - 1)
        met += np.where(seen == 0, 0, slope * gradient[windows])
    return result.reshape(np.shape(x)).astype(dtype, copy=False)


def _wide(dtype: np.dtype[Any]) -> np.dtype[Any]:
    """Where to add up: float16 in float32."""
    return np.promote_types(dtype, np.float32) if dtype.kind == "f" else dtype


def _checked_shape(input_shape: Sequence[int]) -> tuple[int, ...]:
    shape = tuple(whole(size, "input_shape") for size in input_shape)
    if not 2 <= len(shape) <= 4:
        raise ValueError(f"The input_shape is {shape}, but it must be (H, W), (H, W, C) or (N, H, W, C).")
    refuse_empty(shape[len(shape) == 4 :], "input")
    return shape


def _checked(gradient: Array, pool: Pool) -> Array:
    """The gradient as (N, oh, ow, C)."""
    shape = pool.shape if pool.channels else pool.shape[:-1]
    shape = shape if pool.batch else shape[1:]
    if gradient.shape != shape:
        raise ValueError(
            f"The gradient has the shape {gradient.shape}, but the pooling gives {shape}. Give one number for each "
            f"result."
        )
    return gradient.reshape(pool.shape)
