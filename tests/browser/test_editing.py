"""Typing, dragging, painting, shifting, growing, going back: the numbers belong to the learner."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.core.sheet import row, sheet
from tests.browser.expected import assert_shows
from tests.browser.stage import Stage
from tests.browser.test_controls import changed

X = np.array([[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]])
K = np.array([[1, 0, -1], [2, 3, 4]])


def typed(stage: Stage, panel: str, row: int, column: int, text: str, key: str = "Enter") -> None:
    """Double-click a cell, replace its number, leave with a key."""
    stage.cell(panel, row, column).dblclick()
    stage.editor().fill(text)
    stage.editor().press(key)
    stage.settle()


def put(values: np.ndarray, row: int, column: int, value: Any) -> list[list[Any]]:
    array = values.copy() if isinstance(value, int) else values.astype(float)
    array[row, column] = value
    return array.tolist()


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_a_typed_number_is_kept(show, key: str) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding=1))
    before = stage.traits()
    typed(stage, "input", 1, 3, "-7", key)
    typed(stage, "kernel", 0, 1, "12", key)
    told = changed(before, stage.traits())
    assert (told.pop("input"), told.pop("kernel")) == (put(X, 1, 3, -7), put(K, 0, 1, 12))
    assert set(told) <= {"selected", "step"}
    assert stage.traits()["input"].dtype == np.int64
    assert_shows(stage, stage.twin())


def test_clicking_elsewhere_keeps_it_too(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.cell("input", 0, 0).dblclick()
    stage.editor().fill("9")
    stage.cell("output", 0, 0).click()
    assert stage.traits()["input"][0, 0] == 9


def test_escape_leaves_the_number_alone(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    typed(stage, "input", 1, 3, "77", "Escape")
    assert np.array_equal(stage.traits()["input"], X)
    assert stage.editor().count() == 0
    assert stage.cell("input", 1, 3).evaluate("e => e.firstChild.textContent") == "0"
    assert stage.focused() == ("input", 1, 3)


@pytest.mark.parametrize("text", ["", "  ", "abc", "1,2,3", "--3", "0x10", "1e", "½"])
def test_a_silly_entry_changes_nothing_and_is_told(show, text: str) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    typed(stage, "input", 1, 3, text)
    assert np.array_equal(stage.traits()["input"], X)
    assert stage.cell("input", 1, 3).evaluate("e => e.firstChild.textContent") == "0"
    if text.strip():
        assert text in stage.heard()
        assert "nothing was changed" in stage.heard()
    assert_shows(stage, stage.twin())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("−4", -4),
        ("+5", 5),
        (" 6 ", 6),
        ("007", 7),
        ("1,5", 1.5),
        (".5", 0.5),
        ("2.", 2),
        ("1e3", 1000),
        ("-1E-2", -0.01),
    ],
)
def test_numbers_as_people_write_them(show, text: str, value: float) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    typed(stage, "kernel", 1, 0, text)
    assert stage.traits()["kernel"].tolist() == put(K, 1, 0, value)
    assert_shows(stage, stage.twin())


def test_nan_and_infinity_can_be_typed(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    typed(stage, "input", 0, 0, "nan")
    typed(stage, "input", 2, 2, "-∞")
    assert np.isnan(stage.traits()["input"][0, 0])
    assert stage.traits()["input"][2, 2] == -np.inf
    assert_shows(stage, stage.twin())


def test_whole_numbers_beyond_2_to_the_53_stay_exact(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    typed(stage, "input", 0, 0, "9007199254740993")
    assert stage.traits()["input"][0, 0] == 2**53 + 1
    assert stage.traits()["input"].dtype == np.int64
    assert_shows(stage, stage.twin())
    typed(stage, "input", 0, 1, "99999999999999999999")
    twin = stage.twin()
    assert twin.input.dtype == np.float64
    assert twin.input[0, 1] == 1e20
    assert_shows(stage, twin)


def test_a_fraction_makes_the_array_float_and_undo_makes_it_whole_again(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    typed(stage, "input", 3, 4, "0.5")
    assert stage.traits()["input"].dtype == np.float64
    assert stage.cell("input", 3, 4).get_attribute("data-value") == "0.5"
    assert stage.cell("input", 0, 0).get_attribute("data-value") == "1"
    stage.press("undo")
    assert stage.traits()["input"].dtype == np.int64
    assert_shows(stage, stage.twin())


def test_uint8_widens_when_it_has_to(show) -> None:
    stage = show(cw.ConvolutionExplorer(X.clip(0).astype(np.uint8), K))
    typed(stage, "input", 0, 0, "200")
    assert stage.traits()["input"].dtype == np.uint8
    typed(stage, "input", 0, 0, "-1")
    assert stage.traits()["input"].dtype == np.int64
    assert_shows(stage, stage.twin())


def test_float32_stays_float32(show) -> None:
    stage = show(cw.ConvolutionExplorer(X.astype(np.float32), K))
    typed(stage, "input", 0, 0, "0.1")
    assert stage.traits()["input"].dtype == np.float32
    assert stage.traits()["input"][0, 0] == np.float32(0.1)
    assert stage.cell("input", 0, 0).get_attribute("data-value") == "0.1"


def test_arrows_in_the_editor_count_at_once(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.cell("kernel", 1, 1).dblclick()
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "ArrowUp"):
        stage.editor().press(key)
    stage.settle()
    assert stage.editor().input_value() == "5"
    assert stage.values("kernel")[1, 1] == 5
    stage.editor().press("Enter")
    assert stage.traits()["kernel"].tolist() == put(K, 1, 1, 5)
    assert_shows(stage, stage.twin())


def test_a_key_opens_the_editor_with_it(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.cell("input", 2, 1).focus()
    stage.page.keyboard.type("-12")
    stage.page.keyboard.press("Enter")
    assert stage.traits()["input"].tolist() == put(X, 2, 1, -12)
    assert stage.focused() == ("input", 2, 1)


def test_results_and_padding_cannot_be_edited(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding=1, activation="relu"))
    for panel, at in [("output", (0, 0)), ("preactivation", (0, 0)), ("input", (-1, 0)), ("input", (0, 5))]:
        stage.cell(panel, *at).dblclick()
        assert stage.editor().count() == 0
        stage.cell(panel, *at).press("5")
        assert stage.editor().count() == 0
    assert np.array_equal(stage.traits()["input"], X)


def test_the_flipped_kernel_is_edited_where_it_is_seen(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, flip=True))
    typed(stage, "kernel", 0, 0, "50")
    assert stage.traits()["kernel"].tolist() == put(K, 1, 2, 50)
    assert stage.cell("kernel", 0, 0).get_attribute("data-weight") == "1,2"
    assert_shows(stage, stage.twin())


def drag(stage: Stage, cell: Any, up: float) -> None:
    box = cell.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    for part in range(1, 7):
        stage.page.mouse.move(x, y - up * part / 6)
    stage.page.mouse.up()
    stage.settle()


@pytest.mark.parametrize("panel", ["kernel", "input"])
def test_dragging_a_cell_changes_its_number(show, panel: str) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    before = stage.traits()
    drag(stage, stage.cell(panel, 1, 1), 60)
    array = stage.traits()[panel]
    assert array[1, 1] > before[panel][1, 1]
    assert array.dtype == np.int64
    assert array.tolist() == put(before[panel], 1, 1, int(array[1, 1]))
    assert_shows(stage, stage.twin())
    drag(stage, stage.cell(panel, 1, 1), -120)
    assert stage.traits()[panel][1, 1] < array[1, 1]
    stage.press("undo")
    assert stage.traits()[panel][1, 1] == array[1, 1]
    stage.press("undo")
    assert np.array_equal(stage.traits()[panel], before[panel])


def test_painting_follows_the_pointer(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.press("paint")
    stage.fill("paint-value", "8")
    boxes = [stage.cell("input", 1, column).bounding_box() for column in (0, 1, 2, 3)]
    centres = [(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2) for box in boxes if box]
    stage.page.mouse.move(*centres[0])
    stage.page.mouse.down()
    for centre in centres[1:]:
        stage.page.mouse.move(*centre, steps=3)
    stage.page.mouse.up()
    stage.settle()
    expected = X.copy()
    expected[1, :4] = 8
    assert stage.traits()["input"].tolist() == expected.tolist()
    assert_shows(stage, stage.twin())
    stage.press("undo")
    assert np.array_equal(stage.traits()["input"], X)
    stage.press("paint")
    stage.cell("input", 2, 2).click()
    assert np.array_equal(stage.traits()["input"], X)


def test_painting_leaves_the_kernel_alone(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.press("paint")
    stage.cell("kernel", 0, 0).click()
    assert np.array_equal(stage.traits()["kernel"], K)


@pytest.mark.parametrize("seed", [0, 41])
def test_new_numbers_are_the_next_sheet(show, seed: int) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, seed=seed))
    before = stage.traits()
    for turn in (1, 2):
        stage.press("new-numbers")
        told = changed(before, stage.traits())
        assert told == {"seed": seed + turn, "input": sheet(seed + turn)[:4, :5].tolist()}
    stage.press("undo")
    assert stage.traits()["seed"] == seed + 1
    assert_shows(stage, stage.twin())


def test_new_numbers_of_a_line(show) -> None:
    stage = show(cw.ConvolutionExplorer([3, 1, 4, 1, 5, 9, 2], [1, -1]))
    stage.press("new-numbers")
    assert stage.traits()["input"].tolist() == row(1)[:7].tolist()


@pytest.mark.parametrize(("way", "shift"), [("up", (-1, 0)), ("down", (1, 0)), ("left", (0, -1)), ("right", (0, 1))])
def test_shifting_rolls_the_input(show, way: str, shift: tuple[int, int]) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    before = stage.traits()
    stage.press(f"shift-{way}")
    assert changed(before, stage.traits()) == {"input": np.roll(X, shift, (0, 1)).tolist()}
    assert_shows(stage, stage.twin())


def test_the_output_follows_a_shift_and_the_page_counts_how_much_of_it(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    first = np.array(stage.table("output"))
    stage.press("shift-right")
    second = np.array(stage.table("output"))
    equal = int((second[:, 1:] == first[:, :-1]).sum())
    assert equal == second[:, 1:].size == 6
    assert stage.root.locator(".cw-ghost-note").inner_text() == "6 of 6 output values moved along with the input."
    stage.slide("stride-columns", 2)
    stage.press("shift-right")
    assert "no multiple of the stride 2" in stage.root.locator(".cw-ghost-note").inner_text()
    stage.press("shift-right")
    assert "moved along" in stage.root.locator(".cw-ghost-note").inner_text()


def test_what_shrinking_cut_off_returns_until_reset(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, chained=()))
    stage.slide("input-columns", 4, 3)
    stage.slide("input-rows", 2)
    assert stage.traits()["input"].tolist() == X[:2, :3].tolist()
    typed(stage, "input", 0, 0, "9")
    stage.slide("input-columns", 7)
    stage.slide("input-rows", 6)
    expected = sheet(0)[:6, :7].copy()
    expected[:4, :5] = X
    expected[0, 0] = 9
    assert stage.traits()["input"].tolist() == expected.tolist()
    stage.slide("kernel-columns", 1)
    stage.slide("kernel-columns", 4)
    assert stage.traits()["kernel"].tolist() == [[1, 0, -1, 0], [2, 3, 4, 0]]
    stage.press("reset")
    assert np.array_equal(stage.traits()["input"], X)
    assert np.array_equal(stage.traits()["kernel"], K)
    stage.slide("input-columns", 6)
    assert stage.traits()["input"][:, 5].tolist() == sheet(0)[:4, 5].tolist()


def test_a_line_grows_with_the_cells_of_the_sheet(show) -> None:
    stage = show(cw.ConvolutionExplorer([3, 1, 4], [1, -1]))
    stage.slide("input-columns", 20)
    assert stage.traits()["input"].tolist() == [3, 1, 4, *row(0)[3:20]]


def test_undo_and_redo_walk_through_everything(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    states = [stage.traits()]
    for act in (
        lambda: stage.slide("stride-rows", 2),
        lambda: typed(stage, "kernel", 0, 0, "7"),
        lambda: stage.press("flip", "true"),
        lambda: stage.choose("padding-mode", "same"),
        lambda: stage.slide("input-rows", 6),
        lambda: stage.press("new-numbers"),
        lambda: stage.fill("bias", "3"),
    ):
        act()
        states.append(stage.traits())
    settings = cw.ConvolutionExplorer.sources
    for state in states[-2::-1]:
        stage.press("undo")
        assert set(changed(state, stage.traits())).isdisjoint(settings)
        assert_shows(stage, stage.twin())
    assert stage.control("undo").get_attribute("aria-disabled") == "true"
    for state in states[1:]:
        stage.press("redo")
        assert set(changed(state, stage.traits())).isdisjoint(settings)
    assert stage.control("redo").get_attribute("aria-disabled") == "true"
    assert_shows(stage, stage.twin())


def test_reset_returns_to_the_start_and_can_be_undone(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, stride=(1, 2)))
    start = stage.traits()
    stage.slide("dilation-rows", 2)
    stage.press("new-numbers")
    late = stage.traits()
    stage.press("reset")
    assert changed(start, stage.traits()) == {}
    stage.press("undo")
    assert changed(late, stage.traits()) == {}


def test_the_ghost_is_the_previous_output(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    old = stage.values("output")
    stage.slide("stride-columns", 2)
    note = stage.root.locator(".cw-ghost-note").inner_text()
    assert note == f"before: stride 1, {3} × {3}"
    shown = {
        place: stage.cell("output", *place).evaluate("e => e.querySelector('.cw-before')?.textContent ?? ''")
        for place in stage.values("output")
    }
    now = stage.values("output")
    assert {place: text for place, text in shown.items() if text} == {
        place: str(old[place]).replace("-", "−") for place in now if old[place] != now[place]
    }
    beyond = stage.root.locator('[data-panel="output"] .cw-ghost').all_inner_texts()
    assert beyond == [str(old[place]).replace("-", "−") for place in old if place not in now]
    stage.press("ghost")
    assert stage.root.locator('[data-panel="output"] .cw-ghost').count() == 0
    assert stage.values("output") == now


@pytest.fixture(scope="module")
def paper(project: Any) -> dict[str, Any]:
    return json.loads((project / "tests" / "golden" / "paper.json").read_text())


@pytest.mark.parametrize("figure", ["1.1", "1.2"])
def test_a_preset_shows_the_numbers_of_the_paper(show, paper: dict[str, Any], figure: str) -> None:
    (golden,) = [each for each in paper["numerical_figures"] if each["figure"] == figure and each["op"] == "conv"]
    stage = show(cw.ConvolutionExplorer())
    labels = stage.control("preset").evaluate("e => [...e.options].map(o => o.textContent)")
    stage.choose("preset", next(label for label in labels if label.startswith(figure)))
    assert stage.table("output") == golden["output"]
    assert stage.table("kernel") == golden["kernel"]
    assert stage.traits()["input"].tolist() == golden["input"]


def test_every_preset_has_the_sizes_of_the_paper_and_can_be_undone(show, paper: dict[str, Any]) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, bias=3, flip=True, pad_mode="reflect", activation="tanh", padding=1))
    start = stage.traits()
    sizes = {each["figure"]: each["o"] for each in paper["figures"]}
    options = stage.control("preset").evaluate("e => [...e.options].filter(o => o.value).map(o => o.textContent)")
    presets = {each["label"]: each["set"] for each in stage.page.evaluate("host.model.get('page').presets")}
    assert options == list(presets)
    for label in options:
        stage.choose("preset", label)
        traits = stage.traits()
        for name, value in presets[label].items():
            assert (traits[name].tolist() if name in ("input", "kernel") else traits[name]) == value
        figure = label.split()[0]
        if figure in sizes:
            assert np.shape(stage.table("output")) == (sizes[figure],) * 2
        assert_shows(stage, stage.twin())
        stage.press("undo")
        assert set(changed(start, stage.traits())) <= {"step", "selected"}
