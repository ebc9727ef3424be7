"""The board of pooling: input and output, beneath them a way back, the size formula, the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from convwidgets.figures import captions, frames, pictures, text
from convwidgets.figures.board import Board
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.panels import Panel, heading, indices
from convwidgets.figures.pooling_cards import cards, planes
from convwidgets.figures.sparse import grid
from convwidgets.figures.upsampling_flow import flow
from convwidgets.palette import LIGHT
from convwidgets.scenes.words import SIZES

Scene = Mapping[str, Any]
MOST, BACK = 42, 34  # the largest cells above, and of the way back
SIZE, SENTENCE, NOTE = 13, 13.5, 12
WINDOWS = ("output", "indices", "gradient")


def board(scene: Scene, width: float, *, private: bool = False, title: bool = False, footer: str = "") -> Board:
    """The scene laid out on a sheet `width` units wide; see :func:`convwidgets.figures.board.board`."""
    secret = private and scene["panels"][0]["picture"]
    marks = captions.title(scene) if title else []
    columns = [[_closed(data, secret)] for data in scene["panels"]]
    top, y = flow(columns[:2], 56.0 if title else 12.0, width, MOST)
    marks += _drawn(scene, top, secret)
    below: list[Panel] = []
    if scene["error"]:
        lowest = max(y, top[-1].y + 2 * top[-1].pitch)
        told, y = captions.refused(scene["error"], [], lowest + 34, width)
    else:
        told, y = _words(scene, y + 8, width, secret)
        for part in (planes, cards) if not private else ():
            if scene[part.__name__]:
                drawn, y = part(scene, y + 8, width)
                told += drawn
                y += 4
        told.append(Line(((MARGIN, y), (width - MARGIN, y)), LIGHT["hairline"]))
        note, height = text.paragraph([(scene["back"], "")], MARGIN, y + 24, width - 2 * MARGIN, NOTE, "back")
        told += note
        below, y = flow(columns[2:], y + height + 18, width, BACK) if columns[2:] else (below, y + height + 18)
        marks += _drawn(scene, below, secret)
    scaled = [panel for panel in [*top, *below] if panel.name != "indices"]
    legend, height = captions.footer(scaled, footer, width, y + 4)
    return Board((*marks, *told, *legend), width, height, f"{scene['title']}, {scene['subtitle']}")


def _closed(data: Mapping[str, Any], secret: bool) -> Mapping[str, Any]:
    """A panel with two more facts about pictures: closed to readers or not, in greys or by sign."""
    signed = not data["picture"] or data["name"] in ("indices", "gradient", "input_gradient")
    return {**data, "private": secret and data["picture"], "signed": signed}


def _drawn(scene: Scene, panels: list[Panel], secret: bool) -> list[Mark]:
    """Cells or pictures, then the frames: violet around the window, ink on its result; then who won."""
    at, marks = scene["at"], list[Mark]()
    for panel in panels:
        panel = replace(panel, dimensions=scene["dimensions"])
        focus = at if at and panel.name in WINDOWS else None
        bold = ([focus[0]], [focus[1]]) if focus else ([], [])
        marks += [*heading(panel), *indices(panel, *bold)]
        if not all(panel.shape):
            marks += captions.nothing(panel)
        elif panel.picture:
            marks += pictures.closed(panel) if panel.data["private"] else pictures.picture(panel)
        else:
            marks += grid(panel, bold=focus)
        if at and not secret:
            marks += _frames(scene, panel)
    return marks


def _frames(scene: Scene, panel: Panel) -> list[Mark]:
    if panel.name in WINDOWS:
        return frames.focus(panel, *scene["at"])
    rows, columns = scene["window"]["rows"], scene["window"]["columns"]
    if panel.name == "input":
        return [*frames.window(panel, rows, columns), *_winners(scene, panel)]
    height, width = panel.shape
    inside = [row for row in rows if 0 <= row < height], [column for column in columns if 0 <= column < width]
    return frames.window(panel, *inside)


def _winners(scene: Scene, panel: Panel) -> list[Mark]:
    """A disc on the winner, rings on what is as large."""
    won = [(scene["winner"], LIGHT["output"], "winner")] if scene["winner"] else []
    marks: list[Mark] = []
    for place, fill, name in [*won, *((place, LIGHT["surface"], "tied") for place in scene["ties"])]:
        x, y = panel.corner(*place)
        side = max(4.0, 0.22 * panel.cell)
        left = x + panel.cell - side - 2.5
        marks.append(Box(left, y + 2.5, side, side, side / 2, fill, LIGHT["output"], 1.8, name=f"{name}:{place}"))
    return marks


def _words(scene: Scene, y: float, width: float, secret: bool) -> tuple[list[Mark], float]:
    """The sizes, what is never read, and the sentence."""
    marks: list[Mark] = []
    room = width - 2 * MARGIN
    for line in scene["formula"].splitlines():
        size = text.fitting([line], room, SIZE)
        marks.append(Text(MARGIN, y + 8, line, size, LIGHT["ink"], name="formula"))
        y += 21
    if scene["unread"]:
        texts, height = text.paragraph([(scene["unread"], "soft")], MARGIN, y + 8, room, 11.5, "unread")
        marks, y = [*marks, *texts], y + height
    parts = [(SIZES["not_saved"], "")] if secret else text.runs(scene["sentence"])
    texts, height = text.paragraph(parts, MARGIN, y + 14, room, SENTENCE, "sentence")
    return [*marks, *texts], y + height + 8
