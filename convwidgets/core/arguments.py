"""Validation at the border: arrays, one-value-or-one-per-axis, padding in all its forms. What passes is trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convwidgets.core.axis import PADDINGS, Axis, named_padding, whole

Array: TypeAlias = NDArray[Any]
PerAxis: TypeAlias = int | Sequence[int]
Padding: TypeAlias = str | int | Sequence[int | Sequence[int]]
Geometry = TypeVar("Geometry")  # of one axis: an Axis, or what is built on one

_NOT_NUMBERS = {
    "c": ("complex numbers", "Treat the real and the imaginary part one after the other."),
    "U": ("text", "Convert it first, for example with np.asarray(values, dtype=float)."),
    "S": ("bytes", "Convert it first, for example with np.frombuffer(data, dtype=np.uint8)."),
    "O": ("objects", "Give numbers that NumPy knows, and rows of equal length."),
}


def real_array(values: ArrayLike, name: str) -> Array:
    """A NumPy array of integers or floats, not copied where that can be avoided; booleans count as 0 and 1.

    Args:
        values: an array or nested lists; any memory layout, read-only ones too.
        name: what to call it in a message: "input", "kernel", …

    Raises:
        TypeError: for text, objects, complex numbers and all else that is not real.
        ValueError: for rows of unequal length.

    >>> real_array([[True, False]], "input")
    array([[1, 0]], dtype=uint8)
    """
    try:
        array = np.asarray(values)
    except ValueError:
        raise ValueError(f"The {name} has rows of unequal length. Give every row the same number of values.") from None
    if array.dtype.kind == "b":
        return array.view(np.uint8)
    if array.dtype.kind in "iuf" and array.dtype.itemsize <= 8:
        return array
    what, remedy = _NOT_NUMBERS.get(
        array.dtype.kind, ("values", "Convert it to integers or floats of at most 64 bits.")
    )
    raise TypeError(f"The {name} holds {what} ({array.dtype}), but it must hold real numbers. {remedy}")


def refuse_empty(shape: tuple[int, ...], name: str) -> None:
    """Refuse a shape with a zero in it."""
    if 0 in shape:
        raise ValueError(f"The {name} has the shape {shape}, but it needs at least 1 value along every axis.")


def per_axis(value: PerAxis, count: int, name: str) -> tuple[int, ...]:
    """One whole number for all axes, or one per axis, as a tuple.

    >>> per_axis(2, 3, "stride"), per_axis([1, 2], 2, "stride")
    ((2, 2, 2), (1, 2))
    """
    values = _listed(value)
    if values is None:
        return (whole(value, name),) * count
    if len(values) != count:
        raise ValueError(f"The {name} has {_count(values)} for {_axes(count)}. Give one number, or one per axis.")
    return tuple(whole(item, name) for item in values)


def axes_for(
    shape: Sequence[int],
    kernel_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
) -> tuple[Axis, ...]:
    """The geometry along every spatial axis.

    Args:
        shape: spatial sizes of the input, such as (H, W).
        kernel_shape: spatial sizes of the kernel, as many.
        stride, dilation: one number, or one per axis.
        padding: "valid", "same", "full", "half", a number per side, one per axis, or ((top, bottom), (left, right)).

    Raises:
        TypeError, ValueError: for values that are none of these, and for the first axis without an output.

    >>> [axis.output for axis in axes_for((7, 6), (3, 3), stride=2, padding="same")]
    [4, 3]
    """
    found = axes_or_errors(shape, kernel_shape, stride=stride, padding=padding, dilation=dilation)
    return settled(found, f"the input {tuple(shape)} and the kernel {tuple(kernel_shape)}")


def settled(found: Sequence[Geometry | ValueError], whose: str) -> tuple[Geometry, ...]:
    """The geometry along every axis; raises the first error there is, with a note that says on which axis."""
    for number, axis in enumerate(found):
        if isinstance(axis, ValueError):
            axis.add_note(f"This is axis {number} of {whose}.")
            raise axis
    return tuple(axis for axis in found if not isinstance(axis, ValueError))


def axes_or_errors(
    shape: Sequence[int],
    kernel_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
) -> tuple[Axis | ValueError, ...]:
    """Like :func:`axes_for`, but an axis without an output is given as its ValueError instead of raising it.

    Values of the wrong kind still raise: they are mistakes, not settings.

    >>> axes_or_errors((7, 2), (3, 3))[1]
    ValueError('The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). \
Add 1 of padding, or use a smaller kernel.')
    """
    return geometries(Axis, shape, kernel_shape, stride=stride, padding=padding, dilation=dilation)


def geometries(
    make: Callable[[int, int, int, int, int, int], Geometry],
    shape: Sequence[int],
    kernel_shape: Sequence[int],
    *,
    stride: PerAxis,
    padding: Padding,
    dilation: PerAxis,
) -> tuple[Geometry | ValueError, ...]:
    """What `make` gives for the six numbers of every axis, or the ValueError that it raises."""
    count = len(shape)
    if len(kernel_shape) != count:
        raise ValueError(f"The input has {_axes(count)} and the kernel {len(kernel_shape)}. Give them equally many.")
    strides, dilations = per_axis(stride, count, "stride"), per_axis(dilation, count, "dilation")
    pads = _paddings(padding, count)
    found: list[Geometry | ValueError] = []
    for size, kernel, step, apart, pad in zip(shape, kernel_shape, strides, dilations, pads, strict=True):
        before, after = _resolved(pad, size, kernel, step, apart)
        try:
            found.append(make(size, kernel, step, apart, before, after))
        except ValueError as error:
            found.append(error)
    return tuple(found)


def _resolved(pad: str | tuple[int, int], size: int, kernel: int, stride: int, dilation: int) -> tuple[int, int]:
    if not isinstance(pad, str):
        return pad
    if min(size, kernel, stride, dilation) < 1:
        return 0, 0  # the geometry says what is wrong
    return named_padding(pad, size, kernel, stride, dilation)


def _paddings(padding: Padding, count: int) -> Sequence[str | tuple[int, int]]:
    """One named padding or (before, after) per axis."""
    if isinstance(padding, str):
        if padding not in PADDINGS:
            named_padding(padding, 1, 1)  # says which names there are
        return (padding,) * count
    values = _listed(padding)
    if values is None:
        return ((whole(padding, "padding"),) * 2,) * count
    if len(values) != count:
        pair = " For one before and one after write ((before, after),)." if count == 1 else ""
        raise ValueError(
            f"The padding has {_count(values)} for {_axes(count)}. Give a number, one number per axis, "
            f"or (before, after) per axis.{pair}"
        )
    return tuple(_sides(item) for item in values)


def _sides(value: Any) -> tuple[int, int]:
    sides = _listed(value)
    if sides is None:
        return (whole(value, "padding"),) * 2
    if len(sides) != 2:
        raise ValueError(f"The padding of one axis has {_count(sides)}. Give (before, after).")
    return whole(sides[0], "padding"), whole(sides[1], "padding")


def _listed(value: Any) -> list[Any] | None:
    """The items of a list, tuple or array; None for anything that is one value."""
    if isinstance(value, np.ndarray) and value.ndim > 0:
        return list(value)
    return list(value) if isinstance(value, list | tuple) else None


def _count(values: list[Any]) -> str:
    return f"{len(values)} value" + "s" * (len(values) != 1)


def _axes(count: int) -> str:
    return f"{count} spatial axis" if count == 1 else f"{count} spatial axes"
