"""How the filter lab draws a result: which display suits a setting, and numbers as levels of grey."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array

LEVELS = 255
ROUNDING = 1e-9


def cropped(picture: Array, crop: tuple[int, int, int, int] | None) -> Array:
    """The part of a picture from (top, left) up to, not including, (bottom, right)."""
    if crop is None:
        return picture
    top, left, bottom, right = crop
    return picture[top:bottom, left:right]


def display_for(
    display: str, *, combine: str = "none", kernel: Any, second: Any = None, activation: str = "none", **_: Any
) -> str:
    """How a result is drawn: "auto" is by sign where even areas become 0, and clamped where they do not.

    The page decides in the same way (`suits` in `frontend/filter/display.js`).

    >>> display_for("auto", kernel=np.array([[1, -1]])), display_for("auto", kernel=np.array([[1, 1]]))
    ('signed', 'clamped')
    """
    if display != "auto":
        return display
    if combine in ("direction", "magnitude"):
        return "angle" if combine == "direction" else "strength"
    a, b = (_sum(each) for each in (kernel, kernel if second is None else second))
    zero = {"none": a == 0, "sum": a == b == 0, "difference": abs(a - b) <= ROUNDING, "then": a * b == 0}
    if not zero[combine]:
        return "clamped"
    return "signed" if activation in ("none", "tanh", "leaky_relu") else "strength"


def _sum(kernel: Any) -> float:
    """What an even area is multiplied by, where that is not a mere rounding."""
    weights = np.asarray(kernel, np.float64)
    total = float(weights.sum())
    return 0.0 if abs(total) <= ROUNDING * np.abs(weights).sum() else total


def levels(result: Array, display: str) -> Array:
    """The result as levels 0…255: clamped, stretched over its range ("scaled", and angles), from 0 up ("strength"), or
    around 128 by sign ("signed").

    >>> levels(np.array([[-510, 0, 255]]), "signed")
    array([[  0, 128, 191]], dtype=uint8)
    >>> levels(np.array([[-510, 0, 255]]), "scaled")
    array([[  0, 170, 255]], dtype=uint8)
    """
    values = result.astype(np.float64)
    if display == "strength":
        values = values * (LEVELS / (float(values.max()) or 1.0))
    elif display in ("scaled", "angle"):
        least, most = float(values.min()), float(values.max())
        values = (values - least) * (LEVELS / (most - least)) if most > least else np.zeros(values.shape)
    elif display == "signed":
        largest = float(np.abs(values).max()) or 1.0
        values = 127.5 + values * (127.5 / largest)
    rounded: Array = np.clip(np.floor(values + 0.5), 0, LEVELS).astype(np.uint8)
    return rounded


def write_picture(path: Path, pixels: Array) -> None:
    """Write levels as a picture of the kind that the ending says.

    Raises:
        ValueError: for an ending that Pillow does not write.
    """
    from PIL import Image

    try:
        Image.fromarray(pixels).save(path)
    except ValueError:
        raise ValueError(f"{path.name!r} has no ending that can be written. Use .png, .jpg or .npy.") from None
