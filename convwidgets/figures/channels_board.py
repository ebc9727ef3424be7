"""The board of channels: a line for every plane, beneath them the sum and the map, the sizes, the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from convwidgets.figures import captions, frames, pictures, text
from convwidgets.figures.board import Board
from convwidgets.figures.cells import cells
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Mark, Text
from convwidgets.figures.panels import Panel, heading, indices
from convwidgets.figures.upsampling_flow import flow
from convwidgets.palette import LIGHT
from convwidgets.scenes.channels_words import CHANNELS, LEGEND
from convwidgets.scenes.words import SIZES

Scene = Mapping[str, Any]
PLANE, RESULT = 28, 36  # the largest cells of planes, and of the results
SIZE, NOTE, SENTENCE = 13, 12, 13.5
BARS = {"red": "#d03a3c", "green": "#3b8f50", "blue": "#3b70c9"}
"""The bars that tell planes apart: the one place where a colour is a name."""


def board(scene: Scene, width: float, *, private: bool = False, title: bool = False, footer: str = "") -> Board:
    """The scene laid out on a sheet `width` units wide; see :func:`convwidgets.figures.board.board`."""
    secret = private and scene["panels"][0]["picture"]
    marks = captions.title(scene) if title else []
    y, placed = 56.0 if title else 12.0, list[Panel]()
    for name, own in _lines(scene, secret):
        panels, bottom = flow([[data] for data in own], y, width, PLANE if name else RESULT)
        marks += _bar(name, y, panels)
        placed, y = [*placed, *panels], bottom
    marks += [mark for panel in placed for mark in _drawn(scene, panel, secret)]
    if scene["error"]:
        told, y = captions.refused(scene["error"], [], y + 34, width)
    else:
        told, y = _words(scene, y + 4, width, secret)
    legend, height = captions.footer(_named(placed), footer, width, y + 4)
    return Board((*marks, *told, *legend), width, height, f"{scene['title']}, {scene['subtitle']}")


def _lines(scene: Scene, secret: bool) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """The panels of every plane by its name, then those of the result."""
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for data in scene["panels"]:
        _, _, plane = data["name"].partition("-")
        closed = {**data, "private": secret and data["picture"], "signed": data["role"] != "input"}
        lines.setdefault(plane, []).append(closed)
    results = lines.pop("", [])
    named = [(scene["planes"][int(plane)], own) for plane, own in lines.items()]
    return [*named, ("", results)]


def _bar(name: str, y: float, panels: list[Panel]) -> list[Mark]:
    if not name or not panels:
        return []
    top = panels[0].y
    return [Box(MARGIN - 10, top, 5, panels[0].height, 2.5, BARS.get(name, LIGHT["edge"]), name=f"bar:{name}")]


def _drawn(scene: Scene, panel: Panel, secret: bool) -> list[Mark]:
    """Cells or a picture with its frames: violet around the window, ink on the output, green on what flows into it."""
    at = scene["at"]
    kind = panel.name.partition("-")[0]
    result = at if at and kind in ("partial", "preactivation", "output") else None
    bold = ([result[0]], [result[1]]) if result else ([], [])
    marks = [*heading(panel), *indices(panel, *bold)]
    if not all(panel.shape):
        return marks + captions.nothing(panel)
    if panel.picture:
        marks += pictures.closed(panel) if panel.data["private"] else pictures.picture(panel)
    else:
        marks += cells(panel, bold=result)
    if not at or secret:
        return marks
    seen = scene["seen"]
    if kind == "input" and int(panel.name.partition("-")[2]) in seen:
        return marks + frames.window(panel, list(scene["window"]["rows"]), list(scene["window"]["columns"]))
    if kind == "output":
        return marks + frames.focus(panel, *at)
    return marks + (_flows(panel, *at) if result else [])


def _flows(panel: Panel, row: int, column: int) -> list[Mark]:
    """The green frame of a number that is on its way into the output."""
    x, y, width, height = panel.frame([row], [column])
    return [Box(x, y, width, height, 5, edge=LIGHT["output"], line=2.5, name=f"flows:{panel.name}")]


def _named(panels: list[Panel]) -> list[Panel]:
    """One panel for every scale, by the name that it has in the legend."""
    found: dict[str, Panel] = {}
    for panel in panels:
        kind = panel.name.partition("-")[0]
        short = LEGEND["partial" if kind == "preactivation" else kind]
        if short not in found:
            found[short] = Panel({**panel.data, "short": short}, panel.x, panel.y, panel.cell)
    return list(found.values())


def _words(scene: Scene, y: float, width: float, secret: bool) -> tuple[list[Mark], float]:
    """The sizes, the weights beside those of a dense layer, and the sentence."""
    marks: list[Mark] = []
    room = width - 2 * MARGIN
    for line in scene["formula"].splitlines():
        size = text.fitting([line], room, SIZE)
        marks.append(Text(MARGIN, y + 8, line, size, LIGHT["ink"], name="formula"))
        y += 20
    numbers = {name: f"{value:,}" for name, value in scene["weights"].items()}
    numbers["filters"] = str(scene["filters"])
    told = CHANNELS["weights_told"].format(**numbers)
    for words, name in ((told, "weights"), (scene["unread"], "unread")):
        if words:
            texts, height = text.paragraph([(words, "soft")], MARGIN, y + 8, room, NOTE, name)
            marks, y = [*marks, *texts], y + height
    parts = [(SIZES["not_saved"], "")] if secret else text.runs(scene["sentence"])
    texts, height = text.paragraph(parts, MARGIN, y + 14, room, SENTENCE, "sentence")
    return [*marks, *texts], y + height + 8
