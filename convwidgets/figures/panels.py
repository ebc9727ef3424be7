"""One panel of a scene and its place on the sheet: where its cells lie, its heading and its indices.

A panel's cells are addressed by their displayed position: rows and columns count from 0, padding is −1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.marks import Mark, Text
from convwidgets.palette import LIGHT
from convwidgets.scenes.base import shown

GAP = 2  # between cells, and less between very small ones
SMALLEST = 3  # digits smaller than this are left out
LEAST_FRAME = 13  # the side of the smallest frame


def largest(values: Any) -> float:
    """The finite number of the largest size, which ends the panel's scale: `largest([3, -5])` → `5.0`."""
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    return float(sizes[np.isfinite(sizes)].max(initial=0))


@dataclass(frozen=True)
class Panel:
    """A panel of a scene and its place on the sheet: (x, y) is the corner of its first cell."""

    data: Mapping[str, Any]
    x: float
    y: float
    cell: float  # the side of a cell, or of a pixel
    dimensions: int = 2

    @property
    def name(self) -> str:
        return str(self.data["name"])

    def label(self, place: tuple[int, int]) -> str:
        """The name of the marks of a cell: "input:-1:0"."""
        return f"{self.name}:{place[0]}:{place[1]}"

    @property
    def picture(self) -> bool:
        return bool(self.data["picture"])

    @property
    def shape(self) -> tuple[int, int]:
        rows, columns = np.shape(self.data["values"])
        return rows, columns

    @property
    def pitch(self) -> float:
        return self.cell if self.picture else self.cell + min(GAP, self.cell / 5)

    @property
    def width(self) -> float:
        return self.shape[1] * self.pitch

    @property
    def height(self) -> float:
        return self.shape[0] * self.pitch

    @property
    def bottom(self) -> float:
        """The end of the cells, or of a picture with the bar of its colours."""
        legend = 46 if self.width > 280 else 80
        return self.y + self.height + (legend if self.picture and not self.data["private"] else 0)

    def value(self, row: int, column: int) -> Any:
        return self.data["values"][row - self.data["origin"][0]][column - self.data["origin"][1]]

    def corner(self, row: int, column: int) -> tuple[float, float]:
        top, left = self.data["origin"]
        return self.x + (column - left) * self.pitch, self.y + (row - top) * self.pitch

    def frame(self, rows: list[int], columns: list[int], grow: float = 1.0) -> tuple[float, float, float, float]:
        """x, y, width, height of the frame around the cells from the first to the last row and column."""
        x, y = self.corner(rows[0], columns[0])
        right, bottom = self.corner(rows[-1], columns[-1])
        width, height = right - x + self.cell, bottom - y + self.cell
        grow = max(grow, (LEAST_FRAME - min(width, height)) / 2)  # wide enough to be seen around a few pixels
        return x - grow, y - grow, width + 2 * grow, height + 2 * grow

    def positions(self) -> list[tuple[int, int]]:
        top, left = self.data["origin"]
        rows, columns = self.shape
        return [(row, column) for row in range(top, top + rows) for column in range(left, left + columns)]

    def shown(self, row: int, column: int) -> str:
        """The number in a cell, "?" where the window would leave the input."""
        return "?" if self.flag("missing", row, column) else shown(self.value(row, column))

    def faint(self, row: int, column: int) -> bool:
        """Padding, cells that are never read, and unknown ones step back."""
        return any(self.flag(name, row, column) for name in ("padding", "unread", "missing"))

    def flag(self, name: str, row: int, column: int) -> bool:
        mask = self.data.get(name)
        return mask is not None and bool(mask[row - self.data["origin"][0]][column - self.data["origin"][1]])


def reach(panel: Panel) -> float:
    """Where the scale of a panel ends: at its own largest number, or at that of all panels that share a scale."""
    return float(panel.data.get("reach", 0)) or largest(panel.data["values"])


def heading(panel: Panel) -> list[Mark]:
    """The label in bold and the note beside it, above the indices; above a picture the note has its own line."""
    x, y, label = panel.x, panel.y - 30, str(panel.data["label"])
    note = str(panel.data["note"])
    room = (panel.width or 100) + 20
    size = text.fitting([note], room, 12) if panel.picture else 12
    start = (x, y + 17) if panel.picture else (x + text.width(label, 13, bold=True) + 8, y)
    return [
        Text(x, y, label, 13, LIGHT["ink"], bold=True, name=f"{panel.name}:label"),
        Text(*start, note, size, LIGHT["secondary"], name=f"{panel.name}:note"),
    ]


def indices(panel: Panel, rows: list[int], columns: list[int]) -> list[Mark]:
    """The numbers of rows and columns; those of the window or of the focused cell are bold."""
    marks: list[Mark] = []
    (top, left), (height, width) = panel.data["origin"], panel.shape
    size = text.fitting([shown(number) for number in (-2, left, left + width - 1)], panel.cell, 10.4)
    if panel.picture or size < SMALLEST or panel.data["role"] == "magnifier":
        return marks
    for column in range(left, left + width):
        x = panel.corner(top, column)[0] + panel.cell / 2
        marks.append(_index(panel, x, panel.y - 8, column, column in columns, size, "middle"))
    for row in range(top, top + height) if panel.dimensions > 1 else ():
        y = panel.corner(row, left)[1] + panel.cell / 2 + 0.36 * size
        marks.append(_index(panel, panel.x - 8, y, row, row in rows, size, "end"))
    return marks


def _index(panel: Panel, x: float, y: float, number: int, bold: bool, size: float, anchor: str) -> Text:
    axis = "column" if anchor == "middle" else "row"
    colour = LIGHT["ink" if bold else "axis"]
    return Text(x, y, shown(number), size, colour, bold, anchor, name=f"{panel.name}:{axis}:{number}")
