"""Two views of a transposed convolution as marks, the stamps and the sweep; heading and sentence of every view."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import frames, text
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.panels import Panel
from convwidgets.figures.rows import Item, captions, row
from convwidgets.figures.sparse import extra, grid, inserted
from convwidgets.palette import LIGHT

Scene = Mapping[str, Any]
Drawn = tuple[list[Mark], float]  # marks, and where they end
NOTE = 12.0
HEADINGS = {
    "stamping": ("1", "Stamp", "Each value of y times the kernel, set down a stride apart; overlaps add up."),
    "multiplying": ("2", "Multiply", "The transpose of the convolution’s own matrix, times y unrolled."),
    "inserting": ("3", "Sweep", "Spread y out with zeros, turn the kernel round, slide it along with stride 1."),
}


def heading(name: str, x: float, y: float, room: float) -> Drawn:
    """The number of the view in a ring, its name, and what it does."""
    number, title, words = HEADINGS[name]
    told, height = text.paragraph([(words, "soft")], x + 34, y + 38, room - 34, NOTE, f"{name}:words")
    turn = [2 * math.pi * step / 48 for step in range(49)]
    ring = Line(tuple((x + 12 + 12 * math.cos(t), y + 15 + 12 * math.sin(t)) for t in turn), LIGHT["ink"], 1.3)
    digit = Text(x + 12, y + 19.5, number, 12, LIGHT["ink"], bold=True, anchor="middle")
    return [ring, digit, Text(x + 34, y + 19.5, title, 14, LIGHT["ink"], bold=True), *told], y + 26 + height


def told(scene: Scene, name: str, x: float, y: float, room: float) -> Drawn:
    """The sentence of the view."""
    parts = text.runs(scene["sentences"][name])
    texts, height = text.paragraph(parts, x, y + 24, room, NOTE, f"{name}:sentence")
    return list(texts), y + 14 + height


def result(panel: Panel, at: tuple[int, int]) -> list[Mark]:
    """The grid of a result with its highlighted cell."""
    return [*grid(panel, at), *extra(panel), *frames.focus(panel, *at)]


def stamping(scene: Scene, x: float, y: float, room: float) -> Drawn:
    """The stamps with "+" between them, "=" and their sum."""
    view, at = scene["views"]["stamping"], scene["at"]
    items: list[Item] = [("+" if number else "", data) for number, data in enumerate(view["stamps"])]
    total = view["sum"]
    left_out = max(len(items), view["reaching"]) - len(items) or view["count"] - len(items)
    sign = "+ … =" if left_out else "="
    placed = row([*items, (sign, total)], x, y, room, 30, scene["dimensions"])
    marks: list[Mark] = [*captions(placed), *placed.signs]
    for panel in placed.panels[:-1]:
        sheet = Box(panel.x - 3, panel.y - 3, panel.width + 4, panel.height + 4, 5, LIGHT["strip"], LIGHT["hairline"])
        marks += [sheet, *grid(panel), *(_touched(panel, at) if panel.data["reaches"] else [])]
    keys, bottom = legend(view["legend"], total, x, placed.bottom + 8, room)
    return [*marks, *result(placed.panels[-1], at), *keys], bottom


def _touched(panel: Panel, at: tuple[int, int]) -> list[Mark]:
    """The violet frame of the cell of a stamp that goes into the highlighted cell."""
    x, y, width, height = panel.frame([at[0]], [at[1]])
    name = f"touched:{panel.name}"
    return [
        Box(x, y, width, height, 4, edge=LIGHT["halo"], line=4),
        Box(x, y, width, height, 4, edge=LIGHT["kernel"], line=2, name=name),
    ]


def inserting(scene: Scene, x: float, y: float, room: float) -> Drawn:
    """The stretched grid with its window, the rotated kernel, the result, and what the kinds of zeros are."""
    view, at = scene["views"]["inserting"], scene["at"]
    output = {**scene["panels"][-1], "name": "swept"}
    items: list[Item] = [("", view["stretched"]), ("∗", view["kernel"]), ("=", output)]
    placed = row(items, x, y, room, 30, scene["dimensions"])
    source, kernel, target = placed.panels
    marks: list[Mark] = [*captions(placed), *placed.signs, *grid(source), *extra(source), *grid(kernel)]
    rows, columns = ([int(position) for position in view["window"][axis]] for axis in ("rows", "columns"))
    marks += [*frames.window(source, rows, columns), *result(target, at)]
    keys, bottom = legend(view["legend"], source.data, x, placed.bottom + 8, room)
    return [*marks, *keys], bottom


def legend(meanings: Mapping[str, str], data: Mapping[str, Any], x: float, y: float, room: float) -> Drawn:
    """Samples of the kinds of cells that a panel has, each with its meaning."""
    marks: list[Mark] = []
    left, size = x, 18.0
    for kind, words in meanings.items():
        if not data[kind].any():
            continue
        letters = text.fitting([words], room - size - 8, 11)
        length = size + 8 + text.width(words, letters)
        if left > x and left + length > x + room:
            left, y = x, y + 26
        marks += _sample(kind, left, y, size, bool((data["padding"] & data[kind]).any()))
        name = f"{data['name']}:legend:{kind}"
        marks.append(Text(left + size + 8, y + 13, words, letters, LIGHT["secondary"], name=name))
        left += length + 18
    return marks, y + (26 if marks else 0)


def _sample(kind: str, x: float, y: float, size: float, hatched: bool) -> list[Mark]:
    if kind == "inserted":
        return inserted(x, y, size)
    data: dict[str, Any] = {
        "name": "sample", "role": "input", "values": [[0]], "origin": (0, 0), "picture": False, "padding": [[hatched]],
    }  # fmt: skip
    panel = Panel({**data, "extra": np.array([[kind == "extra"]])}, x, y, size)
    return [*grid(panel), *extra(panel)]
