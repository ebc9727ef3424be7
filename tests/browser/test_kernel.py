"""The page and the kernel in step, in JupyterLab: traits both ways, links, views, reloads, and what is left over."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from playwright.sync_api import Page

import convwidgets as cw
from tests.browser.expected import assert_shows
from tests.browser.lab import Notebook, open_lab
from tests.browser.stage import Stage
from tests.browser.waiting import rest, until

BOARD = "x = [[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]]; k = [[1, 0, -1], [2, 3, 4]]\n"
OPEN = BOARD + "e = cw.ConvolutionExplorer(x, k)\ne"
X = np.array([[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]])
K = np.array([[1, 0, -1], [2, 3, 4]])


def stages(lab: Notebook, count: int = 1) -> list[Stage]:
    """The views on the page, once all of them are drawn."""
    views = lab.page.locator(".cw")
    views.nth(count - 1).locator("[data-panel]").first.wait_for()
    assert views.count() == count
    found = [Stage(lab.page, views.nth(index)) for index in range(count)]
    found[0].settle()
    return found


def explorer_in(lab: Notebook, name: str = "e") -> cw.ConvolutionExplorer:
    """An explorer here with the state of the one in the kernel, dtypes included."""
    state: Any = lab.eval(f"{{n: getattr({name}, n) for n in cw.ConvolutionExplorer.options}}")
    dtypes: Any = lab.eval(f"[str({name}.input.dtype), str({name}.kernel.dtype)]")
    for trait, dtype in zip(("input", "kernel"), dtypes, strict=True):
        state[trait] = np.array(state[trait], dtype=dtype)
    return cw.ConvolutionExplorer(**state)


def test_the_page_shows_the_explorer_of_the_kernel(lab: Notebook) -> None:
    lab.run(
        BOARD
        + "e = cw.ConvolutionExplorer(x, k, padding=((1, 0), (0, 2)), stride=(1, 2), bias=-1, activation='relu')\ne"
    )
    (stage,) = stages(lab)
    assert_shows(stage, explorer_in(lab))
    assert stage.table("output") == lab.eval("e.output")
    assert stage.table("preactivation") == lab.eval("e.preactivation")


@pytest.mark.parametrize(
    "change",
    [
        "stride = 2", "stride = (1, 3)", "padding = 'same'", "padding = ((0, 1), (2, 0))", "padding = 3",
        "dilation = (2, 1)", "flip = True", "bias = 2.5", "activation = 'sigmoid'", "kernel = 'sobel_x'",
        "kernel = [[0.5, -1], [2, 1]]", "input = np.arange(30).reshape(5, 6) % 7",
        "input = np.float32(np.arange(12).reshape(3, 4)) / 8", "missing = True", "convention = 'total'", "step = 3",
        "pad_mode, e.padding = 'reflect', 2",
    ],
)  # fmt: skip
def test_a_trait_set_in_python_shows(lab: Notebook, change: str) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    before = lab.messages
    lab.do(f"e.{change}")
    rest(lab.page, 60)
    stage.settle()
    explorer = explorer_in(lab)
    assert_shows(stage, explorer)
    assert stage.sentence() == explorer.scene["sentence"]
    assert stage.table("output") == lab.eval("e.output") or explorer.output.dtype.kind == "f"
    assert lab.messages - before <= 4, "the page answered a change that it was told"


def test_what_is_done_on_the_page_arrives(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    stage.slide("stride-rows", 2)
    until(lambda: lab.eval("e.stride"), 2)
    stage.press("stride-chain")
    stage.slide("stride-columns", 3)
    until(lambda: lab.eval("e.stride"), [2, 3])
    stage.choose("padding-mode", "same")
    until(lambda: lab.eval("e.padding"), "same")
    stage.press("padding-sides")
    stage.fill("padding-left", "4")
    until(lambda: lab.eval("e.padding"), [[0, 0], [4, 1]])
    stage.cell("kernel", 1, 1).dblclick()
    stage.editor().fill("0.5")
    stage.editor().press("Enter")
    until(lambda: lab.eval("[e.kernel, str(e.kernel.dtype)]"), [[[1, 0, -1], [2, 0.5, 4]], "float64"])
    stage.press("undo")
    until(lambda: lab.eval("[e.kernel, str(e.kernel.dtype)]"), [[[1, 0, -1], [2, 3, 4]], "int64"])
    stage.press("flip", "true")
    stage.fill("bias", "-2")
    stage.choose("activation", "relu")
    stage.choose("pad-mode", "circular")
    until(lambda: lab.eval("[e.flip, e.bias, e.activation, e.pad_mode]"), [True, -2, "relu", "circular"])
    stage.press("new-numbers")
    until(lambda: lab.eval("e.seed"), 1)
    stage.slide("input-rows", 6)
    until(lambda: lab.eval("e.input.shape"), [6, 5])
    stage.cell("output", 0, 1).click()
    until(lambda: lab.eval("e.selected"), ["output", 0, 1])
    stage.leave()
    assert_shows(stage, explorer_in(lab))
    assert stage.table("output") == lab.eval("e.output")
    assert lab.eval("e.error") == ""


def test_a_refused_setting_is_a_state_on_both_sides(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    stage.slide("dilation-rows", 4)
    until(lambda: lab.eval("e.dilation"), 4)
    assert lab.eval("e.error") in stage.root.get_by_role("alert").inner_text()
    assert lab.eval("[e.output, e.formula]") == [None, None]
    stage.press("repair-dilation")
    until(lambda: lab.eval("e.error"), "")
    assert_shows(stage, explorer_in(lab))


def test_a_drag_of_a_hundred_positions_draws_every_frame_and_ends_on_the_last(lab: Notebook) -> None:
    lab.run("e = cw.ConvolutionExplorer(np.arange(144).reshape(12, 12) % 7, [[1, -1]])\ne")
    (stage,) = stages(lab)
    lab.do("seen = []; e.observe(lambda c: seen.append(c.new), 'step')")
    before = lab.messages
    drawn = stage.read("""async (root) => {
        const scrub = root.querySelector('[data-control="scrub"]');
        const frame = () => new Promise(requestAnimationFrame);
        const shown = [];
        await frame();
        for (let i = 1; i <= 100; i++) {
            scrub.value = String(i);
            scrub.dispatchEvent(new Event("input", {bubbles: true}));
            await frame();
            const cell = root.querySelector('[data-panel="output"] [aria-selected="true"]');
            shown.push(11 * Number(cell.dataset.row) + Number(cell.dataset.col));
        }
        return shown;
    }""")
    late = [position - shown for position, shown in enumerate(drawn, 1)]
    assert set(late) <= {0, 1}, "a frame went by without its position"
    until(lambda: lab.eval("e.step"), 100)
    seen: Any = lab.eval("seen")
    assert seen == sorted(seen)
    assert seen[-1] == 100
    assert lab.messages - before < 60
    stage.slide("stride-rows", *([1, 2, 3, 4] * 25), 3)
    until(lambda: lab.eval("e.stride"), 3)
    assert stage.table("output") == lab.eval("e.output")


def test_hovering_sends_nothing(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    rest(lab.page, 300)
    before = lab.messages
    assert len(stage.hover_all()) == 20 + 6 + 9
    stage.hover("output", 1, 1)
    stage.hover("kernel", 0, 0)
    stage.leave()
    rest(lab.page, 200)
    assert lab.messages == before


def test_the_page_changes_before_the_first_message(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    rest(lab.page, 300)
    told = stage.read("""async (root) => {
        const before = globalThis.messages;
        const watched = {childList: true, subtree: true, characterData: true};
        const changed = new Promise((done) => new MutationObserver(() => done(globalThis.messages - before))
            .observe(root.querySelector('[data-panel="output"]'), watched));
        const range = root.querySelector('[data-control="stride-rows"]');
        range.value = "2";
        range.dispatchEvent(new Event("input", {bubbles: true}));
        return changed;
    }""")
    assert told == 0
    until(lambda: lab.eval("e.stride"), 2)


def test_the_page_answers_while_the_kernel_is_busy(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    lab.page.evaluate(
        "() => { jupyterapp.shell.currentWidget.sessionContext.session.kernel"
        ".requestExecute({code: 'import time; time.sleep(1.5)'}) }"
    )
    rest(lab.page, 200)
    stage.slide("stride-rows", 2)
    stage.slide("padding-rows", 1, 2, 3)
    assert_shows(stage, cw.ConvolutionExplorer(X, K, stride=2, padding=3))
    until(lambda: lab.eval("[e.stride, e.padding]"), [2, 3])
    assert_shows(stage, explorer_in(lab))


def test_two_views_are_one_explorer(lab: Notebook) -> None:
    lab.run(OPEN)
    lab.run("e")
    first, second = stages(lab, 2)
    second.slide("stride-rows", 2)
    until(lambda: lab.eval("e.stride"), 2)
    assert first.panels() == second.panels()
    assert first.control("stride-rows").input_value() == "2"
    lab.do("e.bias = 5")
    rest(lab.page, 60)
    assert first.panels() == second.panels()
    assert first.table("output") == lab.eval("e.output")


def test_linked_explorers_move_together(lab: Notebook) -> None:
    lab.run(
        BOARD + "a, b = cw.ConvolutionExplorer(x, k), cw.ConvolutionExplorer(np.array(x) * 2, [[1, 1]])\n"
        "links = [cw.link(a, b, 'kernel'), traitlets.link((a, 'stride'), (b, 'stride')), cw.link(a, b, 'padding')]\n"
        "ipywidgets.VBox([a, b])"
    )
    first, second = stages(lab, 2)
    assert second.table("kernel") == K.tolist()
    second.cell("kernel", 0, 0).dblclick()
    second.editor().fill("-6")
    second.editor().press("Enter")
    until(lambda: lab.eval("a.kernel[0, 0]"), -6)
    until(lambda: first.values("kernel")[0, 0], -6)
    first.slide("stride-rows", 2)
    first.choose("padding-mode", "same")
    until(lambda: lab.eval("[b.stride, b.padding]"), [2, "same"])
    until(lambda: second.control("stride-rows").input_value(), "2")
    first.leave()
    assert_shows(first, explorer_in(lab, "a"))
    assert_shows(second, explorer_in(lab, "b"))


def test_jslink_with_a_stock_slider(lab: Notebook) -> None:
    lab.run(
        OPEN.removesuffix("e") + "s = ipywidgets.IntSlider(1, 1, 4)\nipywidgets.jslink((e, 'stride'), (s, 'value'))\n"
        "ipywidgets.VBox([e, s])"
    )
    (stage,) = stages(lab)
    stage.slide("stride-rows", 3)
    until(lambda: lab.page.locator(".widget-readout").inner_text(), "3")
    lab.do("s.value = 2")
    until(lambda: stage.control("stride-rows").input_value(), "2")
    until(lambda: lab.eval("e.stride"), 2)
    assert stage.table("output") == lab.eval("e.output")


def test_python_can_watch_the_learner(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    lab.do("log = []; e.observe(lambda c: log.append([c.name, c.new]), ['stride', 'selected', 'padding'])")
    stage.slide("stride-rows", 2)
    until(lambda: lab.eval("log"), [["stride", 2]])
    stage.cell("input", 1, 2).click()
    until(lambda: lab.eval("log"), [["stride", 2], ["selected", ["input", 1, 2]]])
    rest(lab.page, 200)
    assert len(lab.eval("log")) == 2


def test_python_plays_and_pauses(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    lab.do("e.speed = 8; e.playing = True")
    until(lambda: lab.eval("e.playing"), False)
    assert lab.eval("e.step") == 8
    assert stage.shown_step() == 8


def test_a_wrong_value_from_a_page_is_answered_with_the_right_one(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    lab.do("e.set_state({'stride': -3, 'padding': 'sideways'})")
    assert lab.eval("[e.stride, e.padding]") == [1, "valid"]
    assert_shows(stage, explorer_in(lab))


def test_a_reload_finds_the_explorer_as_it_was(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    stage.slide("stride-rows", 2)
    until(lambda: lab.eval("e.stride"), 2)
    lab.command("docmanager:save")
    lab.page.reload()
    (stage,) = stages(lab)
    assert_shows(stage, explorer_in(lab))
    stage.slide("stride-rows", 1)
    until(lambda: lab.eval("e.stride"), 1)
    lab.do("e.bias = 9")
    until(lambda: stage.control("bias").input_value(), "9")


def test_closing_takes_the_view_away(lab: Notebook) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    lab.do("e.close()")
    stage.root.wait_for(state="detached")
    assert stage.root.count() == 0


OWNERS = ("document", "window", "document.body", "document.documentElement")


def counts(lab: Notebook) -> dict[str, int]:
    """Listeners on what outlives a view, listeners and nodes in all, models; after collecting garbage."""
    session = lab.page.context.new_cdp_session(lab.page)
    session.send("HeapProfiler.enable")
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    found = {}
    for name in OWNERS:
        handle = session.send("Runtime.evaluate", {"expression": name})["result"]["objectId"]
        found[name] = len(session.send("DOMDebugger.getEventListeners", {"objectId": handle})["listeners"])
    counters = session.send("Memory.getDOMCounters")
    session.detach()
    comms = lab.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel._comms.size")
    instances: Any = lab.eval("len(ipywidgets.widgets.widget._instances)")
    return found | {
        "all": counters["jsEventListeners"],
        "nodes": counters["nodes"],
        "comms": comms,
        "models": instances,
    }


EXPLORER = "cw.ConvolutionExplorer([[1, 2, 3]], [[1, -1]])"
STOCK = "ipywidgets.IntSlider()"
VIEW = {EXPLORER: ".cw", STOCK: ".widget-slider"}


def open_and_close(lab: Notebook, count: int, widget: str = EXPLORER) -> None:
    """Draw so many widgets, close them, and remove the cell."""
    lab.run(f"es = [{widget} for _ in range({count})]\nbox = ipywidgets.VBox(es)\nbox")
    lab.page.wait_for_function(
        "([view, count]) => document.querySelectorAll(view).length === count", arg=[VIEW[widget], count]
    )
    lab.do("for e in es: e.close()\nbox.close()\ndel e, es, box")
    lab.page.wait_for_function("(view) => document.querySelector(view) === null", arg=VIEW[widget])
    lab.clear()


def growth(lab: Notebook, widget: str) -> dict[str, int]:
    """What is left of two hundred widgets, opened and closed ten at a time.

    Not more at a time: anywidget gives up on a model that a busy machine has not made within two seconds.
    """
    open_and_close(lab, 5, widget)
    before = counts(lab)
    for _ in range(20):
        open_and_close(lab, 10, widget)
    return {name: count - before[name] for name, count in counts(lab).items()}


def test_two_hundred_explorers_leave_nothing(lab: Notebook) -> None:
    # JupyterLab itself keeps some listeners and nodes of every cell that is removed: stock widgets say how many.
    stock, grown = growth(lab, STOCK), growth(lab, EXPLORER)
    assert {name: grown[name] for name in ("comms", "models")} == {"comms": 0, "models": 0}
    assert max(grown[name] for name in OWNERS) <= 2, grown
    assert grown["all"] - stock["all"] <= 100, "an explorer leaves listeners"
    assert grown["nodes"] - stock["nodes"] <= 10 * 200, "an explorer leaves elements"


def test_views_that_are_shown_again_leave_nothing(lab: Notebook) -> None:
    lab.run("e = cw.ConvolutionExplorer([[1, 2, 3], [4, 5, 6]], [[1, -1]])")
    lab.run("e")
    stages(lab)

    def show_again(times: int) -> dict[str, int]:
        for _ in range(times):
            lab.page.evaluate("jupyterapp.commands.execute('notebook:run-cell')")
            rest(lab.page, 50)
            stages(lab)
        return counts(lab)

    before = show_again(2)
    after = show_again(10)
    grown = {name: after[name] - before[name] for name in after}
    assert max(grown[name] for name in OWNERS) <= 1, grown
    assert grown["all"] <= 50 * 10, "a view leaves its listeners"
    assert (grown["comms"], grown["models"]) == (0, 0)


@pytest.mark.parametrize("box", ["HBox", "Box", "VBox"])
def test_explorers_share_the_room_of_a_box(lab: Notebook, box: str) -> None:
    lab.run(f"ipywidgets.{box}([cw.ConvolutionExplorer(), cw.FilterLab('shapes')])")
    lab.page.locator(".cw").nth(1).locator("[data-panel]").first.wait_for()
    room = lab.page.locator(".widget-box").bounding_box()["width"]
    widths = [lab.page.locator(".cw").nth(index).bounding_box()["width"] for index in range(2)]
    if box == "VBox":
        assert min(widths) > 1000
    else:
        assert min(widths) > 0.45 * room


def test_a_width_that_was_asked_for_is_kept_in_a_box(lab: Notebook) -> None:
    lab.run("ipywidgets.HBox([cw.ConvolutionExplorer(layout=ipywidgets.Layout(width='420px')), cw.PoolingExplorer()])")
    lab.page.locator(".cw").nth(1).locator("[data-panel]").first.wait_for()
    widths = [lab.page.locator(".cw").nth(index).bounding_box()["width"] for index in range(2)]
    assert 400 < widths[0] <= 420 < widths[1]


# Pictures -------------------------------------------------------------------------------------------------------------

PICTURE = "image = np.random.default_rng(4).integers(0, 256, (60, 50), dtype=np.uint8)\n"
DRAWN = "() => [...document.querySelectorAll('canvas[data-panel=output]')].some((c) => c.width > 1 && " + (
    "c.getContext('2d').getImageData(c.width / 2, c.height / 2, 1, 1).data[3] === 255)"
)


def saved(jupyter_root: Path) -> tuple[str, Any]:
    text = (jupyter_root / "shared.ipynb").read_text(encoding="utf-8")
    return text, nbformat.reads(text, as_version=4)


def holds(text: str, secret: bytes) -> bool:
    """Whether the bytes are in a text, in base64 at any of its three alignments, or as numbers."""
    body = [base64.b64encode(secret[start : start + 30]).decode()[:36] for start in range(600, 603)]
    numbers = ", ".join(map(str, secret[600:606]))
    return any(part in text for part in body) or numbers in text or numbers.replace(" ", "") in text


def test_a_picture_reaches_every_view_and_survives_a_reload(lab: Notebook) -> None:
    lab.run(PICTURE + "e = cw.ConvolutionExplorer(image, 'sobel_x')\ndisplay(e, e)")
    first, second = stages(lab, 2)
    lab.page.wait_for_function(DRAWN)
    output: Any = lab.eval("e.output")
    lab.do("e.selected = ('output', 3, 4)")
    until(lambda: first.sentence().split(" = ")[0], f"Output row 3, column 4 is {str(output[3][4]).replace('-', '−')}")
    assert second.sentence() == first.sentence()
    first.press("shift-right")
    until(lambda: lab.eval("bool((e.input == np.roll(image, 1, axis=1)).all())"), True)
    until(lambda: second.sentence(), first.sentence())
    lab.do("e.input = image[::-1]")
    until(lambda: str(lab.eval("e.output[3, 4]")).replace("-", "−") in first.sentence(), True)
    lab.command("docmanager:save")
    lab.page.reload()
    stages(lab, 2)
    lab.page.wait_for_function(DRAWN)


def test_a_saved_notebook_holds_no_pixels_even_with_its_widget_state(lab: Notebook, jupyter_root: Path) -> None:
    lab.run(PICTURE + "e = cw.ConvolutionExplorer(image, 'sobel_x')\ne")
    (stage,) = stages(lab)
    lab.page.wait_for_function(DRAWN)
    stage.press("shift-down")
    stage.press("undo")
    rest(lab.page, 200)
    notebook = saved_with_state(lab, jupyter_root, "picture.ipynb")
    text = (jupyter_root / "picture.ipynb").read_text(encoding="utf-8")
    state = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    (model,) = [model for model in state.values() if "kernel" in model["state"]]
    assert model["state"]["input"]["picture"] is True
    image = np.random.default_rng(4).integers(0, 256, (60, 50), dtype=np.uint8)
    for plane in (image, np.roll(image, 1, axis=0)):
        assert not holds(text, plane.tobytes())
    assert holds(json.dumps(list(map(int, image.tobytes()))), image.tobytes())
    assert holds(base64.b64encode(image.tobytes()).decode(), image.tobytes())


def saved_with_state(lab: Notebook, jupyter_root: Path, name: str) -> Any:
    """Save a copy of the notebook together with the state of its widgets."""
    lab.command("@jupyter-widgets/jupyterlab-manager:saveWidgetState")
    lab.command("docmanager:save")
    text, notebook = saved(jupyter_root)
    lab.command("@jupyter-widgets/jupyterlab-manager:saveWidgetState")
    (jupyter_root / name).write_text(text, encoding="utf-8")
    return notebook


def test_a_board_saved_with_its_state_is_alive_before_any_cell_runs(
    lab: Notebook, jupyter_root: Path, jupyter: str, watched_page: Page
) -> None:
    lab.run(OPEN)
    (stage,) = stages(lab)
    stage.slide("stride-columns", 2)
    until(lambda: lab.eval("e.stride"), 2)
    saved_with_state(lab, jupyter_root, "alive.ipynb")
    open_lab(watched_page, jupyter, "alive.ipynb")
    (again,) = stages(Notebook(watched_page))
    assert_shows(again, cw.ConvolutionExplorer(X, K, stride=2))
    again.slide("padding-rows", 1)
    again.leave()
    assert_shows(again, cw.ConvolutionExplorer(X, K, stride=2, padding=1))


def test_a_picture_saved_with_its_state_says_that_it_is_not_there(
    lab: Notebook, jupyter_root: Path, jupyter: str, watched_page: Page
) -> None:
    lab.run(PICTURE + "e = cw.ConvolutionExplorer(image, 'sobel_x')\ne")
    stages(lab)
    saved_with_state(lab, jupyter_root, "waiting.ipynb")
    open_lab(watched_page, jupyter, "waiting.ipynb")
    (again,) = stages(Notebook(watched_page))
    assert again.sentence() == "The picture is not saved with the notebook. Run the cell to see it."
    assert again.subtitle() == "60 × 50 input ∗ 3 × 3 kernel → 58 × 48 output"
