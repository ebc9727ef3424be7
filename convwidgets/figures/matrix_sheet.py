"""Where the parts of the matrix's board stand: grids, key and facts above, the matrix below, then the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from convwidgets.figures import text
from convwidgets.figures.board import Board
from convwidgets.figures.captions import SENTENCE
from convwidgets.figures.layout import MARGIN, ROW_INDEX, heading_width
from convwidgets.figures.marks import Mark, Text
from convwidgets.figures.matrix_cells import matrix
from convwidgets.figures.matrix_dots import dots, gutter
from convwidgets.figures.matrix_frame import Frame
from convwidgets.figures.matrix_parts import TABLE, grid, legend, strip, table
from convwidgets.figures.matrix_windows import Windows
from convwidgets.figures.panels import Panel
from convwidgets.palette import LIGHT
from convwidgets.scenes.matrix_words import MATRIX

Scene = Mapping[str, Any]
TOP = 58
LARGEST, TALLEST = 40, 216  # the side of a cell, the height of the grids
ASIDE = 700  # from this width on the facts stand beside the grids


def small(scene: Scene, width: float) -> Board:
    """Grids, kernel and facts, and beneath them the matrix in cells."""
    words = MATRIX["transposed_heading" if scene["transposed"] else "heading"]
    marks, end, aside = _above(scene, width, words)
    frame = Frame.fitted(scene, width, end)
    bottom = frame.bottom + (34 if scene["dimensions"] > 1 else 4)
    return _said(scene, [*marks, *matrix(frame)], bottom, width, facts=not aside)


def windows(scene: Scene, width: float) -> Board:
    """Grids, kernel and facts, and beneath them the windows as a matrix."""
    marks, end, aside = _above(scene, width, scene["heading"])
    frame = Windows.fitted(scene, width, end - 20)
    return _said(scene, [*marks, *frame.marks()], frame.bottom, width, facts=not aside)


def _above(scene: Scene, width: float, words: str) -> tuple[list[Mark], float, bool]:
    """What stands above the matrix, and its heading; where the matrix begins; whether the facts are told."""
    aside = width >= ASIDE
    panels = _grids(scene, width - (TABLE + 40 if aside else 0))
    (source, kernel, output), (rows, columns) = panels, (scene["window"][name].tolist() for name in ("rows", "columns"))
    marks = [*grid(source, rows, columns), *legend(scene, kernel), *grid(output, [], [], scene["at"])]
    end = max(panel.y + panel.height for panel in panels)
    if aside:
        facts = table(scene, "The matrix " + scene["panels"][3]["label"], width - MARGIN - TABLE, TOP)
        marks, end = marks + facts, max(end, *(mark.y for mark in facts if isinstance(mark, Text)))
    size = text.fitting([words], width - 2 * MARGIN, 13, bold=True)
    marks.append(Text(MARGIN, end + 44, words, size, LIGHT["ink"], bold=True, name="matrix:label"))
    return marks, end + 78, aside


def large(scene: Scene, width: float) -> Board:
    """The pattern with the kernel as its key beside it or, where that is narrow, above it."""
    data = {**scene["panels"][1], "note": f"{scene['panels'][1]['note']}, key"}
    side = min(LARGEST, 170 / max(data["values"].shape))
    key = Panel(data, 0, TOP, side, scene["dimensions"])
    beside, x = width >= ASIDE, MARGIN + gutter(scene)
    taken = max(key.width, heading_width(data)) + ROW_INDEX + 24 if beside else 0
    left = width - MARGIN - taken + ROW_INDEX + 24 if beside else MARGIN + ROW_INDEX
    key = Panel(data, left, TOP, side, scene["dimensions"])
    y = TOP if beside else TOP + key.height + 62
    pattern, height = dots(scene, x, y, width - MARGIN - taken - x)
    label, shape = scene["panels"][3]["label"], [f"{count:,}" for count in scene["facts"]["shape"]]
    heading = [
        Text(MARGIN, y - 30, label, 15, LIGHT["ink"], name="matrix:label", italic=True),
        Text(MARGIN + 10 + text.width(label, 15, italic=True), y - 30, " × ".join(shape), 12, LIGHT["secondary"]),
    ]
    marks: list[Mark] = [*heading, *pattern, *legend(scene, key, deep=True)]
    return _said(scene, marks, max(y + height, key.y + key.height), width, facts=True)


def _said(scene: Scene, marks: list[Mark], y: float, width: float, *, facts: bool) -> Board:
    """The board with the facts beneath, if they are not told yet, and the sentence."""
    room = width - 2 * MARGIN
    if facts:
        told, y = strip(scene, MARGIN, y + 34, room)
        marks = marks + told
    parts = text.runs(scene["sentence"])
    texts, height = text.paragraph(parts, MARGIN, y + 32, room, SENTENCE, "sentence")
    return Board((*marks, *texts), width, y + 32 + height, f"{scene['title']}, {scene['subtitle']}")


def _grids(scene: Scene, width: float) -> list[Panel]:
    """Input, kernel and output side by side, in cells of one size."""
    data = [{**scene["panels"][number], "picture": False} for number in (0, 1, -1)]
    gutters = ROW_INDEX if scene["dimensions"] > 1 else 0
    sides = [each["values"].shape for each in data]
    tall, between = max(side[0] for side in sides), 22

    def taken(cell: float) -> float:
        wide = [max(side[1] * (cell + 2), heading_width(each)) for side, each in zip(sides, data, strict=True)]
        return float(2 * MARGIN + sum(wide) + 3 * gutters + 2 * between)

    cells = [cell for cell in range(LARGEST, 9, -1) if cell * tall <= TALLEST]
    cell = next((cell for cell in cells if taken(cell) <= width), 10)
    if taken(cell) > width:
        return _stacked(data, width, gutters, scene["dimensions"])
    spare = min(64.0, between + (width - taken(cell)) / 3)
    x, placed = MARGIN + gutters, []
    for each, side in zip(data, sides, strict=True):
        placed.append(Panel(each, x, TOP, cell, scene["dimensions"]))
        x += max(side[1] * (cell + 2), heading_width(each)) + gutters + spare
    return placed


def _stacked(data: list[Any], width: float, gutters: int, dimensions: int) -> list[Panel]:
    """On a narrow sheet one below the other."""
    widest = max(each["values"].shape[1] for each in data)
    cell = min(LARGEST - 6, (width - 2 * MARGIN - gutters) / widest - 2)
    placed, y = [], TOP
    for each in data:
        placed.append(Panel(each, MARGIN + gutters, y, cell, dimensions))
        y += round(placed[-1].height) + 64
    return placed
