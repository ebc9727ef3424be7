"""The four methods beside each other: what each makes of one window, with its numbers, and of the whole plane.

One window is pooled here value after value, as one would by hand; the page does the same.
"""

from __future__ import annotations

from dataclasses import replace
from math import inf, isnan, sqrt
from typing import Any

import numpy as np

from convwidgets.scenes.base import factor, shown
from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.pooling_sentences import Place, count_of, lengths, members, part_of
from convwidgets.scenes.pooling_setting import METHODS, Pooling, draws
from convwidgets.scenes.pooling_words import CARDS

ROOM = 40
"""Characters of a list that a card has room for."""
_TINY = 2.0**-1022


def cards(setting: Pooling, window: Place, *, whole: bool = True) -> list[dict[str, Any]]:
    """A card for each method: its name, its formula for a window, a note; with `whole` its result of the plane too.

    >>> setting = Pooling(np.array([[10, 2], [3, -1]]))
    >>> [card["formula"] for card in cards(setting, (0, 0))][:3]
    ['max(10, 2, 3, −1) = 10', '(10 + 2 + 3 + (−1)) / 4 = 3.5', '√(10² + 2² + 3² + (−1)²) = 10.68']
    """
    return [
        {
            "method": method, "label": CARDS[f"label_{method}"], "chosen": method == setting.method,
            "formula": formula(setting, method, window), "note": note(setting, method, window),
            "values": np.atleast_2d(_with(setting, method).values) if whole else None,
        }
        for method in METHODS
    ]  # fmt: skip


def coloured(planes: Planes, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cards with the results of all planes, channels last."""
    return [
        {**card, "values": np.stack([_with(planes.of(number), card["method"]).values for number in range(3)], axis=-1)}
        for card in found
    ]


def _with(setting: Pooling, method: str) -> Pooling:
    return setting if method == setting.method else replace(setting, method=method)


def formula(setting: Pooling, method: str, window: Place) -> str:
    """What a method makes of a window, with its numbers."""
    values = [value for _, value in members(setting, *window)]
    if method == "stochastic":
        return _chance(setting, window)
    if method == "max":
        return CARDS["max"].format(list=brief([shown(value) for value in values], ", "), value=shown(largest(values)))
    if method == "average":
        count = count_of(setting, *window)
        terms = brief([factor(value) for value in values], " + ")
        return CARDS["average"].format(list=terms, count=count, value=shown(sum(map(float, values)) / count))
    terms = brief([f"{factor(value)}²" for value in values], " + ")
    return CARDS["l2"].format(list=terms, value=shown(length(values)))


def largest(values: list[Any]) -> Any:
    """The first of the largest; NaN wins."""
    return next((value for value in values if isnan(value)), max(values))


def length(values: list[Any]) -> float:
    """√Σx², also where a square leaves the range of floats."""
    numbers = [abs(float(value)) for value in values]
    total, most = sum(number * number for number in numbers), max(numbers)
    if _TINY <= total < inf or not 0 < most < inf:
        return sqrt(total)
    return most * sqrt(sum((number / most) ** 2 for number in numbers))


def _chance(setting: Pooling, window: Place) -> str:
    """The value that the draw of this window falls on."""
    found = members(setting, *window)
    parts = lengths(found)
    total = sum(parts)
    if total == 0:
        return CARDS["nothing"]
    at = drawn(parts, total, draw_of(setting, window))
    return CARDS["stochastic"].format(value=shown(found[at][1]), chance=part_of(parts[at], total))


def draw_of(setting: Pooling, window: Place) -> float:
    """The random number of a window, from 0 to 1."""
    rows, columns = (axis.windows.output for axis in setting.pool.axes)
    before = setting.channel * rows * columns + window[0] * columns + window[1]
    return float(draws(setting.seed, 1, before)[0])


def drawn(parts: list[float], total: float, draw: float) -> int:
    """Which part of a line, laid end to end, a draw falls on."""
    point, end, found = draw * total, 0.0, 0
    for number, part in enumerate(parts):
        if part > 0 and end <= point:
            found = number
        end += part
    return found


def note(setting: Pooling, method: str, window: Place) -> str:
    """What a method keeps, or the chances of a window's values."""
    if method != "stochastic":
        return CARDS[f"note_{method}"]
    parts = lengths(members(setting, *window))
    total = sum(parts)
    if total == 0:
        return CARDS["note_nothing"]
    chances = brief([part_of(part, total) for part in parts], ", ")
    return CARDS["note_stochastic"].format(list=chances)


def brief(parts: list[str], joint: str) -> str:
    """All parts where there is room for them; else the first two, how many more, and the last."""
    if len(parts) > 3 and len(joint.join(parts)) > ROOM:
        parts = [*parts[:2], CARDS["more"].format(count=len(parts) - 3), parts[-1]]
    return joint.join(parts)
