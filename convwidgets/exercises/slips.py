"""The misconceptions: each makes its own wrong result of the same setting, computed by the core."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from convwidgets.core.activations import activate
from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.exercises.checks import Slip
from convwidgets.scenes.setting import Setting

Wrong = Callable[[Setting], Array | None]
AS_WRITTEN = "A cross-correlation lays the kernel on the window as it is written."
ROTATE = "A convolution rotates the kernel by 180°: mirror it left to right, then top to bottom."
FILLED = 'The pad mode here is "{}": look up what it copies.'
SAME = "The frameworks' SAME adds only as many zeros as ⌈i/s⌉ windows need; an odd one goes to the end."
SIZE = "The formula is ⌊(i + p + p − span)/s⌋ + 1."


def _with(**changes: Any) -> Wrong:
    return lambda setting: replace(setting, **changes).output


def _with_kernel(change: Callable[[Array], Array]) -> Wrong:
    """The result with another kernel, in place of a kernel that is laid down as it is written."""
    return lambda setting: None if setting.flip else replace(setting, kernel=change(setting.kernel)).output


def _when_flipped(change: Callable[[Array], Array]) -> Wrong:
    """The result with another kernel, in place of the rotated one of a plane."""
    return lambda setting: replace(setting, kernel=change(setting.kernel), flip=False).output if setting.flip else None


def _bias_last(setting: Setting) -> Array | None:
    before = replace(setting, bias=0).preactivation
    return None if before is None else activate(before, setting.activation) + setting.bias


def _padded(change: Callable[[Axis], tuple[int, int]]) -> Wrong:
    """The result with other padding, where SAME was asked for."""

    def wrong(setting: Setting) -> Array | None:
        if setting.padding != "same":
            return None
        return replace(setting, padding=tuple(change(axis) for axis in setting.axes if axis)).output

    return wrong


def _wider(setting: Setting) -> Array | None:
    return replace(setting, dilation=setting.dilation + 1).output if setting.dilation > 1 else None


def _swapped(setting: Setting) -> Array | None:
    return replace(setting, kernel=setting.kernel.T).output if setting.dimensions == 2 else None


_OUTPUT: tuple[tuple[str, str, Wrong], ...] = (
    ("the kernel is not rotated", ROTATE, _when_flipped(lambda kernel: kernel)),
    ("the kernel is only mirrored left to right", ROTATE, _when_flipped(lambda kernel: kernel[:, ::-1])),
    ("the kernel is only mirrored top to bottom", ROTATE, _when_flipped(lambda kernel: kernel[::-1])),
    ("the kernel is rotated by 180°", AS_WRITTEN, _with(flip=True)),
    ("the kernel is mirrored left to right", AS_WRITTEN, _with_kernel(lambda kernel: kernel[..., ::-1])),
    ("the kernel is mirrored top to bottom", AS_WRITTEN, _with_kernel(lambda kernel: kernel[::-1])),
    (
        "rows and columns of the kernel are swapped",
        "Row 0 of the kernel belongs to the top row of the window.",
        _swapped,
    ),
    ("the minus signs of the weights are lost", "A negative weight subtracts.", _with_kernel(abs)),
    ("the bias is left out", "It is added to every sum.", _with(bias=0)),
    ("the bias is added after the activation", "First the sum, then the bias, then the activation.", _bias_last),
    ("the activation is left out", "ReLU makes 0 of every negative number.", _with(activation="none")),
    ("the stride is left out", "The window moves on by the stride, not by 1.", _with(stride=1)),
    ("the dilation is left out", "With dilation d the weights meet values that lie d apart.", _with(dilation=1)),
    (
        "d positions are skipped between two weights",
        "It is d steps from one weight to the next: d − 1 are skipped.",
        _wider,
    ),
    ("the padding is left out", "Write the padding down first, then lay the kernel on it.", _with(padding="valid")),
    ("k − 1 zeros are shared out as with stride 1", SAME, _padded(lambda axis: ((axis.span - 1) // 2, axis.span // 2))),
    ("the odd zero stands before the input", SAME, _padded(lambda axis: (axis.after, axis.before))),
)

_FILLINGS = {
    "zeros": "the padding is filled with zeros",
    "reflect": "the input is reflected without its edge value",
    "replicate": "the edge value is repeated",
    "circular": "the input goes round to its other end",
}


def of_output(setting: Setting) -> Iterator[Slip]:
    """The wrong results of a setting, without those that equal the right one or an earlier one.

    >>> setting = Setting(np.array([[1, 2], [3, 4]]), np.array([[1, -1]]))
    >>> [slip.cause for slip in of_output(setting)][0]
    'the kernel is rotated by 180°'
    """
    entries = [*_OUTPUT]
    for mode, cause in _FILLINGS.items():
        entries.append((cause, FILLED.format(setting.pad_mode), _with(pad_mode=mode)))
    seen = [setting.output]
    for cause, hint, wrong in entries:
        value = wrong(setting)
        if value is not None and not any(np.array_equal(value, each) for each in seen):  # type: ignore[arg-type]
            seen.append(value)
            yield Slip(cause, hint, value)


def _windows(axis: Axis, padding: int, span: int) -> int:
    return (axis.size + padding - span) // axis.stride + 1


FORGOTTEN = "the + 1 is forgotten", "The window has its first position before the first step."

_SIZE: tuple[tuple[str, str, Callable[[Axis], float]], ...] = (
    (*FORGOTTEN, lambda axis: axis.output - 1),
    ("the division is not rounded down", "A part of a window counts for nothing: take the floor.",
     lambda axis: (axis.padded - axis.span) / axis.stride + 1),
    ("the division is rounded up", "A window that does not fit counts for nothing: take the floor.",
     lambda axis: -(-(axis.padded - axis.span) // axis.stride) + 1),
    ("the padding is left out", SIZE, lambda axis: _windows(axis, 0, axis.span)),
    ("the padding is counted once", "It was given per side, so it counts twice.",
     lambda axis: _windows(axis, axis.before, axis.span)),
    ("the total of the padding is taken for the padding per side", "It was counted for both sides already.",
     lambda axis: _windows(axis, 2 * (axis.before + axis.after), axis.span)),
    ("the stride is left out", SIZE, lambda axis: axis.padded - axis.span + 1),
    ("the dilation is left out", "A kernel of k weights spans d·(k − 1) + 1.",
     lambda axis: _windows(axis, axis.before + axis.after, axis.kernel)),
    ("the span is taken as d·k", "From the first weight to the last there are k − 1 steps: the span is d·(k − 1) + 1.",
     lambda axis: _windows(axis, axis.before + axis.after, axis.dilation * axis.kernel)),
)  # fmt: skip
SWAPPED = ("rows and columns are swapped", "Rows come first, as in NumPy's shape.")


def of_size(axes: tuple[Axis, ...]) -> Iterator[Slip]:
    """The wrong output sizes of some axes.

    >>> [float(slip.value[0]) for slip in of_size((Axis(14, 4, stride=3, before=2, after=2),))][:4]
    [4.0, 5.666666666666667, 6.0, 4.0]
    """
    for cause, hint, wrong in _SIZE:
        yield Slip(cause, hint, np.array([wrong(axis) for axis in axes]))
    yield Slip(*SWAPPED, np.array([axis.output for axis in axes][::-1]), whole=True)


def of_padding(axes: tuple[Axis, ...]) -> Iterator[Slip]:
    """The wrong paddings ((top, bottom), (left, right)) of SAME."""
    sides = np.array([[axis.before, axis.after] for axis in axes])
    odd = "the odd zero stands before the input"
    yield Slip(odd, "The frameworks put the extra one at the end: bottom and right.", sides[:, ::-1])
    total = sides.sum(axis=1)[:, None].repeat(2, axis=1)
    yield Slip("the total is put on either side", "Share it out between the two sides.", total)
    half = np.array([[axis.span // 2] * 2 for axis in axes])
    yield Slip("⌊k/2⌋ zeros are put on either side", "That is half padding; an even kernel needs k − 1 in total.", half)
    yield Slip(*SWAPPED, sides[::-1], whole=True)
    order = "The order is ((top, bottom), (left, right))."
    yield Slip("the numbers are paired as (top, left) and (bottom, right)", order, sides.T, whole=True)


def distinct(right: Array, found: Iterable[Slip]) -> tuple[Slip, ...]:
    """The slips without those that lead to the right answer, or to the same one as an earlier slip.

    >>> [slip.cause for slip in distinct(np.array(4), [Slip("2 + 2", "", np.array(4)), Slip("2 − 2", "", np.array(0))])]
    ['2 − 2']
    """
    kept: list[Slip] = []
    for slip in found:
        if not any(np.array_equal(slip.value, each) for each in (right, *(other.value for other in kept))):
            kept.append(slip)
    return tuple(kept)
