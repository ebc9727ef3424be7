"""What the tests of all figures ask of a sheet of marks."""

from __future__ import annotations

from typing import Any

from convwidgets.figures import text
from convwidgets.figures.marks import Area, Box, Image, Line, Mark, Text

Extent = tuple[float, float, float, float]


def extent(mark: Mark) -> Extent:
    """Left, top, right and bottom of a mark."""
    if isinstance(mark, Text):
        length = text.width(mark.text, mark.size, mark.bold, mark.italic)
        left = mark.x - {"start": 0, "middle": 0.5, "end": 1}[mark.anchor] * length
        return left, mark.y - mark.size, left + length, mark.y
    if isinstance(mark, Box | Image):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    assert isinstance(mark, Line | Area)
    xs, ys = zip(*mark.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def over_the_edge(sheet: Any) -> list[Mark]:
    """The marks that reach beyond their sheet."""
    return [mark for mark in sheet.marks if not _inside(extent(mark), sheet)]


def _inside(box: Extent, sheet: Any) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= sheet.width and box[3] <= sheet.height
