"""The scene of a stack of layers: what every row of the table shows and says."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from convwidgets.core.axis import Axis
from convwidgets.core.layers.convolutions import Conv2DTranspose
from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.repairs import Impossible
from convwidgets.core.layers.resizing import Growing
from convwidgets.core.layers.stack import Row, names, trace
from convwidgets.core.layers.tables import memory
from convwidgets.scenes.base import times
from convwidgets.scenes.layers_fields import details
from convwidgets.scenes.layers_sentences import model_says, says, shape_words
from convwidgets.scenes.layers_words import SAYS, TABLE, UNREAD

AXES = {1: ("positions",), 2: ("rows", "columns"), 3: ("slices", "rows", "columns")}


def scene(layers: Sequence[Layer], name: str = "sequential", selected: int | None = None) -> dict[str, Any]:
    """The table of a stack, also of one that stops at a layer without an output.

    Returns:
        ``rows``: one dict per layer with its texts and the measures of its drawings: ``box`` (height, width, depth of
        the feature map, each as a share of the largest in the stack, by their roots), ``field`` (text) and
        ``field_share`` (per axis, of the input), ``share`` (its parameters, of the largest layer's). Rows from
        ``stop`` on have no shape. ``error`` and ``repairs`` say why; ``sentence`` is that of the selected row.

    >>> from convwidgets.core.layers import lenet5
    >>> table = scene(lenet5().layers, selected=1)
    >>> table["subtitle"]
    '32 × 32 × 1, 8 layers, 61,706 parameters'
    >>> table["rows"][1]["formula"], table["rows"][1]["params"], table["rows"][1]["shape"]
    ('(5·5·1 + 1)·6', '156', '28 × 28 × 6')
    """
    rows, stop = trace(layers)
    found = [_row(row, rows) for row in rows]
    labels = names(layers)
    for number in range(len(rows), len(layers)):
        found.append(_waiting(number, labels, layers[number], stop))
    chosen = found[selected]["sentence"] if selected is not None and 0 <= selected < len(found) else model_says(rows)
    return {
        "kind": "layers", "title": TABLE["title"], "subtitle": subtitle(layers, rows, stop), "dimensions": 2,
        "panels": [], "name": name, "rows": found, "total": total(rows), "selected": selected, "sentence": chosen,
        "stop": None if stop is None else stop.number, "error": "" if stop is None else stop.text,
        "repairs": [] if stop is None else [repair.text for repair in stop.repairs],
    }  # fmt: skip


def subtitle(layers: Sequence[Layer], rows: Sequence[Row], stop: Impossible | None) -> str:
    """'128 × 128 × 3, 8 layers, 22,529 parameters'."""
    count = {"input": shape_words(rows[0].output_shape), "layers": count_layers(len(layers) - 1)}
    if stop is not None:
        return TABLE["subtitle_stopped"].format(**count, number=stop.number)
    return TABLE["subtitle"].format(**count, params=f"{sum(row.params for row in rows):,}")


def count_layers(count: int) -> str:
    """'8 layers'; the input is none."""
    return TABLE["layers_one"] if count == 1 else TABLE["layers_many"].format(count=count)


def total(rows: Sequence[Row]) -> dict[str, str]:
    """The sums of all rows, as text."""
    params, trained = sum(row.params for row in rows), sum(row.trainable_params for row in rows)
    return {
        "params": f"{params:,}", "trainable": f"{trained:,}", "memory": memory(params),
        "multiply_adds": f"{sum(row.multiply_adds for row in rows):,}",
    }  # fmt: skip


def _row(row: Row, rows: Sequence[Row]) -> dict[str, Any]:
    most = max(other.params for other in rows)
    return {
        "number": row.number, "name": row.name, "type": row.layer.type, "details": details(row.layer),
        "possible": True, "shape": shape_words(row.output_shape), "unread": unread(row),
        "box": box(row.output_shape, [other.output_shape for other in rows]),
        "field": times(row.receptive_field) if row.fields else "",
        "field_share": [
            seen / size for seen, size in zip(row.receptive_field, rows[0].output_shape, strict=False)
        ],
        "multiply_adds": f"{row.multiply_adds:,}", "params": f"{row.params:,}",
        "formula": row.layer.params_formula(row.input_shape), "share": row.params / most if most else 0.0,
        "sentence": says(row, rows),
    }  # fmt: skip


def _waiting(number: int, labels: list[str], layer: Layer, stop: Impossible | None) -> dict[str, Any]:
    """The row of a layer that nothing reaches, or that has no output itself."""
    assert stop is not None
    own = number == stop.number
    sentence = stop.text if own else SAYS["stopped"].format(name=labels[number], stop=labels[stop.number])
    return {
        "number": number, "name": labels[number], "type": layer.type, "details": details(layer), "possible": False,
        "shape": TABLE["nothing"] if own else "", "unread": [], "box": [], "field": "", "field_share": [],
        "multiply_adds": "", "params": "", "formula": "", "share": 0.0, "sentence": sentence,
    }  # fmt: skip


def box(shape: Shape, shapes: Sequence[Shape]) -> list[float]:
    """Height, width and depth of a feature map: the roots of its sizes, as shares of the largest in the stack.

    A vector is a line as deep as it is long among the vectors, and has no height and width. A series is one row high.

    >>> box((16, 4, 8), [(64, 64, 32), (16, 4, 8), (128,)])
    [0.5, 0.25, 0.5]
    >>> box((128,), [(64, 64, 3), (16, 4, 8), (128,)])
    [0.0, 0.0, 1.0]
    """
    widest = max((size for each in shapes for size in each[:-1]), default=1)
    deepest = max(each[-1] for each in shapes if (len(each) == 1) == (len(shape) == 1))
    height, width = {1: (0, 0), 2: (1, shape[0])}.get(len(shape), shape[-3:-1])
    return [sqrt(height / widest), sqrt(width / widest), sqrt(shape[-1] / deepest)]


def unread(row: Row) -> list[str]:
    """The rows and columns of the input of a layer that no window reaches: ["1 row never read"]."""
    if isinstance(row.layer, Conv2DTranspose | Growing):
        return []
    axes = row.layer.axes(row.input_shape)
    found = []
    for axis, name in zip(axes, AXES.get(len(axes), ()), strict=True):
        if count := left_out(axis):
            found.append(UNREAD[f"{name}_{'one' if count == 1 else 'many'}"].format(count=count))
    return found


def left_out(axis: Axis) -> int:
    """How many input positions no window reads: at the end, and between windows that lie apart.

    >>> left_out(Axis(128, 5, stride=2)), left_out(Axis(7, 1, stride=3)), left_out(Axis(7, 3, stride=2))
    (1, 4, 0)
    """
    taps = axis.taps()
    return axis.size - len(set(taps[(taps >= 0) & (taps < axis.size)].tolist()))
