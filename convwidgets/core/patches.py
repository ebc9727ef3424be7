"""im2col: every window as a column, so that a convolution becomes one matrix product; and col2im, its transpose."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convwidgets.core.arguments import Array, Padding, PerAxis, axes_for, per_axis, real_array, refuse_empty
from convwidgets.core.axis import whole
from convwidgets.core.dtypes import copy_dtype, largest_of, refuse_inexact
from convwidgets.core.problem import fill_value


def im2col(
    x: ArrayLike,
    size: PerAxis,
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    pad_mode: str = "zeros",
    pad_value: float = 0,
) -> Array:
    """The windows of an image as the columns of a matrix.

    Args:
        x: image (H, W) or (H, W, C).
        size: the window, one number or (rows, columns).
        stride, padding, dilation, pad_mode, pad_value: as in :func:`conv2d`.

    Returns:
        A new array (kh·kw·C, oh·ow): a row per weight, ordered (kh, kw, c); a column per window, in row-major order.
        Floats keep their dtype, integers give int64.

    Raises:
        TypeError, ValueError: as in :func:`conv2d`, and for integers beyond int64.

    A convolution is then ``kernel.reshape(-1, filters).T @ im2col(x, (kh, kw))``:

    >>> im2col([[1, 2, 3], [4, 5, 6]], (2, 2))
    array([[1, 2],
           [2, 3],
           [4, 5],
           [5, 6]])
    """
    image = real_array(x, "input")
    if image.ndim not in (2, 3):
        raise ValueError(f"The input has the shape {image.shape}, but im2col takes (H, W) or (H, W, C).")
    refuse_empty(image.shape, "input")
    sizes = per_axis(size, 2, "size")
    rows, columns = axes_for(image.shape[:2], sizes, stride=stride, padding=padding, dilation=dilation)
    fill = fill_value(pad_mode, pad_value)
    image = image.reshape(*image.shape[:2], -1)
    # one axis for each of oh, kh, ow, kw, and the channels last
    row = rows.sources(pad_mode)[:, :, None, None]
    column = columns.sources(pad_mode)
    windows = image[row, column].astype(_dtype(image, fill), copy=False)
    windows[np.broadcast_to((row < 0) | (column < 0), windows.shape[:-1])] = fill
    return windows.transpose(1, 3, 4, 0, 2).reshape(-1, rows.output * columns.output)


def col2im(
    columns: ArrayLike,
    shape: Sequence[int],
    size: PerAxis,
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    pad_mode: str = "zeros",
) -> Array:
    """The columns put back into an image, added up where windows overlap: the transpose of :func:`im2col`.

    Args:
        columns: (kh·kw·C, oh·ow), as im2col gives them.
        shape: of the image, (H, W) or (H, W, C).
        size, stride, padding, dilation, pad_mode: as in :func:`im2col`. What falls on constant padding is dropped; with
            reflect, replicate and circular it goes to the pixels that the padding repeats.

    Returns:
        A new array of that shape. Floats keep their dtype, float16 being summed as float32; integers give int64.

    Raises:
        TypeError, ValueError: as in :func:`im2col`, and for columns that do not come from such an image.

    It does not undo im2col: a pixel comes back as often as windows see it.

    >>> col2im(im2col([[1, 2, 3], [4, 5, 6]], (2, 2)), (2, 3), (2, 2))
    array([[ 1,  4,  3],
           [ 4, 10,  6]])
    """
    values, sizes = real_array(columns, "columns"), tuple(whole(length, "shape") for length in shape)
    if len(sizes) not in (2, 3) or min(sizes) < 1:
        raise ValueError(f"The shape is {sizes}, but it must be (H, W) or (H, W, C), without a 0.")
    taps, channels = per_axis(size, 2, "size"), sizes[2] if len(sizes) == 3 else 1
    rows, across = axes_for(sizes[:2], taps, stride=stride, padding=padding, dilation=dilation)
    wanted = (taps[0] * taps[1] * channels, rows.output * across.output)
    if values.shape != wanted:
        raise ValueError(
            f"The columns have the shape {values.shape}, but im2col takes an image {sizes} to {wanted}. "
            f"Use the settings that made the columns."
        )
    lines = [axis.padded_sources(pad_mode) for axis in (rows, across)]
    dtype = copy_dtype(values, "matrix of columns")
    if dtype.kind == "i":
        repeats = (int(np.bincount(line[line >= 0]).max()) for line in lines)
        refuse_inexact(largest_of(values) * prod(taps) * prod(repeats))
    padded = np.zeros(
        (rows.padded, across.padded, channels), np.promote_types(dtype, np.float32) if dtype.kind == "f" else dtype
    )
    windows = values.reshape(*taps, channels, rows.output, across.output)
    for i, j in np.ndindex(*taps):
        places = np.ix_(rows.taps()[:, i] + rows.before, across.taps()[:, j] + across.before)
        padded[places] += windows[i, j].transpose(1, 2, 0)
    for line, axis in zip(lines, (rows, across), strict=True):
        padded = np.moveaxis(_folded(padded, line, axis.size), 0, 1)
    return padded.reshape(sizes).astype(dtype)


def _folded(padded: Array, sources: NDArray[np.int64], size: int) -> Array:
    """The first axis without its padding, which is added to what it repeats."""
    folded = np.zeros((size, *padded.shape[1:]), padded.dtype)
    np.add.at(folded, sources[sources >= 0], padded[sources >= 0])
    return folded


def _dtype(image: Array, fill: Array) -> np.dtype[Any]:
    dtype = copy_dtype(image, "input")
    return np.dtype(np.float64) if dtype.kind == "i" and fill.dtype.kind == "f" else dtype
