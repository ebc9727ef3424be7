"""Channels on paper and in the still picture: every number, what flows where, and nothing of a private picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Box, Text
from convwidgets.scenes import channels
from convwidgets.scenes.base import shown
from convwidgets.scenes.channels_catalogue import FILTERS, RGB, planes
from convwidgets.scenes.convolution import without_pixels
from tests.sheets import over_the_edge

GROUPED = (np.arange(36) % 5 - 2).reshape(3, 3, 1, 4)


def texts(drawn: Any) -> dict[str, str]:
    return {mark.name: mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name}


@pytest.mark.parametrize("width", [360, 560, 860])
@pytest.mark.parametrize("grouped", [False, True])
def test_every_number_and_what_flows(width: int, grouped: bool) -> None:
    options: dict[str, Any] = {"groups": 4, "filter": 2, "padding": 1} if grouped else {"bias": (1, 0), "step": 9}
    arrays = (planes(5, 5, 4), GROUPED) if grouped else (RGB, FILTERS)
    scene = channels.scene(*arrays, activation="relu", **options)
    drawn = board(scene, width, title=width > 800, footer="Run this cell.")
    said, boxes = texts(drawn), [mark.name for mark in drawn.marks if isinstance(mark, Box)]
    for panel in scene["panels"]:
        top, left = panel["origin"]
        for (row, column), value in np.ndenumerate(panel["values"]):
            assert said[f"{panel['name']}:{row + top}:{column + left}:value"] == shown(value)
    seen = [2] if grouped else [0, 1, 2]
    assert boxes.count("window") == len(seen)
    assert {f"flows:partial-{plane}" for plane in seen} | {"flows:preactivation"} == {
        name for name in boxes if name.startswith("flows:")
    }
    words = "".join(mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name == "sentence")
    assert words.replace(" ", "") == scene["sentence"].replace(" ", "")
    assert over_the_edge(drawn) == []


def test_the_weights_and_the_scales_are_told() -> None:
    drawn = board(channels.scene(RGB, FILTERS, bias=(1, 0), activation="relu"), 860)
    words = " ".join(mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name == "weights")
    assert words == (
        "72 weights and 2 biases; a dense layer between the same shapes has 147 · 40 = 5,880 weights and 40 biases."
    )
    assert texts(drawn)["legend"] == "planes ±3, slices ±1, sums ±16, output ±16"


def test_a_private_picture_tells_nothing() -> None:
    picture = np.random.default_rng(0).integers(1, 256, (40, 50, 3), dtype=np.uint8)
    drawn = board(without_pixels(channels.scene(picture, FILTERS)), 860, private=True, title=True, footer="Run.")
    words = " ".join(mark.text for mark in drawn.marks if isinstance(mark, Text))
    assert "red" in words and "not saved" in words
    assert not [mark for mark in drawn.marks if isinstance(mark, Box) and mark.name.startswith(("flows", "focus"))]
    assert board(channels.scene(picture, FILTERS), 860).height > 400


def test_a_setting_without_output_and_bad_arguments() -> None:
    words = " ".join(
        mark.text for mark in board(channels.scene(RGB, FILTERS, groups=2), 860).marks if isinstance(mark, Text)
    )
    assert "groups=2 must divide the 3 input channels" in words
    for name, value in (("step", -1), ("filter", 1.5), ("plane", True), ("width", 1)):
        with pytest.raises(ValueError, match=name):
            cw.figures.channels(RGB, FILTERS, **{name: value})


def test_a_photograph_under_a_kernel_that_does_not_fit_has_a_still_picture() -> None:
    photograph = np.zeros((40, 30, 3), np.uint8)
    scene = channels.scene(photograph, np.ones((3, 3, 1, 1), int))
    drawn = board(without_pixels(scene), 860, private=True, title=True, footer="Run this cell.")
    assert "takes 1 channels, but the input has 3." in " ".join(
        mark.text for mark in drawn.marks if isinstance(mark, Text)
    )
