"""Everything by keyboard alone, on a page of its own. (In JupyterLab and Notebook 7: test_notebook_keys.py.)"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from tests.browser.expected import assert_shows, links
from tests.browser.stage import Stage

X = np.array([[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]])
K = np.array([[1, 0, -1], [2, 3, 4]])
ACTIVE = """() => {
    const e = document.activeElement;
    const panel = e.closest("[data-panel]");
    return panel ? panel.dataset.panel : e.dataset.control ?? e.closest("[data-control]")?.dataset.control ?? e.tagName;
}"""


def press(stage: Stage, *keys: str) -> None:
    for key in keys:
        stage.page.keyboard.press(key)
    stage.settle()


def tab_to(stage: Stage, name: str, backwards: bool = False) -> None:
    """Press Tab until a control, or the one cell of a panel that Tab reaches, has the focus."""
    for _ in range(100):
        stage.page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if stage.page.evaluate(ACTIVE) == name:
            stage.settle()
            return
    raise AssertionError(f"Tab never reaches {name}.")


WITHIN = """() => {
    const {activeElement} = document;
    if (activeElement === window.first || activeElement.closest(".cw") === null) return false;
    window.first ??= activeElement;
    return true;
}"""


def order(stage: Stage) -> list[str]:
    """What Tab reaches from the start of the page, until it leaves the stage or comes round to where it began."""
    stage.page.evaluate("() => { document.activeElement.blur(); window.first = undefined; }")
    seen: list[str] = []
    for _ in range(120):
        press(stage, "Tab")  # a frame later, since the sentence of a cell may bring a control of its own
        inside = stage.page.evaluate(WITHIN)
        if not inside and seen:
            break
        if inside:
            seen.append(stage.page.evaluate(ACTIVE))
    return seen


@pytest.mark.parametrize(
    "options", [{}, {"padding": 1, "activation": "relu"}, {"input": [3, 1, 4, 1], "kernel": [1, 2]}]
)
def test_tab_reaches_everything_once(show, options: dict[str, Any]) -> None:
    stage = show(cw.ConvolutionExplorer(**{"input": X, "kernel": K, **options}))
    seen = order(stage)
    panels = [name for name in seen if name in ("input", "kernel", "preactivation", "output")]
    assert panels == list(stage.panels())
    expected = stage.read(
        """(root) => [...root.querySelectorAll("button, input, select, summary, [role=grid]")]
            .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest("[role=grid] *")).length"""
    )
    assert len(seen) == expected
    assert seen.index("play") < seen.index("kernel-rows" if "kernel-rows" in seen else "kernel-columns")


def test_the_refused_board_leaves_tab_only_what_is_seen(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, dilation=4))
    seen = order(stage)
    assert {"repair-dilation", "undo"} & set(seen)
    assert "play" not in seen
    assert "scrub" not in seen


def test_arrows_walk_and_stop_at_the_edges(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K, padding=((1, 0), (0, 2)))
    stage = show(explorer)
    tab_to(stage, "input")
    assert stage.focused() == ("input", 0, 0)
    for key, place in [
        ("ArrowRight", (0, 1)), ("ArrowDown", (1, 1)), ("ArrowUp", (0, 1)), ("ArrowUp", (-1, 1)), ("ArrowUp", (-1, 1)),
        ("End", (-1, 6)), ("ArrowRight", (-1, 6)), ("PageDown", (3, 6)), ("ArrowDown", (3, 6)), ("Home", (3, 0)),
        ("ArrowLeft", (3, 0)), ("PageUp", (-1, 0)),
    ]:  # fmt: skip
        press(stage, key)
        assert stage.focused() == ("input", *place)
        assert stage.linked() - {("input", *place)} == links(explorer, "input", *place)
        assert stage.sentence() == stage.heard()


def test_a_grid_is_one_stop_and_remembers_its_place(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "input")
    press(stage, "ArrowDown", "ArrowRight")
    press(stage, "Tab")
    assert stage.page.evaluate(ACTIVE) == "kernel"
    press(stage, "Shift+Tab")
    assert stage.focused() == ("input", 1, 1)
    stops = stage.read("(root) => root.querySelectorAll('[role=gridcell][tabindex=\"0\"]').length")
    assert stops == 3


def test_enter_edits_and_escape_leaves(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "kernel")
    press(stage, "ArrowRight", "Enter")
    stage.page.keyboard.type("6")
    press(stage, "Enter")
    assert stage.traits()["kernel"][0, 1] == 6
    assert stage.focused() == ("kernel", 0, 1)
    press(stage, "F2", "ArrowUp", "ArrowUp", "Enter")
    assert stage.traits()["kernel"][0, 1] == 8
    press(stage, "Enter")
    stage.page.keyboard.type("99")
    press(stage, "Escape")
    assert stage.traits()["kernel"][0, 1] == 8
    assert stage.focused() == ("kernel", 0, 1)
    press(stage, "Escape")
    assert stage.focused() is None
    assert stage.traits()["selected"] is None
    assert_shows(stage, stage.twin())
    press(stage, "Tab")
    assert stage.page.evaluate("() => document.activeElement.closest('.cw') !== null")


def test_space_pins(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "output")
    press(stage, "ArrowRight")
    assert stage.traits()["selected"] == ["output", 0, 1]
    press(stage, " ")
    assert stage.traits()["selected"] is None
    press(stage, " ")
    assert stage.traits()["selected"] == ["output", 0, 1]


def test_walking_over_the_output_moves_the_walk(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "output")
    press(stage, "ArrowDown", "ArrowRight")
    assert stage.traits()["step"] == 4
    assert stage.shown_step() == 4


def test_a_whole_lesson_without_a_mouse(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "stride-rows")
    press(stage, "ArrowRight")
    assert stage.traits()["stride"] == 2
    tab_to(stage, "padding-rows")
    press(stage, "ArrowRight", "ArrowRight")
    assert stage.traits()["padding"] == 2
    tab_to(stage, "activation")
    press(stage, "ArrowDown")
    assert stage.traits()["activation"] == "relu"
    tab_to(stage, "flip", backwards=True)
    press(stage, "Enter")
    assert stage.traits()["flip"] is True
    tab_to(stage, "bias")
    press(stage, "ArrowUp", "ArrowUp")
    assert stage.traits()["bias"] == 2
    tab_to(stage, "forward", backwards=True)
    press(stage, "Enter", " ")
    assert stage.shown_step() == 2
    tab_to(stage, "scrub")
    press(stage, "End")
    assert stage.shown_step() == stage.twin().output.size - 1
    tab_to(stage, "undo", backwards=True)
    press(stage, "Enter")
    assert stage.traits()["bias"] < 2
    assert_shows(stage, stage.twin())


def test_the_focus_survives_every_redraw(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "stride-rows")
    press(stage, "ArrowRight", "ArrowRight", "ArrowRight")
    assert stage.page.evaluate(ACTIVE) == "stride-rows"
    tab_to(stage, "input-rows")
    press(stage, "ArrowRight")
    assert stage.page.evaluate(ACTIVE) == "input-rows"
    stage.slide("dilation-rows", 4)
    tab_to(stage, "repair-dilation")
    press(stage, "Enter")
    assert not stage.root.get_by_role("alert").is_visible()
    assert stage.page.evaluate("() => document.activeElement.closest('.cw') !== null"), "the focus fell off the stage"


def test_a_focused_cell_that_disappears_hands_the_focus_on(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "output")
    press(stage, "End", "PageDown")
    stage.set_trait("stride", 2)
    tab_stop = stage.read("(root) => root.querySelectorAll('[data-panel=output] [tabindex=\"0\"]').length")
    assert tab_stop == 1
    assert stage.sentence()


def test_keys_with_control_belong_to_the_browser(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    tab_to(stage, "kernel")
    for keys in ("Control+5", "Alt+5", "Control+ArrowRight"):
        press(stage, keys)
        assert stage.editor().count() == 0
        assert stage.focused() == ("kernel", 0, 0)
