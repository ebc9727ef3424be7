"""Code for a pooling: it runs, and gives the numbers that are shown; in frameworks where they are installed."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from convwidgets.scenes.code import LANGUAGES
from convwidgets.scenes.pooling_code import code
from convwidgets.scenes.pooling_planes import Planes
from tests.running import array_in, renders, result
from tests.scenes.pooling_settings import INPUTS, X, settings

MANY = {"line": 200, "plane": 350, "planes": 350}


@pytest.mark.parametrize("kind", INPUTS)
def test_numpy_gives_the_numbers_of_every_pooling(kind: str) -> None:
    count = 0
    for planes in settings(kind):
        text = code(planes)["NumPy"][1]
        found, wanted = result(text), planes.output
        assert wanted is not None
        assert found.dtype == wanted.dtype and np.array_equal(found, wanted), text
        if planes.settings["method"] == "max":
            assert np.array_equal(result(text, "indices"), planes.indices), text
            assert np.array_equal(result(text, "back"), planes.unpooled), text
        count += 1
    assert count > MANY[kind]


@pytest.mark.parametrize("language", ["PyTorch", "Keras"])
@pytest.mark.parametrize("kind", INPUTS)
def test_frameworks_give_the_numbers_of_every_pooling(kind: str, language: str) -> None:
    pytest.importorskip({"PyTorch": "torch", "Keras": "keras"}[language], reason=f"{language} is not installed")
    count = 0
    for planes in settings(kind):
        is_code, text = code(planes)[language]
        assert is_code == (planes.settings["method"] != "stochastic")
        if not is_code:
            continue
        found, wanted = result(text), planes.output
        assert wanted is not None and found.shape == wanted.shape, text
        assert np.allclose(found, wanted, rtol=1e-5, atol=1e-5), text
        if "back = " in text:
            assert np.array_equal(result(text, "indices"), planes.indices), text
            assert np.array_equal(result(text, "back"), planes.unpooled), text
        count += 1
    assert count > 0.8 * MANY[kind]


@pytest.mark.parametrize("kind", INPUTS)
def test_latex_sets_the_numbers(kind: str) -> None:
    for planes in list(settings(kind))[::5]:
        text = code(planes)["LaTeX"][1]
        renders(text)
        if kind != "planes":
            assert planes.output is not None
            assert np.allclose(array_in(text, "x"), np.atleast_2d(planes.input))
            assert np.allclose(array_in(text, "y"), np.atleast_2d(planes.output), rtol=6e-4)


TEXTS: list[tuple[str, dict[str, Any], str]] = [
    ("Keras", {"size": 2}, "pool = keras.layers.MaxPooling2D(2)"),
    ("Keras", {"size": 3, "stride": 2, "padding": "same"}, 'MaxPooling2D(3, strides=2, padding="same")'),
    ("Keras", {"size": 2, "ceil_mode": True, "padding": 1}, "# Keras does not pad like this"),
    ("Keras", {"size": 4, "ceil_mode": True}, "# Keras has no such ceil mode"),
    ("Keras", {"size": 2, "dilation": 2}, "# Keras has no dilation here"),
    ("Keras", {"size": 2, "method": "l2"}, "# Keras has no ℓ² pooling"),
    ("PyTorch", {"size": 2}, "torch.nn.MaxUnpool2d(2)(y, indices, output_size=(6, 5))"),
    ("PyTorch", {"size": 2, "padding": ((0, 1), (0, 1))}, '(0, 1, 0, 1), value=-float("inf"))'),
    ("PyTorch", {"size": 3, "stride": 2, "padding": 1, "method": "average"},
     "torch.nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False)"),
    ("PyTorch", {"size": 4, "ceil_mode": True}, "MaxPool2d(4, ceil_mode=True, return_indices=True)"),
    ("PyTorch", {"size": 2, "method": "l2"}, "torch.nn.LPPool2d(2, 2)"),
    ("PyTorch", {"size": 2, "method": "average", "dilation": 2}, "# PyTorch has no dilation here"),
    ("NumPy", {"size": (2, 3), "method": "stochastic", "seed": 1}, "cw.stochastic_pool2d(x, (2, 3), rng=0) draws anew"),
    ("LaTeX", {"size": 2, "method": "average"},
     r"y_{r,c} = \frac{1}{4} \sum_{i=0}^{1} \sum_{j=0}^{1} x_{2r + i,\, 2c + j}"),
    ("LaTeX", {"size": 3, "stride": 1, "padding": 1, "method": "average"}, r"\frac{1}{n_{r,c}}"),
    ("LaTeX", {"size": 3, "stride": 1, "padding": 1},
     r"\max_{0 \leq i < 3,\; 0 \leq j < 3} x_{r + i - 1,\, c + j - 1}"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "settings", "part"), TEXTS)
def test_what_the_code_says(language: str, settings: dict[str, Any], part: str) -> None:
    assert part in cw.PoolingExplorer(X, **settings).code[language]


def test_what_the_explorer_gives() -> None:
    explorer = cw.PoolingExplorer(X, 2)
    assert tuple(explorer.code) == LANGUAGES
    assert explorer.code["NumPy"].splitlines()[-2:] == [
        "y, indices = cw.max_pool2d(x, 2, return_indices=True)  # 6 × 5 → 3 × 2",
        "back = cw.max_unpool2d(y, indices, (6, 5))",
    ]
    explorer.method = "stochastic"
    assert explorer.code["Keras"] == (
        "Keras has no stochastic pooling. The NumPy code takes the values that were drawn here."
    )
    explorer.size = 9
    assert explorer.code == {}


def test_a_long_line_is_drawn_from_anew() -> None:
    line = np.arange(1, 400)
    text = cw.PoolingExplorer(line, 3, stride=2, padding=1, method="stochastic").code["NumPy"]
    call = "cw.stochastic_pool2d([x], (1, 3), stride=(1, 2), padding=((0, 0), (1, 1)), rng=0)[0]"
    assert f"y = {call}" in text
    assert result(text, x=line).shape == (200,)


def test_a_picture_is_never_written_out() -> None:
    picture = np.full((30, 40, 3), 77, np.uint8)
    for method in ("max", "average", "l2", "stochastic"):
        explorer = cw.PoolingExplorer(picture, 2, method=method)
        for language in LANGUAGES:
            assert "77" not in explorer.code[language] and "[[" not in explorer.code[language]
    planes = Planes(picture, {"size": 2}, colour=True)
    assert "# x is the picture, an array of 30 × 40 × 3" in code(planes, hidden=True)["PyTorch"][1]
    assert np.array_equal(result(code(planes, hidden=True)["NumPy"][1], x=picture), cw.max_pool2d(picture, 2))
