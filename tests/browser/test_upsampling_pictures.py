"""Upsampling of photographs and large boards: canvases, magnified cells, the crop; and the explorer in JupyterLab."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.scenes.upsampling_setting import METHODS
from tests.browser.lab import Notebook
from tests.browser.stage import Stage
from tests.browser.test_kernel import stages
from tests.browser.test_pictures import canvas, pixels, point
from tests.browser.upsampling import assert_shows, sentence
from tests.browser.waiting import rest, until

PHOTO = ((np.arange(90)[:, None] * 7 + np.arange(120) * 13) % 256).astype(np.uint8)
CHECKERED = np.full((3, 3), 4 / 9)


def near(stage: Stage, name: str) -> dict[tuple[int, int], float]:
    return stage.values(f"{name}-cells")


@pytest.mark.parametrize("options", [{}, {"stride": 3, "crop": (0, 88)}, {"weights": "bilinear", "stride": (2, 1)}])
def test_the_results_are_drawn_and_magnified(show, options: dict[str, Any]) -> None:
    explorer = cw.UpsamplingExplorer(PHOTO, CHECKERED, **options)
    stage = show(explorer, include_picture=True)
    assert_shows(stage, explorer)
    (top, bottom), (left, right) = explorer.setting.region
    results = explorer.results
    for name in METHODS:
        drawn = pixels(stage, name)
        expected = results[name][top:bottom, left:right]
        assert drawn.shape[:2] == expected.shape
        assert np.abs(drawn[..., 0] - np.clip(expected, 0, 255)).max() <= 1
    random = np.random.default_rng(2)
    for _ in range(4):
        name = str(random.choice(METHODS))
        row, column = int(random.integers(0, bottom - top)), int(random.integers(0, right - left))
        stage.page.mouse.move(*point(stage, name, row, column))
        stage.settle()
        place = top + row, left + column
        assert stage.sentence() == sentence(explorer, name, *place)
        for other in METHODS:
            shown = near(stage, other)
            assert len(shown) == 25
            for (r, c), value in shown.items():
                assert value == pytest.approx(float(results[other][r, c]), abs=1e-9)
            assert place in shown


def test_the_pointer_on_magnified_cells_keeps_them_still(show) -> None:
    explorer = cw.UpsamplingExplorer(PHOTO, CHECKERED)
    stage = show(explorer, include_picture=True)
    (top, _), (left, _) = explorer.setting.region
    stage.page.mouse.click(*point(stage, "bicubic", 40, 50))
    stage.settle()
    before = near(stage, "bicubic")
    corner = max(before)
    stage.hover("bicubic-cells", *corner)
    assert near(stage, "bicubic") == before
    assert stage.sentence() == sentence(explorer, "bicubic", *corner)
    stage.cell("bicubic-cells", *corner).click()
    stage.settle()
    assert stage.traits()["selected"] == ["bicubic", *corner]
    stage.leave()
    assert min(near(stage, "nearest")) == (corner[0] - 2, corner[1] - 2)
    assert (corner[0] > top, corner[1] > left) == (True, True)


def test_a_click_or_enter_moves_the_part_that_is_enlarged(show) -> None:
    explorer = cw.UpsamplingExplorer(PHOTO, CHECKERED)
    stage = show(explorer, include_picture=True)
    stage.page.mouse.click(*point(stage, "input", 30, 35))
    stage.settle()
    assert stage.traits()["crop"] == [6, 11]
    assert stage.control("undo").get_attribute("aria-disabled") == "true"
    stage.leave()
    moved = cw.UpsamplingExplorer(PHOTO, CHECKERED, crop=(6, 11))
    assert np.abs(pixels(stage, "nearest")[..., 0] - moved.compose()["panels"][4]["values"]).max() <= 1
    canvas(stage, "input").focus()
    for key in ["ArrowDown"] * 3 + ["ArrowRight"] * 2 + ["Enter"]:
        stage.page.keyboard.press(key)
    stage.settle()
    crop = stage.traits()["crop"]
    assert crop != [6, 11]


def test_a_board_whose_results_are_large_is_magnified_too(show) -> None:
    explorer = cw.UpsamplingExplorer(sheet(3)[:10, :14], stride=2, step=300)
    stage = show(explorer)
    assert_shows(stage, explorer)
    assert stage.sentence() == sentence(explorer, "transposed", *explorer.compose()["at"])


def test_a_photograph_among_the_presets(show) -> None:
    stage = show(cw.UpsamplingExplorer())
    stage.control("preset").select_option(index=9)
    stage.settle()
    assert pixels(stage, "input").shape == (48, 48, 4)
    transposed = pixels(stage, "transposed")[10:-10, 10:-10, 0]
    nearest = pixels(stage, "nearest")[10:-10, 10:-10, 0]
    rough = np.abs(np.diff(transposed, axis=1)).mean()
    assert rough > 4 * np.abs(np.diff(nearest, axis=1)).mean()
    stage.press("undo")
    assert_shows(stage, cw.UpsamplingExplorer())


def test_without_its_pixels_a_picture_says_so(show) -> None:
    stage = show(cw.UpsamplingExplorer(PHOTO, CHECKERED))
    assert stage.sentence() == "The picture is not saved with the notebook. Run the cell to see it."
    assert "kernel" in stage.panels()
    assert not [name for name in stage.panels() if name.endswith("-cells")]


def test_page_and_kernel_in_step(lab: Notebook) -> None:
    lab.run("e = cw.UpsamplingExplorer()\ne")
    (stage,) = stages(lab)
    assert_shows(stage, cw.UpsamplingExplorer())
    stage.slide("stride-rows", 3)
    until(lambda: lab.eval("e.stride"), 3)
    stage.press("weights", "bilinear")
    until(lambda: lab.eval("e.weights"), "bilinear")
    assert_shows(stage, cw.UpsamplingExplorer(stride=3, weights="bilinear"))
    lab.do("e.stride = (1, 2); e.weights = 'own'; e.kernel = [[1, 2]]")
    rest(stage.page, 200)
    assert_shows(stage, cw.UpsamplingExplorer(stride=(1, 2), kernel=[[1, 2]]))


def test_pictures_reach_the_page_and_the_kernel(lab: Notebook) -> None:
    lab.run(
        "pixels = ((np.arange(90)[:, None] * 7 + np.arange(120) * 13) % 256).astype(np.uint8)\n"
        "e = cw.UpsamplingExplorer(pixels, np.full((3, 3), 4 / 9))\ne"
    )
    (stage,) = stages(lab)
    stage.root.locator("[data-panel='bicubic-cells'] [role=gridcell]").first.wait_for()
    assert_shows(stage, cw.UpsamplingExplorer(PHOTO, CHECKERED))
    stage.control("preset").select_option(index=10)
    until(lambda: lab.eval("list(e.input.shape)"), [48, 48])
    until(lambda: lab.eval("e.kernel.tolist()[0]"), [0.25] * 4)
    assert lab.eval("e.get_state('input')['input']['picture']") is True
    stage.press("undo")
    until(lambda: lab.eval("list(e.input.shape)"), [90, 120])
    assert lab.eval("bool((e.input == pixels).all())") is True
