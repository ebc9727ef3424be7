"""Figures show the numbers of the scene, at their places, and nothing runs over the edge."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

import convwidgets as cw
from convwidgets.core.sheet import row, sheet
from convwidgets.figures.board import board
from convwidgets.figures.marks import Area, Box, Image, Line, Text
from convwidgets.scenes.base import shown
from convwidgets.scenes.convolution import scene
from convwidgets.scenes.convolution_page import page
from tests.sheets import over_the_edge

BOARD, KERNEL = sheet(0)[:7, :6], np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]])
PHOTO = (sheet(3).repeat(2, axis=0)[:40] * 31 + 70).astype(np.uint8)  # 40 × 24, a picture by its size
SCENES: dict[str, dict[str, Any]] = {
    "plain": scene(BOARD, KERNEL),
    "padded and strided": scene(BOARD, KERNEL, padding=1, stride=(2, 3), bias=1, step=3),
    "dilated along columns": scene(
        BOARD, KERNEL, dilation=(1, 2), padding=((0, 1), (2, 0)), pad_mode="reflect", step=2
    ),
    "dilated": scene(BOARD, KERNEL[:2], dilation=(3, 2), step=3),
    "rotated": scene(BOARD, KERNEL, flip=True, step=9, convention="total"),
    "activated": scene(BOARD, KERNEL / 4, padding="same", activation="relu", bias=-1, step=9),
    "floats": scene(BOARD / 7, KERNEL / 3, padding=1, step=5),
    "not numbers": scene(np.where(BOARD == 0, np.nan, BOARD), KERNEL, step=5),
    "with unknown neighbours": scene(BOARD, KERNEL, missing=True, step=7),
    "large": scene(sheet(0)[:13, :15], sheet(1)[:5, :4], padding="same", step=40),
    "one cell": scene([[3]], [[-2]]),
    "line": scene(row(0)[:12], [1, 2, -1], padding=1, stride=2, step=3),
    "long line": scene(row(0)[:120], [1, 2, -1], dilation=3, step=70),
    "no output": scene(BOARD, KERNEL, dilation=3),
    "photograph": scene(PHOTO, [[1, 0, -1], [2, 0, -2]], step=200),
    "photograph, blurred": scene(PHOTO, np.ones((3, 2)) / 6, stride=2, activation="tanh", step=30),
}
every_scene = pytest.mark.parametrize("drawn", SCENES.values(), ids=SCENES)


def texts(figure: Figure) -> dict[str, str]:
    """What stands in the figure under which name; runs of one name are joined."""
    found: dict[str, str] = {}
    for artist in figure.axes[0].texts:
        found[str(artist.get_gid())] = found.get(str(artist.get_gid()), "") + artist.get_text()
    return found


def places(panel: dict[str, Any]) -> list[tuple[int, int]]:
    top, left = panel["origin"]
    return [(top + r, left + c) for r, c in np.ndindex(*panel["values"].shape)]


@every_scene
def test_numbers_are_those_of_the_scene_cell_by_cell(drawn: dict[str, Any]) -> None:
    found = texts(cw.figures.draw(drawn, width=20))
    for panel in drawn["panels"]:
        if panel["picture"]:
            assert not any(name.startswith(f"{panel['name']}:0:") for name in found)
            continue
        unknown = panel.get("missing", np.zeros(panel["values"].shape, bool)).ravel()
        numbers = [
            "?" if hidden else shown(value) for value, hidden in zip(panel["values"].ravel(), unknown, strict=True)
        ]
        assert [found.get(f"{panel['name']}:{r}:{c}:value") for r, c in places(panel)] == numbers


@every_scene
def test_words_are_those_of_the_scene(drawn: dict[str, Any]) -> None:
    found = texts(cw.figures.draw(drawn))
    assert found.get("sentence", "") == drawn["sentence"]
    assert found.get("error", "") == drawn["error"]
    assert found.get("unread", "") == drawn["unread"]
    for line in (drawn["formula"] or "").splitlines():
        axis, _, body = line.partition(": ")
        size, rest = body.partition(" = ")[0], body.partition(", ")[2]
        assert (found[f"formula:axis:{axis}"], found[f"formula:{axis}:o"], found[f"formula:rest:{axis}"]) == (
            axis,
            size,
            rest,
        )


def test_the_formula_stands_under_its_symbols() -> None:
    marks = board(SCENES["padded and strided"], 860).marks
    middles = {mark.name: mark.x for mark in marks if isinstance(mark, Text) and mark.name.startswith("formula:")}
    for symbol in ("o", "i", "span", "s"):
        assert middles[f"formula:symbol:{symbol}"] == middles[f"formula:rows:{symbol}"]
        assert middles[f"formula:symbol:{symbol}"] == middles[f"formula:columns:{symbol}"]
    numbers = [mark.text for mark in marks if isinstance(mark, Text) and mark.name.startswith("formula:columns:")]
    assert numbers == ["2", "6", "1", "1", "3", "3", "1"]


@pytest.mark.parametrize("width", [3.2, 5.2, 8.6, 14])
@every_scene
def test_nothing_runs_over_the_edge(drawn: dict[str, Any], width: float) -> None:
    assert over_the_edge(board(drawn, 100 * width)) == []


def frame(drawn: dict[str, Any], name: str) -> list[tuple[float, float, float, float]]:
    boxes = [mark for mark in board(drawn, 1600).marks if isinstance(mark, Box) and mark.name == name]
    return [(box.x, box.y, box.x + box.width, box.y + box.height) for box in boxes]


def around(drawn: dict[str, Any], panel: str, rows: list[int], columns: list[int]) -> tuple[float, float, float, float]:
    """The frame one unit outside of the cells between these rows and columns."""
    first = frame(drawn, f"{panel}:{rows[0]}:{columns[0]}")[0]
    last = frame(drawn, f"{panel}:{rows[-1]}:{columns[-1]}")[0]
    return first[0] - 1, first[1] - 1, last[2] + 1, last[3] + 1


def test_the_window_and_the_focus_frame_the_right_cells() -> None:
    drawn = SCENES["padded and strided"]
    assert frame(drawn, "window") == [around(drawn, "input", [1, 2, 3], [2, 3, 4])]
    assert frame(drawn, "focus:output:1:1") == [around(drawn, "output", [1], [1])]
    assert frame(drawn, "hull") == []


def test_dilation_frames_every_tap_within_a_hull() -> None:
    drawn = SCENES["dilated along columns"]
    assert frame(drawn, "window") == [around(drawn, "input", [0, 1, 2], [column]) for column in (0, 2, 4)]
    assert len(frame(drawn, "hull")) == 1
    drawn = SCENES["dilated"]
    taps = [([r], [c]) for r in drawn["window"]["rows"] for c in drawn["window"]["columns"]]
    assert len(taps) == 6
    assert frame(drawn, "window") == [around(drawn, "input", *tap) for tap in taps]


def test_both_grids_of_an_activation_are_focused() -> None:
    drawn = SCENES["activated"]
    assert drawn["at"] == (1, 3)
    assert frame(drawn, "focus:preactivation:1:3") == [around(drawn, "preactivation", [1], [3])]
    assert frame(drawn, "focus:output:1:3") == [around(drawn, "output", [1], [3])]


def test_products_are_written_under_the_window() -> None:
    found = texts(cw.figures.draw(SCENES["padded and strided"]))
    assert [found[f"input:1:{column}:product"] for column in (2, 3, 4)] == ["×1=3", "×0=0", "×−1=−3"]
    assert sum(name.endswith(":product") for name in found) == 9


def test_roles_are_told_without_hue() -> None:
    boxes = {mark.name: mark for mark in board(SCENES["padded and strided"], 860).marks if isinstance(mark, Box)}
    assert (boxes["input:-1:0"].pattern, boxes["input:-1:0"].dash) == ("hatch", (3, 2.5))
    assert (boxes["input:0:5"].pattern, boxes["input:0:5"].dash) == ("dots", None)
    assert (boxes["input:0:6"].pattern, boxes["input:0:6"].dash) == ("dots", (3, 2.5))
    assert (boxes["input:0:0"].pattern, boxes["input:0:0"].dash) == ("", None)


def test_a_setting_without_output_says_why_and_has_no_output_cells() -> None:
    found = texts(cw.figures.draw(SCENES["no output"]))
    assert not any(name.startswith("output:0") for name in found)
    assert found["output:note"] == "no output"
    assert found["error"].startswith("The kernel does not fit: it spans 7 (kernel 3, dilation 3)")


def images(figure: Figure) -> dict[str, Any]:
    return {str(image.get_gid()): np.asarray(image.get_array()) for image in figure.axes[0].get_images()}


def test_a_photograph_is_drawn_in_its_greys_and_a_signed_result_by_sign() -> None:
    drawn = SCENES["photograph"]
    found = images(cw.figures.draw(drawn))
    assert np.array_equal(found["input:picture"], PHOTO[:, :, None].repeat(3, axis=2))
    result = drawn["panels"][-1]["values"]
    red, blue = found["output:picture"][:, :, 0].astype(int), found["output:picture"][:, :, 2].astype(int)
    assert (result > 0).any() and (result < 0).any() and (result == 0).any()
    assert np.all((red > blue)[result > 9]) and np.all((red < blue)[result < -9])
    assert np.all(np.abs(red - blue)[result == 0] <= 3)


def test_the_pixels_of_the_window_are_enlarged_with_their_numbers() -> None:
    drawn = SCENES["photograph"]
    found = texts(cw.figures.draw(drawn))
    (top, left), (rows, columns) = drawn["at"], (2, 3)
    pixels = [str(PHOTO[top + r, left + c]) for r in range(rows) for c in range(columns)]
    assert [found[f"magnifier:{r}:{c}:value"] for r in range(rows) for c in range(columns)] == pixels


def test_other_kernels_than_those_of_sum_zero_give_greys_again() -> None:
    found = images(cw.figures.draw(scene(PHOTO, [[0, 3, 0], [-1, 0, -1]], step=3)))
    values = scene(PHOTO, [[0, 3, 0], [-1, 0, -1]])["panels"][-1]["values"]
    assert values.min() < 0 and values.max() > 255
    assert np.array_equal(found["output:picture"][:, :, 1], np.clip(values, 0, 255))


@pytest.mark.parametrize("preset", page(2)["presets"] + page(1)["presets"], ids=lambda preset: preset["label"])
def test_every_preset_is_drawn(preset: dict[str, Any]) -> None:
    figure = cw.figures.convolution(**preset["set"], step=1)
    figure.savefig(io.BytesIO(), format="png", dpi=40)
    assert texts(figure)["output:label"] == "Output"


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_figures_are_saved_in_every_kind(kind: str, start: bytes) -> None:
    file = io.BytesIO()
    cw.figures.draw(SCENES["padded and strided"]).savefig(file, format=kind)
    assert file.getvalue().startswith(start)


def test_a_notebook_shows_a_figure_once_and_with_a_stable_text() -> None:
    from IPython.core.formatters import DisplayFormatter

    figure = cw.figures.draw(SCENES["plain"], width=6)
    data, more = DisplayFormatter().format(figure)  # type: ignore[no-untyped-call]
    assert set(data) == {"text/plain", "image/png"}
    assert data["text/plain"] == "<Figure: Convolution, 7 × 6 input ∗ 3 × 3 kernel → 5 × 4 output>"
    assert more["image/png"]["width"] == 600


def test_an_explorer_is_drawn_as_it_stands() -> None:
    explorer = cw.ConvolutionExplorer(BOARD, KERNEL, stride=(2, 3), padding=1, bias=1, step=3)
    assert texts(cw.figures.draw(explorer)) == texts(cw.figures.draw(SCENES["padded and strided"]))
    explorer.close()


def test_arguments_reach_the_scene() -> None:
    arguments: dict[str, Any] = {"stride": (2, 1), "padding": "same", "dilation": 2, "flip": True, "bias": 3}
    more: dict[str, Any] = {"activation": "relu", "pad_mode": "constant", "pad_value": 2, "convention": "total"}
    figure = cw.figures.convolution(BOARD, KERNEL, **arguments, **more, step=5, missing=True)
    expected = scene(BOARD, KERNEL, **arguments, **more, step=5, missing=True)
    assert texts(figure) == texts(cw.figures.draw(expected))
    assert figure.get_size_inches()[0] == 8.6


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda: cw.figures.draw("x"), TypeError, "A figure is drawn from a scene or from an explorer, not from str."),
        (lambda: cw.figures.draw({}), TypeError, "A figure is drawn from a scene or from an explorer, not from dict."),
        (
            lambda: cw.figures.draw(SCENES["plain"], width=0),
            ValueError,
            "The width of a figure must be a number of at least 3.2 (inches), not 0.",
        ),
        (
            lambda: cw.figures.draw(SCENES["plain"], width=float("nan")),
            ValueError,
            "The width of a figure must be a number of at least 3.2 (inches), not nan.",
        ),
        (
            lambda: cw.figures.convolution([[1]], [[1]], step=-1),
            ValueError,
            "The step must be a whole number from 0 on, not -1.",
        ),
        (
            lambda: cw.figures.convolution([[1]], [[1]], step=1.5),  # type: ignore[arg-type]
            ValueError,
            "The step must be a whole number from 0 on, not 1.5.",
        ),
    ],
)
def test_messages(call: Any, kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == message


def test_no_state_of_pyplot_is_touched() -> None:
    code = """
import json, sys
import convwidgets.figures
before = "matplotlib" in sys.modules
convwidgets.figures.convolution([[1, 2], [3, 4]], [[1, -1]])._repr_png_()
print(json.dumps([before, "matplotlib" in sys.modules, "matplotlib.pyplot" in sys.modules]))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [False, True, False]


def test_marks_cover_what_the_board_needs() -> None:
    kinds = {type(mark) for drawn in SCENES.values() for mark in board(drawn, 860).marks}
    assert kinds == {Area, Box, Image, Line, Text}
    assert all(isinstance(image, AxesImage) for image in cw.figures.draw(SCENES["photograph"]).axes[0].get_images())


def test_products_without_room_leave_the_weights_and_then_nothing() -> None:
    def line(factor: int, weight: int) -> str:
        return texts(cw.figures.draw(scene(BOARD * factor, KERNEL * weight))).get("input:1:0:product", "")

    assert [line(1, 1), line(1000, 10), line(1000, 10**9)] == ["×2=8", "×20", ""]
