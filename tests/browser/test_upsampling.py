"""The page of UpsamplingExplorer: numbers, links, sentences, keys, widths, themes, presets, steps, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import convwidgets as cw
from convwidgets.core.sheet import sheet
from tests.browser.stage import Stage
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_layout import SLIDE_ALL, WIDER
from tests.browser.upsampling import assert_shows, links, sentence, twin
from tests.browser.waiting import rest

X = np.array([[3, -1], [2, 5]])
K = np.array([[1, 2, 0], [0, -1, 1]])
BOARDS: dict[str, dict[str, Any]] = {
    "opening": {},
    "uneven": {"input": X, "kernel": K, "stride": (2, 3)},
    "gaps": {"input": X, "kernel": [[2, 7]], "stride": 3, "method": "bilinear"},
    "bilinear": {"input": X, "weights": "bilinear", "stride": (2, 1), "align_corners": True},
    "random": {"input": X / 4, "weights": "random", "seed": 3, "method": "bicubic", "a": -0.5},
    "stride 1": {"input": X, "kernel": K, "stride": 1},
    "many weights": {"input": X, "kernel": np.arange(1, 26).reshape(5, 5) % 4, "stride": 1},
}


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_every_number_link_and_sentence(show, board: dict[str, Any]) -> None:
    explorer = cw.UpsamplingExplorer(**board)
    stage = show(explorer)
    assert_shows(stage, explorer)
    setting = explorer.setting
    told = stage.hover_all()
    assert len(told) == sum(panel["values"].size for panel in explorer.scene["panels"])
    for entry in told:
        place: Any = tuple(entry["at"])
        assert {tuple(each) for each in entry["linked"]} - {place} == links(setting, *place), place
        assert entry["selected"] == [entry["at"]]
        assert entry["sentence"] == sentence(explorer, *place)


def test_the_pointer_itself(show) -> None:
    explorer = cw.UpsamplingExplorer()
    stage = show(explorer)
    rest = stage.sentence()
    assert rest == sentence(explorer, "transposed", 0, 0)
    sent = stage.sent()
    for place in [("bicubic", 2, 3), ("input", 1, 1), ("overlap", 4, 4), ("kernel", 0, 1)]:
        stage.hover(*place)
        assert stage.linked() - {place} == links(explorer.setting, *place)
        assert stage.sentence() == sentence(explorer, *place)
    stage.leave()
    assert stage.sentence() == rest
    assert stage.sent() == sent


CHANGES: dict[str, Callable[[Stage], None]] = {
    "stride": lambda stage: stage.slide("stride-rows", 3),
    "kernel size": lambda stage: stage.slide("kernel-rows", 4),
    "input size": lambda stage: stage.slide("input-columns", 4),
    "bilinear weights": lambda stage: stage.press("weights", "bilinear"),
    "random weights": lambda stage: (stage.press("weights", "random"), stage.press("new-numbers")),
    "resize first": lambda stage: stage.choose("method", "bicubic"),
    "corners": lambda stage: stage.press("align-corners", "true"),
    "slope": lambda stage: stage.press("a-more"),
    "named kernel": lambda stage: (stage.press("weights", "random"), stage.choose("kernel-name", "Ones, 4 × 4")),
    "checkerboard": lambda stage: stage.choose("preset", "Checkerboard: 5 × 5, stride 3"),
    "one axis": lambda stage: (stage.press("stride-chain"), stage.slide("stride-columns", 1)),
}


def test_controls_change_the_state_and_undo_brings_it_back(show) -> None:
    stage = show(cw.UpsamplingExplorer())
    seen = {repr(cw.UpsamplingExplorer().get_state())}
    for change in CHANGES.values():  # one after the other: each leaves the page as it was
        change(stage)
        changed = stage.traits()
        assert_shows(stage, twin(stage))
        assert repr(changed) not in seen
        seen.add(repr(changed))
        while stage.control("undo").get_attribute("aria-disabled") == "false":
            stage.press("undo")
        opening = cw.UpsamplingExplorer(chained=changed["chained"])
        assert_shows(stage, opening)
        stage.press("redo")
        assert stage.control("undo").get_attribute("aria-disabled") == "false"
        stage.press("reset")
        assert_shows(stage, opening)
        while stage.control("undo").get_attribute("aria-disabled") == "false":
            stage.press("undo")


def test_a_weight_is_edited_and_only_an_own_one(show) -> None:
    stage = show(cw.UpsamplingExplorer())
    stage.cell("kernel", 1, 1).dblclick()
    stage.editor().fill("-2.5")
    stage.editor().press("Enter")
    stage.settle()
    explorer = twin(stage)
    assert explorer.kernel[1, 1] == -2.5
    assert_shows(stage, explorer)
    stage.press("weights", "bilinear")
    assert stage.cell("kernel", 1, 1).get_attribute("aria-readonly") == "true"
    assert "cw-invisible" in str(stage.root.locator("[aria-label='Kernel size']").get_attribute("class"))


def test_numbers_that_are_too_large_are_refused_with_a_way_back(show) -> None:
    explorer = cw.UpsamplingExplorer([[2**62, 1]], [[1]])
    stage = show(explorer)
    height = stage.height()
    for _ in range(3):
        stage.page.keyboard.press("Escape")
    stage.cell("kernel", 0, 0).dblclick()
    stage.editor().fill("3")
    stage.editor().press("Enter")
    stage.settle()
    alert = stage.root.get_by_role("alert")
    error = twin(stage).error
    assert error != ""
    assert alert.text_content() == f"{error} Any one of these works:"
    assert abs(stage.height() - height) <= 1
    stage.press("repair-undo")
    assert_shows(stage, explorer)


def test_a_first_setting_without_results_shows_what_goes_in_and_ways_out(show) -> None:
    stage = show(cw.UpsamplingExplorer([[2**62, 1]]))
    assert set(stage.panels()) == {"input", "kernel"}
    assert stage.subtitle() == "1 × 2 input × 2 × 2 → no result"
    ways = stage.root.locator(".cw-repairs button")
    assert ways.all_text_contents() == ["Weights as decimals, rounded sums → 2 × 4", "Weights bilinear → 2 × 4"]
    for name in ("decimals", "weights"):
        stage.press(f"repair-{name}")
        assert twin(stage).error == ""
        assert_shows(stage, twin(stage))
        stage.press("undo")
    stage.choose("preset", "Checkerboard: 3 × 3, stride 2")
    assert_shows(stage, twin(stage))


def test_by_keyboard_alone(show) -> None:
    explorer = cw.UpsamplingExplorer()
    stage = show(explorer)
    stage.cell("bicubic", 0, 0).focus()
    for key in ("ArrowRight", "ArrowDown", "ArrowDown"):
        stage.page.keyboard.press(key)
    stage.settle()
    assert stage.focused() == ("bicubic", 2, 1)
    assert stage.heard() == sentence(explorer, "bicubic", 2, 1)
    assert stage.traits()["selected"] == ["bicubic", 2, 1]
    assert stage.traits()["step"] == 13
    stage.cell("kernel", 0, 0).focus()
    stage.page.keyboard.press("Enter")
    stage.page.keyboard.type("7")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert twin(stage).kernel[0, 0] == 7
    stage.page.keyboard.press("Escape")
    stage.settle()
    assert stage.traits()["selected"] is None


def test_the_walk_goes_over_the_result(show) -> None:
    explorer = cw.UpsamplingExplorer()
    stage = show(explorer)
    stage.press("forward")
    assert stage.shown_step() == 1
    assert stage.heard() == sentence(explorer, "transposed", 0, 1)
    stage.slide("scrub", 35)
    assert stage.sentence() == sentence(explorer, "transposed", 5, 5)
    stage.slide("scrub", 3)
    stage.choose("speed", "4")
    stage.press("play")
    expect(stage.control("scrub")).not_to_have_value("3", timeout=4000)
    stage.press("play")
    assert not stage.traits()["playing"]
    assert stage.traits()["step"] > 3


@pytest.mark.parametrize("width", [1180, 640])
def test_the_stage_keeps_its_height(show, width: int) -> None:
    stage = show(cw.UpsamplingExplorer())
    stage.page.set_viewport_size({"width": width, "height": 1000})
    stage.settle()
    height = stage.height()
    heights: dict[str, float] = stage.read(SLIDE_ALL)
    assert len(heights) > 20
    for place in [("nearest", 0, 0), ("input", 0, 0), ("kernel", 0, 1), ("convolved", 3, 3)]:
        stage.hover(*place)
        heights[f"hover {place}"] = stage.height()
    for name in ("bilinear", "random", "own"):
        stage.press("weights", name)
        heights[name] = stage.height()
    assert {what: found - height for what, found in heights.items() if abs(found - height) > 1} == {}


@pytest.mark.parametrize("name", ["board", "large", "picture"])
def test_nothing_sticks_out_at_any_width(show, name: str) -> None:
    inputs = {"board": None, "large": sheet(0)[:20, :18], "picture": np.arange(60 * 80).reshape(60, 80) % 251}
    stage = show(cw.UpsamplingExplorer(inputs[name]), include_picture=True)
    for width in (360, 520, 700, 760, 1120):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.settle()
        assert stage.read(WIDER) == [width, []]


@pytest.mark.parametrize(
    ("name", "theme"),
    [("board", "light"), ("board", "contrast"), ("gaps", "dark"), ("picture", "light"), ("picture", "dark")],
)
def test_axe_finds_nothing(show, axe, name: str, theme: str) -> None:  # noqa: F811
    pictures = {"input": np.arange(60 * 80, dtype=np.uint8).reshape(60, 80)}
    board = {"board": {}, "gaps": BOARDS["gaps"], "picture": pictures}[name]
    stage = show(cw.UpsamplingExplorer(**board), include_picture=True)
    stage.page.emulate_media(**THEMES[theme])
    stage.settle()
    assert stage.root.get_attribute("data-theme") == theme
    assert axe(stage) == []


def test_all_results_scroll_together_and_show_the_place(show) -> None:
    stage = show(cw.UpsamplingExplorer(sheet(1)[:5, :5], weights="random", stride=3))
    boxes = stage.root.locator(".cw-result-box")
    results = stage.root.locator(".cw-results")
    assert results.get_attribute("class") == "cw-results cw-more-right cw-more-below"
    stage.slide("scrub", 14 * 15 + 14)
    assert results.get_attribute("class") == "cw-results"
    stage.slide("scrub", 14 * 15 + 13)
    scrolls = boxes.evaluate_all("(all) => all.map((box) => [box.scrollLeft, box.scrollTop])")
    assert scrolls[0][0] > 0
    assert scrolls[0][1] > 0
    rest(stage.page, 50)
    assert boxes.evaluate_all("(all) => new Set(all.map((b) => `${b.scrollLeft},${b.scrollTop}`)).size") == 1
