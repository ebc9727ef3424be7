"""The matrix on a page: numbers, links and words are Python's; switches, LaTeX, what goes back, ways out, keyboard."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import convwidgets as cw
from convwidgets.core.symbols import latex_matrix
from convwidgets.scenes.base import shown
from convwidgets.scenes.matrix import words_for
from convwidgets.scenes.matrix_facts import told
from convwidgets.scenes.matrix_page import COURSE
from tests.browser.stage import Stage, number
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.waiting import rest

X, K = COURSE["input"], COURSE["kernel"]
NO_LINES = ".cw-grid::before, .cw-cell::before { display: none !important; }"
"""Between image rows of the matrix, and the symbols of the key: with them, axe looks at no digit there."""
FACTS = """(root) => [...root.querySelectorAll(".cw-facts tr:not([hidden])")].map((row) => [...row.children].map((cell) => cell.textContent))"""  # noqa: E501
CLIPPED = """(root) => {
    const {left, right} = root.getBoundingClientRect();
    return [...root.querySelectorAll("button, select, .cw-area, .cw-sentence, .cw-caption, td, .cw-heading")]
        .filter((e) => e.offsetParent && !e.closest(".cw-unrolled, .cw-aside-panels"))
        .filter((e) => e.getBoundingClientRect().left < left - 0.5 || e.getBoundingClientRect().right > right + 0.5)
        .map((e) => e.outerHTML.slice(0, 120));
}"""


def twin(stage: Stage) -> cw.ConvolutionMatrixExplorer:
    """An explorer in Python with the state of the page."""
    return cw.ConvolutionMatrixExplorer(**stage.traits())


def panels_of(scene: dict[str, Any]) -> list[dict[str, Any]]:
    own = scene["panels"]
    if scene["patches"]:
        own = [own[0], own[1], *scene["patches"], own[-1]]
    return [*own, *scene["aside"]["panels"]]


def assert_shows(stage: Stage) -> None:
    """Every number, symbol, fact and note on the page is Python's."""
    scene = twin(stage).compose()
    assert scene["error"] == ""
    page = stage.panels()
    panels = panels_of(scene)
    assert sorted(page) == sorted(panel["name"] for panel in panels)
    for panel in panels:
        assert_panel(page[panel["name"]], panel)
    assert [tuple(fact) for fact in stage.read(FACTS)] == told(scene["facts"])
    assert stage.root.locator(".cw-aside-note").inner_text() == scene["aside"]["note"]


def assert_panel(cells: list[Any], panel: dict[str, Any]) -> None:
    (top, left), values, symbols = panel["origin"], panel["values"], panel.get("symbols")
    assert [cell.place for cell in cells] == [(top + r, left + c) for r, c in np.ndindex(values.shape)], panel["name"]
    for cell, (place, value) in zip(cells, np.ndenumerate(values), strict=True):
        if cell.value is None:
            assert (value, cell.text) == (0, "·")
        elif values.dtype.kind in "iu":
            assert cell.value == str(int(value))
            text = shown(value) if symbols is None else str(symbols[place])
            assert cell.text == ("Σ" if "+" in text else text)
        else:
            assert number(cell.value) == pytest.approx(float(value), abs=1e-8)


BOARDS: dict[str, dict[str, Any]] = {
    "course": {},
    "symbols": {"form": "symbols", "padding": 1, "stride": 2, "pad_mode": "reflect"},
    "transpose": {"shows": "transpose", "aside": "inverse", "flip": True},
    "im2col": {"shows": "im2col", "padding": 1, "stride": 2, "colours": "value", "bias": 2},
    "b": {"padding": 1, "stride": 2, "pad_mode": "constant", "pad_value": 2, "bias": -60, "activation": "relu"},
    "line": {"input": [3, 1, -4, 1, 5, 9], "kernel": [1, 2, -3], "padding": 1, "form": "symbols"},
}


@pytest.mark.parametrize("options", BOARDS.values(), ids=BOARDS)
def test_numbers_links_and_sentences_are_pythons(show, options: dict[str, Any]) -> None:
    explorer = cw.ConvolutionMatrixExplorer(**{"input": X, "kernel": K, **options})
    stage = show(explorer)
    assert_shows(stage)
    scene = explorer.compose()
    heard = stage.hover_all()
    assert len(heard) == sum(panel["values"].size for panel in panels_of(scene))
    for answer in heard:
        panel, row, column = answer["at"]
        assert answer["selected"] == [[panel, row, column]]
        assert close(answer["sentence"], words_for(scene, panel, row, column))
    if options.get("shows", "matrix") == "matrix":
        assert_linked(explorer, heard)


def close(one: str, other: str) -> bool:
    """The same but for the last digit of a rounded number."""
    return one == other or (one.split()[:6] == other.split()[:6] and "C⁺" in one)


def assert_linked(explorer: cw.ConvolutionMatrixExplorer, heard: list[dict[str, Any]]) -> None:
    """Row ↔ output, column ↔ input and all its outputs, from C itself."""
    stored = explorer.matrix.toarray() != 0
    linked = {tuple(answer["at"]): {tuple(place) for place in answer["linked"]} for answer in heard}
    width = np.atleast_2d(explorer.output).shape[1]
    size = np.atleast_2d(explorer.input).shape[1]
    for output, line in enumerate(stored):
        place = ("output", *divmod(output, width))
        entries = {("matrix", output, int(column)) for column in np.flatnonzero(line)}
        for at in (place, ("y", output, 0)):
            assert {link for link in linked[at] if link[0] == "matrix"} >= entries
            assert {("input", *divmod(column, size)) for _, _, column in entries} <= linked[at]
    for column, line in enumerate(stored.T):
        outputs = {("output", *divmod(int(row), width)) for row in np.flatnonzero(line)}
        for at in (("input", *divmod(column, size)), ("x", 0, column)):
            assert {link for link in linked[at] if link[0] == "output"} >= outputs
            assert ("x", 0, column) in linked[at] | {at}


def test_a_weight_lights_every_entry_of_it(show) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K))
    stage.hover("kernel", 1, 1)
    assert stage.linked() == {("matrix", 0, 5), ("matrix", 1, 6), ("matrix", 2, 9), ("matrix", 3, 10)}
    assert stage.sentence() == "Weight w₁,₁ is 4. It stands in 4 entries of C: (0, 5); (1, 6); (2, 9); (3, 10)."
    stage.hover("matrix", 2, 9)
    assert stage.linked() == {("kernel", 1, 1), ("input", 2, 1), ("x", 0, 9), ("output", 1, 0), ("y", 2, 0)}


def test_every_control_moves_the_matrix(show) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K))
    height = stage.height()
    for control, value in [("padding-rows", 1), ("stride-columns", 2), ("kernel-columns", 2), ("input-rows", 5)]:
        stage.slide(control, value)
        assert_shows(stage)
        assert stage.height() == height
    stage.press("flip", "true")
    stage.choose("pad-mode", "circular")
    stage.choose("kernel-name", "Sobel x")
    assert_shows(stage)
    stage.press("new-numbers")
    stage.press("shift-left")
    stage.press("undo")
    assert_shows(stage)
    stage.choose("preset", "Padding: entries lost at the border")
    assert_shows(stage)
    stage.press("reset")
    assert stage.table("matrix")[0] == [2, 3, 2, 1, 4, 2, 3, 4, 1]
    stage.cell("kernel", 0, 0).dblclick()
    stage.page.keyboard.type("-7")
    stage.page.keyboard.press("Enter")
    stage.settle()
    assert twin(stage).kernel[0, 0] == -7
    assert_shows(stage)
    assert stage.height() == height


def test_switches_are_traits_and_no_steps_of_history(show) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K))
    height = stage.height()
    for control, value in [
        ("shows", "transpose"),
        ("form", "symbols"),
        ("colours", "value"),
        ("aside", "inverse"),
        ("shows", "im2col"),
    ]:
        stage.press(control, value)
        assert stage.traits()[control] == value
        assert_shows(stage)
        assert stage.height() == height
    assert stage.control("undo").get_attribute("aria-disabled") == "true"
    stage.set_trait("shows", "matrix")
    assert_shows(stage)


def test_the_code_is_that_of_what_is_shown(show) -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K, bias=2)
    stage = show(explorer)
    assert stage.code() == explorer.code
    assert "w_{" not in stage.code()["LaTeX"]
    for switch, value in [("form", "symbols"), ("shows", "transpose"), ("shows", "im2col"), ("shows", "matrix")]:
        stage.press(switch, value)
        assert stage.code() == twin(stage).code
    assert latex_matrix(cw.symbolic_matrix(3, (4, 4))) in stage.code()["LaTeX"]
    stage.slide("input-rows", 12)
    assert stage.code() == twin(stage).code
    assert "% C is 20 × 48" not in stage.code()["LaTeX"]
    stage.slide("input-columns", 12)
    assert stage.code() == twin(stage).code
    assert "% C is 100 × 144: too large" in stage.code()["LaTeX"]


def test_the_walk_goes_row_by_row(show) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K))
    stage.press("next") if stage.control("next").count() else stage.slide("scrub", 1)
    assert stage.sentence().startswith("Row 1 of C makes output row 0, column 1, which is 74 = ")
    stage.cell("y", 3, 0).click()
    stage.settle()
    assert stage.traits()["step"] == 3
    assert stage.traits()["selected"] == ["y", 3, 0]
    stage.press("shows", "transpose")
    stage.slide("scrub", 15)
    assert stage.sentence().startswith("Row 15 of Cᵀ makes result row 3, column 3, which is 75 = ")
    assert twin(stage).compose()["sentence"] == stage.sentence()


def test_ways_out_of_a_setting_without_output(show) -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K)
    stage = show(explorer)
    height = stage.height()
    stage.slide("dilation-rows", 3)
    assert stage.root.get_by_role("alert").inner_text().startswith("The kernel does not fit: it spans 7 ")
    assert stage.height() == height
    assert stage.table("matrix")[0][:3] == [2, 3, 2]
    stage.press("repair-padding")
    assert twin(stage).error == ""
    assert_shows(stage)


def test_keyboard_alone(show) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K))
    stage.cell("matrix", 0, 0).focus()
    for key in ("ArrowRight", "ArrowDown", "End"):
        stage.page.keyboard.press(key)
    stage.settle()
    assert stage.focused() == ("matrix", 1, 15)
    assert stage.heard() == words_for(twin(stage).compose(), "matrix", 1, 15)
    stage.page.keyboard.press("Escape")
    stage.settle()
    assert stage.traits()["selected"] is None


@pytest.mark.parametrize("width", [1180, 640, 360])
@pytest.mark.parametrize("name", ["course", "im2col", "line"])
def test_nothing_is_clipped(show, name: str, width: int) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(**{"input": X, "kernel": K, **BOARDS[name]}))
    stage.page.set_viewport_size({"width": width, "height": 1200})
    stage.settle()
    assert stage.page.evaluate("document.documentElement.scrollWidth") <= width
    assert stage.read(CLIPPED) == []


AXED = [
    *(("course", theme) for theme in THEMES), ("transpose", "dark"), ("im2col", "light"), ("im2col", "contrast"),
    ("line", "dark"), ("picture", "light"), ("picture", "dark"), ("impossible", "light"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "theme"), AXED)
def test_axe_finds_nothing(show, axe, name: str, theme: str) -> None:  # noqa: F811
    more = {"picture": {"input": PLANE}, "impossible": {"dilation": 3}}
    options = {"input": X, "kernel": K, **BOARDS.get(name, {}), **more.get(name, {})}
    stage = show(cw.ConvolutionMatrixExplorer(**options), include_picture=True)
    stage.page.emulate_media(**THEMES[theme])
    stage.page.add_style_tag(content=NO_LINES)
    stage.settle()
    assert axe(stage) == []


PLANE = np.arange(40 * 36).reshape(40, 36) % 97


def sheet_box(stage: Stage) -> dict[str, float]:
    box = stage.root.locator("canvas[data-panel=matrix]").bounding_box()
    assert box is not None
    return dict(box)


def test_a_large_matrix_is_a_sheet_that_names_its_entries(show) -> None:
    explorer = cw.ConvolutionMatrixExplorer(PLANE, K, padding="same")
    stage = show(explorer, include_picture=True)
    sheet = stage.root.locator("canvas[data-panel=matrix]")
    assert sheet.get_attribute("role") == "application"
    assert sheet.get_attribute("aria-label").startswith("C, 1440 × 1440. ")
    scene = explorer.compose()
    stage.set_trait("selected", ["matrix", 700, 701])
    assert stage.sentence() == words_for(scene, "matrix", 700, 701)
    sheet.focus()
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowDown", "+", "+", "-", "ArrowLeft"):
        stage.page.keyboard.press(key)
    stage.settle()
    assert stage.traits()["selected"] == ["matrix", 711, 701]
    assert stage.heard() == words_for(scene, "matrix", 711, 701)
    assert [tuple(fact) for fact in stage.read(FACTS) if fact[0] != "rank"] == told(scene["facts"])
    assert "16.59 MB" in stage.root.locator(".cw-about").inner_text()


def test_wheel_drag_and_buttons_move_the_sheet(show) -> None:
    explorer = cw.ConvolutionMatrixExplorer(PLANE, K, padding="same")
    stage = show(explorer, include_picture=True)
    scene, box = explorer.compose(), sheet_box(stage)
    mouse = stage.page.mouse
    at = box["x"] + 100, box["y"] + 18 + 100
    mouse.move(*at)
    for _ in range(40):
        mouse.wheel(0, -300)
    stage.settle()
    assert stage.page.evaluate("scrollY") == 0
    mouse.move(at[0] + 1, at[1])
    stage.settle()
    first = stage.sentence()
    assert first.startswith("Entry (") and " of C is " in first
    row, column = (int(part) for part in first[7 : first.index(")")].split(", "))
    assert first == words_for(scene, "matrix", row, column)
    mouse.down()
    mouse.move(at[0] + 1 - 88, at[1] - 44)
    mouse.up()
    mouse.move(at[0] + 2 - 88, at[1] - 44)
    stage.settle()
    assert stage.sentence() == first, "the entry moves with the pointer"
    assert stage.traits()["selected"] is None
    stage.press("zoom-whole")
    each = min(box["width"] - 18, box["height"] - 18) / 1440
    mouse.move(box["x"] + 100.5, box["y"] + 18 + 250.5)
    stage.settle()
    assert stage.sentence().startswith(f"Entry ({int(250.5 / each)}, {int(100.5 / each)}) of C is ")
    mouse.move(box["x"] + 100.5, box["y"] + 5)
    stage.settle()
    assert stage.sentence().startswith(f"Column {int(100.5 / each)} of C is ")
    stage.press("zoom-in")
    stage.press("zoom-out")


def test_a_photograph_opens_and_pans(show) -> None:
    plane = np.arange(256 * 256).reshape(256, 256) % 251
    stage = show(cw.ConvolutionMatrixExplorer(plane, "sobel x", padding="same"), include_picture=True)
    assert stage.read(FACTS)[0] == ["shape", "65,536 × 65,536"]
    stage.press("zoom-in")
    moved = stage.read(
        """async (root) => {
            const canvas = root.querySelector("canvas[data-panel=matrix]");
            const {x, y} = canvas.getBoundingClientRect();
            canvas.setPointerCapture = () => {};
            const at = (by) => ({button: 0, pointerId: 1, clientX: x + 300 + by, clientY: y + 200 + by});
            const tell = (kind, by) => canvas.dispatchEvent(new PointerEvent(kind, {bubbles: true, ...at(by)}));
            tell("pointerdown", 0);
            const pictures = new Set();
            for (let i = 1; i <= 12; i++) {
                tell("pointermove", -4 * i);
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                pictures.add(canvas.toDataURL());
            }
            tell("pointerup", -48);
            return pictures.size;
        }"""
    )
    assert moved == 12, "every move of the hand is a picture of its own"
    stage.set_trait("selected", ["output", 200, 100])
    assert stage.sentence().startswith("Row 51300 of C makes output row 200, column 100, which is ")


def test_the_pseudo_inverse_of_a_large_matrix_is_refused_in_words(show) -> None:
    explorer = cw.ConvolutionMatrixExplorer(PLANE, K, aside="inverse")
    stage = show(explorer, include_picture=True)
    expect(stage.root.locator(".cw-aside-note")).to_have_text(explorer.compose()["aside"]["note"])
    assert "lsqr" in stage.root.locator(".cw-aside-note").inner_text()


def test_with_a_kernel_the_traits_follow(lab) -> None:
    lab.do("x = [[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]]; k = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]")
    lab.run("e = cw.ConvolutionMatrixExplorer(x, k)\ne")
    root = lab.page.locator(".cw[data-kind=matrix]")
    root.wait_for()
    root.locator('[data-control="shows"][data-value="transpose"]').click()
    rest(lab.page, 300)
    assert lab.eval("e.shows") == "transpose"
    lab.do("e.stride = 2; e.padding = 1; e.shows = 'matrix'")
    rest(lab.page, 300)
    cells = root.locator('[data-panel="matrix"] [role=gridcell]')
    assert cells.count() == lab.eval("e.matrix.shape[0] * e.matrix.shape[1]")
    values = cells.evaluate_all("(cells) => cells.map((cell) => Number(cell.dataset.value ?? 0))")
    assert values == lab.eval("e.matrix.toarray().ravel().tolist()")
    assert lab.eval("(e.matrix @ e.input.ravel()).tolist() == e.output.ravel().tolist()") is True


CUT = """(root) => {
    const box = root.querySelector(".cw-aside-panels");
    return [box.scrollWidth - box.clientWidth, box.scrollHeight - box.clientHeight];
}"""


@pytest.mark.parametrize(("aside", "width"), [("back", 360), ("back", 1120), ("inverse", 1120)])
def test_what_comes_back_is_seen_whole(show, aside: str, width: int) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K, aside=aside))
    stage.page.set_viewport_size({"width": width, "height": 1200})
    stage.settle()
    assert all(more <= 0 for more in stage.read(CUT))


def test_y_stands_above_its_column(show) -> None:
    stage = show(cw.ConvolutionMatrixExplorer(X, K, bias=1))
    for name in ("b", "y"):
        letter = stage.root.locator(f".cw-letter-{name}").bounding_box()
        column = stage.root.locator(f'.cw-panel[data-name="{name}"]').bounding_box()
        assert letter["y"] + letter["height"] <= column["y"] + 8
        assert abs(letter["x"] + letter["width"] / 2 - column["x"] - column["width"] / 2) < 6


@pytest.mark.parametrize("kernel", [[[1, 0, -1]], [[0.25, 0.5, 0.25]], [[1, 1, 1]]], ids=["edges", "mean", "sum"])
def test_one_rule_says_when_a_photograph_stays_grey(show, kernel: list[list[float]]) -> None:
    told = []
    for explorer in (cw.ConvolutionExplorer, cw.ConvolutionMatrixExplorer):
        stage = show(explorer(np.arange(60 * 50).reshape(60, 50) % 256, kernel), include_picture=True)
        told.append("0 … 255" in stage.root.locator(".cw-legend").inner_text().partition("output")[2])
    assert told == [sum(kernel[0]) != 0] * 2
