"""The gradients of the matrix explorer: the trait `gradient`, what is computed from it, refusals, saved state."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.widgets.arrays import to_wire
from convwidgets.widgets.errors import SettingError

X = np.array([[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6]])
K = np.array([[2, -1], [0, 3]])


def test_it_begins_with_ones() -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K)
    assert explorer.gradient.tolist() == [[1]] and not explorer.gradient.flags.writeable
    assert explorer.loss == explorer.output.sum()
    assert cw.ConvolutionMatrixExplorer([1, 2, 3], [1, 1]).gradient.tolist() == [1]
    explorer.gradient = None
    assert explorer.gradient.tolist() == [[1]]


@pytest.mark.parametrize("pad_mode", ["zeros", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("flip", [False, True])
def test_gradients_are_those_of_the_matrix(pad_mode: str, flip: bool) -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K, padding=1, pad_mode=pad_mode, flip=flip, stride=(2, 1))
    g = np.arange(explorer.output.size).reshape(explorer.output.shape) - 3
    explorer.gradient = g
    assert explorer.loss == (g * explorer.output).sum()
    assert explorer.input_gradient.tolist() == (explorer.matrix.T @ g.ravel()).reshape(X.shape).tolist()
    options = {"stride": (2, 1), "padding": 1, "pad_mode": pad_mode, "flip": flip}
    tried = cw.finite_differences(lambda k: (g * cw.conv2d(X, k, **options)).sum(), K)
    assert explorer.kernel_gradient.tolist() == tried.tolist()


def test_a_line_has_lines_for_gradients() -> None:
    explorer = cw.ConvolutionMatrixExplorer([2, 1, 0, 3, 1, 4, 2], [1, -1, 2], stride=2, gradient=[1, 2, 3])
    assert explorer.kernel_gradient.tolist() == [5, 19, 8]
    assert explorer.input_gradient.tolist() == [1, -1, 4, -2, 7, -3, 6]
    explorer.flip = True
    assert explorer.kernel_gradient.tolist() == [8, 19, 5]


def test_without_an_output_there_is_none() -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K, dilation=5)
    assert (explorer.loss, explorer.input_gradient, explorer.kernel_gradient) == (None, None, None)


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ([1, 2], "The gradient has the shape (2,), but the output has (oh, ow). Give one such array."),
        ("1", "The gradient"),
        ([[]], "The gradient"),
    ],
)
def test_a_gradient_of_the_wrong_kind_is_refused_and_nothing_is_lost(value: Any, message: str) -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K, gradient=[[5]])
    with pytest.raises(SettingError) as caught:
        explorer.gradient = value
    assert str(caught.value).startswith(message)
    assert explorer.gradient.tolist() == [[5]]
    with pytest.raises(SettingError) as caught:
        cw.ConvolutionMatrixExplorer([1, 2, 3], [1], gradient=[[1]])
    assert str(caught.value) == "The gradient has the shape (1, 1), but the output has (o,). Give one such array."


def test_it_travels_and_is_observed(connection) -> None:
    explorer, seen = cw.ConvolutionMatrixExplorer(X, K), []
    explorer.observe(lambda change: seen.append(change.new.tolist()), "gradient")
    connection.page_sets(explorer, gradient=to_wire(np.array([[1, 2], [3, 4]])))
    assert seen == [[[1, 2], [3, 4]]] and explorer.gradient.tolist() == [[1, 2], [3, 4]]
    explorer.gradient = [[9]]
    assert connection.updates() == ["gradient"]


def test_what_is_computed_is_no_trait() -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K)
    with pytest.raises(Exception) as caught:
        explorer.observe(print, "input_gradient")
    assert "gradient" in str(caught.value) and "observe" in str(caught.value)


def test_the_page_knows_it() -> None:
    page = cw.ConvolutionMatrixExplorer(X, K).page
    assert "gradient" in page["state"] and "gradient" in page["arrays"] and "gradient" not in page["view"]
    assert all(preset["set"]["gradient"] == [[1]] for preset in page["presets"])
    assert dict(page["switches"])["aside"][-1] == ["gradients", "gradients"]
    assert page["words"]["asides"]["gradients"]["button"] == "Check by finite differences"


def test_a_cell_of_a_gradient_can_be_selected() -> None:
    explorer = cw.ConvolutionMatrixExplorer(X, K, aside="gradients")
    explorer.selected = ("kernel_gradient", 1, 0)
    assert explorer.selected == ("kernel_gradient", 1, 0)
