"""Where the panels of a scene stand: side by side, the input beside the rest, or one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.panels import GAP, Panel

MARGIN = 24
LARGEST, READABLE = 46, 28  # sides of a cell: the ceiling, and the least at which side by side is preferred
HEADING, PICTURE_HEADING = 46, 28  # the room above a panel for its label and its indices
ROW_INDEX = 26  # the room left of a panel for the numbers of its rows
BETWEEN, WIDEST_BETWEEN = 30, 92  # from column to column
BELOW = 26  # from panel to panel in a column
PHONE = 520  # below this width everything stands in one column
PICTURE = 300, 380  # the largest width and height of a picture

Data = Mapping[str, Any]
Columns = list[list[Data]]


@dataclass(frozen=True)
class Sizes:
    """How large things are drawn in one attempt: the side of a cell, units per pixel of a picture, index rooms."""

    cell: float
    pixel: float
    dimensions: int

    def panel(self, data: Data, x: float, y: float) -> Panel:
        return Panel(data, x, y, self.pixel if data["picture"] else self.cell, self.dimensions)

    def gutter(self, column: list[Data]) -> float:
        return ROW_INDEX if self.dimensions > 1 and not all(data["picture"] for data in column) else 0

    def width(self, column: list[Data]) -> float:
        return max(max(self.panel(data, 0, 0).width, heading_width(data)) for data in column)

    def total(self, columns: Columns, between: float) -> float:
        widths = sum(self.gutter(column) + self.width(column) for column in columns)
        return 2 * MARGIN + widths + between * (len(columns) - 1)


def heading_width(data: Data) -> float:
    """The room that a panel's label and note take."""
    return text.width(str(data["label"]), 13, bold=True) + 8 + text.width(str(data["note"]), 12)


def arrange(panels: list[Data], dimensions: int, width: float, top: float) -> list[Panel]:
    """The panels with their places, in the order given, for a sheet of that width."""
    pixel = _pixel(panels, width)
    attempts = [(columns, _sizes(columns, dimensions, width, pixel)) for columns in _choices(panels, dimensions, width)]
    readable = [attempt for attempt in attempts if attempt[1].cell >= READABLE]
    columns, sizes = readable[0] if readable else max(attempts, key=lambda attempt: attempt[1].cell)
    placed = _place(columns, sizes, width, top)
    return sorted(placed, key=lambda panel: [data["name"] for data in panels].index(panel.name))


def _choices(panels: list[Data], dimensions: int, width: float) -> list[Columns]:
    """The arrangements to try, the preferred one first."""
    if dimensions == 1 or width < PHONE:
        return [[panels]]
    if any(data["picture"] for data in panels):
        small = [data for data in panels if data["role"] in ("kernel", "magnifier")]
        large = [[data] for data in panels if data not in small]
        return [[large[0], small, *large[1:]]]
    return [[[data] for data in panels], [panels[:1], panels[1:]]]


def _pixel(panels: list[Data], width: float) -> float:
    """Units per pixel, one number for all pictures of a scene, so that their sizes can be compared."""
    shapes = [np.shape(data["values"]) for data in panels if data["picture"]]
    if not shapes:
        return 1.0
    others = 0 if width < PHONE else 200
    room = (width - 2 * MARGIN - others) / (1 if width < PHONE else len(shapes)) - BETWEEN
    return min(min(room, PICTURE[0]) / max(s[1] for s in shapes), PICTURE[1] / max(s[0] for s in shapes))


def _sizes(columns: Columns, dimensions: int, width: float, pixel: float) -> Sizes:
    """The largest whole cell with which the columns fit side by side."""
    attempts = [Sizes(cell, pixel, dimensions) for cell in range(LARGEST, 2, -1)]
    return next((sizes for sizes in attempts if sizes.total(columns, BETWEEN) <= width), attempts[-1])


def _place(columns: Columns, sizes: Sizes, width: float, top: float) -> list[Panel]:
    """Columns from the left, what is left of the width between them, panels of a column one below the other."""
    spare = (width - sizes.total(columns, 0)) / max(1, len(columns) - 1)
    between, x, placed = min(WIDEST_BETWEEN, max(BETWEEN, spare)), float(MARGIN), []
    for column in columns:
        x, y = x + sizes.gutter(column), top
        for data in column:
            y += PICTURE_HEADING if data["picture"] else HEADING
            panel = sizes.panel(data, x, y)
            placed.append(panel)
            y += max(panel.height, sizes.cell if not panel.height else 0) + BELOW
        x += sizes.width(column) + between
    return placed
