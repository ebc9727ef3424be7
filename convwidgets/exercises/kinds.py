"""Kinds of exercises about a convolution: its numbers, its size, its padding."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, axes_for
from convwidgets.core.axis import Axis
from convwidgets.exercises import slips
from convwidgets.exercises.checks import Exercise
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
