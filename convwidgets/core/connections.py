"""Which output meets which input through which weight: the table behind matrix, symbols and hovers.

A triple (output, input, weight) says all that there is to say about one product of a convolution:

    C[output, input] += kernel[weight]                     the matrix
    y[output] += kernel[weight] · x[input]                 the convolution
    x[input] += kernel[weight] · y[output]                 the transposed convolution
    k[weight] += x[input] · g[output]                      the gradient of the kernel
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convwidgets.core.arguments import Array, Padding, PerAxis
from convwidgets.core.axis import Axis, whole
from convwidgets.core.problem import Problem, pose

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Geometry:
    """A convolution without its numbers: axes, and the channels on either side. One axis is (1, L)."""

    rows: Axis
    columns: Axis
    channels: int  # C_in
    group_channels: int  # C_in/groups
    filters: int  # C_out
    groups: int
    pad_mode: str

    @property
    def shape(self) -> tuple[int, int]:
        """Shape of the matrix: outputs (oh, ow, c_out), inputs (h, w, c_in)."""
        outputs = self.rows.output * self.columns.output * self.filters
        return outputs, self.rows.size * self.columns.size * self.channels

    def first_channels(self) -> Indices:
        """The first channel that each filter reads."""
        return np.arange(self.filters) // (self.filters // self.groups) * self.group_channels


def geometry_for(
    kernel: Array,
    input_shape: Sequence[int],
    *,
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    groups: int,
    pad_mode: str,
) -> tuple[Geometry, Array]:
    """The geometry, and the kernel as (kh, kw, C_in/groups, C_out).

    Args:
        input_shape: (L,) for one spatial axis; (H, W) or (H, W, C) for two.
    """
    shape = tuple(whole(size, "input_shape") for size in input_shape)
    if not 1 <= len(shape) <= 3:
        raise ValueError(f"The input_shape is {shape}, but it must be (L,), (H, W) or (H, W, C).")
    problem = _posed(kernel, shape, stride=stride, padding=padding, dilation=dilation, groups=groups, pad_mode=pad_mode)
    weights = problem.kernel if len(problem.axes) == 2 else problem.kernel[None]
    rows = problem.axes[0] if len(problem.axes) == 2 else Axis(1, 1)
    channels, (group_channels, filters) = problem.x.shape[-1], weights.shape[2:]
    return Geometry(rows, problem.axes[-1], channels, group_channels, filters, problem.groups, pad_mode), weights


def _posed(kernel: Array, shape: tuple[int, ...], **options: Any) -> Problem:
    """The convolution of an image of zeros that takes no memory."""
    if min(shape) < 1:
        raise ValueError(f"The input_shape is {shape}, but it needs at least 1 value along every axis.")
    image = np.broadcast_to(np.float32(0), shape)
    return pose(image, kernel, 1 if len(shape) == 1 else 2, bias=None, flip=False, pad_value=0, **options)


def connections(geometry: Geometry) -> tuple[Indices, Indices, Indices]:
    """Every product of the convolution: which output, which input, which weight, each counted in row-major order.

    Returns:
        Three arrays of one length, ordered by output and then by weight. A pair of output and input comes more than
        once where a padding that is not constant brings the same input to several weights.

    Outputs count (oh, ow, c_out), inputs (h, w, c_in), weights (kh, kw, c_in/groups, c_out):

    >>> geometry, _ = geometry_for(np.ones(2), (3,), stride=1, padding=((1, 0),), dilation=1, groups=1, \
pad_mode="zeros")
    >>> np.stack(connections(geometry))
    array([[0, 1, 1, 2, 2],
           [0, 0, 1, 1, 2],
           [1, 0, 1, 0, 1]])
    """
    rows, columns = geometry.rows.sources(geometry.pad_mode), geometry.columns.sources(geometry.pad_mode)
    # one axis for each of oh, ow, c_out, kh, kw, c_in
    row = rows[:, None, None, :, None, None]
    column = columns[:, None, None, :, None]
    channel = geometry.first_channels()[:, None, None, None] + np.arange(geometry.group_channels)
    inputs = (row * geometry.columns.size + column) * geometry.channels + channel
    there = np.broadcast_to((row >= 0) & (column >= 0), inputs.shape)
    outputs = np.arange(geometry.shape[0]).reshape(*inputs.shape[:3], 1, 1, 1)
    weights = np.arange(inputs[0, 0].size).reshape(*inputs.shape[3:], -1).transpose(3, 0, 1, 2)
    return tuple(np.broadcast_to(part, inputs.shape)[there] for part in (outputs, inputs, weights))  # type: ignore[return-value]
