"""Kinds of exercises about the transposed convolution: its numbers, and its input spread out with zeros."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.equivalence import equivalent_convolution, insert_zeros
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d
from convwidgets.core.transposed_sizes import transposed_axes
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct
from convwidgets.scenes.base import place

UNSIGNED = "the minus signs of the weights are lost", "A negative weight subtracts."
APART = "Stamps lie a stride apart, whatever the size of the kernel; where they overlap they are added."
CROPS = "The padding of a transposed convolution takes rings away from the result."


def transposed(
    question: str, y: Any, kernel: Any, *, because: str, row: int | None = None, **settings: Any
) -> Exercise:
    """Which numbers does this transposed convolution give, all of them or those of one row?

    >>> transposed("And?", [3, 5], [1, 4], because="Stamps.").check([3, 5, 20])
    Not yet: exactly these numbers come out when a later stamp covers an earlier one. Stamps lie a stride apart, \
whatever the size of the kernel; where they overlap they are added.
    """
    values, weights = np.array(y), np.array(kernel)
    result = _result(values, weights, **settings)
    if row is None:
        right, found, cells = result, [*_of_result(values, weights, settings)], [*np.ndindex(result.shape)]
    else:
        right, cells = result[row], [(row, column) for column in range(result.shape[1])]
        whole = (slip for slip in _of_result(values, weights, settings) if row < len(slip.value))
        found = [Slip(slip.cause, slip.hint, slip.value[row]) for slip in whole]
    names = tuple(place(cell[0], cell[-1], len(cell)) for cell in cells)
    ways = tuple(f"Which stamps reach {name}?" for name in names)
    places = () if row is None else tuple(f"R{name[1:]}" for name in names)
    text = f"{question}\n\ninput y:\n{values}\n\nkernel:\n{weights}"
    return Exercise(text, right, because, distinct(right, found), places, ways)


def _result(y: Array, kernel: Array, **settings: Any) -> Array:
    return (conv_transpose1d if y.ndim == 1 else conv_transpose2d)(y, kernel, **settings)


def _of_result(y: Array, kernel: Array, settings: dict[str, Any]) -> Iterator[Slip]:
    turned = "Stamps are the kernel as it is written; only the sweep over inserted zeros has it rotated by 180°."
    yield Slip("a later stamp covers an earlier one", APART, _covered(y, kernel, settings))
    yield Slip("the kernel is turned the wrong way", turned, _result(y, kernel, **{**settings, "flip": True}))
    yield Slip("the stride is left out", APART, _result(y, kernel, **{**settings, "stride": 1}))
    yield Slip("the stamps are set side by side", APART, _result(y, kernel, **{**settings, "stride": kernel.shape}))
    if kernel.ndim == 2 and kernel.shape[0] == kernel.shape[1]:
        swapped = "Row 0 of the kernel belongs to the top row of the stamp."
        yield Slip("rows and columns of the kernel are swapped", swapped, _result(y, kernel.T, **settings))
    yield Slip(
        "the minus signs of the weights are lost", "A negative weight subtracts.", _result(y, abs(kernel), **settings)
    )
    if settings.get("padding", 0):
        whole = _result(y, kernel, **{**settings, "padding": 0})
        yield Slip("the padding is left out", CROPS, whole)
        yield Slip("the padding is put around the result", CROPS, np.pad(whole, settings["padding"]))
    yield Slip(
        "the convolution is undone",
        "Cᵀ goes back to the shape only; it is not the inverse.",
        _undone(y, kernel, settings),
    )


def _axes(y: Array, kernel: Array, settings: dict[str, Any]) -> tuple[Axis, ...]:
    options = {key: value for key, value in settings.items() if key != "flip"}
    return transposed_axes(y.shape, kernel.shape, **options)


def _covered(y: Array, kernel: Array, settings: dict[str, Any]) -> Array:
    """The stamps one after the other, each in place of what was there."""
    axes = _axes(y, kernel, settings)
    result = np.zeros([axis.size for axis in axes], np.result_type(y, kernel))
    taps = [axis.taps() for axis in axes]
    for at, tap in product(np.ndindex(y.shape), np.ndindex(kernel.shape)):
        to = tuple(table[o, t] for table, o, t in zip(taps, at, tap, strict=True))
        if all(0 <= index < axis.size for index, axis in zip(to, axes, strict=True)):
            result[to] = y[at] * kernel[tap]
    return result


def _undone(y: Array, kernel: Array, settings: dict[str, Any]) -> Array:
    """The shortest x with C x = y."""
    axes = _axes(y, kernel, settings)
    options = {"stride": settings.get("stride", 1), "dilation": settings.get("dilation", 1)}
    padding = [(axis.before, axis.after) for axis in axes]
    shape = tuple(axis.size for axis in axes)
    matrix = convolution_matrix(kernel, shape, padding=padding, **options).toarray().astype(float)
    inverse: Array = np.linalg.pinv(matrix) @ y.ravel()
    return inverse.reshape(shape)


def spread(question: str, y: Any, kernel: int, *, stride: int, padding: int = 0) -> Exercise:
    """How does the series look, spread out and padded, before the turned kernel sweeps over it?"""
    values = np.array(y)
    right = equivalent_convolution(values, np.ones(kernel, int), stride=stride, padding=padding)[0]
    around = kernel - 1 - padding
    text = f"{question}\n\ninput y:\n{values}\n\nkernel of {kernel} weights, stride {stride}, padding {padding}"
    because = f"s − 1 = {stride - 1} zeros between neighbours, k − 1 − p = {around} on either side."
    between = "Neighbours lie a stride apart, so s − 1 zeros are between them."
    outside = "The turned kernel starts where one of its weights touches y; the padding takes p positions off again."
    stretched = insert_zeros(values, stride)
    slips = (
        Slip("s zeros are put between neighbours", between, np.pad(insert_zeros(values, stride + 1), around)),
        Slip("no zeros are put between neighbours", between, np.pad(values, around)),
        Slip("zeros follow the last value too", between, np.pad(stretched, (around, around + stride - 1))),
        Slip("p zeros are put on either side", outside, np.pad(stretched, padding)),
        Slip("k − 1 zeros are put on either side", outside, np.pad(stretched, kernel - 1)),
        Slip("no zeros are put around", outside, stretched),
    )
    ways = tuple("Put y down with its gaps first, then the zeros around it." for _ in right)
    return Exercise(text, right, because, distinct(right, slips), ways=ways)
