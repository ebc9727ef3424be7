"""The scene of a convolution: what a figure, the still picture and a test can read."""

import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from convwidgets.core.axis import Axis
from convwidgets.core.convolution import conv2d
from convwidgets.core.sheet import sheet
from convwidgets.scenes.convolution import page, scene, without_pixels
from convwidgets.scenes.upsampling import scene as upsampled

# The board of the mock-up: 7 × 6, 3 × 3, stride (2, 3), padding 1, bias 1.
X = np.array(
    [[1, 2, 0, -1, -2, -1], [2, 4, 3, 0, -1, -2], [1, 3, 5, 4, 1, 0], [0, 2, 4, 5, 3, 1],
     [-1, 0, 2, 4, 4, 2], [-2, -1, 1, 3, 5, 3], [-1, -2, 0, 1, 2, 4]]
)  # fmt: skip
K = np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]])
BOARD = {"stride": (2, 3), "padding": 1, "bias": 1}


def panels(board: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {panel["name"]: panel for panel in board["panels"]}


def test_the_board_of_the_mock_up() -> None:
    board = scene(X, K, **BOARD, step=3)
    assert board["title"] == "Convolution"
    assert board["subtitle"] == "7 × 6 input ∗ 3 × 3 kernel → 4 × 2 output"
    assert board["formula"] == "rows: 4 = ⌊(7 + 1 + 1 − 3)/2⌋ + 1, rest 0\ncolumns: 2 = ⌊(6 + 1 + 1 − 3)/3⌋ + 1, rest 2"
    assert board["axes"] == (Axis(7, 3, 2, 1, 1, 1), Axis(6, 3, 3, 1, 1, 1))
    assert board["error"] == ""
    assert board["at"] == (1, 1)
    assert board["window"]["rows"].tolist() == [1, 2, 3]
    assert board["window"]["columns"].tolist() == [2, 3, 4]
    assert board["products"].tolist() == [[3, 0, 1], [10, 4, 0], [0, -5, 3]]
    assert board["sentence"] == (
        "Output row 1, column 1 is 17 = 3·1 + 0·0 + (−1)·(−1) + 5·2 + 4·1 + 1·0 + 4·0 + 5·(−1) + 3·1 + 1 bias."
    )
    assert board["unread"] == (
        "2 of the columns are never read: 5, 6. One more step of 3 would not fit, so the size is rounded down; "
        "nothing is wrong."
    )


def test_its_panels() -> None:
    grids = panels(scene(X, K, **BOARD))
    assert list(grids) == ["input", "kernel", "output"]
    assert [grid["note"] for grid in grids.values()] == ["7 × 6, padded to 9 × 8", "3 × 3", "4 × 2"]
    assert [grid["label"] for grid in grids.values()] == ["Input", "Kernel", "Output"]
    assert [grid["role"] for grid in grids.values()] == ["input", "kernel", "output"]
    source = grids["input"]
    assert source["origin"] == (-1, -1)
    assert source["values"].tolist() == np.pad(X, 1).tolist()
    assert source["padding"].tolist() == np.pad(np.zeros((7, 6), dtype=bool), 1, constant_values=True).tolist()
    assert source["unread"].any(axis=0).tolist() == [False] * 6 + [True] * 2
    assert grids["output"]["values"].tolist() == [[4, -1], [0, 17], [-1, 12], [1, -2]]
    assert not any(grid["picture"] for grid in grids.values())


def test_a_flipped_kernel_is_shown_as_it_meets_the_window() -> None:
    kernel = panels(scene(X, K, flip=True))["kernel"]
    assert kernel["note"] == "3 × 3, rotated by 180°"
    assert kernel["values"].tolist() == K[::-1, ::-1].tolist()


def test_an_activation_adds_a_panel() -> None:
    board = scene(X, K, activation="relu", step=1)
    grids = panels(board)
    assert list(grids) == ["input", "kernel", "preactivation", "output"]
    assert [grids[name]["label"] for name in ("preactivation", "output")] == ["Pre-activation", "Feature map"]
    assert grids["preactivation"]["values"].tolist() == conv2d(X, K).tolist()
    assert grids["output"]["values"].tolist() == np.maximum(conv2d(X, K), 0).tolist()
    assert board["sentence"].startswith("Feature map row 0, column 1 is ReLU(")


RINGS = {
    "zeros": [0, 0, 0, 0, 0],
    "constant": [9, 9, 9, 9, 9],
    "reflect": [5, 4, 5, 6, 5],
    "replicate": [1, 1, 2, 3, 3],
    "circular": [6, 4, 5, 6, 4],
}


@pytest.mark.parametrize(("mode", "first_row"), RINGS.items())
def test_the_ring_of_padding_holds_what_the_mode_says(mode: str, first_row: list[int]) -> None:
    board = scene([[1, 2, 3], [4, 5, 6]], [[1]], padding=1, pad_mode=mode, pad_value=9)
    assert panels(board)["input"]["values"][0].tolist() == first_row


def test_a_fraction_as_padding_is_not_rounded_to_the_input_s_integers() -> None:
    board = scene(
        np.array([[1, 2]], dtype=np.uint8), [[2]], padding=((0, 0), (1, 0)), pad_mode="constant", pad_value=-0.5
    )
    assert panels(board)["input"]["values"].tolist() == [[-0.5, 1, 2]]
    assert panels(board)["output"]["values"].tolist() == [[-1, 2, 4]]


def test_positions_whose_neighbours_lie_outside() -> None:
    output = panels(scene(X, K, missing=True))["output"]
    assert output["origin"] == (-1, -1)
    assert output["values"].shape == (7, 6)
    assert output["values"][1:-1, 1:-1].tolist() == conv2d(X, K).tolist()
    assert output["missing"].sum() == 42 - 20
    assert not output["missing"][1:-1, 1:-1].any()


def test_a_line_is_a_plane_of_one_row() -> None:
    board = scene([1, 2, 4, 8], [1, -1], padding=((0, 1),), step=9)
    grids = panels(board)
    assert board["subtitle"] == "4 input ∗ 2 kernel → 4 output"
    assert grids["input"]["values"].tolist() == [[1, 2, 4, 8, 0]]
    assert grids["input"]["note"] == "4, padded to 5"
    assert grids["input"]["origin"] == (0, 0)
    assert board["at"] == (0, 3)
    assert board["window"]["rows"].tolist() == [0]
    assert board["window"]["columns"].tolist() == [3, 4]
    assert board["formula"] == "positions: 4 = ⌊(4 + 0 + 1 − 2)/1⌋ + 1, rest 0"
    assert board["sentence"] == "Output position 3 is 8 = 8·1 + 0·(−1)."


def test_a_setting_without_output() -> None:
    board = scene([[1, 2], [3, 4]], np.ones((3, 2)), activation="relu")
    assert board["subtitle"] == "2 × 2 input ∗ 3 × 2 kernel → no output"
    assert board["error"] == (
        "The kernel does not fit: it spans 3 (kernel 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). "
        "Add 1 of padding, or use a smaller kernel."
    )
    empty = {name: board[name] for name in ("formula", "at", "window", "products", "sentence", "unread")}
    assert empty == {"formula": None, "at": None, "window": None, "products": None, "sentence": "", "unread": ""}
    assert board["axes"] == (None, Axis(2, 2))
    grids = panels(board)
    assert [grids[name]["values"].shape for name in ("preactivation", "output")] == [(0, 0), (0, 0)]
    assert grids["output"]["note"] == "no output"
    assert grids["input"]["values"].tolist() == [[1, 2], [3, 4]]


def test_gaps_between_windows_are_named() -> None:
    assert scene(np.ones((1, 30)), [[1]], stride=(1, 3))["unread"] == (
        "20 of the columns are never read: 1, 2, 4, 5, 7, 8, 10, 11, …. "
        "Windows 3 apart that span 1 leave gaps between them."
    )


def test_a_kernel_by_name_and_a_colour_picture() -> None:
    colours = np.random.default_rng(3).integers(0, 256, (4, 5, 3), dtype=np.uint8)
    board = scene(colours, "sobel x")
    source = panels(board)["input"]
    assert source["picture"] is True
    assert source["note"] == "4 × 5, luminance of a colour picture"
    assert source["values"].dtype == np.uint8
    assert panels(board)["kernel"]["values"].tolist() == [[1, 0, -1], [2, 0, -2], [1, 0, -1]]


@pytest.mark.parametrize(("shape", "picture"), [((24, 24), False), ((25, 3), True), ((3, 25), True)])
def test_more_than_24_rows_or_columns_are_a_picture(shape: tuple[int, int], picture: bool) -> None:
    grids = panels(scene(np.ones(shape), [[1]]))
    assert [grids[name]["picture"] for name in ("input", "kernel", "output")] == [picture, False, picture]


def test_without_pixels_only_sizes_are_left() -> None:
    image = np.full((30, 31), 77)
    board = without_pixels(scene(image, [[1, 2]]))
    grids = panels(board)
    assert [grids[name]["values"].shape for name in ("input", "output")] == [(30, 31), (30, 30)]
    assert not grids["input"]["values"].any() and not grids["output"]["values"].any()
    assert board["products"] is None
    assert board["sentence"] == "The picture is not saved with the notebook. Run the cell to see it."
    assert "77" not in str({name: value for name, value in board.items() if name != "panels"})


def test_a_board_without_pictures_stays_as_it_is() -> None:
    board = scene(X, K)
    assert without_pixels(board) is board


def test_inputs_are_not_changed() -> None:
    image, kernel = sheet(1)[:5, :4], K.copy()
    for setting in ({"padding": 1}, {}, {"stride": 2, "flip": True}, {"dilation": 9}):
        for panel in scene(image, kernel, **setting)["panels"]:  # type: ignore[arg-type]
            panel["values"][:] = 99
    assert image.tolist() == sheet(1)[:5, :4].tolist()
    assert kernel.tolist() == K.tolist()


@pytest.mark.parametrize("dimensions", [1, 2])
def test_the_page_is_json_and_names_what_it_may_change(dimensions: int) -> None:
    board = page(dimensions, seed=3)
    text = json.dumps(board, allow_nan=False)
    assert len(text) < 20_000
    assert board["axis_names"] == [["positions"], ["rows", "columns"]][dimensions - 1]
    assert {control["name"] for control in board["controls"]} < set(board["state"])
    assert set(board["words"]) == {"place", "sentences", "sizes", "repairs", "refusals", "code"}
    assert all(np.ndim(kernel["values"]) == dimensions and kernel["words"] for kernel in board["kernels"])
    assert all(np.ndim(preset["set"]["input"]) == dimensions for preset in board["presets"])


HEAVY = {"ipywidgets", "anywidget", "traitlets", "matplotlib", "PIL", "scipy"}


def test_scenes_load_no_widget_no_matplotlib_and_no_pillow() -> None:
    code = "import sys, convwidgets.scenes.convolution as s; s.scene([[1, 2]], [[1]]); s.page(2); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "convwidgets.scenes.sentences" in loaded
    assert HEAVY.intersection(loaded) == set()


def test_that_probe_can_fail() -> None:
    code = "import sys, PIL; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert HEAVY.intersection(loaded) == {"PIL"}


def test_without_pixels_the_magnified_overlap_keeps_its_counts() -> None:
    kernel, image = np.ones((3, 3)), np.full((40, 40), 9, np.uint8)
    panels = {each["name"]: each["values"] for each in without_pixels(upsampled(image, kernel, step=44))["panels"]}
    magnified = panels["overlap-cells"]
    assert set(magnified.ravel().tolist()) == {1, 2, 4}
    assert not any(
        values.any() for name, values in panels.items() if name not in ("kernel", "overlap", "overlap-cells")
    )
