"""What the tests of all figures ask of a sheet of marks."""

from __future__ import annotations

import re
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


def grids_that_meet(sheet: Any, *, but: str = "") -> list[tuple[str, str]]:
    """Pairs of grids that lie on each other, the one named `but` left out; a sheet has at least two grids."""
    found: dict[str, Extent] = {}
    for mark in sheet.marks:
        panel, _, place = mark.name.partition(":") if isinstance(mark, Box) else ("", "", "")
        if panel != but and re.fullmatch(r"-?\d+:-?\d+(:empty)?", place):
            left, top, right, bottom = extent(mark)
            x, y, far, low = found.get(panel, (left, top, right, bottom))
            found[panel] = min(x, left), min(y, top), max(far, right), max(low, bottom)
    grids = list(found.items())
    assert len(grids) >= 2
    pairs = [(one, other) for number, one in enumerate(grids) for other in grids[:number]]
    return [(one, other) for (one, a), (other, b) in pairs if not _apart(a, b)]


def _apart(a: Extent, b: Extent) -> bool:
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def _inside(box: Extent, sheet: Any) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= sheet.width and box[3] <= sheet.height
