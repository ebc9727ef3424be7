"""The stored lessons: a fresh clone shows pictures before any cell runs, trusted or not; run, they come alive."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from convwidgets.images import luminance
from tests.browser.conftest import WIDE
from tests.browser.lab import (
    Watch,
    _environment,
    close_session,
    kernel_eval,
    open_lab,
    open_notebook7,
    run_all,
    sessions,
)
from tests.browser.stage import Stage
from tests.browser.test_filter_lab import choose, encoded, status
from tests.browser.test_kernel import holds
from tests.browser.waiting import until

PROJECT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.name for path in (PROJECT / "notebooks").glob("*.ipynb"))
PICTURES = (
    """() => [...document.querySelectorAll(".jp-OutputArea-output img")].map((img) => [img.naturalWidth, img.alt])"""
)
CURRENT_CELLS = "jupyterapp.shell.currentWidget.content.model.cells"
IS_THERE = "() => window.jupyterapp?.shell.currentWidget?.context?.isReady"
BROKEN = "() => document.body.innerText.match(/Error displaying widget|Loading widget|model not found/g)"


WIDGET = re.compile(r"(\w+Explorer|LayerTable|FilterLab)\(")


def test_there_are_lessons() -> None:
    assert [lesson[:3] for lesson in LESSONS] == [f"{number:02}-" for number in range(1, 12)]


def widget_cells(lesson: str) -> list[Any]:
    """The cells whose stored output is the picture of an explorer."""
    notebook = nbformat.read(PROJECT / "notebooks" / lesson, as_version=4)
    return [
        cell
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if WIDGET.match(str(output.get("data", {}).get("text/plain", ""))) and "image/png" in output.data
    ]


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_explorer_is_stored_as_a_picture_without_a_view(lesson: str) -> None:
    text = (PROJECT / "notebooks" / lesson).read_text(encoding="utf-8")
    assert widget_cells(lesson)
    assert "application/vnd.jupyter.widget-view+json" not in text
    assert "application/vnd.jupyter.widget-state+json" not in text


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[tuple[BrowserContext, Watch]]:
    """One browser window for all lessons: JupyterLab's own files are loaded once."""
    context = browser.new_context(viewport=WIDE)
    watch = Watch(context)
    yield context, watch
    context.close()


@pytest.fixture
def desk(window: tuple[BrowserContext, Watch], jupyter: str) -> Iterator[Page]:
    """A page that fails the test for console errors and requests to other machines; its kernels end with it."""
    context, watch = window
    watch.seen.clear()
    before = sessions(jupyter)
    page = context.new_page()
    yield page
    page.close()
    for session in sessions(jupyter) - before:
        close_session(jupyter, session)
    assert watch.problems == []


def copied(jupyter_root: Path, lesson: str, name: str) -> str:
    (jupyter_root / name).write_bytes((jupyter_root / "notebooks" / lesson).read_bytes())
    return name


def trust(path: Path, home: Path) -> None:
    environment = os.environ | _environment(home)
    subprocess.run([sys.executable, "-m", "nbformat.sign", str(path)], env=environment, check=True, capture_output=True)


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_opens_with_pictures_before_any_cell_runs(
    lesson: str, trusted: bool, desk: Page, jupyter: str, jupyter_root: Path
) -> None:
    name = copied(jupyter_root, lesson, f"{'trusted' if trusted else 'fresh'}-{lesson}")
    if trusted:
        trust(jupyter_root / name, jupyter_root.parent / "home")
    desk.goto(f"{jupyter}/doc/tree/{name}?reset")
    desk.wait_for_function(IS_THERE)
    cells = f"Array.from({CURRENT_CELLS}).filter((cell) => cell.type === 'code')"
    assert desk.evaluate(f"() => {cells}.every((cell) => cell.trusted)") is trusted
    pictures = desk.locator(".jp-OutputArea-output img")
    expect(pictures.first).to_be_attached()
    for index in range(len(widget_cells(lesson))):
        pictures.nth(index).scroll_into_view_if_needed()
        expect(pictures.nth(index)).to_be_visible()
    assert all(width > 100 for width, _ in desk.evaluate(PICTURES))
    assert desk.locator(".cw").count() == 0
    assert desk.evaluate(BROKEN) is None


COLOURS = """(stage) => [...stage.querySelectorAll("canvas")]
    .filter((canvas) => canvas.checkVisibility() && canvas.width > 24 && canvas.height > 1)
    .filter((canvas) => canvas.width !== 300 || canvas.height !== 150) // as a canvas is that nobody has drawn on
    .map((canvas) => {
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
    })"""


def assert_coloured(page: Page) -> None:
    """Explorers further down were drawn while JupyterLab kept their cells out of the page."""
    for explorer in page.locator(".cw").all():
        explorer.scroll_into_view_if_needed()
        Stage(page, explorer).settle()
        until(lambda stage=explorer: min(stage.evaluate(COLOURS), default=2) > 1, True)


def assert_alive(page: Page) -> None:
    """All cells run, the first explorer answers, and every picture has its colours."""
    run_all(page, seconds=120)
    assert_coloured(page)
    first = page.locator(".cw").first
    first.scroll_into_view_if_needed()
    stage = Stage(page, first)
    stage.settle()
    assert stage.sentence()
    LIVELY.get(str(first.get_attribute("data-kind")), one_step)(stage)
    assert page.evaluate(BROKEN) is None


def one_step(stage: Stage) -> None:
    """The player goes on."""
    stage.press("forward")
    assert stage.shown_step() == 1


def more_filters(stage: Stage) -> None:
    """Twelve filters in place of eight, and the table counts: (3·5·3 + 1)·12 + (3·3·12 + 1)·16."""
    stage.fill("filters-1", "12")
    expect(stage.root.locator(".cw-subtitle")).to_contain_text("2,296 parameters")


def another_kernel(stage: Stage) -> None:
    """One of the small pictures is chosen, and its kernel stands there."""
    sharpen = stage.root.get_by_role("radio", name="Sharpen")
    sharpen.check()
    expect(sharpen).to_be_checked()
    expect(stage.cell("kernel", 1, 1)).to_contain_text("5")


LIVELY = {"layers": more_filters, "filter_lab": another_kernel}


@pytest.mark.parametrize("lesson", LESSONS[:-1])
def test_a_lesson_runs_and_comes_alive(lesson: str, desk: Page, jupyter: str, jupyter_root: Path) -> None:
    open_lab(desk, jupyter, copied(jupyter_root, lesson, f"run-{lesson}"))
    assert_alive(desk)


def test_the_last_lesson_comes_alive_in_notebook_7(desk: Page, jupyter: str, jupyter_root: Path) -> None:
    name = copied(jupyter_root, LESSONS[-1], f"run-{LESSONS[-1]}")
    open_notebook7(desk, jupyter, name)
    assert_alive(desk)


CHECKED = """(cells) => cells.filter((cell) => cell.source.startsWith("answer") || cell.source.includes(".check("))
    .flatMap((cell) => cell.outputs.map((output) => output.data["text/plain"]))"""
SAVED = "jupyterapp.shell.currentWidget.content.model.toJSON().cells"


def test_what_a_student_hands_in_holds_answers_and_no_picture(desk: Page, jupyter: str, jupyter_root: Path) -> None:
    """Drop a picture into lesson 11, run it, answer, and save it with the state of its widgets."""
    name = copied(jupyter_root, LESSONS[-1], "handed-in.ipynb")
    open_lab(desk, jupyter, name)
    run_all(desk, seconds=120)
    desk.locator(".cw").first.scroll_into_view_if_needed()
    lab = Stage(desk, desk.locator(".cw").first)
    choose(lab, "my-own-face.png", encoded(FACE))
    expect(status(lab)).to_contain_text("lab.image has it.", timeout=20_000)
    desk.evaluate(ANSWER)
    desk.evaluate(RUN_FROM, "picture = ")
    assert kernel_eval(desk, "[lab.is_own, picture.shape]") == [True, [70, 50]]
    verdicts = desk.evaluate(f"() => ({CHECKED})({SAVED})")
    assert [verdict.startswith("Right. ") for verdict in verdicts] == [False] * 5 + [True] * 2
    handed = saved_with_state(desk, jupyter_root / name)
    assert "my-own-face" not in handed and "Right. One kernel did it." in handed
    pixels = [FACE, FACE[20:50, 10:40], luminance(FACE), luminance(FACE)[10:60, 5:45]]
    assert not any(holds(handed, np.ascontiguousarray(part).tobytes()) for part in pixels)
    assert not holds(handed, encoded(FACE))


FACE = np.random.default_rng(8).integers(0, 256, (70, 50, 3)).astype(np.uint8)
ANSWERS = {
    "edges": "np.hypot(*(cw.conv2d(picture, k) for k in (cw.kernels.sobel_x, cw.kernels.sobel_y)))",
    "sharpened": "cw.conv2d(picture.astype(float), sharper, **around)",
}
ANSWER = f"""() => {{
    const cells = jupyterapp.shell.currentWidget.content.model.sharedModel.cells;
    for (const [name, code] of Object.entries({json.dumps(ANSWERS)})) {{
        const cell = cells.find((cell) => cell.getSource().startsWith(`${{name}} = ...`));
        cell.setSource(cell.getSource().replace("...", code));
    }}
}}"""
RUN_FROM = """async (start) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    const cells = notebook.model.sharedModel.cells;
    notebook.activeCellIndex = cells.findIndex((cell) => cell.getSource().startsWith(start));
    await jupyterapp.commands.execute("notebook:run-all-below");
}"""


def saved_with_state(page: Page, path: Path) -> str:
    """The file of the open notebook, saved together with the state of its widgets."""
    toggle = "jupyterapp.commands.execute('@jupyter-widgets/jupyterlab-manager:saveWidgetState')"
    page.evaluate(toggle)
    try:
        page.evaluate("jupyterapp.commands.execute('docmanager:save')")
        until(lambda: "application/vnd.jupyter.widget-state+json" in path.read_text(encoding="utf-8"), True)
        return path.read_text(encoding="utf-8")
    finally:
        page.evaluate(toggle)  # it is a setting of JupyterLab, for every notebook
