"""The board of the layer table: heads, a row for every layer, the sums, the sentence or why there is no output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from convwidgets.figures import captions, text
from convwidgets.figures.board import Board
from convwidgets.figures.layers_drawings import WIDE
from convwidgets.figures.layers_rows import SMALL, TINY, Place, line
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.palette import LIGHT
from convwidgets.scenes.layers_words import TABLE

Scene = Mapping[str, Any]


def board(scene: Scene, width: float, *, private: bool = False, title: bool = False, footer: str = "") -> Board:
    """The scene laid out on a sheet `width` units wide; nothing in a table is private."""
    place, y = Place.on(width), 56.0 if title else 12.0
    marks = captions.title(scene) if title else []
    if place.lines == 1:
        marks += _heads(place, y + 12)
        y += 22
    marks.append(_rule(y, width, "edge"))
    frame: list[Mark] = []
    for row in scene["rows"]:
        drawn, bottom = line(scene, row, place, y)
        marks += [*_ground(scene, row, y, bottom, width), *drawn, _rule(bottom, width, "hairline")]
        if row["number"] == scene["selected"]:
            frame = [
                Box(MARGIN - 6, y, width - 2 * MARGIN + 12, bottom - y, 4, None, LIGHT["focus"], 2.5, name="selected")
            ]
        y = bottom
    told, y = _below(scene, y, width)
    marks += [*frame, *told]
    if footer:
        marks += captions.strip(footer, width, y)
    return Board(tuple(marks), width, y + (40 if footer else 0), f"{scene['title']}, {scene['subtitle']}")


def _rule(y: float, width: float, colour: str) -> Mark:
    return Line(((MARGIN, y), (width - MARGIN, y)), LIGHT[colour])


def _heads(place: Place, y: float) -> list[Mark]:
    def head(name: str, x: float, anchor: str = "start") -> Mark:
        return Text(x, y, TABLE[f"heads_{name}"], SMALL, LIGHT["secondary"], anchor=anchor, name=f"head:{name}")

    marks = [head("layer", place.layer[0]), head("shape", place.shape[0] + WIDE + 8), head("field", place.field)]
    return [*marks, head("adds", sum(place.adds), "end"), head("params", sum(place.params), "end")]


def _ground(scene: Scene, row: Scene, top: float, bottom: float, width: float) -> list[Mark]:
    """The layer without an output stands on the tint of errors, the selected one on that of strips."""
    colour = "error-surface" if row["number"] == scene["stop"] else "strip"
    if colour == "strip" and row["number"] != scene["selected"]:
        return []
    return [Box(MARGIN - 6, top, width - 2 * MARGIN + 12, bottom - top, fill=LIGHT[colour])]


def _below(scene: Scene, y: float, width: float) -> tuple[list[Mark], float]:
    """The sums, then the sentence, or why there is no output."""
    if scene["error"]:
        return captions.refused(_plain(scene["error"]), [], y + 40, width)
    marks, y = _sums(scene["total"], y + 28, width)
    texts, height = text.paragraph([(_plain(scene["sentence"]), "")], MARGIN, y + 8, width - 2 * MARGIN, 13, "sentence")
    note, more = text.paragraph(
        [(TABLE["drawings"], "soft")], MARGIN, y + height + 12, width - 2 * MARGIN, TINY, "note"
    )
    return [*marks, *texts, *note], y + height + more + 12


def _plain(words: str) -> str:
    """On one line, whatever the names of layers are."""
    return " ".join(words.split())


def _sums(total: Scene, y: float, width: float) -> tuple[list[Mark], float]:
    """Total parameters in large digits, their memory, the trainable ones where they are fewer, all multiply-adds."""
    end = width - MARGIN - 4
    marks: list[Mark] = []
    rest = [TABLE["memory"].format(memory=total["memory"]), TABLE["adds"].format(adds=total["multiply_adds"])]
    if total["trainable"] != total["params"]:
        rest.insert(1, TABLE["trainable"].format(trainable=total["trainable"]))
    words = ", ".join(rest)
    stacked = text.width(words, SMALL) + text.width(total["params"], 20, bold=True) + 150 > end - MARGIN
    right = end if stacked else end - text.width(words, SMALL) - 10
    if stacked:
        told, height = text.paragraph([(words, "soft")], MARGIN, y + 20, width - 2 * MARGIN, SMALL, "sums")
        marks += told
    else:
        marks.append(Text(end, y, words, SMALL, LIGHT["secondary"], anchor="end", name="sums"))
    left = right - text.width(total["params"], 20, bold=True) - 10
    marks.append(Text(right, y, total["params"], 20, LIGHT["ink"], bold=True, anchor="end", name="total"))
    marks.append(Text(left, y, TABLE["total"], 12, LIGHT["secondary"], anchor="end"))
    return marks, y + (20 + height if stacked else 24)
