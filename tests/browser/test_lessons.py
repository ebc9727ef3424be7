"""The stored lessons: a fresh clone shows pictures before any cell runs, trusted or not; run, they come alive."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import WIDE
from tests.browser.lab import Watch, _environment, close_session, open_lab, open_notebook7, run_all, sessions
from tests.browser.stage import Stage

PROJECT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.name for path in (PROJECT / "notebooks").glob("*.ipynb"))
PICTURES = (
    """() => [...document.querySelectorAll(".jp-OutputArea-output img")].map((img) => [img.naturalWidth, img.alt])"""
)
CURRENT_CELLS = "jupyterapp.shell.currentWidget.content.model.cells"
IS_THERE = "() => window.jupyterapp?.shell.currentWidget?.context?.isReady"
BROKEN = "() => document.body.innerText.match(/Error displaying widget|Loading widget|model not found/g)"


def test_there_are_lessons() -> None:
    assert len(LESSONS) >= 6
    assert LESSONS[0].startswith("01-")


def widget_cells(lesson: str) -> list[Any]:
    """The cells whose stored output is the picture of an explorer."""
    notebook = nbformat.read(PROJECT / "notebooks" / lesson, as_version=4)
    return [
        cell
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "Explorer(" in str(output.get("data", {}).get("text/plain", "")) and "image/png" in output.data
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
    .map((canvas) => {
        const {data} = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size;
    })"""


def assert_coloured(page: Page) -> None:
    """Explorers further down were drawn while JupyterLab kept their cells out of the page."""
    for explorer in page.locator(".cw").all():
        explorer.scroll_into_view_if_needed()
        Stage(page, explorer).settle()
        assert all(count > 1 for count in explorer.evaluate(COLOURS))


def assert_alive(page: Page) -> None:
    """All cells run, the first explorer answers, and every picture has its colours."""
    run_all(page, seconds=120)
    assert_coloured(page)
    first = page.locator(".cw").first
    first.scroll_into_view_if_needed()
    stage = Stage(page, first)
    stage.settle()
    assert stage.sentence()
    stage.press("forward")
    assert stage.shown_step() == 1
    assert page.evaluate(BROKEN) is None


@pytest.mark.parametrize("lesson", LESSONS[:-1])
def test_a_lesson_runs_and_comes_alive(lesson: str, desk: Page, jupyter: str, jupyter_root: Path) -> None:
    open_lab(desk, jupyter, copied(jupyter_root, lesson, f"run-{lesson}"))
    assert_alive(desk)


def test_the_last_lesson_comes_alive_in_notebook_7(desk: Page, jupyter: str, jupyter_root: Path) -> None:
    name = copied(jupyter_root, LESSONS[-1], f"run-{LESSONS[-1]}")
    open_notebook7(desk, jupyter, name)
    assert_alive(desk)
