"""Figures of the gradients: numbers at their places, what belongs together framed, nothing over the edge."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import row, sheet
from convwidgets.figures.board import Board
from convwidgets.figures.gradients_board import board
from convwidgets.figures.marks import Box, Text
from convwidgets.scenes.base import shown
from convwidgets.scenes.gradients import scene
from tests.sheets import grids_that_meet, over_the_edge

X = [[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]]
K = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
G = [[1, 2], [-1, 3]]

SCENES: dict[str, dict[str, Any]] = {
    "course": scene(X, K, G, at=("input_gradient", 1, 1)),
    "weight": scene(X, K, G, at=("kernel_gradient", 0, 1), check=True),
    "g": scene(X, K, G, at=("gradient", 0, 1), check=True),
    "strided": scene(sheet(0)[:5, :6], [[1, 2], [3, -1]], padding=1, stride=2, at=("kernel_gradient", 0, 1)),
    "line": scene(row(0)[:8], [1, -1, 2], [1, 2, 3], stride=2, padding=1, at=("kernel_gradient", 0, 1), check=True),
    "copies": scene(sheet(0)[:3, :4], [[1, 2], [0, 3]], padding=1, pad_mode="reflect", flip=True, at=("input", 1, 0)),
    "fractions": scene(sheet(0)[:4, :4] / 7, sheet(1)[:2, :2] / 3, at=("output", 1, 1), check=True),
    "unread": scene([[1, 2, 3, 4]], [[5]], stride=(1, 3), at=("input_gradient", 0, 1)),
    "picture": scene(np.arange(1200).reshape(30, 40) % 251, K, at=("kernel", 0, 0)),
    "no output": scene([[1, 2]], K),
}
every_scene = pytest.mark.parametrize("drawn", SCENES.values(), ids=SCENES)


def texts(sheet: Board) -> dict[str, str]:
    """What stands on the board under which name; runs of one name are joined."""
    found: dict[str, str] = {}
    for mark in sheet.marks:
        if isinstance(mark, Text):
            found[mark.name] = found.get(mark.name, "") + mark.text
    return found


def boxes(sheet: Board) -> dict[str, Box]:
    return {mark.name: mark for mark in sheet.marks if isinstance(mark, Box) and mark.name}


@every_scene
def test_numbers_are_those_of_the_scene_cell_by_cell(drawn: dict[str, Any]) -> None:
    found = texts(board(drawn, 2000))
    for panel in drawn["panels"]:
        (top, left), values = panel["origin"], panel["values"]
        cells = [found.get(f"{panel['name']}:{top + r}:{left + c}:value") for r, c in np.ndindex(*values.shape)]
        gone = panel["picture"] or panel.get("empty", np.array(False)).any()
        assert cells == [None if gone else shown(value) for value in values.ravel()]


@every_scene
def test_words_are_those_of_the_scene(drawn: dict[str, Any]) -> None:
    found = texts(board(drawn, 860))
    assert found.get("sentence", "") == drawn["sentence"]
    assert found.get("error", "") == drawn["error"]
    assert [found[f"line:{number}"] for number in range(len(drawn["lines"]))] == drawn["lines"]
    tried = drawn["check"] and drawn["check"]["difference"] is not None
    assert found.get("check", "") == (drawn["check"]["words"] if tried else "")


def test_a_gradient_stands_beneath_what_it_is_the_gradient_of() -> None:
    found = boxes(board(SCENES["weight"], 860))
    for top, middle, bottom in (
        ("input", "input_gradient", "input_quotient"),
        ("kernel", "kernel_gradient", "kernel_quotient"),
    ):
        columns = [found[f"{name}:0:0"] for name in (top, middle, bottom)]
        assert len({box.x for box in columns}) == 1 and columns[0].y < columns[1].y < columns[2].y
    assert found["output:0:0"].x == found["gradient:0:0"].x


def test_what_belongs_together_is_framed_and_multiplied() -> None:
    sheet = board(SCENES["course"], 860)
    found, marks = boxes(sheet), [mark for mark in sheet.marks if isinstance(mark, Box) and mark.name == "window"]
    focus, cell = found["focus:input_gradient:1:1"], found["input_gradient:1:1"]
    assert (focus.x, focus.width) == (cell.x - 1, cell.width + 2)
    corners = {(mark.x, mark.y) for mark in marks}
    for name in ("input:1:1", "kernel:0:0", "gradient:0:0"):
        assert (found[name].x - 1, found[name].y - 1) in corners
    assert len(marks) == 3
    products = {name: told for name, told in texts(sheet).items() if name.endswith(":product")}
    assert products == {
        "gradient:0:0:product": "×4=4", "gradient:0:1:product": "×1=2", "gradient:1:0:product": "×3=−3",
        "gradient:1:1:product": "×2=6",
    }  # fmt: skip


def test_a_weight_meets_inputs_a_stride_apart() -> None:
    drawn = board(SCENES["strided"], 860)
    windows = [mark for mark in drawn.marks if isinstance(mark, Box) and mark.name == "window"]
    assert len(windows) == 12 + 1 + 1  # twelve inputs, the weight, and g as a whole
    assert "hull" in boxes(drawn)


def test_the_legend_names_every_grid() -> None:
    assert texts(board(SCENES["course"], 860))["legend"] == (
        "input x ±8, kernel k ±4, output y ±94, dL/dx ±19, dL/dk ±36, g ±3"
    )


@pytest.mark.parametrize("width", [3.2, 5.2, 8.6, 14])
@every_scene
def test_nothing_runs_over_the_edge(drawn: dict[str, Any], width: float) -> None:
    assert over_the_edge(board(drawn, 100 * width)) == []


@pytest.mark.parametrize("width", [3.2, 5.2, 8.6])
@every_scene
def test_grids_do_not_lie_on_each_other(drawn: dict[str, Any], width: float) -> None:
    assert grids_that_meet(board(drawn, 100 * width)) == []


def test_arguments_reach_the_figure() -> None:
    figure = cw.figures.gradients(
        [1, 2, 3, 4], [1, 2], [3, 5], stride=2, padding=((1, 0),), dilation=1, flip=True, bias=1, pad_mode="constant",
        pad_value=7, at=("kernel_gradient", 0, 0), check=True, width=7,
    )  # fmt: skip
    assert repr(figure) == "<Figure: Gradients flow back through Cᵀ, 4 input ∗ 2 kernel → 2 output → the loss L>"
    assert figure.get_size_inches()[0] == 7
    said = {}
    for each in figure.axes[0].texts:
        said[each.get_gid()] = said.get(each.get_gid(), "") + each.get_text()
    assert said["sentence"] == "dL/dk position 1 is 31 = 7·3 + 2·5: the inputs that this weight meets, times g."
    assert said["line:0"] == "L = Σ g·y = 3·16 + 5·8 = 88"
    assert said["check"].startswith("12 losses, h = 1: ")
    file = io.BytesIO()
    figure.savefig(file, format="svg")
    assert file.getvalue().startswith(b"<?xml")


def test_draw_takes_a_scene_of_the_gradients() -> None:
    figure = cw.figures.draw(SCENES["course"])
    assert repr(figure).startswith("<Figure: Gradients flow back")
    with pytest.raises(ValueError) as caught:
        cw.figures.gradients(X, K, width=2)
    assert str(caught.value) == "The width of a figure must be a number of at least 3.2 (inches), not 2."
