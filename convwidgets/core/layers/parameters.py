"""What the parameters of layers may be: one table from a parameter's name to its check, for all layers.

The names and defaults are Keras's. Two things go beyond it: ``padding`` also takes numbers, as PyTorch does, and "full"
and "half"; and every refusal says which layer and parameter it is about, and what would do.
"""

from __future__ import annotations

import difflib
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from convwidgets.core.arguments import axes_or_errors
from convwidgets.core.axis import PADDINGS

Check: TypeAlias = "Callable[[Any, int], Any]"
"""From a value and the number of spatial axes to the value as it is kept."""

ACTIVATIONS = (
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax",
)  # fmt: skip
"""Names of activations, as Keras writes them; None is "linear". ``leaky_relu`` has Keras's slope 0.2 below zero."""

_AXES = {1: "(length,)", 2: "(rows, columns)", 3: "(depth, rows, columns)"}


class RefusedError(Exception):
    """What a value must be instead; :func:`checked` makes the sentence."""


def checked(owner: str, name: str, value: Any, check: Check, dimensions: int) -> Any:
    """The value as the layer keeps it.

    >>> checked("Conv2D", "strides", [2, 1], CHECKS["strides"], 2)
    (2, 1)
    >>> checked("Conv2D", "filters", 0, CHECKS["filters"], 2)
    Traceback (most recent call last):
    ValueError: Conv2D(filters=0): filters must be a whole number of at least 1.
    """
    try:
        return check(value, dimensions)
    except RefusedError as refused:
        kind = ValueError if _kind_fits(value) else TypeError
        raise kind(f"{owner}({name}={value!r}): {name} must be {refused}.") from None


def unknown(owner: str, wrong: str, known: Iterable[str]) -> str:
    """The sentence for a parameter that a layer does not have.

    >>> unknown("Conv2D", "kernal_size", ["filters", "kernel_size"])
    "Conv2D has no parameter 'kernal_size'. Did you mean 'kernel_size'?"
    """
    known = list(known)
    if near := difflib.get_close_matches(wrong, known, n=1):
        return f"{owner} has no parameter {wrong!r}. Did you mean {near[0]!r}?"
    return f"{owner} has no parameter {wrong!r}. It has {', '.join(known)}."


def count(value: Any, dimensions: int = 0) -> int:
    """A whole number of at least 1."""
    number = _whole(value)
    if number is None or number < 1:
        raise RefusedError("a whole number of at least 1")
    return number


def one_per_axis(least: int) -> Check:
    """One number for all axes, or one per axis: 2 -> (2, 2)."""

    def check(value: Any, dimensions: int) -> tuple[int, ...]:
        values = list(value) if isinstance(value, list | tuple) else [value] * dimensions
        numbers = [number for number in map(_whole, values) if number is not None and number >= least]
        if len(numbers) != len(values) or len(values) != dimensions:
            per_axis = f", or one per axis {_AXES[dimensions]}" if dimensions > 1 else ""
            raise RefusedError(f"a whole number of at least {least}{per_axis}")
        return tuple(numbers)

    return check


def sides(value: Any, dimensions: int) -> tuple[tuple[int, int], ...]:
    """So much before and after along every axis: 1 -> ((1, 1), (1, 1))."""
    values = list(value) if isinstance(value, list | tuple) else [value] * dimensions
    pairs = [tuple(map(_whole, item if isinstance(item, list | tuple) else (item, item))) for item in values]
    kept = [(a, b) for a, b in (pair if len(pair) == 2 else (None, None) for pair in pairs) if _sizes(a, b)]
    if len(kept) != dimensions:
        raise RefusedError("a whole number from 0 on, one per axis, or ((top, bottom), (left, right))")
    return tuple((int(a or 0), int(b or 0)) for a, b in kept)


def padding(value: Any, dimensions: int) -> str | tuple[tuple[int, int], ...]:
    """A named padding, or numbers."""
    if isinstance(value, str):
        names = (*PADDINGS, *(("causal",) if dimensions == 1 else ()))
        if value not in names:
            raise RefusedError(", ".join(f'"{name}"' for name in names) + ", or numbers" + _nearest(value, names))
        return value
    try:
        axes = axes_or_errors((1,) * dimensions, (1,) * dimensions, padding=value)
    except (TypeError, ValueError):
        axes = ()
    kept = [(axis.before, axis.after) for axis in axes if not isinstance(axis, ValueError)]
    if len(kept) != dimensions:
        listed = ", ".join(f'"{name}"' for name in PADDINGS)
        pair = "((before, after),)" if dimensions == 1 else "((top, bottom), (left, right))"
        raise RefusedError(f"{listed}, a number per side from 0 on, one per axis, or {pair}")
    return tuple(kept)


def activation(value: Any, dimensions: int = 0) -> str | None:
    """The name of an activation; None for none."""
    if value is None or value in ACTIVATIONS:
        return None if value in (None, "linear") else str(value)
    names = ", ".join(f'"{name}"' for name in ACTIVATIONS)
    raise RefusedError(f"None or one of {names}" + (_nearest(value, ACTIVATIONS) if isinstance(value, str) else ""))


def choice(*names: str) -> Check:
    """One of these names."""

    def check(value: Any, dimensions: int) -> str:
        if value not in names:
            raise RefusedError(" or ".join(f'"{name}"' for name in names))
        return str(value)

    return check


def yes_or_no(value: Any, dimensions: int = 0) -> bool:
    if not isinstance(value, bool):
        raise RefusedError("True or False")
    return value


def fraction(value: Any, dimensions: int = 0) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RefusedError("a number from 0 to 1")
    return value


def positive(value: Any, dimensions: int = 0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise RefusedError("a number above 0")
    return value


def slope(value: Any, dimensions: int = 0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise RefusedError("a number from 0 on")
    return value


def shape(value: Any, dimensions: int = 0) -> tuple[int, ...]:
    """Sizes without the batch, channels last: (28, 28, 1); a lone number is a vector."""
    values = list(value) if isinstance(value, list | tuple) else [value]
    numbers = [number for number in map(_whole, values) if number is not None and number >= 1]
    if len(numbers) != len(values) or not 1 <= len(values) <= 4:
        raise RefusedError("one to four whole numbers of at least 1, channels last, no batch, as (28, 28, 1)")
    return tuple(numbers)


def target(value: Any, dimensions: int = 0) -> tuple[int, ...]:
    """A shape in which one size may be −1, to be worked out."""
    values = [1 if item == -1 else item for item in value] if isinstance(value, list | tuple) else value
    if isinstance(value, list | tuple) and list(value).count(-1) > 1:
        raise RefusedError("a shape with at most one -1, the size to be worked out")
    kept = shape(values)
    return (
        tuple(-1 if item == -1 else size for item, size in zip(value, kept, strict=True)) if values != value else kept
    )


def optional(check: Check) -> Check:
    """The same, or None."""
    return lambda value, dimensions: None if value is None else check(value, dimensions)


def text(value: Any, dimensions: int = 0) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RefusedError("a text that is not empty")
    return value


CHECKS: Mapping[str, Check] = {
    "activation": activation,
    "center": yes_or_no,
    "cropping": sides,
    "depth_multiplier": count,
    "dilation_rate": one_per_axis(1),
    "epsilon": positive,
    "filters": count,
    "groups": count,
    "interpolation": choice("nearest", "bilinear"),
    "keepdims": yes_or_no,
    "kernel_size": one_per_axis(1),
    "momentum": fraction,
    "name": optional(text),
    "negative_slope": slope,
    "output_padding": optional(one_per_axis(0)),
    "padding": padding,
    "pool_size": one_per_axis(1),
    "rate": fraction,
    "scale": yes_or_no,
    "shape": shape,
    "size": one_per_axis(1),
    "strides": one_per_axis(1),
    "target_shape": target,
    "units": count,
    "use_bias": yes_or_no,
}


def _whole(value: Any) -> int | None:
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None


def _sizes(*numbers: int | None) -> bool:
    return all(number is not None and number >= 0 for number in numbers)


def _nearest(value: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(value.lower(), list(names), n=1)
    return f' (perhaps you mean "{near[0]}")' if near else ""


def _kind_fits(value: Any) -> bool:
    """Whole numbers, fractions and texts, alone or listed, have the right kind and the wrong value."""
    items = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(item, int | float | str | list | tuple) and not isinstance(item, bool) for item in items)
