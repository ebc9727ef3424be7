"""Where the panels of a scene stand: side by side, the input beside the rest, or one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.panels import Panel

MARGIN = 24
LARGEST, READABLE = 46, 28  # sides of a cell: the ceiling, and the least at which side by side is preferred
TINY = 1.5, 1, 0.7, 0.4  # sides that only very long lines need
HEADING = 46  # the room above a panel for its label and its indices
ROW_INDEX = 26  # the room left of a panel for the numbers of its rows
BETWEEN, WIDEST_BETWEEN = 30, 92  # from column to column
BELOW = 26  # from panel to panel in a column
PHONE = 520  # below this width everything stands in one column; pictures need more
LEGEND = 170  # the least width of a picture, for what its colours mean
ROLES = ("input", "magnifier", "kernel", "output")  # from the top in one column
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
        headings = [LEGEND if data["picture"] else heading_width(data) for data in column]
        return max(*headings, *(self.panel(data, 0, 0).width for data in column))

    def total(self, columns: Columns, between: float) -> float:
        widths = sum(self.gutter(column) + self.width(column) for column in columns)
        return 2 * MARGIN + widths + between * (len(columns) - 1)


def heading_width(data: Data) -> float:
    """The room that a panel's label and note take."""
    return text.width(str(data["label"]), 13, bold=True) + 8 + text.width(str(data["note"]), 12)


def arrange(panels: list[Data], dimensions: int, width: float, top: float, window: int = 0) -> list[Panel]:
    """The panels with their places, in the order given, for a sheet of that width.

    In one column the kernel stands below the column where the window begins, the `window`-th shown.
    """
    pixel = _pixel(panels, width)
    attempts = [(columns, _sizes(columns, dimensions, width, pixel)) for columns in _choices(panels, dimensions, width)]
    readable = [attempt for attempt in attempts if attempt[1].cell >= READABLE]
    columns, sizes = readable[0] if readable else max(attempts, key=lambda attempt: attempt[1].cell)
    placed = _place(columns, sizes, width, top)
    if len(columns) == 1:
        placed = [_below(panel, placed[0], window, width) for panel in placed]
    return sorted(placed, key=lambda panel: [data["name"] for data in panels].index(panel.name))


def _choices(panels: list[Data], dimensions: int, width: float) -> list[Columns]:
    """The arrangements to try, the preferred one first."""
    if dimensions == 1 or _narrow(panels, width):
        return [[sorted(panels, key=lambda data: ROLES.index(data["role"]))]]
    if any(data["picture"] for data in panels):
        small = [data for data in panels if data["role"] in ("kernel", "magnifier")]
        large = [[data] for data in panels if data not in small]
        return [[large[0], small, *large[1:]]]
    beside = [[data] for data in panels]
    below = [panels[:1], panels[1:]]
    return [beside, [panels[:1], panels[1:3], panels[3:]], below] if len(panels) > 3 else [beside, below]


def _narrow(panels: list[Data], width: float) -> bool:
    pictures = sum(data["picture"] for data in panels)
    return width < (380 + 160 * pictures if pictures else PHONE)


def _pixel(panels: list[Data], width: float) -> float:
    """Units per pixel, one number for all pictures of a scene, so that their sizes can be compared."""
    shapes = [np.shape(data["values"]) for data in panels if data["picture"]]
    if not shapes:
        return 1.0
    narrow = _narrow(panels, width)
    count = 1 if narrow else len(shapes)
    small = [data for data in panels if not data["picture"]]
    widest = max((max(READABLE * np.shape(data["values"])[1], heading_width(data)) for data in small), default=0)
    others = ROW_INDEX + (0 if narrow else max(144, widest) + BETWEEN * count)
    room = (width - 2 * MARGIN - others) / count
    most, longest = max(shape[1] for shape in shapes), max(shape[0] for shape in shapes)
    return float(min(min(room, PICTURE[0]) / most, PICTURE[1] / longest))


def _sizes(columns: Columns, dimensions: int, width: float, pixel: float) -> Sizes:
    """The largest whole cell with which the columns fit side by side."""
    attempts = [Sizes(cell, pixel, dimensions) for cell in (*range(LARGEST, 1, -1), *TINY)]
    return next((sizes for sizes in attempts if sizes.total(columns, BETWEEN) <= width), attempts[-1])


def _place(columns: Columns, sizes: Sizes, width: float, top: float) -> list[Panel]:
    """Columns from the left, what is left of the width between them, panels of a column one below the other."""
    spare = (width - sizes.total(columns, 0)) / max(1, len(columns) - 1)
    between, x, placed = min(WIDEST_BETWEEN, max(BETWEEN, spare)), float(MARGIN), []
    for column in columns:
        x, y = x + sizes.gutter(column), top
        for data in column:
            y += HEADING
            panel = sizes.panel(data, x, y)
            placed.append(panel)
            y = (panel.bottom if panel.height else y + 2 * panel.pitch) + BELOW
        x += sizes.width(column) + between
    return placed


def _below(panel: Panel, source: Panel, window: int, width: float) -> Panel:
    """The kernel moved below the window, as far as the sheet reaches; every other panel as it is."""
    if panel.data["role"] not in ("kernel", "magnifier"):
        return panel
    room = max(panel.width, heading_width(panel.data))
    return replace(panel, x=max(panel.x, min(source.x + window * source.pitch, width - MARGIN - room)))
