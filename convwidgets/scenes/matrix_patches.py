"""im2col: the other way to make a convolution a matrix product, every window a column and the kernel a row."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import factor, listing, panel, place, shown, times
from convwidgets.scenes.padded import plane_axes
from convwidgets.scenes.sentences import ALL
from convwidgets.scenes.words import SENTENCES

PATCHES = {
    "title": "The windows as a matrix",
    "subtitle": "y = k P: one row per weight, one column per window",
    "subtitle_bias": "y = k P + bias: one row per weight, one column per window",
    "heading_bias": "P holds every window as a column; the kernel is the row k, and y = k P + bias",
    "heading": "P holds every window as a column; the kernel is the row k, and y = k P",
    "letters": "k P y",
    "column": "Column {number} of P is the window of output {place}, which is {value} = {sum}.",
    "row": "Row {number} of P is what {weight} meets, window by window. {weight} is {value}.",
    "entry": "Entry ({row}, {column}) of P is {value}, input {source} under {weight}. Times {factor} it is {product} "
    "of the {total} in output {place}.",
    "entry_padding": "Entry ({row}, {column}) of P is {value}, padding {source} under {weight}. Times {factor} it is "
    "{product} of the {total} in output {place}.",
    "cell": "Input {place} is {value}. It stands in {count} places of P: {list}.",
    "cell_one": "Input {place} is {value}. It stands in 1 place of P: {list}.",
    "cell_none": "Input {place} is {value}. No window reads it, so it stands nowhere in P.",
    "cell_padding": "Padding {place} is {value}. It stands in {count} places of P: {list}.",
    "cell_padding_one": "Padding {place} is {value}. It stands in 1 place of P: {list}.",
    "cell_padding_none": "Padding {place} is {value}. No window reads it, so it stands nowhere in P.",
    "panel": "weight row {row}",
}

Scene = dict[str, Any]
MOST = 2**22
"""More patch values than this are not laid out: a picture shows them window by window."""


def axes_of(scene: Scene) -> tuple[Axis, Axis]:
    axes = plane_axes(scene["axes"])
    assert axes is not None
    return axes


def sums_of(scene: Scene) -> Array:
    """y, before any activation."""
    found: dict[str, Array] = {each["name"]: each["values"] for each in scene["panels"]}
    return found["y"] if "y" in found else found.get("preactivation", found["output"])


def patch_panels(scene: Scene) -> list[dict[str, Any]] | None:
    """The kernel as a row, the windows as columns, y as a row; None where the windows are too many to lay out."""
    (rows, columns), source = axes_of(scene), scene["panels"][0]
    weights, sums = scene["panels"][1]["values"], sums_of(scene)
    shape = (weights.size, sums.size)
    if shape[0] * shape[1] > MOST:
        return None
    top, left = source["origin"]
    row, column = rows.taps() - top, columns.taps() - left
    # one axis for each of kh, kw, oh, ow
    windows = source["values"][row.T[:, None, :, None], column.T[None, :, None, :]]
    letters, picture = PATCHES["letters"].split(), source["picture"]
    names = scene["names"][::-1, ::-1] if scene["flip"] else scene["names"]
    symbols = names.reshape(1, -1) if scene["form"] == "symbols" else None
    return [
        panel("x", "kernel", letters[0], times((shape[0],)), weights.reshape(1, -1), symbols=symbols),
        panel("matrix", "matrix", letters[1], times(shape), windows.reshape(shape), picture=picture),
        panel("y", "output", letters[2], times((shape[1],)), sums.reshape(1, -1), picture=picture),
    ]


def patch_words(scene: Scene, name: str, row: int, column: int) -> str:
    """The sentence of a cell while the patches are shown."""
    (_, columns), weights = axes_of(scene), scene["panels"][1]["values"]
    if name == "kernel":
        return _weight(scene, row * weights.shape[1] + column)
    if name == "x":
        return _weight(scene, column)
    if name == "output":
        return _window(scene, row * columns.output + column)
    if name == "y":
        return _window(scene, column)
    return _cell(scene, row, column) if name == "input" else _entry(scene, row, column)


def _symbol(scene: Scene, tap: int) -> str:
    names = scene["names"].ravel()
    return str(names[names.size - 1 - tap if scene["flip"] else tap])


def _weight(scene: Scene, tap: int) -> str:
    value = shown(scene["panels"][1]["values"].ravel()[tap])
    return PATCHES["row"].format(number=tap, weight=_symbol(scene, tap), value=value)


def _patch(scene: Scene, window: int) -> Array:
    (rows, columns), source = axes_of(scene), scene["panels"][0]
    (top, left), (r, c) = source["origin"], divmod(window, columns.output)
    values: Array = source["values"][np.ix_(rows.taps()[r] - top, columns.taps()[c] - left)]
    return values.ravel()


def _window(scene: Scene, window: int) -> str:
    weights = scene["panels"][1]["values"].ravel()
    terms = [f"{factor(a)}·{factor(b)}" for a, b in zip(weights, _patch(scene, window), strict=True)]
    if len(terms) > ALL:
        terms = [*terms[:3], f"… ({SENTENCES['more_terms'].format(count=len(terms) - 4)})", terms[-1]]
    if scene["bias"]:
        terms.append(SENTENCES["bias"].format(value=factor(scene["bias"])))
    r, c = divmod(window, axes_of(scene)[1].output)
    return PATCHES["column"].format(
        number=window, place=place(r, c, scene["dimensions"]), sum=" + ".join(terms),
        value=shown(sums_of(scene).ravel()[window]),
    )  # fmt: skip


def _entry(scene: Scene, tap: int, window: int) -> str:
    rows, columns = axes_of(scene)
    (a, b), (r, c) = divmod(tap, columns.kernel), divmod(window, columns.output)
    y, x = int(rows.taps()[r, a]), int(columns.taps()[c, b])
    inside = 0 <= y < rows.size and 0 <= x < columns.size
    value, weight = _patch(scene, window)[tap], scene["panels"][1]["values"].ravel()[tap]
    exact = value.item() * weight.item()
    return PATCHES["entry" if inside else "entry_padding"].format(
        row=tap, column=window, value=shown(value), source=place(y, x, scene["dimensions"]),
        weight=_symbol(scene, tap), factor=shown(weight), product=shown(exact),
        total=shown(sums_of(scene).ravel()[window]), place=place(r, c, scene["dimensions"]),
    )  # fmt: skip


def _cell(scene: Scene, row: int, column: int) -> str:
    rows, columns = axes_of(scene)
    source = scene["panels"][0]
    (in_rows, in_columns) = (np.argwhere(axis.taps() == at) for axis, at in ((rows, row), (columns, column)))
    found = sorted((r * columns.output + c, a * columns.kernel + b) for r, a in in_rows for c, b in in_columns)
    inside = 0 <= row < rows.size and 0 <= column < columns.size
    template = ("cell" if inside else "cell_padding") + {0: "_none", 1: "_one"}.get(len(found), "")
    return PATCHES[template].format(
        place=place(row, column, scene["dimensions"]), count=len(found),
        value=shown(source["values"][row - source["origin"][0], column - source["origin"][1]]),
        list=listing([f"({tap}, {window})" for window, tap in found]),
    )  # fmt: skip
