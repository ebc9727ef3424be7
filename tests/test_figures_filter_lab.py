"""Figures of the filter lab show what its page shows: colours, or the chosen channel; nothing private is saved."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.fallback import png
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Image, Text
from convwidgets.figures.pictures import pixels
from convwidgets.palette import LIGHT, picture_wheel, rgb
from convwidgets.scenes.convolution import SHOWN, without_pixels
from convwidgets.scenes.filter_lab import levels

RNG = np.random.default_rng(5)
COLOUR = RNG.integers(0, 256, (40, 34, 3)).astype(np.uint8)
NAMES = ("red", "green", "blue")


def lab(**options: Any) -> cw.FilterLab:
    return cw.FilterLab(COLOUR, **{"grey": False, "channel": 2, **options})


def marks_of(explorer: cw.FilterLab, kind: type) -> dict[str, Any]:
    drawn = board(explorer.compose(), 860)
    return {mark.name: mark for mark in drawn.marks if isinstance(mark, kind) and mark.name}


def images(explorer: cw.FilterLab) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """What stands for the picture and for the result."""
    found = marks_of(explorer, Image)
    return found["input:picture"].pixels, found["output:picture"].pixels


def texts(explorer: cw.FilterLab) -> dict[str, str]:
    return {name: mark.text for name, mark in marks_of(explorer, Text).items()}


@pytest.mark.parametrize("mode", ["replicate", "zeros", "circular"])
def test_the_picture_has_its_colours_also_in_the_padding(mode: str) -> None:
    picture, _ = images(lab(pad_mode=mode))
    how = {"replicate": "edge", "zeros": "constant", "circular": "wrap"}[mode]
    assert np.array_equal(picture, np.pad(COLOUR, ((1, 1), (1, 1), (0, 0)), mode=how))
    grey, _ = images(lab(pad_mode=mode, grey=True))
    assert np.array_equal(grey[..., 0], grey[..., 2])


@pytest.mark.parametrize(
    "options",
    [
        {"kernel": "sharpen"}, {"kernel": "gaussian_5", "bias": 20, "activation": "relu"}, {"display": "clamped"},
        {"display": "scaled"}, {"combine": "sum", "second": "box", "display": "scaled"}, {"kernel": "box", "stride": 2},
        {"combine": "magnitude", "display": "clamped"},
    ],
)  # fmt: skip
def test_levels_are_drawn_in_colour(options: dict[str, Any]) -> None:
    own = lab(**options)
    assert np.array_equal(images(own)[1], levels(own.output, options.get("display", "clamped")))


@pytest.mark.parametrize("channel", [0, 1, 2])
def test_what_has_a_sign_is_drawn_of_the_chosen_channel(channel: int) -> None:
    for options in ({"kernel": "sobel_x"}, {"combine": "magnitude"}, {"kernel": "laplacian", "activation": "relu"}):
        own = lab(**options, channel=channel)
        _, result = images(own)
        assert np.array_equal(result, pixels(own.output[..., channel], True))
        assert texts(own)["output:note"] == f"40 × 34, {NAMES[channel]}"


def test_directions_are_hues_and_pale_without_an_edge() -> None:
    plane = np.zeros((30, 30, 3), np.uint8)
    plane[:, 15:, 1] = 200
    for channel, hue in ((1, 256 // 2), (0, None)):
        _, result = images(
            cw.FilterLab(plane, -np.array([[1, 0, -1]]), combine="direction", grey=False, channel=channel)
        )
        wanted = rgb(LIGHT["zero"]) if hue is None else picture_wheel()[hue, -1]
        assert np.array_equal(result[10, 15], wanted)
        assert np.array_equal(result[10, 3], rgb(LIGHT["zero"]))


def test_a_grey_picture_is_drawn_by_its_display() -> None:
    for display, shown in (("clamped", False), ("signed", True)):
        own = cw.FilterLab(COLOUR, display=display)
        assert np.array_equal(images(own)[1], pixels(own.output, shown))
    own = cw.FilterLab(COLOUR, display="scaled")
    assert np.array_equal(images(own)[1][..., 1], levels(own.output, "scaled"))


@pytest.mark.parametrize(
    ("options", "ends"),
    [
        ({"display": "clamped"}, ("0", "255")), ({"combine": "magnitude"}, ("0", None)),
        ({"combine": "direction"}, ("−π", "π")), ({"kernel": [[0, 1], [0, -1]], "display": "scaled"}, ("−252", "250")),
    ],
)  # fmt: skip
def test_the_ends_of_the_colours_are_written(options: dict[str, Any], ends: tuple[str, str | None]) -> None:
    own = lab(**{**options, "kernel": np.array(options.get("kernel", [[1, -1]]))})
    said = texts(own)
    assert said["output:least"] == ends[0]
    assert ends[1] is None or said["output:most"] == ends[1]
    assert "input:least" not in said  # colours are their own


def test_what_is_cut_off_is_told() -> None:
    own = lab(kernel="sharpen")
    share = np.mean((own.output < 0) | (own.output > 255))
    assert texts(own)["output:beyond"] == f"{100 * share:.2g} % of the values lie beyond these ends."


def test_sentence_and_window_are_of_the_chosen_channel() -> None:
    for channel, name in enumerate(NAMES):
        own = lab(channel=channel, kernel=np.array([[1, 2]]), padding="valid", selected=("output", 3, 4))
        drawn = own.compose()
        a, b = (int(each) for each in COLOUR[3, 4:6, channel])
        assert drawn["sentence"] == f"Result row 3, column 4 ({name}) is {a + 2 * b} = {a}·1 + {b}·2."
        assert texts(own)["magnifier:note"] == name
        assert marks_of(own, Text)["magnifier:label"].y > 0
    grey = cw.FilterLab(COLOUR, np.array([[1]]), bias=-300, activation="relu", selected=("output", 0, 0)).compose()
    assert grey["sentence"].startswith("Result row 0, column 0 is ReLU(")


@pytest.mark.parametrize("width", [3.4, 5.2, 7, 8.6, 10])
def test_the_name_of_a_channel_leaves_room_for_the_cells(width: float) -> None:
    wide = np.zeros((300, 256, 3), np.uint8)
    drawn = board(cw.FilterLab(wide, "sobel_x", grey=False, channel=1).compose(), 100 * width)
    sizes = [mark.size for mark in drawn.marks if isinstance(mark, Text) and mark.text == "−2"]
    assert sizes and min(sizes) > 8


@pytest.mark.parametrize("display", ["auto", "signed", "clamped", "scaled"])
@pytest.mark.parametrize("combine", ["none", "magnitude", "direction", "then"])
def test_nothing_of_the_picture_is_in_what_is_saved(display: str, combine: str) -> None:
    scenes = [
        cw.FilterLab(pixels, display=display, combine=combine, grey=False).compose()
        for pixels in (COLOUR, 255 - COLOUR)
    ]
    assert png(scenes[0]) == png(scenes[1])
    for panel in without_pixels(scenes[0])["panels"]:
        assert panel["role"] == "kernel" or not panel["values"].any()
        assert not set(panel) & set(SHOWN)


def cells_of(explorer: cw.FilterLab, name: str) -> list[list[Any]]:
    panel = next(each for each in explorer.compose()["panels"] if each["name"] == name)
    cells: list[list[Any]] = panel["values"].tolist()
    return cells


def test_both_kernels_are_drawn_as_they_meet_the_window() -> None:
    own = lab(kernel=np.array([[1, 2]]), combine="sum", flip=True)
    assert (cells_of(own, "kernel"), cells_of(own, "second")) == ([[2, 1], [0, 0]], [[2, 0], [1, 0]])
    said = texts(own)
    assert (said["kernel:label"], said["second:label"]) == ("Kernel a", "Kernel b")
    assert said["second:note"] == "2 × 2, rotated by 180°"
    assert texts(lab())["kernel:label"] == "Kernel" and "second:label" not in texts(lab())


def test_of_two_steps_the_sizes_are_those_of_the_second() -> None:
    own = lab(kernel="box", second=np.ones((4, 2), int), combine="then", stride=(2, 3), padding="valid")
    drawn = own.compose()
    rows, columns = own.axes
    assert drawn["formula"] == f"rows: {rows.formula()}\ncolumns: {columns.formula()}"
    assert own.output.shape[:2] == drawn["panels"][-1]["values"].shape == (rows.output, columns.output)
    assert drawn["panels"][0]["note"] == "40 × 34" and drawn["window"] is None
    # the first step goes everywhere, and needs the padding for that
    assert lab(kernel="box", combine="then", stride=2).compose()["panels"][0]["note"] == "40 × 34, padded to 42 × 36"


def test_a_second_kernel_that_does_not_fit_is_told() -> None:
    own = lab(kernel="box", second=np.ones((39, 2), int), combine="then", padding="valid")
    said = texts(own)
    assert own.error and said["error"] in own.error
    assert said["output:note"] == "no output"
    size = marks_of(own, Text)["output:note"].size
    assert size == 12
    assert png(own.compose())


def test_a_reduced_picture_says_what_its_pixels_are() -> None:
    own = cw.FilterLab(np.zeros((1500, 1400, 3), np.uint8), "box", grey=False, crop=(0, 0, 1400, 1300))
    drawn = own.compose()
    assert drawn["subtitle"] == "3 × 3 kernel over 1,500 × 1,400 pixels"
    assert drawn["panels"][0]["note"] == "1,400 × 1,300, as means of 2 × 2"
