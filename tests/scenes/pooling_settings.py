"""Settings of pooling, many and small, for the tests of the code that is written for them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.pooling_setting import METHODS

X = np.array(
    [[3, -1, 2, 0, 5], [1, 4, -2, 6, 1], [0, 2, 7, -3, 2], [5, 1, 0, 4, -1], [2, 8, -4, 1, 3], [1, 0, 6, 2, 2]]
)
PLANES = np.stack([X[:5, :4], -X[1:, 1:]], axis=-1)
INPUTS: dict[str, Any] = {"line": X.ravel()[:9], "plane": X, "planes": PLANES}
PADDINGS: dict[int, list[Any]] = {
    1: ["valid", "same", "half", 1, ((2, 0),), ((0, 1),)],
    2: ["valid", "same", "half", 1, (0, 1), ((1, 0), (0, 2)), ((0, 1), (1, 1))],
}


def settings(kind: str) -> Iterator[Planes]:
    """Every combination that has an output."""
    x = INPUTS[kind]
    count = min(x.ndim, 2)
    sizes = [2, 3] if count == 1 else [2, 3, (3, 2)]
    strides = [None, 1, 3] if count == 1 else [None, 1, (2, 3)]
    for size, stride, padding, dilation, ceil, method in itertools.product(
        sizes, strides, PADDINGS[count], (1, 2), (False, True), METHODS
    ):
        for counted in (False, True) if method == "average" else (False,):
            own = {"size": size, "stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil}
            planes = Planes(x, {**own, "method": method, "count_include_pad": counted, "seed": 3})
            if not planes.error:
                yield planes
