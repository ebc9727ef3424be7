"""One setting of a convolution: its axes, its result, or the sentence that says why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convwidgets.core.activations import activate
from convwidgets.core.arguments import Array, axes_or_errors
from convwidgets.core.axis import Axis
from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.scenes.words import AXIS_NAMES, LIMITS

LARGEST = 2**25
"""A padded input of more numbers is a slip of the finger: it would fill the memory before anything could be seen."""


@dataclass(frozen=True)
class Setting:
    """All that the result of one convolution of a line or a plane depends on. Values of the wrong kind raise.

    >>> setting = Setting(np.array([1, 2, 4]), np.array([1, -1]), stride=2)
    >>> setting.output
    array([-1])
    >>> Setting(np.array([1, 2]), np.array([1, 1, 1])).error
    'The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). \
Add 1 of padding, or use a smaller kernel.'
    """

    input: Array
    kernel: Array
    stride: Any = 1
    padding: Any = "valid"
    dilation: Any = 1
    flip: bool = False
    bias: float = 0
    activation: str = "none"
    pad_mode: str = "zeros"
    pad_value: float = 0

    @property
    def dimensions(self) -> int:
        """1 for a line, 2 for a plane."""
        return self.input.ndim

    @property
    def constant(self) -> float:
        """What padding holds where it copies nothing: the pad value of the mode "constant", else 0."""
        return self.pad_value if self.pad_mode == "constant" else 0

    @cached_property
    def _found(self) -> tuple[Axis | ValueError, ...]:
        options = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}
        found = axes_or_errors(self.input.shape, self.kernel.shape, **options)
        return tuple(filled(axis, self.pad_mode) for axis in found)

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along every axis; None where it is impossible."""
        return tuple(axis if isinstance(axis, Axis) else None for axis in self._found)

    @cached_property
    def _sums(self) -> Array | ValueError:
        axes = [axis for axis in self._found if isinstance(axis, Axis)]
        if len(axes) < len(self._found):
            return next(axis for axis in self._found if isinstance(axis, ValueError))
        if (count := math.prod(axis.padded for axis in axes)) > LARGEST:
            return ValueError(LIMITS["too_large"].format(count=count, most=LARGEST))
        convolve = conv1d if self.dimensions == 1 else conv2d
        try:
            return convolve(
                self.input, self.kernel, bias=self.bias or None, stride=self.stride, padding=self.padding,
                dilation=self.dilation, flip=self.flip, pad_mode=self.pad_mode, pad_value=self.constant,
            )  # fmt: skip
        except ValueError as error:  # exact integers beyond 64 bits
            return error

    @property
    def error(self) -> str:
        """Why there is no output, of the first axis without one; empty when there is one."""
        return str(self._sums) if isinstance(self._sums, ValueError) else ""

    @property
    def preactivation(self) -> Array | None:
        """The sums, bias included; None without output."""
        return None if isinstance(self._sums, ValueError) else self._sums

    @property
    def output(self) -> Array | None:
        """The sums after the activation; None without output."""
        return None if self.preactivation is None else activate(self.preactivation, self.activation)

    @property
    def weights(self) -> Array:
        """The kernel as it meets the window: rotated by 180° with `flip`."""
        return np.flip(self.kernel) if self.flip else self.kernel

    def formula(self, convention: str = "per side") -> str | None:
        """The size formula with its numbers, one line per axis; None without output."""
        axes = [axis for axis in self._found if isinstance(axis, Axis)]
        if len(axes) < self.dimensions:
            return None
        names = AXIS_NAMES[self.dimensions]
        return "\n".join(f"{name}: {axis.formula(convention)}" for name, axis in zip(names, axes, strict=True))


def filled(axis: Axis | ValueError, pad_mode: str) -> Axis | ValueError:
    """The axis, unless the pad mode cannot fill its padding."""
    try:
        if isinstance(axis, Axis):
            axis.padded_sources(pad_mode)
    except ValueError as error:
        return error
    return axis
