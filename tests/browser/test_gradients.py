"""The gradients beneath the matrix: Python's numbers, what lights up, real losses on a button, keys, widths, themes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.differences import finite_differences
from convwidgets.scenes.gradients import scene
from convwidgets.scenes.gradients_templates import GRADIENTS
from convwidgets.scenes.gradients_words import cell_words
from tests.browser.stage import Stage
from tests.browser.test_accessible import AXE_RUN, LEFT_TO_THE_EYE, NO_OVERLAYS, THEMES
from tests.browser.test_layout import WIDER
from tests.browser.test_matrix import NO_LINES
from tests.browser.waiting import rest

X = np.array([[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]])
K = np.array([[2, 3, 2], [1, 4, 2], [3, 4, 1]])
G = np.array([[1, 2], [-1, 3]])
PANES = ["gradient", "input_gradient", "input_quotient", "kernel_gradient", "kernel_quotient"]
SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "strided, padded": {"stride": 2, "padding": 1, "gradient": [[1, -2], [0, 3]]},
    "dilated, rotated": {"dilation": 2, "padding": 2, "flip": True},
    "copies": {"padding": ((1, 0), (2, 1)), "pad_mode": "reflect", "stride": (1, 2)},
    "line": {"input": [2, 1, 0, 3, 1, 4, 2], "kernel": [1, -1, 2], "stride": 2, "gradient": [1, 2, 3]},
    "fractions": {"input": X / 7, "kernel": K / 3},
}


def explorer(**options: Any) -> cw.ConvolutionMatrixExplorer:
    given = {"input": X, "kernel": K, "gradient": [1] if "input" in options and np.ndim(options["input"]) == 1 else G}
    return cw.ConvolutionMatrixExplorer(**{**given, **options}, aside="gradients")


def python_scene(traits: dict[str, Any], check: bool = False) -> dict[str, Any]:
    """The scene in Python with the state of the page."""
    names = ("input", "kernel", "gradient", "stride", "padding", "dilation", "flip", "pad_mode")
    return scene(**{name: traits[name] for name in names}, check=check)


def assert_shows(stage: Stage, board: dict[str, Any], tried: bool) -> None:
    for panel in board["panels"][3:]:
        expected = [] if "quotient" in panel["name"] and not tried else panel["values"].tolist()
        shown = stage.table(panel["name"])
        assert np.allclose(shown, expected, rtol=1e-12, atol=1e-9) if expected else shown == [], panel["name"]


@pytest.mark.parametrize("name", SETTINGS)
def test_numbers_sentences_and_the_check_are_those_of_python(show, name: str) -> None:
    stage = show(explorer(**SETTINGS[name]))
    board = python_scene(stage.traits())
    assert_shows(stage, board, tried=False)
    assert stage.root.locator(".cw-gradient-lines p").all_text_contents() == board["lines"]
    stage.press("check-gradients")
    board = python_scene(stage.traits(), check=True)
    assert_shows(stage, board, tried=True)
    told = stage.root.locator(".cw-tried").text_content()
    if name != "fractions":  # what rounding leaves depends on the order of the terms
        assert told == board["check"]["words"]
    verdict = "rounding" if name == "fractions" else "equal"
    assert told.endswith(GRADIENTS[verdict])
    for seen in stage.hover_all():
        panel, row, column = seen["at"]
        if panel in PANES:
            assert seen["selected"] == [[panel, row, column]]
            if name != "fractions":
                assert seen["sentence"] == cell_words(board, panel, row, column)


def test_what_lights_up_with_an_entry(show) -> None:
    stage = show(explorer())
    stage.hover("input_gradient", 0, 1)
    outputs = {(0, 0), (0, 1)}
    assert stage.linked() == {
        *(("gradient", *at) for at in outputs), *(("output", *at) for at in outputs), ("input", 0, 1),
        ("input_quotient", 0, 1), ("kernel", 0, 1), ("kernel", 0, 0), ("matrix", 0, 1), ("matrix", 1, 1),
    }  # fmt: skip
    stage.hover("kernel_gradient", 2, 0)
    assert stage.linked() == {
        *(("gradient", *at) for at in np.ndindex(2, 2)), *(("input", 2 + r, c) for r, c in np.ndindex(2, 2)),
        ("kernel", 2, 0), ("kernel_quotient", 2, 0),
    }  # fmt: skip
    stage.hover("gradient", 1, 0)
    window = {(1 + r, c) for r, c in np.ndindex(3, 3)}
    assert stage.linked() == {
        *(("input_gradient", *at) for at in window), *(("input", *at) for at in window), ("output", 1, 0),
        *((panel, *at) for panel in ("kernel", "kernel_gradient") for at in np.ndindex(3, 3)),
    }  # fmt: skip


def test_a_cell_above_lights_up_its_gradient_beneath(show) -> None:
    stage = show(explorer())
    for at, expected in [
        (("input", 2, 3), {("input_gradient", 2, 3), ("input_quotient", 2, 3)}),
        (("kernel", 1, 2), {("kernel_gradient", 1, 2), ("kernel_quotient", 1, 2)}),
        (("output", 1, 0), {("gradient", 1, 0)}),
        (("x", 0, 6), {("input_gradient", 1, 2), ("input_quotient", 1, 2)}),
    ]:
        stage.hover(*at)
        assert {cell for cell in stage.linked() if cell[0] in PANES} == expected


def test_beside_the_transpose_y_comes_in_and_g_belongs_to_it(show) -> None:
    stage = show(explorer(shows="transpose"))
    stage.hover("input_gradient", 0, 0)
    assert stage.linked() == {
        ("gradient", 0, 0), ("input", 0, 0), ("kernel", 0, 0), ("input_quotient", 0, 0), ("matrix", 0, 0),
    }  # fmt: skip


def test_g_is_typed_and_undone(show) -> None:
    stage = show(explorer(gradient=[[1]]))
    assert stage.table("gradient") == [[1, 1], [1, 1]]
    stage.cell("gradient", 0, 1).dblclick()
    stage.editor().fill("-4")
    stage.editor().press("Enter")
    stage.settle()
    assert stage.traits()["gradient"].tolist() == [[1, -4], [1, 1]]
    assert_shows(stage, python_scene(stage.traits()), tried=False)
    stage.press("undo")
    assert stage.table("gradient") == [[1, 1], [1, 1]]
    stage.press("redo")
    stage.slide("kernel-rows", 2)
    assert stage.table("gradient") == [[1, -4], [1, 1], [1, 1]] if len(stage.table("output")[0]) == 2 else True
    assert_shows(stage, python_scene(stage.traits()), tried=False)
    stage.set_trait("gradient", [[2, 3], [4, 5]])
    assert_shows(stage, python_scene(stage.traits()), tried=False)


def test_losses_are_computed_from_the_numbers_of_the_page(show) -> None:
    """The quotients stand against a loss written down here, not against the gradient."""
    stage = show(explorer(stride=2, padding=1, flip=True))
    stage.press("check-gradients")
    g = np.array(stage.table("gradient"))
    loss = lambda x, k: (g * cw.conv2d(x, k, stride=2, padding=1, flip=True)).sum()  # noqa: E731
    assert stage.table("input_quotient") == finite_differences(lambda x: loss(x, K), X).tolist()
    tried = finite_differences(lambda k: loss(X, k), K)
    weights = {cell.weight: cell.value for cell in stage.panels()["kernel_quotient"]}
    assert weights == {f"{r},{c}": str(tried[r, c]) for r, c in np.ndindex(3, 3)}


def test_what_was_tried_goes_with_the_numbers_it_was_tried_for(show) -> None:
    stage = show(explorer())
    height = stage.height()
    stage.press("check-gradients")
    assert len(stage.values("input_quotient")) == 16 and abs(stage.height() - height) < 1
    stage.slide("padding-rows", 1)
    assert stage.values("input_quotient") == stage.values("kernel_quotient") == {}
    assert stage.root.locator(".cw-tried").text_content().startswith("Change one number by h")
    assert abs(stage.height() - height) < 1


def test_an_impossible_setting_and_the_way_out(show) -> None:
    stage = show(explorer())
    stage.slide("dilation-rows", 4)
    assert stage.root.get_by_role("alert").count() == 1
    stage.root.locator("[data-control^=repair-]").first.click()
    stage.settle()
    assert_shows(stage, python_scene(stage.traits()), tried=False)


def test_whole_numbers_beyond_64_bits_have_no_gradient_and_say_so(show) -> None:
    stage = show(explorer(input=[[2**40, 1], [3, 5]], kernel=[[1, 1]], gradient=[[2**40]]))
    assert stage.root.locator(".cw-tried").text_content().startswith("The exact result may be as large as")
    assert stage.control("check-gradients").is_disabled()
    assert stage.values("input_gradient") == {}


def test_a_picture_has_its_weights_tried(show) -> None:
    pixels = np.arange(100 * 90).reshape(100, 90) % 251
    stage = show(explorer(input=pixels, gradient=[[1]]), include_picture=True)
    stage.press("check-gradients")
    told = stage.root.locator(".cw-tried").text_content()
    assert told.startswith("18 losses, h = 1: one pair for each of the 9 numbers of k. ")
    assert told.endswith("Use an input of at most 24 × 24.")
    board = scene(pixels, K)
    assert stage.table("kernel_quotient") == board["panels"][5]["values"].tolist()
    assert stage.root.locator("canvas[data-panel=input_gradient]").count() == 1


def test_by_keyboard_alone(show) -> None:
    stage = show(explorer())
    stage.cell("gradient", 0, 0).focus()
    stage.page.keyboard.press("ArrowDown")
    stage.page.keyboard.press("Enter")
    stage.page.keyboard.type("7")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert stage.focused() == ("gradient", 1, 0)
    assert stage.table("gradient") == [[1, 2], [7, 3]]
    assert stage.heard() == cell_words(python_scene(stage.traits()), "gradient", 1, 0)
    stage.page.keyboard.press("Tab")
    assert stage.focused() == ("input_gradient", 0, 0)
    for _ in range(4):
        stage.page.keyboard.press("Tab")
    assert stage.page.evaluate("document.activeElement.dataset.control") == "check-gradients"
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert stage.page.evaluate("document.activeElement.dataset.control") == "check-gradients"
    assert len(stage.values("kernel_quotient")) == 9


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(show, node_modules: Path, theme: str) -> None:
    stage = show(explorer(padding=1))
    stage.page.emulate_media(**THEMES[theme])
    stage.press("check-gradients")
    stage.hover("input_gradient", 1, 1)
    rest(stage.page, 150)  # colours fade for 120 ms
    stage.page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    stage.page.add_style_tag(content=NO_OVERLAYS + NO_LINES)
    answer = stage.page.evaluate(AXE_RUN)
    unsure = [html for why, html in answer["unsure"] if why not in LEFT_TO_THE_EYE]
    assert answer["violations"] + unsure == [] and answer["readable"] >= 60


@pytest.mark.parametrize("width", [360, 640, 800, 1120])
@pytest.mark.parametrize("name", ["plain", "line", "fractions"])
def test_nothing_sticks_out(show, name: str, width: int) -> None:
    stage = show(explorer(**SETTINGS[name]))
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.settle()
    height = stage.height()
    stage.press("check-gradients")
    assert stage.read(WIDER) == [width, []]
    assert abs(stage.height() - height) < 1
    clipped = stage.read(
        """(root) => [...root.querySelectorAll(".cw-gradients .cw-caption")].filter((caption) => {
            const end = Math.max(...[...caption.children].map((e) => e.getBoundingClientRect().right));
            const box = caption.closest(".cw-gradient-grids").getBoundingClientRect();
            const after = caption.parentElement.nextElementSibling?.getBoundingClientRect();
            const beside = after && after.top < caption.getBoundingClientRect().bottom;
            return end > Math.min(box.right, beside ? after.left : Infinity) + 0.5;
        }).map((caption) => caption.textContent)"""
    )
    assert clipped == []


def test_in_a_notebook_python_and_the_page_agree(lab) -> None:
    lab.run(
        "e = cw.ConvolutionMatrixExplorer([[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6]], [[2, -1]], aside='gradients')\ne"
    )
    stage = Stage(lab.page)
    stage.cell("gradient", 1, 2).dblclick()
    stage.editor().fill("5")
    stage.editor().press("Enter")
    stage.settle()
    rest(lab.page, 300)
    assert lab.eval("e.gradient.tolist()") == [[1, 1, 1], [1, 1, 5], [1, 1, 1]]
    assert stage.table("input_gradient") == lab.eval("e.input_gradient.tolist()")
    assert stage.table("kernel_gradient") == lab.eval("e.kernel_gradient.tolist()")
    lab.do("e.gradient = [[2]]; e.flip = True")
    stage.settle()
    assert stage.table("gradient") == [[2, 1, 1], [1, 1, 1], [1, 1, 1]]
    assert stage.table("input_gradient") == lab.eval("e.input_gradient.tolist()")
