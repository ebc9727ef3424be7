"""The sentence of any cell of the pooling scene: the values of a window, and what becomes of them."""

from __future__ import annotations

from math import inf, isnan
from typing import Any

import numpy as np

from convwidgets.scenes.base import factor, listing, place, shown
from convwidgets.scenes.pooling_setting import Pooling
from convwidgets.scenes.pooling_words import PLANES, SAID

ALL = 16
"""A list of more values than this is told in part."""
Place = tuple[int, int]
Member = tuple[Place, Any]  # where a value of a window stands, and the value


def words_for(setting: Pooling, panel: str, row: int, column: int) -> str:
    """The sentence of the cell at a position of any panel; of a line the row is 0.

    >>> setting = Pooling(np.array([[0, 10], [10, -1]]))
    >>> words_for(setting, "output", 0, 0)
    'Output row 0, column 0 is 10 = max(0, 10, 10, −1). The winner is input row 0, column 1, the first of 2 equal ones \
in reading order.'
    >>> words_for(setting, "input", 0, 1)
    'Input row 0, column 1 is 10. It lies in 1 window, that of output row 0, column 0. It wins row 0, column 0.'
    """
    tellers = {"output": _output, "input": _input, "indices": _index, "unpooled": _unpooled, "gradient": _gradient}
    return tellers.get(panel, _input_gradient)(setting, row, column).rstrip()


def members(setting: Pooling, row: int, column: int) -> list[Member]:
    """The values of a window that lie on the input, in reading order."""
    plane = np.atleast_2d(setting.input)
    rows, columns = (
        [int(tap) for tap in axis.taps[at] if 0 <= tap < axis.size]
        for axis, at in zip(setting.pool.axes, (row, column), strict=True)
    )
    return [((r, c), plane[r, c].item()) for r in rows for c in columns]


def winner(setting: Pooling, row: int, column: int) -> Place | None:
    """Where the value that a window chose stands; None where none was chosen."""
    index = -1 if setting.indices is None else int(np.atleast_2d(setting.indices)[row, column])
    return None if index < 0 else (index // setting.input.shape[-1], index % setting.input.shape[-1])


def tied(setting: Pooling, row: int, column: int) -> list[Place]:
    """The other values of a window that are as large as its maximum."""
    first = winner(setting, row, column)
    if setting.method != "max" or first is None:
        return []
    largest = np.atleast_2d(setting.input)[first].item()
    return [at for at, value in members(setting, row, column) if at != first and _same(value, largest)]


def _same(value: float, other: float) -> bool:
    return value == other or (isnan(value) and isnan(other))


def lengths(found: list[Member]) -> list[float]:
    """What each value's chance is proportional to; among NaN and infinity these alone have one."""
    values = [value for _, value in found]
    endless = [value for value in values if isnan(value)] or [value for value in values if value == inf]
    if endless:
        return [float(_same(value, endless[0])) for value in values]
    return [max(float(value), 0.0) for value in values]


def part_of(part: float, total: float) -> str:
    """A chance: as a fraction of whole numbers, else as a number.

    >>> part_of(10.0, 15.0), part_of(0.5, 2.0), part_of(0.0, 2.0)
    ('10/15', '0.25', '0')
    """
    if part == 0:
        return "0"
    whole = float(part).is_integer() and float(total).is_integer()
    return f"{shown(part)}/{shown(total)}" if whole else shown(part / total)


def count_of(setting: Pooling, row: int, column: int) -> int:
    """By how many an average divides."""
    rows, columns = (axis.counts(setting.count_include_pad) for axis in setting.pool.axes)
    return int(rows[row] * columns[column])


def windows_of(setting: Pooling, row: int, column: int) -> list[Place]:
    """The windows that a position lies in, row by row."""
    rows, columns = (
        np.flatnonzero((axis.taps == at).any(axis=1)).tolist()
        for axis, at in zip(setting.pool.axes, (row, column), strict=True)
    )
    return [(r, c) for r in rows for c in columns]


def share(setting: Pooling, window: Place, at: Place) -> str:
    """By what a window's g is multiplied on its way to a value: "" for all of it, "0" for nothing."""
    if setting.indices is not None:
        return "" if winner(setting, *window) == at else "0"
    if setting.method == "average":
        return f"/{count_of(setting, *window)}"
    value, length = np.atleast_2d(setting.input)[at].item(), setting.values[window].item()
    return "0" if value == 0 or length == 0 else f"·{factor(value)}/{shown(length)}"


def listed(parts: list[str], joint: str) -> str:
    """At most sixteen parts; of more the first three and the last."""
    if len(parts) > ALL:
        parts = [*parts[:3], SAID["more"].format(count=len(parts) - 4), parts[-1]]
    return joint.join(parts)


def _where(setting: Pooling, at: Place) -> str:
    return place(*at, setting.dimensions)


def _subject(setting: Pooling, row: int, column: int) -> str:
    """The place that a sentence is about; of several planes with the name of its own."""
    where = _where(setting, (row, column))
    return PLANES["of"].format(place=where, plane=setting.plane) if setting.plane else where


def _output(setting: Pooling, row: int, column: int) -> str:
    found = members(setting, row, column)
    told = {"place": _subject(setting, row, column), "value": shown(setting.values[row, column])}
    values = [value for _, value in found]
    if setting.method == "max":
        return SAID["max"].format(
            **told, list=listed([shown(v) for v in values], ", "), winner=_won(setting, row, column)
        )
    if setting.method == "average":
        count = count_of(setting, row, column)
        terms = listed([factor(v) for v in values], " + ")
        return SAID["average"].format(**told, list=terms, count=count, padding=_padding(setting, len(found), count))
    if setting.method == "l2":
        return SAID["l2"].format(**told, list=listed([f"{factor(v)}²" for v in values], " + "))
    return _drawn(setting, row, column, found, told)


def _won(setting: Pooling, row: int, column: int) -> str:
    first, others = winner(setting, row, column), tied(setting, row, column)
    assert first is not None
    return SAID["first" if others else "won"].format(source=_where(setting, first), count=len(others) + 1)


def _padding(setting: Pooling, inside: int, count: int) -> str:
    """What an average makes of the padding in its window."""
    if count > inside:
        return SAID["counted"].format(zeros=count - inside, count=count)
    whole = inside == setting.pool.axes[0].kernel * setting.pool.axes[1].kernel
    return SAID["all_inside" if whole else "uncounted"]


def _drawn(setting: Pooling, row: int, column: int, found: list[Member], told: dict[str, str]) -> str:
    parts, source = lengths(found), winner(setting, row, column)
    if source is None:
        return SAID["nothing"].format(**told, list=listed([shown(value) for _, value in found], ", "))
    total = sum(parts)
    own = parts[[at for at, _ in found].index(source)]
    chance = SAID["chance"].format(part=shown(own), total=shown(total), share=shown(own / total))
    chances = listed([part_of(part, total) for part in parts], ", ")
    return SAID["stochastic"].format(**told, source=_where(setting, source), chance=chance, list=chances)


def _input(setting: Pooling, row: int, column: int) -> str:
    where = _subject(setting, row, column)
    height, width = np.atleast_2d(setting.input).shape
    if setting.error:
        return SAID["input"].format(place=where, value=shown(np.atleast_2d(setting.input)[row, column]), windows="")
    if any(at >= axis.size + axis.after for axis, at in zip(setting.pool.axes, (row, column), strict=True)):
        return SAID["overhang"].format(place=where)
    found = windows_of(setting, row, column)
    template = {0: "in_none", 1: "in_one"}.get(len(found), "in_many")
    windows = SAID[template].format(count=len(found), list=listing([_where(setting, each) for each in found]))
    if not (0 <= row < height and 0 <= column < width):
        zero = setting.method == "average" and setting.count_include_pad
        return SAID["padding_zero" if zero else "padding"].format(place=where, windows=windows)
    value = shown(np.atleast_2d(setting.input)[row, column])
    return SAID["input"].format(place=where, value=value, windows=f"{windows} {_wins(setting, found, (row, column))}")


def _wins(setting: Pooling, windows: list[Place], at: Place) -> str:
    if setting.indices is None or not windows:
        return ""
    won = [_where(setting, each) for each in windows if winner(setting, *each) == at]
    return SAID["wins"].format(list=listing(won)) if won else SAID["wins_none"]


def _index(setting: Pooling, row: int, column: int) -> str:
    source, where = winner(setting, row, column), _subject(setting, row, column)
    if source is None:
        return SAID["index_none"].format(place=where)
    width = setting.input.shape[-1]
    told = {"place": where, "value": source[0] * width + source[1], "source": _where(setting, source)}
    return SAID["index" if setting.dimensions == 2 else "index_line"].format(
        **told, row=source[0], column=source[1], width=width
    )


def _unpooled(setting: Pooling, row: int, column: int) -> str:
    where = _subject(setting, row, column)
    won = [each for each in windows_of(setting, row, column) if winner(setting, *each) == (row, column)]
    if not won:
        return SAID["unpooled_none"].format(place=where)
    value = shown(setting.values[won[-1]])
    return SAID["unpooled"].format(place=where, value=value, list=listing([_where(setting, each) for each in won]))


def _gradient(setting: Pooling, row: int, column: int) -> str:
    told = {"place": _subject(setting, row, column), "value": shown(np.atleast_2d(setting.upstream)[row, column])}
    return SAID["gradient"].format(**told, parts=_parts(setting, row, column))


def _parts(setting: Pooling, row: int, column: int) -> str:
    """Where a window's g goes."""
    if setting.method == "average":
        return SAID["equal_parts"].format(count=count_of(setting, row, column))
    source = winner(setting, row, column)
    if source is not None:
        return SAID["all_to"].format(source=_where(setting, source))
    shares = [share(setting, (row, column), at) for at, _ in members(setting, row, column)]
    if setting.indices is not None or set(shares) == {"0"}:
        return SAID["no_part"]
    return SAID["parts"].format(list=listed([each.removeprefix("·") for each in shares], ", "))


def _input_gradient(setting: Pooling, row: int, column: int) -> str:
    where, at = _subject(setting, row, column), (row, column)
    found = [(each, share(setting, each, at)) for each in windows_of(setting, row, column)]
    fed = [(each, part) for each, part in found if part != "0"]
    if not fed:
        return SAID["input_gradient_none"].format(place=where)
    g = np.atleast_2d(setting.upstream)
    total = listed([f"{factor(g[each])}{part}" for each, part in fed], " + ")
    value = shown(np.atleast_2d(setting.input_gradient)[row, column])
    return SAID["input_gradient"].format(
        place=where, value=value, sum=total, list=listing([_where(setting, each) for each, _ in fed])
    )
