"""What lies over the cells: the window, the frame of the one cell that is looked at."""

from __future__ import annotations

from convwidgets.figures import text
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.panels import Panel
from convwidgets.palette import LIGHT


def consecutive(positions: list[int], whole: bool = False) -> list[list[int]]:
    """Positions cut where one is left out, unless `whole`: `consecutive([1, 2, 4])` → `[[1, 2], [4]]`."""
    groups: list[list[int]] = []
    for position in positions:
        if groups and (whole or position == groups[-1][-1] + 1):
            groups[-1].append(position)
        else:
            groups.append([position])
    return groups


def window(panel: Panel, rows: list[int], columns: list[int]) -> list[Mark]:
    """The violet frame; with dilation one per group of neighbouring taps, and a dashed hull around them."""
    whole = panel.picture  # too small there to show its holes
    pieces = [(r, c) for r in consecutive(rows, whole) for c in consecutive(columns, whole)]
    marks: list[Mark] = []
    for piece in pieces:
        marks += _framed(panel.frame(*piece), 2.5, LIGHT["kernel"], "window")
    if len(pieces) > 1:
        x, y, width, height = panel.frame(rows, columns, grow=4.0)
        marks.append(Box(x, y, width, height, 7, edge=LIGHT["kernel"], line=1.2, dash=(4, 3), name="hull"))
    return marks


def focus(panel: Panel, row: int, column: int) -> list[Mark]:
    """The ink frame of the one cell that is looked at."""
    return _framed(panel.frame([row], [column]), 3, LIGHT["focus"], f"focus:{panel.name}:{row}:{column}")


def _framed(frame: tuple[float, float, float, float], line: float, colour: str, name: str) -> list[Mark]:
    """A frame on a halo in the colour of the surface, so that it stands out on every fill."""
    x, y, width, height = frame
    return [
        Box(x, y, width, height, 5, edge=LIGHT["halo"], line=line + 2.5),
        Box(x, y, width, height, 5, edge=colour, line=line, name=name),
    ]


def arrows(panels: list[Panel], notes: list[str]) -> list[Mark]:
    """From the kernel to its result, and on from there, where the panels stand side by side; a note on each."""
    marks: list[Mark] = []
    results = [panel for panel in panels if panel.data["role"] == "output"]
    kernel = next(panel for panel in panels if panel.name == "kernel")
    for before, after, note in zip([kernel, *results], results, notes, strict=False):
        room = 20 if after.picture else 34
        start, end = before.x + before.width + 12, after.x - room
        top, bottom = max(before.y, after.y), min(before.y + before.height, after.y + after.height)
        y = (top + bottom) / 2
        if bottom - top >= 20 and end - start >= 16:
            head = ((end - 5, y - 4), (end, y), (end - 5, y + 4))
            size = text.fitting([note], end - start + 16, 11)
            marks.append(Text((start + end) / 2, y - 8, note, size, LIGHT["secondary"], anchor="middle", name="note"))
            marks += [Line(((start, y), (end, y)), LIGHT["edge"], 1.4), Line(head, LIGHT["edge"], 1.4)]
    return marks
