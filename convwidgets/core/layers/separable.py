"""Convolutions that keep the channels apart: DepthwiseConv2D and SeparableConv2D."""

from __future__ import annotations

from dataclasses import KW_ONLY
from math import prod
from typing import ClassVar

from convwidgets.core.arguments import Padding, PerAxis
from convwidgets.core.layers.convolutions import Sliding
from convwidgets.core.layers.layer import Shape, Weight, layer


@layer
class DepthwiseConv2D(Sliding):
    """Every channel has ``depth_multiplier`` filters of its own: kernel (kh, kw, channels, depth_multiplier).

    >>> depthwise = DepthwiseConv2D(3, padding="same")
    >>> depthwise.output_shape((32, 32, 8)), depthwise.params_formula((32, 32, 8))
    ((32, 32, 8), '(3·3 + 1)·8')
    """

    kernel_size: PerAxis
    strides: PerAxis = 1
    padding: Padding = "valid"
    depth_multiplier: int = 1
    _: KW_ONLY
    dilation_rate: PerAxis = 1
    activation: str | None = None
    use_bias: bool = True
    dimensions: ClassVar[int] = 2

    def _channels(self, channels: int) -> int:
        return channels * self.depth_multiplier

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        kernel = (*self.taps, shape[-1], self.depth_multiplier)
        return (Weight("kernel", kernel), *self._biases(self._channels(shape[-1])))

    def params_formula(self, shape: Shape) -> str:
        return f"{self._sum(*self.taps)}·{self._channels(shape[-1])}"

    def multiply_adds(self, shape: Shape) -> int:
        return prod(self.output_shape(shape)) * prod(self.taps)


@layer
class SeparableConv2D(Sliding):
    """A depthwise convolution without bias, then a 1 × 1 convolution over its channels.

    >>> separable = SeparableConv2D(16, 3)
    >>> separable.output_shape((32, 32, 8)), separable.params_formula((32, 32, 8))
    ((30, 30, 16), '3·3·8 + (8 + 1)·16')
    """

    filters: int
    kernel_size: PerAxis
    strides: PerAxis = 1
    padding: Padding = "valid"
    _: KW_ONLY
    dilation_rate: PerAxis = 1
    depth_multiplier: int = 1
    activation: str | None = None
    use_bias: bool = True
    dimensions: ClassVar[int] = 2

    def _channels(self, channels: int) -> int:
        return self.filters

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        between = shape[-1] * self.depth_multiplier
        depthwise = Weight("depthwise_kernel", (*self.taps, shape[-1], self.depth_multiplier))
        pointwise = Weight("pointwise_kernel", (*(1,) * self.dimensions, between, self.filters))
        return depthwise, pointwise, *self._biases(self.filters)

    def params_formula(self, shape: Shape) -> str:
        between = shape[-1] * self.depth_multiplier
        depthwise = "·".join(map(str, (*self.taps, between)))
        return f"{depthwise} + {self._sum(between)}·{self.filters}"

    def multiply_adds(self, shape: Shape) -> int:
        positions = prod(axis.output for axis in self.axes(shape))
        between = shape[-1] * self.depth_multiplier
        return positions * between * (prod(self.taps) + self.filters)
