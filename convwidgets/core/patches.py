"""im2col: every window as a column, so that a convolution becomes one matrix product."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, axes_for, per_axis, real_array, refuse_empty
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


def _dtype(image: Array, fill: Array) -> np.dtype[np.generic]:
    if image.dtype == np.uint64 and image.max() > np.iinfo(np.int64).max:
        raise ValueError(
            f"The input holds {image.max()}, which does not fit 64-bit integers (at most {2**63 - 1}). "
            f"Use smaller numbers, or floats for an approximate result."
        )
    if image.dtype.kind == "f":
        return image.dtype.newbyteorder("=")
    return np.dtype(np.float64 if fill.dtype.kind == "f" else np.int64)
