"""Settings of the filter lab whose code is written, run and compared."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.core import kernels

COLOUR = np.random.default_rng(2).integers(0, 256, (12, 9, 3)).astype(np.uint8)
K = np.array([[1, 0, -2], [3, 1, 0]])
BOX = np.full((4, 5), 0.25)
PAIRS: list[tuple[Any, Any]] = [
    ("sobel_x", None), (K, None), (K, "box"), ("sobel_y", K.T), (BOX, np.array([[0.5, -1.5]])), ("gaussian_5", K),
    (np.float32([[0.1, -0.7]]), None), (np.arange(81).reshape(9, 9) - 40, np.array([[-1]])),
]  # fmt: skip
COMBINES = ("then", "sum", "difference", "magnitude", "direction")
OPTIONS: list[dict[str, Any]] = [
    {}, {"stride": (2, 1), "padding": "valid", "bias": 3}, {"padding": "half", "pad_mode": "circular", "bias": -1.5},
    {"dilation": (1, 2), "pad_mode": "zeros", "padding": 6, "activation": "relu"},
    {"flip": True, "bias": 0.5, "activation": "leaky_relu", "stride": 2}, {"pad_mode": "zeros", "activation": "tanh"},
    {"pad_mode": "constant", "pad_value": 7, "activation": "sigmoid", "crop": (1, 2, 11, 9), "flip": True},
    {"padding": ((2, 1), (0, 3)), "pad_mode": "reflect", "stride": (1, 2), "dilation": 2},
]  # fmt: skip
ONE: list[dict[str, Any]] = [
    {}, {"kernel": K, "stride": (2, 1), "padding": "valid"}, {"kernel": K, "padding": "half", "pad_mode": "circular"},
    {"kernel": "box", "dilation": 2, "bias": 1.5, "activation": "sigmoid"}, {"kernel": K, "flip": True, "bias": -3},
    {"kernel": "gaussian", "pad_mode": "constant", "pad_value": 7, "activation": "relu", "crop": (1, 2, 11, 9)},
]  # fmt: skip


def two() -> Iterator[dict[str, Any]]:
    """Every combination of two kernels with every option; some have no result."""
    for (kernel, second), combine, options in itertools.product(PAIRS, COMBINES, OPTIONS):
        yield {"kernel": kernel, "second": second, "combine": combine, **options}


def for_the_page(setting: dict[str, Any]) -> dict[str, Any]:
    """As the page has it, ready for JSON."""
    usual = {
        "kernel": "sobel_x", "second": None, "combine": "none", "stride": 1, "dilation": 1, "padding": "same",
        "flip": False, "bias": 0, "activation": "none", "pad_mode": "replicate", "pad_value": 0, "crop": None,
    }  # fmt: skip
    state = {**usual, **setting}
    return {**state, "kernel": _array(state["kernel"]), "second": _array(state["second"])}


def _array(kernel: Any) -> dict[str, Any] | None:
    if kernel is None:
        return None
    values = kernels.get(kernel) if isinstance(kernel, str) else kernel
    return {"dtype": values.dtype.name, "shape": values.shape, "values": list(map(str, values.ravel().tolist()))}
