"""Settings without output: said in words, with ways out that work; nothing else changes and nothing jumps."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from tests.browser.expected import assert_shows
from tests.browser.stage import Stage
from tests.browser.test_controls import changed

X = np.array(
    [[1, 2, 0, -1, -2, -1], [2, 4, 3, 0, -1, -2], [1, 3, 5, 4, 1, 0], [0, 2, 4, 5, 3, 1],
     [-1, 0, 2, 4, 4, 2], [-2, -1, 1, 3, 5, 3], [-1, -2, 0, 1, 2, 4]]
)  # fmt: skip
K = np.array([[1, 0, -1], [2, 3, 0]])
LINE = [3, 1, -4, 1, 5]

IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "dilation": {"dilation": (1, 4)},
    "dilation, both axes": {"dilation": (8, 5)},
    "kernel": {"kernel": np.arange(16).reshape(8, 2)},
    "small input": {"input": [[5, 6], [7, 8]], "kernel": [[1, 2, 3]]},
    "reflect": {"padding": ((7, 0), (0, 1)), "pad_mode": "reflect"},
    "reflect, both axes": {"padding": 8, "pad_mode": "reflect"},
    "circular": {"padding": (3, 7), "pad_mode": "circular"},
    "reflect of a single row": {"input": X[:1], "kernel": [[1, 2]], "padding": 1, "pad_mode": "reflect"},
    "line": {"input": LINE, "kernel": [1, 2, 3], "dilation": 4},
    "line, reflect": {"input": LINE, "kernel": [1, 2, 3], "padding": ((0, 6),), "pad_mode": "reflect"},
    "activation": {"dilation": (1, 4), "activation": "relu", "bias": 2},
}  # fmt: skip


def explorer_of(case: dict[str, Any]) -> cw.ConvolutionExplorer:
    return cw.ConvolutionExplorer(**{"input": X, "kernel": K, **case})


def alert(stage: Stage) -> str:
    return stage.root.get_by_role("alert").inner_text()


def repairs(stage: Stage) -> list[tuple[str, str]]:
    """Control and words of every way out, undo left aside."""
    found = stage.read(
        """(root) => [...root.querySelectorAll('[data-control^="repair-"]')]
            .map((button) => [button.dataset.control, button.textContent])"""
    )
    return [(control, text) for control, text in found if control != "repair-undo"]


@pytest.mark.parametrize("case", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_sentence_is_pythons_and_every_way_out_works(show, case: dict[str, Any]) -> None:
    explorer = explorer_of(case)
    assert explorer.error
    stage = show(explorer)
    assert explorer.error in alert(stage)
    assert stage.subtitle() == explorer.scene["subtitle"]
    ways = repairs(stage)
    assert 1 <= len(ways) <= 4
    for control, words in ways:
        before = stage.traits()
        stage.press(control)
        name = control.removeprefix("repair-").replace("-", "_")
        assert list(changed(before, stage.traits())) == [name]
        twin = stage.twin()
        assert twin.error == ""
        assert words.endswith("→ " + " × ".join(map(str, twin.output.shape)))
        assert_shows(stage, twin)
        assert not stage.root.get_by_role("alert").is_visible()
        stage.press("undo")
        assert changed(before, stage.traits()) == {}
        assert repairs(stage) == ways


@pytest.mark.parametrize("case", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_a_first_setting_without_output_has_an_empty_output_panel(show, case: dict[str, Any]) -> None:
    stage = show(explorer_of(case))
    scene = explorer_of(case).scene
    panels = stage.panels()
    assert [float(cell.value) for cell in panels["input"]] == scene["panels"][0]["values"].ravel().tolist()
    assert [float(cell.value) for cell in panels["kernel"]] == scene["panels"][1]["values"].ravel().tolist()
    assert panels["output"] == []
    assert stage.formula() == []


def test_a_slider_reaches_the_impossible_and_the_last_picture_stays(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, bias=1))
    before, picture = stage.traits(), stage.panels()
    height = stage.height()
    stage.slide("dilation-rows", 4)
    assert stage.control("dilation-rows").input_value() == "4"
    assert changed(before, stage.traits()) == {"dilation": 4}
    assert stage.twin().error in alert(stage)
    assert stage.panels() == picture
    assert stage.root.get_by_text("shown: the last setting with an output").is_visible()
    assert abs(stage.height() - height) <= 1
    stage.slide("dilation-rows", 1)
    assert not stage.root.get_by_role("alert").is_visible()
    assert_shows(stage, stage.twin())
    assert abs(stage.height() - height) <= 1


def test_undo_is_one_of_the_ways_out(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    before = stage.traits()
    stage.slide("dilation-rows", 4)
    stage.press("repair-undo")
    assert changed(before, stage.traits()) == {}
    assert_shows(stage, stage.twin())


def test_there_is_nothing_to_undo_at_the_start(show) -> None:
    assert show(explorer_of({"dilation": 4})).control("repair-undo").count() == 0


def test_the_failed_inequality_stands_with_its_numbers(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.press("dilation-chain")
    stage.slide("dilation-columns", 4)
    text = re.sub(r"\s", "", stage.root.locator(".cw-area-size").inner_text())
    assert "columns4·(3−1)+1=9≤6=0+6+0" in text
    assert "rows1·(2−1)+1=2≤7=0+7+0" in text


def test_ticks_tell_which_settings_have_an_output(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K, chained=()))
    hollow = stage.control("dilation-columns").evaluate(
        "e => [...e.parentElement.querySelectorAll('.cw-tick')].map(t => t.classList.contains('cw-hollow'))"
    )
    assert hollow == [bool(cw.ConvolutionExplorer(X, K, dilation=(1, d)).error) for d in (1, 2, 3, 4)]
    assert hollow == [False, False, True, True]


def test_python_reaches_the_impossible_too(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    stage.set_trait("dilation", [1, 4])
    assert stage.twin().error in alert(stage)
    stage.set_trait("kernel", [[1, 2], [3, 4]])
    assert_shows(stage, stage.twin())
