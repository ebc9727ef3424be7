"""Presets of channels and filters: colours, banks, groups, and kernels of one cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core import kernels
from convwidgets.core.arguments import Array
from convwidgets.core.sheet import sheet

SHEETS = 1000
"""Seeds between the sheets of two planes (`frontend/actions.js`)."""
COLOUR, BANK, GROUPS = "Colours", "Banks of filters", "Groups and 1 × 1"

_PLANES = """
0023100 0133200 0132100 1232001 1331000 2321000 2210010
0100122 1001232 0012321 0123210 1232100 0121001 0010001
3211001 2210011 1100112 1001122 0011223 0112233 1122333
"""
RGB: list[Any] = np.stack(
    [[[int(digit) for digit in row] for row in plane.split()] for plane in _PLANES.strip().splitlines()], axis=-1
).tolist()
"""Three planes of 7 × 7."""
_FIRST = [
    [[1, 0, 0, -1], [1, 1, 0, -1], [0, 1, 0, -1]],
    [[0, -1, 1, 0], [-1, 1, 1, 0], [0, 1, 0, -1]],
    [[0, 0, -1, 0], [1, 0, 0, -1], [0, 1, 0, -1]],
]
_SECOND = [
    [[-1, 0, 1, 0], [0, 1, 0, -1], [0, 0, 1, 1]],
    [[0, 1, 0, -1], [1, 0, -1, 0], [0, 0, 1, 0]],
    [[1, -1, 0, 0], [0, 0, 1, 0], [-1, 0, 0, 1]],
]
FILTERS = np.array([_FIRST, _SECOND]).transpose(2, 3, 1, 0)
"""Two filters of 3 × 4 × 3, without any symmetry."""


def planes(height: int, width: int, count: int, seed: int = 0) -> Array:
    """Planes (height, width, count), each from a seeded sheet of its own, as on the page.

    >>> planes(1, 2, 3).tolist()
    [[[-1, 3, 5], [0, 0, 4]]]
    """
    return np.stack([sheet(seed + SHEETS * plane)[:height, :width] for plane in range(count)], axis=-1)


def preset(group: str, label: str, input: Any, kernel: Any, **options: Any) -> dict[str, Any]:
    """A board one click away: everything that the result depends on, and its first filter."""
    plain = {"stride": 1, "padding": "valid", "dilation": 1, "groups": 1, "flip": False, "bias": 0}
    rest = {"activation": "none", "pad_mode": "zeros", "pad_value": 0, "filter": 0, "plane": 0}
    arrays = {"input": np.asarray(input).tolist(), "kernel": np.asarray(kernel).tolist()}
    return {"group": group, "label": label, "set": {**arrays, **plain, **rest, **options}}


def presets(seed: int = 0) -> list[dict[str, Any]]:
    """The boards of the menu.

    >>> [each["label"] for each in presets()][:2]
    ['7 × 7 × 3, two filters of 3 × 4 × 3', 'One filter over red, green and blue']
    """
    four, same = planes(6, 6, 4, seed), {"padding": "same"}
    sobel = np.repeat(kernels.get("sobel_x")[:, :, None, None], 3, axis=2)
    return [
        preset(COLOUR, "7 × 7 × 3, two filters of 3 × 4 × 3", RGB, FILTERS, bias=[1, 0], activation="relu"),
        preset(COLOUR, "One filter over red, green and blue", RGB, FILTERS[..., :1]),
        preset(COLOUR, "RGB to grey: one 1 × 1 filter", RGB, [[[[0.299], [0.587], [0.114]]]]),
        preset(COLOUR, "Sobel on every colour, added up", RGB, sobel, **same),
        preset(COLOUR, "Sobel on every colour by itself", RGB, sobel.transpose(0, 1, 3, 2), groups=3, **same),
        preset(BANK, "6 filters of 5 × 5: 450 weights", RGB, _bank(5, 5, 3, 6, seed)),
        preset(BANK, "8 filters of 3 × 5, with biases 368", RGB, _bank(3, 5, 3, 8, seed), bias=list(range(8))),
        preset(GROUPS, "1 × 1: a mix of channels", RGB, [[[[1, 0], [-2, 1], [1, 3]]]]),
        preset(GROUPS, "Depthwise: a filter for every plane", RGB, _bank(3, 3, 1, 3, seed), groups=3),
        preset(GROUPS, "2 groups of 4 planes", four, _bank(3, 3, 2, 4, seed), groups=2),
        preset(GROUPS, "4 planes, no groups: twice the weights", four, _bank(3, 3, 4, 4, seed)),
    ]


def _bank(height: int, width: int, depth: int, filters: int, seed: int) -> Array:
    """Small weights from the sheet: −2 … 2."""
    cells = sheet(seed + 1).ravel()[: height * width * depth * filters] % 5 - 2
    return cells.reshape(filters, depth, height, width).transpose(2, 3, 1, 0)
