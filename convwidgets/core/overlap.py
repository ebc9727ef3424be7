"""Overlap: how many stamps of a transposed convolution fall on each value of its result."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convwidgets.core.arguments import Array, Padding, PerAxis, per_axis
from convwidgets.core.axis import whole
from convwidgets.core.transposed_sizes import transposed_axes


def overlap_counts(
    shape: Sequence[int],
    size: PerAxis,
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    output_padding: PerAxis = 0,
    output_size: PerAxis | None = None,
) -> Array:
    """So many stamps fall on each value of the result of :func:`conv_transpose2d`.

    Where the stride does not divide the kernel the counts differ from one value to the next, in a checkerboard that
    shows in the result: A. Odena et al., *Deconvolution and Checkerboard Artifacts*, Distill 2016.

    Args:
        shape: spatial shape of what goes in: (oh, ow), or (o,).
        size: the kernel, one number or one per axis.
        stride, padding, dilation, output_padding, output_size: as in :func:`conv_transpose2d`.

    Returns:
        Whole numbers, one per value of the result: the product of the counts along the axes.

    Raises:
        TypeError, ValueError: as in :func:`conv_transpose2d`.

    >>> overlap_counts((2, 3), 3, stride=2)
    array([[1, 1, 2, 1, 2, 1, 1],
           [1, 1, 2, 1, 2, 1, 1],
           [2, 2, 4, 2, 4, 2, 2],
           [1, 1, 2, 1, 2, 1, 1],
           [1, 1, 2, 1, 2, 1, 1]])
    """
    sizes = tuple(whole(length, "shape") for length in shape)
    axes = transposed_axes(
        sizes, per_axis(size, len(sizes), "size"), stride=stride, padding=padding, dilation=dilation,
        output_padding=output_padding, output_size=output_size,
    )  # fmt: skip
    counts = np.ones((), np.int64)
    for axis, length in zip(axes, sizes, strict=True):
        stamped = axis.taps()[:length]
        inside = stamped[(stamped >= 0) & (stamped < axis.size)]
        counts = np.multiply.outer(counts, np.bincount(inside, minlength=axis.size))
    return counts
