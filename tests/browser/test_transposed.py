"""The transposed convolution on a page of its own: numbers, links, controls, refusals, walk, widths and themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.scenes.transposed_sentences import words_for
from tests.browser.lab import Notebook
from tests.browser.stage import Stage, tight
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_kernel import stages
from tests.browser.waiting import until
from tests.scenes.test_transposed_links import Together

Show = Callable[..., Stage]
Y, KERNEL = [[0, 1], [2, 3]], [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
MOCK_UP: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1}
STAMPS = {f"stamp-{row}-{column}" for row in (0, 1) for column in (0, 1)}
PANELS = {
    "input",
    "kernel",
    "output",
    "sum",
    "matrix",
    "y",
    "unrolled",
    "stretched",
    "rotated",
    "x",
    "windows",
} | STAMPS


def explorer(**options: Any) -> cw.TransposedConvolutionExplorer:
    return cw.TransposedConvolutionExplorer(Y, KERNEL, **{**MOCK_UP, **options})


def twin(stage: Stage) -> cw.TransposedConvolutionExplorer:
    """An explorer in Python with the state of the page."""
    return cw.TransposedConvolutionExplorer(**stage.traits())


def shown(stage: Stage, panel: str) -> Any:
    return np.array(stage.table(panel))


def assert_shows(stage: Stage) -> None:
    """Numbers, sizes and code of the page are Python's; the three views agree."""
    board = twin(stage)
    assert board.output is not None
    result = np.atleast_2d(board.output)
    assert np.array_equal(shown(stage, "output"), result)
    assert np.array_equal(shown(stage, "unrolled").ravel(), result.ravel())
    kept = [value for cell, value in stage.values("sum").items() if not stage_padding(stage, cell)]
    assert kept == result.ravel().tolist()
    stretched, rotated = cw.equivalent_convolution(
        board.input, board.kernel, stride=board.stride, padding=board.padding, dilation=board.dilation,
        output_padding=board.output_padding,
    )  # fmt: skip
    assert np.array_equal(shown(stage, "stretched"), np.atleast_2d(stretched))
    assert np.array_equal(shown(stage, "rotated"), np.atleast_2d(rotated))
    assert stage.subtitle() == board.compose()["subtitle"]
    assert stage.formula() == [tight(line) for line in str(board.formula).splitlines()]
    assert stage.code() == board.code


def stage_padding(stage: Stage, place: tuple[int, int]) -> bool:
    return bool(stage.cell("sum", *place).evaluate("(cell) => 'padding' in cell.dataset"))


def test_every_cell_of_every_panel_says_what_python_says(show: Show) -> None:
    stage = show(explorer())
    assert_shows(stage)
    told = stage.hover_all()
    assert {at for at, _, _ in (each["at"] for each in told)} == PANELS
    setting = explorer().setting
    together = Together(setting)
    cells = {tuple(each["at"]) for each in told}
    for each in told:
        assert each["sentence"] == words_for(setting, *each["at"]), each["at"]
        assert each["selected"] == [each["at"]]
        assert set(map(tuple, each["linked"])) == together.with_cell(tuple(each["at"])) & cells, each["at"]
    assert len(told) > 300


def test_one_cell_lights_up_in_all_views(show: Show) -> None:
    stage = show(explorer())
    stage.hover("output", 1, 1)
    weights = {(0, 0): (2, 2), (0, 1): (2, 0), (1, 0): (0, 2), (1, 1): (0, 0)}
    expected = {("sum", 1, 1), ("unrolled", 5, 0), ("x", 1, 1)}
    for number, ((row, column), (a, b)) in enumerate(weights.items()):
        expected |= {
            ("input", row, column), ("kernel", a, b), (f"stamp-{row}-{column}", 1, 1), ("matrix", 5, number),
            ("y", number, 0), ("stretched", 1 + 2 * row, 1 + 2 * column), ("rotated", 2 - a, 2 - b),
            ("windows", row, column),
        }  # fmt: skip
    assert stage.linked() == expected
    assert stage.read("(root) => root.querySelectorAll('.cw-curves path').length") == 4
    windows = stage.read("(root) => [...root.querySelectorAll('.cw-window')].filter((w) => !w.hidden)"
                         ".map((w) => w.closest('[data-panel]').dataset.panel)")  # fmt: skip
    assert sorted(windows) == ["matrix", "stretched"]


def test_a_value_of_y_and_a_weight_light_up_too(show: Show) -> None:
    stage = show(explorer())
    stage.hover("y", 1, 0)
    linked = stage.linked()
    assert {each for each in linked if each[0].startswith("stamp")} == {
        ("stamp-0-1", row, column) for row in (-1, 0, 1) for column in (1, 2, 3)
    }
    assert {each for each in linked if each[0] == "matrix"} == {("matrix", n, 1) for n in (1, 2, 3, 5, 6, 7)}
    assert {("stretched", 1, 3), ("input", 0, 1), ("windows", 0, 1)} <= linked
    stage.hover("rotated", 0, 2)
    linked = stage.linked()
    assert ("kernel", 2, 0) in linked
    assert {each for each in linked if each[0].startswith("stamp")} == {
        (f"stamp-{row}-{column}", 1 + 2 * row, -1 + 2 * column) for row in (0, 1) for column in (0, 1)
    }


SLIDES = [("stride-rows", 3), ("dilation-columns", 2), ("padding-rows", 0), ("kernel-columns", 2), ("input-rows", 3)]


def test_controls(show: Show) -> None:
    stage = show(explorer(output_padding=0))
    stage.open_code()
    height = stage.height()
    for control, value in SLIDES:
        stage.slide(control, value)
        assert_shows(stage)
        slid = stage.subtitle()
        assert stage.height() == height, control
        stage.press("undo")
        assert stage.subtitle().endswith("→ 3 × 3 result"), control
        stage.press("redo")
        assert stage.subtitle() == slid, control
        stage.press("undo")
    assert_shows(stage)


def test_editing_y_and_kernel(show: Show) -> None:
    stage = show(explorer())
    for panel, place, text in (("input", (0, 0), "-5"), ("kernel", (2, 0), "0.5")):
        stage.cell(panel, *place).dblclick()
        stage.editor().fill(text)
        stage.editor().press("Enter")
        stage.settle()
    assert_shows(stage)
    assert stage.traits()["input"][0, 0] == -5
    stage.press("new-numbers")
    assert_shows(stage)
    stage.press("reset")
    assert np.array_equal(stage.traits()["kernel"], KERNEL)


@pytest.mark.parametrize(
    ("options", "heading", "repairs"),
    [
        (
            {"output_padding": 2},
            "Rows and columns: too much output padding.",
            {"repair-output-padding": (4, 4), "repair-stride": (6, 6)},
        ),
        ({"padding": (3, 1)}, "Rows: nothing is left.", {"repair-padding": None, "repair-kernel": None}),
        ({"padding": "same"}, "Rows and columns: no place for an output padding.", {"repair-output-padding": (4, 4)}),
    ],
)
def test_impossible_settings_have_words_and_ways_out(
    show: Show, options: dict[str, Any], heading: str, repairs: dict[str, Any]
) -> None:
    stage = show(explorer(**options))
    board = explorer(**options)
    assert board.error in stage.root.get_by_role("alert").inner_text()
    assert stage.root.locator(".cw-failed").inner_text().strip() == heading
    for control, size in repairs.items():
        assert stage.control(control).count() == 1, control
        promised = stage.control(control).inner_text().split("→")[1].strip()
        stage.press(control)
        assert_shows(stage)
        assert promised == " × ".join(map(str, twin(stage).output_size or ()))
        assert size is None or twin(stage).output_size == size
        stage.press("undo")


def test_the_last_picture_stays_greyed_without_a_jump(show: Show) -> None:
    stage = show(explorer())
    height, table = stage.height(), stage.table("output")
    hollow = "(root) => root.querySelector('[data-control=output-padding-rows]').closest('.cw-track').innerHTML"
    assert stage.read(hollow).count("cw-hollow") == 2
    stage.slide("output-padding-rows", 3)
    assert (stage.height(), stage.table("output")) == (height, table)
    assert "cw-impossible" in str(stage.root.get_attribute("class"))
    stage.press("repair-undo")
    assert_shows(stage)


def test_the_walk_by_result_and_by_stamp(show: Show) -> None:
    stage = show(explorer())
    for _ in range(5):
        stage.press("forward")
    assert stage.sentence() == "Result row 1, column 1 is 13 = 0·1 + 1·3 + 2·2 + 3·2, in all three views."
    assert stage.root.locator(".cw-position").inner_text() == "result cell 6 of 16"
    stage.press("walk", "stamp")
    stage.press("forward")
    assert stage.traits()["walk"] == "stamp"
    assert stage.root.locator(".cw-position").inner_text() == "stamp 2 of 4"
    assert stage.sentence().startswith("Input y row 0, column 1 is 1. Its stamp reaches 6 result cells")
    assert stage.root.locator('[data-name="sum"] .cw-caption b').inner_text() == "Sum of stamps 1 to 2"
    assert stage.table("sum")[2] == [0, 0, 3, 4, 1]
    stage.press("forward")
    stage.press("forward")
    assert stage.table("sum")[2] == [4, 6, 13, 13, 7]
    stage.press("walk", "result")
    assert stage.root.locator('[data-name="sum"] .cw-caption b').inner_text() == "Sum"


def test_presets_and_many_stamps(show: Show) -> None:
    stage = show(explorer())
    stage.choose("preset", "4.7 padding 1, stride 2, output padding 1")
    assert_shows(stage)
    stamps = {name for name in stage.panels() if name.startswith("stamp")}
    assert len(stamps) == 4
    stage.hover("output", 5, 5)
    assert "stamp-2-2" in stage.panels()
    stage.hover("output", 3, 3)
    reaching = {"stamp-1-1", "stamp-1-2", "stamp-2-1", "stamp-2-2"}
    assert {name for name in stage.panels() if name.startswith("stamp")} == reaching
    assert {name for name, row, column in stage.linked() if name in reaching} == reaching
    stage.hover("stamp-2-1", 3, 3)
    assert stage.sentence() == words_for(twin(stage).setting, "stamp-2-1", 3, 3)
    stage.choose("preset", "4.2 padding 2, stride 1")
    assert shown(stage, "output").shape == (5, 5)


def test_the_sizes_that_collapse(show: Show) -> None:
    stage = show(explorer())
    groups = (
        "(root) => [...root.querySelectorAll('.cw-shrink')].map((group) => group.innerText.split(/\\s+/).join(' '))"
    )
    assert stage.read(groups) == ["1 2 1", "3 4 2", "5 6 3"]
    words = stage.root.locator(".cw-collapse-words").inner_text()
    assert words.startswith("One size back to 2: 3 and 4 shrink to 2.")
    assert words.endswith("not filled with zeros: 8, 11, 12, 3, 2, 7, 6.")
    stage.slide("stride-columns", 3)
    assert stage.read(groups)[1] == "4 5 6 2"


def test_one_axis(show: Show) -> None:
    stage = show(cw.TransposedConvolutionExplorer([1, 10], [1, 2, 3], stride=2, padding=1, output_padding=1))
    assert_shows(stage)
    assert stage.table("output") == [[2, 13, 20, 30]]
    stage.slide("stride-columns", 3)
    assert_shows(stage)
    stage.hover("output", 0, 1)
    assert stage.sentence() == words_for(twin(stage).setting, "output", 0, 1)


def test_a_picture_is_pixels_and_the_views_are_words(show: Show) -> None:
    pixels = np.arange(60 * 50, dtype=np.uint8).reshape(60, 50)
    stage = show(cw.TransposedConvolutionExplorer(pixels, [[1, 2], [3, -1]], stride=2), include_picture=True)
    assert stage.root.locator("canvas").count() == 2
    assert stage.root.locator(".cw-too-large").inner_text() == (
        "The three views need small grids: here they would be 121 × 101, and at most 64 positions along an axis are "
        "shown. Use a smaller input, stride or kernel."
    )
    stage.slide("stride-rows", 3)
    assert stage.subtitle() == "60 × 50 input ∗ᵀ 2 × 2 kernel → 180 × 150 result"
    stage.root.locator('canvas[data-panel="output"]').focus()
    stage.page.keyboard.press("ArrowRight")
    stage.settle()
    assert stage.sentence().startswith("Result row ")


@pytest.mark.parametrize("size", [8, 40])
def test_a_picture_that_was_not_saved(show: Show, size: int) -> None:
    stage = show(cw.TransposedConvolutionExplorer(np.full((size, size, 3), 137, np.uint8), [[1, 2]], stride=2))
    assert stage.sentence() == "The picture is not saved with the notebook. Run the cell to see it."
    assert stage.subtitle() == f"{size} × {size} input ∗ᵀ 1 × 2 kernel → {2 * size} × {2 * size} result"
    assert "137" not in stage.page.content()


def test_with_the_keyboard_alone(show: Show) -> None:
    stage = show(explorer())
    stage.cell("matrix", 0, 0).focus()
    for key in ("ArrowDown", "ArrowDown", "ArrowRight"):
        stage.page.keyboard.press(key)
    assert stage.focused() == ("matrix", 2, 1)
    assert stage.traits()["selected"] == ["matrix", 2, 1]
    assert stage.heard() == words_for(explorer().setting, "matrix", 2, 1)
    stage.page.set_viewport_size({"width": 700, "height": 1000})
    stage.settle()
    stage.control("view-stamping").focus()
    stage.page.keyboard.press("ArrowRight")
    assert stage.control("view-multiplying").get_attribute("aria-selected") == "true"
    assert stage.root.locator('[data-view="multiplying"]').is_visible()
    assert not stage.root.locator('[data-view="stamping"]').is_visible()


def test_nothing_is_clipped(show: Show) -> None:
    stage = show(explorer())
    for width in (1180, 900, 640, 360):
        stage.page.set_viewport_size({"width": width, "height": 1100})
        stage.settle()
        assert_fits(stage)
    assert_shows(stage)


def assert_fits(stage: Stage) -> None:
    assert stage.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    clipped = stage.read(
        """(root) => [...root.querySelectorAll("button, input, select, .cw-caption, .cw-role-output .cw-cell")]
            .filter((e) => e.checkVisibility() && !e.closest(".cw-view-body, .cw-heard"))
            .filter((e) => { const box = e.getBoundingClientRect(), own = root.getBoundingClientRect();
                return box.right > own.right + 1 || box.left < own.left - 1; }).map((e) => e.outerHTML.slice(0, 120))"""
    )
    assert clipped == []


def test_axe_finds_nothing(show: Show, axe: Callable[[Stage], list[str]]) -> None:  # noqa: F811
    stage = show(explorer())
    stage.page.add_style_tag(content=".cw-curves, .cw-added { display: none !important; }")
    stage.hover("output", 1, 1)
    for width, theme in [*((1180, theme) for theme in THEMES), (360, "light")]:
        stage.page.emulate_media(**THEMES[theme])
        stage.page.set_viewport_size({"width": width, "height": 1100})
        stage.settle()
        assert axe(stage) == [], (width, theme)
    stage.set_trait("output_padding", 2)
    assert axe(stage) == []


def test_page_and_kernel_are_in_step(lab: Notebook) -> None:
    lab.run(f"e = cw.TransposedConvolutionExplorer({Y}, {KERNEL}, stride=2, padding=1, output_padding=1)\ne")
    (stage,) = stages(lab)
    assert stage.table("output") == lab.eval("e.output")
    stage.slide("output-padding-rows", 0)
    until(lambda: lab.eval("[e.output_padding, e.output_size]"), [0, [3, 3]])
    stage.hover("stamp-1-1", 1, 1)
    stage.cell("stamp-1-1", 1, 1).click()
    until(lambda: lab.eval("e.selected"), ["stamp-1-1", 1, 1])
    stage.press("walk", "stamp")
    until(lambda: lab.eval("e.walk"), "stamp")
    lab.do("e.walk = 'result'; e.stride = (2, 3); e.padding = 'valid'; e.kernel = [[1, -1], [2, 0]]")
    until(lambda: stage.table("output"), lab.eval("e.output"))
    assert stage.code()["PyTorch"] == lab.eval("e.code['PyTorch']")
    lab.do("e.output_padding = 7")
    until(lambda: stage.root.get_by_role("alert").count(), 1)
    assert lab.eval("e.error") in stage.root.get_by_role("alert").inner_text()
