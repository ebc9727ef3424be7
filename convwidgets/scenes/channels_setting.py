"""One setting of a convolution with channels: which planes a filter sees, its partial sums, and why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convwidgets.core.activations import activate
from convwidgets.core.arguments import Array, axes_or_errors
from convwidgets.core.axis import Axis
from convwidgets.core.convolution import conv2d
from convwidgets.core.problem import CHANNEL_REFUSALS, biases_for, channel_refusal, pose
from convwidgets.scenes.channels_words import CHANNELS, COLOURS
from convwidgets.scenes.padded import padded, plane_axes
from convwidgets.scenes.setting import LARGEST, Setting, filled
from convwidgets.scenes.words import AXIS_NAMES, LIMITS


@dataclass(frozen=True)
class ChannelSetting:
    """All that the feature maps depend on: an input (H, W, planes) and filters (kh, kw, planes/groups, filters).

    Values of the wrong kind raise; a setting without an output has an `error`.

    >>> setting = ChannelSetting(np.arange(8).reshape(2, 2, 2), np.ones((1, 2, 1, 2), int), groups=2)
    >>> setting.output.shape, [setting.planes_of(filter) for filter in (0, 1)]
    ((2, 1, 2), [range(0, 1), range(1, 2)])
    >>> ChannelSetting(np.zeros((2, 2, 3), int), np.ones((1, 2, 1, 2), int), groups=2).error
    'groups=2 must divide the 3 input channels and the 2 filters without rest.'
    """

    input: Array
    kernel: Array
    stride: Any = 1
    padding: Any = "valid"
    dilation: Any = 1
    groups: int = 1
    flip: bool = False
    bias: Any = 0
    activation: str = "none"
    pad_mode: str = "zeros"
    pad_value: float = 0

    @property
    def planes(self) -> int:
        """How many planes the input has."""
        return int(self.input.shape[2])

    @property
    def filters(self) -> int:
        """How many filters there are, and so channels of the output."""
        return int(self.kernel.shape[3])

    @property
    def names(self) -> tuple[str, ...]:
        """What the planes are called."""
        if self.planes == len(COLOURS):
            return COLOURS
        return tuple(CHANNELS["plane"].format(plane=plane) for plane in range(self.planes))

    @property
    def short(self) -> tuple[str, ...]:
        """The same in a label: a colour, or the number alone."""
        return self.names if self.planes == len(COLOURS) else tuple(map(str, range(self.planes)))

    @property
    def constant(self) -> float:
        """What padding holds where it copies nothing."""
        return self.pad_value if self.pad_mode == "constant" else 0

    @property
    def biases(self) -> Array:
        """The bias of every filter."""
        return biases_for(self.bias, self.filters)

    @cached_property
    def mismatch(self) -> str:
        """Why planes, groups, filters and biases do not fit together; empty when they do."""
        found = channel_refusal(self.planes, self.kernel.shape, 2, self.groups)
        if found is not None:
            return CHANNEL_REFUSALS[found[0]].format(**found[1])
        try:
            biases_for(self.bias, self.filters)
        except ValueError as error:
            return str(error)
        return ""

    @cached_property
    def _found(self) -> tuple[Axis | ValueError, ...]:
        options = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}
        found = axes_or_errors(self.input.shape[:2], self.kernel.shape[:2], **options)
        return tuple(filled(axis, self.pad_mode) for axis in found)

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along rows and columns; None where it is impossible."""
        return tuple(axis if isinstance(axis, Axis) else None for axis in self._found)

    @cached_property
    def error(self) -> str:
        """Why there is no output; empty when there is one."""
        if self.mismatch:
            return self.mismatch
        refused = [str(axis) for axis in self._found if isinstance(axis, ValueError)]
        if refused:
            return refused[0]
        count = math.prod(axis.padded for axis in self._found if isinstance(axis, Axis)) * self.planes
        if count > LARGEST:
            return LIMITS["too_large"].format(count=count, most=LARGEST)
        try:
            pose(self.input, self.kernel, 2, bias=self.bias, **self._options, groups=self.groups)
        except ValueError as error:  # exact integers beyond 64 bits
            return str(error)
        return ""

    @property
    def _options(self) -> dict[str, Any]:
        names = ("stride", "padding", "dilation", "flip", "pad_mode")
        return {name: getattr(self, name) for name in names} | {"pad_value": self.constant}

    def planes_of(self, filter: int) -> range:
        """The planes that a filter sees: those of its group."""
        depth = self.kernel.shape[2]
        first = filter * self.groups // self.filters * depth
        return range(first, first + depth)

    @cached_property
    def _alone(self) -> dict[tuple[int, int], Setting]:
        return {}

    @cached_property
    def _padded(self) -> dict[int, tuple[Array, Array, Array]]:
        return {}

    @cached_property
    def plane_axes(self) -> tuple[Axis, Axis]:
        """Rows and columns of a setting that has both."""
        found = plane_axes(self.axes)
        assert found is not None
        return found

    def padded(self, plane: int) -> tuple[Array, Array, Array]:
        """One plane with its padding, and masks: what is padding, what no window reads."""
        if plane not in self._padded:
            self._padded[plane] = padded(self.input[:, :, plane], self.plane_axes, self.alone(plane, 0))
        return self._padded[plane]

    @cached_property
    def _sums(self) -> dict[int, Array]:
        return {}

    def alone(self, plane: int, filter: int) -> Setting:
        """The convolution of one plane with its slice of a filter, without bias; a slice of zeros if it is not seen."""
        if (plane, filter) not in self._alone:
            self._alone[plane, filter] = self._convolved(plane, filter)
        return self._alone[plane, filter]

    def _convolved(self, plane: int, filter: int) -> Setting:
        seen = self.planes_of(filter)
        kernel = (
            self.kernel[:, :, plane - seen.start, filter] if plane in seen else np.zeros_like(self.kernel[..., 0, 0])
        )
        return Setting(self.input[:, :, plane], kernel, **self._options)

    def partial(self, plane: int, filter: int) -> Array:
        """What one plane gives to a filter: (oh, ow)."""
        found = self.alone(plane, filter).preactivation
        assert found is not None
        return found

    def sum_of(self, filter: int) -> Array:
        """The sums of one filter, bias included: (oh, ow)."""
        if filter not in self._sums:
            seen = self.planes_of(filter)
            part, bank = self.input[:, :, seen.start : seen.stop], self.kernel[..., filter : filter + 1]
            self._sums[filter] = conv2d(part, bank, bias=self.biases[[filter]], **self._options)[..., 0]
        return self._sums[filter]

    def map_of(self, filter: int) -> Array:
        """The feature map of one filter: (oh, ow)."""
        return activate(self.sum_of(filter), self.activation)

    @property
    def preactivation(self) -> Array | None:
        """The sums of all filters (oh, ow, filters), bias included; None without an output."""
        if self.error:
            return None
        return conv2d(self.input, self.kernel, bias=self.bias, **self._options, groups=self.groups)

    @property
    def output(self) -> Array | None:
        """The feature maps (oh, ow, filters); None without an output."""
        sums = self.preactivation
        return None if sums is None else activate(sums, self.activation)

    @property
    def partials(self) -> Array | None:
        """The partial sums (oh, ow, planes/groups, filters); added up, with the bias, they are the sums."""
        if self.error:
            return None
        bank = [[self.partial(plane, filter) for plane in self.planes_of(filter)] for filter in range(self.filters)]
        return np.array(bank).transpose(2, 3, 1, 0)

    def formula(self, convention: str = "per side") -> str | None:
        """The size formula with its numbers, one line per axis and one for the channels; None without an output."""
        if self.error:
            return None
        axes = [axis for axis in self._found if isinstance(axis, Axis)]
        lines = [f"{name}: {axis.formula(convention)}" for name, axis in zip(AXIS_NAMES[2], axes, strict=True)]
        return "\n".join([*lines, CHANNELS["channels_line"].format(count=self.filters)])
