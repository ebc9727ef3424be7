"""Kinds of exercises about sizes: of the matrix, of a transposed convolution, and the output padding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import prod
from typing import Any, NamedTuple

import numpy as np

from convwidgets.core.arguments import Array, axes_for, per_axis
from convwidgets.core.axis import Axis
from convwidgets.core.transposed_sizes import transposed_axes
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import FORGOTTEN, SWAPPED, distinct
from convwidgets.exercises.transposes import CROPS
from convwidgets.scenes.base import times

FORMULA = "The formula is s·(i′ − 1) + k − 2p + a."


def matrix_size(question: str, input: tuple[int, ...], kernel: tuple[int, ...], **settings: Any) -> Exercise:
    """How large is C, and how many weights stand in it? The answer is (rows, columns, weights).

    >>> matrix_size("How large?", (4, 4), (3, 3)).check((4, 16, 9))
    Not yet: exactly these numbers come out when only one window is counted. The kernel stands in every row again.
    """
    axes = tuple(axes_for(input, kernel, **{"stride": 1, "padding": "valid", "dilation": 1, **settings}))
    right = np.array([prod(axis.output for axis in axes), prod(input), prod(map(_inside, axes))])
    given = ", ".join(f"{name} {value}" for name, value in settings.items())
    text = f"{question}\n\ninput {times(input)}, kernel {times(kernel)}, {given or 'stride 1, no padding'}"
    output = times(tuple(axis.output for axis in axes))
    because = f"A row for each of the {output} outputs, a column for each of the {times(input)} inputs."
    ways = (
        "It is the number of outputs.",
        "It is the number of values in the input.",
        "Every output has one for each input that it reads.",
    )
    return Exercise(
        text, right, because, distinct(right, _of_matrix(axes, right)), ("Rows", "Columns", "Weights"), ways
    )


def _of_matrix(axes: tuple[Axis, ...], right: Array) -> Iterator[Slip]:
    rows, columns, weights = right.tolist()
    kernel, sides = prod(axis.kernel for axis in axes), [axis.output for axis in axes]
    loose = [Axis(axis.size, axis.kernel, 1, axis.dilation, axis.before, axis.after) for axis in axes]
    yield Slip(
        "rows and columns of C are swapped",
        "Outputs are rows, inputs are columns.",
        np.array([columns, rows, weights]),
        whole=True,
    )
    yield Slip(
        "the sides are added",
        "An image of 4 × 5 has 4·5 values.",
        np.array([sum(sides), sum(axis.size for axis in axes), weights]),
    )
    yield Slip(
        "the stride is left out",
        "The window moves on by the stride, so there are fewer outputs.",
        np.array([prod(axis.output for axis in loose), columns, prod(map(_inside, loose))]),
    )
    yield Slip(
        FORGOTTEN[0],
        FORGOTTEN[1],
        np.array([prod(side - 1 for side in sides), columns, prod(side - 1 for side in sides) * kernel]),
    )
    yield Slip(
        "the padding has columns of its own",
        "A padding cell is always 0, so C has no column for it.",
        np.array([rows, prod(axis.padded for axis in axes), rows * kernel]),
    )
    yield Slip(
        "weights on the padding are counted too",
        "Where the window hangs over the border, those weights meet only zeros: they are left out of C.",
        np.array([rows, columns, rows * kernel]),
    )
    yield Slip(
        "the zeros are counted as well",
        "Only the places that hold a weight were asked for.",
        np.array([rows, columns, rows * columns]),
    )
    yield Slip("only one window is counted", "The kernel stands in every row again.", np.array([rows, columns, kernel]))


def _inside(axis: Axis) -> int:
    """How many taps of all windows lie on the input."""
    taps = axis.taps()
    return int(((taps >= 0) & (taps < axis.size)).sum())


class Numbers(NamedTuple):
    """What a size is made of, along one axis."""

    i: int
    k: int
    s: int
    p: int
    a: int = 0


_SIZE: tuple[tuple[str, str, Callable[[Numbers], int]], ...] = (
    ("the padding is added", CROPS, lambda n: n.s * (n.i - 1) + n.k + 2 * n.p + n.a),
    ("the padding is counted once", "It was given per side, so it counts twice.",
     lambda n: n.s * (n.i - 1) + n.k - n.p + n.a),
    ("the padding is left out", FORMULA, lambda n: n.s * (n.i - 1) + n.k + n.a),
    ("the output padding is left out", FORMULA, lambda n: n.s * (n.i - 1) + n.k - 2 * n.p),
    ("the output padding is put on either side", "It stands at the end only: below and on the right.",
     lambda n: n.s * (n.i - 1) + n.k - 2 * n.p + 2 * n.a),
    ("s·i′ takes the place of s·(i′ − 1)", "Of i′ stamps the first stands at 0: there are i′ − 1 steps.",
     lambda n: n.s * n.i + n.k - 2 * n.p + n.a),
    ("the stride is left out", FORMULA, lambda n: n.i - 1 + n.k - 2 * n.p + n.a),
    ("the size of the convolution is worked out", "This is the way back, from the convolution's output to its input.",
     lambda n: (n.i + 2 * n.p - n.k) // n.s + 1),
)  # fmt: skip
_EXTRA: tuple[tuple[str, str, Callable[[Numbers], int]], ...] = (
    ("k is added", "It is the rest of the division in the size: (i + 2p − k) mod s, with a minus before k.",
     lambda n: (n.i + 2 * n.p + n.k) % n.s),
    ("the padding is counted once", "It was given per side, so it counts twice.", lambda n: (n.i + n.p - n.k) % n.s),
    ("the padding is left out", "The rest is that of the padded input.", lambda n: (n.i - n.k) % n.s),
    ("what is missing to the next step is taken", "Take the rest itself: so many positions no window reads.",
     lambda n: -(n.i + 2 * n.p - n.k) % n.s),
    ("the whole quotient is taken", "Take the rest of the division, not its result.",
     lambda n: (n.i + 2 * n.p - n.k) // n.s),
)  # fmt: skip


def transposed_size(
    question: str, input: tuple[int, int], kernel: tuple[int, int], *, stride: Any = 1, padding: Any = 0,
    output_padding: Any = 0,
) -> Exercise:  # fmt: skip
    """How large is the result? The answer is (rows, columns).

    >>> transposed_size("How large?", (3, 2), (3, 3), stride=2, padding=1).check((9, 7))
    Not yet: exactly these numbers come out when the padding is added. The padding of a transposed convolution takes \
rings away from the result.
    """
    options = {"stride": stride, "padding": padding, "output_padding": output_padding}
    axes = transposed_axes(input, kernel, **options)
    found = _numbers(input, kernel, stride, padding, output_padding)
    lines = [
        f"{axis.size} = {n.s}·({n.i} − 1) + {n.k} − {2 * n.p} + {n.a}" for axis, n in zip(axes, found, strict=True)
    ]
    ways = tuple(f"The formula is s·(i′ − 1) + k − 2p + a, with i′ = {n.i} here." for n in found)
    right = np.array([axis.size for axis in axes])
    return _sized(question, right, f"Rows {lines[0]}; columns {lines[1]}.", found, options, _SIZE, ways, "input y")


def output_padding(
    question: str, input: tuple[int, int], kernel: tuple[int, int], *, stride: Any = 1, padding: Any = 0
) -> Exercise:
    """Which output padding brings the result of this convolution back to its input's size? (rows, columns)"""
    found = _numbers(input, kernel, stride, padding, 0)
    right = np.array([(n.i + 2 * n.p - n.k) % n.s for n in found])
    lines = [f"({n.i} + {2 * n.p} − {n.k}) mod {n.s} = {a}" for n, a in zip(found, right, strict=True)]
    ways = tuple(f"How many positions of {n.i} does no window read, with the padding?" for n in found)
    options = {"stride": stride, "padding": padding}
    return _sized(question, right, f"Rows {lines[0]}; columns {lines[1]}.", found, options, _EXTRA, ways, "input")


def _numbers(input: Any, kernel: Any, stride: Any, padding: Any, extra: Any) -> list[Numbers]:
    rest = (per_axis(each, 2, "setting") for each in (stride, padding, extra))
    return [Numbers(*each) for each in zip(input, kernel, *rest, strict=True)]


def _sized(
    question: str, right: Array, because: str, found: list[Numbers], options: dict[str, Any],
    table: Any, ways: tuple[str, ...], name: str,
) -> Exercise:  # fmt: skip
    """An exercise whose answer is (rows, columns)."""
    given = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in options.items())
    text = f"{question}\n\n{name} {times([n.i for n in found])}, kernel {times([n.k for n in found])}, {given}"
    slips = [Slip(cause, hint, np.array([wrong(n) for n in found])) for cause, hint, wrong in table]
    slips.append(Slip(*SWAPPED, right[::-1], whole=True))
    return Exercise(text, right, because, distinct(right, slips), ("Rows", "Columns"), ways)
