"""In JupyterLab and Notebook 7 the keys pressed on the stage stay on the stage: no cell of the notebook moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import WIDE
from tests.browser.lab import Notebook, Watch, open_lab, open_notebook7, write_notebook
from tests.browser.stage import Stage
from tests.browser.test_keyboard import ACTIVE, press, tab_to
from tests.browser.waiting import rest

CELLS = (
    "import numpy as np, convwidgets as cw",
    "e = cw.ConvolutionExplorer([[1, 2, 0, -1], [2, 4, 3, 0], [1, 3, 5, 4]], [[1, -1], [2, 3]], padding=1)\ne",
    "after = 1",
)
COMMANDS = "abcdxyzmrhjklwsfiopqt00123456789"
"""Letters and digits that mean something in the notebook's command mode: insert, delete, cut, merge, markdown, …"""
SOURCES = (
    "() => jupyterapp.shell.currentWidget.content.model.sharedModel.cells.map((cell) => cell.cell_type + cell.source)"
)


@pytest.fixture(scope="module", params=[open_lab, open_notebook7], ids=["lab", "notebook7"])
def open_board(
    request: pytest.FixtureRequest, browser: Browser, jupyter: str, jupyter_root: Path
) -> Iterator[tuple[Notebook, Watch]]:
    """A notebook with one explorer, in either application."""
    context = browser.new_context(viewport=WIDE)
    watch = Watch(context)
    page = context.new_page()
    write_notebook(jupyter_root / "keys.ipynb", *CELLS)
    request.param(page, jupyter, "keys.ipynb")
    notebook = Notebook(page)
    page.evaluate("jupyterapp.commands.execute('notebook:run-all-cells')")
    page.set_default_timeout(15_000)
    page.locator(".cw [data-panel]").first.wait_for()
    yield notebook, watch
    context.close()


@pytest.fixture
def board(open_board: tuple[Notebook, Watch]) -> Iterator[tuple[Notebook, Stage]]:
    notebook, watch = open_board
    stage = Stage(notebook.page)
    notebook.do(
        "e.input = [[1, 2, 0, -1], [2, 4, 3, 0], [1, 3, 5, 4]]; e.kernel = [[1, -1], [2, 3]]; e.selected = None"
    )
    notebook.page.keyboard.press("Escape")
    stage.settle()
    before = notebook.page.evaluate(SOURCES)
    watch.seen.clear()
    yield notebook, stage
    assert notebook.page.evaluate(SOURCES) == before
    assert watch.problems == []


def focus(name: str) -> Callable[[Stage], None]:
    def act(stage: Stage) -> None:
        if name in ("input", "kernel", "output"):
            stage.root.locator(f'[data-panel="{name}"] [tabindex="0"]').focus()
        else:
            stage.control(name).focus()

    return act


@pytest.mark.parametrize("panel", ["output", "input", "kernel"])
def test_the_letters_of_command_mode_do_nothing(board: tuple[Notebook, Stage], panel: str) -> None:
    notebook, stage = board
    focus(panel)(stage)
    for key in COMMANDS:
        notebook.page.keyboard.press(key)
        if stage.editor().count():
            notebook.page.keyboard.press("Escape")
    for key in ("d", "d", "Shift+M", "Shift+ArrowDown", "Delete", "Backspace"):
        notebook.page.keyboard.press(key)
    stage.settle()
    assert notebook.cells == len(CELLS)
    assert stage.focused() is not None
    assert stage.focused()[0] == panel


def test_arrows_walk_inside_the_grid(board: tuple[Notebook, Stage]) -> None:
    notebook, stage = board
    stage.cell("input", 0, 0).focus()
    for key, place in [
        ("ArrowDown", (1, 0)), ("ArrowRight", (1, 1)), ("ArrowUp", (0, 1)), ("ArrowLeft", (0, 0)), ("End", (0, 4)),
        ("Home", (0, -1)), ("PageDown", (3, -1)), ("PageUp", (-1, -1)),
    ]:  # fmt: skip
        press(stage, key)
        assert stage.focused() == ("input", *place)
    rest(notebook.page, 120)
    assert notebook.eval("e.selected") == ["input", -1, -1]


def test_enter_edits_and_escape_leaves_without_touching_the_notebook(board: tuple[Notebook, Stage]) -> None:
    notebook, stage = board
    stage.cell("kernel", 0, 0).focus()
    press(stage, "Enter")
    notebook.page.keyboard.type("12")
    press(stage, "Enter")
    rest(notebook.page, 120)
    assert notebook.eval("e.kernel[0, 0]") == 12
    notebook.page.keyboard.type("-7")
    press(stage, "Enter")
    rest(notebook.page, 120)
    assert notebook.eval("e.kernel[0, 0]") == -7
    press(stage, "Escape")
    assert stage.focused() is None
    for key in "abdd":
        notebook.page.keyboard.press(key)
    assert notebook.cells == len(CELLS)


def test_controls_take_their_own_keys(board: tuple[Notebook, Stage]) -> None:
    notebook, stage = board
    start = stage.control("dilation-rows").input_value()
    focus("dilation-rows")(stage)
    press(stage, "ArrowRight")
    assert stage.control("dilation-rows").input_value() == str(int(start) + 1)
    press(stage, "ArrowLeft", "a", "b", "d", "d", "x", "0", "0")
    focus("bias")(stage)
    notebook.page.keyboard.press("Control+a")
    notebook.page.keyboard.type("4")
    press(stage, "ArrowUp", "Tab")
    rest(notebook.page, 120)
    assert notebook.eval("e.bias") == 5
    for control in ("play", "undo", "activation", "flip", "missing"):
        target = stage.control(control)
        (target.locator("button").first if control == "flip" else target).focus()
        press(stage, "ArrowDown", "ArrowUp", "d", "d", "b")
        assert notebook.page.evaluate("() => document.activeElement.closest('.cw') !== null"), control
    assert notebook.cells == len(CELLS)


def test_tab_goes_through_the_stage(board: tuple[Notebook, Stage]) -> None:
    notebook, stage = board
    focus("input")(stage)
    for name in ("kernel", "output", "play", "stride-rows", "bias"):
        tab_to(stage, name)
    tab_to(stage, "kernel", backwards=True)
    assert notebook.page.evaluate(ACTIVE) == "kernel"
