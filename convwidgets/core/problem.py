"""The validated convolution: one frozen object that the definition and every fast method read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, axes_for, real_array, refuse_empty
from convwidgets.core.axis import Axis, check_pad_mode, refuse, whole

SPACE = {1: ("L",), 2: ("H", "W"), 3: ("D", "H", "W")}
KERNEL = {1: ("k",), 2: ("kh", "kw"), 3: ("kd", "kh", "kw")}

_TAKES = "The kernel {kernel} takes {taken} channels, but the input has {channels}"
CHANNEL_REFUSALS = {
    "groups": "groups={groups} must divide the {channels} input channels and the {filters} filters without rest.",
    "channels": _TAKES + ". Its shape should begin {wanted}.",
    "channels_grouped": _TAKES + " in {groups} groups, {each} each. Its shape should begin {wanted}.",
    "biases": "The bias has the shape {shape} for {filters} filters. Give one number, or one per filter.",
}
"""The sentence for channels, groups and filters that do not match. The page fills the same templates."""
ChannelRefusal: TypeAlias = "tuple[str, dict[str, Any]] | None"
"""A key of CHANNEL_REFUSALS and the numbers for its sentence."""


@dataclass(frozen=True)
class Problem:
    """What is to be convolved, all questions settled: shapes (N, *space, C_in) and (*kernel, C_in/groups, C_out)."""

    x: Array
    kernel: Array  # rotated already where a flip was asked for
    bias: Array  # (C_out,)
    axes: tuple[Axis, ...]
    groups: int
    pad_mode: str
    fill: int | float
    bound: int  # for integers: no sum of products is larger
    dtype: np.dtype[np.generic]  # of the result
    batch: bool  # the result keeps the axis N
    bank: bool  # the result keeps the axis of channels

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the whole result: (N, *output, C_out)."""
        return (len(self.x), *(axis.output for axis in self.axes), self.kernel.shape[-1])

    @property
    def alone(self) -> bool:
        """Every channel has one kernel of its own and no company."""
        return bool(self.kernel.shape[-2] == 1 and self.kernel.shape[-1] == self.groups)

    def split(self, result: Array) -> Iterator[tuple[Problem, Array]]:
        """Each group as a problem of its own, with its part of the result."""
        channels, filters = self.kernel.shape[-2], self.kernel.shape[-1] // self.groups
        for group in range(self.groups):
            inputs = slice(group * channels, (group + 1) * channels)
            outputs = slice(group * filters, (group + 1) * filters)
            x, kernel, bias = self.x[..., inputs], self.kernel[..., outputs], self.bias[outputs]
            yield replace(self, x=x, kernel=kernel, bias=bias, groups=1), result[..., outputs]

    def trimmed(self, result: Array) -> Array:
        """The result without the axes that input and kernel did not have."""
        result = result if self.bank else result[..., 0]
        return result if self.batch else result[0]


def pose(
    x_like: ArrayLike,
    kernel_like: ArrayLike,
    dimensions: int,
    *,
    bias: ArrayLike | None,
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
    groups: int,
    flip: bool,
    pad_mode: str,
    pad_value: float,
) -> Problem:
    """Validate the arguments of a convolution along 1, 2 or 3 spatial axes."""
    x, kernel = real_array(x_like, "input"), real_array(kernel_like, "kernel")
    _check_axes(x, kernel, dimensions)
    batch, bank = x.ndim == dimensions + 2, kernel.ndim == dimensions + 2
    x = x if x.ndim > dimensions else x[..., None]
    x = x if batch else x[None]
    groups = _check_channels(x.shape[-1], kernel, dimensions, groups)
    kernel = kernel if kernel.ndim > dimensions else kernel[..., None]
    kernel = kernel if bank else kernel[..., None]
    axes = axes_for(x.shape[1:-1], kernel.shape[:dimensions], stride=stride, padding=padding, dilation=dilation)
    for axis in axes:
        axis.padded_sources(pad_mode)
    biases, fill = biases_for(bias, kernel.shape[-1]), fill_value(pad_mode, pad_value)
    if flip:
        kernel = np.flip(kernel, tuple(range(dimensions)))
    dtype = result_dtype(x, kernel, [biases, fill])
    bound = _exact_bound(x, kernel, biases, int(fill)) if dtype.kind == "i" else 0
    return Problem(x, kernel, biases, axes, groups, pad_mode, fill.item(), bound, dtype, batch, bank)


def result_dtype(x: Array, kernel: Array, extras: list[Array]) -> np.dtype[np.generic]:
    """The dtype of a result: integers alone give int64, and integers never widen floats.

    Bias and padding value follow input and kernel; only beside integers does a fraction make the result float64.

    >>> image, kernel = np.zeros((5, 4), np.uint8), np.zeros((3, 3), np.float32)
    >>> result_dtype(image, kernel, []), result_dtype(image, image, []), result_dtype(image, image, [np.array(0.5)])
    (dtype('float32'), dtype('int64'), dtype('float64'))
    """
    floats = [array.dtype for array in (x, kernel) if array.dtype.kind == "f"]
    if floats:
        return np.result_type(*floats).newbyteorder("=")
    return np.dtype(np.float64 if any(array.dtype.kind == "f" for array in extras) else np.int64)


def working_dtype(problem: Problem) -> np.dtype[np.generic]:
    """Floats of at least 32 bits; for integers the smallest type, float or not, that holds every sum exactly."""
    if problem.dtype.kind == "f":
        return np.promote_types(problem.dtype, np.float32)
    return np.dtype(np.float32 if problem.bound < 2**24 else np.float64 if problem.bound < 2**53 else np.int64)


def _check_axes(x: Array, kernel: Array, dimensions: int) -> None:
    space, taps = ", ".join(SPACE[dimensions]), ", ".join(KERNEL[dimensions])
    comma = "," * (dimensions == 1)
    if not dimensions <= x.ndim <= dimensions + 2:
        raise ValueError(
            f"The input has the shape {x.shape}, but conv{dimensions}d takes "
            f"({space}{comma}), ({space}, C) or a batch (N, {space}, C)."
        )
    if not dimensions <= kernel.ndim <= dimensions + 2:
        raise ValueError(
            f"The kernel has the shape {kernel.shape}, but conv{dimensions}d takes "
            f"({taps}{comma}), ({taps}, C) or a bank ({taps}, C/groups, filters)."
        )
    refuse_empty(x.shape[1:] if x.ndim == dimensions + 2 else x.shape, "input")
    refuse_empty(kernel.shape, "kernel")


def _check_channels(channels: int, kernel: Array, dimensions: int, groups: int) -> int:
    """The number of groups, once kernel, channels and groups fit together."""
    groups, taps = whole(groups, "number of groups"), kernel.shape[:dimensions]
    if groups < 1:
        raise ValueError(f"The number of groups is {groups}, but it must be at least 1. Use 1 for none.")
    if groups > 1 and kernel.ndim < dimensions + 2:
        wanted = f"({', '.join(map(str, taps))}, {max(1, channels // groups)}, filters)"
        raise ValueError(f"With groups={groups} the kernel must be a bank {wanted}, but its shape is {kernel.shape}.")
    if kernel.ndim == dimensions and channels > 1:
        raise ValueError(
            f"The kernel {kernel.shape} has no channels, but the input has {channels}. Give it channels, shape "
            f"{(*taps, channels)}, or use it on each channel: shape {(*taps, 1, channels)} with groups={channels}."
        )
    if kernel.ndim > dimensions:
        refuse(channel_refusal(channels, kernel.shape, dimensions, groups), CHANNEL_REFUSALS)
    return groups


def channel_refusal(channels: int, kernel: tuple[int, ...], dimensions: int, groups: int) -> ChannelRefusal:
    """Why a kernel with channels does not fit so many input channels in so many groups; None when it does."""
    filters, taken = (*kernel, 1)[dimensions + 1], kernel[dimensions]
    if channels % groups or filters % groups:
        return "groups", {"groups": groups, "channels": channels, "filters": filters}
    if taken == channels // groups:
        return None
    wanted = (*kernel[:dimensions], channels // groups)
    numbers = {"kernel": kernel, "taken": taken, "channels": channels, "wanted": wanted}
    return (
        ("channels", numbers)
        if groups == 1
        else ("channels_grouped", {**numbers, "groups": groups, "each": wanted[-1]})
    )


def biases_for(bias: ArrayLike | None, filters: int) -> Array:
    """One bias per filter."""
    values = real_array(0 if bias is None else bias, "bias")
    if values.ndim > 1 or values.size not in (1, filters):
        raise ValueError(CHANNEL_REFUSALS["biases"].format(shape=values.shape, filters=filters))
    return np.broadcast_to(values, (filters,))


def fill_value(pad_mode: str, pad_value: float) -> Array:
    """The value of a constant padding: 0, unless the pad mode is "constant"."""
    value = real_array(pad_value, "pad_value")
    if value.ndim:
        raise ValueError(f"The pad_value has the shape {value.shape}, but it must be one number.")
    if pad_mode != "constant" and value != 0:
        raise ValueError(
            f'The pad_value is {value.item()}, but the pad mode "{check_pad_mode(pad_mode)}" has no use for it. '
            f'Use pad_mode="constant".'
        )
    return value


INEXACT = (
    "The exact result may be as large as {largest}, which does not fit 64-bit integers (at most {most}). "
    "Use smaller numbers, or floats for an approximate result."
)
"""The sentence for whole numbers whose sums leave 64 bits. The page fills the same template."""


def range_of(values: Array) -> tuple[int, int]:
    """What integers lie between: the least and the greatest, or for pictures, without looking at them, 0 and 255."""
    return (0, 255) if values.dtype == np.uint8 else (int(values.min()), int(values.max()))


def _exact_bound(x: Array, kernel: Array, biases: Array, fill: int) -> int:
    """What no sum of products of these integers exceeds; refused where a result may leave int64.

    Sums in between may wrap round: they wrap back.
    """
    least, greatest = range_of(x) if x.size else (fill, fill)
    low, high = min(least, fill), max(greatest, fill)
    weight = max(-int(kernel.min()), int(kernel.max()))
    bound = max(-low, high) * weight * prod(kernel.shape[:-1]) + max(-int(biases.min()), int(biases.max()))
    if bound < 2**63:
        return bound
    weights = kernel.reshape(-1, kernel.shape[-1]).astype(object)
    positive, negative = (np.where(weights * sign > 0, weights, 0).sum(axis=0) for sign in (1, -1))
    most = (positive * high + negative * low + biases.astype(object)).max()
    least = (positive * low + negative * high + biases.astype(object)).min()
    if most >= 2**63 or least < -(2**63):
        raise ValueError(INEXACT.format(largest=max(most, -least), most=2**63 - 1))
    return bound
