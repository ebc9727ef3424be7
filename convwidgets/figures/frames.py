"""What lies over the cells: the window, the frame of the one cell that is looked at."""

from __future__ import annotations

from convwidgets.figures.marks import Box, Line, Mark
from convwidgets.figures.panels import Panel
from convwidgets.palette import LIGHT


def consecutive(positions: list[int]) -> list[list[int]]:
    """Positions cut where one is left out: `consecutive([1, 2, 4])` → `[[1, 2], [4]]`."""
    groups: list[list[int]] = []
    for position in positions:
        if groups and position == groups[-1][-1] + 1:
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def window(panel: Panel, rows: list[int], columns: list[int]) -> list[Mark]:
    """The violet frame; with dilation one per group of neighbouring taps, and a dashed hull around them."""
    pieces = [(r, c) for r in consecutive(rows) for c in consecutive(columns)]
    marks: list[Mark] = []
    for piece in pieces:
        marks += _framed(panel.frame(*piece), 2.5, LIGHT["weight"], "window")
    if len(pieces) > 1:
        x, y, width, height = panel.frame(rows, columns, grow=4.0)
        marks.append(Box(x, y, width, height, 7, edge=LIGHT["weight"], line=1.2, dash=(4, 3), name="hull"))
    return marks


def focus(panel: Panel, row: int, column: int) -> list[Mark]:
    """The ink frame of the one cell that is looked at."""
    return _framed(panel.frame([row], [column]), 3, LIGHT["ink"], f"focus:{panel.name}:{row}:{column}")


def _framed(frame: tuple[float, float, float, float], line: float, colour: str, name: str) -> list[Mark]:
    """A frame on a halo in the colour of the surface, so that it stands out on every fill."""
    x, y, width, height = frame
    return [
        Box(x, y, width, height, 5, edge=LIGHT["surface"], line=line + 2.5),
        Box(x, y, width, height, 5, edge=colour, line=line, name=name),
    ]


def arrows(panels: list[Panel]) -> list[Mark]:
    """From the kernel to its result, and on from there, where the panels stand side by side."""
    marks: list[Mark] = []
    results = [panel for panel in panels if panel.data["role"] in ("output", "preactivation")]
    kernel = next(panel for panel in panels if panel.name == "kernel")
    for before, after in zip([kernel, *results], results, strict=False):
        room = 20 if after.picture else 34
        start, end = before.x + before.width + 12, after.x - room
        y = before.y + min(before.height, after.height) / 2
        if after.height and end - start >= 16:
            head = ((end - 5, y - 4), (end, y), (end - 5, y + 4))
            marks += [Line(((start, y), (end, y)), LIGHT["edge"], 1.4), Line(head, LIGHT["edge"], 1.4)]
    return marks
