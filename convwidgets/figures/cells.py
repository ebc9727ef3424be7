"""The cells of a panel as marks: filled by value, hatched when padding, dotted when never read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.marks import Box, Mark, Text
from convwidgets.figures.panels import SMALLEST, Panel, largest
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
    met = met if met and panel.cell >= WEIGHT_ONLY else {}
    maximum, size = largest(panel.data["values"]), _digits(panel)
    marks: list[Mark] = []
    for place in panel.positions():
        marks += _backing(panel, place, maximum)
        if size >= SMALLEST:
            marks.append(_number(panel, place, size, 0.15 * panel.cell if place in met else 0, place == bold))
    size = _product_size(panel, list(met.values()))
    return marks + [mark for place, product in met.items() for mark in _product(panel, place, product, size)]


def _digits(panel: Panel) -> float:
    """The size of the numbers in the cells, the same in the whole panel."""
    numbers = [shown(value) for value in np.unique(panel.data["values"])]
    return text.fitting(numbers, 0.88 * panel.cell, 0.36 * panel.cell, panel.data["role"] == "kernel")


def _fill(panel: Panel, place: tuple[int, int], maximum: float) -> str:
    """The colour of a value; pixels under the window keep their grey."""
    value = float(panel.value(*place))
    if panel.data["role"] == "magnifier" and 0 <= value <= 255:
        return grey(value)
    if panel.flag("padding", *place) and not value:
        return LIGHT["surface"]
    fill = value_colour(value, maximum)
    return mix(LIGHT["surface"], fill, 0.5) if panel.flag("unread", *place) else fill


def _number(panel: Panel, place: tuple[int, int], size: float, lift: float, bold: bool) -> Text:
    x, y = panel.corner(*place)
    faint = panel.flag("padding", *place) or panel.flag("unread", *place)
    fill = _fill(panel, place, largest(panel.data["values"])) if panel.data["role"] == "magnifier" else ""
    colour = readable_on(fill) if fill else LIGHT["secondary" if faint else "ink"]
    baseline = y + panel.cell / 2 + 0.36 * size - lift
    bold, name = bold or panel.data["role"] == "kernel", f"{panel.label(place)}:value"
    return Text(x + panel.cell / 2, baseline, shown(panel.value(*place)), size, colour, bold, "middle", name)


def _backing(panel: Panel, place: tuple[int, int], maximum: float) -> list[Mark]:
    """The cell beneath its number; a plain disc keeps the lines of a pattern out of the number."""
    (x, y), fill = panel.corner(*place), _fill(panel, place, maximum)
    padding, unread = panel.flag("padding", *place), panel.flag("unread", *place)
    edge = LIGHT["weight" if panel.data["role"] == "kernel" else "axis" if padding else "hairline"]
    pattern = "dots" if unread else "hatch" if padding else ""
    ink = mix(LIGHT["surface"], LIGHT["edge"], 0.75 if unread else 0.55)
    radius, dash = min(4, panel.cell / 8), (3, 2.5) if padding else None
    box = Box(x, y, panel.cell, panel.cell, radius, fill, edge, 0.8, dash, pattern, ink, panel.label(place))
    if not pattern:
        return [box]
    inset, halo = 0.26 * panel.cell, 0.48 * panel.cell
    return [box, Box(x + inset, y + inset, halo, halo, halo / 2, fill)]


def _product_size(panel: Panel, pairs: list[tuple[str, str]]) -> float:
    """The size of the lines of products, the same under the whole window."""
    whole = panel.cell >= WHOLE_PRODUCT
    widest = max((text.width(a, 1, bold=True) + text.width(b, 1) * whole for a, b in pairs), default=1.0)
    return min(0.22 * panel.cell, (panel.cell - 5) / widest)


def _product(panel: Panel, place: tuple[int, int], product: tuple[str, str], size: float) -> list[Mark]:
    """×w in violet and its product, on a light strip at the foot of the cell."""
    (x, y), (weight, result) = panel.corner(*place), product
    result = result if panel.cell >= WHOLE_PRODUCT else ""
    height, length = 0.3 * panel.cell, text.width(weight, size, bold=True)
    left = x + (panel.cell - length - text.width(result, size)) / 2
    top = y + panel.cell - height - 2
    baseline, name = top + height / 2 + 0.36 * size, f"{panel.label(place)}:product"
    return [
        Box(x + 2, top, panel.cell - 4, height, 3, mix(LIGHT["surface"], LIGHT["zero"], 0.3)),
        Text(left, baseline, weight, size, LIGHT["weight"], bold=True, name=name),
        Text(left + length, baseline, result, size, LIGHT["ink"], name=name),
    ]
