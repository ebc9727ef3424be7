"""The padded input: its values, what of it is padding, and what no window reads."""

from __future__ import annotations

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import shown
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import AXIS_NAMES, SIZES

NAMED = 8
"""So many unread positions of an axis are named."""


def plane_axes(axes: tuple[Axis | None, ...]) -> tuple[Axis, Axis] | None:
    """The axes of rows and columns; a line has one row. None when one of them is impossible."""
    possible = [axis for axis in axes if axis is not None]
    if len(possible) < len(axes):
        return None
    return (Axis(1, 1), possible[0]) if len(possible) == 1 else (possible[0], possible[1])


def padded(plane: Array, axes: tuple[Axis, Axis], setting: Setting) -> tuple[Array, Array, Array]:
    """The padded plane, and masks of the same shape: what is padding, what no window reads."""
    rows, columns = (axis.padded_sources(setting.pad_mode) for axis in axes)
    values = plane[np.ix_(rows, columns)]
    constant = (rows < 0)[:, None] | (columns < 0)
    if constant.any():
        fill = np.asarray(setting.constant)
        fits = fill == 0 or values.dtype.kind == "f"
        wide = values if fits else values.astype(np.result_type(np.int64, fill.dtype))
        values = np.where(constant, fill.astype(wide.dtype), wide)
    inside, read = zip(*(_masks(axis) for axis in axes), strict=True)
    return values, ~np.outer(*inside), ~np.outer(*read)


def _masks(axis: Axis) -> tuple[Array, Array]:
    """Along one axis, padding included: which positions are input, and which ones some window reads."""
    positions = np.arange(-axis.before, axis.size + axis.after)
    return (positions >= 0) & (positions < axis.size), np.isin(positions, axis.taps())


def unread_words(axes: tuple[Axis | None, ...]) -> str:
    """Which positions no window reads, and why nothing is wrong; empty when all are read.

    >>> unread_words((Axis(6, 3, stride=2, before=1, after=1), Axis(5, 3)))
    '1 of the rows is never read: 6. One more step of 2 would not fit, so the size is rounded down; nothing is wrong.'
    """
    possible = [axis for axis in axes if axis is not None]
    parts = [_unread(axis, name) for axis, name in zip(possible, AXIS_NAMES[len(axes)], strict=True)]
    if not any(parts):
        return ""
    gap = next((axis for axis in possible if axis.stride > axis.span), None)
    rest = next((axis for axis in possible if axis.unused), None)
    why = SIZES["unread_gaps"] if gap else SIZES["unread_why"]
    cause = gap or rest
    return " ".join(filter(None, [*parts, why.format(stride=cause.stride, span=cause.span) if cause else ""]))


def _unread(axis: Axis, name: str) -> str:
    positions = np.flatnonzero(~_masks(axis)[1]) - axis.before
    if not positions.size:
        return ""
    named = [shown(position) for position in positions[:NAMED]] + ["…"] * (positions.size > NAMED)
    template = SIZES["unread_one" if positions.size == 1 else "unread_many"]
    return template.format(count=positions.size, axis=name, list=", ".join(named))
