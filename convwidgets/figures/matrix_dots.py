"""A large matrix as a picture of its pattern: a dot of its weight's colour for every entry, white for zeros."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.figures import text
from convwidgets.figures.marks import Box, Image, Line, Mark, Text
from convwidgets.figures.matrix_key import key
from convwidgets.palette import LIGHT, rgb

Scene = Mapping[str, Any]
TALLEST = 620
FINE = 2  # pixels per unit, at least
DOT = 1.4  # the side of the smallest dot


def pixels(scene: Scene, width: float, height: float) -> Array:
    """The pattern as bytes (rows, columns, 3) for a picture of so many units.

    An entry takes at least 1.4 units of the picture, so that thin bands stay; where several fall on one dot, the last
    one is shown.
    """
    shape, table = scene["facts"]["shape"], scene["entries"]
    bins = [min(side, int(room / DOT)) for side, room in zip(shape, (height, width), strict=True)]
    colours = np.array([rgb(colour) for colour in key(scene["names"].shape, deep=True)], np.uint8)
    image = np.full((*bins, 3), 255, np.uint8)
    row, column = (
        table[name] * count // side for name, count, side in zip(("row", "column"), bins, shape, strict=True)
    )
    image[row, column] = colours[table["weight"]]
    down, across = (ceil(FINE * room / count) for room, count in zip((height, width), bins, strict=True))
    return image.repeat(down, axis=0).repeat(across, axis=1)


def dots(scene: Scene, x: float, y: float, room: float) -> tuple[list[Mark], float]:
    """The picture with the first and last numbers of its rows and columns, a mark at the row looked at; its height."""
    rows, columns = scene["facts"]["shape"]
    width = min(room, TALLEST * columns / rows)
    height = max(width * rows / columns, 24.0)
    marks: list[Mark] = [
        Image(x, y, width, height, pixels(scene, width, height), "matrix:picture"),
        Box(x, y, width, height, edge=LIGHT["edge"], line=0.8),
    ]
    ends = [(x, f"{0}", "start"), (x + width, f"{columns - 1:,}", "end")]
    marks += [Text(at, y - 7, label, 10.4, LIGHT["axis"], anchor=anchor) for at, label, anchor in ends]
    at = y + (scene["row"] + 0.5) * height / rows
    for baseline, number in ((y + 8, 0), (y + height, rows - 1)):
        if abs(baseline - 4 - at) > 14:
            marks.append(Text(x - 10, baseline, f"{number:,}", 10.4, LIGHT["axis"], anchor="end"))
    marks.append(Text(x - 10, at + 3.8, f"{scene['row']:,}", 10.4, LIGHT["ink"], True, "end", "matrix:row"))
    return [*marks, Line(((x - 7, at), (x - 1, at)), LIGHT["ink"], 1.6)], height


def gutter(scene: Scene) -> float:
    """The room that the numbers of the rows take."""
    return 14 + text.width(f"{scene['facts']['shape'][0] - 1:,}", 10.4, bold=True)
