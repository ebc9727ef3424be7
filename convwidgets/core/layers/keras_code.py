"""Keras code for a layer or a stack. Padding beyond "valid" and "same" becomes a layer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, replace
from typing import Any

from convwidgets.core.axis import Axis, named_padding
from convwidgets.core.layers.code import Exact, Lines, call, remark, sides, text, written
from convwidgets.core.layers.convolutions import Conv2DTranspose, Sliding
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.pools import Pool
from convwidgets.core.layers.stack import Row
from convwidgets.core.layers.tables import Text
from convwidgets.core.layers.vectors import Input
from convwidgets.core.layers.words import say


def keras_code(rows: Sequence[Row], name: str) -> Text:
    """Code that makes the stack as ``model``."""
    lines = written(rows, "Keras", lambda row: keras_lines(row.layer, row.input_shape))
    body = [f"        {line}" for line in lines]
    head = ["import keras", "from keras import layers", "", "model = keras.Sequential(", "    ["]
    return Text("\n".join([*head, *body, "    ],", f"    name={text(name)},", ")"]))


def keras_lines(layer: Layer, shape: Shape) -> Lines:
    """The layer as calls.

    >>> from convwidgets.core.layers import Conv2D
    >>> list(keras_lines(Conv2D(8, 3, strides=2, padding=1), (7, 7, 3)))
    ['layers.Conv2D(8, 3, strides=2, padding="same")']
    >>> list(keras_lines(Conv2D(8, 3, strides=2, padding=1), (8, 8, 3)))
    ['layers.ZeroPadding2D(((1, 1), (1, 1)))', 'layers.Conv2D(8, 3, strides=2)']
    """
    if isinstance(layer, Conv2DTranspose):
        yield from _transposed(layer, shape)
    elif isinstance(layer, Sliding):
        yield from _convolution(layer, shape)
    elif isinstance(layer, Pool):
        yield from _pool(layer, shape)
    else:
        yield _call(layer)


def _call(layer: Layer, **changes: Any) -> str:
    """The layer as one call: what must be given by position, the rest by name where it is no default."""
    layer = replace(layer, **changes)
    settings, defaults = layer.settings(), layer.parameters()
    needed = [settings.pop(name) for name, default in defaults.items() if default is MISSING]
    if isinstance(layer, Pool) and "pool_size" in settings:
        needed = [settings.pop("pool_size")]
    exact = [Exact(value) if isinstance(value, tuple) and not layer.dimensions else value for value in needed]
    kind = "keras.Input" if isinstance(layer, Input) else f"layers.{layer.type}"
    return call(kind, *["linear" if value is None else value for value in exact], **settings)


def _named(padding: Any, axes: Sequence[Axis]) -> str | None:
    """Keras's name for the padding along all axes; None where it has none."""
    if padding in ("valid", "same", "causal"):
        return str(padding)
    if sides(axes) == ((0, 0),) * len(axes):
        return "valid"
    same = tuple(named_padding("same", axis.size, axis.kernel, axis.stride, axis.dilation) for axis in axes)
    return "same" if sides(axes) == same else None


def _zeros(axes: Sequence[Axis]) -> str:
    amounts = sides(axes)
    return call(f"layers.ZeroPadding{len(axes)}D", Exact(amounts if len(axes) > 1 else amounts[0]))


def _convolution(layer: Sliding, shape: Shape) -> Lines:
    axes = layer.axes(shape)
    both = any(axis.stride > 1 for axis in axes) and any(axis.dilation > 1 for axis in axes)
    padding = _named(layer.padding, axes)
    if padding is None or (both and padding != "valid"):
        yield _zeros(axes)
        padding = "valid"
    if both:
        yield remark("keras_both")
        yield _call(layer, padding=padding, strides=(1,) * layer.dimensions)
        yield call(f"layers.MaxPooling{layer.dimensions}D", 1, strides=layer.strides)
        return
    if layer.type == "DepthwiseConv2D" and len({axis.stride for axis in axes}) > 1:
        yield remark("keras_depthwise")
    yield _call(layer, padding=padding)


def _pool(layer: Pool, shape: Shape) -> Lines:
    axes = layer.axes(shape)
    padding = _named(layer.padding, axes)
    if padding is None and layer.type.startswith("Max"):
        around = ((0, 0), *sides(axes), (0, 0))
        yield remark("keras_largest")
        yield f'layers.Lambda(lambda x: keras.ops.pad(x, {around}, constant_values=float("-inf")))'
    elif padding is None:
        yield remark("keras_counted")
        yield _zeros(axes)
    elif layer.type.startswith("Average") and any(axis.before != axis.after for axis in axes):
        yield remark("keras_mean")
    yield _call(layer, padding=padding or "valid")


def _transposed(layer: Conv2DTranspose, shape: Shape) -> Lines:
    """Numbers for the padding: without padding, then cropped."""
    axes = layer.axes(shape)
    if any(axis.stride > 1 for axis in axes) and any(axis.dilation > 1 for axis in axes):
        raise ValueError(say("keras_transposed"))
    if layer.padding in ("valid", "same"):
        _check_extra(layer.output_padding, axes)  # type: ignore[arg-type]
        yield _call(layer)
        return
    ends = [axis.before + axis.size - axis.reach(size) for axis, size in zip(axes, shape, strict=False)]
    extra = tuple(max(end, 0) for end in ends)
    usual = tuple(max(axis.stride - axis.span, 0) for axis in axes)
    _check_extra(extra, axes)
    yield _call(layer, padding="valid", output_padding=None if extra == usual else extra)
    crops = tuple((axis.before, max(-end, 0)) for axis, end in zip(axes, ends, strict=True))
    if any(map(any, crops)):
        yield call("layers.Cropping2D", Exact(crops))


def _check_extra(extra: tuple[int, ...] | None, axes: Sequence[Axis]) -> None:
    for amount, axis in zip(extra or (), axes, strict=False):
        if amount >= axis.stride:
            raise ValueError(say("keras_extra", amount=amount, stride=axis.stride))
