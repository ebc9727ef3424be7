"""Fixtures of the browser tests: one explorer on a page of its own, straight from a file, without a kernel."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytest.register_assert_rewrite("tests.browser.stage", "tests.browser.expected")

from tests.browser.lab import Watch  # noqa: E402
from tests.browser.stage import Stage, open_standalone  # noqa: E402

DESKTOP = {"width": 1180, "height": 1150}


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
    page.emulate_media(color_scheme="light", reduced_motion="no-preference", contrast="no-preference")
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
