"""The parameters of a layer as a row of the table shows them: which come first, and how their values are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING
from typing import Any

from convwidgets.core.layers.layer import KINDS, Layer
from convwidgets.core.layers.pools import Pool
from convwidgets.scenes.base import shown, times
from convwidgets.scenes.layers_words import FIELDS, PLAIN

_WINDOW = ("strides", "padding")
_FILTERS = ("filters", "kernel_size", *_WINDOW)
MAIN: dict[str, tuple[str, ...]] = {
    "Input": ("shape",),
    **dict.fromkeys(("Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "SeparableConv2D"), _FILTERS),
    "DepthwiseConv2D": ("kernel_size", *_WINDOW),
    **dict.fromkeys((name for name, kind in KINDS.items() if issubclass(kind, Pool)), ("pool_size", *_WINDOW)),
    "UpSampling2D": ("size", "interpolation"),
    "ZeroPadding2D": ("padding",),
    "Cropping2D": ("cropping",),
    "Dense": ("units",),
    "Reshape": ("target_shape",),
    "Activation": ("activation",),
    "LeakyReLU": ("negative_slope",),
    "Dropout": ("rate",),
}
"""The parameters that a row always shows; the others only where they are not at their default."""

PAIRED = ("kernel_size", "pool_size", "size", "shape", "target_shape")
"""Sizes along every axis, also where they agree: 3 × 3."""


def parts(kind: str) -> list[dict[str, Any]]:
    """How the row of a kind is put together, in order: parameter, template, whether it is always shown.

    >>> parts("MaxPooling2D")[0]
    {'parameter': 'pool_size', 'text': 'window {value}', 'main': True}
    """
    own = [name for name in KINDS[kind].parameters() if name != "name"]
    main = MAIN.get(kind, ())
    order = [*main, *(name for name in own if name not in main)]
    return [{"parameter": name, "text": _template(kind, name), "main": name in main} for name in order]


def _template(kind: str, name: str) -> str:
    return FIELDS["zeros" if kind == "ZeroPadding2D" and name == "padding" else name]


def details(layer: Layer) -> str:
    """The parameters of a layer in a line.

    >>> from convwidgets.core.layers import Conv2D
    >>> details(Conv2D(16, 5, strides=(2, 3), use_bias=False))
    '16 filters, 5 × 5, stride 2 × 3, valid, no bias'
    """
    kind = type(layer).__name__
    return ", ".join(_details(layer, kind)) or PLAIN.get(kind, "")


def _details(layer: Layer, kind: str) -> Iterator[str]:
    settings, defaults = layer.settings(), layer.parameters()
    for part in parts(kind):
        name, value = part["parameter"], getattr(layer, part["parameter"])
        if not part["main"] and name not in settings:
            continue
        if isinstance(value, bool):
            text = part["text"] if value else FIELDS["no"].format(value=part["text"])
        else:
            template = FIELDS.get(f"{name}_one", part["text"]) if value == 1 else part["text"]
            text = template.format(value=written(name, effective(layer, name)))
        yield text if not (value is None and defaults[name] is MISSING) else "linear"


def effective(layer: Layer, name: str) -> Any:
    """The value that counts: the stride of a pool that has none is its size."""
    value = getattr(layer, name)
    return layer.steps if name == "strides" and isinstance(layer, Pool) else value


def written(name: str, value: Any) -> str:
    """A value as the row shows it and as it can be typed.

    >>> written("kernel_size", (3, 3)), written("strides", (2, 2)), written("padding", ((1, 2), (0, 0)))
    ('3 × 3', '2', '1 + 2 × 0')
    """
    if not isinstance(value, tuple):
        return str(value) if isinstance(value, str) or value is None else shown(value)
    texts = [_side(item) for item in value]
    alike = name not in PAIRED and len(set(texts)) == 1 and "+" not in texts[0]
    return texts[0] if alike else times(texts)  # type: ignore[arg-type]


def _side(value: Any) -> str:
    if not isinstance(value, tuple):
        return shown(value)
    before, after = value
    return str(before) if before == after else f"{before} + {after}"
