"""A page of its own: from a file, without network or kernel, in every browser window, small."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page

import convwidgets as cw
from tests.browser.expected import assert_every_cell_is_linked, assert_shows
from tests.browser.stage import READY, Stage
from tests.browser.waiting import rest

X = np.array([[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]])
K = np.array([[1, 0, -1], [2, 3, 4]])


@pytest.fixture
def plain(file_page: Page, tmp_path: Path):
    """Open a page exactly as `to_html` writes it."""

    def opened(explorer: cw.ConvolutionExplorer, **options) -> Stage:
        path = explorer.to_html(tmp_path / "lesson ü.html", **options)
        file_page.goto(path.as_uri())
        file_page.wait_for_function(READY)
        return Stage(file_page)

    return opened


def test_everything_works_without_a_kernel(plain) -> None:
    explorer = cw.ConvolutionExplorer(X, K, padding=1, bias=2)
    stage = plain(explorer)
    stage.settle()
    assert_shows(stage, explorer)
    assert_every_cell_is_linked(stage, explorer)
    stage.slide("stride-rows", 2)
    assert_shows(stage, cw.ConvolutionExplorer(X, K, padding=1, bias=2, stride=2))
    stage.cell("kernel", 0, 0).dblclick()
    stage.editor().fill("-5")
    stage.editor().press("Enter")
    stage.settle()
    changed = K.copy()
    changed[0, 0] = -5
    assert_shows(stage, cw.ConvolutionExplorer(X, changed, padding=1, bias=2, stride=2))
    stage.choose("speed", "8")
    stage.control("play").click()
    rest(stage.page, 350)
    assert stage.shown_step() >= 1


def test_the_page_asks_for_nothing(file_page: Page, tmp_path: Path) -> None:
    asked: list[str] = []
    file_page.on("request", lambda request: asked.append(request.url))
    path = cw.ConvolutionExplorer(X, K).to_html(tmp_path / "page.html")
    file_page.goto(path.as_uri())
    file_page.wait_for_function(READY)
    assert [url for url in asked if not url.startswith(("blob:", "data:"))] == [path.as_uri()]


def test_the_default_page_is_small() -> None:
    text = cw.ConvolutionExplorer().to_html()
    assert 20_000 < len(text.encode()) < 300_000


def test_a_picture_adds_its_own_bytes_and_little_more() -> None:
    image = np.random.default_rng(1).integers(0, 256, size=(300, 200), dtype=np.uint8)
    without, with_pixels = (cw.ConvolutionExplorer(image).to_html(include_picture=flag) for flag in (False, True))
    assert len(without) < 300_000
    assert 0 < len(with_pixels) - len(without) < image.nbytes * 4 / 3 + 500


def test_the_page_has_a_title_a_language_and_a_heading(plain) -> None:
    stage = plain(cw.ConvolutionExplorer(X, K), title="A <b>lesson</b> & more")
    assert stage.page.title() == "A <b>lesson</b> & more"
    assert stage.page.get_by_role("heading", level=1).inner_text() == "A <b>lesson</b> & more"
    assert stage.page.evaluate("document.documentElement.lang") == "en"
    assert stage.page.get_by_role("main").count() == 1


def test_the_policy_keeps_the_page_to_itself(plain, file_page: Page) -> None:
    plain(cw.ConvolutionExplorer(X, K))
    blocked = file_page.evaluate("""async () => {
        const policy = document.querySelector("meta[http-equiv]").content;
        return [policy.includes("default-src 'none'"), policy.includes("http")];
    }""")
    assert blocked == [True, False]


def test_what_was_set_before_is_on_the_page(plain) -> None:
    options = {
        "stride": (1, 2), "padding": "same", "flip": True, "bias": -1, "activation": "tanh", "pad_mode": "reflect",
        "convention": "total", "missing": True, "speed": 2, "step": 3, "selected": ("kernel", 0, 1), "ghost": False,
    }  # fmt: skip
    explorer = cw.ConvolutionExplorer(X, K, **options)
    stage = plain(explorer)
    stage.settle()
    assert_shows(stage, explorer)
    assert stage.control("speed").input_value() == "2"
    assert not stage.control("ghost").is_checked()
    assert [cell.place for cell in stage.panels()["kernel"] if cell.selected] == [(0, 1)]


def test_the_page_follows_dark_and_light(plain, file_page: Page) -> None:
    plain(cw.ConvolutionExplorer(X, K))
    backgrounds = []
    for scheme in ("light", "dark"):
        file_page.emulate_media(color_scheme=scheme)
        rest(file_page, 50)
        backgrounds.append(file_page.evaluate("getComputedStyle(document.body).backgroundColor"))
        assert file_page.locator(".cw").get_attribute("data-theme") == scheme
    assert backgrounds == ["rgb(255, 255, 255)", "rgb(17, 17, 17)"]
