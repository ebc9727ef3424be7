"""Cᵀ times y as marks: the whole product, or of a large one the part around the highlighted cell."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import frames, text
from convwidgets.figures.marks import Box, Mark, Text
from convwidgets.figures.rows import Item, Row, captions, row
from convwidgets.figures.sparse import grid
from convwidgets.figures.transposed_views import NOTE, Scene
from convwidgets.palette import LIGHT

TALLEST, WIDEST, MOST = 20, 12, 16  # rows and columns of a matrix that is drawn whole; entries of a row that is


def product(scene: Scene) -> list[Mapping[str, Any]]:
    """Cᵀ, y and the result: all of them, or the rows of one row of the result, or only the entries of one row."""
    view, at = scene["views"]["multiplying"], scene["at"]
    (rows, columns), number = view["shape"], view["row"]
    entries = [column for column, _, _ in view["entries"]]
    wide = scene["panels"][-1]["values"].shape[1]
    kept, across = list(range(rows)), list(range(columns))
    if rows > TALLEST:
        kept = list(range(at[0] * wide, at[0] * wide + wide)) if wide <= TALLEST else [number]
    if columns > WIDEST:
        kept, across = [number], entries
    if not across or len(across) > MOST or view["matrix"] is None:
        return []
    part = np.ix_(kept, across)
    note = f"{rows} × {columns}" + (f", row {number}" if len(kept) == 1 else ", in part" if len(kept) < rows else "")
    matrix = view["matrix"]
    shown = {"values": matrix["values"][part], "empty": matrix["empty"][part], "note": note, "kept": kept}
    return [{**matrix, **shown}, _part(view["y"], across), _part(view["result"], kept)]


def _part(column: Mapping[str, Any], kept: list[int]) -> Mapping[str, Any]:
    """Some values of an unrolled grid: "6 of 36"."""
    count = len(column["values"])
    note = str(count) if len(kept) == count else f"{len(kept)} of {count}"
    return {**column, "values": column["values"][kept], "note": note}


def multiplying(scene: Scene, x: float, y: float, room: float) -> tuple[list[Mark], float, float]:
    """Cᵀ, y and the result, unrolled; of a large Cᵀ the sizes. Also where they end on the right."""
    view, parts = scene["views"]["multiplying"], product(scene)
    if not parts:
        rows, columns = view["shape"]
        words = f"Cᵀ is {rows} × {columns}, y has {columns} values and the result {rows}."
        texts, height = text.paragraph([(words, "")], x, y + 20, room, NOTE, "multiplying:sizes")
        return list(texts), y + height + 4, x + room
    labels = [_label(scene, number) for number in parts[0]["kept"]]
    gutter = max(text.width(label, 10.4, bold=True) for label in labels) + 10
    items: list[Item] = [(sign, data) for sign, data in zip(("", "·", "="), parts, strict=True)]
    placed = row(items, x + gutter, y, room - gutter, 24, 1)
    return _product(view, placed, labels), placed.bottom, placed.right


def _label(scene: Scene, number: int) -> str:
    """The name of a row of Cᵀ, which is a result cell: "1,2", or "2" on a line."""
    row, column = divmod(number, scene["panels"][-1]["values"].shape[1])
    return str(column) if scene["dimensions"] == 1 else f"{row},{column}"


def _product(view: Mapping[str, Any], placed: Row, labels: list[str]) -> list[Mark]:
    matrix, values, unrolled = placed.panels
    number, size = list(matrix.data["kept"]).index(view["row"]), min(10.4, 0.5 * matrix.cell)
    marks: list[Mark] = [*captions(placed), *placed.signs]
    for position, label in enumerate(labels):
        base, chosen = matrix.corner(position, 0)[1] + matrix.cell / 2 + 0.36 * size, position == number
        colour = LIGHT["ink" if chosen else "axis"]
        marks.append(Text(matrix.x - 7, base, label, size, colour, chosen, "end", name=f"matrix:row:{position}"))
    marks += [*grid(matrix), *grid(values), *grid(unrolled, (number, 0))]
    x, y, width, height = matrix.frame([number], [0, matrix.shape[1] - 1])
    marks += [
        Box(x, y, width, height, 5, edge=LIGHT["halo"], line=4.5),
        Box(x, y, width, height, 5, edge=LIGHT["kernel"], line=2.2, name="matrix:chosen"),
    ]
    return [*marks, *frames.focus(unrolled, number, 0)]
