"""The scene of the filter lab: one kernel over a picture, as the page shows it, for figures and the still picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.filtering import kernels_of
from convwidgets.images import luminance
from convwidgets.scenes.base import times
from convwidgets.scenes.convolution import scene
from convwidgets.scenes.filter_lab_words import FILTER_LAB
from convwidgets.scenes.filter_setting import FilterSetting

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


def drawing(pixels: Array, factor: int, selected: Any, **options: Any) -> dict[str, Any]:
    """The scene of what the page shows: of a picture in colour its luminance.

    Args:
        pixels: (h, w) or (h, w, 3), reduced by `factor`.
        selected: None or ("output", row, column).
        options: kernel, stride, padding and so on.
    """
    plane = luminance(pixels) if pixels.ndim == 3 else pixels
    combine, second = options["combine"], options["second"]
    kernels = kernels_of(options["kernel"], second, combine, False)
    one = {name: value for name, value in options.items() if name not in ("second", "combine", "kernel")}
    drawn = scene(plane, kernels[0], step=_step(plane, selected, **options), luminance=pixels.ndim == 3, **one)
    sizes = {"input": times(plane.shape), "kernel": times(options["kernel"].shape)}
    panels = [{**panel, "picture": panel["role"] != "kernel"} for panel in drawn["panels"]]
    if combine != "none" and not drawn["error"]:
        panels = [panel for panel in panels if panel["name"] != "preactivation"]
        panels[-1] = _combined(panels[-1], FilterSetting(plane, **options).output)
        drawn["sentence"] = FILTER_LAB[f"drawn_{combine}"]
    words = {"title": FILTER_LAB["title"], "subtitle": FILTER_LAB["subtitle"].format(**sizes)}
    return {**drawn, "kind": "filter_lab", "panels": panels, "factor": factor, **words}


def _combined(panel: dict[str, Any], result: Array | None) -> dict[str, Any]:
    """The panel of one kernel's result with what two give in its place."""
    values = np.zeros((0, 0)) if result is None else result
    return {
        **panel,
        "label": FILTER_LAB["result"],
        "note": times(values.shape),
        "values": values,
        "missing": values != values,
    }


def _step(plane: Array, selected: Any, **options: Any) -> int:
    """The position of the window that a picture shows: the selected one, or the middle."""
    axes = FilterSetting(plane, **{**options, "combine": "none"}).axes
    if None in axes:
        return 0
    rows, columns = (axis.output for axis in axes if axis is not None)
    row, column = selected[1:] if selected is not None and selected[0] == "output" else (rows // 2, columns // 2)
    return int(min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1))
