"""Convolution along one, two or three axes: the definition to read, and the functions to use."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis
from convwidgets.core.fast import convolve
from convwidgets.core.problem import Problem, pose


def definition(problem: Problem) -> Array:
    """The convolution as it is taught, one tap after the other: every method in ``fast`` answers to this.

        y[n, o, f] = bias[f] + Σ over taps t and channels c of x[n, source(o, t), c] · kernel[t, c, f]

    Returns:
        The result (N, *output, C_out).
    """
    taps, sources = problem.kernel.shape[:-2], [axis.sources(problem.pad_mode) for axis in problem.axes]
    wide = np.promote_types(problem.dtype, np.float32) if problem.dtype.kind == "f" else problem.dtype
    result = np.zeros(problem.shape, wide)
    for tap in np.ndindex(*taps):
        # what this tap reads at every window: one list of input indices per axis, -1 for a constant
        reads: tuple[Any, ...] = np.ix_(*(source[:, index] for source, index in zip(sources, tap, strict=True)))
        seen = problem.x[:, *reads].astype(wide)
        seen[:, np.logical_or.reduce(np.broadcast_arrays(*(read < 0 for read in reads)))] = problem.fill
        with np.errstate(invalid="ignore", over="ignore"):  # infinity times 0 is NaN, and no accident
            result += _per_group(seen, problem.kernel[tap].astype(wide), problem.groups)
    result += problem.bias.astype(wide)
    return result.astype(problem.dtype)


def _per_group(seen: Array, weights: Array, groups: int) -> Array:
    """Each group of channels times its own weights (C_in/groups, C_out/groups)."""
    channels, filters = np.split(seen, groups, axis=-1), np.split(weights, groups, axis=-1)
    return np.concatenate([c @ f for c, f in zip(channels, filters, strict=True)], axis=-1)


def _conv(x: ArrayLike, kernel: ArrayLike, dimensions: int, **options: Any) -> Array:
    problem = pose(x, kernel, dimensions, **options)
    return problem.trimmed(convolve(problem))


def conv2d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
    pad_mode: str = "zeros",
    pad_value: float = 0,
) -> Array:
    """Convolution of an image as deep learning means it: a cross-correlation, unless ``flip``.

    Args:
        x: image (H, W) or (H, W, C), or a batch (N, H, W, C).
        kernel: (kh, kw), one filter over all channels (kh, kw, C), or a bank (kh, kw, C/groups, filters).
        bias: one number, or one per filter, added at the end.
        stride, dilation: one number, or (rows, columns).
        padding: "valid", "same", "full", "half", a number per side, (rows, columns), or ((top, bottom), (left, right)).
        groups: channels and filters fall into so many groups that do not see each other.
        flip: rotate the kernel by 180° first: the convolution of mathematics.
        pad_mode: "zeros", "constant" (with ``pad_value``), "reflect", "replicate" or "circular".

    Returns:
        A new array (oh, ow), with N in front if ``x`` has it and filters at the end if ``kernel`` has them.
        Integers alone give int64, exactly; integers never widen floats; float16 is summed as float32 and rounded once.

    Raises:
        TypeError, ValueError: with the fact, the numbers and the way out.

    Figure 1.1 of Dumoulin & Visin, *A guide to convolution arithmetic*:

    >>> x = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
    >>> conv2d(x, [[0, 1, 2], [2, 2, 0], [0, 1, 2]])
    array([[12, 12, 17],
           [10, 17, 19],
           [ 9,  6, 14]])
    """
    return _conv(
        x, kernel, 2, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups, flip=flip,
        pad_mode=pad_mode, pad_value=pad_value,
    )  # fmt: skip


def conv1d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
    pad_mode: str = "zeros",
    pad_value: float = 0,
) -> Array:
    """Convolution of a series: :func:`conv2d` with one axis.

    Args:
        x: series (L,) or (L, C), or a batch (N, L, C).
        kernel: (k,), (k, C) or (k, C/groups, filters).
        padding: as in conv2d; one before and one after are ((before, after),).

    >>> conv1d([1, 4, 9, 16, 25], [-1, 1])
    array([3, 5, 7, 9])
    >>> conv1d([1, 4, 9, 16, 25], [-1, 1], flip=True, padding=((1, 0),))
    array([-1, -3, -5, -7, -9])
    """
    return _conv(
        x, kernel, 1, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups, flip=flip,
        pad_mode=pad_mode, pad_value=pad_value,
    )  # fmt: skip


def conv3d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    bias: ArrayLike | None = None,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
    pad_mode: str = "zeros",
    pad_value: float = 0,
) -> Array:
    """Convolution of a volume or a video: :func:`conv2d` with three axes.

    Args:
        x: volume (D, H, W) or (D, H, W, C), or a batch (N, D, H, W, C).
        kernel: (kd, kh, kw), (kd, kh, kw, C) or (kd, kh, kw, C/groups, filters).

    >>> conv3d([[[1, 2, 3]], [[4, 6, 9]]], [[[1]], [[2]]])
    array([[[ 9, 14, 21]]])
    """
    return _conv(
        x, kernel, 3, bias=bias, stride=stride, padding=padding, dilation=dilation, groups=groups, flip=flip,
        pad_mode=pad_mode, pad_value=pad_value,
    )  # fmt: skip
