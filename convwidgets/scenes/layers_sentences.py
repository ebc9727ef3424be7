"""What the page says of a layer: how its shape comes about, what its weights are, what one output sees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

from convwidgets.core.axis import Axis
from convwidgets.core.layers.convolutions import Conv, Conv2DTranspose, Sliding
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.pools import GlobalPool, Pool
from convwidgets.core.layers.separable import DepthwiseConv2D, SeparableConv2D
from convwidgets.core.layers.stack import Row
from convwidgets.core.layers.tables import memory
from convwidgets.scenes.base import shown, times
from convwidgets.scenes.layers_fields import effective, written
from convwidgets.scenes.layers_words import SAYS, TABLE


def shape_words(shape: Shape) -> str:
    """'62 × 42 × 16'."""
    return times(shape)


def model_says(rows: Sequence[Row]) -> str:
    """The sentence for the whole stack, shown while no row is selected."""
    params = sum(row.params for row in rows)
    count = len(rows) - 1
    layers = TABLE["layers_one"] if count == 1 else TABLE["layers_many"].format(count=count)
    if not params:
        return SAYS["model_free"].format(layers=layers, values=f"{prod(rows[-1].output_shape):,}")
    most = max(rows, key=lambda row: row.params)
    return SAYS["model"].format(
        layers=layers, params=f"{params:,}", memory=memory(params), adds=f"{sum(row.multiply_adds for row in rows):,}",
        most=f"{most.params:,}", name=most.name, share=percent(most.params, params),
    )  # fmt: skip


def percent(part: int, whole: int) -> str:
    """A share in words: a digit after the point below 10 %.

    >>> percent(12560, 22529), percent(17, 22529), percent(1, 10**6), percent(5, 5)
    ('56 %', '0.1 %', 'less than 0.1 %', 'all')
    """
    if part == whole:
        return SAYS["all"]
    tenths = (2000 * part + whole) // (2 * whole)
    if tenths >= 100:
        return f"{(200 * part + whole) // (2 * whole)} %"
    return f"{tenths // 10}.{tenths % 10} %" if tenths else "less than 0.1 %"


def says(row: Row, rows: Sequence[Row]) -> str:
    """The whole sentence of a row.

    >>> from convwidgets.core.layers import Conv2D, Input, Sequential
    >>> stack = Sequential([Input((31, 21, 16)), Conv2D(16, 7, padding="same")])
    >>> print(says(stack.rows[1], stack.rows))
    conv2d: “same” with stride 1 keeps 31 × 21. Each of its 16 filters has 7·7·16 weights and one bias: \
(7·7·16 + 1)·16 = 12,560 parameters, all of the model. One output sees 7 × 7 of the 31 × 21 input positions.
    """
    if row.number == 0:
        return SAYS["input"].format(
            name=row.name, shape=shape_words(row.output_shape), values=f"{prod(row.output_shape):,}"
        )
    parts = [happens(row), weighs(row, rows), sees(row, rows)]
    return f"{row.name}: " + " ".join(part for part in parts if part)


def sees(row: Row, rows: Sequence[Row]) -> str:
    """How much of the input one output sees."""
    grid, field = rows[0].output_shape[:-1], row.receptive_field
    if not field:
        return ""
    return SAYS["sees_all"] if field == grid else SAYS["sees"].format(field=times(field), input=times(grid))


def weighs(row: Row, rows: Sequence[Row]) -> str:
    """The number of parameters, with its formula and its share of the model."""
    if not row.params:
        return SAYS["none"] if isinstance(row.layer, Pool) else ""
    formula = row.layer.params_formula(row.input_shape)
    text = SAYS["params"].format(weights=_weights(row), formula=formula, params=f"{row.params:,}")
    if frozen := row.params - row.trainable_params:
        text += SAYS["frozen"].format(count=f"{frozen:,}")
    return text + SAYS["share"].format(share=percent(row.params, sum(other.params for other in rows))) + "."


def _weights(row: Row) -> str:
    layer, kind = row.layer, row.layer.type
    if isinstance(layer, SeparableConv2D):
        return SAYS["separable"]
    if kind == "BatchNormalization":
        return ", ".join(weight.name for weight in row.weights).replace("_", " ").capitalize()
    product, count = _filter(row)
    what = SAYS["weights_bias" if getattr(layer, "use_bias", False) else "weights"].format(product=product)
    if isinstance(layer, DepthwiseConv2D):
        return SAYS["channel_filters"].format(count=count, weights=what)
    group = "units" if kind == "Dense" else "filters"
    return SAYS[f"{group}_one" if count == 1 else f"{group}_many"].format(count=f"{count:,}", weights=what)


def _filter(row: Row) -> tuple[str, int]:
    """The weights of one filter as a product, and how many filters there are."""
    layer, channels = row.layer, row.input_shape[-1]
    if isinstance(layer, DepthwiseConv2D):
        return "·".join(map(str, layer.taps)), row.output_shape[-1]
    if isinstance(layer, Sliding):
        groups = layer.groups if isinstance(layer, Conv) else 1
        return "·".join(map(str, (*layer.taps, channels // groups))), row.output_shape[-1]
    return str(channels), row.output_shape[-1]


def happens(row: Row) -> str:
    """What the layer does to the shape, with the numbers of the formula."""
    layer = row.layer
    ancestry = [kind.__name__ for kind in type(layer).__mro__]
    return next((sentence(row, layer) for name, sentence in _HAPPENS if name in ancestry), "")


def _sizes(row: Row) -> dict[str, str]:
    return {"input": times(row.input_shape[:-1]), "output": times(row.output_shape[:-1])}


def _windows(row: Row, layer: Any) -> str:
    sizes, axes = _sizes(row), layer.axes(row.input_shape)
    if row.input_shape[:-1] == row.output_shape[:-1] and isinstance(layer.padding, str):
        stride = written("strides", effective(layer, "strides"))
        return SAYS["keeps"].format(padding=layer.padding, stride=stride, sizes=sizes["input"])
    return SAYS["windows"].format(**sizes, formula=_each([_size(axis) for axis in axes]))


def _size(axis: Axis) -> str:
    padding = axis.before + axis.after
    return SAYS["size"].format(
        output=axis.output, input=axis.size, span=axis.span, stride=axis.stride,
        padding=SAYS["padded"].format(padding=padding) if padding else "",
    )  # fmt: skip


def _each(formulas: list[str]) -> str:
    """One formula where it is the same along all axes."""
    return formulas[0] if len(set(formulas)) == 1 else ", ".join(formulas)


def _stamps(row: Row, layer: Any) -> str:
    axes = layer.axes(row.input_shape)
    formulas = [_stamped(axis, size) for axis, size in zip(axes, row.input_shape, strict=False)]
    return SAYS["stamps"].format(**_sizes(row), formula=_each(formulas))


def _stamped(axis: Axis, size: int) -> str:
    crop, extra = axis.before + axis.after, axis.padded - axis.reach(size)
    return SAYS["stamped"].format(
        output=axis.size, input=size, stride=axis.stride, span=axis.span,
        cropped=SAYS["cropped"].format(amount=crop) if crop else "",
        extra=SAYS["extra"].format(amount=extra) if extra > 0 else "",
    )  # fmt: skip


def _enlarged(row: Row, layer: Any) -> str:
    return SAYS["enlarged"].format(**_sizes(row), size=times(layer.size), how=layer.interpolation)


def _flatten(row: Row, layer: Layer) -> str:
    factors = "·".join(map(str, row.input_shape))
    return SAYS["flatten"].format(factors=factors, values=f"{prod(row.input_shape):,}")


def _normalized(row: Row, layer: Layer) -> str:
    return SAYS["normalized"].format(channels=row.input_shape[-1])


def _reshape(row: Row, layer: Layer) -> str:
    return SAYS["reshape"].format(values=f"{prod(row.input_shape):,}", shape=shape_words(row.output_shape))


def _pooled(row: Row, layer: Layer) -> str:
    return SAYS["channels"].format(positions=times(row.input_shape[:-1]), channels=row.input_shape[-1])


def _plain(name: str) -> Callable[[Row, Any], str]:
    """A sentence that needs the sizes, the values and what the layer is set to."""

    def sentence(row: Row, layer: Any) -> str:
        return SAYS[name].format(
            **_sizes(row), values=f"{prod(row.input_shape):,}",
            activation=getattr(layer, "activation", None) or "linear",
            slope=shown(getattr(layer, "negative_slope", 0)), rate=shown(getattr(layer, "rate", 0)),
        )  # fmt: skip

    return sentence


_HAPPENS: list[tuple[str, Callable[[Row, Any], str]]] = [
    (Conv2DTranspose.__name__, _stamps),
    (Sliding.__name__, _windows),
    (Pool.__name__, _windows),
    (GlobalPool.__name__, _pooled),
    ("UpSampling2D", _enlarged),
    ("ZeroPadding2D", _plain("surrounded")),
    ("Cropping2D", _plain("cut")),
    ("Flatten", _flatten),
    ("Reshape", _reshape),
    ("Activation", _plain("activation")),
    ("LeakyReLU", _plain("leaky")),
    ("Dropout", _plain("dropout")),
    ("BatchNormalization", _normalized),
]
"""By kind, or by what kinds have in common, the sentence of what happens to the shape."""
