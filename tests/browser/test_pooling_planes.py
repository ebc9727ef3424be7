"""The page of PoolingExplorer: several planes, colours, the methods as cards, ties, and the code."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import convwidgets as cw
from convwidgets.core.sheet import sheet
from convwidgets.scenes.base import shown
from convwidgets.scenes.pooling import words_for
from convwidgets.scenes.pooling_cards import cards
from convwidgets.scenes.pooling_page import SYLLABUS
from convwidgets.scenes.pooling_setting import METHODS
from tests.browser.lab import Notebook
from tests.browser.stage import Stage
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_kernel import stages, until
from tests.browser.test_layout import WIDER
from tests.browser.test_pooling import assert_shows, twin

PLANES = np.stack([sheet(1)[:5, :6], sheet(2)[:5, :6], -sheet(3)[:5, :6]], axis=-1)
PICTURE = np.random.default_rng(8).integers(0, 256, (40, 60, 3), dtype=np.uint8)
CARDS = """(root) => [...root.querySelectorAll(".cw-card")].map((card) => ({
    method: card.dataset.method, chosen: card.querySelector("input").checked,
    formula: card.querySelector(".cw-card-formula").textContent, note: card.querySelector(".cw-card-note").textContent,
    values: [...card.querySelectorAll(".cw-small-cells:not([hidden]) .cw-small-cell")].map((cell) => cell.textContent),
    name: card.querySelector("[role=img]").getAttribute("aria-label"),
}))"""
PIXELS = """(root, panel) => {
    const canvas = root.querySelector(`canvas[data-panel=${panel}]`);
    const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return [canvas.height, canvas.width, Array.from(data)];
}"""


def pixels(stage: Stage, panel: str) -> Any:
    height, width, data = stage.read(PIXELS, panel)
    return np.array(data).reshape(height, width, 4)[..., :3]


def chosen(stage: Stage, control: str) -> str:
    return str(stage.root.locator(f'[data-control="{control}"]:checked').get_attribute("data-value"))


def assert_cards(stage: Stage, explorer: cw.PoolingExplorer, window: tuple[int, int]) -> None:
    """Every formula, note and number on the cards is Python's."""
    for found, card in zip(stage.read(CARDS), cards(explorer.setting, window), strict=True):
        assert {name: found[name] for name in ("method", "chosen", "formula", "note")} == {
            name: card[name] for name in ("method", "chosen", "formula", "note")
        }
        values = [shown(value) for value in card["values"].ravel()]
        if found["values"]:
            assert found["values"] == values
        if len(values) <= 16:
            assert found["name"] == f"{card['label']}: {', '.join(values)}"


def test_the_cards_tell_of_the_window_that_is_looked_at(show) -> None:
    explorer = cw.PoolingExplorer(SYLLABUS, seed=2)
    stage = show(explorer)
    for row, column in np.ndindex(2, 2):
        stage.hover("output", row, column)
        assert_cards(stage, explorer, (row, column))
    stage.hover("input", 3, 3)
    assert_cards(stage, explorer, (0, 0))
    assert [len(card["values"]) for card in stage.read(CARDS)] == [4] * 4
    stage.slide("size-rows", 3)
    stage.leave()
    assert_cards(stage, twin(stage), (0, 0))


def test_a_card_chooses_its_method_by_pointer_and_by_keys(show) -> None:
    stage = show(cw.PoolingExplorer(SYLLABUS))
    height = stage.height()
    stage.root.locator(".cw-card[data-method=l2] .cw-card-note").click()
    stage.settle()
    assert (chosen(stage, "method"), twin(stage).method) == ("l2", "l2")
    assert_shows(stage, twin(stage))
    stage.root.locator('[data-control="method"]:checked').focus()
    for key, method in [("ArrowRight", "stochastic"), ("ArrowRight", "max"), ("ArrowLeft", "stochastic")]:
        stage.page.keyboard.press(key)
        stage.settle()
        assert (chosen(stage, "method"), twin(stage).method) == (method, method)
        assert_cards(stage, twin(stage), (0, 0))
        assert stage.height() == height
    assert stage.root.get_by_role("radiogroup", name="Four ways to pool").get_by_role("radio").count() == len(METHODS)
    stage.press("undo")
    expect(stage.root.locator(".cw-card[data-method=max] input")).to_be_checked()


def test_a_plane_is_chosen_and_everything_follows(show) -> None:
    explorer = cw.PoolingExplorer(PLANES, 2, stride=1, padding=1)
    stage = show(explorer)
    assert_shows(stage, explorer)
    for channel in (2, 1, 0):
        stage.press("channel", str(channel))
        explorer.channel = channel
        assert twin(stage).channel == channel
        assert_shows(stage, explorer)
        assert_cards(stage, explorer, (0, 0))
        assert stage.sentence() == words_for(explorer.setting, "output", 0, 0)
        assert f"of plane {channel} is" in stage.sentence()
    stage.page.keyboard.press("ArrowDown")
    stage.settle()
    assert chosen(stage, "channel") == "1"
    assert stage.control("undo").get_attribute("aria-disabled") == "true"


def test_numbers_are_typed_into_the_plane_that_is_seen(show) -> None:
    stage = show(cw.PoolingExplorer(PLANES, 2, channel=1, aside="gradient"))
    stage.cell("input", 1, 2).dblclick()
    stage.editor().fill("77")
    stage.editor().press("Enter")
    stage.settle()
    wanted = PLANES.copy()
    wanted[1, 2, 1] = 77
    np.testing.assert_array_equal(twin(stage).input, wanted)
    stage.cell("gradient", 0, 1).dblclick()
    stage.editor().fill("-3")
    stage.editor().press("Enter")
    stage.settle()
    explorer = twin(stage)
    assert (explorer.gradient.shape, explorer.gradient[0, 1].tolist()) == ((2, 3, 3), [1, -3, 1])
    assert explorer.input_gradient[1, 2, 1] == -3
    assert_shows(stage, explorer)


def test_planes_come_and_go(show) -> None:
    stage = show(cw.PoolingExplorer(SYLLABUS))
    height = stage.height()
    stage.press("planes-more")
    stage.press("planes-more")
    explorer = twin(stage)
    assert explorer.input.shape == (4, 4, 3)
    np.testing.assert_array_equal(explorer.input[..., 0], SYLLABUS)
    np.testing.assert_array_equal(explorer.input[..., 2], sheet(2000)[:4, :4])
    assert_shows(stage, explorer)
    assert stage.height() == height
    stage.press("channel", "2")
    stage.slide("input-rows", 6)
    grown = twin(stage).input
    assert grown.shape == (6, 6, 3)
    np.testing.assert_array_equal(grown[:4, :4], explorer.input)
    np.testing.assert_array_equal(grown[..., 2], sheet(2000)[:6, :6])
    stage.press("shift-down")
    np.testing.assert_array_equal(twin(stage).input, np.roll(grown, 1, axis=0))
    stage.press("shift-up")
    stage.press("planes-less")
    assert_shows(stage, twin(stage))
    assert twin(stage).channel == 2 and "of plane 1 is" in stage.sentence()
    stage.press("planes-more")
    np.testing.assert_array_equal(twin(stage).input, grown)
    stage.press("planes-less")
    stage.press("planes-less")
    assert twin(stage).input.ndim == 2
    stage.control("planes-less").dispatch_event("click")
    stage.settle()
    assert twin(stage).input.ndim == 2
    assert stage.control("planes-less").get_attribute("aria-disabled") == "true"
    assert "plane" not in stage.sentence()


def test_a_picture_is_pooled_in_colour(show) -> None:
    explorer = cw.PoolingExplorer(PICTURE, 4)
    stage = show(explorer, include_picture=True)
    np.testing.assert_array_equal(pixels(stage, "input"), PICTURE)
    np.testing.assert_array_equal(pixels(stage, "output"), explorer.output)
    np.testing.assert_array_equal(pixels(stage, "unpooled"), explorer.unpooled)
    names = stage.root.locator(".cw-plane-name").all_text_contents()
    assert names == ["red", "green", "blue"]
    stage.press("channel", "2")
    explorer.channel = 2
    assert stage.sentence() == words_for(explorer.setting, "output", 0, 0)
    assert " of blue is " in stage.sentence()
    np.testing.assert_array_equal(pixels(stage, "output"), explorer.output)
    stage.control("in-colour").uncheck()
    stage.settle()
    np.testing.assert_array_equal(pixels(stage, "output")[..., 0], explorer.output[..., 2])
    assert "blue" in str(stage.root.locator(".cw-panel[data-name=output] .cw-caption").text_content())
    stage.control("in-colour").check()
    stage.press("method", "average")
    explorer.method = "average"
    assert np.abs(pixels(stage, "output") - explorer.output).max() <= 0.5


def test_without_an_output_there_are_no_results_to_draw(show) -> None:
    stage = show(cw.PoolingExplorer(SYLLABUS, 5))
    height = stage.height()
    boxes = [small.bounding_box() for small in stage.root.locator(".cw-cards .cw-small, .cw-planes .cw-small").all()]
    assert all(box is None or box["width"] * box["height"] == 0 for box in boxes)
    stage.press("method", "l2")
    assert twin(stage).method == "l2"
    stage.press("repair-size")
    assert_cards(stage, twin(stage), (0, 0))
    assert stage.height() == height


def test_a_tie_is_told_and_opened(show) -> None:
    stage = show(cw.PoolingExplorer(SYLLABUS))
    ties = stage.root.locator(".cw-ties")
    expect(ties.locator(".cw-heading")).to_have_text("A tie: the same numbers, window 3 × 3, stride 1 × 1")
    expect(ties.locator(".cw-tie-story")).to_have_text(
        "3 values of 10 share the window of output row 0, column 0. The output is 10 whichever one is taken, but only "
        "one index is kept and only one of them gets the gradient: the first in reading order, input row 0, column 1."
    )
    expect(ties.locator(".cw-note")).to_have_text("Equal largest values per window: 3, 2 / 2, 1.")
    stage.press("open-tie")
    explorer = twin(stage)
    assert (explorer.size, explorer.stride, explorer.method) == (3, 1, "max")
    np.testing.assert_array_equal(explorer.input, SYLLABUS)
    assert stage.sentence() == words_for(explorer.setting, "output", 0, 0)
    expect(ties.locator(".cw-heading")).to_have_text("A tie in this setting")
    expect(stage.control("open-tie")).to_be_hidden()
    stage.press("undo")
    assert_shows(stage, cw.PoolingExplorer(SYLLABUS))


def test_numbers_without_ties_borrow_some(show) -> None:
    stage = show(cw.PoolingExplorer(np.arange(16).reshape(4, 4)))
    heading = stage.root.locator(".cw-ties .cw-heading")
    expect(heading).to_have_text("A tie: other numbers, window 3 × 3, stride 1 × 1")
    stage.press("open-tie")
    np.testing.assert_array_equal(twin(stage).input, SYLLABUS)
    assert_shows(stage, twin(stage))


@pytest.mark.parametrize(
    "options",
    [{"input": SYLLABUS}, {"input": PLANES, "size": 3, "padding": 1, "ceil_mode": True}, {"input": [3, 1, 4, 1, 5]}],
    ids=["plane", "planes", "line"],
)
def test_the_code_is_pythons_and_follows(show, options: dict[str, Any]) -> None:
    stage = show(cw.PoolingExplorer(**options))
    assert stage.code() == cw.PoolingExplorer(**options).code
    for method in METHODS[1:]:
        stage.press("method", method)
        assert stage.code() == twin(stage).code
    stage.slide("dilation-columns", 2)
    stage.press("ceil-mode", "true")
    assert stage.code() == twin(stage).code


@pytest.mark.parametrize("name", ["planes", "colour", "picture of planes"])
def test_nothing_sticks_out_at_any_width(show, name: str) -> None:
    many = np.concatenate([PLANES] * 4, axis=-1)
    inputs = {"planes": many, "colour": PICTURE, "picture of planes": np.random.default_rng(1).normal(size=(30, 40, 9))}
    stage = show(cw.PoolingExplorer(inputs[name], 2), include_picture=True)
    for width in (360, 520, 760, 1120):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.settle()
        assert stage.read(WIDER) == [width, []]


@pytest.mark.parametrize(
    ("name", "theme", "width"), [("planes", "light", 1120), ("colour", "dark", 640), ("tie", "contrast", 360)]
)
def test_axe_finds_nothing(show, axe, name: str, theme: str, width: int) -> None:  # noqa: F811
    inputs = {"planes": PLANES, "colour": PICTURE, "tie": SYLLABUS}
    stage = show(cw.PoolingExplorer(inputs[name], 2), include_picture=True)
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.page.emulate_media(**THEMES[theme])
    stage.settle()
    assert axe(stage) == []


def test_planes_and_kernel_are_in_step(lab: Notebook) -> None:
    lab.run("e = cw.PoolingExplorer([[[1, 5], [4, 2]], [[3, 0], [2, 8]]])\ne")
    (stage,) = stages(lab)
    assert stage.table("output") == [[4]]
    lab.do("e.channel = 1")
    until(lambda: stage.table("output"), [[8]])
    stage.press("planes-more")
    until(lambda: lab.eval("list(e.output.shape)"), [1, 1, 3])
    lab.do("e.input = np.full((30, 30, 3), 9, 'uint8')")
    until(lambda: stage.root.locator("canvas[data-panel]").count(), 4)
    until(lambda: " of green is " in stage.sentence(), True)
