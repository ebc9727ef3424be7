"""Settings of one transposed convolution, many and small, for the tests of the code that is written for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.scenes.transposed_setting import Turned

Y = np.array([[1, -2, 4], [3, 5, 7], [2, 0, -1]])
KERNEL = np.array([[2, 3, 1], [1, 4, -2]])
PADDINGS: dict[int, list[Any]] = {
    1: ["valid", "same", "half", "full", 0, 1, ((0, 1),), ((2, 0),)],
    2: ["valid", "same", "half", "full", 0, 1, ((0, 1), (0, 1)), ((1, 0), (0, 2)), (0, 1)],
}


def settings(dimensions: int) -> Iterator[Turned]:
    """Those with a result."""
    y, kernel = (Y[1], KERNEL[0]) if dimensions == 1 else (Y, KERNEL)
    strides = [1, 2, 3, 4] if dimensions == 1 else [1, 2, 3, (1, 3), (4, 2)]
    dilations = [1, 2, 3] if dimensions == 1 else [1, 2, (1, 3)]
    extras = [0, 1, 2] if dimensions == 1 else [0, 1, (0, 2)]
    for stride, padding, dilation, extra in itertools.product(strides, PADDINGS[dimensions], dilations, extras):
        found = Turned(y, kernel, stride=stride, padding=padding, dilation=dilation, output_padding=extra)
        if not found.error:
            yield found
