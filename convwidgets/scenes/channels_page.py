"""What the page of the channels draws besides its state."""

from __future__ import annotations

from typing import Any

from convwidgets.core.problem import CHANNEL_REFUSALS
from convwidgets.scenes.channels_catalogue import presets
from convwidgets.scenes.channels_words import CHANNELS, COLOURS, FAILS, LEGEND, SAID
from convwidgets.scenes.convolution_code import OUTSIDE
from convwidgets.scenes.convolution_layers import WORDS
from convwidgets.scenes.convolution_page import ACTIVATIONS
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

SETTINGS = (
    "input", "kernel", "stride", "padding", "dilation", "groups", "flip", "bias", "activation", "pad_mode", "pad_value",
)  # fmt: skip
"""What the result depends on."""
VIEW = (*WALK, "convention", "chained", "filter", "plane")
"""What one looks at and how: never undone."""
STATE = (*SETTINGS, *VIEW, "seed")
"""What the page may change."""
TOOLS = ["new-numbers", "shift", "paint"]
COUNTS = {"kind": "counts", "name": "counts", "label": "Channels", "min": 1, "max": 8, "slider": True}
SEEING = {"kind": "groups", "name": "groups", "label": "A filter sees"}
ONE = {"kind": "one", "name": "one", "label": "Kernel"}
BIAS = {"kind": "bias", "name": "bias", "label": "Bias of this filter", "step": 1}
CODE = WORDS | OUTSIDE
REPAIRS = {
    "groups": "Groups {value}",
    "filters": "Filters {value}",
    "planes": "Planes {value}",
    "depth": "Filters of {value}",
    "bias": "Bias {value}",
}


def page(seed: int = 0) -> dict[str, Any]:
    """The page of the channels, ready for JSON."""
    controls = [
        SEEING, KERNEL_SIZE, STRIDE, PADDING, DILATION, COUNTS, ONE, FLIP, BIAS,
        select("activation", "Activation", ACTIVATIONS), select("pad_mode", "Padding with", PAD_MODES), PAD_VALUE,
        INPUT_SIZE,
    ]  # fmt: skip
    words = {"repairs": REPAIRS, "refusals": CHANNEL_REFUSALS, "legend": LEGEND, "fails": FAILS}
    common = shared("channels", CHANNELS["title"], 2, channels=CHANNELS, said=SAID, code=CODE, **words)
    return {
        **common, "kernels": [], "state": list(STATE), "view": list(VIEW), "tools": TOOLS, "controls": controls,
        "colours": list(COLOURS), "presets": presets(seed),
    }  # fmt: skip
