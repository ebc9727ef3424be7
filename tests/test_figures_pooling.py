"""Pooling on paper and in the still picture: every number, who won, and nothing of a private picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Box, Image, Text
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


@pytest.mark.parametrize("width", [360, 860])
def test_the_methods_are_cards(width: int) -> None:
    scene = pooling.scene(SYLLABUS, step=2, method="average")
    drawn = board(scene, width)
    said = texts(drawn)
    for card in scene["cards"]:
        name = f"card:{card['method']}"
        for (row, column), value in np.ndenumerate(card["values"]):
            assert said[f"{name}:{row}:{column}:value"] == shown(value)
        for part in ("formula", "note"):
            words = "".join(m.text for m in drawn.marks if isinstance(m, Text) and m.name == f"{name}:{part}")
            assert words.replace(" ", "") == card[part].replace(" ", "")
    assert "card:average:1:0:value" in said and said["card:l2:label"] == "ℓ² norm"
    thick = [mark.line for mark in drawn.marks if isinstance(mark, Box) and mark.name == "card"]
    assert thick == [0.8, 2.0, 0.8, 0.8]


def test_several_planes_are_shown_small_and_one_large() -> None:
    planes = np.stack([SYLLABUS, np.array(SYLLABUS)[::-1], -np.array(SYLLABUS)], axis=-1)
    scene = pooling.scene(planes, channel=2)
    said = texts(board(scene, 860))
    assert [said[f"plane {number}:label"] for number in range(3)] == ["plane 0", "plane 1", "plane 2"]
    assert said["input:0:1:value"] == "−10"
    assert said["input:note"] == "4 × 4, plane 2"
    assert np.array_equal(scene["planes"][1]["output"], cw.max_pool2d(planes, 2)[..., 1])


def test_a_photograph_is_drawn_in_its_colours() -> None:
    picture = np.random.default_rng(3).integers(0, 256, (40, 30, 3), dtype=np.uint8)
    images = {m.name: m.pixels for m in board(pooling.scene(picture, 4), 860).marks if isinstance(m, Image)}
    assert np.array_equal(images["input:picture"], picture)
    assert np.array_equal(images["output:picture"], cw.max_pool2d(picture, 4))
    assert np.array_equal(images["card:max:picture"], cw.max_pool2d(picture, 4))
    alone = board(pooling.scene(picture, 4, channel=1, in_colour=False), 860)
    images = {m.name: m.pixels for m in alone.marks if isinstance(m, Image)}
    assert np.array_equal(images["input:picture"][..., 0], picture[..., 1])


@pytest.mark.parametrize("shape", [(40, 50), (40, 50, 3), (5, 5, 3)], ids=str)
def test_a_private_picture_tells_nothing(shape: tuple[int, ...]) -> None:
    scene = pooling.scene(np.random.default_rng(0).integers(1, 256, shape, dtype=np.uint8))
    assert (scene["winner"], scene["ties"]) == (None, [])
    drawn = board(without_pixels(scene), 860, private=True, title=True, footer="Run this cell.")
    words = " ".join(mark.text for mark in drawn.marks if isinstance(mark, Text))
    assert "max(" not in words
    assert "not saved" in words
    drawn = board(scene, 860, private=True, title=True, footer="Run this cell.")
    assert not any(isinstance(mark, Image) for mark in drawn.marks)
    assert not any(mark.name.startswith(("card", "plane")) for mark in drawn.marks if isinstance(mark, Text | Box))


def test_a_setting_without_output_and_bad_arguments() -> None:
    words = " ".join(mark.text for mark in board(pooling.scene([[1, 2]], 3), 860).marks if isinstance(mark, Text))
    assert "The pool does not fit" in words
    for name, value in (("step", -1), ("width", 1), ("method", "mean"), ("aside", "back")):
        with pytest.raises(ValueError, match=name):
            cw.figures.pooling(SYLLABUS, **{name: value})
    assert repr(cw.figures.pooling([1, 2, 3, 4])) == "<Figure: Pooling, 4 → 2, max 2, stride 2>"
