"""Presets: figures 4.1 to 4.7 of Dumoulin & Visin, *A guide to convolution arithmetic*, and other small boards."""

from __future__ import annotations

from typing import Any

from convwidgets.core.sheet import sheet

GUIDE = "Convolution arithmetic guide"
SMALL = "Small numbers"
SIZES = "Sizes there and back"
LINES = "Along one axis"

# Figure, words, then of the transposed convolution: input i′, kernel k, padding p, stride s, output padding a.
_FIGURES = (
    ("4.1", "no padding, stride 1", 2, 3, 0, 1, 0),
    ("4.2", "padding 2, stride 1", 6, 4, 2, 1, 0),
    ("4.3", "half (same) padding", 5, 3, 1, 1, 0),
    ("4.4", "full padding", 7, 3, 2, 1, 0),
    ("4.5", "no padding, stride 2", 2, 3, 0, 2, 0),
    ("4.6", "padding 1, stride 2", 3, 3, 1, 2, 0),
    ("4.7", "padding 1, stride 2, output padding 1", 3, 3, 1, 2, 1),
)
TWO = [[0, 1], [2, 3]]
KERNEL = [[2, 3, 2], [1, 4, 2], [3, 4, 1]]
_SQUARE = [[1, 2], [-1, 3]]


def preset(group: str, label: str, input: Any, kernel: Any, **options: Any) -> dict[str, Any]:
    """A board one click away: everything that the result depends on."""
    plain = {"stride": 1, "padding": 0, "dilation": 1, "output_padding": 0}
    return {"group": group, "label": label, "set": {"input": input, "kernel": kernel, **plain, **options}}


def presets(dimensions: int, seed: int = 0) -> list[dict[str, Any]]:
    """The presets of a board of one or two dimensions.

    >>> [each["label"] for each in presets(2)][6]
    '4.7 padding 1, stride 2, output padding 1'
    """
    if dimensions == 1:
        return _lines()
    figures = [
        preset(GUIDE, f"{figure} {words}", _cut(seed, i), _weights(seed, k), padding=p, stride=s, output_padding=a)
        for figure, words, i, k, p, s, a in _FIGURES
    ]
    return [*figures, *_small(), *_sizes(seed)]


def _small() -> list[dict[str, Any]]:
    return [
        preset(SMALL, "Four stamps, stride 1", TWO, TWO),
        preset(SMALL, "Four stamps side by side, stride 2", TWO, TWO, stride=2),
        preset(SMALL, "The convolution of 4 × 4 turned round", [[1, 3], [2, 3]], KERNEL),
        preset(SMALL, "Stride 2, padding 1, output padding 1", TWO, KERNEL, stride=2, padding=1, output_padding=1),
        preset(SMALL, "Dilation 2", TWO, TWO, dilation=2),
    ]


def _sizes(seed: int) -> list[dict[str, Any]]:
    three = _cut(seed, 3)
    return [
        preset(SIZES, "5 × 5 and 3 × 3: kernel 3, stride 1", three, KERNEL),
        preset(SIZES, "3 × 3 and 2 × 2: kernel 3, stride 2, padding 1", TWO, KERNEL, stride=2, padding=1),
        preset(SIZES, "3 × 3 to 6 × 6: kernel 2, stride 2", three, _SQUARE, stride=2),
        preset(SIZES, "3 × 3 to 4 × 4: padding 1 takes a ring away", three, _SQUARE, stride=2, padding=1),
        preset(SIZES, "3 × 3 to 4 × 4: stride 1", three, _SQUARE),
        preset(SIZES, "6 × 6 and 4 × 4: kernel 2, stride 2, padding 1", _cut(seed, 4), _SQUARE, stride=2, padding=1),
    ]


def _lines() -> list[dict[str, Any]]:
    return [
        preset(LINES, "Stride 2: stamps that overlap", [1, 10], [1, 2, 3], stride=2),
        preset(LINES, "Padding 1 and output padding 1", [1, 10], [1, 2, 3], stride=2, padding=1, output_padding=1),
        preset(LINES, "Uneven overlap: kernel 3, stride 2", [1, 1, 1, 1], [1, 1, 1], stride=2),
        preset(LINES, "Linear interpolation", [2, 6, 4], [1, 2, 1], stride=2, padding=1),
        preset(LINES, "Gaps: stride 3, kernel 2", [4, 2, 5], [1, -1], stride=3),
    ]


def _cut(seed: int, size: int) -> list[list[int]]:
    corner: list[list[int]] = sheet(seed)[:size, :size].tolist()
    return corner


def _weights(seed: int, size: int) -> list[list[int]]:
    """Small weights from the far corner of the sheet: −2 … 2."""
    weights: list[list[int]] = (sheet(seed)[-size:, -size:] % 5 - 2).tolist()
    return weights
