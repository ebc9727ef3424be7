"""One row of the layer table: where its columns stand, and what is drawn in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convwidgets.figures import text
from convwidgets.figures.layers_drawings import SQUARE, WIDE, bar, box, field
from convwidgets.figures.layout import MARGIN, PHONE
from convwidgets.figures.marks import Mark, Text
from convwidgets.palette import LIGHT
from convwidgets.scenes.layers_words import TABLE

Scene = Mapping[str, Any]
ROOMY = 720  # from this width on every layer is one line of a table
MANY = 14  # from so many rows on they stand closer
NAME, SMALL, NUMBER, TINY, LEAST = 12.5, 11, 13, 10.4, 9.8
SEEN, ADDS, PARAMS, GAP = 98, 92, 204, 12


@dataclass(frozen=True)
class Place:
    """Where the columns of a row begin and how wide they are.

    `lines`: 1 for a table; 2 where shape and receptive field stand beneath the layer; 3 where the parameters do, too.
    """

    layer: tuple[float, float]
    shape: tuple[float, float]
    field: float
    adds: tuple[float, float]
    params: tuple[float, float]
    lines: int

    @classmethod
    def on(cls, width: float) -> Place:
        """The columns for a sheet so wide."""
        left, right = MARGIN + 4.0, width - MARGIN - 4.0
        shape = WIDE + 116.0
        if width < PHONE:
            return cls((left, right - left), (left, shape), left + shape + 6, (0, 0), (left, right - left), 3)
        params = right - PARAMS
        if width < ROOMY:
            return cls(
                (left, params - GAP - left), (left, shape), left + shape + 6, (params, PARAMS), (params, PARAMS), 2
            )
        adds = params - GAP - ADDS
        seen = adds - GAP - SEEN
        start = seen - GAP - shape
        return cls((left, start - 6 - left), (start, shape), seen, (adds, ADDS), (params, PARAMS), 1)


def line(scene: Scene, row: Scene, place: Place, y: float) -> tuple[list[Mark], float]:
    """The marks of a row, and where it ends."""
    marks, bottom = _about(row, place, y, len(scene["rows"]) >= MANY)
    if not row["shape"]:
        return marks, bottom  # behind the layer without an output
    middle, drawn = (y + bottom) / 2, (y + bottom) / 2
    if place.lines > 1:
        drawn, bottom = bottom + 16, bottom + 40
    marks += _shape(row, place, drawn)
    if not row["possible"]:
        return marks, bottom
    marks += [*_field(scene, row, place, drawn), *_adds(row, place, drawn)]
    if place.lines == 3 and row["share"]:
        middle, bottom = bottom + 14, bottom + 32
    if place.lines < 3 or row["share"]:
        marks += _params(row, place, middle - 2)
    return marks, bottom


def _about(row: Scene, place: Place, y: float, close: bool) -> tuple[list[Mark], float]:
    """Name, kind and parameters, on as many lines as they need."""
    x, room = place.layer
    first, second = (16, 31) if close else (19, 36)
    name = cut(row["name"], room, NAME, bold=True)
    used = text.width(name, NAME, bold=True) + 6
    marks: list[Mark] = [Text(x, y + first, name, NAME, LIGHT["ink"], bold=True, name=f"layer:{row['number']}")]
    words, size = row["details"], text.fitting([row["type"]], max(room - used, 1), SMALL)
    if size >= TINY:
        marks.append(Text(x + used, y + first, row["type"], size, LIGHT["secondary"]))
    else:
        words = f"{row['type']}, {words}" if words else row["type"]
    size = text.fitting([words], room, SMALL)
    size = size if size >= LEAST else TINY
    words = words.replace(" ", "\u00a0").replace(",\u00a0", ", ")  # a line ends between parameters
    told, height = text.paragraph([(words, "soft")], x, y + second, room, size, f"details:{row['number']}")
    return [*marks, *told], y + second + height - (8 if close else 5)


def cut(words: str, room: float, size: float, bold: bool = False) -> str:
    """The words, or as many of their letters as fit before an ellipsis.

    >>> cut("batch_normalization", 60, 10)
    'batch_nor…'
    """
    words = " ".join(words.split())
    if text.width(words, size, bold) <= room:
        return words
    kept = next(
        end for end in range(len(words), -1, -1) if text.width(words[:end] + "…", size, bold) <= room or not end
    )
    return words[:kept] + "…"


def _shape(row: Scene, place: Place, y: float) -> list[Mark]:
    """The feature map, its sizes, and what of its input is never read."""
    x = place.shape[0]
    if not row["possible"]:
        return [Text(x + WIDE + 8, y + 4, row["shape"], 12, LIGHT["error"], bold=True, name=f"shape:{row['number']}")]
    lines, room = row["unread"], place.shape[1] - WIDE - 8
    top = y + 4 - 7 * len(lines)
    size = text.fitting([row["shape"]], room, 12)
    marks = box(row["box"], x, y)
    marks.append(Text(x + WIDE + 8, top, row["shape"], size, LIGHT["ink"], name=f"shape:{row['number']}"))
    for line, words in enumerate(lines, start=1):
        size = text.fitting([words], room, TINY)
        marks.append(
            Text(x + WIDE + 8, top + 14 * line, words, size, LIGHT["secondary"], name=f"unread:{row['number']}")
        )
    return marks


def _field(scene: Scene, row: Scene, place: Place, y: float) -> list[Mark]:
    if not row["field"]:
        return []
    x, grid = place.field, scene["rows"][0]["box"]
    size = text.fitting([row["field"]], SEEN - SQUARE - 8, SMALL)
    return [
        *field(row["field_share"], grid, x, y),
        Text(x + SQUARE + 8, y + 4, row["field"], size, LIGHT["ink"], name=f"field:{row['number']}"),
    ]


def _adds(row: Scene, place: Place, y: float) -> list[Mark]:
    words = row["multiply_adds"] if place.lines == 1 else TABLE["adds"].format(adds=row["multiply_adds"])
    if place.lines == 3 or (place.lines == 2 and words.startswith("0 ")):
        return []
    x, wide = place.adds
    size = text.fitting([words], wide, SMALL)
    return [Text(x + wide, y + 4, words, size, LIGHT["secondary"], anchor="end", name=f"adds:{row['number']}")]


def _params(row: Scene, place: Place, y: float) -> list[Mark]:
    """The number on the right, how it comes about on the left, beneath both the bar."""
    (x, wide), name = place.params, f"params:{row['number']}"
    if not row["formula"]:
        return [Text(x + wide, y + 6, row["params"], SMALL, LIGHT["secondary"], anchor="end", name=name)]
    left = wide - text.width(row["params"], NUMBER, bold=True) - 8
    size = text.fitting([row["formula"]], left, SMALL)
    formula = Text(x, y, row["formula"], size, LIGHT["secondary"], name=f"formula:{row['number']}")
    number = Text(x + wide, y, row["params"], NUMBER, LIGHT["ink"], bold=True, anchor="end", name=name)
    return [formula, number, *bar(row["share"], x, y + 6, wide)]
