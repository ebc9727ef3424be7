"""The cells of a panel as marks: filled by value, hatched when padding, dotted when never read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.marks import Box, Mark, Text
from convwidgets.figures.panels import SMALLEST, Panel, reach
from convwidgets.palette import LIGHT, grey, mix, readable_on, value_colour
from convwidgets.scenes.base import shown

WHOLE_PRODUCT, WEIGHT_ONLY = 40, 34  # the least sides of a cell that show ×w=product, and ×w

Products = Mapping[tuple[int, int], tuple[str, str]]


def products(scene: Mapping[str, Any], panel: Panel) -> Products:
    """For every cell under the window the weight that meets it and their product, as texts."""
    weights, results = next(data for data in scene["panels"] if data["name"] == "kernel")["values"], scene["products"]
    if panel.name == "magnifier":
        rows, columns = range(panel.shape[0]), range(panel.shape[1])
    else:
        rows, columns = scene["window"]["rows"], scene["window"]["columns"]
    return {
        (int(row), int(column)): (f"×{shown(weights[r][c])}", f"={shown(results[r][c])}")
        for r, row in enumerate(rows)
        for c, column in enumerate(columns)
    }


def cells(panel: Panel, met: Products | None = None, bold: tuple[int, int] | None = None) -> list[Mark]:
    """The cells with their numbers and, where the window lies and cells are large enough, the line of products."""
    met, small = _legible(panel, met or {})
    maximum, size = reach(panel), _digits(panel)
    marks: list[Mark] = []
    for place in panel.positions():
        marks.append(_backing(panel, place, maximum))
        if size >= SMALLEST:
            marks += _halo(panel, place, maximum, size)
            marks.append(_number(panel, place, size, 0.15 * panel.cell if place in met else 0, place == bold))
    return marks + [mark for place, product in met.items() for mark in _product(panel, place, product, small)]


def _digits(panel: Panel) -> float:
    """The size of the numbers in the cells, the same in the whole panel but for very long ones."""
    bold = panel.data["role"] == "kernel"
    sizes = [_fitting(panel, shown(value), bold) for value in np.unique(panel.data["values"])]
    return min((size for size in sizes if size > 0.22 * panel.cell), default=0.22 * panel.cell)


def _fitting(panel: Panel, number: str, bold: bool) -> float:
    return text.fitting([number], 0.88 * panel.cell, 0.36 * panel.cell, bold)


def _fill(panel: Panel, place: tuple[int, int], maximum: float) -> str:
    """The colour of a value; pixels under the window keep their grey."""
    value = float(panel.value(*place))
    if panel.data["role"] == "magnifier" and not panel.data.get("signed", not 0 <= value <= 255):
        return grey(min(max(value, 0), 255))
    if panel.flag("missing", *place) or (panel.flag("padding", *place) and not value):
        return LIGHT["surface"]
    fill = value_colour(value, maximum)
    return mix(LIGHT["surface"], fill, 0.5) if panel.faint(*place) else fill


def _number(panel: Panel, place: tuple[int, int], size: float, lift: float, bold: bool) -> Text:
    x, y = panel.corner(*place)
    fill = _fill(panel, place, reach(panel)) if panel.data["role"] == "magnifier" else ""
    colour = readable_on(fill) if fill else LIGHT["padding" if panel.faint(*place) else "ink"]
    bold, name = bold or panel.data["role"] == "kernel", f"{panel.label(place)}:value"
    size = min(size, _fitting(panel, panel.shown(*place), bold))
    baseline = y + panel.cell / 2 + 0.36 * size - lift
    return Text(x + panel.cell / 2, baseline, panel.shown(*place), size, colour, bold, "middle", name)


def _halo(panel: Panel, place: tuple[int, int], maximum: float, size: float) -> list[Mark]:
    """A plain ground in the middle of a pattern, so that no line runs through the number."""
    if not panel.flag("unread", *place) and not panel.flag("padding", *place):
        return []
    size = min(size, _fitting(panel, panel.shown(*place), False))
    (x, y), width, height = panel.corner(*place), text.width(panel.shown(*place), size) + 0.5 * size, 1.3 * size
    left, top = x + (panel.cell - width) / 2, y + (panel.cell - height) / 2
    return [Box(left, top, width, height, height / 2, _fill(panel, place, maximum))]


def _backing(panel: Panel, place: tuple[int, int], maximum: float) -> Box:
    """The cell beneath its number."""
    (x, y), fill = panel.corner(*place), _fill(panel, place, maximum)
    padding, unread = panel.flag("padding", *place), panel.flag("unread", *place)
    dashed = padding or panel.flag("missing", *place)
    edge = LIGHT["kernel" if panel.data["role"] == "kernel" else "axis" if dashed else "hairline"]
    pattern = "dots" if unread else "hatch" if padding else ""
    ink = LIGHT[pattern] if pattern else ""
    radius, dash = min(4, panel.cell / 8), (3, 2.5) if dashed else None
    return Box(x, y, panel.cell, panel.cell, radius, fill, edge, 0.8, dash, pattern, ink, panel.label(place))


def _legible(panel: Panel, met: Products) -> tuple[Products, float]:
    """The products, or only the weights, or nothing: as much as there is room for; and the size of all of them."""
    weights = {place: (weight, "") for place, (weight, _) in met.items()}
    for least, lines in ((WHOLE_PRODUCT, met), (WEIGHT_ONLY, weights)):
        widest = max((text.width(a, 1, bold=True) + text.width(b, 1) for a, b in lines.values()), default=1.0)
        size = min(0.22 * panel.cell, (panel.cell - 5) / widest)
        if panel.cell >= least and size >= 0.12 * panel.cell:
            return lines, size
    return {}, 0


def _product(panel: Panel, place: tuple[int, int], product: tuple[str, str], size: float) -> list[Mark]:
    """×w in violet and its product, on a light strip at the foot of the cell."""
    (x, y), (weight, result) = panel.corner(*place), product
    height, length = 0.3 * panel.cell, text.width(weight, size, bold=True)
    left = x + (panel.cell - length - text.width(result, size)) / 2
    top = y + panel.cell - height - 2
    baseline, name = top + height / 2 + 0.36 * size, f"{panel.label(place)}:product"
    return [
        Box(x + 2, top, panel.cell - 4, height, 3, mix(LIGHT["surface"], LIGHT["zero"], 0.3)),
        Text(left, baseline, weight, size, LIGHT["kernel"], bold=True, name=name),
        Text(left + length, baseline, result, size, LIGHT["ink"], name=name),
    ]
