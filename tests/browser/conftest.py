"""Fixtures of the browser tests: one explorer on a page of its own, straight from a file, without a kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytest.register_assert_rewrite("tests.browser.stage", "tests.browser.expected")

from tests.browser.lab import COUNT_MESSAGES, Notebook, Watch, open_lab, write_notebook  # noqa: E402
from tests.browser.stage import Stage, open_standalone  # noqa: E402

DESKTOP = {"width": 1180, "height": 1150}
WIDE = {"width": 1500, "height": 1300}


@pytest.fixture(scope="session")
def offline(browser: Browser) -> Iterator[tuple[BrowserContext, Watch]]:
    """A browser window without network, for all standalone pages of the run."""
    context = browser.new_context(viewport=DESKTOP)
    context.set_offline(True)
    watch = Watch(context)
    context.new_page()
    yield context, watch
    context.close()


@pytest.fixture
def file_page(offline: tuple[BrowserContext, Watch]) -> Iterator[Page]:
    """A page without network that fails its test for console errors, uncaught errors and any request off the file."""
    context, watch = offline
    page = context.pages[0]
    page.set_default_timeout(8000)
    page.set_viewport_size(DESKTOP)
    calm = {"reduced_motion": "no-preference", "contrast": "no-preference", "forced_colors": "none"}
    page.emulate_media(color_scheme="light", **calm)
    page.mouse.move(1, 1)
    watch.seen.clear()
    yield page
    page.goto("about:blank")
    assert watch.problems == []


@pytest.fixture
def show(file_page: Page, tmp_path: Path) -> Callable[..., Stage]:
    """Write an explorer as a standalone page, open it from the file, and give its stage."""

    def opened(explorer: Any, **options: Any) -> Stage:
        return open_standalone(file_page, explorer, tmp_path / "page.html", **options)

    return opened


@pytest.fixture(scope="session")
def shared_lab(browser: Browser, jupyter: str, jupyter_root: Path) -> Iterator[tuple[Notebook, Watch]]:
    """One notebook in JupyterLab, with convwidgets imported as cw, for all tests of the kernel."""
    context = browser.new_context(viewport=WIDE)
    context.add_init_script(COUNT_MESSAGES)
    watch = Watch(context)
    page = context.new_page()
    write_notebook(jupyter_root / "shared.ipynb", "")
    open_lab(page, jupyter, "shared.ipynb")
    page.set_default_timeout(15_000)
    notebook = Notebook(page)
    notebook.do("import ipywidgets, traitlets, numpy as np, convwidgets as cw")
    yield notebook, watch
    context.close()


@pytest.fixture
def lab(shared_lab: tuple[Notebook, Watch]) -> Iterator[Notebook]:
    """The shared notebook, empty, which fails its test for console errors and requests to other machines."""
    notebook, watch = shared_lab
    notebook.clear()
    notebook.page.mouse.move(1, 1)
    watch.seen.clear()
    yield notebook
    assert watch.problems == []
