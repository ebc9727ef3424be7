"""The transposed convolution as an ordinary one: stretch the input with zeros, pad it, and rotate the kernel."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, per_axis, real_array, refuse_empty
from convwidgets.core.dtypes import copy_dtype
from convwidgets.core.transposed_problem import Transposed, pose_transposed


def insert_zeros(x: ArrayLike, stride: PerAxis) -> Array:
    """The input stretched: stride − 1 zeros between neighbours, along the spatial axes only.

    Args:
        x: series (L,), image (H, W) or (H, W, C), or a batch (N, H, W, C).
        stride: one number, or one per spatial axis.

    Returns:
        A new array, (H − 1)·s + 1 by (W − 1)·s + 1. Floats keep their dtype, integers give int64.

    Raises:
        TypeError, ValueError: for a stride below 1 and for other shapes.

    >>> insert_zeros([[1, 2], [3, 4]], 2)
    array([[1, 0, 2],
           [0, 0, 0],
           [3, 0, 4]])
    """
    values = real_array(x, "input")
    if not 1 <= values.ndim <= 4:
        raise ValueError(
            f"The input has the shape {values.shape}, but insert_zeros takes (L,), (H, W), (H, W, C) or a batch "
            f"(N, H, W, C)."
        )
    refuse_empty(values.shape[values.ndim == 4 :], "input")
    first, dimensions = int(values.ndim == 4), min(values.ndim, 2)
    strides = per_axis(stride, dimensions, "stride")
    if min(strides) < 1:
        raise ValueError(
            f"The stride is {min(strides)}, but the window must move on by at least 1. Use 1 to insert no zeros."
        )
    shape = list(values.shape)
    for axis, step in enumerate(strides, first):
        shape[axis] = (shape[axis] - 1) * step + 1
    stretched = np.zeros(shape, copy_dtype(values, "input"))
    stretched[(slice(None),) * first + tuple(slice(None, None, step) for step in strides)] = values
    return stretched


def equivalent_convolution(
    y: ArrayLike,
    kernel: ArrayLike,
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
    flip: bool = False,
) -> tuple[Array, Array]:
    """The convolution that does what :func:`conv_transpose2d` does: its input and its kernel.

    Args:
        y, kernel: as in :func:`conv_transpose2d`; a ``y`` of one axis as in :func:`conv_transpose1d`.
        stride, padding, dilation, groups, output_padding, output_size, flip: as there.

    Returns:
        ``y`` with s − 1 zeros between its values and span − 1 − p around them (fewer than none: cropped; an output
        padding adds to the end), and the kernel rotated by 180° with its channel axes swapped.
        ``conv2d(stretched, rotated, dilation=dilation, groups=groups)``, stride 1, is then the result.

    Raises:
        TypeError, ValueError: as in :func:`conv_transpose2d`.

    Relationship 14 of Dumoulin & Visin, *A guide to convolution arithmetic*; the kernel's rotation is often forgotten:

    >>> stretched, rotated = equivalent_convolution([[1, 2]], [[1, 2, 3]], stride=2, padding=((0, 0), (1, 1)))
    >>> stretched
    array([[0, 1, 0, 2, 0]])
    >>> rotated
    array([[3, 2, 1]])
    """
    dimensions = 1 if np.ndim(y) == 1 else 2
    problem = pose_transposed(
        y, kernel, dimensions, bias=None, stride=stride, padding=padding, dilation=dilation, groups=groups,
        output_padding=output_padding, output_size=output_size, flip=flip,
    )  # fmt: skip
    stretched, rotated = _stretched(problem), np.flip(problem.stamps.kernel, tuple(range(dimensions)))
    if not problem.batch:
        stretched = stretched[0]
    if not problem.channels:
        return stretched[..., 0], rotated[..., 0, 0].astype(copy_dtype(rotated, "kernel"))
    return stretched, rotated.astype(copy_dtype(rotated, "kernel"))


def _stretched(problem: Transposed) -> Array:
    """(N, *positions, C_out): the value of each window stands where the window's last tap is, on the padded result."""
    values, positions, kept = problem.stamps.x, [], []
    for axis, count in zip(problem.axes, values.shape[1:-1], strict=True):
        last = axis.taps()[:count, -1]
        kept.append(np.flatnonzero((last >= 0) & (last < axis.size + axis.span - 1)))
        positions.append(last[kept[-1]])
    room = [axis.size + axis.span - 1 for axis in problem.axes]
    result = np.zeros((len(values), *room, values.shape[-1]), copy_dtype(values, "input"))
    to: tuple[Any, ...] = np.ix_(*positions)
    of: tuple[Any, ...] = np.ix_(*kept)
    result[:, *to] = values[:, *of]
    return result
