"""What a number of each result is made of: the values, the weights that meet them, and the input cells behind them."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from convwidgets.core.axis import Axis
from convwidgets.core.interpolation import Neighbours
from convwidgets.scenes.upsampling_setting import RESIZED, Upsampling

Place = tuple[int, int]


class Term(NamedTuple):
    """One product of a result cell: a value and its place, in the input or in the resized image, times a weight."""

    place: Place
    value: Any
    weight: Any


def shares(table: Neighbours, position: int) -> dict[int, Any]:
    """The input positions of a result position along an axis with their weights; at the edge equal ones are one.

    >>> from convwidgets.core.interpolation import neighbours
    >>> shares(neighbours(2, 4, "bilinear"), 0), shares(neighbours(2, 4, "bilinear"), 1)
    ({0: 1.0}, {0: 0.75, 1: 0.25})
    """
    found: dict[int, Any] = {}
    for index, weight in zip(table.indices[position].tolist(), table.weights[position].tolist(), strict=True):
        found[index] = found.get(index, 0) + weight
    return {index: weight for index, weight in found.items() if weight}


def terms(setting: Upsampling, name: str, row: int, column: int) -> list[Term]:
    """The products that make up a cell of a result, in reading order."""
    if name in RESIZED:
        return _interpolated(setting, name, row, column)
    return _stamps(setting, row, column) if name == "transposed" else _window(setting, row, column)


def _interpolated(setting: Upsampling, method: str, row: int, column: int) -> list[Term]:
    rows, columns = setting.tables[method]
    return [
        Term((r, c), setting.input[r, c], down * across)
        for r, down in shares(rows, row).items()
        for c, across in shares(columns, column).items()
    ]


def reaching(axis: Axis, position: int) -> list[Place]:
    """The inputs whose stamps reach a position of the result along an axis, each with the tap that falls on it."""
    return [(int(window), int(tap)) for window, tap in np.argwhere(axis.taps() == position)]


def _stamps(setting: Upsampling, row: int, column: int) -> list[Term]:
    rows, columns = setting.transposed
    return [
        Term((r, c), setting.input[r, c], setting.stamp[a, b])
        for r, a in reaching(rows, row)
        for c, b in reaching(columns, column)
    ]


def _window(setting: Upsampling, row: int, column: int) -> list[Term]:
    """The resized values under the window, zeros outside."""
    rows, columns = (axis.taps()[place].tolist() for axis, place in zip(setting.sweep, (row, column), strict=True))
    seen = [
        [place for place in line if 0 <= place < size]
        for line, size in zip((rows, columns), setting.shape, strict=True)
    ]
    (top, bottom), (left, right) = ((line[0], line[-1] + 1) for line in seen)
    values = setting.part(setting.method, (top, bottom), (left, right))
    return [
        Term((r, c), values[r - top, c - left] if r in seen[0] and c in seen[1] else 0, setting.spread[a, b])
        for a, r in enumerate(rows)
        for b, c in enumerate(columns)
    ]


def sources(setting: Upsampling, name: str, row: int, column: int) -> dict[Place, Any]:
    """The input cells behind a cell of a result, each with the weight that it has in it."""
    found: dict[Place, Any] = {}
    if name == "overlap":
        name = "transposed"
    if name != "convolved":
        return {term.place: term.weight for term in terms(setting, name, row, column)}
    for (r, c), _, weight in _window(setting, row, column):
        if weight and 0 <= r < setting.shape[0] and 0 <= c < setting.shape[1]:
            for term in _interpolated(setting, setting.method, r, c):
                found[term.place] = found.get(term.place, 0) + weight * term.weight
    return found


def reached(setting: Upsampling, name: str, row: int, column: int) -> tuple[list[int], list[int]]:
    """The rows and the columns of a result that an input cell takes part in."""
    rows, columns = (_touched(setting, name, axis, position) for axis, position in enumerate((row, column)))
    return rows, columns


def _touched(setting: Upsampling, name: str, axis: int, position: int) -> list[int]:
    if name == "transposed":
        taps, size = setting.transposed[axis].taps()[position], setting.shape[axis]
        return [int(tap) for tap in taps if 0 <= tap < size]
    table = setting.tables[setting.method if name == "convolved" else name][axis]
    own = [place for place in range(setting.shape[axis]) if position in shares(table, place)]
    if name != "convolved":
        return own
    taps = setting.sweep[axis].taps()
    return [place for place in range(setting.shape[axis]) if np.isin(taps[place], own).any()]
