"""Resizing an image by interpolation: nearest, bilinear and bicubic, as a function and as a matrix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convwidgets.core.arguments import Array, PerAxis, per_axis, real_array, refuse_empty
from convwidgets.core.axis import whole
from convwidgets.core.dtypes import copy_dtype
from convwidgets.core.interpolation import BICUBIC, METHODS, Neighbours, neighbours
from convwidgets.core.memory import refuse_too_large

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def resize(
    x: ArrayLike,
    size: PerAxis,
    *,
    method: str = "nearest",
    align_corners: bool = False,
    a: float = BICUBIC,
) -> Array:
    """An image in another size, interpolated, without smoothing when it shrinks.

    Args:
        x: image (H, W) or (H, W, C), or a batch (N, H, W, C).
        size: one number, or (rows, columns).
        method: "nearest" (⌊i·in/out⌋), "bilinear" or "bicubic" (both at the centres of pixels).
        align_corners: bilinear and bicubic keep the outermost values where they are.
        a: slope of the bicubic weights: −0.75 in PyTorch, ONNX and OpenCV, −0.5 in TensorFlow and Pillow.

    Returns:
        A new array (rows, columns), with N and C as in ``x``. Floats keep their dtype. Integers give int64 with
        nearest, which chooses, and float64 with the others, which average.

    Raises:
        TypeError, ValueError: with the fact, the numbers and the way out.

    >>> resize([[0, 4]], (1, 4))
    array([[0, 0, 4, 4]])
    >>> resize([[0, 4]], (1, 4), method="bilinear")
    array([[0., 1., 3., 4.]])
    >>> resize([[0, 4]], (1, 4), method="bicubic")
    array([[-0.421875,  0.90625 ,  3.09375 ,  4.421875]])
    """
    image = real_array(x, "input")
    if not 2 <= image.ndim <= 4:
        raise ValueError(
            f"The input has the shape {image.shape}, but resize takes (H, W), (H, W, C) or a batch (N, H, W, C)."
        )
    first = int(image.ndim == 4)
    refuse_empty(image.shape[first:], "input")
    tables = _tables(image.shape[first : first + 2], size, method, align_corners, a)
    dtype = copy_dtype(image, "input") if method == "nearest" or image.dtype.kind == "f" else np.dtype(np.float64)
    result = image.astype(dtype if method == "nearest" else np.promote_types(dtype, np.float32))
    for number, table in enumerate(tables, first):
        result = np.moveaxis(table.applied(np.moveaxis(result, number, 0)), 0, number)
    return np.ascontiguousarray(result, dtype=dtype)


def resize_matrix(
    input_shape: Sequence[int],
    size: PerAxis,
    *,
    method: str = "nearest",
    align_corners: bool = False,
    a: float = BICUBIC,
) -> csr_array:
    """The sparse matrix of :func:`resize`: ``resize(x, size)`` unrolled is ``R @ x.ravel()``.

    Args:
        input_shape: (H, W) or (H, W, C).
        size, method, align_corners, a: as in :func:`resize`.

    Returns:
        A csr_array, rows (row, column, c) by columns (h, w, c), sorted, without duplicates and zeros: int64 with
        nearest, float64 with the others. Its transpose brings gradients back.

    Raises:
        TypeError, ValueError: as in :func:`resize`, and for a matrix that does not fit into memory.

    >>> resize_matrix((1, 2), (1, 4), method="bilinear").toarray()
    array([[1.  , 0.  ],
           [0.75, 0.25],
           [0.25, 0.75],
           [0.  , 1.  ]])
    """
    from scipy.sparse import csr_array, eye_array, kron

    shape = tuple(whole(length, "input_shape") for length in input_shape)
    if len(shape) not in (2, 3) or min(shape) < 1:
        raise ValueError(f"The input_shape is {shape}, but it must be (H, W) or (H, W, C), without a 0.")
    rows, columns = _tables(shape[:2], size, method, align_corners, a)
    channels = shape[2] if len(shape) == 3 else 1
    entries = rows.indices.size * columns.indices.size * channels
    what = f"The matrix of {len(rows.indices)} × {len(columns.indices)} results with up to {entries} entries"
    refuse_too_large(32 * entries, what, "Use a smaller image, or resize, which needs no matrix.")
    # without the format, kron stores blocks with their zeros
    across = kron(columns.matrix(), eye_array(channels, dtype=np.int64), format="csr")
    matrix = csr_array(kron(rows.matrix(), across, format="csr"))
    matrix.sort_indices()
    return matrix


def bilinear_kernel(stride: PerAxis) -> NDArray[np.float64]:
    """The kernel with which a transposed convolution interpolates: weights that fall off linearly over a stride.

    Args:
        stride: of the transposed convolution, one number or (rows, columns).

    Returns:
        (kh, kw) with k = 2s − s mod 2. ``conv_transpose2d(x, bilinear_kernel(s), stride=s, padding="same")`` is
        :func:`resize` by s, bilinear, except at the border, where it fades into the zeros outside.

    Raises:
        TypeError, ValueError: for a stride that is no whole number from 1 on.

    J. Long, E. Shelhamer, T. Darrell, *Fully Convolutional Networks for Semantic Segmentation* (2015), section 4.3:

    >>> bilinear_kernel((1, 2))
    array([[0.25, 0.75, 0.75, 0.25]])
    """
    lines = []
    for step in per_axis(stride, 2, "stride"):
        if step < 1:
            raise ValueError(
                f"The stride is {step}, but the window must move on by at least 1. Use 1 to keep the size."
            )
        length = 2 * step - step % 2
        distance = abs(np.arange(length) - (length - 1) / 2)
        lines.append(1 - distance / ((length + 1) // 2))
    return np.multiply.outer(*lines)


def _tables(shape: Sequence[int], size: PerAxis, method: str, align_corners: bool, a: float) -> list[Neighbours]:
    """The tables of both axes, once the settings are in order."""
    sizes = per_axis(size, 2, "size")
    if min(sizes) < 1:
        raise ValueError(f"The size is {sizes}, but it must be at least 1 along every axis.")
    if method not in METHODS:
        raise ValueError(f'The method {method!r} is unknown. Use "nearest", "bilinear" or "bicubic".')
    if align_corners and method == "nearest":
        raise ValueError("Nearest has no corners to align. Leave align_corners out, or use bilinear or bicubic.")
    if a != BICUBIC and method != "bicubic":
        raise ValueError(f'The slope a is {a}, but the method "{method}" has no use for it. Use method="bicubic".')
    return [neighbours(length, result, method, align_corners, a) for length, result in zip(shape, sizes, strict=True)]
