"""Fixtures that more than one test file uses. What drives JupyterLab is in tests/browser/lab.py."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.browser.lab import Watch

os.environ.pop("MPLBACKEND", None)  # kernels inherit it, and would then show no figures in the lessons

PROJECT = Path(__file__).resolve().parent.parent
BROWSER_TESTS = PROJECT / "tests" / "browser"

pytest.register_assert_rewrite("tests.browser.lab")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Quick answers first, the browser last.

    It has to be last: once Playwright runs, its event loop is in the way of the notebooks' own.
    """
    for item in items:
        if item.path.is_relative_to(BROWSER_TESTS):
            item.add_marker("browser")
    items.sort(key=_slowness)


def _slowness(item: pytest.Item) -> int:
    if item.get_closest_marker("browser"):
        return 2
    return 1 if item.path.suffix == ".ipynb" else 0


@pytest.fixture(scope="session")
def project() -> Path:
    """The root of the checkout."""
    return PROJECT


@pytest.fixture(scope="session")
def node() -> Path:
    """The Node executable that comes from PyPI."""
    from tools import build_frontend

    return build_frontend.node()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The folder of npm packages (axe-core, esbuild, typescript) as package-lock.json has them."""
    from tools import build_frontend

    return build_frontend.node_modules()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the Chromium to drive. There must be one: browser tests fail without it, they are not skipped."""
    from tools import chromium

    path = chromium.find()
    if path is None:
        pytest.fail("No Chromium found. `make test` installs one; so does `python tools/chromium.py --install`.")
    return path


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], chromium: str) -> dict[str, Any]:
    """Playwright's arguments: our Chromium, with nothing that calls home."""
    from tools.chromium import FLAGS

    return {**browser_type_launch_args, "executable_path": chromium, "args": [*FLAGS]}


@pytest.fixture(scope="session")
def jupyter_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the `jupyter` server shows: a copy of the lessons in notebooks/, and what tests write there."""
    root = tmp_path_factory.mktemp("jupyter") / "root"
    shutil.copytree(PROJECT / "notebooks", root / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    return root


@pytest.fixture(scope="session")
def jupyter(jupyter_root: Path) -> Iterator[str]:
    """The address of a JupyterLab server for the whole run, without token, over `jupyter_root`."""
    from tests.browser.lab import serve

    home = jupyter_root.parent / "home"
    with serve(jupyter_root, home) as url:
        yield url


@pytest.fixture
def watch(context: BrowserContext) -> Watch:
    """What the pages of this test did that they must not; a test may add to `watch.allowed`."""
    from tests.browser.lab import Watch

    return Watch(context)


@pytest.fixture
def watched_page(watch: Watch, context: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that fails the test at its end for console errors, uncaught errors and requests to other machines.

    The kernels that the test started are shut down.
    """
    from tests.browser.lab import close_session, sessions

    url = request.getfixturevalue("jupyter") if "jupyter" in request.fixturenames else None
    before = sessions(url) if url else set()
    yield context.new_page()
    if url:
        for session in sessions(url) - before:
            close_session(url, session)
    assert watch.problems == []
