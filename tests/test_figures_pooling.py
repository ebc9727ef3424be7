"""Pooling on paper and in the still picture: every number, who won, and nothing of a private picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Box, Text
from convwidgets.scenes import pooling
from convwidgets.scenes.base import shown
from convwidgets.scenes.convolution import without_pixels
from convwidgets.scenes.pooling_page import PAPER, SYLLABUS


def texts(drawn: Any) -> dict[str, str]:
    return {mark.name: mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name}


@pytest.mark.parametrize("width", [360, 560, 860])
@pytest.mark.parametrize("aside", ["unpool", "gradient"])
def test_every_number_the_window_and_the_winner(width: int, aside: str) -> None:
    scene = pooling.scene(SYLLABUS, 3, stride=1, aside=aside)
    drawn = board(scene, width)
    said, boxes = texts(drawn), {mark.name for mark in drawn.marks if isinstance(mark, Box)}
    for panel in scene["panels"]:
        for (row, column), value in np.ndenumerate(panel["values"]):
            assert said[f"{panel['name']}:{row}:{column}:value"] == shown(value)
    assert {"window", "winner:(0, 1)", "tied:(2, 0)", "tied:(2, 2)", "focus:output:0:0"} <= boxes
    words = "".join(mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name == "sentence")
    assert words.replace(" ", "") == scene["sentence"].replace(" ", "")


def test_padding_that_counts_is_a_zero_and_other_padding_nothing() -> None:
    options: dict[str, Any] = {"stride": 2, "padding": 1, "method": "average"}
    plain, counted = (
        texts(board(pooling.scene(PAPER, 3, **options, count_include_pad=count), 860)) for count in (False, True)
    )
    assert "input:-1:0:value" not in plain
    assert counted["input:-1:0:value"] == "0"


def test_a_private_picture_tells_nothing() -> None:
    picture = np.random.default_rng(0).integers(1, 256, (40, 50), dtype=np.uint8)
    scene = pooling.scene(picture)
    assert (scene["winner"], scene["ties"]) == (None, [])
    drawn = board(without_pixels(scene), 860, private=True, title=True, footer="Run this cell.")
    words = " ".join(mark.text for mark in drawn.marks if isinstance(mark, Text))
    assert "max(" not in words
    assert "not saved" in words


def test_a_setting_without_output_and_bad_arguments() -> None:
    words = " ".join(mark.text for mark in board(pooling.scene([[1, 2]], 3), 860).marks if isinstance(mark, Text))
    assert "The pool does not fit" in words
    for name, value in (("step", -1), ("width", 1), ("method", "mean"), ("aside", "back")):
        with pytest.raises(ValueError, match=name):
            cw.figures.pooling(SYLLABUS, **{name: value})
    assert repr(cw.figures.pooling([1, 2, 3, 4])) == "<Figure: Pooling, 4 → 2, max 2, stride 2>"
