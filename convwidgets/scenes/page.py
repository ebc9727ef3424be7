"""What the pages of explorers share: names of traits, words, controls, named kernels."""

from __future__ import annotations

from typing import Any

from convwidgets.core import kernels
from convwidgets.core.axis import REFUSALS
from convwidgets.scenes.code import LANGUAGES
from convwidgets.scenes.words import AXIS_NAMES, CODE, LIMITS, PLACE, REPAIRS, SENTENCES, SIZES

ARRAYS = ("input", "kernel")
"""Traits that are arrays."""
WALK = ("selected", "step", "speed", "playing")
"""What one looks at; undo leaves it alone."""
PAD_MODES = {
    "zeros": "zeros",
    "constant": "a constant",
    "reflect": "reflection",
    "replicate": "the edge",
    "circular": "the other side",
}
OPERATIONS = [[False, "correlation"], [True, "convolution"]]
PADDINGS = ["valid", "same", "half", "full"]

KERNEL_SIZE = {"kind": "sizes", "name": "kernel", "label": "Kernel size", "min": 1, "max": 7}
STRIDE = {"kind": "sizes", "name": "stride", "label": "Stride", "min": 1, "max": 4}
PADDING = {"kind": "padding", "name": "padding", "label": "Padding", "min": 0, "max": 4, "modes": PADDINGS}
DILATION = {"kind": "sizes", "name": "dilation", "label": "Dilation", "min": 1, "max": 4}
FLIP = {"kind": "segments", "name": "flip", "label": "Operation", "options": OPERATIONS}
PAD_VALUE = {"kind": "number", "name": "pad_value", "label": "Constant", "step": 1}
INPUT_SIZE = {"kind": "sizes", "name": "input", "label": "Input size", "min": 1, "max": 24}


def shared(kind: str, title: str, dimensions: int, **words: dict[str, str]) -> dict[str, Any]:
    """What every page says: its kind, its axes and the templates of its words, those of `words` by group."""
    templates = {
        "sentences": SENTENCES,
        "sizes": SIZES,
        "repairs": REPAIRS,
        "refusals": REFUSALS | LIMITS,
        "code": CODE,
    }
    own = {name: templates.get(name, {}) | group for name, group in words.items()}
    return {
        "kind": kind, "title": title, "dimensions": dimensions, "axis_names": list(AXIS_NAMES[dimensions]),
        "arrays": list(ARRAYS), "words": {"place": PLACE[dimensions], **templates, **own},
        "kernels": named_kernels(dimensions), "languages": list(LANGUAGES),
    }  # fmt: skip


def select(name: str, label: str, options: dict[str, str]) -> dict[str, Any]:
    """A choice among values with their labels."""
    return {"kind": "select", "name": name, "label": label, "options": [list(pair) for pair in options.items()]}


_LINES = {
    "difference": ([-1, 1], "Each value minus the one before it."),
    "slope": ([-1, 0, 1], "The next value minus the previous one."),
    "moving_sum": ([1, 1, 1], "Three neighbours added up."),
    "bend": ([1, -2, 1], "How much the slope changes."),
}


def named_kernels(dimensions: int) -> list[dict[str, Any]]:
    """The kernels that have a name, for a line or a plane."""
    if dimensions == 1:
        table = _LINES
    else:
        table = {name: (kernels.get(name).tolist(), kernels.describe(name)) for name in kernels.NAMES}
    return [
        {"name": name, "label": name.replace("_", " ").capitalize(), "words": words, "values": values}
        for name, (values, words) in table.items()
    ]
