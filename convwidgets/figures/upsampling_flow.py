"""Columns of panels in lines across the sheet: as many side by side as stay readable, all in cells of one size."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convwidgets.figures.layout import HEADING, MARGIN, ROW_INDEX, heading_width
from convwidgets.figures.panels import GAP, Panel

Column = list[Mapping[str, Any]]  # a panel, and the magnifier beneath it
BETWEEN, BELOW = 26, 22  # from column to column, and from line to line
LEAST = 12  # a readable cell
PIXELS = 7  # a picture is as wide as so many of the largest cells
LEGEND = 104  # the least width of a picture, for what its colours mean


@dataclass(frozen=True)
class Flow:
    """Columns on a sheet of that width: `each` side by side, in cells of that size."""

    columns: list[Column]
    width: float
    each: int
    cell: float

    @property
    def lines(self) -> list[list[Column]]:
        return [self.columns[start : start + self.each] for start in range(0, len(self.columns), self.each)]

    def side(self, data: Mapping[str, Any]) -> float:
        """The side of a cell, or of a pixel of a picture."""
        if not data["picture"]:
            return self.cell
        most = max(1, *(max(column[0]["values"].shape) for column in self.columns if column[0]["picture"]))
        return float(PIXELS * self.cell / most)

    def taken(self, column: Column) -> float:
        """The width of a column, without the numbers of its rows."""
        data = column[0]
        wide = data["values"].shape[1] * (self.side(data) + (0 if data["picture"] else GAP))
        if not data["picture"]:
            return float(max(wide, min(heading_width(data), self.width - 2 * MARGIN - ROW_INDEX)))
        near = column[1]["values"].shape[1] * (self.near + GAP) if len(column) > 1 else 0
        return float(max(wide, near, LEGEND, heading_width({**data, "note": ""})))

    @property
    def near(self) -> float:
        """The side of the cells of a magnifier."""
        return min(30.0, self.cell)

    @property
    def fits(self) -> bool:
        room = self.width - 2 * MARGIN
        return all(
            sum(ROW_INDEX + self.taken(column) for column in line) + BETWEEN * (len(line) - 1) <= room
            for line in self.lines
        )

    def placed(self, y: float) -> tuple[list[Panel], float]:
        """The panels with their places, and where the last line ends."""
        panels: list[Panel] = []
        for line in self.lines:
            x, end = float(MARGIN), y
            for column in line:
                stack = self._stack(column, x + ROW_INDEX, y + HEADING)
                panels += stack
                x, end = x + ROW_INDEX + self.taken(column) + BETWEEN, max(end, stack[-1].bottom)
            y = end + BELOW
        return panels, y

    def _stack(self, column: Column, x: float, y: float) -> list[Panel]:
        first = Panel(column[0], x, y, self.side(column[0]))
        return [first, *(Panel(data, x, first.bottom + 8, self.near) for data in column[1:])]


def flow(columns: list[Column], y: float, width: float, most: float) -> tuple[list[Panel], float]:
    """The columns in as few lines as leave cells readable, in the largest cells up to `most`."""
    count = len(columns)
    for lines in range(1, count + 1):
        each = math.ceil(count / lines)
        sizes = (Flow(columns, width, each, cell / 4) for cell in range(round(4 * most), 3, -1))
        best = next((attempt for attempt in sizes if attempt.fits), Flow(columns, width, each, 1.0))
        if best.cell >= LEAST:
            break
    return best.placed(y)
