"""What the page of the layer table draws besides its state: words, kinds of layers, presets."""

from __future__ import annotations

from typing import Any

from convwidgets.core.layers import PRESETS
from convwidgets.core.layers.convolutions import Conv2D, Conv2DTranspose
from convwidgets.core.layers.layer import KINDS, Layer
from convwidgets.core.layers.parameters import ACTIVATIONS
from convwidgets.core.layers.pools import MaxPooling2D
from convwidgets.core.layers.vectors import Dense, Flatten, Input
from convwidgets.scenes.layers_code import LANGUAGES
from convwidgets.scenes.layers_fields import PAIRED, parts
from convwidgets.scenes.layers_words import ACTIONS, FIELDS, OPEN, PARAMETERS, PLAIN, REPAIRS, SAYS, TABLE, UNREAD
from convwidgets.scenes.words import CODE

SETTINGS = ("layers", "name")
"""What the table depends on."""
VIEW = ("selected",)
"""What one looks at: never undone."""
STATE = (*SETTINGS, *VIEW)
"""What the page may change."""

READ_THE_STRIDES: list[Layer] = [
    Input((128, 128, 3)),
    Conv2D(16, 5, (2, 3)),
    MaxPooling2D(2),
    Conv2D(16, 7, padding="same"),
    MaxPooling2D(4, (3, 2)),
    Conv2D(16, 3, 2, "same"),
    Flatten(),
    Dense(16),
    Dense(1),
]
"""The stack that a table opens with: no two of its layers move alike."""

_NEW: dict[str, list[dict[str, Any]]] = {
    "Convolutions": [
        {"type": "Conv2D", "filters": 16, "kernel_size": [3, 3], "padding": "same"},
        {"type": "DepthwiseConv2D", "kernel_size": [3, 3], "padding": "same"},
        {"type": "SeparableConv2D", "filters": 16, "kernel_size": [3, 3], "padding": "same"},
        {"type": "Conv2DTranspose", "filters": 16, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same"},
        {"type": "Conv1D", "filters": 16, "kernel_size": [3], "padding": "same"},
        {"type": "Conv3D", "filters": 16, "kernel_size": [3, 3, 3], "padding": "same"},
    ],
    "Pools": [
        {"type": "MaxPooling2D"},
        {"type": "AveragePooling2D", "pool_size": [2, 2]},
        {"type": "GlobalAveragePooling2D"},
        {"type": "GlobalMaxPooling2D"},
        {"type": "MaxPooling1D"},
        {"type": "AveragePooling1D", "pool_size": [2]},
    ],
    "Sizes": [
        {"type": "UpSampling2D"},
        {"type": "ZeroPadding2D"},
        {"type": "Cropping2D", "cropping": [[1, 1], [1, 1]]},
    ],
    "Vectors": [{"type": "Flatten"}, {"type": "Dense", "units": 10}, {"type": "Reshape", "target_shape": [-1]}],
    "Value by value": [
        {"type": "Activation", "activation": "relu"},
        {"type": "LeakyReLU"},
        {"type": "BatchNormalization"},
        {"type": "Dropout", "rate": 0.5},
    ],
}
"""Every kind that can be added, by group, and what it is then."""


def page() -> dict[str, Any]:
    """The page of the layer table, ready for JSON."""
    return {
        "kind": "layers", "title": TABLE["title"], "dimensions": 2, "axis_names": ["rows", "columns"],
        "arrays": [], "state": list(STATE), "view": list(VIEW), "controls": [], "tools": [], "presets": presets(),
        "kinds": {kind: parts(kind) for kind in KINDS}, "plain": PLAIN, "paired": list(PAIRED),
        "activations": list(ACTIVATIONS), "new": [[group, configs] for group, configs in _NEW.items()],
        "languages": list(LANGUAGES),
        "words": {
            "table": TABLE, "unread": UNREAD, "says": SAYS, "fields": FIELDS, "repairs": REPAIRS, "actions": ACTIONS,
            "open": OPEN, "parameters": PARAMETERS, "code": CODE,
        },
    }  # fmt: skip


def presets() -> list[dict[str, Any]]:
    """Tables one click away: the networks of `cw.layers.PRESETS`, and small tables to rebuild.

    >>> [each["label"] for each in presets()][:2]
    ['LeNet-5', 'AlexNet']
    """
    networks = [_preset("Networks", label, make().layers, make().name) for label, make in PRESETS.items()]
    return [*networks, *(_preset("Tables to rebuild", label, layers) for label, layers in _TABLES.items())]


def _preset(group: str, label: str, layers: Any, name: str = "sequential") -> dict[str, Any]:
    return {"group": group, "label": label, "set": {"layers": [layer.config() for layer in layers], "name": name}}


_TABLES: dict[str, list[Layer]] = {
    "Eight layers, 22,529 parameters": READ_THE_STRIDES,
    "Two convolutions, two pools": [
        Input((32, 32, 3)), Conv2D(8, (3, 5)), MaxPooling2D(2), Conv2D(16, 3), MaxPooling2D(2),
    ],
    "One convolution of a photograph": [Input((443, 592, 3)), Conv2D(6, 5)],
    "Few weights, many units": [Input((2000, 2000, 3)), Conv2D(16, 5, padding="same", use_bias=False)],
    "One transposed convolution": [Input((10, 8, 128)), Conv2DTranspose(32, 3, strides=2)],
}  # fmt: skip
