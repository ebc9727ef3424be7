"""What the page of the matrix draws besides its state: words, controls, switches, presets."""

from __future__ import annotations

from typing import Any

from convwidgets.scenes import matrix_back, matrix_inverse
from convwidgets.scenes.catalogue import preset, presets
from convwidgets.scenes.convolution_layers import WORDS as LAYERS
from convwidgets.scenes.convolution_page import ACTIVATIONS, BIAS
from convwidgets.scenes.convolution_page import SETTINGS as SETTINGS
from convwidgets.scenes.gradients_check import MOST
from convwidgets.scenes.gradients_templates import WORDS as GRADIENTS
from convwidgets.scenes.matrix_code_latex import WORDS as LARGE
from convwidgets.scenes.matrix_code_layers import WORDS as LAYERED
from convwidgets.scenes.matrix_facts import FACTS, RANKED, UNITS
from convwidgets.scenes.matrix_inverse import INVERTED
from convwidgets.scenes.matrix_patches import PATCHES
from convwidgets.scenes.matrix_words import MATRIX
from convwidgets.scenes.page import (
    DILATION,
    FLIP,
    INPUT_SIZE,
    KERNEL_SIZE,
    PAD_MODES,
    PAD_VALUE,
    PADDING,
    STRIDE,
    WALK,
    select,
    shared,
)

LINEAR = ("input", "kernel", "stride", "padding", "dilation", "flip", "pad_mode")
"""What C and its product depend on."""
ASIDE_WORDS: dict[str, Any] = {"back": matrix_back.WORDS, "inverse": matrix_inverse.WORDS, "gradients": GRADIENTS}
"""The words of what may stand beneath the matrix; `choice` is its name on the switch."""
SWITCHES: dict[str, dict[str, str]] = {
    "shows": {"matrix": "C", "transpose": "Cᵀ", "im2col": "im2col"},
    "form": {"numbers": "numbers", "symbols": "symbols"},
    "colours": {"weight": "colour by weight", "value": "by value"},
    "aside": {name: words["choice"] for name, words in ASIDE_WORDS.items()},
}
"""What the page shows of it: every switch with its choices and their names."""
ASIDES = ("back", "inverse", "gradients")
LOOKS = ("shows", "form", "colours", "aside")
VIEW = (*WALK, *LOOKS, "convention", "chained")
"""What one looks at and how: never undone."""
STATE = (*SETTINGS, "gradient", *VIEW, "seed")
"""What the page may change."""

BOARD = {
    "facts": "The matrix {letter}",
    "key": "The key to the colours of C.",
    "zoom": "Wheel, + and − zoom; dragging pans; arrow keys move the entry that is named.",
    "large": "As a full matrix it takes {dense}, stored sparse {sparse}; here only what is in view is drawn.",
    "large_patches": "Only what is in view is drawn.",
    "no_rank": "not computed",
    "whole": "Whole matrix",
    "whole_short": "whole",
    "zoom_in": "Zoom in",
    "zoom_out": "Zoom out",
    "row": "input row {row}",
    "row_output": "output row {row}",
    "shows": "The large panel shows",
    "form": "Entries as",
    "colours": "Colours",
    "aside": "Beneath the matrix",
}


def page(dimensions: int, seed: int = 0) -> dict[str, Any]:
    """The page of the matrix of a convolution along one or two axes, ready for JSON."""
    table = [[key, *texts] for key, texts in FACTS.items()]
    words = {"matrix": MATRIX, "patches": PATCHES, "board": BOARD, "facts": table, "asides": ASIDE_WORDS}
    code = LAYERS | LAYERED | LARGE
    made = shared("matrix", MATRIX["title"], dimensions, code=code)
    controls = [
        KERNEL_SIZE, STRIDE, PADDING, DILATION, FLIP, BIAS, select("activation", "Activation", ACTIVATIONS),
        select("pad_mode", "Padding with", PAD_MODES), PAD_VALUE, INPUT_SIZE,
    ]  # fmt: skip
    return {
        **made, "words": {**made["words"], **words}, "state": list(STATE), "view": list(VIEW),
        "controls": controls, "tools": ["kernel-name", "new-numbers", "shift", "paint"],
        "switches": [[name, [list(pair) for pair in choices.items()]] for name, choices in SWITCHES.items()],
        "limits": {"ranked": RANKED, "inverted": INVERTED, "tried": MOST, "units": list(UNITS)},
        "arrays": [*made["arrays"], "gradient"],
        "presets": _presets(dimensions, seed),
    }  # fmt: skip


COURSE = {
    "input": [[6, 3, 2, 4], [2, 5, 2, 6], [7, 5, 2, 6], [6, 2, 2, 8]],
    "kernel": [[2, 3, 2], [1, 4, 2], [3, 4, 1]],
}
"""The board of the course: C is 4 × 16."""
ONES: dict[int, list[Any]] = {1: [1], 2: [[1]]}
"""dL/dy to begin with: a number that it lacks is 1."""
ONES_AROUND = {"pad_mode": "constant", "pad_value": 1}
LINE = {"input": [6, 3, 2, 4, 2, 5], "kernel": [2, 3, 1]}


def _presets(dimensions: int, seed: int) -> list[dict[str, Any]]:
    first = COURSE if dimensions == 2 else LINE
    group = "The matrix"
    own = [
        preset(group, "Every window a row", **first),
        preset(group, "Stride 2: bands two columns apart", **first, padding=1, stride=2),
        preset(group, "Padding: entries lost at the border", **first, padding=1),
        preset(group, "Dilation 2: gaps in the bands", **first, padding=2, dilation=2),
        preset(group, "Circular padding: as many rows as columns", **first, padding="same", pad_mode="circular"),
        preset(group, "Reflection: entries that are sums", **first, padding=1, pad_mode="reflect"),
    ]  # fmt: skip
    bias = preset(group, "Bias and ones around: y = C x + b", **first, padding=1, bias=-3, **ONES_AROUND)
    return [_own(each, ONES[dimensions]) for each in [*own, bias, *presets(dimensions, seed)]]


def _own(each: dict[str, Any], ones: list[Any]) -> dict[str, Any]:
    """The settings of this explorer, with a gradient of ones."""
    settings = {name: value for name, value in each["set"].items() if name in SETTINGS}
    return {**each, "set": {**settings, "gradient": ones}}
