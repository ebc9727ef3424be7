"""What the page of an explorer draws besides its state: words, controls, kernels and presets."""

from __future__ import annotations

from typing import Any

from convwidgets.core import kernels
from convwidgets.core.axis import REFUSALS
from convwidgets.scenes.catalogue import presets
from convwidgets.scenes.words import AXIS_NAMES, LIMITS, PLACE, REPAIRS, SENTENCES, SIZES

TITLE = "Convolution"
SETTINGS = ("input", "kernel", "stride", "padding", "dilation", "flip", "bias", "activation", "pad_mode", "pad_value")
"""What the result depends on."""
STATE = (
    *SETTINGS, "selected", "step", "speed", "playing", "convention", "chained", "missing", "ghost", "seed",
)  # fmt: skip
"""What the page may change."""

ACTIVATIONS = {"none": "none", "relu": "ReLU", "leaky_relu": "leaky ReLU", "sigmoid": "sigmoid", "tanh": "tanh"}
PAD_MODES = {
    "zeros": "zeros",
    "constant": "a constant",
    "reflect": "reflection",
    "replicate": "the edge",
    "circular": "the other side",
}
OPERATIONS = [[False, "correlation"], [True, "convolution"]]
PADDINGS = ["valid", "same", "half", "full"]


def page(dimensions: int, seed: int = 0) -> dict[str, Any]:
    """The page of one convolution along one or two axes, ready for JSON."""
    templates = {"sentences": SENTENCES, "sizes": SIZES, "repairs": REPAIRS, "refusals": REFUSALS | LIMITS}
    return {
        "kind": "convolution", "title": TITLE, "dimensions": dimensions, "axis_names": list(AXIS_NAMES[dimensions]),
        "state": list(STATE), "words": {"place": PLACE[dimensions], **templates}, "controls": _controls(dimensions),
        "kernels": _kernels(dimensions), "presets": presets(dimensions, seed),
    }  # fmt: skip


def _controls(dimensions: int) -> list[dict[str, Any]]:
    return [
        {"kind": "sizes", "name": "kernel", "label": "Kernel size", "min": 1, "max": 7},
        {"kind": "sizes", "name": "stride", "label": "Stride", "min": 1, "max": 4},
        {"kind": "padding", "name": "padding", "label": "Padding", "min": 0, "max": 4, "modes": PADDINGS},
        {"kind": "sizes", "name": "dilation", "label": "Dilation", "min": 1, "max": 4},
        {"kind": "segments", "name": "flip", "label": "Operation", "options": OPERATIONS},
        {"kind": "number", "name": "bias", "label": "Bias", "step": 1},
        {"kind": "select", "name": "activation", "label": "Activation", "options": _options(ACTIVATIONS)},
        {"kind": "select", "name": "pad_mode", "label": "Padding with", "options": _options(PAD_MODES)},
        {"kind": "number", "name": "pad_value", "label": "Constant", "step": 1},
        {"kind": "sizes", "name": "input", "label": "Input size", "min": 1, "max": 24},
    ]


def _options(labels: dict[str, str]) -> list[list[str]]:
    return [[value, label] for value, label in labels.items()]


_LINES = {
    "difference": ([-1, 1], "Each value minus the one before it."),
    "slope": ([-1, 0, 1], "The next value minus the previous one."),
    "moving_sum": ([1, 1, 1], "Three neighbours added up."),
    "bend": ([1, -2, 1], "How much the slope changes."),
}


def _kernels(dimensions: int) -> list[dict[str, Any]]:
    if dimensions == 1:
        table = _LINES
    else:
        table = {name: (kernels.get(name).tolist(), kernels.describe(name)) for name in kernels.NAMES}
    return [
        {"name": name, "label": name.replace("_", " ").capitalize(), "words": words, "values": values}
        for name, (values, words) in table.items()
    ]
