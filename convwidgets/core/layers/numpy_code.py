"""NumPy code for a layer or a stack: calls of convwidgets, and NumPy for what is a single expression."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from convwidgets.core.axis import PADDINGS, Axis
from convwidgets.core.layers import convolutions, pools, resizing, separable, vectors
from convwidgets.core.layers.code import Exact, Lines, call, remark, sides, text, written
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.stack import Row
from convwidgets.core.layers.tables import Text
from convwidgets.core.layers.words import say
from convwidgets.core.pooling_axis import PoolAxis

ACTIVATIONS = {
    "relu": "np.maximum(x, 0)", "relu6": "np.clip(x, 0, 6)", "leaky_relu": "np.where(x > 0, x, 0.2 * x)",
    "elu": "np.where(x > 0, x, np.expm1(np.minimum(x, 0)))",
    "selu": "1.0507009873554805 * np.where(x > 0, x, 1.6732632423543772 * np.expm1(np.minimum(x, 0)))",
    "gelu": "x * special.ndtr(x)", "silu": "x * special.expit(x)", "softplus": "np.logaddexp(x, 0)",
    "sigmoid": "special.expit(x)", "tanh": "np.tanh(x)", "softmax": "special.softmax(x, axis=-1)",
}  # fmt: skip
"""Keras's name of an activation and the expression that computes it."""


def numpy_code(rows: Sequence[Row]) -> Text:
    """Code that makes the stack as the function ``model``."""
    body = written(rows, "NumPy", _with_weights, end="")
    used = "\n".join(body)
    imports = ["import numpy as np"] + ["from scipy import special"] * ("special." in used)
    imports += ["", "import convwidgets as cw"] * ("cw." in used)
    shapes = [f"    {each.shape},  # {plain(row.name)} {each.name}" for row in rows for each in row.weights]
    listed = ["shapes = [", *shapes, "]"] if shapes else ["shapes = []"]
    doc = say("numpy_model", input=rows[0].output_shape, output=rows[-1].output_shape)
    head = [
        "def model(x, weights):",
        f'    """{doc}"""',
        "    x = np.asarray(x)",
        *["    array = iter(weights)"] * bool(shapes),
    ]
    lines = [*head, *(f"    {line}" for line in body), "    return x"]
    return Text("\n".join([*imports, "", remark("numpy_shapes"), *listed, "", "", *lines]))


def _with_weights(row: Row) -> Lines:
    """The statements of a layer, after a comment with its name, and its arrays by name."""
    if isinstance(row.layer, vectors.Input):
        return
    yield remark("numpy_layer", name=plain(row.name), shape=row.output_shape)
    if row.weights:
        yield f"{', '.join(each.name for each in row.weights)} = {', '.join(['next(array)'] * len(row.weights))}"
    yield from numpy_lines(row.layer, row.input_shape)


def numpy_lines(layer: Layer, shape: Shape) -> Lines:
    """The layer as statements.

    >>> from convwidgets.core.layers import Conv2D
    >>> list(numpy_lines(Conv2D(8, 3, padding="same", activation="relu"), (7, 7, 3)))
    ['x = cw.conv2d(x, kernel, bias=bias, padding="same")', 'x = np.maximum(x, 0)']
    """
    yield from _WRITERS[type(layer)](layer, shape)
    if getattr(layer, "activation", None) is not None:
        yield f"x = {ACTIVATIONS[layer.activation]}"  # type: ignore[attr-defined]


def plain(name: str) -> str:
    """A name within a comment: on one line whatever is in it."""
    return text(name)[1:-1]


def _x(name: str, *values: Any, **named: Any) -> str:
    return f"x = {call(name, Exact('x'), *values, **named)}"


def _options(**options: Any) -> dict[str, Any]:
    """Those that are not the default of convwidgets."""
    defaults = {"stride": {1}, "dilation": {1}, "groups": {1}, "output_padding": {0}, "padding": {"valid"}}
    return {
        name: value
        for name, value in options.items()
        if (set(value) if isinstance(value, tuple) else {value}) != defaults[name]
    }


def amounts(pairs: Sequence[tuple[int, int]]) -> Any:
    """Padding in numbers as briefly as it goes: 1, (1, 2) or ((0, 1), (2, 0)); "valid" for none."""
    if not any(map(any, pairs)):
        return "valid"
    if any(before != after for before, after in pairs):
        return Exact(tuple(pairs))
    return tuple(before for before, _ in pairs)


def _padding(layer: Any, axes: Sequence[Axis]) -> Any:
    return layer.padding if layer.padding in PADDINGS else amounts(sides(axes))


def _bias(layer: Any) -> dict[str, Any]:
    return {"bias": Exact("bias")} if layer.use_bias else {}


def _windows(layer: Any, shape: Shape) -> dict[str, Any]:
    padding = _padding(layer, layer.axes(shape))
    return {"stride": layer.strides, "padding": padding, "dilation": layer.dilation_rate}


def _conv(layer: Any, shape: Shape) -> Lines:
    options = _options(**_windows(layer, shape), groups=layer.groups)
    yield _x(f"cw.conv{layer.dimensions}d", Exact("kernel"), **_bias(layer), **options)


def _apart(layer: Any, shape: Shape, kernel: str, **bias: Any) -> Lines:
    """One group for every channel: the filters of all channels stand side by side."""
    bank = (*layer.kernel_size, 1, shape[-1] * layer.depth_multiplier)
    yield f"{kernel} = {call('np.reshape', Exact(kernel), Exact(bank))}"
    options = _options(**_windows(layer, shape), groups=shape[-1])
    yield _x("cw.conv2d", Exact(kernel), **bias, **options)


def _depthwise(layer: Any, shape: Shape) -> Lines:
    yield from _apart(layer, shape, "kernel", **_bias(layer))


def _separable(layer: Any, shape: Shape) -> Lines:
    yield from _apart(layer, shape, "depthwise_kernel")
    yield _x("cw.conv2d", Exact("pointwise_kernel"), **_bias(layer))


def _transposed(layer: Any, shape: Shape) -> Lines:
    padding, extra = layer.settled_padding()
    padding = padding if padding in PADDINGS else 0 if amounts(padding) == "valid" else amounts(padding)
    options = _options(stride=layer.strides, padding=padding, dilation=layer.dilation_rate, output_padding=extra)
    yield _x("cw.conv_transpose2d", Exact("kernel"), **_bias(layer), **options)


def _pool(name: str) -> Callable[[Any, Shape], Lines]:
    def lines(layer: Any, shape: Shape) -> Lines:
        axes = layer.axes(shape)
        for axis in axes:  # refuses a window of nothing but padding
            PoolAxis(axis.size, axis.kernel, axis.stride, axis.dilation, axis.before, axis.after)
        steps = {} if layer.steps == layer.pool_size else {"stride": layer.steps}
        options = _options(padding=_padding(layer, axes))
        yield _x(f"cw.{name}_pool{layer.dimensions}d", layer.pool_size, **steps, **options)

    return lines


def _global(name: str) -> Callable[[Any, Shape], Lines]:
    def lines(layer: Any, shape: Shape) -> Lines:
        kept = {"keepdims": True} if layer.keepdims else {}
        yield f"x = {call(f'x.{name}', axis=Exact((0, 1)), **kept)}"

    return lines


def _upsampling(layer: Any, shape: Shape) -> Lines:
    method = {} if layer.interpolation == "nearest" else {"method": layer.interpolation}
    yield _x("cw.resize", layer.output_shape(shape)[:-1], **method)


def _zero_padding(layer: Any, shape: Shape) -> Lines:
    yield _x("np.pad", Exact((*layer.padding, (0, 0))))


def _cropping(layer: Any, shape: Shape) -> Lines:
    kept = zip(layer.cropping, shape, strict=False)
    yield f"x = x[{', '.join(f'{before}:{size - after}' for (before, after), size in kept)}]"


def _dense(layer: Any, shape: Shape) -> Lines:
    yield "x = x @ kernel + bias" if layer.use_bias else "x = x @ kernel"


def _reshape(layer: Any, shape: Shape) -> Lines:
    yield f"x = {call('x.reshape', Exact(layer.output_shape(shape)))}"


def _normalization(layer: Any, shape: Shape) -> Lines:
    scale, shift = "gamma * " * layer.scale, " + beta" * layer.center
    yield f"x = {scale}(x - moving_mean) / np.sqrt(moving_variance + {layer.epsilon}){shift}"


def _same(code: str) -> Callable[[Any, Shape], Lines]:
    return lambda layer, shape: iter([remark(code)] if getattr(layer, "activation", None) is None else [])


_WRITERS: dict[type[Layer], Callable[[Any, Shape], Lines]] = {
    vectors.Input: lambda layer, shape: iter(()),
    vectors.Dense: _dense,
    vectors.Flatten: lambda layer, shape: iter(["x = x.reshape(-1)"]),
    vectors.Reshape: _reshape,
    vectors.Activation: _same("numpy_same"),
    vectors.LeakyReLU: lambda layer, shape: iter([f"x = np.where(x > 0, x, {layer.negative_slope} * x)"]),
    vectors.BatchNormalization: _normalization,
    vectors.Dropout: _same("numpy_dropout"),
    convolutions.Conv1D: _conv,
    convolutions.Conv2D: _conv,
    convolutions.Conv3D: _conv,
    separable.DepthwiseConv2D: _depthwise,
    separable.SeparableConv2D: _separable,
    convolutions.Conv2DTranspose: _transposed,
    pools.MaxPooling1D: _pool("max"),
    pools.MaxPooling2D: _pool("max"),
    pools.AveragePooling1D: _pool("avg"),
    pools.AveragePooling2D: _pool("avg"),
    pools.GlobalAveragePooling2D: _global("mean"),
    pools.GlobalMaxPooling2D: _global("max"),
    resizing.UpSampling2D: _upsampling,
    resizing.ZeroPadding2D: _zero_padding,
    resizing.Cropping2D: _cropping,
}
