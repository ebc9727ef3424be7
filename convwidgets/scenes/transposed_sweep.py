"""The transposed convolution as an ordinary one: zeros between and around the values of y, and a window that sweeps."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.equivalence import equivalent_convolution
from convwidgets.scenes.base import panel, shown, times
from convwidgets.scenes.transposed_setting import Turned

LEGEND = {
    "inserted": "between: stride − 1 = {numbers}",
    "padding": "around: span − 1 − padding = {numbers}",
    "extra": "more at the end (output padding): a = {numbers}",
    "cut": "cut off by the padding",
    "axes": "{rows} (rows), {columns} (columns)",
    "sides": "{before} before, {after} after",
}
"""What the kinds of cells mean, as templates."""
View = dict[str, Any]


def inserting(turned: Turned, at: tuple[int, int]) -> View:
    """The ordinary convolution that gives the same: y spread out and padded with zeros, the kernel turned by 180°.

    >>> view = inserting(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2), (0, 2))
    >>> view["stretched"]["values"].tolist(), view["kernel"]["values"].tolist()
    ([[0, 0, 1, 0, 10, 0, 0]], [[3, 2, 1]])
    >>> view["window"]["columns"].tolist(), view["zeros"]
    ([2, 3, 4], 1)
    """
    stretched, rotated = equivalent_convolution(turned.y, turned.kernel, **turned.options)
    values, weights = np.atleast_2d(stretched), np.atleast_2d(rotated)
    masks = _zeros(turned, values.shape)
    sweep = [
        Axis(length, axis.kernel, dilation=axis.dilation)
        for length, axis in zip(values.shape, turned.pair, strict=True)
    ]
    rows, columns = (axis.taps()[position] for axis, position in zip(sweep, at, strict=True))
    under = (masks["inserted"] | masks["padding"])[np.ix_(rows, columns)]
    note = times(values.shape[-turned.dimensions :])
    return {
        "stretched": panel("stretched", "input", "Input y, spread out", note, values, **masks),
        "kernel": panel("rotated", "kernel", "Turned by 180°", "", weights),
        "window": {"rows": rows, "columns": columns}, "zeros": int(under.sum()),
        "legend": _legend(turned, values.shape),
    }  # fmt: skip


def _zeros(turned: Turned, shape: tuple[int, ...]) -> dict[str, Array]:
    """Which zeros stand between the values of y, which around them, and which the output padding adds at the end."""
    own, around, extra = [], [], []
    for table, length, added in zip(turned.tables, shape, turned.extras, strict=True):
        positions, values = np.arange(length), table[:, -1]
        own.append(np.isin(positions, values))
        around.append((positions < values[0]) | (positions > values[-1]))
        extra.append(positions >= length - added)
    padding = around[0][:, None] | around[1]
    ends = extra[0][:, None] | extra[1]
    return {"padding": padding, "inserted": ~padding & ~np.outer(*own), "extra": padding & ends}


def _legend(turned: Turned, shape: tuple[int, ...]) -> dict[str, str]:
    """Every kind of zeros with its numbers; a negative one says how much is cropped."""
    between, around = [], []
    for axis, table, length, added in zip(turned.pair, turned.tables, shape, turned.extras, strict=True):
        before, after = int(table[0, -1]), length - 1 - added - int(table[-1, -1])
        sides = LEGEND["sides"].format(before=shown(before), after=shown(after))
        between.append(shown(axis.stride - 1))
        around.append(shown(before) if before == after else sides)
    kinds = {"inserted": between, "padding": around}
    told = {kind: LEGEND[kind].format(numbers=_both(turned, numbers)) for kind, numbers in kinds.items()}
    return {**told, "extra": more(turned)}


def more(turned: Turned) -> str:
    """How much the output padding adds at the end, in words."""
    return LEGEND["extra"].format(numbers=_both(turned, [shown(added) for added in turned.extras]))


def _both(turned: Turned, numbers: list[str]) -> str:
    """One number for both axes where they agree, and for a line."""
    rows, columns = numbers
    return columns if turned.dimensions == 1 or rows == columns else LEGEND["axes"].format(rows=rows, columns=columns)
