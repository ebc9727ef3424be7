"""The scene of the filter lab: one kernel over a picture, as the page shows it, for figures and the still picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.images import luminance
from convwidgets.scenes.base import times
from convwidgets.scenes.convolution import scene
from convwidgets.scenes.filter_lab_words import FILTER_LAB
from convwidgets.scenes.setting import Setting

LEVELS = 255


def cropped(picture: Array, crop: tuple[int, int, int, int] | None) -> Array:
    """The part of a picture from (top, left) up to, not including, (bottom, right)."""
    if crop is None:
        return picture
    top, left, bottom, right = crop
    return picture[top:bottom, left:right]


def setting_for(region: Array, kernel: Array, *, second: Any = None, combine: str = "none", **options: Any) -> Setting:
    """All that the result of one plane of a region depends on; its geometry is that of every plane."""
    return Setting(region if region.ndim == 2 else region[..., 0], kernel, **options)


def display_for(kernel: Array, display: str) -> str:
    """How a result is drawn: "auto" is by sign where the weights add up to zero, and clamped where they do not.

    >>> display_for(np.array([[1, -1]]), "auto"), display_for(np.array([[1, 1]]), "auto")
    ('signed', 'clamped')
    """
    if display != "auto":
        return display
    weights = np.abs(kernel).sum()
    return "signed" if abs(kernel.sum()) <= 1e-9 * weights else "clamped"


def levels(result: Array, display: str, kernel: Array) -> Array:
    """The result as levels 0…255: clamped, stretched over its range, or around 128 by sign.

    >>> levels(np.array([[-510, 0, 255]]), "signed", np.array([[1]]))
    array([[  0, 128, 191]], dtype=uint8)
    >>> levels(np.array([[-510, 0, 255]]), "scaled", np.array([[1]]))
    array([[  0, 170, 255]], dtype=uint8)
    """
    way, values = display_for(kernel, display), result.astype(np.float64)
    if way == "scaled":
        least, most = float(values.min()), float(values.max())
        values = (values - least) * (LEVELS / (most - least)) if most > least else np.zeros(values.shape)
    elif way == "signed":
        largest = float(np.abs(values).max()) or 1.0
        values = 127.5 + values * (127.5 / largest)
    levels: Array = np.clip(np.floor(values + 0.5), 0, LEVELS).astype(np.uint8)
    return levels


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
    options = {name: value for name, value in options.items() if name not in ("second", "combine")}
    drawn = scene(plane, step=_step(plane, selected, **options), luminance=pixels.ndim == 3, **options)
    sizes = {"input": times(plane.shape), "kernel": times(options["kernel"].shape)}
    panels = [{**panel, "picture": panel["role"] != "kernel"} for panel in drawn["panels"]]
    words = {"title": FILTER_LAB["title"], "subtitle": FILTER_LAB["subtitle"].format(**sizes)}
    return {**drawn, "kind": "filter_lab", "panels": panels, "factor": factor, **words}


def _step(plane: Array, selected: Any, **options: Any) -> int:
    """The position of the window that a picture shows: the selected one, or the middle."""
    axes = setting_for(plane, **options).axes
    if None in axes:
        return 0
    rows, columns = (axis.output for axis in axes if axis is not None)
    row, column = selected[1:] if selected is not None and selected[0] == "output" else (rows // 2, columns // 2)
    return int(min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1))
