"""For everyone: axe finds nothing, names and roles are those of the contract, in every theme and state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import convwidgets as cw
from tests.browser.stage import Stage
from tests.browser.test_layout import BOARDS, K, X
from tests.browser.waiting import rest

AXE_RUN = """async () => {
    const {violations, passes, incomplete} = await axe.run(document);
    const contrast = (results) => results.filter(({id}) => id === "color-contrast").flatMap(({nodes}) => nodes);
    return {
        violations: violations.flatMap(({id, impact, nodes}) =>
            nodes.map(({html, failureSummary}) => `${id} (${impact}): ${failureSummary} — ${html.slice(0, 200)}`)),
        readable: contrast(passes).length,
        unsure: contrast(incomplete).map((node) => [node.any[0]?.data?.messageKey ?? "", node.html.slice(0, 200)]),
    };
}"""
NO_OVERLAYS = ".cw-beams, .cw-window, .cw-point, .cw-small-point, .cw-cell::after { display: none !important; }"
"""Frames and the beam lie over the digits: with them, axe looks at no digit at all."""
LEFT_TO_THE_EYE = {"nonBmp", "imgNode"}
"""A minus sign alone, and words in a drawing."""
THEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"contrast": "more"},
}
STATES: dict[str, Callable[[Stage], None]] = {
    "at rest": lambda stage: stage.leave(),
    "cell focused": lambda stage: stage.cell("output", 1, 1).focus(),
    "weight hovered": lambda stage: stage.hover("kernel", 0, 0),
    "ghost": lambda stage: stage.slide("stride-columns", 2),
    "padded, some unread": lambda stage: (stage.slide("padding-rows", 1), stage.slide("stride-rows", 3)),
    "editor open": lambda stage: stage.cell("kernel", 0, 0).dblclick(),
    "impossible": lambda stage: stage.slide("dilation-rows", 4),
    "sides": lambda stage: stage.press("padding-sides"),
}


@pytest.fixture
def axe(node_modules: Path) -> Callable[[Stage], list[str]]:
    script = (node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def run(stage: Stage) -> list[str]:
        stage.settle()
        rest(stage.page, 150)  # colours fade for 120 ms
        stage.page.evaluate(script)
        stage.page.add_style_tag(content=NO_OVERLAYS)
        answer = stage.page.evaluate(AXE_RUN)
        assert answer["readable"] >= 25
        unsure = [f"{why}: {html}" for why, html in answer["unsure"] if why not in LEFT_TO_THE_EYE]
        found: list[str] = answer["violations"] + unsure
        return found

    return run


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "name", ["board", "four panels", "line", "impossible", "reflect refused", "missing", "picture"]
)
def test_axe_finds_nothing_on_any_board(show, axe, name: str, theme: str) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS[name]), include_picture=True)
    stage.page.emulate_media(**THEMES[theme])
    stage.settle()
    assert stage.root.get_attribute("data-theme") == theme
    assert axe(stage) == []


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_in_any_state(show, axe, state: str) -> None:
    theme = "dark" if list(STATES).index(state) % 2 else "light"
    stage = show(cw.ConvolutionExplorer(X, K, bias=1))
    stage.page.emulate_media(**THEMES[theme])
    STATES[state](stage)
    assert axe(stage) == []


@pytest.mark.parametrize("name", ["board", "four panels", "line", "impossible", "picture", "largest"])
def test_axe_finds_nothing_on_a_phone(show, axe, name: str) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS[name]), include_picture=True)
    stage.page.set_viewport_size({"width": 360, "height": 740})
    assert axe(stage) == []


def test_axe_would_notice(show, axe) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.control("bias").evaluate("e => e.removeAttribute('aria-label')")
    stage.root.locator("[role=row]").first.evaluate("e => e.setAttribute('role', 'list')")
    stage.cell("input", 0, 0).evaluate("e => { e.style.color = '#888'; }")
    stage.root.locator(".cw-subtitle").evaluate("e => { e.style.color = '#999'; }")
    found = {violation.replace(":", " ").split(" ")[0] for violation in axe(stage)}
    assert found >= {"label", "color-contrast", "aria-required-children", "shortTextContent"}


def test_the_theme_is_followed_live_and_back(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    surface = "(root) => getComputedStyle(root).backgroundColor"
    colours = {}
    for theme in ("light", "dark", "contrast", "light"):
        media: dict[str, Any] = {"color_scheme": "light", "contrast": "no-preference", **THEMES[theme]}
        stage.page.emulate_media(**media)
        stage.settle()
        assert stage.root.get_attribute("data-theme") == theme
        assert colours.setdefault(theme, stage.read(surface)) == stage.read(surface)
    assert len(set(colours.values())) == 3


def test_one_status_line_and_no_other_live_cell(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    assert stage.root.get_by_role("status").count() == 1
    assert stage.root.get_by_role("alert").count() == 0
    stage.slide("dilation-rows", 4)
    assert stage.root.get_by_role("alert").count() == 1


@pytest.mark.parametrize("options", [{}, {"padding": 1, "activation": "relu"}, {"missing": True}])
def test_grids_are_grids(show, options: dict[str, Any]) -> None:
    explorer = cw.ConvolutionExplorer(X, K, **options)
    stage = show(explorer)
    for panel in explorer.scene["panels"]:
        grid = stage.root.get_by_role("grid", name=f"{panel['label']}, {panel['note']}", exact=True)
        assert grid.get_attribute("data-panel") == panel["name"]
        rows, columns = panel["values"].shape
        assert grid.get_by_role("row").count() == rows
        assert grid.get_by_role("gridcell").count() == rows * columns
        assert grid.locator("[tabindex='0']").count() == 1
        heads = grid.evaluate(
            """(e) => [...e.querySelectorAll("[role=row]")].map((row) =>
                [...row.children].map(({dataset}) => [dataset.row, dataset.col]))"""
        )
        top, left = panel["origin"]
        assert heads == [[[str(top + r), str(left + c)] for c in range(columns)] for r in range(rows)]
        if panel["name"] in ("preactivation", "output"):
            assert grid.evaluate(
                "e => [...e.querySelectorAll('[role=gridcell]')].every(c => c.ariaReadOnly === 'true')"
            )


@pytest.mark.parametrize("name", ["board", "line", "impossible", "picture"])
@pytest.mark.parametrize("width", [1180, 360])
def test_every_control_has_a_contract_name_and_a_name_for_people(show, name: str, width: int) -> None:
    stage = show(cw.ConvolutionExplorer(**BOARDS[name]), include_picture=True)
    stage.page.set_viewport_size({"width": width, "height": 900})
    stage.settle()
    nameless = stage.read(
        """(root) => [...root.querySelectorAll("button, input, select, summary")]
            .filter((e) => !e.closest("[data-control]") && !e.closest("[role=gridcell]"))
            .map((e) => e.getAttribute("aria-label") ?? e.textContent)"""
    )
    assert nameless == []
    silent = stage.read(
        """(root) => [...root.querySelectorAll("button, input, select, summary")]
            .filter((e) => !(e.getAttribute("aria-label") || e.labels?.length))
            .filter((e) => e.tagName === "SELECT" || !e.textContent.trim())
            .map((e) => e.dataset.control)"""
    )
    assert silent == []


def test_no_two_controls_share_a_name(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    controls = stage.read(
        """(root) => [...root.querySelectorAll("[data-control]")]
            .map((e) => `${e.dataset.control} ${e.dataset.value ?? ""}`.trim())"""
    )
    assert len(controls) == len(set(controls))
    expected = (
        "stride-rows padding-columns dilation-rows kernel-rows input-columns bias flip activation pad-mode "
        "padding-mode play back forward scrub speed undo redo reset preset missing ghost new-numbers shift-left "
        "paint kernel-name"
    )
    assert set(expected.split()) <= set(controls)


def test_pressed_and_checked_states_are_told(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, flip=True, missing=True))
    flip = stage.root.get_by_role("group", name="Operation")
    assert flip.get_by_role("button", name="convolution", pressed=True).count() == 1
    assert flip.get_by_role("button", name="correlation", pressed=False).count() == 1
    assert stage.control("missing").is_checked()
    chain = stage.root.get_by_role("button", name="Stride: rows and columns together")
    assert chain.get_attribute("aria-pressed") == "true"


def test_an_edit_a_step_and_a_pin_are_announced(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.cell("kernel", 0, 0).dblclick()
    stage.editor().fill("9")
    stage.editor().press("Enter")
    stage.settle()
    assert stage.heard().startswith("Weight row 0, column 0 is 9.")
    stage.press("forward")
    assert stage.heard().startswith("Output row 0, column 1 is")
    stage.cell("input", 2, 2).click()
    stage.settle()
    assert stage.heard().startswith("Input row 2, column 2 is 5.")


@pytest.mark.parametrize("theme", THEMES)
def test_the_keyboards_place_is_seen(show, theme: str) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.page.emulate_media(**THEMES[theme])
    stage.page.keyboard.press("Tab")
    seen: dict[str, bool] = {}
    for _ in range(80):
        name, shown = stage.page.evaluate(
            """() => {
                const e = document.activeElement, style = getComputedStyle(e), own = e.closest(".cw");
                const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                return [own ? e.dataset.control ?? e.getAttribute("role") ?? e.tagName : "", ring];
            }"""
        )
        if name:
            seen[name] = seen.get(name, True) and shown
        stage.page.keyboard.press("Tab")
    assert len(seen) >= 25
    assert [name for name, shown in seen.items() if not shown] == []


def test_forced_colours_keep_frames(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, padding=1))
    stage.page.emulate_media(forced_colors="active")
    stage.settle()
    borders = stage.read(
        """(root) => [...root.querySelectorAll("[role=gridcell], button, select, input")]
            .filter((e) => e.checkVisibility({visibilityProperty: true}) && e.type !== "range" && e.type !== "checkbox")
            .filter((e) => getComputedStyle(e).borderTopStyle === "none" && !e.matches(".cw-segment")).length"""
    )
    assert borders == 0
    stage.page.emulate_media(forced_colors="none")
