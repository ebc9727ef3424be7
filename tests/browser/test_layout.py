"""Nothing jumps, nothing sticks out: the stage keeps its height, and fits into 360 pixels."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw

X = np.array(
    [[1, 2, 0, -1, -2, -1], [2, 4, 3, 0, -1, -2], [1, 3, 5, 4, 1, 0], [0, 2, 4, 5, 3, 1],
     [-1, 0, 2, 4, 4, 2], [-2, -1, 1, 3, 5, 3], [-1, -2, 0, 1, 2, 4]]
)  # fmt: skip
K = np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]])
LINE = [3, 1, -4, 1, 5, -9, 2, 6, 5, 3, 5, 8]

BOARDS: dict[str, dict[str, Any]] = {
    "board": {"input": X, "kernel": K, "bias": 1},
    "four panels": {"input": X, "kernel": K, "activation": "relu", "padding": 1},
    "line": {"input": LINE, "kernel": [1, 2, -1], "padding": 1},
    "impossible": {"input": X, "kernel": K, "dilation": 4},
    "reflect refused": {"input": X, "kernel": K, "padding": 8, "pad_mode": "reflect"},
    "missing": {"input": X, "kernel": K, "missing": True},
    "fractions": {"input": X / 7 * 1e5, "kernel": K / 3},
    "largest": {"input": np.arange(24 * 24).reshape(24, 24) % 11 - 5, "kernel": K},
    "large kernel": {"input": np.tile(X, (2, 3)), "kernel": np.arange(49).reshape(7, 7) % 5 - 2},
    "long numbers": {"input": X * 10**14, "kernel": K},
    "picture": {"input": np.arange(60 * 50).reshape(60, 50) % 256},
    "picture, four panels": {"input": np.arange(60 * 50).reshape(60, 50) % 256, "activation": "relu"},
}  # fmt: skip
WIDER = """(root) => {
    const room = document.documentElement.clientWidth;
    const found = [...root.querySelectorAll("*")].filter((e) => {
        const box = e.getBoundingClientRect();
        if (box.width === 0 || e.closest(".cw-heard, svg")) return false;
        for (let p = e.parentElement; p && p !== root; p = p.parentElement)
            if (/auto|scroll/.test(getComputedStyle(p).overflowX)) return false;
        return box.right > room + 0.5 || box.left < -0.5;
    });
    return [document.documentElement.scrollWidth, found.map((e) => `${e.tagName}.${e.getAttribute("class")}`)];
}"""
CROWDED = """(root) => {
    const boxes = [...root.querySelectorAll("button, input, select, summary, [role=gridcell]")]
        .filter((e) => e.checkVisibility({visibilityProperty: true}))
        .map((e) => [e.closest("label")?.querySelector("input[type=checkbox]") === e ? e.closest("label") : e, e]);
    return boxes.map(([area, e]) => {
        const {width, height} = area.getBoundingClientRect();
        return [e.dataset.control ?? e.getAttribute("aria-label") ?? e.className, Math.round(10 * width) / 10, Math.round(10 * height) / 10];
    }).filter(([, width, height]) => width < 24 || height < 24);
}"""  # noqa: E501


SLIDE_ALL = """async (root) => {
    const frame = () => new Promise(requestAnimationFrame), heights = {};
    for (const name of [...root.querySelectorAll("input[type=range]")].map((e) => e.dataset.control)) {
        const range = root.querySelector(`[data-control="${name}"]`);
        const to = async (value) => {
            range.value = String(value);
            range.dispatchEvent(new Event("input", {bubbles: true}));
            await frame();
            await frame();
        };
        const start = range.value, [min, max] = [Number(range.min), Number(range.max)];
        const values = [min, min + 1, min + 2, Math.floor((min + 2 * max) / 3), max - 1, max];
        for (const value of new Set(values.filter((value) => value >= min && value <= max))) {
            await to(value);
            heights[`${name} ${value}`] = root.getBoundingClientRect().height;
        }
        await to(start);
    }
    return heights;
}"""
"""The height of the stage at every position of every slider; each slider goes back to where it was."""


@pytest.mark.parametrize("width", [1180, 640])
@pytest.mark.parametrize("name", ["board", "four panels", "line"])
def test_the_stage_keeps_its_height(show, name: str, width: int) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS[name]))
    stage.page.set_viewport_size({"width": width, "height": 1000})
    stage.settle()
    height = stage.height()
    heights: dict[str, float] = stage.read(SLIDE_ALL)
    assert len(heights) > 30
    for place in [("output", 0, 0), ("input", 0, 0), ("kernel", 0, 1)]:
        stage.hover(*place)
        heights[f"hover {place}"] = stage.height()
    stage.leave()
    for control in ("ghost", "missing", "ghost", "missing"):
        stage.press(control)
        heights[control] = stage.height()
    stage.press("convention", "total")
    heights["convention"] = stage.height()
    for control, option in [("padding-mode", "same"), ("padding-mode", "full"), ("pad-mode", "constant")]:
        stage.choose(control, option)
        heights[f"{control} {option}"] = stage.height()
    stage.press("padding-sides")
    heights["sides"] = stage.height()
    jumps = {what: found - height for what, found in heights.items() if abs(found - height) > 1}
    assert jumps == {}


def test_the_stage_keeps_its_height_on_a_phone(show) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS["board"]))
    stage.page.set_viewport_size({"width": 360, "height": 740})
    stage.settle()
    height = stage.height()
    jumps = {}
    for control, values in [("stride-rows", (2, 3, 1)), ("padding-rows", (1, 3, 0)), ("dilation-columns", (2, 4, 1))]:
        for value in values:
            stage.fill(control, str(value))
            if abs(stage.height() - height) > 1:
                jumps[f"{control} {value}"] = stage.height() - height
    for place in [("output", 0, 0), ("input", 3, 3), ("kernel", 0, 1)]:
        stage.cell(*place).click()
        stage.settle()
        if abs(stage.height() - height) > 1:
            jumps[f"focus {place}"] = stage.height() - height
    assert jumps == {}


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_nothing_is_wider_than_360_pixels(show, board: dict[str, Any]) -> None:
    stage = show(cw.ConvolutionExplorer(**board), include_picture=True)
    stage.page.set_viewport_size({"width": 360, "height": 740})
    stage.settle()
    assert stage.read(WIDER) == [360, []]
    if stage.control("padding-sides").count():
        stage.press("padding-sides")
        assert stage.read(WIDER) == [360, []]


@pytest.mark.parametrize("width", [520, 700, 759, 760, 900])
def test_nothing_sticks_out_at_any_width(show, width: int) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS["four panels"]))
    stage.page.set_viewport_size({"width": width + 34, "height": 900})
    stage.settle()
    assert stage.read(WIDER) == [width + 34, []]


def test_every_grid_can_be_scrolled_to_its_last_cell_on_a_phone(show) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS["largest"]))
    stage.page.set_viewport_size({"width": 360, "height": 740})
    stage.settle()
    for place in [("input", 23, 23), ("output", 21, 21)]:
        stage.cell(*place).scroll_into_view_if_needed()
        box = stage.cell(*place).bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 361


@pytest.mark.parametrize("width", [1180, 360])
@pytest.mark.parametrize("name", ["board", "four panels", "line", "impossible", "picture"])
def test_targets_measure_24_pixels(show, name: str, width: int) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS[name]), include_picture=True)
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.settle()
    assert stage.read(CROWDED) == []
    if stage.control("padding-sides").is_visible():
        stage.press("padding-sides")
        assert stage.read(CROWDED) == []


def test_steppers_replace_sliders_on_a_phone_under_the_same_names(show) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS["board"]))
    names = """(root) => Object.fromEntries([...root.querySelectorAll("[data-control]")]
        .filter((e) => e.matches(".cw-strip input"))
        .map((e) => [e.dataset.control, [e.type, e.getAttribute("aria-label")]]))"""
    wide = stage.read(names)
    stage.page.set_viewport_size({"width": 360, "height": 740})
    stage.settle()
    narrow = stage.read(names)
    assert {control: label for control, (_, label) in narrow.items()} == {
        control: label for control, (_, label) in wide.items()
    }
    assert wide["stride-rows"] == ["range", "Stride, rows"]
    assert narrow["stride-rows"] == ["number", "Stride, rows"]
    stage.fill("stride-rows", "2")
    assert stage.traits()["stride"] == 2
    stage.root.get_by_role("button", name="Stride, rows: one more").click()
    assert stage.traits()["stride"] == 3
    stage.page.set_viewport_size({"width": 1180, "height": 740})
    stage.settle()
    assert stage.control("stride-columns").input_value() == "3"


def test_a_resting_mouse_chooses_nothing_when_the_layout_moves(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.hover("output", 1, 1)
    stage.page.mouse.move(2, 2)
    rest = stage.sentence()
    box = stage.cell("input", 2, 2).bounding_box()
    assert box
    stage.page.set_viewport_size({"width": 640, "height": 1000})
    stage.settle()
    moved = stage.cell("input", 2, 2).bounding_box()
    assert moved != box
    assert stage.sentence() == rest
