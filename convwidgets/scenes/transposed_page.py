"""What the page of a transposed convolution draws besides its state."""

from __future__ import annotations

from typing import Any

from convwidgets.core.transposed_sizes import REFUSALS
from convwidgets.scenes.page import DILATION, INPUT_SIZE, KERNEL_SIZE, PADDING, STRIDE, WALK, shared
from convwidgets.scenes.transposed_catalogue import presets
from convwidgets.scenes.transposed_layers import WORDS as LAYERS
from convwidgets.scenes.transposed_words import (
    COLLAPSE,
    CONVOLUTION,
    HUGE,
    SIZES,
    TITLE,
    TOO_LARGE,
    VIEWS,
    WORDS,
)  # fmt: skip

SETTINGS = ("input", "kernel", "stride", "padding", "dilation", "output_padding")
"""What the result depends on."""
VIEW = (*WALK, "walk", "chained")
"""What one looks at and how: never undone."""
STATE = (*SETTINGS, *VIEW, "seed")
"""What the page may change."""

WALKS = {"result": "by result cell", "stamp": "by stamp"}
OUTPUT_PADDING = {"kind": "sizes", "name": "output_padding", "label": "Output padding", "min": 0, "max": 3}


def page(dimensions: int, seed: int = 0) -> dict[str, Any]:
    """The page of one transposed convolution along one or two axes, ready for JSON."""
    sizes = {**KERNEL_SIZE, "label": "Kernel size"}, {**INPUT_SIZE, "label": "Input size", "max": 8}
    refusals = REFUSALS | {"huge": HUGE, "large": TOO_LARGE}
    words = {"sentences": WORDS, "sizes": SIZES, "views": VIEWS, "convolution": CONVOLUTION, "collapse": COLLAPSE}
    base = shared(
        "transposed", TITLE, dimensions, **words, code=LAYERS, refusals=refusals,
        repairs={"output_padding": "Output padding {value}"},
    )  # fmt: skip
    return {
        **base, "state": list(STATE), "view": list(VIEW), "tools": ["kernel-name", "new-numbers"],
        "walks": [list(pair) for pair in WALKS.items()],
        "controls": [sizes[0], sizes[1], STRIDE, PADDING, DILATION, OUTPUT_PADDING],
        "presets": presets(dimensions, seed),
    }  # fmt: skip
