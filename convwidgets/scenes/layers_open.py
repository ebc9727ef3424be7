"""A layer in its explorer: the same windows with the same rest, on a board small enough for its numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from convwidgets.core.axis import Axis
from convwidgets.core.layers.code import Exact, call
from convwidgets.core.layers.convolutions import Conv, Conv2DTranspose, Sliding
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.pools import GlobalPool, Pool
from convwidgets.core.layers.resizing import UpSampling2D, ZeroPadding2D
from convwidgets.core.layers.separable import DepthwiseConv2D, SeparableConv2D
from convwidgets.core.layers.stack import Row
from convwidgets.scenes.base import times
from convwidgets.scenes.layers_words import OPEN

BOARD = 24
"""So many rows and columns, padding included, show their numbers."""
WINDOWS, LEAST = 3, 5
"""A board is cut down to so many windows along an axis, but not below so many positions."""
ACTIVATIONS = ("relu", "sigmoid", "tanh")
"""Those that mean the same in a layer and in an explorer; Keras's leaky ReLU has another slope."""
HEAD = "import convwidgets as cw\nimport numpy as np\n\nrng = np.random.default_rng(0)\n"


@dataclass(frozen=True)
class Opening:
    """Which explorer shows a layer, with arrays of which shapes, and which options."""

    explorer: str
    input: Shape
    kernel: Shape = ()
    ones: bool = False
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """The call: cw.PoolingExplorer(rng.integers(0, 10, (10, 9)), size=4, stride=(3, 2))."""
        arrays = [Exact(f"rng.integers(0, 10, {self.input})")]
        if self.kernel:
            arrays.append(Exact(f"np.ones({self.kernel}, int)" if self.ones else f"rng.integers(-2, 3, {self.kernel})"))
        return call(f"cw.{self.explorer}", *arrays, **self.options)

    @property
    def code(self) -> str:
        """The call with what it needs, ready to run in a cell."""
        return HEAD + self.line

    @property
    def grid(self) -> Shape:
        """The spatial sizes of the board."""
        return self.input if self.explorer != "ChannelExplorer" else self.input[:-1]


def opening(row: Row) -> Opening | str:
    """The explorer of a row; or the sentence that says why there is none.

    >>> from convwidgets.core.layers import Input, MaxPooling2D, Sequential
    >>> print(opening(Sequential([Input((31, 21, 16)), MaxPooling2D(4, (3, 2))]).rows[1]).line)
    cw.PoolingExplorer(rng.integers(0, 10, (10, 9)), size=4, stride=(3, 2))
    """
    layer = row.layer
    make = next((make for kinds, make in _OPENINGS if isinstance(layer, kinds)), None)
    if make is None:
        return OPEN["none"].format(name=row.name)
    if layer.dimensions == 3:
        return OPEN["none_three"].format(name=row.name)
    found = make(layer, row.input_shape)
    reach = max(_reach(layer, found.grid, row.input_shape))
    return found if reach <= BOARD else OPEN["none_large"].format(name=row.name, span=reach, most=BOARD)


def about(row: Row, found: Opening) -> str:
    """What is smaller on the board than in the layer."""
    board, whole = times(found.grid), times(row.input_shape[:-1])
    text = OPEN["same" if board == whole else "small"].format(board=board, input=whole)
    channels, filters = row.input_shape[-1], row.output_shape[-1]
    if found.explorer == "ChannelExplorer" and (found.input[-1], found.kernel[-1]) != (channels, filters):
        text += OPEN["planes"].format(
            planes=found.input[-1], channels=channels, filters=found.kernel[-1], count=filters
        )
    if found.explorer in ("ConvolutionExplorer", "TransposedConvolutionExplorer") and channels > 1 and not found.ones:
        text += OPEN["plane"].format(channels=channels)
    return text


def _reach(layer: Layer, grid: Shape, shape: Shape) -> list[int]:
    """The cells of the board along every axis, padding or result included."""
    if isinstance(layer, GlobalPool):
        return list(grid)
    axes = layer.axes((*grid, shape[-1]))
    return [max(axis.padded, axis.size) for axis in axes]


def _small(layer: Layer, shape: Shape) -> Shape:
    """The sizes cut down by whole strides: as many zeros of "same" and as much rest as in the layer."""
    return tuple(_cut(layer, shape, i, axis) for i, axis in enumerate(layer.axes(shape)))


def _cut(layer: Layer, shape: Shape, i: int, axis: Axis) -> int:
    size = shape[i]
    for smaller in range(size % axis.stride or axis.stride, size, axis.stride):
        try:
            windows = layer.axes((*shape[:i], smaller, *shape[i + 1 :]))[i].output
        except ValueError:
            continue
        if windows >= min(WINDOWS, axis.output) and smaller >= LEAST:
            return smaller
    return size


_PLAIN: dict[str, tuple[Any, ...]] = {
    "stride": ((1,), (1, 1)), "dilation": ((1,), (1, 1)), "padding": ("valid", 0), "groups": (1,), "method": (None,),
}  # fmt: skip


def _options(**options: Any) -> dict[str, Any]:
    """Those that are not at their default."""
    return {name: value for name, value in options.items() if value not in _PLAIN[name]}


def _windows(layer: Any) -> dict[str, Any]:
    """Stride, padding and dilation of a layer with a kernel."""
    padding = layer.padding
    if padding == "causal":
        padding = ((layer.dilation_rate[0] * (layer.taps[0] - 1), 0),)
    return _options(stride=layer.strides, padding=_sides(padding), dilation=layer.dilation_rate)


def _sides(padding: Any) -> Any:
    """A named padding, one amount for all axes, or one for each, a pair where the sides differ."""
    if isinstance(padding, str):
        return padding
    sides = tuple(before if before == after else (before, after) for before, after in padding)
    return sides[0] if len(set(sides)) == 1 and isinstance(sides[0], int) else sides


def _planes(layer: Any, channels: int) -> tuple[int, int, int]:
    """Planes, filters and groups of the board: few, but grouped as the layer is."""
    apart = isinstance(layer, DepthwiseConv2D | SeparableConv2D)
    groups = channels if apart else layer.groups
    each = layer.depth_multiplier if apart else layer.filters // groups
    inside = channels // groups
    count = min(groups, 3 if inside == 1 else 2)
    return count * min(inside, 3 if count == 1 else 2), count * min(each, 2 if count == 1 else 1), count


def _convolution(layer: Any, shape: Shape) -> Opening:
    """With several planes a ChannelExplorer; one plane, or a line, is a ConvolutionExplorer."""
    options, board = _windows(layer), _small(layer, shape)
    if layer.activation in ACTIVATIONS:
        options["activation"] = layer.activation
    if shape[-1] == 1 or layer.dimensions != 2:
        return Opening("ConvolutionExplorer", board, layer.taps, options=options)
    planes, filters, groups = _planes(layer, shape[-1])
    kernel = (*layer.taps, planes // groups, filters)
    return Opening("ChannelExplorer", (*board, planes), kernel, options={**options, **_options(groups=groups)})


def _pool(layer: Any, shape: Shape) -> Opening:
    method = "average" if layer.type.startswith("Average") else None
    stride = None if layer.strides in (None, layer.pool_size) else layer.strides
    options = {"size": layer.pool_size, **_options(method=method, padding=_sides(layer.padding))}
    if stride is not None:  # also 1: left out, it would be the size
        options["stride"] = stride
    return Opening("PoolingExplorer", _small(layer, shape), options=options)


def _global(layer: Any, shape: Shape) -> Opening:
    board = tuple(min(size, LEAST) for size in shape[:-1])
    method = "average" if "Average" in layer.type else None
    return Opening("PoolingExplorer", board, options={"size": board, **_options(method=method)})


def _stamped(layer: Layer, shape: Shape, i: int) -> int:
    """The fewest stamps, from three on, of which the padding leaves something."""
    for count in range(min(WINDOWS, shape[i]), shape[i]):
        try:
            layer.axes((*shape[:i], count, *shape[i + 1 :]))
            return count
        except ValueError:
            continue
    return shape[i]


def _transposed(layer: Any, shape: Shape) -> Opening:
    board = tuple(_stamped(layer, shape, i) for i in range(layer.dimensions))
    options = _options(stride=layer.strides, padding=_sides(layer.padding), dilation=layer.dilation_rate)
    if layer.output_padding is not None:
        axes = layer.axes((*board, shape[-1]))
        extra = tuple(
            axis.padded - axis.reach(size) for axis, size in zip(axes, board, strict=True)
        )  # what "same" with an output padding comes to, in numbers
        options["padding"] = _sides([(axis.before, axis.after) for axis in axes])
        options["output_padding"] = extra
    return Opening("TransposedConvolutionExplorer", board, layer.taps, options=options)


def _upsampling(layer: Any, shape: Shape) -> Opening:
    board = tuple(min(size, WINDOWS) for size in shape[:-1])
    options = {"stride": layer.size}
    if layer.interpolation == "bilinear":
        options["method"] = "bilinear"
    return Opening("UpsamplingExplorer", board, options=options)


def _zeros(layer: Any, shape: Shape) -> Opening:
    board = tuple(min(size, LEAST) for size in shape[:-1])
    return Opening("ConvolutionExplorer", board, (1,) * layer.dimensions, True, {"padding": _sides(layer.padding)})


_OPENINGS: list[tuple[Any, Callable[[Any, Shape], Opening]]] = [
    (Conv2DTranspose, _transposed),
    (Conv | Sliding, _convolution),
    (Pool, _pool),
    (GlobalPool, _global),
    (UpSampling2D, _upsampling),
    (ZeroPadding2D, _zeros),
]
