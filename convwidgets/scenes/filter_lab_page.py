"""What the page of the filter lab draws besides its state: words, controls, the bank of kernels."""

from __future__ import annotations

from typing import Any

from convwidgets.core import kernels
from convwidgets.images.formats import MOST_BYTES
from convwidgets.images.samples import SAMPLES
from convwidgets.scenes.convolution_page import ACTIVATIONS, BIAS
from convwidgets.scenes.filter_lab_code import WORDS
from convwidgets.scenes.filter_lab_words import FILTER_LAB
from convwidgets.scenes.page import DILATION, FLIP, KERNEL_SIZE, PAD_MODES, PAD_VALUE, PADDING, STRIDE, select, shared

SETTINGS = (
    "kernel", "second", "combine", "stride", "padding", "dilation", "flip", "bias", "activation", "pad_mode",
    "pad_value",
)  # fmt: skip
"""What the result depends on, with the picture."""
LOOKS = ("wipe", "aside", "move", "by")
"""What changes no number of the scene."""
VIEW = ("input", "selected", "chained", "channel", *LOOKS)
"""What one looks at and how: never undone. A new picture begins no new history, and undoing does not bring one back."""
STATE = ("input", *SETTINGS, "grey", "crop", "display", *VIEW[1:])
"""What the page may change."""

BANK = ("identity", "box", "gaussian_5", "sharpen", "laplacian", "sobel_x", "sobel_y", "diagonal", "emboss")
"""Shown as thumbnails; the others are in the menu beside them."""
DISPLAYS = {"auto": "auto", "signed": "by sign", "clamped": "clamped", "scaled": "stretched"}
ASIDES = {"two": "Two kernels", "channels": "Channels", "moves": "Does it follow?"}
COMBINES = {
    "none": "a alone", "magnitude": "√(a² + b²)", "direction": "direction", "sum": "a + b",
    "difference": "a − b", "then": "b after a",
}  # fmt: skip
"""What becomes of the results of two kernels."""
MOVES = {"right": "shift right", "down": "shift down", "rotate": "turn by 90°", "flip": "mirror"}
LARGEST_KERNEL = 15
PATIENCE = 12_000
"""Milliseconds without a word from the kernel, after which the page says so."""


def page() -> dict[str, Any]:
    """The page of the filter lab, ready for JSON."""
    controls = [
        {**KERNEL_SIZE, "max": LARGEST_KERNEL}, STRIDE, {**PADDING, "max": 7}, DILATION, FLIP, BIAS,
        select("activation", "Activation", ACTIVATIONS), select("pad_mode", "Padding with", PAD_MODES), PAD_VALUE,
    ]  # fmt: skip
    samples = [{"name": name, "label": name.capitalize(), "shows": each.shows} for name, each in SAMPLES.items()]
    return {
        **shared("filter_lab", FILTER_LAB["title"], 2, filter_lab=FILTER_LAB, code=WORDS),
        "arrays": ["kernel", "second"], "state": list(STATE), "view": list(VIEW), "looks": list(LOOKS),
        "tools": [], "controls": controls, "presets": [],
        "bank": [list(kernels.NAMES).index(name) for name in BANK], "samples": samples,
        "displays": _pairs(DISPLAYS), "asides": _pairs(ASIDES), "combines": _pairs(COMBINES), "moves": _pairs(MOVES),
        "most_bytes": MOST_BYTES, "patience": PATIENCE,
    }  # fmt: skip


def _pairs(options: dict[str, str]) -> list[list[str]]:
    return [list(pair) for pair in options.items()]
