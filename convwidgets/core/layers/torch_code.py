"""PyTorch code for a layer or a stack. PyTorch has the channels first and pads by numbers, alike on both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from convwidgets.core.axis import Axis
from convwidgets.core.layers import convolutions, pools, vectors
from convwidgets.core.layers.code import Exact, Lines, call, sides, written
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.stack import Row
from convwidgets.core.layers.tables import Text

ACTIVATIONS = {
    "relu": "nn.ReLU()", "relu6": "nn.ReLU6()", "leaky_relu": "nn.LeakyReLU(0.2)", "elu": "nn.ELU()",
    "selu": "nn.SELU()", "gelu": "nn.GELU()", "silu": "nn.SiLU()", "softplus": "nn.Softplus()",
    "sigmoid": "nn.Sigmoid()", "tanh": "nn.Tanh()", "softmax": "nn.Softmax(dim=1)",
}  # fmt: skip
"""Keras's name of an activation and the module that computes it."""


def torch_code(rows: Sequence[Row]) -> Text:
    """Code that makes the stack as ``model``."""
    batch = ", ".join(map(str, ("N", *channels_first(rows[0].output_shape))))
    body = [f"    {line}" for line in written(rows, "PyTorch", torch_lines)]
    head = ["from torch import nn", "", f"# a batch of inputs has the shape ({batch})", "model = nn.Sequential("]
    return Text("\n".join([*head, *body, ")"]))


def torch_lines(layer: Layer, shape: Shape) -> Lines:
    """The layer as calls.

    >>> from convwidgets.core.layers import Conv2D
    >>> list(torch_lines(Conv2D(8, 3, padding="same"), (7, 7, 3)))
    ['nn.Conv2d(3, 8, 3, padding=1)']
    >>> list(torch_lines(Conv2D(8, 3, strides=2, padding="same", activation="relu"), (8, 8, 3)))
    ['nn.ZeroPad2d((0, 1, 0, 1))', 'nn.Conv2d(3, 8, 3, stride=2)', 'nn.ReLU()']
    """
    yield from _WRITERS[type(layer)](layer, shape)
    if getattr(layer, "activation", None) is not None:
        yield ACTIVATIONS[layer.activation]  # type: ignore[attr-defined]


def channels_first(shape: Shape) -> Shape:
    """(28, 28, 3) as PyTorch has it: (3, 28, 28)."""
    return (shape[-1], *shape[:-1])


def _given(**options: Any) -> dict[str, Any]:
    """The options that are not PyTorch's default."""
    defaults = {"stride": 1, "padding": 0, "output_padding": 0, "dilation": 1, "groups": 1, "bias": True}
    return {
        name: value
        for name, value in options.items()
        if (set(value) if isinstance(value, tuple) else {value}) != {defaults.get(name, False)}
    }


def _symmetric(axes: Sequence[Axis]) -> tuple[int, ...] | None:
    """The padding for both sides of every axis that gives the same windows; None where there is none.

    Windows start ``before`` ahead of the input; what stands behind the last of them does not matter.
    """
    if any(_windows(axis) != axis.output for axis in axes):
        return None
    return tuple(axis.before for axis in axes)


def _pad(axes: Sequence[Axis]) -> tuple[int, ...]:
    """PyTorch's order: the last axis first, before and after each."""
    return tuple(side for pair in reversed(sides(axes)) for side in pair)


def _padded(axes: Sequence[Axis], name: str, *values: Any, **options: Any) -> Lines:
    padding = _symmetric(axes)
    if padding is None:
        yield call(f"nn.ZeroPad{len(axes)}d", Exact(_pad(axes)))
    steps, rates = tuple(axis.stride for axis in axes), tuple(axis.dilation for axis in axes)
    yield call(name, *values, **_given(stride=steps, padding=padding or (0,), dilation=rates, **options))


def _conv(layer: Any, shape: Shape) -> Lines:
    options = {"groups": layer.groups, "bias": layer.use_bias}
    yield from _padded(
        layer.axes(shape), f"nn.Conv{layer.dimensions}d", shape[-1], layer.filters, layer.kernel_size, **options
    )


def _depthwise(layer: Any, shape: Shape) -> Lines:
    filters = shape[-1] * layer.depth_multiplier
    options = {"groups": shape[-1], "bias": layer.use_bias}
    yield from _padded(layer.axes(shape), "nn.Conv2d", shape[-1], filters, layer.kernel_size, **options)


def _separable(layer: Any, shape: Shape) -> Lines:
    between = shape[-1] * layer.depth_multiplier
    yield from _padded(
        layer.axes(shape), "nn.Conv2d", shape[-1], between, layer.kernel_size, groups=shape[-1], bias=False
    )
    yield call("nn.Conv2d", between, layer.filters, 1, **_given(bias=layer.use_bias))


def _transposed(layer: Any, shape: Shape) -> Lines:
    axes = layer.axes(shape)
    places = [_place(axis, size) for axis, size in zip(axes, shape, strict=False)]
    padding, extra, *crops = zip(*places, strict=True)
    options = {"padding": padding, "output_padding": extra, "bias": layer.use_bias, "dilation": layer.dilation_rate}
    yield call(
        "nn.ConvTranspose2d", shape[-1], layer.filters, layer.kernel_size, **_given(stride=layer.strides, **options)
    )
    if any(map(any, crops)):
        yield "# PyTorch crops both sides alike: a negative padding crops the rest"
        sides_last_first = reversed(list(zip(*crops, strict=True)))
        yield call("nn.ZeroPad2d", Exact(tuple(-side for pair in sides_last_first for side in pair)))


def _place(axis: Axis, size: int) -> tuple[int, int, int, int]:
    """PyTorch's padding and output padding along an axis, and what is then cropped at the start and at the end."""
    beyond = axis.before + axis.size - (size - 1) * axis.stride - axis.span  # of the last stamp
    padding = min(axis.before, max(axis.stride, axis.dilation) - 1 - beyond)
    extra = max(beyond + padding, 0)
    return padding, extra, axis.before - padding, extra - beyond - padding


def _pool(kind: str, border: str) -> Callable[[Any, Shape], Lines]:
    def lines(layer: Any, shape: Shape) -> Lines:
        axes, name = layer.axes(shape), f"nn.{kind}Pool{layer.dimensions}d"
        options: dict[str, Any] = {"padding": tuple(axis.before for axis in axes)}
        if kind == "Avg" and any(options["padding"]):
            options["count_include_pad"] = False
        ceil = _ceil_mode(axes)
        if ceil is None:
            options = {}
            if kind == "Avg":
                yield "# PyTorch cannot leave this padding out of the mean: these zeros are counted"
            yield call(f"nn.ConstantPad{len(axes)}d", Exact(_pad(axes)), Exact(border))
        steps = tuple(axis.stride for axis in axes)
        shown = {} if steps == layer.pool_size else {"stride": steps}
        counted = {} if options.pop("count_include_pad", True) else {"count_include_pad": False}
        yield call(name, layer.pool_size, **shown, **_given(**options, ceil_mode=bool(ceil)), **counted)

    return lines


def _ceil_mode(axes: Sequence[Axis]) -> bool | None:
    """Whether the last windows need ceil_mode; None where PyTorch has no such windows."""
    if any(axis.before > axis.kernel // 2 for axis in axes):
        return None
    for ceil in (False, True):
        if all(_windows(axis, ceil) == axis.output for axis in axes):
            return ceil
    return None


def _windows(axis: Axis, ceil: bool = False) -> int:
    """How many windows PyTorch has with ``before`` on both sides; no last one of padding alone with ``ceil``."""
    room = axis.size + 2 * axis.before - axis.span
    if room < 0:
        return 0
    windows = (-(-room // axis.stride) if ceil else room // axis.stride) + 1
    return windows - 1 if ceil and (windows - 1) * axis.stride >= axis.size + axis.before else windows


def _global(kind: str) -> Callable[[Any, Shape], Lines]:
    def lines(layer: Any, shape: Shape) -> Lines:
        yield f"nn.Adaptive{kind}Pool2d(1)"
        if not layer.keepdims:
            yield "nn.Flatten()"

    return lines


def _upsampling(layer: Any, shape: Shape) -> Lines:
    scale = tuple(float(size) for size in layer.size)
    options = {"align_corners": False} if layer.interpolation == "bilinear" else {}
    yield call("nn.Upsample", scale_factor=scale, mode=layer.interpolation, **options)


def _zero_padding(layer: Any, shape: Shape) -> Lines:
    yield call("nn.ZeroPad2d", Exact(_pad(layer.axes(shape))))


def _cropping(layer: Any, shape: Shape) -> Lines:
    yield "# a negative padding crops"
    yield call("nn.ZeroPad2d", Exact(tuple(-side for side in _pad(layer.axes(shape)))))


def _dense(layer: Any, shape: Shape) -> Lines:
    options = _given(bias=layer.use_bias)
    if len(shape) == 1:
        yield call("nn.Linear", shape[0], layer.units, **options)
    else:
        yield call(f"nn.Conv{len(shape) - 1}d", shape[-1], layer.units, 1, **options)


def _order(shape: Shape, what: str) -> Lines:
    """A warning where the order of the values depends on where the channels stand."""
    if len(shape) > 1 and shape[-1] > 1 and max(shape[:-1]) > 1:
        yield f"# PyTorch {what} channels first, Keras channels last: the values stand in another order"


def _flatten(layer: Any, shape: Shape) -> Lines:
    yield from _order(shape, "flattens")
    yield "nn.Flatten()"


def _reshape(layer: Any, shape: Shape) -> Lines:
    target = layer.output_shape(shape)
    yield from _order(target if len(shape) == 1 else shape, "reshapes")
    if len(shape) > 1 or len(target) == 1:
        yield "nn.Flatten()"
    if len(target) > 1:
        yield call("nn.Unflatten", 1, Exact(channels_first(target)))


def _normalization(layer: Any, shape: Shape) -> Lines:
    if layer.center != layer.scale:
        raise ValueError("BatchNorm trains γ and β together or neither. Use center and scale alike.")
    kind = f"nn.BatchNorm{max(len(shape) - 1, 1)}d"
    momentum = round(1 - layer.momentum, 12)  # PyTorch's is the share of the new batch
    affine = {} if layer.scale else {"affine": False}
    yield call(kind, shape[-1], eps=layer.epsilon, momentum=momentum, **affine)


def _nothing(layer: Any, shape: Shape) -> Lines:
    if getattr(layer, "activation", "") is None:
        yield "nn.Identity()"


_WRITERS: dict[type[Layer], Callable[[Any, Shape], Lines]] = {
    vectors.Input: lambda layer, shape: iter(()),
    vectors.Dense: _dense,
    vectors.Flatten: _flatten,
    vectors.Reshape: _reshape,
    vectors.Activation: _nothing,
    vectors.LeakyReLU: lambda layer, shape: iter([call("nn.LeakyReLU", layer.negative_slope)]),
    vectors.BatchNormalization: _normalization,
    vectors.Dropout: lambda layer, shape: iter([call("nn.Dropout", layer.rate)]),
    convolutions.Conv1D: _conv,
    convolutions.Conv2D: _conv,
    convolutions.Conv3D: _conv,
    convolutions.DepthwiseConv2D: _depthwise,
    convolutions.SeparableConv2D: _separable,
    convolutions.Conv2DTranspose: _transposed,
    pools.MaxPooling1D: _pool("Max", 'float("-inf")'),
    pools.MaxPooling2D: _pool("Max", 'float("-inf")'),
    pools.AveragePooling1D: _pool("Avg", "0.0"),
    pools.AveragePooling2D: _pool("Avg", "0.0"),
    pools.GlobalAveragePooling2D: _global("Avg"),
    pools.GlobalMaxPooling2D: _global("Max"),
    pools.UpSampling2D: _upsampling,
    pools.ZeroPadding2D: _zero_padding,
    pools.Cropping2D: _cropping,
}
