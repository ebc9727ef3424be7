"""Pointing at any cell marks all that belongs to it, and says its sentence: the same as Python says, cell by cell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import expect

import convwidgets as cw
from convwidgets.scenes.convolution import words_for
from tests.browser.expected import assert_every_cell_is_linked, links

X = np.array([[1, 2, 0, -1, -2], [2, 4, 3, 0, -1], [1, 3, 5, 4, 1], [0, 2, 4, 5, 3]])
K = np.array([[1, 0, -1], [2, 1, 3]])
LINE = [3, 1, -4, 1, 5, -9, 2, 6]

BOARDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "stride that leaves a rest": {"stride": (1, 3), "bias": 1},
    "padding": {"padding": ((1, 0), (0, 2)), "bias": -2},
    "dilation": {"dilation": (2, 1), "padding": 1},
    "flipped": {"flip": True, "padding": 1, "stride": 2},
    "gaps": {"kernel": [[2, -1]], "stride": (2, 3)},
    "reflect": {"padding": ((2, 1), (1, 3)), "pad_mode": "reflect"},
    "circular": {"padding": ((4, 2), (3, 1)), "pad_mode": "circular", "stride": 2},
    "replicate, flipped": {"padding": 2, "pad_mode": "replicate", "flip": True},
    "constant": {"padding": 1, "pad_mode": "constant", "pad_value": -1},
    "activation": {"activation": "relu", "padding": ((0, 1), (0, 0)), "bias": -3},
    "missing": {"missing": True, "activation": "leaky_relu"},
    "twenty weights": {"input": np.tile(X, (2, 2)), "kernel": np.arange(20).reshape(4, 5) % 3 - 1},
    "many weights": {"input": np.tile(X, (2, 2)), "kernel": np.arange(1, 31).reshape(5, 6) * (-1) ** np.arange(6)},
    "zero kernel": {"kernel": np.zeros((5, 4), int), "input": np.tile(X, (2, 1))},
    "line": {"input": LINE, "kernel": [1, -2, 3], "padding": ((2, 1),), "stride": 2},
    "line, circular": {"input": LINE, "kernel": [1, -2, 3], "padding": 3, "pad_mode": "circular", "dilation": 2},
    "halves": {"input": X / 4, "kernel": K / 2, "bias": 0.5},
    "nan": {"input": np.where(X == 5, np.nan, X)},
}


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_every_cell_marks_its_links_and_says_its_sentence(show, board: dict[str, Any]) -> None:
    explorer = cw.ConvolutionExplorer(**{"input": X, "kernel": K, **board})
    assert_every_cell_is_linked(show(explorer), explorer)


def test_an_input_marks_all_its_outputs_not_one() -> None:
    explorer = cw.ConvolutionExplorer(X, K)
    assert {place for place in links(explorer, "input", 1, 2) if place[0] == "output"} == {
        ("output", r, c) for r in (0, 1) for c in (0, 1, 2)
    }


def test_the_pointer_itself_marks_and_unmarks(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K, padding=1)
    stage = show(explorer)
    rest = stage.sentence()
    for place in [("output", 2, 1), ("input", -1, 3), ("kernel", 1, 2), ("input", 3, 0)]:
        stage.hover(*place)
        assert stage.linked() - {place} == links(explorer, *place)
        assert stage.sentence() == words_for(explorer.compose(), *place)
        assert [cell.place for cell in stage.panels()[place[0]] if cell.selected] == [place[1:]]
    stage.leave()
    assert stage.sentence() == rest == explorer.scene["sentence"]


def test_hovering_changes_nothing_and_tells_nobody(show) -> None:
    stage = show(cw.ConvolutionExplorer(X, K))
    before = stage.traits()
    heard = stage.heard()
    stage.hover_all()
    stage.hover("output", 1, 1)
    after = stage.traits()
    assert all(np.array_equal(before[name], after[name]) for name in before)
    assert stage.sent() == 0
    assert stage.heard() == heard


def test_the_same_links_under_the_keyboard_and_heard(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K, padding=1)
    stage = show(explorer)
    for place in [("output", 2, 1), ("input", -1, 3), ("kernel", 1, 2)]:
        stage.cell(*place).focus()
        stage.settle()
        assert stage.linked() - {place} == links(explorer, *place)
        assert stage.sentence() == stage.heard() == words_for(explorer.compose(), *place)
        assert tuple(stage.traits()["selected"]) == place


def test_a_pinned_cell_stays_until_it_is_unpinned(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K)
    stage = show(explorer)
    stage.cell("input", 2, 3).click()
    stage.leave()
    assert stage.linked() - {("input", 2, 3)} == links(explorer, "input", 2, 3)
    assert stage.traits()["selected"] == ["input", 2, 3]
    stage.hover("output", 0, 0)
    assert stage.linked() - {("output", 0, 0)} == links(explorer, "output", 0, 0)
    stage.leave()
    assert stage.linked() - {("input", 2, 3)} == links(explorer, "input", 2, 3)
    stage.cell("input", 2, 3).click()
    stage.leave()
    assert stage.traits()["selected"] is None
    assert stage.sentence() == explorer.scene["sentence"]


def test_selected_from_python_is_pinned(show) -> None:
    explorer = cw.ConvolutionExplorer(X, K, padding=1, selected=("kernel", 0, 2))
    stage = show(explorer)
    assert stage.linked() - {("kernel", 0, 2)} == links(explorer, "kernel", 0, 2)
    stage.set_trait("selected", ["input", -1, 0])
    assert stage.sentence() == words_for(explorer.compose(), "input", -1, 0)
    stage.set_trait("selected", ["input", 99, 0])
    assert stage.sentence() == explorer.scene["sentence"]


def test_products_stand_in_the_window(show) -> None:
    stage = show(cw.ConvolutionExplorer([[1, 2, 3], [4, 5, 6]], [[10, -1]]))
    stage.hover("output", 1, 1)
    assert "×10" in stage.cell("input", 1, 1).inner_text()
    assert "×−1" in stage.cell("input", 1, 2).inner_text()
    assert "×" not in stage.cell("input", 0, 0).inner_text()
    assert stage.cell("input", 1, 1).evaluate("e => e.firstChild.textContent") == "5"


def test_the_whole_sum_is_within_reach(show) -> None:
    board = BOARDS["many weights"]
    stage = show(cw.ConvolutionExplorer(**board))
    assert "26 more terms" in stage.sentence()
    stage.root.locator("summary").click()
    expect(stage.root.locator("details p")).to_contain_text("=")  # the element tells of its opening in its own time
    whole = stage.root.locator("details p").inner_text()
    terms = whole.split(" = ")[1].split(" + ")
    factors = [term.replace("−", "-").replace("(", "").replace(")", "").split("·") for term in terms]
    total = sum(int(a) * int(b) for a, b in factors)
    assert len(terms) == 30
    assert total == stage.values("output")[0, 0] == int(whole.split(" = ")[0].replace("−", "-"))
