"""Waiting that does not depend on how busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page


def rest(page: Page, milliseconds: int) -> None:
    """Let time pass on the page's own clock: what it put off for less than that is done by then, however slow it is."""
    page.evaluate("(time) => new Promise((done) => setTimeout(done, time))", milliseconds)


def until(read: Callable[[], Any], wanted: Any, seconds: float = 20) -> None:
    """Wait for a value to arrive."""
    end = time.monotonic() + seconds
    while (found := read()) != wanted:
        assert time.monotonic() < end, f"{found!r} instead of {wanted!r}"
        time.sleep(0.02)
