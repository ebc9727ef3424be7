"""Grids that are not full: cells left empty, zeros that were inserted, and the frame of what output padding adds."""

from __future__ import annotations

from itertools import pairwise

from convwidgets.figures import text
from convwidgets.figures.cells import cells
from convwidgets.figures.marks import Box, Line, Mark, Point, Text
from convwidgets.figures.panels import SMALLEST, Panel
from convwidgets.palette import LIGHT

DASH_DOT = 7.0, 3.0, 1.6, 3.0  # a dash, a gap, a dot, a gap


class Sparse(Panel):
    """A panel of whose cells only those with a number of their own are drawn as cells."""

    def positions(self) -> list[tuple[int, int]]:
        return [place for place in super().positions() if not self.bare(*place)]

    def bare(self, row: int, column: int) -> bool:
        """Nothing stands there, or an inserted zero."""
        return self.flag("empty", row, column) or self.flag("inserted", row, column)


def grid(panel: Panel, bold: tuple[int, int] | None = None) -> list[Mark]:
    """The cells of a panel; a dot where it is empty, a round dotted 0 where a zero was inserted."""
    sparse = Sparse(panel.data, panel.x, panel.y, panel.cell, panel.dimensions)
    marks: list[Mark] = []
    for place in panel.positions():
        if panel.flag("empty", *place):
            marks.append(_dot(panel, place))
        elif panel.flag("inserted", *place):
            marks += inserted(*panel.corner(*place), panel.cell, panel.label(place))
    return marks + cells(sparse, bold=bold)


def _dot(panel: Panel, place: tuple[int, int]) -> Mark:
    (x, y), size = panel.corner(*place), max(1.4, 0.09 * panel.cell)
    left, top = x + (panel.cell - size) / 2, y + (panel.cell - size) / 2
    return Box(left, top, size, size, size / 2, LIGHT["edge"], name=f"{panel.label(place)}:empty")


def inserted(x: float, y: float, cell: float, name: str = "sample") -> list[Mark]:
    """The round dotted 0 of an inserted zero."""
    inset, size = 0.04 * cell, 0.36 * cell
    side = cell - 2 * inset
    circle = Box(x + inset, y + inset, side, side, side / 2 - 0.01, LIGHT["surface"], LIGHT["axis"], 1.2, (1.5, 3))
    if size < SMALLEST:
        return [circle]
    middle, base = x + cell / 2, y + cell / 2 + 0.36 * size
    return [circle, Text(middle, base, "0", size, LIGHT["padding"], anchor="middle", name=f"{name}:value")]


def extra(panel: Panel) -> list[Mark]:
    """The green dash-dot frame around the rows and columns at the end that the output padding adds."""
    (top, left), mask = panel.data["origin"], panel.data["extra"]
    if not mask.any():
        return []
    rows, columns = mask.any(axis=1).nonzero()[0] + top, mask.any(axis=0).nonzero()[0] + left
    last = int(rows[-1]), int(columns[-1])
    inner = [(row, column) for row in rows for column in columns if not mask[row - top, column - left]]
    x, y, right, bottom = _outline(panel, (int(rows[0]), int(columns[0])), last)
    if not inner:
        corners: list[Point] = [(x, y), (right, y), (right, bottom), (x, bottom), (x, y)]
    else:
        _, _, split_x, split_y = _outline(panel, inner[0], inner[-1])
        corners = [(split_x, y), (right, y), (right, bottom), (x, bottom), (x, split_y), (split_x, split_y)]
        corners = _without_thin(corners, right, bottom)
    return [Line(piece, LIGHT["output"], 1.8) for piece in dash_dot(corners)]


def _without_thin(corners: list[Point], right: float, bottom: float) -> list[Point]:
    """The closed outline of an L, or of its one arm where only rows or only columns are added."""
    (split_x, y), _, _, (x, _), _, (_, split_y) = corners
    if right - split_x < 3:
        return [(x, split_y), (right, split_y), (right, bottom), (x, bottom), (x, split_y)]
    if bottom - split_y < 3:
        return [(split_x, y), (right, y), (right, bottom), (split_x, bottom), (split_x, y)]
    return [*corners, corners[0]]


def _outline(panel: Panel, first: tuple[int, int], last: tuple[int, int]) -> tuple[float, float, float, float]:
    x, y, width, height = panel.frame([first[0], last[0]], [first[1], last[1]], 1)
    return x, y, x + width, y + height


def dash_dot(corners: list[Point]) -> list[tuple[Point, Point]]:
    """A polyline along the axes cut into dashes and dots: `len(dash_dot([(0, 0), (10, 0)]))` → `1`."""
    pieces: list[tuple[Point, Point]] = []
    for (x, y), (to_x, to_y) in pairwise(corners):
        length = abs(to_x - x) + abs(to_y - y)
        across, down = ((to_x - x) / length, (to_y - y) / length) if length else (0.0, 0.0)
        start, turn = 0.0, 0
        while start < length:
            end = min(length, start + DASH_DOT[turn])
            if turn % 2 == 0:
                pieces.append(((x + across * start, y + down * start), (x + across * end, y + down * end)))
            start, turn = end, (turn + 1) % 4
    return pieces


def caption(panel: Panel) -> list[Mark]:
    """A small label right above a grid, its note beside it."""
    label, note = str(panel.data["label"]), str(panel.data["note"])
    marks: list[Mark] = [Text(panel.x, panel.y - 8, label, 11.5, LIGHT["ink"], bold=True, name=f"{panel.name}:label")]
    start, weight = panel.x + text.width(label, 11.5, bold=True) + 6, note == "× kernel"
    colour = LIGHT["kernel" if weight else "secondary"]
    return [*marks, Text(start, panel.y - 8, note, 11.5, colour, weight, name=f"{panel.name}:note")] if note else marks
