"""The page of PoolingExplorer: numbers, links, winners, sentences, ways back, keys, widths, themes, repairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.scenes.base import shown
from convwidgets.scenes.pooling import words_for
from convwidgets.scenes.pooling_page import PAPER, SYLLABUS
from convwidgets.scenes.pooling_sentences import members, tied, windows_of, winner
from convwidgets.scenes.pooling_setting import Pooling
from tests.browser.lab import Notebook
from tests.browser.stage import Stage, number
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_kernel import stages
from tests.browser.test_layout import SLIDE_ALL, WIDER
from tests.browser.waiting import until

BOARDS: dict[str, dict[str, Any]] = {
    "opening": {},
    "ties and gradient": {"input": SYLLABUS, "size": 3, "stride": 1, "aside": "gradient", "gradient": [[1, 2], [3, 4]]},
    "counted padding": {
        "input": PAPER, "method": "average", "stride": 2, "padding": 1, "ceil_mode": True, "count_include_pad": True,
        "aside": "gradient",
    },
    "length": {"input": SYLLABUS, "method": "l2", "dilation": 2, "stride": 1, "aside": "gradient"},
    "drawn": {"input": SYLLABUS, "method": "stochastic", "seed": 2},
    "line": {"input": [3, 1, 4, 1, 5, 9, 2, 6], "size": 3, "stride": 2, "ceil_mode": True},
}  # fmt: skip
MARKS = """(root) => [...root.querySelectorAll("[data-panel=input] [data-mark]")].map(
    (cell) => [cell.dataset.mark, Number(cell.dataset.row), Number(cell.dataset.col)])"""


def twin(stage: Stage) -> cw.PoolingExplorer:
    """An explorer in Python with the state of the page."""
    return cw.PoolingExplorer(**stage.traits())


def assert_shows(stage: Stage, explorer: cw.PoolingExplorer) -> None:
    """Every number and every word on the page is the explorer's."""
    scene, page = explorer.compose(), stage.panels()
    assert scene["error"] == ""
    assert set(page) == {panel["name"] for panel in scene["panels"]}
    for panel in scene["panels"]:
        (top, left), values = panel["origin"], panel["values"]
        cells = page[panel["name"]]
        assert [cell.place for cell in cells] == [(top + r, left + c) for r, c in np.ndindex(values.shape)]
        empty = panel.get("empty", np.zeros(values.shape, bool)).ravel()
        for cell, value, nothing in zip(cells, values.ravel(), empty, strict=True):
            assert cell.text == ("·" if nothing else shown(value))
            assert (cell.value is None) == nothing
            assert nothing or number(str(cell.value)) == pytest.approx(float(value), rel=1e-12)
    assert stage.subtitle() == scene["subtitle"]
    lines = stage.root.locator(".cw-size-lines > div").all_text_contents()
    assert lines == [line.replace(": ", "", 1) for line in scene["formula"].splitlines()]
    assert stage.root.locator(".cw-back .cw-note").first.text_content() == scene["back"]


def links(setting: Pooling, names: set[str], panel: str, row: int, column: int) -> set[tuple[str, int, int]]:
    """Every cell that must light up with a cell, without itself."""
    if panel in ("output", "indices", "gradient"):
        found = {("input", *place) for place, _ in members(setting, row, column)}
        found |= {(name, row, column) for name in ("output", "indices", "gradient")}
        first = winner(setting, row, column)
        found |= {("unpooled", *first)} if first else set()
        found |= {
            ("input_gradient", *place)
            for place, _ in members(setting, row, column)
            if feeds(setting, (row, column), place)
        }
    else:
        windows = windows_of(setting, row, column)
        fed = [each for each in windows if feeds(setting, each, (row, column))]
        found = {("output", *each) for each in windows} | {("gradient", *each) for each in fed}
        found |= {("indices", *each) for each in fed} | {
            (name, row, column) for name in ("input", "unpooled", "input_gradient")
        }
    on_page = {place for place in found if place[0] in names}
    height, width = np.atleast_2d(setting.input).shape
    inside = 0 <= row < height and 0 <= column < width
    return {place for place in on_page if inside or place[0] in ("input", "output", "indices", "gradient")} - {
        (panel, row, column)
    }


def feeds(setting: Pooling, window: tuple[int, int], place: tuple[int, int]) -> bool:
    """Whether a window's gradient reaches a value, found by trying: with 1 there and 0 elsewhere."""
    g = np.zeros(setting.values.shape)
    g[window] = 1
    own = g if setting.dimensions == 2 else g[0]
    state = {name: getattr(setting, name) for name in Pooling.__dataclass_fields__}
    return (
        bool(np.atleast_2d(Pooling(**{**state, "gradient": own}).input_gradient)[place] != 0)
        if _inside(setting, place)
        else False
    )


def _inside(setting: Pooling, place: tuple[int, int]) -> bool:
    height, width = np.atleast_2d(setting.input).shape
    return 0 <= place[0] < height and 0 <= place[1] < width


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_every_number_link_and_sentence(show, board: dict[str, Any]) -> None:
    explorer = cw.PoolingExplorer(**board)
    stage = show(explorer)
    assert_shows(stage, explorer)
    setting, names = explorer.setting, set(stage.panels())
    told = stage.hover_all()
    assert len(told) == sum(panel["values"].size for panel in explorer.scene["panels"])
    for entry in told:
        place: Any = tuple(entry["at"])
        assert entry["sentence"] == words_for(setting, *place)
        if place[0] != "input" or _inside(setting, place[1:]):
            assert {tuple(each) for each in entry["linked"]} - {place} == links(setting, names, *place), place


def test_the_winner_has_a_disc_and_ties_have_rings(show) -> None:
    explorer = cw.PoolingExplorer(SYLLABUS, 3, stride=1)
    stage = show(explorer)
    for row, column in np.ndindex(2, 2):
        stage.hover("output", row, column)
        first = winner(explorer.setting, row, column)
        assert first is not None
        expected = {("winner", *first), *(("tied", *place) for place in tied(explorer.setting, row, column))}
        assert {tuple(mark) for mark in stage.read(MARKS)} == expected
    assert len(tied(explorer.setting, 0, 0)) == 2
    stage.hover("input", 0, 0)
    assert stage.read(MARKS) == []


CHANGES: dict[str, Callable[[Stage], None]] = {
    "size, and the stride follows": lambda stage: stage.slide("size-rows", 3),
    "stride": lambda stage: stage.slide("stride-rows", 1),
    "padding": lambda stage: stage.slide("padding-rows", 1),
    "dilation": lambda stage: stage.slide("dilation-rows", 3),
    "average, counted": lambda stage: (
        stage.press("method", "average"), stage.slide("padding-rows", 1), stage.press("count-include-pad", "true"),
    ),
    "drawn again": lambda stage: (stage.press("method", "stochastic"), stage.press("draw-again")),
    "ceil": lambda stage: (stage.press("ceil-mode", "true"), stage.slide("size-rows", 3)),
    "input size": lambda stage: stage.slide("input-columns", 5),
    "preset": lambda stage: stage.choose("preset", "Average, 3 × 3, stride 1 (figure 1.5)"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_controls_change_the_state_and_undo_brings_it_back(show, change: Callable[[Stage], None]) -> None:
    stage = show(cw.PoolingExplorer())
    change(stage)
    assert_shows(stage, twin(stage))
    while stage.control("undo").get_attribute("aria-disabled") == "false":
        stage.press("undo")
    assert_shows(stage, cw.PoolingExplorer())
    stage.press("redo")
    stage.press("reset")
    assert_shows(stage, cw.PoolingExplorer())


def test_the_stride_follows_until_it_is_set_and_again_when_asked(show) -> None:
    stage = show(cw.PoolingExplorer(sheet(0)[:6, :6]))
    box = stage.control("stride-follows")
    assert box.is_checked()
    stage.slide("size-rows", 3)
    assert (stage.traits()["stride"], stage.control("stride-rows").input_value()) == (None, "3")
    stage.slide("stride-rows", 1)
    assert not box.is_checked()
    stage.slide("size-rows", 2)
    assert twin(stage).stride == 1
    box.check()
    stage.settle()
    assert twin(stage).stride is None
    assert_shows(stage, twin(stage))


def test_the_ways_back_and_a_gradient_that_is_typed(show) -> None:
    stage = show(cw.PoolingExplorer(SYLLABUS))
    stage.press("aside", "gradient")
    stage.cell("gradient", 1, 0).dblclick()
    stage.editor().fill("5")
    stage.editor().press("Enter")
    stage.settle()
    explorer = twin(stage)
    assert explorer.gradient.tolist() == [[1, 1], [5, 1]]
    assert explorer.input_gradient[2, 0] == 5
    assert_shows(stage, explorer)
    stage.press("method", "average")
    stage.press("aside", "unpool")
    assert set(stage.panels()) == {"input", "output"}
    assert_shows(stage, twin(stage))


@pytest.mark.parametrize(
    ("board", "repair"),
    [
        ({"input": SYLLABUS, "size": 5}, "size"),
        ({"input": SYLLABUS, "size": 5}, "padding"),
        ({"input": SYLLABUS, "size": 2, "padding": 2}, "padding"),
        ({"input": SYLLABUS, "size": 5}, "input"),
    ],
)
def test_an_impossible_pool_is_explained_and_repaired(show, board: dict[str, Any], repair: str) -> None:
    explorer = cw.PoolingExplorer(**board)
    stage = show(explorer)
    height = stage.height()
    assert explorer.error in str(stage.root.get_by_role("alert").text_content())
    stage.press(f"repair-{repair}")
    assert_shows(stage, twin(stage))
    assert abs(stage.height() - height) <= 1


def test_by_keyboard_and_by_steps(show) -> None:
    explorer = cw.PoolingExplorer(SYLLABUS)
    stage = show(explorer)
    stage.cell("output", 0, 0).focus()
    stage.page.keyboard.press("ArrowDown")
    stage.settle()
    assert (stage.focused(), stage.traits()["step"]) == (("output", 1, 0), 2)
    assert stage.heard() == words_for(explorer.setting, "output", 1, 0)
    stage.page.keyboard.press("Escape")
    stage.press("forward")
    assert stage.sentence() == words_for(explorer.setting, "output", 1, 1)
    stage.cell("input", 0, 0).focus()
    stage.page.keyboard.press("Enter")
    stage.page.keyboard.type("99")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert twin(stage).output[0, 0] == 99
    assert_shows(stage, twin(stage))


@pytest.mark.parametrize("width", [1180, 640])
def test_the_stage_keeps_its_height(show, width: int) -> None:
    stage = show(cw.PoolingExplorer())
    stage.page.set_viewport_size({"width": width, "height": 1000})
    stage.settle()
    height = stage.height()
    heights: dict[str, float] = stage.read(SLIDE_ALL)
    for control, value in [("method", m) for m in ("average", "l2", "stochastic")] + [("aside", "gradient")]:
        stage.press(control, value)
        heights[value] = stage.height()
    assert {what: found - height for what, found in heights.items() if abs(found - height) > 1} == {}


@pytest.mark.parametrize("name", ["board", "line", "picture", "impossible"])
def test_nothing_sticks_out_at_any_width(show, name: str) -> None:
    inputs = {"board": SYLLABUS, "line": list(range(12)), "picture": np.arange(60 * 80).reshape(60, 80) % 251}
    stage = show(cw.PoolingExplorer(inputs.get(name, [[1, 2]]), 3), include_picture=True)
    for width in (360, 520, 700, 760, 1120):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.settle()
        assert stage.read(WIDER) == [width, []]


@pytest.mark.parametrize(
    ("name", "theme"), [("counted padding", "light"), ("ties and gradient", "dark"), ("drawn", "contrast")]
)
def test_axe_finds_nothing(show, axe, name: str, theme: str) -> None:  # noqa: F811
    stage = show(cw.PoolingExplorer(**BOARDS[name]))
    stage.page.emulate_media(**THEMES[theme])
    stage.settle()
    assert stage.root.get_attribute("data-theme") == theme
    assert axe(stage) == []


def test_a_photograph_is_pooled_and_stays_private(show) -> None:
    picture = np.random.default_rng(1).integers(0, 256, (40, 60), dtype=np.uint8)
    explorer = cw.PoolingExplorer(picture)
    stage = show(explorer, include_picture=True)
    assert stage.root.locator("canvas[data-panel]").count() == 4
    assert stage.sentence() == words_for(explorer.setting, "output", 0, 0)
    stage.slide("scrub", 31)
    assert stage.sentence() == words_for(explorer.setting, "output", 1, 1)
    assert "not saved" in str(show(explorer).sentence())


def test_page_and_kernel_are_in_step(lab: Notebook) -> None:
    lab.run("e = cw.PoolingExplorer([[0, 10, 9, 3], [4, 3, 2, 1]])\ne")
    (stage,) = stages(lab)
    assert stage.table("output") == lab.eval("e.output") == [[10, 9]]
    stage.press("method", "average")
    until(lambda: lab.eval("[e.method, e.output]"), ["average", stage.table("output")])
    lab.do("e.stride = 1")
    until(lambda: stage.table("output"), lab.eval("e.output"))
    stage.press("stride-follows")
    until(lambda: lab.eval("e.stride is None"), True)
