"""The pane of code: the text is Python's and follows every change; it is copied; nothing jumps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import convwidgets as cw
from tests.browser.test_accessible import THEMES, axe  # noqa: F401
from tests.browser.test_kernel import stages, until
from tests.browser.test_layout import BOARDS, CROWDED, WIDER, K, X

NONE = "A setting without output has no code."


def test_the_text_is_pythons_and_follows_every_change(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, bias=1))
    assert stage.code() == stage.twin().code
    stage.slide("stride-rows", 2)
    stage.choose("padding-mode", "full")
    stage.choose("pad-mode", "reflect")
    stage.choose("activation", "leaky_relu")
    stage.press("flip", "true")
    assert stage.code() == stage.twin().code
    assert 'stride=2, padding="full", flip=True, pad_mode="reflect")' in stage.code()["NumPy"]
    stage.press("undo")
    assert stage.code() == stage.twin().code
    assert "flip" not in stage.code()["NumPy"]
    stage.slide("input-rows", 12)
    assert stage.code() == stage.twin().code
    assert "# x is the input, an array of 12 × 6" in stage.code()["Keras"]


def test_a_line(show) -> None:
    stage = show(cw.ConvolutionExplorer([0.1, -2, 1e-7], [0.5, 2], padding=1))
    stage.slide("dilation-columns", 2)
    assert stage.code() == stage.twin().code
    assert "x = [0.1, -2.0, 1e-7]" in stage.code()["NumPy"]


def test_it_is_closed_until_it_is_wanted(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K)
    stage = show(explorer)
    opener, tabs = stage.root.get_by_role("button", name="The same in code"), stage.root.get_by_role("tablist")
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(tabs).to_have_count(0)
    height = stage.height()
    opener.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(tabs).to_be_visible()
    expect(stage.root.get_by_role("tabpanel")).to_have_text(explorer.code["NumPy"])
    opener.press("Enter")
    expect(tabs).to_have_count(0)
    assert stage.height() == height


def test_one_language_at_a_time_by_pointer_and_by_keys(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.open_code()
    shown = lambda: [panel.get_attribute("data-language") for panel in stage.root.get_by_role("tabpanel").all()]  # noqa: E731
    tabs = stage.root.get_by_role("tablist", name="Copy as").get_by_role("tab")
    assert tabs.all_inner_texts() == ["NumPy", "Keras", "PyTorch", "LaTeX"]
    assert shown() == ["NumPy"]
    stage.press("code-pytorch")
    assert shown() == ["PyTorch"]
    for key, language in [
        ("ArrowRight", "LaTeX"),
        ("ArrowRight", "NumPy"),
        ("ArrowLeft", "LaTeX"),
        ("Home", "NumPy"),
        ("End", "LaTeX"),
    ]:
        stage.page.keyboard.press(key)
        stage.settle()
        expect(stage.root.get_by_role("tab", name=language, exact=True)).to_be_focused()
        assert shown() == [language]
    stage.page.keyboard.press("Tab")
    expect(stage.control("copy")).to_be_focused()
    stage.page.keyboard.press("Tab")
    expect(stage.root.get_by_role("tabpanel")).to_be_focused()


@pytest.mark.parametrize("language", ["NumPy", "LaTeX"])
def test_it_is_copied(show, language: str) -> None:
    explorer = cw.ConvolutionExplorer(X, K)
    stage = show(explorer)
    stage.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    stage.press(f"code-{language.lower()}")
    stage.control("copy").focus()
    stage.page.keyboard.press("Enter")
    expect(stage.control("copy")).to_have_text("Copied")
    expect(stage.root.locator(".cw-code .cw-heard")).to_have_text(f"The {language} code is copied.")
    assert stage.page.evaluate("navigator.clipboard.readText()") == explorer.code[language]
    stage.slide("stride-rows", 2)
    expect(stage.control("copy")).to_have_text("Copy")
    stage.press("copy")
    expect(stage.control("copy")).to_have_text("Copied")
    stage.press("code-keras")
    expect(stage.control("copy")).to_have_text("Copy")


def test_where_a_page_may_not_copy_the_text_is_selected(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K)
    stage = show(explorer)
    stage.page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    stage.press("code-keras")
    stage.press("copy")
    expect(stage.control("copy")).to_have_text("Selected")
    expect(stage.root.locator(".cw-code .cw-heard")).to_contain_text("with the keys of your browser")
    assert stage.page.evaluate("getSelection().toString().trim()") == explorer.code["Keras"]


def test_a_setting_without_output_says_so(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, dilation=4))
    assert set(stage.code().values()) == {NONE}
    expect(stage.control("copy")).not_to_be_visible()
    stage.slide("dilation-rows", 1)
    stage.slide("dilation-columns", 1)
    assert stage.code() == stage.twin().code
    expect(stage.control("copy")).to_be_visible()
    stage.slide("dilation-rows", 4)
    assert set(stage.code().values()) == {NONE}


@pytest.mark.parametrize("width", [1180, 640, 360])
def test_nothing_jumps_and_nothing_sticks_out(show, width: int) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.open_code()
    height = stage.height()
    heights = {}
    for language in ("keras", "pytorch", "latex", "numpy"):
        stage.press(f"code-{language}")
        heights[language] = stage.height()
        assert stage.read(WIDER) == [width, []]
        assert stage.read(CROWDED) == []
    for trait, value in [("padding", [[3, 0], [1, 9]]), ("dilation", 4), ("kernel", np.arange(49).reshape(7, 7))]:
        stage.set_trait(trait, value)
        heights[trait] = stage.height()
    assert heights == dict.fromkeys(heights, height)


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_any_language(show, axe, theme: str) -> None:  # noqa: F811
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.page.emulate_media(**THEMES[theme])
    for language in ("keras", "latex"):
        stage.press(f"code-{language}")
        assert axe(stage) == []
    stage.slide("dilation-rows", 4)
    assert axe(stage) == []


EXPLORERS = {
    "matrix": lambda: cw.ConvolutionMatrixExplorer(X, K, padding=1, bias=2, activation="relu"),
    "transposed": lambda: cw.TransposedConvolutionExplorer(X[:3, :3], K, stride=2),
    "upsampling": lambda: cw.UpsamplingExplorer(X[:3, :3], K),
}


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_explorer_has_the_pane(show, name: str) -> None:
    explorer = EXPLORERS[name]()
    stage = show(explorer)
    assert stage.code() == explorer.code
    stage.slide("stride-rows", 3)
    assert stage.code() == type(explorer)(**stage.traits()).code != explorer.code
    stage.page.set_viewport_size({"width": 360, "height": 900})
    stage.settle()
    for language in ("latex", "keras"):
        stage.press(f"code-{language}")
        assert stage.read(WIDER) == [360, []]


def test_a_picture_is_a_name(show) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS["picture"]), include_picture=True)
    code: dict[str, Any] = stage.code()
    assert all(
        "# x is the picture, an array of 60 × 50" in code[language] for language in ("NumPy", "Keras", "PyTorch")
    )
    assert "\nx = " not in code["LaTeX"]


def test_in_jupyterlab(lab) -> None:
    lab.run("e = cw.ConvolutionExplorer([[1, 2, 3], [4, 5, 6]], [[1, -1]], bias=2)\ne")
    (stage,) = stages(lab)
    until(stage.code, lab.eval("e.code"))
    stage.slide("stride-columns", 2)
    until(lambda: lab.eval("e.stride"), 2)
    until(lambda: lab.eval("e.code"), stage.code())
    lab.do("e.padding = 'same'; e.pad_mode = 'circular'")
    until(lambda: 'pad_mode="circular"' in stage.code()["NumPy"], True)
    assert stage.code() == lab.eval("e.code")
