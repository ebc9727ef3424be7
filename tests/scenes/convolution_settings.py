"""Settings of one convolution, many and small, for the tests of the code that is written for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.scenes.setting import Setting

X = np.array(
    [[3, -1, 2, 0, 5], [1, 4, -2, 6, 1], [0, 2, 7, -3, 2], [5, 1, 0, 4, -1], [2, 8, -4, 1, 3], [1, 0, 6, 2, 2]]
)
KERNEL = np.array([[2, -1, 3], [1, 4, -2]])
PADDINGS: dict[int, list[Any]] = {
    1: ["valid", "same", "half", "full", 1, ((2, 0),), ((0, 3),)],
    2: ["valid", "same", "half", "full", 1, (0, 2), ((1, 0), (0, 2)), ((0, 2), (1, 1))],
}
AFTER = [
    (0, "none", False), (2, "relu", True), (-1.5, "leaky_relu", False), (0, "sigmoid", True), (0.25, "tanh", False)
]  # fmt: skip
"""Bias, activation and flip."""


def settings(dimensions: int) -> Iterator[Setting]:
    """Those with an output."""
    x, kernel = (X[1], KERNEL[0]) if dimensions == 1 else (X, KERNEL)
    strides = [1, 2, 3] if dimensions == 1 else [1, 2, (1, 3), (2, 1)]
    modes = ["zeros", "constant", "reflect", "replicate", "circular"]
    dilations = [1, 2] if dimensions == 1 else [1, 2, (1, 2)]
    choices = itertools.product(strides, PADDINGS[dimensions], dilations, modes)
    for number, (stride, padding, dilation, mode) in enumerate(choices):
        bias, activation, flip = AFTER[number % len(AFTER)]
        dtype = [np.int64, np.float32, np.uint8][number % 3] if number % 4 else np.float64
        found = Setting(
            abs(x).astype(dtype) if dtype == np.uint8 else x / 4 if dtype == np.float32 else x.astype(dtype), kernel,
            stride=stride, padding=padding, dilation=dilation, flip=flip, bias=bias, activation=activation,
            pad_mode=mode, pad_value=-2 if mode == "constant" else 0,
        )  # fmt: skip
        if not found.error:
            yield found
