"""PyTorch code for a layer or a stack. PyTorch has the channels first and pads by numbers, alike on both sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from convwidgets.core.layers import convolutions, pools, resizing, separable, vectors
from convwidgets.core.layers import torch_windows as windows
from convwidgets.core.layers.code import Exact, Lines, call, remark, written
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.stack import Row
from convwidgets.core.layers.tables import Text
from convwidgets.core.layers.words import say

ACTIVATIONS = {
    "relu": "nn.ReLU()", "relu6": "nn.ReLU6()", "leaky_relu": "nn.LeakyReLU(0.2)", "elu": "nn.ELU()",
    "selu": "nn.SELU()", "gelu": "nn.GELU()", "silu": "nn.SiLU()", "softplus": "nn.Softplus()",
    "sigmoid": "nn.Sigmoid()", "tanh": "nn.Tanh()", "softmax": "nn.Softmax(dim=1)",
}  # fmt: skip
"""Keras's name of an activation and the module that computes it."""


def torch_code(rows: Sequence[Row]) -> Text:
    """Code that makes the stack as ``model``."""
    batch = ", ".join(map(str, ("N", *channels_first(rows[0].output_shape))))
    lines = written(rows, "PyTorch", lambda row: torch_lines(row.layer, row.input_shape))
    body = [f"    {line}" for line in lines]
    head = ["from torch import nn", "", remark("torch_batch", shape=batch), "model = nn.Sequential("]
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
    yield call("nn.ZeroPad2d", Exact(windows.pad(layer.axes(shape))))


def _cropping(layer: Any, shape: Shape) -> Lines:
    yield remark("torch_negative")
    yield call("nn.ZeroPad2d", Exact(tuple(-side for side in windows.pad(layer.axes(shape)))))


def _dense(layer: Any, shape: Shape) -> Lines:
    options = windows.given(bias=layer.use_bias)
    if len(shape) == 1:
        yield call("nn.Linear", shape[0], layer.units, **options)
    else:
        yield call(f"nn.Conv{len(shape) - 1}d", shape[-1], layer.units, 1, **options)


def _order(shape: Shape, code: str) -> Lines:
    """A warning where the order of the values depends on where the channels stand."""
    if len(shape) > 1 and shape[-1] > 1 and max(shape[:-1]) > 1:
        yield remark(code)


def _flatten(layer: Any, shape: Shape) -> Lines:
    yield from _order(shape, "torch_flattens")
    yield "nn.Flatten()"


def _reshape(layer: Any, shape: Shape) -> Lines:
    target = layer.output_shape(shape)
    yield from _order(target if len(shape) == 1 else shape, "torch_reshapes")
    if len(shape) > 1 or len(target) == 1:
        yield "nn.Flatten()"
    if len(target) > 1:
        yield call("nn.Unflatten", 1, Exact(channels_first(target)))


def _normalization(layer: Any, shape: Shape) -> Lines:
    if layer.center != layer.scale:
        raise ValueError(say("torch_affine"))
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
    convolutions.Conv1D: windows.conv,
    convolutions.Conv2D: windows.conv,
    convolutions.Conv3D: windows.conv,
    separable.DepthwiseConv2D: windows.depthwise,
    separable.SeparableConv2D: windows.separable,
    convolutions.Conv2DTranspose: windows.transposed,
    pools.MaxPooling1D: windows.pool("Max", 'float("-inf")'),
    pools.MaxPooling2D: windows.pool("Max", 'float("-inf")'),
    pools.AveragePooling1D: windows.pool("Avg", "0.0"),
    pools.AveragePooling2D: windows.pool("Avg", "0.0"),
    pools.GlobalAveragePooling2D: _global("Avg"),
    pools.GlobalMaxPooling2D: _global("Max"),
    resizing.UpSampling2D: _upsampling,
    resizing.ZeroPadding2D: _zero_padding,
    resizing.Cropping2D: _cropping,
}
