"""The page of ChannelExplorer: numbers, links, sentences, filters, groups, counts, keys, widths, themes, repairs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import convwidgets as cw
from convwidgets.scenes.base import shown
from convwidgets.scenes.channels import words_for
from convwidgets.scenes.channels_catalogue import FILTERS, RGB, planes
from tests.browser.lab import Notebook
from tests.browser.stage import Stage, number
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_kernel import stages
from tests.browser.test_layout import SLIDE_ALL, WIDER
from tests.browser.waiting import until
from tests.scenes.test_channels_mirror import expected_links


def bank(height: int, width: int, depth: int, filters: int) -> Any:
    return (np.arange(height * width * depth * filters) * 5 % 7 - 3).reshape(height, width, depth, filters)


PLAYED: dict[str, Any] = {"input": RGB, "kernel": FILTERS, "bias": (1, 0), "activation": "relu", "step": 9}
BOARDS: dict[str, dict[str, Any]] = {
    "opening": {},
    "padded, stride, bias": {
        **PLAYED, "filter": 1, "padding": 1, "stride": 2, "activation": "tanh", "flip": True, "pad_mode": "reflect",
    },
    "two groups": {"input": planes(4, 4, 4), "kernel": bank(2, 2, 2, 4), "groups": 2, "filter": 3},
    "depthwise": {"input": RGB, "kernel": bank(2, 2, 1, 3), "groups": 3, "bias": 0.5},
    "mix": {"input": RGB, "kernel": [[[[1, 0], [-2, 1], [1, 3]]]]},
    "many": {"input": planes(3, 3, 20), "kernel": bank(2, 2, 20, 30), "plane": 9, "filter": 14},
}  # fmt: skip
CURVES = """(root) => root.querySelector(".cw-curve").getAttribute("d").split("M").length - 1"""
BEAMS = """(root) => root.querySelector(".cw-channel-rows .cw-beam").getAttribute("d").split("M").length - 1"""
PIXELS = """(root) => [...root.querySelectorAll(".cw-filter-thumb-map")].map((canvas) => {
    const {width, height} = canvas;
    const data = canvas.getContext("2d").getImageData(0, 0, width, height).data;
    return [...Array(width * height).keys()].map((i) => Math.sign(data[4 * i] - data[4 * i + 2]));
})"""


def twin(stage: Stage) -> cw.ChannelExplorer:
    """An explorer in Python with the state of the page."""
    return cw.ChannelExplorer(**stage.traits())


def assert_shows(stage: Stage, explorer: cw.ChannelExplorer) -> None:
    """Every number and every word on the page is the explorer's."""
    scene, page = explorer.compose(), stage.panels()
    assert scene["error"] == ""
    assert set(page) == {panel["name"] for panel in scene["panels"]}
    for panel in scene["panels"]:
        (top, left), values = panel["origin"], panel["values"]
        cells = page[panel["name"]]
        assert [cell.place for cell in cells] == [(top + r, left + c) for r, c in np.ndindex(values.shape)]
        for cell, value in zip(cells, values.ravel(), strict=True):
            assert cell.text == shown(value)
            assert number(str(cell.value)) == pytest.approx(float(value), rel=1e-12)
    assert stage.subtitle() == scene["subtitle"]
    assert len(stage.formula()) == 2
    assert stage.root.locator(".cw-channels-line").text_content() == scene["formula"].splitlines()[-1]
    sides = stage.root.locator(".cw-side-head").all_text_contents()
    counts = scene["weights"]
    assert f"= {counts['convolution']:,} weights, {counts['convolution'] + counts['biases']:,} with biases" in sides[0]
    assert f"= {counts['dense']:,} weights, {counts['dense'] + counts['dense_biases']:,} with biases" in sides[1]


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_every_number_link_and_sentence(show, board: dict[str, Any]) -> None:
    explorer = cw.ChannelExplorer(**board)
    stage = show(explorer)
    assert_shows(stage, explorer)
    setting, scene = explorer.setting, explorer.scene
    told = stage.hover_all()
    assert len(told) == sum(panel["values"].size for panel in scene["panels"])
    for entry in told:
        place: Any = tuple(entry["at"])
        assert entry["sentence"] == words_for(setting, scene["filter"], *place)
        wanted = expected_links(setting, scene, *place) - {place}
        assert {tuple(each) for each in entry["linked"]} - {place} == wanted, place


def test_the_sentence_the_parts_and_what_flows(show) -> None:
    stage = show(cw.ChannelExplorer(**PLAYED))
    assert stage.sentence() == (
        "Output row 2, column 1, channel 0 is 14 = ReLU(8 red + 7 green − 2 blue + 1 bias) = ReLU(14)."
    )
    parts = stage.root.locator(".cw-addend")
    assert parts.all_text_contents() == ["red8", "green7", "blue−2", "bias1", "sum14", "ReLU14"]
    assert (stage.read(BEAMS), stage.read(CURVES)) == (3, 3)
    stage.hover("partial-1", 0, 0)
    assert (stage.read(BEAMS), stage.read(CURVES)) == (1, 1)
    stage.hover("input-1", 0, 0)
    assert (stage.read(BEAMS), stage.read(CURVES)) == (0, 0)
    stage.leave()
    stage.press("forward")
    assert parts.last.text_content() == "ReLU12"
    assert stage.shown_step() == 10


def test_a_filter_is_chosen_and_its_map_is_drawn(show) -> None:
    explorer = cw.ChannelExplorer(RGB, FILTERS, bias=(1, 0))
    stage = show(explorer)
    stage.press("filter", "1")
    explorer.filter = 1
    assert_shows(stage, explorer)
    assert stage.traits()["filter"] == 1
    chosen = stage.root.locator('[data-control="filter"] [aria-pressed="true"]')
    expect(chosen).to_have_text("Filter 1, bias 0")
    assert stage.control("undo").get_attribute("aria-disabled") == "true"
    signs = stage.read(PIXELS)
    for filter in range(2):
        values = explorer.output[:, :, filter].ravel()
        clear = abs(values) > 0.3 * abs(values).max()
        assert np.array_equal(np.sign(values)[clear], np.array(signs[filter])[clear])


def test_many_filters_and_planes_are_walked_through(show) -> None:
    stage = show(cw.ChannelExplorer(**BOARDS["many"]))
    assert stage.root.locator('[data-control="filter"] button').count() == 12
    stage.press("filter-more")
    assert stage.traits()["filter"] == 15
    assert_shows(stage, twin(stage))
    stage.press("planes-after")
    assert stage.traits()["plane"] == 16
    assert_shows(stage, twin(stage))
    stage.press("planes-after")
    stage.press("planes-before")
    assert stage.traits()["plane"] == 8


CHANGES: dict[str, Callable[[Stage], None]] = {
    "more planes": lambda stage: stage.slide("planes", 4, 5),
    "fewer planes": lambda stage: stage.slide("planes", 1),
    "more filters": lambda stage: stage.slide("filters", 3, 4),
    "depthwise": lambda stage: stage.press("groups", "3"),
    "1 × 1": lambda stage: stage.press("one", "1"),
    "kernel size": lambda stage: stage.slide("kernel-rows", 2),
    "input size": lambda stage: stage.slide("input-columns", 5),
    "stride and padding": lambda stage: (stage.slide("stride-rows", 2), stage.slide("padding-rows", 1)),
    "flip": lambda stage: stage.press("flip", "true"),
    "bias": lambda stage: (stage.press("filter", "1"), stage.press("bias-more"), stage.fill("bias", "2.5")),
    "activation": lambda stage: stage.choose("activation", "sigmoid"),
    "padding mode": lambda stage: (stage.choose("padding-mode", "same"), stage.choose("pad-mode", "circular")),
    "new numbers": lambda stage: stage.press("new-numbers"),
    "moved": lambda stage: (stage.press("shift-left"), stage.press("shift-down")),
    "preset": lambda stage: stage.choose("preset", "2 groups of 4 planes"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_controls_change_the_state_and_undo_brings_it_back(show, change: Callable[[Stage], None]) -> None:
    stage = show(cw.ChannelExplorer())
    change(stage)
    assert_shows(stage, twin(stage))
    while stage.control("undo").get_attribute("aria-disabled") == "false":
        stage.press("undo")
    assert twin(stage).output.shape == (5, 4, 2)
    stage.press("redo")
    stage.press("reset")
    assert np.array_equal(twin(stage).output, cw.ChannelExplorer().output)


def test_weights_keep_the_plane_that_they_look_at(show) -> None:
    kernel = bank(2, 2, 4, 4)
    stage = show(cw.ChannelExplorer(planes(4, 4, 4), kernel))
    stage.press("groups", "4")
    deep = twin(stage).kernel
    assert deep.shape == (2, 2, 1, 4)
    for filter in range(4):
        assert np.array_equal(deep[:, :, 0, filter], kernel[:, :, filter, filter])
    stage.press("groups", "2")
    two = twin(stage).kernel
    for filter in range(4):
        first = filter // 2 * 2
        assert np.array_equal(two[:, :, :, filter], kernel[:, :, first : first + 2, filter])
    stage.press("groups", "1")
    assert np.array_equal(twin(stage).kernel, kernel)
    stage.slide("filters", 2)
    stage.slide("planes", 2)
    stage.slide("planes", 4)
    stage.slide("filters", 4)
    assert np.array_equal(twin(stage).kernel, kernel)
    assert np.array_equal(twin(stage).input, planes(4, 4, 4))


def test_depthwise_has_a_filter_for_every_plane(show) -> None:
    stage = show(cw.ChannelExplorer(RGB, FILTERS, bias=(3, 4)))
    stage.press("groups", "3")
    state = twin(stage)
    assert (state.kernel.shape, state.groups, state.bias) == ((3, 4, 1, 3), 3, (3, 4, 0))
    assert stage.root.locator(".cw-unseen").all_text_contents() == [
        "Filter 0 does not see green.", "Filter 0 does not see blue."
    ]  # fmt: skip
    stage.press("undo")
    assert twin(stage).kernel.shape == (3, 4, 3, 2)


def test_numbers_are_typed_and_dragged(show) -> None:
    stage = show(cw.ChannelExplorer(RGB, FILTERS, flip=True, filter=1))
    stage.cell("kernel-2", 0, 0).dblclick()
    stage.editor().fill("7")
    stage.editor().press("Enter")
    stage.settle()
    assert twin(stage).kernel[2, 3, 2, 1] == 7
    stage.cell("input-1", 3, 4).dblclick()
    stage.editor().fill("-0.5")
    stage.editor().press("Enter")
    stage.settle()
    explorer = twin(stage)
    assert (explorer.input[3, 4, 1], explorer.input.dtype.name) == (-0.5, "float64")
    assert_shows(stage, explorer)
    box = stage.cell("kernel-0", 1, 1).bounding_box()
    assert box is not None
    x, y = box["x"] + 8, box["y"] + 8
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    stage.page.mouse.move(x, y - 36, steps=4)
    stage.page.mouse.up()
    stage.settle()
    before = FILTERS[1, 2, 0, 1]
    assert twin(stage).kernel[1, 2, 0, 1] == before + 3
    for _ in range(3):
        stage.press("undo")
    assert np.array_equal(twin(stage).kernel, FILTERS)
    assert twin(stage).input.dtype.name == "int64"


REFUSED: list[tuple[dict[str, Any], str, str]] = [
    ({"groups": 2}, "groups", "The groups do not divide without rest."),
    ({"groups": 2}, "planes", "The groups do not divide without rest."),
    ({"kernel": bank(2, 2, 1, 4), "groups": 3}, "filters", "The groups do not divide without rest."),
    ({"kernel": bank(2, 2, 2, 2)}, "depth", "A filter needs one slice for every plane."),
    ({"kernel": bank(2, 2, 1, 3)}, "groups", "A filter needs one slice for every plane."),
    ({"bias": (1, 2, 3)}, "bias", "There must be one bias for every filter."),
    ({"kernel": bank(8, 2, 3, 2)}, "padding", "Rows: the kernel does not fit."),
]


@pytest.mark.parametrize(("options", "repair", "reason"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_does_not_fit_is_explained_and_repaired(show, options: dict[str, Any], repair: str, reason: str) -> None:
    explorer = cw.ChannelExplorer(**{"input": RGB, "kernel": FILTERS, **options})
    stage = show(explorer)
    height = stage.height()
    assert explorer.error in str(stage.root.get_by_role("alert").text_content())
    assert reason in str(stage.root.locator(".cw-failed").text_content())
    stage.press(f"repair-{repair}")
    assert_shows(stage, twin(stage))
    assert abs(stage.height() - height) <= 1


def test_counts_that_do_not_match_keep_the_last_picture(show) -> None:
    stage = show(cw.ChannelExplorer(planes(4, 4, 4), bank(2, 2, 2, 4), groups=2))
    before = stage.table("output")
    stage.slide("planes", 5)
    assert "groups=2 must divide the 5 input channels and the 4 filters" in str(
        stage.root.get_by_role("alert").text_content()
    )
    assert stage.table("output") == before
    stage.press("repair-undo")
    assert_shows(stage, twin(stage))
    stage.slide("filters", 3)
    stage.press("repair-filters")
    assert twin(stage).kernel.shape == (2, 2, 2, 4)


def test_by_keyboard(show) -> None:
    explorer = cw.ChannelExplorer(**PLAYED)
    stage = show(explorer)
    stage.cell("output", 0, 0).focus()
    stage.page.keyboard.press("ArrowDown")
    stage.settle()
    assert (stage.focused(), stage.traits()["step"]) == (("output", 1, 0), 4)
    assert stage.heard() == words_for(explorer.setting, 0, "output", 1, 0)
    stage.page.keyboard.press("Escape")
    stage.control("filter").locator("button").nth(1).focus()
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert stage.traits()["filter"] == 1
    stage.cell("kernel-1", 0, 0).focus()
    stage.page.keyboard.type("9")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert twin(stage).kernel[0, 0, 1, 1] == 9
    assert stage.traits()["selected"] == ["kernel-1", 0, 0]
    assert_shows(stage, twin(stage))


def test_the_connection_pictures_say_what_is_connected(show) -> None:
    stage = show(cw.ChannelExplorer(**PLAYED))
    convolution, dense = (stage.root.locator(f'[data-picture="{name}"]') for name in ("convolution", "dense"))
    expect(convolution).to_have_attribute("aria-label", "36 of 147 units are connected.")
    expect(dense).to_have_attribute("aria-label", "147 of 147 units are connected, each by a weight of its own.")
    stage.hover("input-0", 0, 1)
    expect(convolution).to_have_attribute("aria-label", "4 of 40 units are connected.")
    expect(dense).to_have_attribute("aria-label", "40 of 40 units are connected, each by a weight of its own.")


@pytest.mark.parametrize("width", [1180, 640])
def test_the_stage_keeps_its_height(show, width: int) -> None:
    stage = show(cw.ChannelExplorer(activation="relu"))
    stage.page.set_viewport_size({"width": width, "height": 1000})
    stage.settle()
    height = stage.height()
    heights: dict[str, float] = stage.read(SLIDE_ALL)
    for control, value in (("groups", "3"), ("one", "1"), ("filter", "1")):
        stage.press(control, value)
        heights[value] = stage.height()
    stage.choose("padding-mode", "full")
    heights["full"] = stage.height()
    assert {what: found - height for what, found in heights.items() if abs(found - height) > 1} == {}


@pytest.mark.parametrize("name", ["opening", "many", "picture", "impossible"])
def test_nothing_sticks_out_at_any_width(show, name: str) -> None:
    own = {"picture": {"input": PHOTO, "kernel": FILTERS}, "impossible": {"groups": 2}}
    stage = show(cw.ChannelExplorer(**{**BOARDS, **own}[name]), include_picture=True)
    for width in (360, 520, 700, 760, 1120):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.settle()
        assert stage.read(WIDER) == [width, []]


def test_on_a_phone_one_plane_is_in_front(show) -> None:
    stage = show(cw.ChannelExplorer(**PLAYED))
    stage.page.set_viewport_size({"width": 360, "height": 740})
    stage.settle()
    expect(stage.cell("input-0", 0, 0)).to_be_visible()
    expect(stage.cell("input-2", 0, 0)).to_be_hidden()
    stage.press("plane", "2")
    expect(stage.cell("input-2", 0, 0)).to_be_visible()
    expect(stage.cell("kernel-2", 2, 3)).to_be_in_viewport()
    assert stage.traits()["plane"] == 2


@pytest.mark.parametrize(
    ("name", "theme", "width"),
    [("padded, stride, bias", "light", 1180), ("two groups", "dark", 1180), ("many", "contrast", 1180),
     ("opening", "dark", 360)],
)  # fmt: skip
def test_axe_finds_nothing(show, axe, name: str, theme: str, width: int) -> None:  # noqa: F811
    stage = show(cw.ChannelExplorer(**BOARDS[name]))
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.page.emulate_media(**THEMES[theme])
    stage.settle()
    assert stage.root.get_attribute("data-theme") == theme
    assert axe(stage) == []


def test_axe_finds_nothing_where_there_is_no_output(show, axe) -> None:  # noqa: F811
    assert axe(show(cw.ChannelExplorer(groups=2))) == []


PHOTO = np.random.default_rng(1).integers(0, 256, (40, 60, 3), dtype=np.uint8)


def test_a_photograph_is_drawn_by_planes_magnified_and_stays_private(show) -> None:
    explorer = cw.ChannelExplorer(PHOTO, FILTERS, bias=(1, 0))
    stage = show(explorer, include_picture=True)
    assert stage.root.locator("canvas[data-panel]").count() == 7
    assert stage.sentence() == words_for(explorer.setting, 0, "output", 0, 0)
    stage.slide("scrub", 64)
    assert stage.sentence() == words_for(explorer.setting, 0, "output", 1, 7)
    for plane in range(3):
        assert stage.table(f"magnifier-{plane}") == PHOTO[1:4, 7:11, plane].tolist()
    stage.press("filter", "1")
    assert stage.sentence() == words_for(explorer.setting, 1, "output", 1, 7)
    assert "not saved" in str(show(explorer).sentence())


def test_code_follows_the_page(show) -> None:
    stage = show(cw.ChannelExplorer(**PLAYED))
    for language in ("keras", "pytorch", "latex", "numpy"):
        stage.press(f"code-{language}")
    stage.press("groups", "3")
    text = stage.root.locator(".cw-code pre:visible, .cw-code [role=tabpanel]:visible").first.text_content()
    assert str(text).strip().endswith("y = np.maximum(y, 0)")
    assert twin(stage).code["NumPy"] in str(text)


def test_page_and_kernel_are_in_step(lab: Notebook) -> None:
    lab.run("e = cw.ChannelExplorer([[[1, 5], [2, 6]]], [[[[3, 0], [4, 1]]]], bias=(-1, 0))\ne")
    (stage,) = stages(lab)
    assert stage.table("output") == lab.eval("e.output[:, :, 0]") == [[22, 29]]
    stage.press("filter", "1")
    until(lambda: lab.eval("[e.filter, e.output[:, :, 1]]"), [1, stage.table("output")])
    stage.press("groups", "2")
    until(lambda: lab.eval("[e.groups, e.kernel.shape[2], e.error]"), [2, 1, ""])
    lab.do("e.groups = 1")
    expect(stage.root.get_by_role("alert")).to_contain_text("takes 1 channels, but the input has 2")
    stage.press("repair-depth")
    until(lambda: lab.eval("[e.kernel.shape[2], e.error, e.output[:, :, 1]]"), [2, "", stage.table("output")])
