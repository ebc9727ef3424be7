"""The board of the gradients: x, k and y in a row, beneath each its gradient, then the formulae and the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import captions, frames, pictures, text
from convwidgets.figures.board import Board
from convwidgets.figures.captions import SENTENCE
from convwidgets.figures.cells import Products, cells
from convwidgets.figures.gradients_lit import PAIRS, Lit, lit_by, met_by
from convwidgets.figures.layout import HEADING, MARGIN, PHONE, ROW_INDEX, heading_width
from convwidgets.figures.marks import Line, Mark
from convwidgets.figures.panels import Panel, heading, indices
from convwidgets.palette import LIGHT

Scene = Mapping[str, Any]
LARGEST, READABLE, BETWEEN, BELOW = 46, 28, 24, 18
PICTURE = 240


def board(scene: Scene, width: float) -> Board:
    """The scene laid out on a sheet `width` units wide."""
    panels = _placed(scene, width)
    lit, met = lit_by(scene), met_by(scene)
    marks: list[Mark] = []
    for panel in panels:
        marks += [*heading(panel), *indices(panel, *lit.get(panel.name, ([], []))), *_filled(panel, met)]
    for panel in panels:
        marks += _framed(scene, panel, lit)
    bottom = max(panel.bottom for panel in panels)
    if scene["error"]:
        told, bottom = captions.words({**scene, "unread": "", "formula": None}, panels, width)
    else:
        told, bottom = _told(scene, bottom, width)
    strip, height = captions.footer([each for each in panels if "quotient" not in each.name], "", width, bottom)
    return Board((*marks, *told, *strip), width, height, f"{scene['title']}, {scene['subtitle']}")


def _named(scene: Scene) -> list[list[Any]]:
    """x, k and y, each with its gradient and, where it was tried, what came out."""
    named = {each["name"]: each for each in scene["panels"] if not np.all(each.get("empty", False))}
    for name, each in named.items():
        short, is_one, _ = each["label"].partition(" = ")
        named[name] = {**each, "private": False, "signed": name != "input", "short": short if is_one else ""}
    return [[named[name] for name in pair if name in named] for pair in PAIRS]


def _choices(scene: Scene, width: float) -> list[list[list[Any]]]:
    """The rows of panels to try: a thing above its gradient; beside it; the same without the sizes; each for itself."""
    pairs = _named(scene)
    above = [[pair[level] for pair in pairs if level < len(pair)] for level in range(max(map(len, pairs)))]
    alone = [[each] for pair in pairs for each in pair]
    if scene["dimensions"] == 1:
        return [pairs, alone]
    return [rows for each in ([above] if width >= PHONE else [], [pairs]) for rows in (*each, *map(_bare, each))] + [
        alone
    ]


def _bare(rows: list[list[Any]]) -> list[list[Any]]:
    """Without the sizes beside the labels, which need room."""
    return [[{**each, "note": ""} for each in row] for row in rows]


def _placed(scene: Scene, width: float) -> list[Panel]:
    """The panels where they stand: what is the gradient of what begins in the same column."""
    gutter = ROW_INDEX if scene["dimensions"] > 1 else 0
    attempts = [(rows, _cell(rows, gutter, width)) for rows in _choices(scene, width)]
    rows, cell = next((each for each in attempts if each[1] >= READABLE), max(attempts, key=lambda each: each[1]))
    columns = _columns(rows, cell, gutter)
    placed, y = [], 12.0
    for group in rows:
        starts = np.cumsum([MARGIN, *(column + BETWEEN for column in columns)])
        row = [
            Panel(data, float(x) + gutter, y + HEADING, _side(data, cell), scene["dimensions"])
            for data, x in zip(group, starts, strict=False)
        ]
        placed += row
        y = max(panel.bottom if panel.height else panel.y + 2 * panel.pitch for panel in row) + BELOW
    return placed


def _cell(rows: list[list[Any]], gutter: float, width: float) -> int:
    """The largest side of a cell with which the rows fit."""
    for side in range(LARGEST, 1, -1):
        columns = _columns(rows, side, gutter)
        if 2 * MARGIN + sum(columns) + BETWEEN * (len(columns) - 1) <= width:
            return side
    return 1


def _side(data: Any, cell: float) -> float:
    """The side of a cell, or of a pixel."""
    return min(float(cell), PICTURE / max(np.shape(data["values"]))) if data["picture"] else float(cell)


def _columns(groups: list[list[Any]], cell: float, gutter: float) -> list[float]:
    widths = [
        [gutter + max(Panel(data, 0, 0, _side(data, cell)).width, heading_width(data)) for data in row]
        for row in groups
    ]
    return [max(row[place] for row in widths if place < len(row)) for place in range(max(map(len, widths)))]


def _filled(panel: Panel, met: dict[str, Products]) -> list[Mark]:
    if not panel.shape[0] or not panel.shape[1]:
        return captions.nothing(panel)
    return pictures.picture(panel) if panel.picture else cells(panel, met.get(panel.name))


def _framed(scene: Scene, panel: Panel, lit: Lit) -> list[Mark]:
    """The ink frame of the looked-at cell, violet frames around what belongs to it."""
    rows, columns = lit.get(panel.name, ([], []))
    if not rows or not columns:
        return []
    name, row, column = scene["looked_at"]
    if panel.name == name:
        return frames.focus(panel, row, column)
    return frames.window(panel, rows, columns)


def _told(scene: Scene, y: float, width: float) -> tuple[list[Mark], float]:
    """The formulae, what the check says, and the sentence under a hairline."""
    marks: list[Mark] = []
    room = width - 2 * MARGIN
    y += 30
    tried = scene["check"]["words"] if any(scene["check"]["tried"].values()) else ""
    for number, line in enumerate([*scene["lines"], tried]):
        name = f"line:{number}" if number < len(scene["lines"]) else "check"
        if line:
            texts, height = text.paragraph([(line, "" if number < 3 else "soft")], MARGIN, y, room, 12.5, name)
            marks, y = [*marks, *texts], y + height + 3
    marks.append(Line(((MARGIN, y - 2), (width - MARGIN, y - 2)), LIGHT["hairline"]))
    texts, height = text.paragraph(text.runs(scene["sentence"]), MARGIN, y + 24, room, SENTENCE, "sentence")
    return [*marks, *texts], y + 24 + height + 4
