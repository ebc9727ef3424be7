"""Every explorer has a still picture: complete, and silent about a learner's own picture."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.fallback import png
from convwidgets.figures.kinds import PLAIN, TITLED, board
from convwidgets.figures.marks import Text
from convwidgets.scenes import convolution, gradients, matrix

EXPLORERS = (
    cw.ChannelExplorer, cw.ConvolutionExplorer, cw.ConvolutionMatrixExplorer, cw.FilterLab, cw.LayerTable,
    cw.PoolingExplorer, cw.TransposedConvolutionExplorer, cw.UpsamplingExplorer,
)  # fmt: skip
KERNEL = np.array([[1, 2, 0], [0, 1, 1], [1, 0, 2]])
PLANE = sheet(0)[:4, :5]
PICTURE = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
SCENES: dict[str, Any] = {
    **{explorer.kind: (lambda explorer=explorer: explorer().compose()) for explorer in EXPLORERS},
    "gradients": lambda: gradients.scene(PLANE, KERNEL),
}


def texts(drawn: Any) -> dict[str, str]:
    return {mark.name: mark.text for mark in drawn.marks if isinstance(mark, Text) and mark.name}


def test_every_kind_of_scene_has_a_layout() -> None:
    assert sorted(SCENES) == sorted({**TITLED, **PLAIN})


@pytest.mark.parametrize("kind", SCENES)
def test_a_still_picture_has_title_and_footer(kind: str) -> None:
    scene = SCENES[kind]()
    drawn = board(scene, 860, private=True, title=True, footer="Run me.")
    said = texts(drawn)
    assert (said["title"], said["subtitle"], said["footer"]) == (scene["title"], scene["subtitle"], "Run me.")
    assert all(mark.y <= drawn.height for mark in drawn.marks if isinstance(mark, Text))
    image = Pillow.open(io.BytesIO(png(scene)))
    assert image.size == (1720, round(2 * drawn.height))


@pytest.mark.parametrize(
    "explorer", [each for each in EXPLORERS if each is not cw.LayerTable], ids=lambda each: str(each.kind)
)
def test_no_still_picture_tells_of_a_photograph(explorer: Any) -> None:
    first, second = (png(explorer(pixels).compose()) for pixels in (PICTURE, 255 - PICTURE))
    assert first == second


def test_no_layout_tells_of_a_plane_that_is_a_picture() -> None:
    for make in (convolution.scene, matrix.scene):
        first, second = (png(make(pixels[..., 0], KERNEL)) for pixels in (PICTURE, 255 - PICTURE))
        assert first == second
