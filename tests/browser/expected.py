"""What a stage must show for an explorer: numbers, links and sentences, from the definition in Python."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

import convwidgets as cw
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import shown
from convwidgets.scenes.convolution import words_for
from tests.browser.stage import Cell, Stage, number, tight

Place = tuple[str, int, int]


def assert_shows(stage: Stage, explorer: cw.ConvolutionExplorer) -> None:
    """Every number, mark and word of the page is the explorer's."""
    scene = explorer.compose()
    assert scene["error"] == ""
    page = stage.panels()
    assert list(page) == [panel["name"] for panel in scene["panels"]]
    tolerances = tolerance(explorer)
    for panel in scene["panels"]:
        assert_panel(page[panel["name"]], panel, tolerances if panel["role"] == "output" else None)
        grid = stage.root.locator(f'[data-panel="{panel["name"]}"]')
        assert grid.get_attribute("aria-label") == f"{panel['label']}, {panel['note']}"
    weights = [cell.weight for cell in page["kernel"]]
    kernel = np.atleast_2d(explorer.kernel)
    indices = [f"{r},{c}" for r, c in np.ndindex(kernel.shape)]
    assert weights == (indices[::-1] if explorer.flip else indices)
    assert stage.formula() == [tight(line) for line in explorer.formula.splitlines()]
    assert stage.subtitle() == scene["subtitle"]


def assert_panel(cells: list[Cell], panel: dict[str, Any], tolerances: Any) -> None:
    values, (top, left) = panel["values"], panel["origin"]
    places = [(top + r, left + c) for r, c in np.ndindex(values.shape)]
    assert [cell.place for cell in cells] == places, panel["name"]
    masks = {name: panel.get(name, np.zeros(values.shape, bool)) for name in ("padding", "unread", "missing")}
    for cell, (r, c) in zip(cells, np.ndindex(values.shape), strict=True):
        marks = {name: bool(mask[r, c]) for name, mask in masks.items()}
        assert {name: getattr(cell, name) for name in marks} == marks, (panel["name"], cell)
        if marks["missing"]:
            assert (cell.value, cell.text) == (None, "?")
            continue
        at_origin = r + top, c + left
        slack = 0.0 if tolerances is None else tolerances[at_origin]
        assert_number(cell, values[r, c], slack)


def assert_number(cell: Cell, value: Any, slack: float) -> None:
    assert cell.value is not None
    if value.dtype.kind in "iub":
        assert cell.value == str(int(value)), cell
        assert cell.text == shown(value), cell
        return
    page = number(cell.value)
    exact = page == value or (math.isnan(page) and math.isnan(value)) or value.dtype.type(page) == value
    assert exact or abs(page - float(value)) <= slack, (cell, value, slack)
    assert cell.text == shown(value if exact else value.dtype.type(page)), (cell, value)


def tolerance(explorer: cw.ConvolutionExplorer) -> Any:
    """1e-6 · Σ|x·k| for float32 and 1e-12 · Σ|x·k| for float64, per output cell; 0 for integers."""
    sums = explorer.preactivation
    if sums.dtype.kind != "f":
        activated = np.zeros(np.atleast_2d(sums).shape)
        return activated + (0.0 if explorer.output.dtype.kind != "f" else 1e-12) * (1 + abs(np.atleast_2d(sums)))
    convolve = cw.conv1d if explorer.input.ndim == 1 else cw.conv2d
    with np.errstate(all="ignore"):
        total = convolve(
            abs(explorer.input.astype(float)), abs(explorer.kernel.astype(float)), stride=explorer.stride,
            padding=explorer.padding, dilation=explorer.dilation, flip=explorer.flip, pad_mode=explorer.pad_mode,
            pad_value=abs(explorer.pad_value) if explorer.pad_mode == "constant" else 0,
        )  # fmt: skip
    relative = 1e-6 if sums.dtype == np.float32 else 1e-12
    return relative * (np.atleast_2d(total) + abs(explorer.bias))


def plane_axes(explorer: cw.ConvolutionExplorer) -> tuple[Axis, Axis]:
    axes = explorer.axes
    return (Axis(1, 1), axes[0]) if len(axes) == 1 else (axes[0], axes[1])


def links(explorer: cw.ConvolutionExplorer, panel: str, row: int, column: int) -> set[Place]:
    """The cells that belong to one cell: straight from the tables of the two axes, by trying every output."""
    rows, columns = plane_axes(explorer)
    outputs = ["output"] if explorer.activation == "none" else ["preactivation", "output"]
    taps = [axis.taps().tolist() for axis in (rows, columns)]
    row_mode = explorer.pad_mode if explorer.input.ndim == 2 else "zeros"
    sources = [axis.sources(mode).tolist() for axis, mode in ((rows, row_mode), (columns, explorer.pad_mode))]
    found: set[Place] = set()
    for r, c, a, b in np.ndindex(rows.output, columns.output, rows.kernel, columns.kernel):
        tap, source = (taps[0][r][a], taps[1][c][b]), (sources[0][r][a], sources[1][c][b])
        fed = [(name, r, c) for name in outputs]
        if panel in outputs and (r, c) == (row, column):
            found |= {("input", *tap), ("kernel", a, b), *fed}
        elif panel == "kernel" and (a, b) == (row, column):
            found |= {("input", *tap), *fed}
        elif panel == "input" and ((row, column) == tap or (min(source) >= 0 and (row, column) == source)):
            found |= {("kernel", a, b), *fed}
    return found - {(panel, row, column)}


def assert_every_cell_is_linked(stage: Stage, explorer: cw.ConvolutionExplorer) -> None:
    """Hovering any cell marks exactly its links and says its sentence, at once."""
    scene = explorer.compose()
    told = stage.hover_all()
    assert len(told) == sum(panel["values"].size for panel in scene["panels"])
    for answer in told:
        panel, row, column = answer["at"]
        assert answer["selected"] == [[panel, row, column]]
        assert answer["sentence"] == words_for(scene, panel, row, column)
        linked = {tuple(place) for place in answer["linked"]} - {(panel, row, column)}
        assert linked == links(explorer, panel, row, column), (panel, row, column)
