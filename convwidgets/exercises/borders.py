"""Kinds of exercises about what a border and a stride do to a filter."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.convolution import conv1d
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.edges import pixels
from convwidgets.exercises.slips import distinct

MODES = ("zeros", "reflect", "replicate", "circular")


def beyond_the_border(question: str, row: Any, kernel: Any, *, because: str) -> Exercise:
    """Which number comes out first with each of four kinds of padding? (zeros, reflect, replicate, circular)

    >>> beyond_the_border("And?", [6, 2, 9, 4], [1, 2, 1], because="0, 2, 6, 4.").check((14, 20, 16, 18))
    Not yet: exactly these numbers come out when reflect and replicate are exchanged. Reflect mirrors at the edge \
value without repeating it; replicate repeats it.
    """
    series, weights = pixels(row), np.array(kernel)
    side = len(weights) // 2
    first = [conv1d(series, weights, padding=side, pad_mode=mode)[0] for mode in MODES]
    right = np.array(first)
    mirror = "Reflect mirrors at the edge value without repeating it; replicate repeats it."
    back = np.concatenate([series[:side][::-1], series])
    slips = (
        Slip("reflect and replicate are exchanged", mirror, right[[0, 2, 1, 3]], whole=True),
        Slip("every padding is filled with zeros", "Only the first kind is.", np.full_like(right, right[0])),
        Slip("the padding is left out", "The first window lies half outside the row.",
             np.full_like(right, conv1d(series, weights)[0])),
        Slip("circular goes round to its own end", "Before the first value comes the last one of the row.",
             np.array([*right[:3], conv1d(back, weights)[0]])),
        Slip("the kernel is rotated by 180°", "Lay it down as it is written.",
             np.array([conv1d(series, weights, padding=side, pad_mode=mode, flip=True)[0] for mode in MODES])),
        Slip("what stands beyond the border is given, not the sum",
             "Lay the kernel on it and on the values beside it.", _outside(series)),
    )  # fmt: skip
    text = f"{question}\n\nrow:\n{series}\n\nkernel:\n{weights}"
    places = tuple(mode.capitalize() for mode in MODES)
    ways = tuple(f"Which value does {mode} put before the first one?" for mode in MODES)
    return Exercise(text, right, because, distinct(right, slips), places, ways)


def _outside(series: Array) -> Array:
    """What stands just before the first value."""
    return np.array([0, series[1], series[0], series[-1]])


def following_shifts(question: str, stride: int, shifts: range, kernel: int) -> Exercise:
    """By which of these shifts of the input does the output of a strided convolution move as a whole?

    >>> following_shifts("Which?", 3, range(1, 8), 4).check((1, 2, 3, 4, 5, 6, 7))
    Not yet: exactly these numbers come out when every shift is named. The windows stand 3 apart: only after a whole \
number of such steps do they meet the same pixels again.
    """
    found = np.array(shifts)
    right = found[found % stride == 0]
    apart = (
        f"The windows stand {stride} apart: only after a whole number of such steps do they meet the same pixels again."
    )
    slips = (
        Slip("every shift is named", apart, found),
        Slip("only the stride itself is named", apart, found[found == stride]),
        Slip("the multiples of the kernel are named", apart, found[found % kernel == 0]),
        Slip("the even shifts are named", apart, found[found % 2 == 0]),
        Slip("all shifts from the stride on are named", apart, found[found >= stride]),
        Slip("those that leave windows between are named", apart, found[found % stride != 0]),
    )
    text = f"{question}\n\nstride {stride}, kernel of {kernel} weights, shifts by {shifts[0]} to {shifts[-1]} pixels"
    because = (
        f"Shifted by {right[0]} the input moves the output by one, by {right[-1]} it moves it by {right[-1] // stride}."
    )
    ways = tuple("Write down where the first three windows stand, before and after." for _ in right)
    return Exercise(text, right, because, distinct(right, slips), ways=ways)
