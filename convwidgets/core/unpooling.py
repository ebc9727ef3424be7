"""Max unpooling: every winner back to where it stood, and 0 everywhere else."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, PerAxis, per_axis, real_array, refuse_empty
from convwidgets.core.dtypes import copy_dtype
from convwidgets.core.memory import refuse_too_large


def max_unpool2d(y: ArrayLike, indices: ArrayLike, output_size: PerAxis) -> Array:
    """The values of a max pooling, back where they stood; all that did not win is 0.

    Args:
        y: (oh, ow) or (oh, ow, C), or a batch (N, oh, ow, C): as :func:`max_pool2d` gives it, or anything of its shape.
        indices: of the same shape, row · W + column of each value: the second result of
            ``max_pool2d(…, return_indices=True)``.
        output_size: of the result, (H, W): that of the image that was pooled.

    Returns:
        A new array (H, W), with N and C as in ``y``. Floats keep their dtype, integers give int64. Values are assigned,
        not added: where windows overlap and share a winner it stands once; of different values the last one stays.

    Raises:
        TypeError, ValueError: with the fact, the numbers and the way out; also for an index outside the result.

    >>> max_unpool2d([[10, 9], [7, 8]], [[1, 2], [8, 10]], (4, 4))
    array([[ 0, 10,  9,  0],
           [ 0,  0,  0,  0],
           [ 7,  0,  8,  0],
           [ 0,  0,  0,  0]])
    """
    values, positions = real_array(y, "input"), real_array(indices, "indices")
    if not 2 <= values.ndim <= 4:
        raise ValueError(
            f"The input has the shape {values.shape}, but max_unpool2d takes (oh, ow), (oh, ow, C) or a batch "
            f"(N, oh, ow, C)."
        )
    first = int(values.ndim == 4)
    refuse_empty(values.shape[first:], "input")
    rows, columns = _checked_size(output_size)
    check_indices(positions, values.shape, "input", (rows, columns))
    dtype = copy_dtype(values, "input")
    shape = (*values.shape[:first], rows, columns, *values.shape[first + 2 :])
    refuse_too_large(prod(shape) * dtype.itemsize, f"The result {shape}", "Use a smaller output_size.")
    result = np.zeros(shape, dtype)
    batch, channels = shape[0] if first else 1, shape[-1] if values.ndim > 2 else 1
    flat = result.reshape(batch, rows * columns, channels)
    count = prod(values.shape[first : first + 2])
    places = positions.reshape(batch, count, channels).astype(np.int64, copy=False)
    np.put_along_axis(flat, places, values.reshape(places.shape).astype(dtype, copy=False), axis=1)
    return result


def check_indices(
    indices: Array, shape: tuple[int, ...], name: str, output_size: tuple[int, int], least: int = 0
) -> None:
    """Refuse indices that are no whole numbers, have another shape, or point outside an image of that size."""
    if indices.dtype.kind not in "iu":
        raise TypeError(
            f"The indices hold {indices.dtype} numbers, but they must be whole. Give those that max_pool2d returns "
            f"with return_indices=True."
        )
    if indices.shape != shape:
        raise ValueError(
            f"The indices have the shape {indices.shape}, but the {name} has {shape}. Give one index for each value."
        )
    last = output_size[0] * output_size[1] - 1
    if indices.size and (int(indices.min()) < least or int(indices.max()) > last):
        raise ValueError(
            f"The indices go from {indices.min()} to {indices.max()}, but an image {output_size} has the positions 0 "
            f"to {last}. Give the size (H, W) of the image that was pooled."
        )


def _checked_size(output_size: PerAxis) -> tuple[int, int]:
    rows, columns = per_axis(output_size, 2, "output_size")
    if min(rows, columns) < 1:
        raise ValueError(f"The output_size is {(rows, columns)}, but it must be at least 1 along every axis.")
    return rows, columns
