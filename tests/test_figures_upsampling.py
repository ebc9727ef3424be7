"""Upsampling on paper and in the still picture: every number, the shared place, and nothing of a private picture."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.fallback import png
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Box, Image, Text
from convwidgets.scenes import upsampling
from convwidgets.scenes.base import shown
from convwidgets.scenes.upsampling_setting import METHODS
from tests.sheets import over_the_edge

KERNEL = np.array([[1, 2, 0], [0, 1, 1], [1, 0, 2]])
PLANE = sheet(0)[:4, :5]
PICTURE = np.random.default_rng(0).integers(0, 256, (70, 90, 3), dtype=np.uint8)


def texts(drawn: Any) -> dict[str, str]:
    return {mark.name: mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name}


@pytest.mark.parametrize("width", [360, 560, 860])
def test_every_number_and_the_shared_place(width: int) -> None:
    scene = upsampling.scene(PLANE, KERNEL, step=27)
    drawn = board(scene, width)
    said, boxes = texts(drawn), {mark.name for mark in drawn.marks if isinstance(mark, Box)}
    for panel in scene["panels"]:
        for (row, column), value in np.ndenumerate(panel["values"]):
            assert said[f"{panel['name']}:{row}:{column}:value"] == shown(value)
    for name in ("overlap", *METHODS):
        assert f"focus:{name}:2:7" in boxes
    assert "window" in boxes
    assert "crop" not in boxes
    words = " ".join(mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name == "sentence:transposed")
    assert words.replace(" ", "") == scene["sentences"]["transposed"].replace(" ", "")
    assert over_the_edge(drawn) == []


def test_panels_do_not_overlap() -> None:
    for width in (340, 430, 560, 700, 860, 1200):
        drawn = board(upsampling.scene(PLANE, KERNEL, stride=3, step=27), width)
        cells = [mark for mark in drawn.marks if isinstance(mark, Box) and mark.name.count(":") == 2]
        cells = [mark for mark in cells if not mark.name.startswith("focus")]
        places = {(round(mark.x, 3), round(mark.y, 3)) for mark in cells}
        assert len(places) == len(cells) > 900


def test_a_photograph_is_drawn_and_magnified_and_its_crop_framed() -> None:
    scene = upsampling.scene(PICTURE, KERNEL, crop=(2, 4))
    drawn = board(scene, 860)
    assert [mark.name for mark in drawn.marks if isinstance(mark, Image) and mark.name] == [
        f"{name}:picture" for name in ("input", "overlap", *METHODS)
    ]
    assert "crop" in {mark.name for mark in drawn.marks if isinstance(mark, Box)}
    near = next(panel for panel in scene["panels"] if panel["name"] == "bicubic-cells")
    (row, column), value = near["origin"], near["values"][0, 0]
    assert texts(drawn)[f"bicubic-cells:{row}:{column}:value"] == shown(value)


def test_the_still_picture_of_a_photograph_tells_nothing_of_it() -> None:
    other = 255 - PICTURE
    stills = [png(upsampling.scene(pixels, KERNEL, step=40)) for pixels in (PICTURE, other)]
    assert stills[0] == stills[1]
    drawn = board(upsampling.scene(PICTURE, KERNEL, step=40), 860, private=True)
    assert {mark.name for mark in drawn.marks if isinstance(mark, Image)} <= {"overlap:picture", ""}
    assert texts(drawn)["sentence"] == "The picture is not saved with the notebook. Run the cell to see it."


def test_the_figure_and_what_it_refuses() -> None:
    figure = cw.figures.upsampling(PLANE, KERNEL, step=27, width=5)
    assert repr(figure) == "<Figure: Upsampling, 4 × 5 input × 2 × 2 → 8 × 10>"
    assert repr(cw.figures.draw(upsampling.scene(PLANE, KERNEL))) == repr(figure)
    with pytest.raises(ValueError) as error:
        cw.figures.upsampling(PLANE, KERNEL, step=-1)
    assert str(error.value) == "The step must be a whole number from 0 on, not -1."
    with pytest.raises(ValueError) as error:
        cw.figures.upsampling(PLANE, KERNEL, width=2)
    assert str(error.value) == "The width of a figure must be a number of at least 3.2 (inches), not 2."


def test_a_setting_without_a_result_says_why() -> None:
    drawn = board(upsampling.scene([[2**62, 1]], KERNEL), 860)
    words = " ".join(mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name == "error")
    assert words.startswith("The exact result may be as large as")
