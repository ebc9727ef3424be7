"""The board of upsampling: input, kernel and overlap, the five results, and how each makes the number at the place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from convwidgets.figures import captions, frames, pictures, text
from convwidgets.figures.board import Board
from convwidgets.figures.cells import cells
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.panels import Panel, heading, indices
from convwidgets.figures.transposed_board import TransposedFormula
from convwidgets.figures.upsampling_flow import Column, flow
from convwidgets.palette import LIGHT
from convwidgets.scenes.words import SIZES

Scene = Mapping[str, Any]
MOST, GIVENS = 34, 36  # the largest cells of the results, and of what goes in
SENTENCE = 12.5


def board(scene: Scene, width: float, *, private: bool = False, title: bool = False, footer: str = "") -> Board:
    """The scene laid out on a sheet `width` units wide; see :func:`convwidgets.figures.board.board`."""
    marks = captions.title(scene) if title else []
    columns = _columns(scene, private)
    top, y = flow(columns[:3], 56.0 if title else 12.0, width, GIVENS)
    marks += _drawn(scene, top, width)
    if scene["error"]:
        told, y = captions.words(scene, top, width)
        panels: list[Panel] = []
    else:
        told, y = _overlap(scene, top, y, width)
        marks.append(Line(((MARGIN, y), (width - MARGIN, y)), LIGHT["hairline"]))
        panels, y = flow(columns[3:], y + 10, width, MOST)
        marks += _drawn(scene, panels, width)
        said, y = _sentences(scene, y + 30, width, private)
        told += said
    legend, height = captions.footer([*top, *panels], footer, width, y + 4)
    return Board((*marks, *told, *legend), width, height, f"{scene['title']}, {scene['subtitle']}")


def _columns(scene: Scene, private: bool) -> list[Column]:
    """A panel each, with its magnifier beneath it if there is one; pictures are closed or not, grey or signed."""
    source = scene["panels"][0]
    secret = private and source["picture"]
    flat = pictures.adds_to_zero(scene["panels"][1]["values"])
    columns: list[Column] = []
    for data in scene["panels"]:
        signed = not source["picture"] or (flat and data["name"] in ("transposed", "convolved"))
        told = data["name"].startswith("overlap")
        data = {**data, "private": secret and data["picture"] and not told, "signed": signed or told}
        if data["role"] != "magnifier":
            columns.append([data])
        elif told or not secret:
            columns[-1].append(data)
    return columns


def _drawn(scene: Scene, panels: list[Panel], width: float) -> list[Mark]:
    """Cells or pictures, then the frames: violet on the input, ink on the shared place."""
    marks: list[Mark] = []
    at = scene["at"]
    for panel in panels:
        focus = at if at and panel.name not in ("input", "kernel") else None
        bold = ([focus[0]], [focus[1]]) if focus else ([], [])
        marks += [*(_heading(panel, width) if panel.data["role"] != "magnifier" else []), *indices(panel, *bold)]
        if panel.picture:
            marks += pictures.closed(panel) if panel.data["private"] else pictures.picture(panel)
        else:
            marks += cells(panel, bold=focus)
    for panel in panels:
        if at and not panel.data["private"]:
            marks += _frames(scene, panel)
    return marks


def _heading(panel: Panel, width: float) -> list[Mark]:
    """Label and note, the note smaller where the sheet ends before it."""
    label, note = (mark for mark in heading(panel) if isinstance(mark, Text))
    return [label, replace(note, size=text.fitting([note.text], width - 12 - note.x, note.size))]


def _frames(scene: Scene, panel: Panel) -> list[Mark]:
    if panel.name == "input":
        reads = scene["sources"]["transposed"]
        rows, columns = (sorted({place[axis] for place in reads}) for axis in (0, 1))
        return [*_crop(scene, panel), *(frames.window(panel, rows, columns) if reads else [])]
    return [] if panel.name == "kernel" else frames.focus(panel, *scene["at"])


def _crop(scene: Scene, panel: Panel) -> list[Mark]:
    """A dashed frame around what the results show of a large input."""
    if scene["crop"] is None:
        return []
    (top, bottom), (left, right) = scene["crop"]
    x, y, width, height = panel.frame([top, bottom - 1], [left, right - 1])
    return [Box(x, y, width, height, 5, edge=LIGHT["kernel"], line=1.2, dash=(4, 3), name="crop")]


def _overlap(scene: Scene, panels: list[Panel], y: float, width: float) -> tuple[list[Mark], float]:
    """What the overlap comes to, and the size formula: beside the kernel and the overlap, or beneath everything."""
    marks: list[Mark] = []
    formula, overlap = TransposedFormula.read(scene["formula"]), panels[-1]
    x, top, room = overlap.x + overlap.width + 44, panels[0].y - 30, 0.0
    spare, lowest = overlap.x - MARGIN - 60, max(panel.bottom for panel in panels[:-1]) + 40
    if width - MARGIN - x >= max(220.0, formula.width):
        room = width - MARGIN - x
    elif spare >= max(220.0, formula.width) and len({panel.y for panel in panels}) == 1:
        x, top, room = float(MARGIN), lowest, spare
    else:
        x, top, room = float(MARGIN), y + 24, width - 2 * MARGIN
    marks.append(Text(x, top, scene["size"], 13, LIGHT["ink"], bold=True, name="size"))
    marks += formula.fitted(room).marks(x, top + 26)
    texts, height = text.paragraph([(scene["overlap"], "")], x, top + formula.height + 34, room, 12.5, "overlap:words")
    return [*marks, *texts], max(y, top + formula.height + 34 + height) + 6


def _sentences(scene: Scene, y: float, width: float, private: bool) -> tuple[list[Mark], float]:
    """One sentence per method; of a private picture none."""
    room = width - 2 * MARGIN
    if private and scene["panels"][0]["picture"]:
        texts, height = text.paragraph([(SIZES["not_saved"], "")], MARGIN, y, room, 13.5, "sentence")
        return list(texts), y + height
    marks: list[Mark] = []
    for name, sentence in scene["sentences"].items():
        texts, height = text.paragraph(text.runs(sentence), MARGIN, y, room, SENTENCE, f"sentence:{name}")
        marks, y = [*marks, *texts], y + height + 3
    return marks, y
