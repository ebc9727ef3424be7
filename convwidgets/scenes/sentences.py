"""The sentence of any cell of a convolution: what the page says in its status line (`frontend/scenes/sentences.js`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import LISTED, factor, listing, place, shown
from convwidgets.scenes.convolution_page import ACTIVATIONS
from convwidgets.scenes.padded import plane_axes
from convwidgets.scenes.words import SENTENCES

ALL = 16
"""A sum of more terms than this is told in part."""

Scene = dict[str, Any]


def words_for(scene: Scene, panel: str, row: int, column: int) -> str:
    """The sentence of the cell at a displayed position; of a line the row is 0.

    Raises:
        ValueError: when there is no such panel or cell.

    >>> from convwidgets.scenes.convolution import scene
    >>> board = scene([[1, 2, 3], [4, 5, 6]], [[1, -1]])
    >>> words_for(board, "input", 0, 1)
    'Input row 0, column 1 is 2. It feeds 2 outputs: row 0, column 0 (weight −1); row 0, column 1 (weight 1).'
    """
    data = panel_with(scene, panel, row, column)
    teller = {"input": _input, "kernel": _weight}.get(panel, _output)
    return teller(scene, data, row, column)


def panel_with(scene: Scene, panel: str, row: int, column: int) -> dict[str, Any]:
    """The panel of that name, which has a cell at the displayed position; a ValueError where there is none."""
    data: dict[str, Any] | None = next((each for each in scene["panels"] if each["name"] == panel), None)
    if data is None:
        names = ", ".join(each["name"] for each in scene["panels"])
        raise ValueError(f"There is no panel {panel!r}. There are {names}.")
    if not _exists(data, row, column):
        raise ValueError(f"The panel {panel!r} has no cell at {place(row, column, scene['dimensions'])}.")
    return data


def _exists(panel: dict[str, Any], row: int, column: int) -> bool:
    (top, left), (height, width) = panel["origin"], panel["values"].shape
    return bool(top <= row < top + height and left <= column < left + width)


def value_at(panel: dict[str, Any], row: int, column: int) -> Any:
    return panel["values"][row - panel["origin"][0], column - panel["origin"][1]]


def _axes(scene: Scene) -> tuple[Axis, Axis] | None:
    """Rows and columns; None for a setting without output."""
    return None if scene["error"] else plane_axes(scene["axes"])


def terms(scene: Scene, row: int, column: int) -> tuple[Array, Array]:
    """The values under the window of an output cell, and the weights that meet them."""
    axes = _axes(scene)
    assert axes is not None
    rows, columns = axes
    source, kernel = scene["panels"][0], scene["panels"][1]
    top, left = source["origin"]
    values: Array = source["values"][np.ix_(rows.taps()[row] - top, columns.taps()[column] - left)]
    return values, kernel["values"]


def sum_words(
    pairs: Sequence[tuple[Any, Any]], bias: float = 0, words: Mapping[str, str] = SENTENCES
) -> tuple[str, str]:
    """The sum of some products in words, and what was left out of it.

    >>> sum_words([(3, 1), (0, -2)], bias=5)
    ('3·1 + 0·(−2) + 5 bias', '')
    """
    listed = pairs if len(pairs) <= ALL else [pair for pair in pairs if pair[1] != 0]
    parts = [f"{factor(value)}·{factor(weight)}" for value, weight in listed]
    if len(parts) > ALL:
        rest = words["more_terms"].format(count=len(parts) - 4)
        parts = [*parts[:3], f"… ({rest})", parts[-1]]
    parts = parts or [words["all_zero"]]
    if bias != 0:
        parts.append(words["bias"].format(value=factor(bias)))
    return " + ".join(parts), " " + words["zeros_left_out"] if len(listed) < len(pairs) else ""


def _output(scene: Scene, panel: dict[str, Any], row: int, column: int) -> str:
    where = place(row, column, scene["dimensions"])
    top, left = panel["origin"]
    if panel["missing"][row - top, column - left]:
        return SENTENCES["missing"].format(place=where)
    pairs = list(zip(*(part.ravel() for part in terms(scene, row, column)), strict=True))
    total, note = sum_words(pairs, scene["bias"])
    before = next((each for each in scene["panels"] if each["name"] == "preactivation"), panel)
    template = "preactivation" if panel["name"] == "preactivation" else "output"
    template = "activated" if template == "output" and before is not panel else template
    told = SENTENCES[template].format(
        place=where, value=shown(value_at(panel, row, column)), sum=total,
        before=shown(value_at(before, row, column)), activation=ACTIVATIONS[scene["activation"]],
    )  # fmt: skip
    return told + note


def _input(scene: Scene, panel: dict[str, Any], row: int, column: int) -> str:
    dimensions = scene["dimensions"]
    (top, left), axes = panel["origin"], _axes(scene)
    padding = bool(panel["padding"][row - top, column - left])
    source = copied(scene, row, column) if padding else None
    template = "copy" if source else "padding" if padding else "input"
    return SENTENCES[template].format(
        place=place(row, column, dimensions), value=shown(value_at(panel, row, column)),
        source=place(*source, dimensions) if source else "", feeds=_feeds(scene, axes, row, column),
    )  # fmt: skip


def copied(scene: Scene, row: int, column: int) -> tuple[int, int] | None:
    """The input cell of which a padding cell is a copy; None for a constant."""
    axes = _axes(scene)
    assert axes is not None
    found = [
        int(axis.padded_sources(scene["pad_mode"])[position + axis.before])
        for axis, position in zip(axes, (row, column), strict=True)
    ]
    return None if min(found) < 0 else (found[0], found[1])


def fed_by(scene: Scene, row: int, column: int) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Every output that reads a position, row by row, each with the taps by which it does; an input cell also through
    its copies in the padding."""
    axes = _axes(scene)
    if axes is None:
        return []
    rows, columns = axes
    inside = 0 <= row < rows.size and 0 <= column < columns.size
    tables = [axis.sources(scene["pad_mode"]) if inside else axis.taps() for axis in axes]
    in_rows, in_columns = (
        np.argwhere(table == position).tolist() for table, position in zip(tables, (row, column), strict=True)
    )
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, a in in_rows:
        for c, b in in_columns:
            found.setdefault((r, c), []).append((a, b))
    return sorted(found.items())


def _feeds(scene: Scene, axes: tuple[Axis, Axis] | None, row: int, column: int) -> str:
    weights, fed = scene["panels"][1]["values"], fed_by(scene, row, column)
    entries = [
        SENTENCES["fed"].format(
            place=place(*output, scene["dimensions"]), weight=" + ".join(shown(weights[tap]) for tap in taps)
        )
        for output, taps in fed
    ]
    template = {0: "feeds_none", 1: "feeds_one"}.get(len(fed), "feeds_many")
    return SENTENCES[template].format(count=len(fed), list=listing(entries))


def _weight(scene: Scene, panel: dict[str, Any], row: int, column: int) -> str:
    """A weight goes by its index in the kernel's array, wherever a rotation puts it."""
    height, width = panel["values"].shape
    r, c = (height - 1 - row, width - 1 - column) if scene["flip"] else (row, column)
    where = {"place": place(r, c, scene["dimensions"]), "value": shown(value_at(panel, row, column))}
    axes = _axes(scene)
    count = axes[0].output * axes[1].output if axes else 0
    entries = [_met(scene, axes, number, row, column) for number in range(min(count, LISTED))] if axes else []
    return SENTENCES["kernel_one" if count == 1 else "kernel"].format(
        **where, count=count, list=listing(entries, count)
    )


def _met(scene: Scene, axes: tuple[Axis, Axis], number: int, row: int, column: int) -> str:
    """What one output, counted row by row, takes times a weight, and from where."""
    r, c = divmod(number, axes[1].output)
    position = int(axes[0].taps()[r, row]), int(axes[1].taps()[c, column])
    dimensions = scene["dimensions"]
    return SENTENCES["met"].format(
        output=place(r, c, dimensions), value=shown(value_at(scene["panels"][0], *position)),
        place=place(*position, dimensions),
    )  # fmt: skip
