"""The exercises of the lessons: one table from name to question."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, axes_for
from convwidgets.core.axis import Axis
from convwidgets.exercises import slips
from convwidgets.exercises.checks import Exercise, Result
from convwidgets.scenes.base import shown, times
from convwidgets.scenes.setting import Setting


def output(question: str, input: Any, kernel: Any, *, because: str, **settings: Any) -> Exercise:
    """Which numbers does this convolution give?

    >>> exercise = output("And?", [1, 2, 4], [1, -1], because="Differences.")
    >>> exercise.check([1, 2])
    Not yet: exactly these numbers come out when the kernel is rotated by 180°. A cross-correlation lays the kernel on \
the window as it is written.
    """
    setting = Setting(np.array(input), np.array(kernel), **settings)
    if setting.output is None:
        raise ValueError(setting.error)
    text = f"{question}\n\ninput:\n{setting.input}\n\nkernel:\n{setting.kernel}"
    ways = tuple(_window(setting, index) for index in np.ndindex(setting.output.shape))
    return Exercise(text, setting.output, because, tuple(slips.of_output(setting)), ways=ways)


def _window(setting: Setting, index: tuple[int, ...]) -> str:
    """Where the window of one output lies."""
    names = ("positions",) if len(index) == 1 else ("rows", "columns")
    taps = [axis.taps()[i] for axis, i in zip(setting.axes, index, strict=True) if axis]
    parts = [f"{name} {', '.join(map(shown, tap))}" for name, tap in zip(names, taps, strict=True)]
    return f"Its window lies on {' and '.join(parts)}."


def size(question: str, input: tuple[int, ...], kernel: tuple[int, ...], **settings: Any) -> Exercise:
    """How large is the output? The answer is (rows, columns).

    >>> size("How large?", (9, 6), (3, 2), stride=2).check((4, 2))
    Not yet: 1 of the 2 numbers is right.
    Columns: you have 2; 2 comes out when the + 1 is forgotten. The window has its first position before the first step.
    """
    options = {"stride": 1, "padding": "valid", "dilation": 1, **settings}
    axes = tuple(axes_for(input, kernel, **options))
    given = ", ".join(f"{name} {value}" for name, value in settings.items())
    text = f"{question}\n\ninput {times(input)}, kernel {times(kernel)}, {given or 'stride 1, no padding'}"
    names = ("Rows", "Columns")
    because = "; ".join(f"{name.lower()} {axis.formula()}" for name, axis in zip(names, axes, strict=True)) + "."
    ways = tuple(f"The formula is ⌊(i + p + p − span)/s⌋ + 1, with i = {axis.size} here." for axis in axes)
    return Exercise(text, _outputs(axes), because, tuple(slips.of_size(axes)), names, ways)


def _outputs(axes: tuple[Axis, ...]) -> Array:
    return np.array([axis.output for axis in axes])


def same_padding(question: str, input: tuple[int, int], kernel: tuple[int, int]) -> Exercise:
    """How many zeros does SAME add? The answer is ((top, bottom), (left, right))."""
    axes = tuple(axes_for(input, kernel, stride=1, padding="same", dilation=1))
    right = np.array([[axis.before, axis.after] for axis in axes])
    text = f"{question}\n\ninput {times(input)}, kernel {times(kernel)}, stride 1"
    because = "With stride 1 each axis needs k − 1 zeros in total; of an odd number the extra one goes to the end."
    names = ("Top", "Bottom", "Left", "Right")
    ways = tuple(f"This axis needs {axis.before + axis.after} zeros in total." for axis in axes for _ in range(2))
    return Exercise(text, right, because, tuple(slips.of_padding(axes)), names, ways)


_INPUT = [[3, 1, 2, 5], [0, 2, 4, 1], [6, 1, 0, 2]]
_KERNEL = [[1, 0], [2, -1]]

_TABLE: dict[str, Callable[[], Exercise]] = {
    "sum-by-hand": lambda: output(
        "Slide the kernel over the input, without padding. Which 2 × 3 numbers come out of the cross-correlation?",
        _INPUT, _KERNEL, because="Each number is the sum of four products, the kernel laid down as it is written.",
    ),
    "rotated-kernel": lambda: output(
        "The same input and kernel, but the convolution of mathematics. Which 2 × 3 numbers come out?",
        _INPUT, _KERNEL, flip=True, because="The kernel was rotated by 180° before it was laid down.",
    ),
    "feature-map": lambda: output(
        "A series, a kernel, the bias −2 and then ReLU. Which four numbers has the feature map?",
        [2, 5, 3, 3, 7, 4], [1, 2, -2], bias=-2, activation="relu",
        because="First the sum, then the bias, then ReLU.",
    ),
    "padded-size": lambda: size(
        "The padding is 2 on every side. How large is the output? Answer (rows, columns).",
        (10, 7), (4, 3), padding=2,
    ),
    "same-padding": lambda: same_padding(
        "How many zeros does SAME put around the input? Answer ((top, bottom), (left, right)).", (6, 9), (4, 3),
    ),
    "reflected-border": lambda: output(
        "One position of padding on either side, filled by reflection. Which four numbers come out?",
        [4, 1, 0, 3], [2, 1, -1], padding=1, pad_mode="reflect",
        because="Reflection mirrors the series at its edge value, without repeating that value.",
    ),
    "strided-size": lambda: size(
        "Stride 2 down the rows, 3 along the columns, padding 2 on every side. How large is the output? "
        "Answer (rows, columns).",
        (12, 11), (3, 4), stride=(2, 3), padding=2,
    ),
    "same-with-stride": lambda: output(
        "Stride 2 and SAME, as TensorFlow, Keras and PyTorch mean it. Which three numbers come out?",
        [1, 4, 2, 5, 3, 6], [1, 2, -1], stride=2, padding="same",
        because="⌈6/2⌉ = 3 windows need only one zero, and it goes to the end.",
    ),
    "dilated-by-hand": lambda: output(
        "Dilation 2, no padding. Which numbers come out?",
        [1, 0, 3, 2, 5, 4, 1, 6, 2], [1, -1, 2], dilation=2,
        because="Three weights with dilation 2 span 5, so 9 − 5 + 1 = 5 windows fit.",
    ),
}  # fmt: skip

NAMES: tuple[str, ...] = tuple(_TABLE)
"""The name of every exercise, three for each lesson, in the order of the lessons."""


@cache
def task(name: str) -> Exercise:
    """The exercise of that name; a notebook shows its question.

    Raises:
        ValueError: for an unknown name, with the names there are.

    >>> task("padded-size")
    The padding is 2 on every side. How large is the output? Answer (rows, columns).
    <BLANKLINE>
    input 10 × 7, kernel 4 × 3, padding 2
    """
    if name not in _TABLE:
        raise ValueError(f"There is no exercise {name!r}. There are {', '.join(NAMES)}.")
    return _TABLE[name]()


def check(name: str, answer: object) -> Result:
    """What becomes of an answer to an exercise: a value that is true when it is right, and says why it is not.

    >>> check("padded-size", (9, 9))
    Not yet: 1 of the 2 numbers is right.
    Rows: you have 9; 9 comes out when the padding is counted once. It was given per side, so it counts twice.
    >>> bool(check("padded-size", (11, 9)))
    True
    """
    return task(name).check(answer)
