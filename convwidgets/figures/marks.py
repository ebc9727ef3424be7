"""The few marks that every board is drawn with. Lengths are in units, y grows downwards, one unit is 1/100 inch on
paper and one CSS pixel on a screen. A `name` says what a mark shows: "output:1:0" is the cell in row 1, column 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rounded rectangle; `pattern` is "", "hatch" (padding) or "dots" (never read)."""

    x: float
    y: float
    width: float
    height: float
    radius: float = 0
    fill: str | None = None
    edge: str | None = None
    line: float = 1
    dash: tuple[float, float] | None = None
    pattern: str = ""
    ink: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One run of text on its baseline; `anchor` is "start", "middle" or "end". Variables are in italics with serifs."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    bold: bool = False
    anchor: str = "start"
    name: str = ""
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline."""

    points: tuple[Point, ...]
    colour: str
    width: float = 1


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon that lets what lies beneath show through."""

    points: tuple[Point, ...]
    fill: str
    opacity: float = 1


@dataclass(frozen=True, slots=True)
class Image:
    """Pixels, `(rows, columns, 3)` bytes."""

    x: float
    y: float
    width: float
    height: float
    pixels: Any
    name: str = ""


Mark = Box | Text | Line | Area | Image


def hatching(width: float, height: float, gap: float = 6) -> list[tuple[Point, Point]]:
    """The 45° lines that fill a box from its own corner: `hatching(6, 6)` → `[((0, 6), (6, 0))]`."""
    lines = []
    for step in range(1, int((width + height) // gap) + 1):
        reach = step * gap
        start = (max(0, reach - height), min(reach, height))
        end = (min(reach, width), max(0, reach - width))
        if start != end:
            lines.append((start, end))
    return lines


def dotting(width: float, height: float, gap: float = 5) -> list[Point]:
    """The dots that fill a box, centred in it: `dotting(10, 5)` → `[(2.5, 2.5), (7.5, 2.5)]`."""
    columns, rows = int(width // gap), int(height // gap)
    left, top = (width - gap * (columns - 1)) / 2, (height - gap * (rows - 1)) / 2
    return [(left + gap * column, top + gap * row) for row in range(rows) for column in range(columns)]
