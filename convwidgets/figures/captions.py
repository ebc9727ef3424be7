"""The words of a board: its title, the size formula, what is never read, the sentence, the legend, the foot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.formula import Formula
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.panels import Panel, reach
from convwidgets.palette import LIGHT, value_colour
from convwidgets.scenes.base import shown
from convwidgets.scenes.words import SIZES

Scene = Mapping[str, Any]
SENTENCE = 13.5
BAR = 184  # the width of the ramp with its ends


def title(scene: Scene) -> list[Mark]:
    """The title in bold and the sizes beside it."""
    start = MARGIN + text.width(scene["title"], 17, bold=True) + 14
    return [
        Text(MARGIN, 36, scene["title"], 17, LIGHT["ink"], bold=True, name="title"),
        Text(start, 36, scene["subtitle"], 13, LIGHT["secondary"], name="subtitle"),
    ]


def nothing(panel: Panel) -> list[Mark]:
    """An empty, greyed place for an output that does not exist."""
    side = 2 * panel.pitch
    return [Box(panel.x, panel.y, side, side, 4, LIGHT["strip"], LIGHT["edge"], 1, (3, 2.5), name=f"{panel.name}:none")]


def words(scene: Scene, panels: list[Panel], width: float) -> tuple[list[Mark], float]:
    """Formula, note and sentence, and where they end; the formula stands under the kernel if there is room."""
    lowest, formula = max(panel.bottom for panel in panels), Formula.read(scene["formula"])
    x, y, room = float(MARGIN), lowest + 34, width - 2 * MARGIN
    beside = [panel for panel in panels if panel.x >= panels[0].x + panels[0].width]
    if beside and formula and not any(panel.picture for panel in panels):
        left, top = min(beside[0].x, width - MARGIN - formula.width), max(panel.bottom for panel in beside) + 40
        if left >= panels[0].x + panels[0].width + 20 and top + formula.height <= lowest + 60:
            x, y, room = left, top, width - MARGIN - left
    marks = formula.fitted(room).marks(x, y) if formula else []
    end = y + formula.height if formula else lowest
    if scene["unread"]:
        note, end = _unread(scene, x, end, room)
        marks += note
    return _said(scene, panels, marks, max(end, lowest + 10) + 24, width)


def _unread(scene: Scene, x: float, y: float, room: float) -> tuple[list[Mark], float]:
    """What no window reads, beside a sample of its pattern."""
    pattern = "dots" if np.any(scene["panels"][0]["unread"]) else ""
    indent = 36 if pattern else 0
    texts, height = text.paragraph([(scene["unread"], "soft")], x + indent, y, room - indent, 11.5, "unread")
    sample = Box(x, y - 10, 26, 13, 3, LIGHT["surface"], LIGHT["hairline"], 0.8, None, pattern, LIGHT["edge"])
    return [*([sample] if pattern else []), *texts], y + height


def _said(scene: Scene, panels: list[Panel], marks: list[Mark], y: float, width: float) -> tuple[list[Mark], float]:
    """The sentence, or why there is none; of a private picture no number is told."""
    room = width - 2 * MARGIN
    if scene["error"]:
        return refused(scene["error"], marks, y, width)
    secret = any(panel.data.get("private") for panel in panels)
    sentence = SIZES["not_saved"] if secret else scene["sentence"]
    parts = [(sentence, "")] if secret else text.runs(sentence)
    texts, height = text.paragraph(parts, MARGIN, y, room, SENTENCE, "sentence")
    return [*marks, *texts], y + height


def refused(error: str, marks: list[Mark], y: float, width: float) -> tuple[list[Mark], float]:
    """The error on its tint, with a triangle, so that it is told without hue too."""
    texts, height = text.paragraph([(error, "")], MARGIN + 42, y + 6, width - 2 * MARGIN - 60, SENTENCE, "error")
    x, top = MARGIN + 12, y - 9
    sign = ((x + 9, top), (x + 18, top + 16), (x, top + 16), (x + 9, top))
    box = Box(MARGIN, y - 22, width - 2 * MARGIN, height + 22, 6, LIGHT["error-surface"], LIGHT["error"])
    mark = Text(x + 9, top + 14, "!", 10, LIGHT["error"], bold=True, anchor="middle")
    return [*marks, box, Line(sign, LIGHT["error"], 1.6), mark, *texts], y + height + 14


def footer(panels: list[Panel], line: str, width: float, y: float) -> tuple[list[Mark], float]:
    """The legend and, on a strip of its own, the footer's line; and the height of the whole sheet."""
    if not line:
        wide = MARGIN + BAR + text.width(_scales(panels), 11) <= width - MARGIN
        below = 0 if wide else 18
        return _legend(panels, MARGIN, y + 6, below, width - 2 * MARGIN), y + below + 24
    marks = strip(line, width, y)
    left = width - MARGIN - BAR - text.width(_scales(panels), 11)
    fits = left > MARGIN + text.width(line, 12, bold=True) + 24
    return (marks + _legend(panels, left, y + 24.5) if fits else marks), y + 40


def strip(line: str, width: float, y: float) -> list[Mark]:
    """The footer's line on a ground of its own."""
    return [
        Box(0, y, width, 40, fill=LIGHT["strip"]),
        Line(((0, y), (width, y)), LIGHT["hairline"]),
        Text(MARGIN, y + 24.5, line, 12, LIGHT["ink"], bold=True, name="footer"),
    ]


def _scales(panels: list[Panel]) -> str:
    """Where each panel's colours end: every panel has its own maximum."""
    numbered = [p for p in panels if p.width and not p.picture and p.data["role"] != "magnifier"]
    return ", ".join(f"{_scaled(p)} ±{shown(reach(p))}" for p in numbered)


def _scaled(panel: Panel) -> str:
    """What a panel is called in the legend."""
    return str(panel.data.get("short") or panel.data["label"].lower())


def _legend(panels: list[Panel], x: float, y: float, below: float = 0, room: float = 1000) -> list[Mark]:
    """−max, the ramp with zero marked, +max, and beside or `below` it what max is in each panel."""
    marks: list[Mark] = [Text(x + 32, y, "−max", 11, LIGHT["secondary"], anchor="end")]
    marks += [Box(x + 40 + 2 * step, y - 9, 2, 11, fill=value_colour(step - 20.5, 20)) for step in range(42)]
    marks.append(Line(((x + 82, y - 11), (x + 82, y + 4)), LIGHT["ink"]))
    marks.append(Text(x + 132, y, "+max", 11, LIGHT["secondary"]))
    start, scales = x if below else x + BAR, _scales(panels)
    size = text.fitting([scales], room, 11)
    return [*marks, Text(start, y + below, scales, size, LIGHT["secondary"], name="legend")]
