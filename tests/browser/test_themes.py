"""JupyterLab's themes: followed live, readable in each, the focus visible."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.lab import Notebook
from tests.browser.stage import Stage
from tests.browser.test_accessible import AXE_RUN, LEFT_TO_THE_EYE, NO_OVERLAYS
from tests.browser.test_kernel import stages

THEMES = {
    "JupyterLab Light": "light",
    "JupyterLab Dark": "dark",
    "JupyterLab Dark High Contrast": "contrast",
}
NOT_CLIPPED = "body, body > * { height: 100vh; overflow: visible !important; }"
"""JupyterLab's body has no height and clips: axe takes every text in it for hidden."""
SETTLED = """(theme) => document.body.dataset.jpThemeName === theme
    && document.getElementById('jupyterlab-splash') === null"""


@pytest.fixture
def stage(lab: Notebook) -> Iterator[Stage]:
    lab.run("e = cw.ConvolutionExplorer(padding=1, stride=(1, 2), bias=1)\ne")
    (found,) = stages(lab)
    yield found
    change_theme(lab, "JupyterLab Light")


def change_theme(lab: Notebook, theme: str) -> None:
    """Change the theme, and wait until the splash is gone: a change before that makes JupyterLab remove it twice."""
    lab.command("apputils:change-theme", {"theme": theme})
    lab.page.wait_for_function(SETTLED, arg=theme)


def test_the_stage_follows_the_theme_live(lab: Notebook, stage: Stage) -> None:
    seen = {}
    for theme, name in [*THEMES.items(), ("JupyterLab Light", "light")]:
        change_theme(lab, theme)
        assert stage.root.get_attribute("data-theme") == name
        colours = stage.read(
            "(root) => [getComputedStyle(root).backgroundColor, getComputedStyle(root).color,"
            " getComputedStyle(root.querySelector('[data-panel=input] [data-row]')).backgroundColor].join()"
        )
        assert seen.setdefault(name, colours) == colours
    assert len(set(seen.values())) == 3


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing_in_a_notebook(lab: Notebook, stage: Stage, node_modules: Path, theme: str) -> None:
    change_theme(lab, theme)
    lab.page.evaluate((node_modules / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    style = lab.page.add_style_tag(content=NO_OVERLAYS + NOT_CLIPPED)
    answer = lab.page.evaluate(AXE_RUN.replace("axe.run(document)", "axe.run('.cw')"))
    style.evaluate("e => e.remove()")
    assert answer["violations"] == []
    assert answer["readable"] >= 60
    assert {why for why, _ in answer["unsure"]} <= LEFT_TO_THE_EYE
