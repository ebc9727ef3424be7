"""Layers with a kernel that slides: Conv1D, Conv2D, Conv3D, DepthwiseConv2D, SeparableConv2D, Conv2DTranspose."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import KW_ONLY
from math import prod
from typing import TYPE_CHECKING, ClassVar

from convwidgets.core.arguments import Padding, PerAxis, axes_for
from convwidgets.core.axis import Axis
from convwidgets.core.layers.layer import Layer, Shape, Weight, layer
from convwidgets.core.layers.reach import Field
from convwidgets.core.layers.repairs import common_divisors
from convwidgets.core.layers.words import either, say
from convwidgets.core.transposed_sizes import transposed_axes


class Sliding(Layer, ABC):
    """What all layers with a kernel share; the fields are those of the layer below."""

    if TYPE_CHECKING:
        kernel_size: PerAxis
        strides: PerAxis
        padding: Padding
        dilation_rate: PerAxis
        activation: str | None
        use_bias: bool

    @property
    def taps(self) -> tuple[int, ...]:
        """Number of weights along every axis."""
        return self.kernel_size  # type: ignore[return-value]  # settled in __post_init__

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        self._check_rank(shape)
        padding: Padding = self.padding
        if padding == "causal":  # all of it before: no position sees a later one
            padding = ((self.dilation_rate[0] * (self.taps[0] - 1), 0),)  # type: ignore[index]
        return axes_for(
            shape[:-1], self.taps, stride=self.strides, padding=padding, dilation=self.dilation_rate
        )  # fmt: skip

    def output_shape(self, shape: Shape) -> Shape:
        return (*(axis.output for axis in self.axes(shape)), self._channels(shape[-1]))

    @abstractmethod
    def _channels(self, channels: int) -> int:
        """Channels of the result, from those of the input."""

    def _biases(self, count: int) -> tuple[Weight, ...]:
        return (Weight("bias", (count,)),) if self.use_bias else ()

    def _sum(self, *factors: int) -> str:
        """Weights of one filter, and its bias: "(5·5·3 + 1)"."""
        product = "·".join(map(str, factors))
        return f"({product} + 1)" if self.use_bias else product


class Conv(Sliding):
    if TYPE_CHECKING:
        filters: int
        groups: int

    def output_shape(self, shape: Shape) -> Shape:
        self._check_rank(shape)
        self._check_groups(shape[-1])
        return super().output_shape(shape)

    def _channels(self, channels: int) -> int:
        return self.filters

    def _check_groups(self, channels: int) -> None:
        for what, number in (("groups_channels", channels), ("groups_filters", self.filters)):
            if number % self.groups:
                fitting = either([str(g) for g in common_divisors(channels, self.filters)])
                counts = {"channels": channels, "filters": self.filters, "fitting": fitting}
                raise ValueError(say("groups", groups=self.groups, number=number, what=say(what), **counts))

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        kernel = (*self.taps, shape[-1] // self.groups, self.filters)
        return (Weight("kernel", kernel), *self._biases(self.filters))

    def params_formula(self, shape: Shape) -> str:
        return f"{self._sum(*self.taps, shape[-1] // self.groups)}·{self.filters}"

    def multiply_adds(self, shape: Shape) -> int:
        return prod(self.output_shape(shape)) * prod(self.taps) * (shape[-1] // self.groups)


@layer
class Conv1D(Conv):
    """Convolution of a series: input (length, channels), kernel (k, channels/groups, filters).

    Args:
        padding: "valid", "same", "causal", "full", "half", a number per side, or ((before, after),).

    >>> Conv1D(8, 3, padding="causal", dilation_rate=2).output_shape((20, 4))
    (20, 8)
    """

    filters: int
    kernel_size: PerAxis
    strides: PerAxis = 1
    padding: Padding = "valid"
    _: KW_ONLY
    dilation_rate: PerAxis = 1
    groups: int = 1
    activation: str | None = None
    use_bias: bool = True
    dimensions: ClassVar[int] = 1


@layer
class Conv2D(Conv):
    """Convolution of an image: input (height, width, channels), kernel (kh, kw, channels/groups, filters).

    Args:
        filters: number of filters, so of channels in the output.
        kernel_size, strides, dilation_rate: one number, or (rows, columns).
        padding: "valid", "same", and beyond Keras "full", "half", a number per side, (rows, columns), or
            ((top, bottom), (left, right)).
        groups: channels and filters fall into so many groups that do not see each other.
        activation: name of what follows the sum: "relu", "tanh", …
        use_bias: one number more per filter, added to the sum.

    >>> conv = Conv2D(16, 5, strides=(2, 3))
    >>> conv.output_shape((128, 128, 3)), conv.params_formula((128, 128, 3))
    ((62, 42, 16), '(5·5·3 + 1)·16')
    """

    filters: int
    kernel_size: PerAxis
    strides: PerAxis = 1
    padding: Padding = "valid"
    _: KW_ONLY
    dilation_rate: PerAxis = 1
    groups: int = 1
    activation: str | None = None
    use_bias: bool = True
    dimensions: ClassVar[int] = 2


@layer
class Conv3D(Conv):
    """Convolution of a volume or a video: input (depth, height, width, channels).

    >>> Conv3D(4, (1, 3, 3)).output_shape((5, 8, 8, 2))
    (5, 6, 6, 4)
    """

    filters: int
    kernel_size: PerAxis
    strides: PerAxis = 1
    padding: Padding = "valid"
    _: KW_ONLY
    dilation_rate: PerAxis = 1
    groups: int = 1
    activation: str | None = None
    use_bias: bool = True
    dimensions: ClassVar[int] = 3


@layer
class Conv2DTranspose(Sliding):
    """The transposed convolution: every input value stamps the kernel (kh, kw, filters, channels).

    Args:
        padding: of the convolution that is turned round. "valid" and "same" give Keras's sizes, numbers PyTorch's.
        output_padding: None, or so many positions more at the end of each axis. With "same" Keras then counts them
            from (i − 1)·s + span mod 2 on.

    >>> Conv2DTranspose(32, 3, strides=2).output_shape((10, 8, 128))
    (21, 17, 32)
    """

    filters: int
    kernel_size: PerAxis
    strides: PerAxis = 1
    padding: Padding = "valid"
    output_padding: PerAxis | None = None
    _: KW_ONLY
    dilation_rate: PerAxis = 1
    activation: str | None = None
    use_bias: bool = True
    dimensions: ClassVar[int] = 2

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        """The windows of the convolution that is turned round: its input is this layer's output."""
        self._check_rank(shape)
        steps = {"stride": self.strides, "dilation": self.dilation_rate}
        if self.padding == "same" and self.output_padding is not None:  # refuses what no such convolution gives
            transposed_axes(shape[:-1], self.taps, padding=0, output_padding=self.output_padding, **steps)
        padding, extra = self.settled_padding()
        return transposed_axes(shape[:-1], self.taps, padding=padding, output_padding=extra, **steps)

    def settled_padding(self) -> tuple[Padding, PerAxis]:
        """Padding and output padding of the call of conv_transpose2d that does the same."""
        if self.output_padding is None:
            return self.padding, (0,) * self.dimensions
        if self.padding == "same":
            return self._same(self.output_padding)  # type: ignore[arg-type]  # settled in __post_init__
        none = ((0, 0),) * self.dimensions
        return none if self.padding == "valid" else self.padding, self.output_padding

    def _same(self, extras: tuple[int, ...]) -> tuple[tuple[tuple[int, int], ...], tuple[int, ...]]:
        """ "same" with an output padding in numbers, as Keras settles it: (i − 1)·s + span mod 2 + extra come out."""
        rates: tuple[int, ...] = self.dilation_rate  # type: ignore[assignment]
        spans = [Axis(k * d, k, dilation=d).span for k, d in zip(self.taps, rates, strict=True)]
        cuts = [span - span % 2 - extra for span, extra in zip(spans, extras, strict=True)]
        sides = tuple((max(cut, 0) // 2, max(cut, 0) - max(cut, 0) // 2) for cut in cuts)
        return sides, tuple(max(-cut, 0) for cut in cuts)

    def _channels(self, channels: int) -> int:
        return self.filters

    def output_shape(self, shape: Shape) -> Shape:
        return (*(axis.size for axis in self.axes(shape)), self._channels(shape[-1]))

    def _field(self, field: Field, axis: Axis) -> Field:
        return field.back_through(axis)

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        return (Weight("kernel", (*self.taps, self.filters, shape[-1])), *self._biases(self.filters))

    def params_formula(self, shape: Shape) -> str:
        return f"{self._sum(*self.taps, shape[-1])}·{self.filters}"

    def multiply_adds(self, shape: Shape) -> int:
        """Every input value times every weight; stamps that the padding crops count too."""
        self.axes(shape)
        return prod(shape) * prod(self.taps) * self.filters
