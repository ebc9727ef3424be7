"""Two views of one transposed convolution: the stamps and their sum, and Cᵀ times y."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.matrix import convolution_matrix
from convwidgets.scenes.base import panel, shown, times
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.scenes.transposed_sweep import LEGEND, more

STAMPS = 9
"""So many stamps are shown; of more, those that reach the highlighted cell come first."""
ENTRIES = 64
"""A matrix with more rows or columns than this is told by its sizes and by the row of the highlighted cell."""
View = dict[str, Any]


def stamping(turned: Turned, at: tuple[int, int]) -> View:
    """The kernel times every value of y, each in its place, and their sum; `cut` is what the padding takes away.

    >>> view = stamping(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2), (0, 2))
    >>> [stamp["values"].tolist() for stamp in view["stamps"]], view["sum"]["values"].tolist()
    ([[[1, 2, 3, 0, 0]], [[0, 0, 10, 20, 30]]], [[1, 2, 13, 20, 30]])
    """
    reaching = [term.window for term in turned.terms(*at)]
    places = list(np.ndindex(*turned.plane.shape))
    chosen = places if len(places) <= STAMPS else (reaching or places)[:STAMPS]
    masks, origin = _sheet(turned)
    total, _ = _summed(turned, places, masks["padding"].shape, origin)
    stamps = [_stamp(turned, place, masks, origin, place in reaching) for place in chosen]
    result = panel("sum", "output", "Sum", times(total.shape[-turned.dimensions :]), total, origin=origin, **masks)
    legend = {"padding": LEGEND["cut"], "extra": more(turned)}
    return {"stamps": stamps, "sum": result, "count": len(places), "reaching": len(reaching), "legend": legend}


def _stamp(turned: Turned, place: tuple[int, int], masks: View, origin: tuple[int, int], reaches: bool) -> View:
    values, covered = _summed(turned, [place], masks["padding"].shape, origin)
    value, name = turned.plane[place], f"stamp-{place[0]}-{place[1]}"
    marks = {"empty": ~covered, "padding": masks["padding"] & covered, "of": place, "reaches": reaches}
    return panel(name, "stamp", shown(value), "× kernel", values, origin=origin, **marks)


def _summed(
    turned: Turned, places: list[tuple[int, ...]], shape: tuple[int, ...], origin: tuple[int, int]
) -> tuple[Array, Array]:
    """The stamps of some values of y added up, and the positions on which they lie."""
    assert turned.result is not None
    values, covered = np.zeros(shape, turned.result.dtype), np.zeros(shape, dtype=bool)
    rows, columns = (table - start for table, start in zip(turned.tables, origin, strict=True))
    for row, column in places:
        under = np.ix_(rows[row], columns[column])
        with np.errstate(invalid="ignore", over="ignore"):
            values[under] += turned.plane[row, column].astype(values.dtype) * turned.weights.astype(values.dtype)
        covered[under] = True
    return values, covered


def _sheet(turned: Turned) -> tuple[dict[str, Array], tuple[int, int]]:
    """Masks of all that stamps and result cover together: what is cut off, and what the output padding keeps."""
    kept, extra, origin = [], [], []
    for axis, table, added in zip(turned.pair, turned.tables, turned.extras, strict=True):
        positions = np.arange(min(0, int(table.min())), max(axis.size, int(table.max()) + 1))
        kept.append((positions >= 0) & (positions < axis.size))
        extra.append(kept[-1] & (positions >= axis.size - added))
        origin.append(int(positions[0]))
    inside = np.outer(*kept)
    masks = {"padding": ~inside, "extra": inside & (extra[0][:, None] | extra[1])}
    return masks, (origin[0], origin[1])


def multiplying(turned: Turned, at: tuple[int, int]) -> View:
    """Cᵀ times y: the shape of Cᵀ, the row of the highlighted cell with its entries, and small matrices as numbers.

    >>> view = multiplying(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2), (0, 2))
    >>> view["shape"], view["row"], view["entries"]
    ((5, 2), 2, [(0, 3, 1), (1, 1, 10)])
    >>> view["matrix"]["values"].tolist()
    [[1, 0], [2, 0], [3, 1], [0, 2], [0, 3]]
    """
    rows, columns = turned.pair
    shape, width = (rows.size * columns.size, turned.y.size), turned.plane.shape[1]
    entries = [(t.window[0] * width + t.window[1], t.weight.item(), t.value.item()) for t in turned.terms(*at)]
    small = max(shape) <= ENTRIES
    assert turned.result is not None
    return {
        "shape": shape, "row": at[0] * columns.size + at[1], "entries": entries,
        "matrix": _matrix(turned) if small else None,
        "y": panel("y", "input", "y", times(shape[1:]), turned.y.reshape(-1, 1)),
        "result": panel("unrolled", "output", "Result", times(shape[:1]), turned.result.reshape(-1, 1)),
    }  # fmt: skip


def _matrix(turned: Turned) -> View:
    """Cᵀ with a column for every value of y; `empty` is where no weight stands."""
    axes = [axis for axis in turned.axes if isinstance(axis, Axis)]
    found = convolution_matrix(
        turned.kernel, [axis.size for axis in axes], stride=tuple(axis.stride for axis in axes),
        padding=tuple((axis.before, axis.after) for axis in axes), dilation=tuple(axis.dilation for axis in axes),
    )  # fmt: skip
    windows = np.arange(found.shape[0]).reshape([axis.output for axis in turned.pair])
    height, width = turned.plane.shape
    with_value = windows[:height, :width].ravel()
    entries, empty = found.tocoo(), np.ones(found.shape, dtype=bool)
    empty[entries.coords] = False
    values = found.toarray()[with_value].T
    return panel("matrix", "kernel", "Cᵀ", times(values.shape), values, empty=empty[with_value].T)
