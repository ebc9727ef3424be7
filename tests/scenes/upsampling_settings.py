"""Settings of upsampling, many and small, for the tests of the code that is written for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from convwidgets.scenes.upsampling_setting import RESIZED, Upsampling

X = np.array([[1, -2, 4, 0], [3, 5, 7, 2], [6, 0, -1, 8]])
KERNELS = (np.array([[2]]), np.array([[2, 3, 1], [1, 4, -2]]), np.arange(20).reshape(4, 5) - 7)


def settings() -> Iterator[Upsampling]:
    for number, (kernel, stride, method) in enumerate(itertools.product(KERNELS, (1, 2, 3, (1, 2), (4, 3)), RESIZED)):
        yield Upsampling(
            X, kernel, stride=stride, method=method, weights=("own", "bilinear", "own", "random")[number % 4],
            align_corners=number % 3 == 0, a=(-0.75, -0.5)[number % 2], seed=number,
        )  # fmt: skip
