"""The page of LayerTable: rows, sentences, editing, building, reordering, repairs, keys, widths, themes, undo."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

import convwidgets as cw
from convwidgets.core.layers import (
    AveragePooling2D,
    Conv1D,
    Conv2D,
    Conv2DTranspose,
    Dense,
    Flatten,
    Input,
    MaxPooling2D,
    Reshape,
    UpSampling2D,
    from_config,
)
from convwidgets.scenes.layers import scene
from convwidgets.scenes.layers_page import presets
from tests.browser.stage import Stage
from tests.browser.test_accessible import THEMES, axe  # noqa: F401

STOPS = [
    Input((13, 9, 3)), Conv2D(8, 3), MaxPooling2D(2), Conv2D(16, 3), MaxPooling2D(2), MaxPooling2D(2), Flatten(),
    Dense(10),
]  # fmt: skip
SMALL = [Input((9, 8, 4)), Conv2D(6, 3, name="first"), MaxPooling2D(2), Flatten(), Dense(5)]
ROWS = """(root) => [...root.querySelectorAll("[role=row][data-row]")].map((row) => {
    const text = (name) => row.querySelector(`.cw-ly-${name}-text`).textContent;
    return {
        number: Number(row.dataset.row), name: row.querySelector(".cw-ly-layer-name").value,
        type: row.querySelector(".cw-ly-layer-type").textContent, shape: text("shape"), unread: text("unread"),
        field: text("field"), multiply_adds: text("adds"), formula: text("formula"), params: text("params"),
        values: [...row.querySelectorAll("[role=gridcell][data-value]")].map((cell) => cell.dataset.value),
    };
})"""
CLIPPED = """(root) => [...root.querySelectorAll("[role=row][data-row] *, .cw-ly-total, .cw-ly-talk *")].filter((e) =>
    e.checkVisibility({visibilityProperty: true}) && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
    && getComputedStyle(e).display !== "inline" && getComputedStyle(e).overflowX !== "auto"
).map((e) => `${e.className} ${e.textContent.slice(0, 40)} ${e.scrollWidth} > ${e.clientWidth}`)"""


def twin(stage: Stage) -> cw.LayerTable:
    """A table in Python with the state of the page."""
    return cw.LayerTable(**stage.traits())


def row(stage: Stage, number: int) -> Locator:
    return stage.root.locator(f"[role=row][data-row='{number}']")


def assert_shows(stage: Stage, table: cw.LayerTable) -> None:
    """Every row on the page is the table's."""
    wanted = table.scene
    found = stage.read(ROWS)
    assert len(found) == len(wanted["rows"])
    for mine, theirs in zip(found, wanted["rows"], strict=True):
        for key in ("number", "name", "type", "shape", "field", "multiply_adds", "formula", "params"):
            assert mine[key] == theirs[key], (mine, key)
        assert mine["unread"].split("\n") == (theirs["unread"] or [""])
    for mine, known in zip(found, table.table["rows"], strict=False):
        sizes = [known["output_shape"], [axis["seen"] for axis in known["receptive_field"]]]
        counts = [str(known["multiply_adds"]), str(known["params"])]
        assert mine["values"] == [*(",".join(map(str, each)) for each in sizes), *counts]
    assert stage.subtitle() == wanted["subtitle"]
    total = stage.root.locator(".cw-ly-total").text_content() or ""
    assert all(text in total for text in (wanted["total"]["params"], wanted["total"]["memory"]))


def says(stage: Stage) -> str:
    return str(stage.root.locator(".cw-ly-says .cw-sentence").text_content())


def choose_row(stage: Stage, number: int) -> None:
    row(stage, number).focus()
    stage.settle()


def test_every_preset_is_the_table_of_python(show) -> None:
    stage = show(cw.LayerTable())
    assert_shows(stage, cw.LayerTable())
    for index, preset in enumerate(presets()):
        stage.choose("preset", str(index))
        table = cw.LayerTable(preset["set"]["layers"], name=preset["set"]["name"])
        assert_shows(stage, table)
        assert says(stage) == table.scene["sentence"]
        assert stage.traits() == {"layers": preset["set"]["layers"], "name": preset["set"]["name"], "selected": None}
    stage.press("reset")
    assert_shows(stage, cw.LayerTable())


@pytest.mark.parametrize("stack", [SMALL, STOPS], ids=["small", "stops"])
def test_every_row_says_what_python_says(show, stack) -> None:
    stage = show(cw.LayerTable(stack))
    table = scene(stack)
    for each in table["rows"]:
        row(stage, each["number"]).hover()
        stage.settle()
        if each["number"] == table["stop"]:
            assert stage.root.locator(".cw-ly-why").text_content() == table["error"].split(" Here would fit ")[0]
        else:
            assert says(stage) == each["sentence"]
    stage.leave()
    choose_row(stage, 1)
    assert says(stage) == table["rows"][1]["sentence"] == stage.heard()
    row(stage, 2).hover()
    stage.settle()
    assert says(stage) == table["rows"][2]["sentence"]
    assert stage.heard() == table["rows"][1]["sentence"]


EDITS: list[tuple[str, str, dict[str, Any]]] = [
    ("filters-1", "12", {"filters": 12}),
    ("kernel-size-1", "2", {"kernel_size": [2, 2]}),
    ("kernel-size-1", "4 × 2", {"kernel_size": [4, 2]}),
    ("strides-1", "2,1", {"strides": [2, 1]}),
    ("pool-size-2", "3x2", {"pool_size": [3, 2]}),
    ("strides-2", "1", {"strides": [1, 1]}),
    ("units-4", "7", {"units": 7}),
    ("shape-0", "20 × 10 × 3", {"shape": [20, 10, 3]}),
]


def test_what_is_typed_changes_every_row_at_once(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    before = [each.config() for each in SMALL]
    for control, text, wanted in EDITS:
        number = int(control.rpartition("-")[2])
        stage.fill(control, text)
        table = twin(stage)
        assert_shows(stage, table)
        changed = [each.config() for each in table.layers]
        assert changed[number] == before[number] | wanted
        assert changed[:number] + changed[number + 1 :] == before[:number] + before[number + 1 :]
        stage.press("undo")
        assert stage.traits()["layers"] == before
        assert_shows(stage, twin(stage))
    stage.press("redo")
    assert stage.traits()["layers"] == changed


def test_each_digit_shows_while_it_is_typed_and_is_one_step_of_undo(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    field = stage.control("filters-1")
    field.focus()
    field.press("Control+a")
    field.press_sequentially("128")
    stage.settle()
    expect(row(stage, 1).locator(".cw-ly-shape-text")).to_have_text("7 × 6 × 128")
    field.press("ArrowUp")
    stage.settle()
    expect(row(stage, 4).locator(".cw-ly-formula-text")).to_have_text("(1161 + 1)·5")
    expect(field).to_have_value("129")
    field.press("Enter")
    stage.settle()
    expect(row(stage, 1)).to_be_focused()
    stage.press("undo")
    assert_shows(stage, cw.LayerTable(SMALL))
    field.focus()
    field.fill("9")
    field.press("Escape")
    stage.settle()
    assert_shows(stage, cw.LayerTable(SMALL))


def test_choices_and_switches(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    choose_row(stage, 1)
    stage.choose("padding-1", "same")
    stage.choose("activation-1", "relu")
    stage.control("use-bias-1").uncheck()
    stage.fill("dilation-rate-1", "2")
    stage.fill("groups-1", "2")
    table = twin(stage)
    assert repr(table.layers[1]) == (
        "Conv2D(filters=6, kernel_size=3, padding='same', dilation_rate=2, groups=2, activation='relu', "
        "use_bias=False, name='first')"
    )
    assert_shows(stage, table)
    stage.choose("padding-1", "per side")
    assert twin(stage).layers[1].padding == ((2, 2), (2, 2))
    stage.fill("padding-1-sides", "1 + 2 × 0")
    assert twin(stage).layers[1].padding == ((1, 2), (0, 0))
    assert_shows(stage, twin(stage))
    stage.fill("strides-2", "3")
    stage.fill("strides-2", "")
    assert twin(stage).layers[2].strides is None


def test_names_are_edited_and_never_given_twice(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    stage.fill("name-1", "second")
    assert twin(stage).layers[1].name == "second"
    stage.fill("name-4", "second")
    assert stage.traits()["layers"][4] == {"type": "Dense", "units": 5}
    expect(stage.control("name-4")).to_have_value("dense")
    assert says(stage) == (
        "“second” was refused: Two layers have the name 'second'. Give every layer a name of its own, or none. "
        "Nothing was changed."
    )
    stage.fill("name-1", "")
    assert twin(stage).layers[1].name is None
    expect(stage.control("name-1")).to_have_value("conv2d")


REFUSED = [
    ("filters-1", "0", "Conv2D(filters=0): filters must be a whole number of at least 1."),
    (
        "kernel-size-1", "3 × 3 × 3",
        "Conv2D(kernel_size=[3, 3, 3]): kernel_size must be a whole number of at least 1, or one per axis "
        "(rows, columns).",
    ),
    ("filters-1", "many", "Conv2D(filters='many'): filters must be a whole number of at least 1."),
    (
        "shape-0", "",
        "Input(shape=None): shape must be one to four whole numbers of at least 1, channels last, no batch, "
        "as (28, 28, 1).",
    ),
]  # fmt: skip


def test_what_cannot_be_is_refused_with_words(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    for control, text, why in REFUSED:
        stage.fill(control, text)
        assert_shows(stage, cw.LayerTable(SMALL))
        assert says(stage) == f"“{text}” was refused: {why} Nothing was changed."
        assert stage.control(control).input_value() not in ("", text)


def test_layers_are_added_duplicated_moved_and_removed(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    choose_row(stage, 2)
    stage.choose("add-kind", "Conv2D")
    stage.press("add")
    assert [type(each).__name__ for each in twin(stage).layers] == [
        "Input", "Conv2D", "MaxPooling2D", "Conv2D", "Flatten", "Dense",
    ]  # fmt: skip
    assert stage.heard() == "conv2d added."
    expect(row(stage, 3)).to_have_attribute("aria-selected", "true")
    stage.press("duplicate")
    stage.press("move-up")
    stage.press("move-up")
    stage.press("move-up")
    assert stage.heard() == "conv2d is layer 1 now."
    stage.press("move-up")
    stage.press("move-down")
    table = twin(stage)
    assert [type(each).__name__ for each in table.layers][:5] == ["Input", "Conv2D", "Conv2D", "MaxPooling2D", "Conv2D"]
    assert_shows(stage, table)
    stage.press("remove")
    stage.press("remove")
    assert_shows(stage, twin(stage))
    for _ in range(7):  # a layer that changes its place with its own copy changes nothing
        stage.press("undo")
    assert_shows(stage, cw.LayerTable(SMALL))
    expect(stage.control("undo")).to_have_attribute("aria-disabled", "true")


def test_every_kind_can_be_added(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    kinds = stage.control("add-kind").locator("option").all_text_contents()
    assert len(kinds) == len(set(kinds)) == len(cw.layers.layer.KINDS) - 1
    choose_row(stage, 1)
    for kind in kinds:
        stage.choose("add-kind", kind)
        stage.press("add")
        expect(row(stage, 2)).to_have_attribute("data-type", kind)
        stage.control("undo").click()
        stage.set_trait("selected", 1)
    stage.press("redo")
    assert type(twin(stage).layers[2]).__name__ == kinds[-1]
    assert_shows(stage, twin(stage))


def test_the_keyboard_does_everything(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    keys = stage.page.keyboard
    row(stage, 0).focus()
    assert stage.root.locator(".cw-ly-grid [role=row][tabindex='0']").count() == 1
    keys.press("ArrowDown")
    expect(row(stage, 1)).to_be_focused()
    keys.press("End")
    expect(row(stage, 4)).to_be_focused()
    keys.press("Home")
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(stage.control("filters-1")).to_be_focused()
    keys.press("Alt+ArrowDown")
    expect(stage.control("filters-2")).to_be_focused()
    keys.press("Alt+ArrowUp")
    expect(stage.control("filters-1")).to_be_focused()
    keys.press("Escape")
    expect(row(stage, 1)).to_be_focused()
    keys.press("Alt+ArrowDown")
    expect(row(stage, 2)).to_be_focused()
    stage.settle()
    assert [type(each).__name__ for each in twin(stage).layers][1:3] == ["MaxPooling2D", "Conv2D"]
    keys.press("Delete")
    stage.settle()
    expect(row(stage, 2)).to_be_focused()
    assert [type(each).__name__ for each in twin(stage).layers] == ["Input", "MaxPooling2D", "Flatten", "Dense"]
    assert_shows(stage, twin(stage))
    keys.press("Tab")
    expect(stage.control("name-2")).to_be_focused()
    keys.press("Escape")
    keys.press("Escape")
    stage.settle()
    assert stage.traits()["selected"] is None
    row(stage, 0).focus()
    keys.press("Delete")
    keys.press("Alt+ArrowDown")
    stage.settle()
    assert type(twin(stage).layers[0]).__name__ == "Input"


def test_rows_are_dragged_by_their_handles(show) -> None:
    stage = show(cw.LayerTable(SMALL))

    def drag(source: int, target: int, *, drop: bool = True) -> None:
        handle = row(stage, source).locator(".cw-ly-handle").bounding_box() or {}
        box = row(stage, target).bounding_box() or {}
        mouse = stage.page.mouse
        mouse.move(handle["x"] + 5, handle["y"] + handle["height"] / 2)
        mouse.down()
        mouse.move(handle["x"] + 8, box["y"] + box["height"] / 2, steps=4)
        mouse.move(handle["x"] + 8, box["y"] + box["height"] * (0.8 if target > source else 0.2), steps=2)
        if not drop:
            stage.page.keyboard.press("Escape")
        mouse.up()
        stage.settle()

    drag(1, 2)
    assert [type(each).__name__ for each in twin(stage).layers][1:3] == ["MaxPooling2D", "Conv2D"]
    drag(4, 1)
    assert [type(each).__name__ for each in twin(stage).layers] == [
        "Input",
        "Dense",
        "MaxPooling2D",
        "Conv2D",
        "Flatten",
    ]
    assert_shows(stage, twin(stage))
    drag(2, 0)
    assert [type(each).__name__ for each in twin(stage).layers][1] == "MaxPooling2D"
    before = stage.traits()["layers"]
    drag(1, 3, drop=False)
    assert stage.traits()["layers"] == before
    stage.press("undo")
    assert [type(each).__name__ for each in twin(stage).layers][1] == "Dense"


REPAIRS = [
    ([*STOPS], {"repair-pool-size", "repair-padding", "repair-remove"}),
    ([Input((9, 9, 3)), Conv2D(8, 3, groups=2), Flatten()], {"repair-groups", "repair-remove"}),
    ([Input((5, 4, 1)), Conv2D(4, 3, dilation_rate=3)], {"repair-kernel-size", "repair-dilation-rate", "repair-padding",
     "repair-remove"}),
    ([Input((9, 9, 3)), Flatten(), Conv2D(8, 3)], {"repair-move", "repair-remove"}),
    ([Input((20, 3)), Conv2D(8, 3)], {"repair-remove"}),
    ([Input((4, 4, 3)), Reshape((7, 7))], {"repair-remove"}),
]  # fmt: skip


def test_an_impossible_layer_says_why_and_repairs_work(show) -> None:
    stage = show(cw.LayerTable(REPAIRS[0][0]))
    for stack, controls in REPAIRS:
        before = [each.config() for each in stack]
        stage.set_trait("layers", before)
        table = cw.LayerTable(stack)
        assert_shows(stage, table)
        stop = table.scene["stop"]
        expect(row(stage, stop).locator(".cw-ly-shape-text")).to_have_text("no output")
        ways = stage.root.locator(".cw-ly-refused [data-control]")
        found = ways.evaluate_all("all => all.map(e => e.dataset.control)")
        assert set(found) - {"repair-undo"} == controls
        assert table.error.startswith(stage.root.locator(".cw-ly-why").text_content() or "-")
        for control in sorted(controls):
            stage.press(control)
            mended = twin(stage)
            later = mended.scene["stop"]
            assert later is None or later > stop or control == "repair-remove"
            assert_shows(stage, mended)
            assert stage.page.evaluate("document.activeElement.closest('[role=row]') !== null")
            stage.press("undo")
            assert stage.traits()["layers"] == before


def test_a_stack_that_shrinks_to_nothing_keeps_the_rows_before(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    before = stage.read(ROWS)
    stage.fill("kernel-size-1", "8")
    stage.settle()
    assert stage.subtitle() == "9 × 8 × 4, 4 layers, no output from layer 2 on"
    stage.fill("pool-size-2", "12")
    assert stage.read(ROWS)[0] == before[0]
    expect(row(stage, 2).locator(".cw-ly-shape-text")).to_have_text("no output")
    expect(row(stage, 3).locator(".cw-ly-params-text")).to_have_text("")
    assert_shows(stage, twin(stage))
    stage.press("repair-undo")
    stage.press("repair-undo")
    assert_shows(stage, cw.LayerTable(SMALL))


def test_nothing_jumps(show) -> None:
    stage = show(cw.LayerTable([*SMALL[:3], Conv2DTranspose(3, 2, name="up"), AveragePooling2D(2), *SMALL[3:]]))
    heights = {stage.height()}
    for number in range(7):
        choose_row(stage, number)
        heights.add(stage.height())
    stage.fill("kernel-size-1", "9")
    heights.add(stage.height())
    stage.press("repair-padding")
    heights.add(stage.height())
    assert len(heights) == 1


@pytest.mark.parametrize("name", ["VGG-19", "DCGAN generator", "stops"])
def test_every_row_can_be_read_at_any_width(show, name: str) -> None:
    stage = show(cw.LayerTable(STOPS if name == "stops" else name, selected=5))
    for width in (1120, 700, 640, 520, 420, 360):
        stage.page.set_viewport_size({"width": width, "height": 900})
        stage.settle()
        assert_fits(stage, width)


def assert_fits(stage: Stage, width: int) -> None:
    """Nothing is wider than the page, or cut off."""
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
    assert stage.read(CLIPPED) == []
    assert (
        stage.read("(root) => { const e = root.querySelector('.cw-ly-scroll'); return e.scrollWidth - e.clientWidth; }")
        <= 0
    )


def test_on_a_phone_the_sentence_stands_in_its_row(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    stage.page.set_viewport_size({"width": 360, "height": 740})
    choose_row(stage, 3)
    expect(row(stage, 3).locator(".cw-sentence").first).to_be_visible()
    assert says(stage) == scene(SMALL)["rows"][3]["sentence"]
    stage.fill("filters-1", "3")
    assert row(stage, 1).locator(".cw-sentence").first.is_visible()
    stage.page.set_viewport_size({"width": 1120, "height": 900})
    stage.settle()
    assert row(stage, 1).locator(".cw-sentence").count() == 0


def test_an_edit_changes_only_what_it_must(show) -> None:
    stage = show(cw.LayerTable("VGG-19", selected=20))
    stage.read(
        """(root) => {
            host.rows = [...root.querySelectorAll("[role=row]")];
            host.changes = 0;
            new MutationObserver((records) => { host.changes += records.length; })
                .observe(root.querySelector(".cw-ly-grid"),
                    {subtree: true, childList: true, attributes: true, characterData: true});
        }"""
    )
    stage.fill("filters-20", "500")
    same = stage.read("(root) => [...root.querySelectorAll('[role=row]')].every((row, i) => row === host.rows[i])")
    assert same
    assert stage.page.evaluate("host.changes") < 260
    stage.page.evaluate("host.changes = 0")
    choose_row(stage, 3)
    choose_row(stage, 4)
    assert stage.page.evaluate("host.changes") < 90
    assert stage.sent() > 0
    assert set(stage.page.evaluate("host.sent.map((each) => typeof each === 'string' ? each : each.type)")) == {"state"}


def test_a_layer_shows_the_line_that_opens_it_and_no_dead_button(show) -> None:
    table = cw.LayerTable(selected=4)
    stage = show(table)
    line = stage.root.locator(".cw-ly-look-code code")
    expect(line).to_have_text("cw.PoolingExplorer(rng.integers(0, 10, (10, 9)), size=4, stride=(3, 2))")
    expect(stage.control("open")).to_be_hidden()
    choose_row(stage, 6)
    expect(stage.root.locator(".cw-ly-look")).to_contain_text("flatten has no window to look through")
    expect(stage.control("copy-line")).to_be_hidden()


def test_the_code_is_that_of_python(show) -> None:
    table = cw.LayerTable(SMALL, name="mine")
    stage = show(table)
    stage.fill("filters-1", "4")
    table = twin(stage)
    for language, text in table.code.items():
        stage.press(f"code-{language.lower()}")
        shown = stage.root.locator(f"[data-language={language}] code").text_content()
        assert shown == text


def test_traits_set_elsewhere_show_and_can_be_undone(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    other = [Input((20, 4)), Conv1D(8, 3, padding="causal"), Flatten()]
    stage.set_trait("layers", json.loads(json.dumps([each.config() for each in other])))
    assert_shows(stage, cw.LayerTable(other))
    stage.set_trait("selected", 1)
    expect(row(stage, 1)).to_have_attribute("aria-selected", "true")
    stage.press("undo")
    assert_shows(stage, cw.LayerTable(SMALL))
    assert [from_config(each) for each in stage.traits()["layers"]] == SMALL


@pytest.mark.parametrize(
    ("theme", "width"), [("light", 1120), ("dark", 1120), ("contrast", 1120), ("light", 640), ("dark", 360)]
)
def test_axe_finds_nothing(show, axe, theme: str, width: int) -> None:  # noqa: F811
    stage = show(
        cw.LayerTable(STOPS if width == 640 else [*SMALL, UpSampling2D(2)], selected=None if width == 640 else 1)
    )
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.page.emulate_media(**THEMES[theme])
    assert axe(stage) == []


def test_the_table_is_a_grid_with_names(show) -> None:
    stage = show(cw.LayerTable(SMALL))
    grid = stage.root.get_by_role("grid", name="Layer table", exact=True)
    assert grid.get_by_role("row").count() == 6
    assert grid.get_by_role("columnheader").all_text_contents() == [
        "layer", "output shape", "receptive field", "multiply-adds", "parameters",
    ]  # fmt: skip
    assert grid.get_by_role("rowheader").count() == 5
    nameless = stage.read(
        """(root) => [...root.querySelectorAll("button, input, select")]
            .filter((e) => !e.dataset.control || !(e.getAttribute("aria-label") || e.textContent.trim())).length"""
    )
    assert nameless == 0
    controls = stage.read("(root) => [...root.querySelectorAll('[data-control]')].map((e) => e.dataset.control)")
    assert len(controls) == len(set(controls))
    assert stage.root.get_by_role("status").count() == 1
