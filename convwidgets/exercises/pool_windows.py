"""Kinds of exercises about the windows of a pooling: how many there are, and what is drawn from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.pooling_axis import PoolAxis, pool_axes
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import FORGOTTEN, SWAPPED, distinct
from convwidgets.scenes.base import shown, times

HANGS = "Ceil keeps a window that hangs over the end, if it begins on the input or before it."
SHARES = "A value has the share that it has of the sum of all values above 0."


def pooled_size(question: str, input: tuple[int, int], size: tuple[int, int], **settings: Any) -> Exercise:
    """How many windows has this pooling? The answer is (rows, columns).

    >>> pooled_size("How many?", (8, 5), (3, 2), ceil_mode=True).check((2, 3))
    Not yet: 1 of the 2 numbers is right.
    Rows: you have 2; 2 comes out when the division is rounded down. Ceil keeps a window that hangs over the end, if \
it begins on the input or before it.
    """
    axes = pool_axes(input, size, **settings)
    right = np.array([axis.windows.output for axis in axes])
    given = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in settings.items())
    text = f"{question}\n\ninput {times(input)}, pool {times(size)}{given and ', '}{given}"
    because = f"Rows {axes[0].formula()}; columns {axes[1].formula()}."
    ways = tuple(f"With i = {axis.size}: {_FORMULA[axis.ceil_mode]}." for axis in axes)
    return Exercise(text, right, because, distinct(right, _of_size(axes, right)), ("Rows", "Columns"), ways)


_FORMULA = {False: "⌊(i + p + p − k)/s⌋ + 1", True: "⌈(i + p + p − k)/s⌉ + 1, unless the last begins in the padding"}


def _of_size(axes: tuple[PoolAxis, ...], right: Array) -> Iterator[Slip]:
    def each(count: Callable[[PoolAxis], float]) -> Array:
        return np.array([count(axis) for axis in axes])

    if axes[0].ceil_mode:
        yield Slip("the division is rounded down", HANGS, each(lambda axis: _room(axis) // axis.stride + 1))
        last = "A window that begins in the padding behind the input would hold no value: it is left out."
        yield Slip(
            "the last window may begin in the padding", last, each(lambda axis: -(-_room(axis) // axis.stride) + 1)
        )
    else:
        up = "With floor a window that does not fit counts for nothing."
        yield Slip("the division is rounded up", up, each(lambda axis: -(-_room(axis) // axis.stride) + 1))
    yield Slip(
        "the division is not rounded", "There are whole windows only.", each(lambda axis: _room(axis) / axis.stride + 1)
    )
    yield Slip(*FORGOTTEN, right - 1)
    moves = "The window moves on by the stride, not by 1."
    yield Slip("the stride is left out", moves, each(lambda axis: _room(axis) + 1))
    if any(axis.stride != axis.kernel for axis in axes):
        own = "The stride is not the size of the pool here."
        yield Slip("the input is divided by the pool", own, each(lambda axis: axis.size // axis.kernel))
    if all(axis.windows.span <= axis.size for axis in axes):
        bare = "It is part of what the window moves over."
        yield Slip("the padding is left out", bare, each(lambda axis: replace(axis, before=0, after=0).windows.output))
    yield Slip(*SWAPPED, right[::-1], whole=True)


def _room(axis: PoolAxis) -> int:
    """So far can the window move."""
    return axis.before + axis.size + axis.after - axis.windows.span


def chances(question: str, window: Any, *, because: str) -> Exercise:
    """With which chance does stochastic pooling draw each value of this window?

    >>> chances("And?", [[1, 3], [0, -2]], because="1/4 and 3/4.").check([[0.25, 0.25], [0.25, 0.25]])
    Not yet: exactly these numbers come out when every value has the same chance. A value has the share that it has of \
the sum of all values above 0.

    Raises:
        ValueError: for a window without a value above 0: nothing is drawn from it.
    """
    values = np.array(window)
    above = values.clip(0)
    if not above.any():
        raise ValueError("No value of the window is above 0, so none has a chance. Give it one.")
    right = above / above.sum()
    ways = tuple(f"{shown(value)} of how much in all?" for value in values.flat)
    text = f"{question}\n\nwindow:\n{values}"
    return Exercise(text, right, because, distinct(right, _of_chances(values, above)), ways=ways)


def _of_chances(values: Array, above: Array) -> Iterator[Slip]:
    grown = np.exp(values - values.max())
    yield Slip("every value has the same chance", SHARES, np.full(values.shape, 1 / values.size))
    same = "only values above 0 have a chance, all the same one"
    yield Slip(same, SHARES, (values > 0) / (values > 0).sum())
    sure = (values == values.max()) / (values == values.max()).sum()
    yield Slip("the largest value is sure to be drawn", "That is max pooling.", sure)
    never = "A value below 0 is never drawn, and takes nothing from the sum."
    yield Slip("the minus signs are lost", never, abs(values) / abs(values).sum())
    if values.sum():
        yield Slip("negative values are added to the sum", never, values / values.sum())
    linear = "There is no exponential in it: a value twice as large is twice as likely."
    yield Slip("softmax is taken", linear, grown / grown.sum())
    yield Slip("the values are not divided by their sum", "Chances add up to 1.", above)
