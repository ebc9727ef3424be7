"""The stored lessons: a fresh clone shows pictures before any cell runs, trusted or not; run, they come alive."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import _environment, open_lab, open_notebook7, run_all
from tests.browser.stage import Stage

PROJECT = Path(__file__).resolve().parents[2]
LESSONS = sorted(path.name for path in (PROJECT / "notebooks").glob("*.ipynb"))
PICTURES = (
    """() => [...document.querySelectorAll(".jp-OutputArea-output img")].map((img) => [img.naturalWidth, img.alt])"""
)
BROKEN = "() => document.body.innerText.match(/Error displaying widget|Loading widget|model not found/g)"


def test_there_are_lessons() -> None:
    assert len(LESSONS) >= 3
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


@pytest.mark.parametrize("trusted", [False, True], ids=["untrusted", "trusted"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_opens_with_pictures_before_any_cell_runs(
    lesson: str, trusted: bool, watched_page: Page, jupyter: str, jupyter_root: Path
) -> None:
    name = f"{'trusted' if trusted else 'fresh'}-{lesson}"
    (jupyter_root / name).write_bytes((jupyter_root / "notebooks" / lesson).read_bytes())
    if trusted:
        trust(jupyter_root / name, jupyter_root.parent / "home")
    open_lab(watched_page, jupyter, name)
    cells = "jupyterapp.shell.currentWidget.content.model.cells"
    is_trusted = watched_page.evaluate(
        f"() => Array.from({cells}).filter((c) => c.type === 'code').every((c) => c.trusted)"
    )
    assert is_trusted is trusted
    pictures = watched_page.locator(".jp-OutputArea-output img")
    expect(pictures.first).to_be_attached()
    for index in range(len(widget_cells(lesson))):
        pictures.nth(index).scroll_into_view_if_needed()
        expect(pictures.nth(index)).to_be_visible()
    assert all(width > 100 for width, _ in watched_page.evaluate(PICTURES))
    assert watched_page.locator(".cw").count() == 0
    assert watched_page.evaluate(BROKEN) is None


def trust(path: Path, home: Path) -> None:
    environment = os.environ | _environment(home)
    subprocess.run([sys.executable, "-m", "nbformat.sign", str(path)], env=environment, check=True, capture_output=True)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_runs_and_comes_alive(lesson: str, watched_page: Page, jupyter: str, jupyter_root: Path) -> None:
    (jupyter_root / f"run-{lesson}").write_bytes((jupyter_root / "notebooks" / lesson).read_bytes())
    open_in = open_notebook7 if lesson == LESSONS[-1] else open_lab
    open_in(watched_page, jupyter, f"run-{lesson}")
    run_all(watched_page, seconds=120)
    first = watched_page.locator(".cw").first
    first.scroll_into_view_if_needed()
    stage = Stage(watched_page, first)
    stage.settle()
    assert stage.sentence()
    stage.press("forward")
    assert stage.shown_step() == 1
    assert watched_page.evaluate(BROKEN) is None
