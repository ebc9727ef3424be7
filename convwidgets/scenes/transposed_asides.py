"""What stands beside a transposed convolution: the sizes that collapse to one, and what the output padding chooses."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.axis import Axis
from convwidgets.core.transposed_sizes import least_size
from convwidgets.scenes.base import shown
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.scenes.transposed_words import COLLAPSE, CONVOLUTION
from convwidgets.scenes.words import AXIS_NAMES

VALUES = 16
"""So many extra values are listed."""


def own_axes(turned: Turned) -> list[Axis]:
    """The axes of a setting with a result: one of a line, two of a plane."""
    return [axis for axis in turned.axes if axis is not None]


def groups(turned: Turned) -> list[list[dict[str, Any]]]:
    """Along every axis, the output sizes around that of y, each with the input sizes that the convolution takes to it.

    >>> groups(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2, padding=1))[0][1]
    {'output': 2, 'sizes': [3, 4]}
    """
    named = turned.padding if isinstance(turned.padding, str) else None
    found = []
    for axis, own in zip(own_axes(turned), turned.y.shape, strict=True):
        line = []
        for output in (own - 1, own, own + 1):
            least = least_size(output, axis, named)
            sizes = [size for size in range(least, least + axis.stride) if size > 0]
            if output > 0 and sizes:
                line.append({"output": output, "sizes": sizes})
        found.append(line)
    return found


def collapsing(turned: Turned) -> list[str]:
    """What the output padding chooses among, why it has a limit, and what it keeps: one sentence after another."""
    lines = []
    for axis, own, line in zip(own_axes(turned), turned.y.shape, groups(turned), strict=True):
        lines.append(_choice(turned, axis, own, next(group["sizes"] for group in line if group["output"] == own)))
    extra = [] if not any(turned.extras) else [_extra(turned)]
    if len(set(lines)) == 1:
        return [lines[0], *extra]
    names = AXIS_NAMES[turned.dimensions]
    return [
        COLLAPSE["axis"].format(axis=name) + line[0].lower() + line[1:]
        for name, line in zip(names, lines, strict=True)
    ] + extra  # fmt: skip


def _choice(turned: Turned, axis: Axis, own: int, sizes: list[int]) -> str:
    if axis.stride == 1:
        told = COLLAPSE["one"].format(sizes=sizes[0], own=own)
    else:
        ways = ", ".join(COLLAPSE["way"].format(extra=extra, size=size) for extra, size in enumerate(sizes))
        told = COLLAPSE["many"].format(count=len(sizes), sizes=_and(sizes), own=own, ways=ways)
    if turned.padding == "same":
        return f"{told} {COLLAPSE['same']}"
    if turned.padding == "valid" and axis.span < axis.stride:
        return f"{told} {COLLAPSE['short']}"
    if axis.dilation > axis.stride:
        return f"{told} {COLLAPSE['dilation'].format(stride=axis.stride, dilation=axis.dilation, own=own)}"
    return f"{told} {COLLAPSE['stride'].format(stride=axis.stride, next=sizes[-1] + 1, more=own + 1)}"


def _and(sizes: list[int]) -> str:
    *heads, last = map(str, sizes)
    return f"{', '.join(heads)} and {last}" if heads else last


def _extra(turned: Turned) -> str:
    """Whether some stamp reaches the extra positions, and the values there: the last rows, then the last columns."""
    assert turned.result is not None
    result, (down, right) = np.atleast_2d(turned.result), turned.extras
    rows, columns = (set(table.ravel().tolist()) for table in turned.tables)
    lower = [(row, column) for row in range(*_last(result.shape[0], down)) for column in range(result.shape[1])]
    inner = range(result.shape[0] - min(down, result.shape[0]))
    cells = lower + [(row, column) for row in inner for column in range(*_last(result.shape[1], right))]
    if not any(row in rows and column in columns for row, column in cells):
        return COLLAPSE["empty"]
    listed = ", ".join(shown(result[cell]) for cell in cells)
    values = COLLAPSE["computed_values"].format(values=listed) if len(cells) <= VALUES else ""
    return COLLAPSE["computed"].format(values=values)


def _last(size: int, count: int) -> tuple[int, int]:
    return max(0, size - count), size


def unread(turned: Turned) -> str:
    """Which positions of x no window reads, and why: the a of the formula.

    >>> unread(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2, padding=1, output_padding=1))
    'The dotted positions are not read: that is why a = (4 + 1 + 1 − 3) mod 2 = 1.'
    """
    axes = own_axes(turned)
    gap = next((axis for axis in axes if axis.stride > axis.span), None)
    if gap:
        return CONVOLUTION["gaps"].format(stride=gap.stride, span=gap.span)
    whys = [
        CONVOLUTION["why"].format(
            size=axis.size, before=axis.before, after=axis.after, span=axis.span, stride=axis.stride, extra=axis.unused
        ) if axis.unused else ""
        for axis in axes
    ]  # fmt: skip
    if not any(whys):
        return CONVOLUTION["all_read"]
    names = AXIS_NAMES[turned.dimensions]
    parts = [CONVOLUTION["why_axis"].format(why=why, axis=name) for why, name in zip(whys, names, strict=True) if why]
    return CONVOLUTION["unread"].format(why=whys[0] if len(set(whys)) == 1 else " and ".join(parts))
