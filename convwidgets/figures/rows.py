"""Grids and signs in a row, "a + b = c", on as many lines as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from convwidgets.figures.marks import Mark, Text
from convwidgets.figures.panels import GAP, Panel
from convwidgets.figures.sparse import caption
from convwidgets.figures.text import width as text_width
from convwidgets.palette import LIGHT

SIGN = 30  # the room for a sign between two grids
BLANK = " "  # no sign, but its room
CAPTION = 24  # the room above a grid for its label
BELOW = 14  # from line to line
LEAST = 15  # cells smaller than this break the row into more lines
Data = Mapping[str, Any]
Item = tuple[str, Data]  # a sign, "" before the first grid, and the grid after it


@dataclass(frozen=True)
class Row:
    """Panels with their places, the signs between them, and where both end."""

    panels: tuple[Panel, ...]
    signs: tuple[Mark, ...]
    right: float
    bottom: float


def row(items: Sequence[Item], x: float, y: float, room: float, most: float, dimensions: int) -> Row:
    """The items with the largest cell, at most `most`, with which they fit; `y` is the top of the captions."""
    lines = _lines(items, room)
    cell = min(most, *(_cell(line, room) for line in lines))
    panels: list[Panel] = []
    signs: list[Mark] = []
    right = x
    for line in lines:
        left, height = x, max(len(data["values"]) for _, data in line) * (cell + _gap(cell))
        for sign, data in line:
            if sign:
                middle = y + CAPTION + height / 2
                mark = Text(left + _room(sign) / 2, middle + 6, sign, 17, LIGHT["secondary"], anchor="middle")
                signs += [mark] if sign != BLANK else []
                left += _room(sign)
            panel = Panel(data, left, y + CAPTION, cell, dimensions)
            panels.append(Panel(data, left, y + CAPTION + (height - panel.height) / 2, cell, dimensions))
            left += max(panel.width, _label(data))
        right, y = max(right, left), y + CAPTION + height + BELOW
    return Row(tuple(panels), tuple(signs), right, y - BELOW)


def captions(placed: Row) -> list[Mark]:
    """The labels above the grids of a row."""
    return [mark for panel in placed.panels for mark in caption(panel)]


def _room(sign: str) -> float:
    """The room of a sign; "+ … =" takes more."""
    return max(SIGN, text_width(sign, 17) + 14) if sign else 0


def _gap(cell: float) -> float:
    return min(GAP, cell / 5)


def _label(data: Data) -> float:
    return text_width(str(data["label"]), 11.5, bold=True) + 6 + text_width(str(data["note"]), 11.5, bold=True)


def _columns(data: Data) -> int:
    return int(np.shape(data["values"])[1])


def _needed(line: Sequence[Item], cell: float) -> float:
    pitch = cell + _gap(cell)
    return sum(_room(sign) + max(_columns(data) * pitch, _label(data)) for sign, data in line)


def _cell(line: Sequence[Item], room: float) -> float:
    """The largest cell, in quarters of a unit, with which the line fits."""
    return next((cell / 4 for cell in range(184, 2, -1) if _needed(line, cell / 4) <= room), 0.5)


def _lines(items: Sequence[Item], room: float) -> list[list[Item]]:
    """The items cut into lines of about the same length that fit with the least readable cell."""
    if _needed(items, LEAST) <= room:
        return [list(items)]
    items = [(BLANK, items[0][1]), *items[1:]]  # the grids of all lines begin at the same place
    lines: list[list[Item]] = [[]]
    for item in items:
        if lines[-1] and _needed([*lines[-1], item], LEAST) > room:
            lines.append([])
        lines[-1].append(item)
    each = -(-len(items) // len(lines))
    even = [list(items[start : start + each]) for start in range(0, len(items), each)]
    return even if all(_needed(line, LEAST) <= room for line in even) else lines
