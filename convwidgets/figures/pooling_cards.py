"""The four methods beside each other on paper, and the planes of an input, each small beside its result."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import frames, text
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Image, Mark, Text
from convwidgets.figures.panels import Panel
from convwidgets.figures.pictures import in_colour, pixels
from convwidgets.figures.sparse import grid
from convwidgets.palette import LIGHT
from convwidgets.scenes.pooling_words import PLANES

Scene = Mapping[str, Any]
BETWEEN, INSET, WIDE = 12, 12, 640  # from card to card; within a card; where four stand side by side
RESULT, CELL, WORDS = 84, 30, 11.5
TILE, ARROW, NUMBERS = 34, 18, 24  # a small plane; the way to its result; most rows or columns with numbers


def cards(scene: Scene, y: float, width: float) -> tuple[list[Mark], float]:
    """A card for each method, the chosen one framed; and where they end."""
    each = 4 if width >= WIDE else 2
    room = (width - 2 * MARGIN - BETWEEN * (each - 1)) / each
    marks: list[Mark] = []
    for start in range(0, len(scene["cards"]), each):
        line = [
            _card(scene, card, MARGIN + number * (room + BETWEEN), y, room)
            for number, card in enumerate(scene["cards"][start : start + each])
        ]
        height = max(end for _, end in line) - y + INSET
        for number, (drawn, _) in enumerate(line):
            chosen = scene["cards"][start + number]["chosen"]
            edge, weight = (LIGHT["ink"], 2.0) if chosen else (LIGHT["edge"], 0.8)
            x = MARGIN + number * (room + BETWEEN)
            marks += [Box(x, y, room, height, 8, LIGHT["surface"], edge, weight, name="card"), *drawn]
        y += height + BETWEEN
    return marks, y


def _card(scene: Scene, card: Mapping[str, Any], x: float, y: float, room: float) -> tuple[list[Mark], float]:
    """What stands in a card: name, result, formula and note; and where it ends."""
    left, inner, name = x + INSET, room - 2 * INSET, f"card:{card['method']}"
    marks: list[Mark] = [Text(left, y + 20, card["label"], 12.5, LIGHT["ink"], bold=True, name=f"{name}:label")]
    y += 32
    if card["values"] is not None:
        drawn, height = _result(scene, card, left, y, inner)
        marks, y = [*marks, *drawn], y + height + 8
    for words, style, part in ((card["formula"], "", "formula"), (card["note"], "soft", "note")):
        lines, height = text.paragraph([(words, style)], left, y + 12, inner, WORDS, f"{name}:{part}")
        marks, y = [*marks, *lines], y + height + 4
    return marks, y


def _result(scene: Scene, card: Mapping[str, Any], x: float, y: float, room: float) -> tuple[list[Mark], float]:
    """The result with its numbers and the window's place, or its pixels."""
    values = card["values"]
    rows, columns = values.shape[:2]
    cell = min(CELL, RESULT / rows - 2, room / columns - 2)
    if values.ndim == 3 or max(rows, columns) > NUMBERS or scene["panels"][0]["picture"]:
        side = min(RESULT / rows, room / columns)
        signed = not scene["panels"][0]["picture"]
        image = in_colour(values) if values.ndim == 3 else pixels(values, signed)
        return [Image(x, y, side * columns, side * rows, image, f"card:{card['method']}:picture")], side * rows
    data = {"name": f"card:{card['method']}", "values": values, "picture": False, "role": "output", "origin": (0, 0)}
    panel = Panel(data, x, y, cell)
    return [*grid(panel), *frames.focus(panel, *scene["at"])], panel.bottom - y


def planes(scene: Scene, y: float, width: float) -> tuple[list[Mark], float]:
    """Every plane small with its result, as many in a line as fit; and where they end."""
    marks: list[Mark] = [Text(MARGIN, y + 10, PLANES["title"], 12.5, LIGHT["ink"], bold=True, name="planes")]
    x, y = float(MARGIN), y + 22
    for plane in scene["planes"]:
        wide = max(2 * TILE + ARROW, text.width(plane["name"], 11)) + 2 * 8
        if x > MARGIN and x + wide > width - MARGIN:
            x, y = float(MARGIN), y + TILE + 36
        edge, weight = (LIGHT["ink"], 2.0) if plane["chosen"] else (LIGHT["edge"], 0.8)
        marks.append(Box(x, y, wide, TILE + 28, 6, LIGHT["surface"], edge, weight, name="plane"))
        marks.append(Text(x + 8, y + 16, plane["name"], 11, LIGHT["ink"], name=f"{plane['name']}:label"))
        marks += _small(plane["input"], f"{plane['name']}:input", x + 8, y + 22, scene)
        marks.append(Text(x + 8 + TILE + 4, y + 22 + TILE / 2 + 4, "→", 11, LIGHT["secondary"]))
        if plane["output"] is not None:
            marks += _small(plane["output"], f"{plane['name']}:output", x + 8 + TILE + ARROW, y + 22, scene)
        x += wide + 8
    return marks, y + TILE + 28 + 14


def _small(values: Any, name: str, x: float, y: float, scene: Scene) -> list[Mark]:
    """A plane too small for its numbers: cells in their colours, or pixels."""
    rows, columns = values.shape
    side = TILE / max(rows, columns)
    if not scene["panels"][0]["picture"]:
        data = {"name": name, "values": values, "picture": False, "role": "input", "origin": (0, 0)}
        return [mark for mark in grid(Panel(data, x, y, side / 1.2)) if isinstance(mark, Box)]
    image = pixels(values, not scene["colour"])
    return [
        Image(x, y, side * columns, side * rows, np.ascontiguousarray(image)),
        Box(x, y, side * columns, side * rows, edge=LIGHT["hairline"], line=0.8),
    ]
