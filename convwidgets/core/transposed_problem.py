"""The validated transposed convolution: one frozen object that the definition and the fast method read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, real_array, refuse_empty
from convwidgets.core.axis import Axis, whole
from convwidgets.core.problem import KERNEL, SPACE, Problem, pose
from convwidgets.core.transposed_sizes import transposed_axes


@dataclass(frozen=True)
class Transposed:
    """What is to be stamped, all questions settled.

    ``stamps`` holds the arrays: a convolution of stride 1 that reads (N, *space, C_out) with the kernel of the
    transposed convolution, its channel axes swapped: (*kernel, C_out/groups, C_in). It is not rotated.
    """

    stamps: Problem
    axes: tuple[Axis, ...]  # of the convolution that is turned round
    batch: bool  # the result keeps the axis N
    channels: bool  # the result keeps the axis of channels

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the whole result: (N, *size, C_in)."""
        return (len(self.stamps.x), *(axis.size for axis in self.axes), self.stamps.kernel.shape[-1])

    def trimmed(self, result: Array) -> Array:
        """The result without the axes that input and kernel did not have."""
        result = result if self.channels else result[..., 0]
        return result if self.batch else result[0]


def pose_transposed(
    y_like: ArrayLike,
    kernel_like: ArrayLike,
    dimensions: int,
    *,
    bias: ArrayLike | None,
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    groups: int,
    output_padding: PerAxis,
    output_size: PerAxis | None,
    flip: bool,
) -> Transposed:
    """Validate the arguments of a transposed convolution along 1, 2 or 3 spatial axes."""
    y, kernel = real_array(y_like, "input"), real_array(kernel_like, "kernel")
    groups = whole(groups, "number of groups")
    _check_kernel(kernel, dimensions, groups)
    _check_input(y, kernel, dimensions)
    bank = kernel.ndim == dimensions + 2
    batch = y.ndim == dimensions + 1 + bank
    channels = kernel.ndim > dimensions or batch
    y = y if bank else y[..., None]
    y = y if batch else y[None]
    kernel = kernel.reshape(*kernel.shape, *(1,) * (dimensions + 2 - kernel.ndim))
    axes = transposed_axes(
        y.shape[1:-1], kernel.shape[:dimensions], stride=stride, padding=padding, dilation=dilation,
        output_padding=output_padding, output_size=output_size,
    )  # fmt: skip
    if flip:
        kernel = np.flip(kernel, tuple(range(dimensions)))
    swapped = swap_channels(kernel, groups)
    _check_bias(bias, swapped.shape[-1])
    stamps = pose(
        y, swapped, dimensions, bias=bias, stride=1, padding="full", dilation=dilation, groups=groups,
        flip=False, pad_mode="zeros", pad_value=0,
    )  # fmt: skip
    return Transposed(stamps, axes, batch, channels)


def swap_channels(kernel: Array, groups: int) -> Array:
    """The kernel (…, C_in/groups, C_out) read from the other side: (…, C_out/groups, C_in).

    >>> swap_channels(np.array([[[0, 1, 2, 3], [4, 5, 6, 7]]]), groups=2)
    array([[[0, 4, 2, 6],
            [1, 5, 3, 7]]])
    """
    *taps, channels, filters = kernel.shape
    split = kernel.reshape(*taps, channels, groups, filters // groups)
    return np.moveaxis(split, -1, -3).swapaxes(-1, -2).reshape(*taps, filters // groups, groups * channels)


def _check_kernel(kernel: Array, dimensions: int, groups: int) -> None:
    taps = ", ".join(KERNEL[dimensions])
    comma = "," * (dimensions == 1)
    if not dimensions <= kernel.ndim <= dimensions + 2:
        raise ValueError(
            f"The kernel has the shape {kernel.shape}, but conv_transpose{dimensions}d takes "
            f"({taps}{comma}), ({taps}, C) or a bank ({taps}, C/groups, filters): the kernel of the convolution."
        )
    refuse_empty(kernel.shape, "kernel")
    if groups < 1:
        raise ValueError(f"The number of groups is {groups}, but it must be at least 1. Use 1 for none.")
    if groups > 1 and kernel.ndim < dimensions + 2:
        raise ValueError(
            f"With groups={groups} the kernel must be a bank ({taps}, C/groups, filters), "
            f"but its shape is {kernel.shape}."
        )
    if groups > 1 and kernel.shape[-1] % groups:
        raise ValueError(f"groups={groups} must divide the {kernel.shape[-1]} filters without rest.")


def _check_input(y: Array, kernel: Array, dimensions: int) -> None:
    """The input has the shape of the convolution's output."""
    bank, space = kernel.ndim == dimensions + 2, ", ".join(SPACE[dimensions])
    filters = f", {kernel.shape[-1]}" * bank
    comma = "," * (dimensions == 1 and not bank)
    if y.ndim - dimensions - bank not in (0, 1) or (bank and y.shape[-1] != kernel.shape[-1]):
        raise ValueError(
            f"The input has the shape {y.shape}, but with the kernel {kernel.shape} conv_transpose{dimensions}d takes "
            f"({space}{comma}{filters}) or a batch (N, {space}{filters}): what the convolution gives."
        )
    refuse_empty(y.shape[1:] if y.ndim == dimensions + 1 + bank else y.shape, "input")


def _check_bias(bias: ArrayLike | None, channels: int) -> None:
    values = real_array(0 if bias is None else bias, "bias")
    if values.ndim > 1 or values.size not in (1, channels):
        raise ValueError(
            f"The bias has the shape {values.shape} for {channels} channels of the result. "
            f"Give one number, or one per channel."
        )
