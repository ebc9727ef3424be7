"""What the parameters of layers may be: one table from a parameter's name to its check, for all layers.

The names and defaults are Keras's. Two things go beyond it: ``padding`` also takes numbers, as PyTorch does, and "full"
and "half"; and every refusal says which layer and parameter it is about, and what would do. The page makes the same
checks in ``frontend/layers/parameters.js``.
"""

from __future__ import annotations

import difflib
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from convwidgets.core.arguments import axes_or_errors
from convwidgets.core.axis import PADDINGS
from convwidgets.core.layers.words import AXES, PAIRS, say

ACTIVATIONS = (
    "linear", "relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "softplus", "sigmoid", "tanh", "softmax",
)  # fmt: skip
"""Names of activations, as Keras writes them; None is "linear". ``leaky_relu`` has Keras's slope 0.2 below zero."""

LARGEST = 10_000_000
"""No size, count or amount is larger: products of two stay exact in every language."""


class RefusedError(Exception):
    """What a value must be instead; :func:`checked` makes the sentence."""


class Check(NamedTuple):
    """From a value and the number of spatial axes to the value as it is kept.

    Args:
        form: which of FORMS.
        arguments: what that form needs to know.
        optional: whether None is kept as it is.
    """

    form: str
    arguments: tuple[Any, ...] = ()
    optional: bool = False

    def __call__(self, value: Any, dimensions: int) -> Any:
        return None if self.optional and value is None else FORMS[self.form](value, dimensions, *self.arguments)


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
        raise kind(say("refused", owner=owner, name=name, value=repr(value), what=refused)) from None


def unknown(owner: str, wrong: str, known: Iterable[str]) -> str:
    """The sentence for a parameter that a layer does not have.

    >>> unknown("Conv2D", "kernal_size", ["filters", "kernel_size"])
    "Conv2D has no parameter 'kernal_size'. Did you mean 'kernel_size'?"
    """
    known = list(known)
    near = difflib.get_close_matches(wrong, known, n=1)
    way_out = say("meant", name=repr(near[0])) if near else say("parameters", names=", ".join(known))
    return say("parameter", owner=owner, name=repr(wrong), way_out=way_out)


def count(value: Any, dimensions: int = 0) -> int:
    """A whole number of at least 1."""
    number = _whole(value)
    if number is None or number < 1:
        raise RefusedError(say("count"))
    return _bounded(number)[0]


def one_per_axis(value: Any, dimensions: int, least: int) -> tuple[int, ...]:
    """One number for all axes, or one per axis: 2 -> (2, 2)."""
    values = list(value) if isinstance(value, list | tuple) else [value] * dimensions
    numbers = [number for number in map(_whole, values) if number is not None and number >= least]
    if len(numbers) != len(values) or len(values) != dimensions:
        per_axis = say("per_axis", axes=AXES[dimensions]) if dimensions > 1 else ""
        raise RefusedError(say("one_per_axis", least=least) + per_axis)
    return _bounded(*numbers)


def sides(value: Any, dimensions: int) -> tuple[tuple[int, int], ...]:
    """So much before and after along every axis: 1 -> ((1, 1), (1, 1))."""
    values = list(value) if isinstance(value, list | tuple) else [value] * dimensions
    pairs = [tuple(map(_whole, item if isinstance(item, list | tuple) else (item, item))) for item in values]
    kept = [(a, b) for a, b in (pair if len(pair) == 2 else (None, None) for pair in pairs) if _sizes(a, b)]
    if not len(kept) == len(values) == dimensions:
        raise RefusedError(say("sides"))
    return tuple(_bounded(a or 0, b or 0) for a, b in kept)  # type: ignore[misc]


def padding(value: Any, dimensions: int, causal: bool = True) -> str | tuple[tuple[int, int], ...]:
    """A named padding, or numbers; a series can have "causal" padding, before it only."""
    if isinstance(value, str):
        names = (*PADDINGS, *(("causal",) if causal and dimensions == 1 else ()))
        if value not in names:
            raise RefusedError(say("padding_name", names=_listed(names)) + _nearest(value, names))
        return value
    try:
        axes = axes_or_errors((1,) * dimensions, (1,) * dimensions, padding=value)
    except (TypeError, ValueError):
        axes = ()
    kept = [(axis.before, axis.after) for axis in axes if not isinstance(axis, ValueError)]
    if len(kept) != dimensions:
        raise RefusedError(say("padding_numbers", names=_listed(PADDINGS), pair=PAIRS[dimensions]))
    return tuple(_bounded(*pair) for pair in kept)  # type: ignore[misc]


def activation(value: Any, dimensions: int = 0) -> str | None:
    """The name of an activation; None for none."""
    if value is None or value in ACTIVATIONS:
        return None if value in (None, "linear") else str(value)
    nearest = _nearest(value, ACTIVATIONS) if isinstance(value, str) else ""
    raise RefusedError(say("activation", names=_listed(ACTIVATIONS)) + nearest)


def choice(value: Any, dimensions: int, *names: str) -> str:
    """One of these names."""
    if value not in names:
        raise RefusedError(" or ".join(f'"{name}"' for name in names))
    return str(value)


def yes_or_no(value: Any, dimensions: int = 0) -> bool:
    if not isinstance(value, bool):
        raise RefusedError(say("yes_or_no"))
    return value


def fraction(value: Any, dimensions: int = 0) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RefusedError(say("fraction"))
    return float(value)


def positive(value: Any, dimensions: int = 0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < float("inf"):
        raise RefusedError(say("positive"))
    return float(value)


def slope(value: Any, dimensions: int = 0) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise RefusedError(say("slope"))
    return float(value)


def shape(value: Any, dimensions: int = 0) -> tuple[int, ...]:
    """Sizes without the batch, channels last: (28, 28, 1); a lone number is a vector."""
    values = list(value) if isinstance(value, list | tuple) else [value]
    numbers = [number for number in map(_whole, values) if number is not None and number >= 1]
    if len(numbers) != len(values) or not 1 <= len(values) <= 4:
        raise RefusedError(say("shape"))
    return _bounded(*numbers)


def target(value: Any, dimensions: int = 0) -> tuple[int, ...]:
    """A shape in which one size may be −1, to be worked out."""
    values = [1 if item == -1 else item for item in value] if isinstance(value, list | tuple) else value
    if isinstance(value, list | tuple) and list(value).count(-1) > 1:
        raise RefusedError(say("one_free"))
    kept = shape(values)
    return (
        tuple(-1 if item == -1 else size for item, size in zip(value, kept, strict=True)) if values != value else kept
    )


def text(value: Any, dimensions: int = 0) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RefusedError(say("text"))
    return value


FORMS: Mapping[str, Callable[..., Any]] = {
    form.__name__: form
    for form in (
        activation, choice, count, fraction, one_per_axis, padding, positive, shape, sides, slope, target, text,
        yes_or_no,
    )
}  # fmt: skip

CHECKS: Mapping[str, Check] = {
    "activation": Check("activation"),
    "center": Check("yes_or_no"),
    "cropping": Check("sides"),
    "depth_multiplier": Check("count"),
    "dilation_rate": Check("one_per_axis", (1,)),
    "epsilon": Check("positive"),
    "filters": Check("count"),
    "groups": Check("count"),
    "interpolation": Check("choice", ("nearest", "bilinear")),
    "keepdims": Check("yes_or_no"),
    "kernel_size": Check("one_per_axis", (1,)),
    "momentum": Check("fraction"),
    "name": Check("text", optional=True),
    "negative_slope": Check("slope"),
    "output_padding": Check("one_per_axis", (0,), optional=True),
    "padding": Check("padding"),
    "pool_size": Check("one_per_axis", (1,)),
    "rate": Check("fraction"),
    "scale": Check("yes_or_no"),
    "shape": Check("shape"),
    "size": Check("one_per_axis", (1,)),
    "strides": Check("one_per_axis", (1,)),
    "target_shape": Check("target"),
    "units": Check("count"),
    "use_bias": Check("yes_or_no"),
}


def _whole(value: Any) -> int | None:
    try:
        return None if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return None


def _bounded(*numbers: int) -> tuple[int, ...]:
    if max(numbers) > LARGEST:
        raise RefusedError(say("largest", most=f"{LARGEST:,}"))
    return numbers


def _sizes(*numbers: int | None) -> bool:
    return all(number is not None and number >= 0 for number in numbers)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _nearest(value: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(value.lower(), list(names), n=1)
    return say("perhaps", name=near[0]) if near else ""


def _kind_fits(value: Any) -> bool:
    """Whole numbers, fractions and texts, alone or listed, have the right kind and the wrong value."""
    items = value if isinstance(value, list | tuple) else [value]
    return all(isinstance(item, int | float | str | list | tuple) and not isinstance(item, bool) for item in items)
