"""What the page of one convolution draws besides its state."""

from __future__ import annotations

from typing import Any

from convwidgets.scenes.catalogue import presets
from convwidgets.scenes.convolution_code import OUTSIDE
from convwidgets.scenes.convolution_layers import WORDS
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
)  # fmt: skip

TITLE = "Convolution"
SETTINGS = ("input", "kernel", "stride", "padding", "dilation", "flip", "bias", "activation", "pad_mode", "pad_value")
"""What the result depends on."""
VIEW = (*WALK, "convention", "chained", "missing", "ghost")
"""What one looks at and how: never undone."""
STATE = (*SETTINGS, *VIEW, "seed")
"""What the page may change."""

ACTIVATIONS = {"none": "none", "relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
TOOLS = ["kernel-name", "new-numbers", "shift", "paint", "missing", "ghost"]
BIAS = {"kind": "number", "name": "bias", "label": "Bias", "step": 1}


def page(dimensions: int, seed: int = 0) -> dict[str, Any]:
    """The page of one convolution along one or two axes, ready for JSON."""
    controls = [
        KERNEL_SIZE, STRIDE, PADDING, DILATION, FLIP, BIAS, select("activation", "Activation", ACTIVATIONS),
        select("pad_mode", "Padding with", PAD_MODES), PAD_VALUE, INPUT_SIZE,
    ]  # fmt: skip
    return {
        **shared("convolution", TITLE, dimensions, code=WORDS | OUTSIDE), "state": list(STATE), "view": list(VIEW),
        "tools": TOOLS, "controls": controls, "presets": presets(dimensions, seed),
    }  # fmt: skip
