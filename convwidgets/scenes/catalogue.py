"""Presets: the catalogue of Dumoulin & Visin, *A guide to convolution arithmetic* (2016), and other classic boards."""

from __future__ import annotations

from typing import Any

from convwidgets.core.arguments import Array
from convwidgets.core.sheet import sheet

GUIDE = "Convolution arithmetic guide"
CLASSICS = "Classic examples"
LINES = "Along one axis"

# Figure, words, then input i, kernel k, padding p, stride s, dilation d along both axes.
_FIGURES = (
    ("2.1", "no padding, stride 1", 4, 3, 0, 1, 1),
    ("2.2", "padding 2, stride 1", 5, 4, 2, 1, 1),
    ("2.3", "half (same) padding", 5, 3, 1, 1, 1),
    ("2.4", "full padding", 5, 3, 2, 1, 1),
    ("2.5", "no padding, stride 2", 5, 3, 0, 2, 1),
    ("2.6", "padding 1, stride 2", 5, 3, 1, 2, 1),
    ("2.7", "padding 1, stride 2, one row and column unread", 6, 3, 1, 2, 1),
    ("2.8a", "stride 1, to compare with 2.8b", 5, 3, 0, 1, 1),
    ("2.8b", "stride 2: every second position of 2.8a", 5, 3, 0, 2, 1),
    ("5.1", "dilation 2", 7, 3, 0, 1, 2),
)
_NUMBERS = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
_WEIGHTS = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
_LAPLACIAN = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
_TERRAIN = [[0, 10, 9, 3, 4], [4, 3, 2, 1, 5], [10, 2, 10, 3, 0], [3, -1, -3, -3, -4], [-4, -10, -8, -1, -2]]
_SMALL = [[1, 0, -1], [2, 1, 0], [0, -1, 1]]


def preset(group: str, label: str, input: Any, kernel: Any, **options: Any) -> dict[str, Any]:
    """A board one click away: everything that the result depends on."""
    plain = {"stride": 1, "padding": 0, "dilation": 1, "flip": False, "bias": 0, "activation": "none"}
    padding = {"pad_mode": "zeros", "pad_value": 0}
    return {"group": group, "label": label, "set": {"input": input, "kernel": kernel, **plain, **padding, **options}}


def presets(dimensions: int, seed: int = 0) -> list[dict[str, Any]]:
    """The presets of a board of one or two dimensions.

    >>> [each["label"] for each in presets(2)][:2]
    ['1.1 numbers, no padding', '1.2 numbers, padding 1, stride 2']
    """
    cells = sheet(seed)
    return _lines(cells) if dimensions == 1 else [*_guide(cells), *_classics(cells)]


def _guide(cells: Array) -> list[dict[str, Any]]:
    numbers = [
        preset(GUIDE, "1.1 numbers, no padding", _NUMBERS, _WEIGHTS),
        preset(GUIDE, "1.2 numbers, padding 1, stride 2", _NUMBERS, _WEIGHTS, padding=1, stride=2),
    ]
    return numbers + [
        preset(GUIDE, f"{figure} {words}", _corner(cells, i, i), _kernel(cells, k, k), padding=p, stride=s, dilation=d)
        for figure, words, i, k, p, s, d in _FIGURES
    ]


def _classics(cells: Array) -> list[dict[str, Any]]:
    same = {"padding": "same", "stride": 2}
    return [
        preset(CLASSICS, "A 3 × 4 kernel over 7 × 7", _corner(cells, 7, 7), _kernel(cells, 3, 4)),
        preset(CLASSICS, "Laplacian mask", _TERRAIN, _LAPLACIAN),
        *(
            preset(CLASSICS, f"Same padding, stride 2, on 7 × {width}", _corner(cells, 7, width), _SMALL, **same)
            for width in (7, 6, 5)
        ),
    ]


def _lines(cells: Array) -> list[dict[str, Any]]:
    series = cells.ravel()[:12].tolist()
    steps = [0, 0, 0, 4, 4, 4, 4, 1, 1, 1]
    return [
        preset(LINES, "Differences of a step", steps, [-1, 1]),
        preset(LINES, "Moving sum of 3", series, [1, 1, 1]),
        preset(LINES, "Stride 2, same padding", series, [1, 2, -1], stride=2, padding="same"),
        preset(LINES, "Dilation 3", series, [1, 2, -1], dilation=3),
        preset(LINES, "Two before, none after (causal)", series, [1, 2, -1], padding=[[2, 0]]),
    ]


def _corner(cells: Array, height: int, width: int) -> list[list[int]]:
    corner: list[list[int]] = cells[:height, :width].tolist()
    return corner


def _kernel(cells: Array, height: int, width: int) -> list[list[int]]:
    """Small weights from the far corner of the sheet: −2 … 2."""
    weights: list[list[int]] = (cells[-height:, -width:] % 5 - 2).tolist()
    return weights
