"""The board of a transposed convolution: y and kernel with the size formulas, the three views, the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from convwidgets.figures import captions, text
from convwidgets.figures import transposed_views as views
from convwidgets.figures.board import Board
from convwidgets.figures.cells import cells
from convwidgets.figures.formula import Formula
from convwidgets.figures.layout import HEADING, MARGIN, ROW_INDEX
from convwidgets.figures.marks import Line, Mark, Text
from convwidgets.figures.panels import Panel, heading, indices
from convwidgets.figures.transposed_product import multiplying
from convwidgets.figures.transposed_views import Drawn
from convwidgets.palette import LIGHT

Scene = Mapping[str, Any]
BETWEEN = 44  # from grid to grid in the first row, and between two views
BESIDE = 360  # the least room for the sweep beside the product
SENTENCE = 13.5


class TransposedFormula(Formula):
    """o′ = s·(i′ − 1) + span − p − p + a, with its numbers beneath."""

    @property
    def symbols(self) -> tuple[str, ...]:
        return ("o", "s", "i", "1", "span", "p", "p", "a")

    def marks(self, x: float, y: float) -> list[Mark]:
        return [self._primed(mark) if isinstance(mark, Text) else mark for mark in super().marks(x, y)]

    def _primed(self, mark: Text) -> Text:
        """Sizes of the transposed convolution carry a prime; what the output padding adds is green."""
        if mark.name in ("formula:symbol:o", "formula:symbol:i"):
            return replace(mark, text=f"{mark.text}′")
        if mark.name == "formula:symbol:a":
            return replace(mark, italic=True)
        return replace(mark, colour=LIGHT["output"], bold=True) if mark.name.endswith(":a") else mark


def board(scene: Scene, width: float) -> Board:
    """The scene laid out on a sheet `width` units wide."""
    if any(panel["picture"] for panel in scene["panels"]):  # the views would tell its numbers
        words = scene["limit"] or scene["sentence"]
        scene = {**scene, "limit": words, "panels": [panel for panel in scene["panels"] if not panel["picture"]]}
    panels, marks, bottom = _top(scene, width)
    if scene["limit"]:
        marks, bottom = _told(scene, marks, bottom + 34, width)
    elif scene["error"]:
        told, bottom = captions.words({**scene, "unread": ""}, panels, width)
        marks += told
    else:
        marks, bottom = _views(scene, marks, bottom, width)
    legend, height = captions.footer(panels, "", width, bottom + 4)
    return Board((*marks, *legend), width, height, f"{scene['title']}, {scene['subtitle']}")


def _told(scene: Scene, marks: list[Mark], y: float, width: float) -> Drawn:
    """Words in the place of grids that are too large to be drawn."""
    room = width - 2 * MARGIN
    texts, height = text.paragraph(text.runs(scene["limit"]), MARGIN, y, room, SENTENCE, "limit")
    return [*marks, *texts], y + height


def _top(scene: Scene, width: float) -> tuple[list[Panel], list[Mark], float]:
    """y, kernel and result in a row, and the formulas beside them or below."""
    room, gutter = width - 2 * MARGIN, ROW_INDEX if scene["dimensions"] > 1 else 0
    names = scene["panels"] if scene["error"] else scene["panels"][:2]
    panels: list[Panel] = []
    x, y, cell = float(MARGIN), 12.0 + HEADING, _cell(names[:2], room, gutter)
    for data in names:
        panel = Panel(data, x + gutter, y, cell, scene["dimensions"])
        needed = gutter + max(panel.width, _label(data))
        if panels and x + needed > MARGIN + room:  # no room beside the others
            x, y = float(MARGIN), max(each.y + each.height for each in panels) + HEADING + 14
            panel = replace(panel, x=x + gutter, y=y)
        panels.append(panel)
        x += needed + BETWEEN
    marks: list[Mark] = []
    for panel in panels:
        marks += [*heading(panel), *indices(panel, [], []), *(cells(panel) or captions.nothing(panel))]
    bottom = max(panel.y + max(panel.height, 2 * panel.pitch) for panel in panels)
    if scene["error"]:
        return panels, marks, bottom
    output = Panel(scene["panels"][-1], 0, 0, cell, scene["dimensions"])
    told, end = _formulas(scene, x - 8, width, bottom)
    return [*panels, output], [*marks, *told], max(bottom, end)


def _cell(panels: Any, room: float, gutter: float) -> float:
    """The side of a cell with which y and kernel fit side by side."""
    for cell in range(160, 2, -1):
        pitch = cell / 4 + 2
        if (
            sum(gutter + max(data["values"].shape[1] * pitch, _label(data)) + BETWEEN for data in panels) - BETWEEN
            <= room
        ):
            return cell / 4
    return 0.5


def _label(data: Mapping[str, Any]) -> float:
    return text.width(str(data["label"]), 13, bold=True) + 8 + text.width(str(data["note"]), 12)


def _formulas(scene: Scene, x: float, width: float, bottom: float) -> Drawn:
    """The size, and beneath it the size of the convolution that it turns round."""
    both = [("Size of the result", TransposedFormula.read(scene["formula"]))]
    both.append(("The convolution it transposes", Formula.read(scene["convolution"])))
    y, room = 12 + 16.0, width - MARGIN - x
    if max(formula.width for _, formula in both) > room:
        x, y, room = float(MARGIN), bottom + 34, width - 2 * MARGIN
    marks: list[Mark] = []
    for title, formula in both:
        marks.append(Text(x, y, title, 13, LIGHT["ink"], bold=True))
        marks += formula.fitted(room).marks(x, y + 26)
        y += formula.height + 38
    if scene["beyond"]:
        texts, height = text.paragraph([(scene["beyond"], "soft")], x, y - 10, room, 11.5, "beyond")
        return [*marks, *texts], y - 10 + height
    return marks, y - 38


def _views(scene: Scene, marks: list[Mark], bottom: float, width: float) -> Drawn:
    """The three views under a hairline each, and the sentence."""
    x, room = float(MARGIN), width - 2 * MARGIN
    drawn, y = _view(scene, "stamping", x, bottom + 20, room)
    marks = [*marks, *drawn]
    product = max(220.0, multiplying(scene, x, 0, room)[2] - x)
    if room - product - BETWEEN >= BESIDE:
        left, end = _view(scene, "multiplying", x, y + 14, product)
        right, other = _view(scene, "inserting", x + product + BETWEEN, y + 14, room - product - BETWEEN)
        marks += [*left, *right]
        y = max(end, other)
    else:
        for name in ("multiplying", "inserting"):
            drawn, y = _view(scene, name, x, y + 14, room)
            marks += drawn
    marks.append(Line(((x, y + 18), (x + room, y + 18)), LIGHT["hairline"]))
    texts, height = text.paragraph(text.runs(scene["sentence"]), x, y + 46, room, SENTENCE, "sentence")
    return [*marks, *texts], y + 46 + height


def _view(scene: Scene, name: str, x: float, y: float, room: float) -> Drawn:
    """A view from its hairline to its sentence."""
    marks: list[Mark] = [Line(((x, y), (x + room, y)), LIGHT["hairline"])]
    head, start = views.heading(name, x, y + 8, room)
    draw = {"stamping": views.stamping, "multiplying": _multiplying, "inserting": views.inserting}[name]
    body, end = draw(scene, x, start + 6, room)
    words, bottom = views.told(scene, name, x, end, room)
    return [*marks, *head, *body, *words], bottom


def _multiplying(scene: Scene, x: float, y: float, room: float) -> Drawn:
    return multiplying(scene, x, y, room)[:2]
