"""The tools of the browser tests, tried on a stock widget: their reports are true, and what they forbid is noticed."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.lab import (
    Notebook,
    Watch,
    kernel_eval,
    kernel_run,
    open_lab,
    open_notebook7,
    run_all,
    write_notebook,
)
from tests.browser.waiting import rest

NUMBER = "import ipywidgets\nnumber = ipywidgets.IntText(3)\nnumber"


@pytest.mark.parametrize("open_in", [open_lab, open_notebook7])
def test_a_widget_answers_in_both_applications(open_in, watched_page: Page, jupyter: str, jupyter_root: Path) -> None:
    write_notebook(jupyter_root / "number.ipynb", NUMBER)
    open_in(watched_page, jupyter, "number.ipynb")
    run_all(watched_page)
    box = watched_page.get_by_role("spinbutton")
    expect(box).to_have_value("3")
    box.fill("4")
    box.press("Enter")
    expect(box).to_have_value("4")
    assert kernel_eval(watched_page, "number.value") == 4
    kernel_run(watched_page, "number.value = 7")
    expect(box).to_have_value("7")


def test_the_lab_reports_values_and_errors_of_the_kernel(lab: Notebook) -> None:
    values = lab.eval("[np.arange(2), (1.5, 'ü'), None, float('nan')]")
    assert values[:3] == [[0, 1], [1.5, "ü"], None]
    assert math.isnan(values[3])
    assert lab.eval("y + 1", "y = 1") == 2
    with pytest.raises(AssertionError, match="ZeroDivisionError: division by zero"):
        lab.do("1 / 0")
    with pytest.raises(AssertionError, match="NameError: name 'absent' is not defined"):
        lab.eval("absent")


def test_a_failing_cell_fails_the_test(lab: Notebook) -> None:
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        lab.run("1 / 0")
    lab.run("two = 1 + 1")
    assert lab.eval("two") == 2
    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        run_all(lab.page)


def test_the_watch_sees_what_is_forbidden(watch: Watch, page: Page) -> None:
    page.route("**/*", lambda route: route.fulfill(body="<p>"))
    page.goto("http://127.0.0.1/")
    assert watch.problems == []
    page.evaluate("console.error('red'); setTimeout(() => { throw new Error('thrown') })")
    page.evaluate("fetch('http://example.org/far').then(() => 0)")
    page.evaluate("fetch('data:text/plain,near').then(() => 0)")
    rest(page, 50)
    assert sorted(problem.split(" (")[0] for problem in watch.problems) == [
        "console: red",
        "left this machine: http://example.org/far",
        "uncaught: thrown",
    ]
    watch.allowed += ["red", "far$", "thrown"]
    assert watch.problems == []
