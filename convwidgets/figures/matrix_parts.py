"""What stands around the matrix on its board: grids in neutral fill, the kernel as the key, the facts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from convwidgets.figures import frames, text
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.matrix_key import key
from convwidgets.figures.panels import SMALLEST, Panel, heading, indices
from convwidgets.palette import LIGHT
from convwidgets.scenes.base import shown
from convwidgets.scenes.matrix_facts import told

Scene = Mapping[str, Any]
TABLE = 176  # the width of the table of facts
LINE = 24


def grid(panel: Panel, rows: list[int], columns: list[int], at: tuple[int, int] | None = None) -> list[Mark]:
    """A grid whose fill means nothing: heading, indices, cells, and the window or the one cell that is looked at."""
    bold = ([at[0]], [at[1]]) if at else (rows, columns)
    numbers = [shown(value) for value in panel.data["values"].ravel()]
    size = text.fitting(numbers, 0.86 * panel.cell, 0.36 * panel.cell, at is not None)
    marks: list[Mark] = [*heading(panel), *indices(panel, *bold)]
    for place in panel.positions():
        marks += _cell(panel, place, size, at is not None)
    if rows and columns:
        marks += frames.window(panel, rows, columns)
    return marks + (frames.focus(panel, *at) if at else [])


def _cell(panel: Panel, place: tuple[int, int], size: float, bold: bool) -> list[Mark]:
    (x, y), side, name = panel.corner(*place), panel.cell, panel.label(place)
    outside, faint = panel.flag("padding", *place), panel.faint(*place)
    fill, radius = LIGHT["surface" if outside else "zero"], min(4, side / 8)
    pattern = "hatch" if outside else "dots" if faint else ""
    edge, dash = (LIGHT["axis"], (3, 2.5)) if outside else (LIGHT["hairline"], None)
    marks: list[Mark] = [Box(x, y, side, side, radius, fill, edge, 0.8, dash, pattern, LIGHT["hatch"], name)]
    number = panel.shown(*place)
    if size < SMALLEST:
        return marks
    if faint:
        width, height = text.width(number, size) + 0.5 * size, 1.3 * size
        marks.append(Box(x + (side - width) / 2, y + (side - height) / 2, width, height, height / 2, fill))
    colour = LIGHT["padding" if faint else "ink"]
    return [
        *marks,
        Text(x + side / 2, y + side / 2 + 0.36 * size, number, size, colour, bold, "middle", f"{name}:value"),
    ]


def legend(scene: Scene, panel: Panel, *, deep: bool = False) -> list[Mark]:
    """The kernel: every weight in its colour, with its number and, where there is room, its symbol."""
    colours, side = key(panel.shape, deep=deep), panel.cell
    if scene["flip"]:
        colours = colours[::-1]  # a weight keeps its colour, wherever a rotation puts it
    names = scene["names"][::-1, ::-1] if scene["flip"] else scene["names"]
    numbers = [shown(value) for value in panel.data["values"].ravel()]
    roomy = side >= 24
    size = text.fitting(numbers, 0.86 * side, (0.34 if roomy else 0.4) * side, bold=True)
    small = text.fitting(names.ravel().tolist(), 0.86 * side, 0.27 * side)
    marks: list[Mark] = [*heading(panel), *indices(panel, [], [])]
    for place, number, name, fill in zip(panel.positions(), numbers, names.ravel(), colours, strict=True):
        (x, y), label, ink = panel.corner(*place), panel.label(place), LIGHT["ink"]
        marks.append(Box(x, y, side, side, min(4, side / 8), fill, LIGHT["kernel"], 0.8, name=label))
        middle, baseline = x + side / 2, y + (0.45 if roomy else 0.5 + 0.14) * side
        if size >= SMALLEST:
            marks.append(Text(middle, baseline, number, size, ink, True, "middle", f"{label}:value"))
        if roomy:
            marks.append(Text(middle, y + 0.82 * side, str(name), small, ink, False, "middle", f"{label}:name", True))
    return marks


def table(scene: Scene, title: str, x: float, y: float) -> list[Mark]:
    """The facts below each other, between hairlines."""
    marks: list[Mark] = [Text(x, y - 30, title, 13, LIGHT["ink"], bold=True, name="facts:label")]
    for number, (name, value) in enumerate(told(scene["facts"])):
        line = y + LINE * number
        if number:
            marks.append(Line(((x, line - 16), (x + TABLE, line - 16)), LIGHT["hairline"], 0.8))
        marks.append(Text(x, line, name, 12, LIGHT["secondary"]))
        marks.append(Text(x + TABLE, line, value, 12, LIGHT["ink"], True, "end", f"facts:{name}"))
    return marks


def strip(scene: Scene, x: float, y: float, room: float) -> tuple[list[Mark], float]:
    """The facts side by side, names above values, in as many lines as they need; and where they end."""
    marks: list[Mark] = []
    left, gap = x, 26.0
    for name, value in told(scene["facts"]):
        width = max(text.width(name, 11), text.width(value, 12.5, bold=True))
        if left > x and left + width > x + room:
            left, y = x, y + 42
        marks.append(Text(left, y, name, 11, LIGHT["secondary"]))
        marks.append(Text(left, y + 17, value, 12.5, LIGHT["ink"], True, name=f"facts:{name}"))
        left += width + gap
    return marks, y + 17
