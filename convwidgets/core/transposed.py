"""Transposed convolution along one, two or three axes: the definition to read, and the functions to use."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis
from convwidgets.core.phases import transpose
from convwidgets.core.transposed_problem import Transposed, pose_transposed


def definition(problem: Transposed) -> Array:
    """The transposed convolution as it is taught, by stamping: the fast method in ``phases`` answers to this.

        x[n, taps(o, t), c] += Σ over filters f of y[n, o, f] · kernel[t, c, f]     for every output o and tap t

    Every value of y puts one copy of the kernel, times itself, where the convolution's window was; what falls on the
    padding is dropped. The taps are those of the convolution, so this is its matrix transposed.

    Returns:
        The result (N, *size, C_in), the bias added.
    """
    stamps, taps = problem.stamps, [axis.taps() for axis in problem.axes]
    wide = np.promote_types(stamps.dtype, np.float32) if stamps.dtype.kind == "f" else stamps.dtype
    result = np.zeros(problem.shape, wide)
    for tap in np.ndindex(*stamps.kernel.shape[:-2]):
        kept, places = [], []
        for axis, table, index, length in zip(problem.axes, taps, tap, stamps.x.shape[1:-1], strict=True):
            column = table[:length, index]
            kept.append(np.flatnonzero((column >= 0) & (column < axis.size)))
            places.append(column[kept[-1]])
        reads: tuple[Any, ...] = np.ix_(*kept)
        writes: tuple[Any, ...] = np.ix_(*places)
        with np.errstate(invalid="ignore", over="ignore"):  # infinity times 0 is NaN, and no accident
            share = _per_group(stamps.x[:, *reads].astype(wide), stamps.kernel[tap].astype(wide), stamps.groups)
            result[:, *writes] += share
    result += stamps.bias.astype(wide)
    return result.astype(stamps.dtype)


def _per_group(seen: Array, weights: Array, groups: int) -> Array:
    """Each group of filters times its own weights (C_out/groups, C_in/groups)."""
    filters, channels = np.split(seen, groups, axis=-1), np.split(weights, groups, axis=-1)
    return np.concatenate([f @ c for f, c in zip(filters, channels, strict=True)], axis=-1)


def _conv_transpose(y: ArrayLike, kernel: ArrayLike, dimensions: int, **options: Any) -> Array:
    problem = pose_transposed(y, kernel, dimensions, **options)
    result = transpose(problem)
    return problem.trimmed(definition(problem) if result is None else result)


def conv_transpose2d(
    y: ArrayLike,
    kernel: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
    flip: bool = False,
) -> Array:
    """Transposed convolution: the matrix of :func:`conv2d` transposed, times ``y``. It goes back to the input's shape.

    Args:
        y: what the convolution gives: (oh, ow, filters) for a bank of kernels, (oh, ow) for any other; or a batch.
        kernel: the very array of the convolution: (kh, kw), (kh, kw, C) or a bank (kh, kw, C/groups, filters).
            That is the layout of Keras's Conv2DTranspose; PyTorch's weight is ``kernel.transpose(3, 2, 0, 1)``.
        bias: one number, or one per channel of the result, added at the end.
        stride, dilation, groups, flip: of the convolution.
        padding: of the convolution: it crops the result. "valid" gives Keras's size (i′ − 1)·s + max(span, s),
            "same" gives i′·s; anything else, 0 too, gives PyTorch's (i′ − 1)·s + span − before − after.
        output_padding: so many rows and columns more at the end, since several inputs share one result: less than the
            stride or the dilation. They are computed like all others.
        output_size: (H, W) in place of an output padding; "same" is then the padding of the convolution from it.

    Returns:
        A new array (H, W, C), with N in front if ``y`` has it; without C if the kernel has none and there is no batch.
        Integers alone give int64, exactly; integers never widen floats; float16 is summed as float32 and rounded once.

    Raises:
        TypeError, ValueError: with the fact, the numbers and the way out.

    Every value of y stamps the kernel, times itself, into the result, a stride apart:

    >>> conv_transpose2d([[0, 1], [2, 3]], [[0, 1], [2, 3]])
    array([[ 0,  0,  1],
           [ 0,  4,  6],
           [ 4, 12,  9]])
    >>> conv_transpose2d([[0, 1], [2, 3]], [[0, 1], [2, 3]], stride=2)
    array([[0, 0, 0, 1],
           [0, 0, 2, 3],
           [0, 2, 0, 3],
           [4, 6, 6, 9]])
    """
    return _conv_transpose(
        y, kernel, 2, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups,
        output_padding=output_padding, output_size=output_size, flip=flip,
    )  # fmt: skip


def conv_transpose1d(
    y: ArrayLike,
    kernel: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
    flip: bool = False,
) -> Array:
    """Transposed convolution of a series: :func:`conv_transpose2d` with one axis.

    Args:
        y: (o,), (o, filters) for a bank of kernels, or a batch.
        kernel: (k,), (k, C) or (k, C/groups, filters).

    >>> conv_transpose1d([1, 10], [1, 2, 3], stride=2)
    array([ 1,  2, 13, 20, 30])
    >>> conv_transpose1d([1, 10], [1, 2, 3], stride=2, padding=1, output_padding=1)
    array([ 2, 13, 20, 30])
    """
    return _conv_transpose(
        y, kernel, 1, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups,
        output_padding=output_padding, output_size=output_size, flip=flip,
    )  # fmt: skip


def conv_transpose3d(
    y: ArrayLike,
    kernel: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
    flip: bool = False,
) -> Array:
    """Transposed convolution of a volume or a video: :func:`conv_transpose2d` with three axes.

    Args:
        y: (od, oh, ow), (od, oh, ow, filters) for a bank of kernels, or a batch.
        kernel: (kd, kh, kw), (kd, kh, kw, C) or (kd, kh, kw, C/groups, filters).

    >>> conv_transpose3d([[[3, 1]]], [[[1]], [[2]]], stride=(1, 1, 2))
    array([[[3, 0, 1, 0]],
           [[6, 0, 2, 0]]])
    """
    return _conv_transpose(
        y, kernel, 3, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups,
        output_padding=output_padding, output_size=output_size, flip=flip,
    )  # fmt: skip
