"""What the cells show equals what Python computes: every panel, every setting, number by number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import convwidgets as cw
from tests.browser.expected import assert_shows

X = np.array(
    [[1, 2, 0, -1, -2, -1], [2, 4, 3, 0, -1, -2], [1, 3, 5, 4, 1, 0], [0, 2, 4, 5, 3, 1],
     [-1, 0, 2, 4, 4, 2], [-2, -1, 1, 3, 5, 3], [-1, -2, 0, 1, 2, 4]]
)  # fmt: skip
K = np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]])
WIDE = np.array([[1, -2, 0, 3], [0, 1, 2, -1]])
LINE = np.array([3, 1, -4, 1, 5, -9, 2, 6, 5])
FLOATS = np.random.default_rng(3).normal(size=(6, 5))
BIG = 2**53 + np.arange(20).reshape(4, 5) ** 2
BROKEN = np.where(np.arange(42).reshape(7, 6) == 16, np.nan, X)
BROKEN[5, 1] = -np.inf

CASES: dict[str, dict[str, Any]] = {
    "default": {},
    "valid": {"input": X, "kernel": K},
    "same": {"padding": "same"},
    "same, even kernel": {"kernel": WIDE, "padding": "same"},
    "same, stride 2": {"padding": "same", "stride": 2, "kernel": WIDE},
    "same, dilation 2": {"padding": "same", "dilation": 2, "kernel": WIDE},
    "full": {"padding": "full", "kernel": WIDE},
    "half": {"padding": "half", "kernel": WIDE},
    "amount": {"padding": 2},
    "amount per axis": {"padding": (2, 1)},
    "four sides": {"padding": ((2, 0), (1, 3))},
    "stride": {"stride": 2},
    "stride per axis": {"stride": (2, 3), "padding": 1, "bias": 1},
    "gaps between the windows": {"stride": (3, 4), "kernel": [[2, -1]]},
    "dilation": {"dilation": 2},
    "dilation per axis": {"dilation": (3, 2), "padding": (1, 2)},
    "everything": {
        "stride": (2, 1), "dilation": (1, 2), "padding": ((1, 2), (0, 3)), "kernel": WIDE, "flip": True, "bias": -3,
        "activation": "leaky_relu", "pad_mode": "replicate",
    },
    "convolution": {"flip": True, "kernel": WIDE},
    "bias": {"bias": 7},
    "fractional bias": {"bias": -0.5},
    "relu": {"activation": "relu", "bias": -2},
    "leaky relu": {"activation": "leaky_relu"},
    "sigmoid": {"activation": "sigmoid", "kernel": WIDE},
    "tanh": {"activation": "tanh", "bias": 0.25},
    "constant": {"pad_mode": "constant", "pad_value": 5, "padding": ((1, 0), (2, 1))},
    "fractional constant": {"pad_mode": "constant", "pad_value": -1.5, "padding": 1},
    "a constant that is not used": {"pad_value": 5, "padding": 1},
    "reflect": {"pad_mode": "reflect", "padding": ((3, 1), (2, 4))},
    "replicate": {"pad_mode": "replicate", "padding": ((3, 1), (0, 4))},
    "circular": {"pad_mode": "circular", "padding": ((3, 1), (2, 6)), "stride": (1, 2)},
    "one by one": {"kernel": [[-3]]},
    "whole input": {"kernel": X[::-1]},
    "float64": {"input": FLOATS, "kernel": FLOATS[:3, :2] / 3},
    "float32": {"input": FLOATS.astype(np.float32), "kernel": np.float32([[0.1, -0.7], [1.3, 1e-3]]), "padding": 1},
    "float32 and float64": {"input": FLOATS.astype(np.float32), "kernel": FLOATS[:2, :2]},
    "float32 and integers": {"input": FLOATS.astype(np.float32), "kernel": K, "activation": "tanh"},
    "extreme floats": {"input": FLOATS * [1e-7, 1e9, 1, 1e300, -1e-300], "kernel": [[1, -1]]},
    "uint8": {"input": X.astype(np.uint8), "kernel": -K},
    "beyond 2⁵³": {"input": BIG, "kernel": [[1, -1], [0, 1]], "bias": 1},
    "sums beyond 2⁵³": {"input": X * 10**13, "kernel": K * 10**4, "padding": 1},
    "sums beyond 2⁵³, relu": {"input": X * 10**13, "kernel": K * 10**4, "activation": "relu"},
    "nan and infinity": {"input": BROKEN, "kernel": [[1, 0], [0, -1]]},
    "nan and infinity, relu": {"input": BROKEN, "kernel": [[1, 2], [0, -1]], "activation": "relu", "padding": 1},
    "nan weight": {"kernel": [[1, np.nan], [np.inf, 2]]},
    "missing": {"missing": True, "kernel": WIDE},
    "missing, stride and activation": {"missing": True, "stride": (1, 2), "kernel": K, "activation": "relu"},
    "total": {"convention": "total", "padding": ((0, 1), (2, 3))},
    "line": {"input": LINE, "kernel": [1, 2, -1]},
    "line, everything": {
        "input": LINE, "kernel": [1, -2], "stride": 2, "dilation": 3, "padding": ((2, 4),), "pad_mode": "reflect",
        "flip": True, "bias": 0.5, "activation": "relu",
    },
    "line, missing": {"input": LINE, "kernel": [1, 2, -1], "missing": True},
    "largest board": {
        "input": np.arange(24 * 22).reshape(24, 22) % 11 - 5, "kernel": WIDE, "padding": ((0, 0), (1, 1)),
    },
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_page_shows_what_python_computes(show, case: dict[str, Any]) -> None:
    explorer = cw.ConvolutionExplorer(**{"input": X, **case} if case and "input" not in case else case)
    stage = show(explorer)
    assert_shows(stage, explorer)
    assert stage.sentence() == explorer.scene["sentence"]


def test_an_empty_comparison_would_be_noticed(show) -> None:
    explorer = cw.ConvolutionExplorer(input=X)
    stage = show(explorer)
    for change in ({"bias": 1}, {"kernel": K * [[1, 1, 1], [1, 1, 1], [1, 1, 2]]}, {"stride": 2}, {"flip": True}):
        with pytest.raises(AssertionError):
            assert_shows(stage, cw.ConvolutionExplorer(input=X, **change))
