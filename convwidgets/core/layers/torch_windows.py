"""Convolutions and pools in PyTorch: which padding and modes give the windows of our axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from convwidgets.core.axis import Axis
from convwidgets.core.layers.code import Exact, Lines, call, remark, sides
from convwidgets.core.layers.layer import Shape


def given(**options: Any) -> dict[str, Any]:
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
    if any(windows_in_torch(axis) != axis.output for axis in axes):
        return None
    return tuple(axis.before for axis in axes)


def pad(axes: Sequence[Axis]) -> tuple[int, ...]:
    """PyTorch's order: the last axis first, before and after each."""
    return tuple(side for pair in reversed(sides(axes)) for side in pair)


def _padded(axes: Sequence[Axis], name: str, *values: Any, **options: Any) -> Lines:
    padding = _symmetric(axes)
    if padding is None:
        yield call(f"nn.ZeroPad{len(axes)}d", Exact(pad(axes)))
    steps, rates = tuple(axis.stride for axis in axes), tuple(axis.dilation for axis in axes)
    yield call(name, *values, **given(stride=steps, padding=padding or (0,), dilation=rates, **options))


def conv(layer: Any, shape: Shape) -> Lines:
    options = {"groups": layer.groups, "bias": layer.use_bias}
    yield from _padded(
        layer.axes(shape), f"nn.Conv{layer.dimensions}d", shape[-1], layer.filters, layer.kernel_size, **options
    )


def depthwise(layer: Any, shape: Shape) -> Lines:
    filters = shape[-1] * layer.depth_multiplier
    options = {"groups": shape[-1], "bias": layer.use_bias}
    yield from _padded(layer.axes(shape), "nn.Conv2d", shape[-1], filters, layer.kernel_size, **options)


def separable(layer: Any, shape: Shape) -> Lines:
    between = shape[-1] * layer.depth_multiplier
    yield from _padded(
        layer.axes(shape), "nn.Conv2d", shape[-1], between, layer.kernel_size, groups=shape[-1], bias=False
    )
    yield call("nn.Conv2d", between, layer.filters, 1, **given(bias=layer.use_bias))


def transposed(layer: Any, shape: Shape) -> Lines:
    axes = layer.axes(shape)
    places = [_place(axis, size) for axis, size in zip(axes, shape, strict=False)]
    padding, extra, *crops = zip(*places, strict=True)
    options = {"padding": padding, "output_padding": extra, "bias": layer.use_bias, "dilation": layer.dilation_rate}
    yield call(
        "nn.ConvTranspose2d", shape[-1], layer.filters, layer.kernel_size, **given(stride=layer.strides, **options)
    )
    if any(map(any, crops)):
        yield remark("torch_crop")
        sides_last_first = reversed(list(zip(*crops, strict=True)))
        yield call("nn.ZeroPad2d", Exact(tuple(-side for pair in sides_last_first for side in pair)))


def _place(axis: Axis, size: int) -> tuple[int, int, int, int]:
    """PyTorch's padding and output padding along an axis, and what is then cropped at the start and at the end."""
    beyond = axis.before + axis.size - axis.reach(size)  # of the last stamp
    padding = min(axis.before, max(axis.stride, axis.dilation) - 1 - beyond)
    extra = max(beyond + padding, 0)
    return padding, extra, axis.before - padding, extra - beyond - padding


def pool(kind: str, border: str) -> Callable[[Any, Shape], Lines]:
    def lines(layer: Any, shape: Shape) -> Lines:
        axes, name = layer.axes(shape), f"nn.{kind}Pool{layer.dimensions}d"
        options: dict[str, Any] = {"padding": tuple(axis.before for axis in axes)}
        if kind == "Avg" and any(options["padding"]):
            options["count_include_pad"] = False
        ceil = _ceil_mode(axes)
        if ceil is None:
            options = {}
            if kind == "Avg":
                yield remark("torch_counted")
            yield call(f"nn.ConstantPad{len(axes)}d", Exact(pad(axes)), Exact(border))
        steps = tuple(axis.stride for axis in axes)
        shown = {} if steps == layer.pool_size else {"stride": steps}
        counted = {} if options.pop("count_include_pad", True) else {"count_include_pad": False}
        yield call(name, layer.pool_size, **shown, **given(**options, ceil_mode=bool(ceil)), **counted)

    return lines


def _ceil_mode(axes: Sequence[Axis]) -> bool | None:
    """Whether the last windows need ceil_mode; None where PyTorch has no such windows."""
    if any(axis.before > axis.kernel // 2 for axis in axes):
        return None
    for ceil in (False, True):
        if all(windows_in_torch(axis, ceil) == axis.output for axis in axes):
            return ceil
    return None


def windows_in_torch(axis: Axis, ceil: bool = False) -> int:
    """How many windows PyTorch has with ``before`` on both sides; no last one of padding alone with ``ceil``."""
    room = axis.size + 2 * axis.before - axis.span
    if room < 0:
        return 0
    windows = (-(-room // axis.stride) if ceil else room // axis.stride) + 1
    return windows - 1 if ceil and (windows - 1) * axis.stride >= axis.size + axis.before else windows
