"""The scene of the filter lab: picture, kernel and result as the page shows them, for figures and the still picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.filtering import kernels_of
from convwidgets.scenes.base import place, shown, times
from convwidgets.scenes.convolution import scene
from convwidgets.scenes.convolution_page import ACTIVATIONS
from convwidgets.scenes.filter_lab import display_for, levels
from convwidgets.scenes.filter_lab_code import CHANNELS
from convwidgets.scenes.filter_lab_words import FILTER_LAB
from convwidgets.scenes.filter_setting import FilterSetting
from convwidgets.scenes.padded import padded, plane_axes
from convwidgets.scenes.sentences import sum_words, terms
from convwidgets.scenes.setting import Setting

GREATEST = 255


def drawing(
    pixels: Array, factor: int, selected: Any, *, display: str = "auto", channel: int = 0, **options: Any
) -> dict[str, Any]:
    """The scene of what the page shows: of a picture in colour also its colours, and what is told of one channel.

    Args:
        pixels: (h, w) or (h, w, 3), reduced by `factor`.
        selected: None or ("output", row, column).
        display: how the result is drawn: "auto" and the others of the page.
        channel: which one is told of, and drawn where colours cannot be drawn together.
        options: kernel, stride, padding and so on.
    """
    planes = np.atleast_3d(pixels)
    chosen = min(channel, planes.shape[2] - 1)
    plane = planes[..., chosen]
    name = FILTER_LAB[CHANNELS[chosen]] if pixels.ndim == 3 else ""
    kernels = kernels_of(options["kernel"], options["second"], options["combine"], False)
    one = {key: value for key, value in options.items() if key not in ("second", "combine", "kernel")}
    drawn = scene(plane, kernels[0], step=_step(plane, selected, **options), **one)
    panels = [each for each in drawn["panels"] if each["name"] != "preactivation"]
    panels = [{**each, "picture": each["role"] != "kernel"} for each in panels]
    panels[0] |= {"label": FILTER_LAB["photograph"], "channel": name}
    panels[-1] |= {"label": FILTER_LAB["result"]}
    if pixels.ndim == 3:
        panels[0]["colours"] = _padded(pixels, drawn, Setting(plane, kernels[0], **one))
    if not drawn["error"] and (result := FilterSetting(pixels, **options).output) is not None:
        panels[-1] |= _result(result, chosen, name, display_for(display, **options))
        if panels[-1]["show"] == "angle":
            panels[-1]["strength"] = _strength(plane, options)
        drawn["sentence"] = _sentence(drawn, panels[-1], name, options["combine"])
    sizes = {"input": times(plane.shape), "kernel": times(options["kernel"].shape)}
    words = {"title": FILTER_LAB["title"], "subtitle": FILTER_LAB["subtitle"].format(**sizes)}
    return {**drawn, "kind": "filter_lab", "panels": panels, "factor": factor, **words}


def _padded(pixels: Array, drawn: dict[str, Any], setting: Setting) -> Array:
    """All three planes with their padding; as they are where the setting has no output."""
    axes = None if drawn["error"] else plane_axes(drawn["axes"])
    if axes is None:
        return pixels
    return np.stack([padded(pixels[..., c], axes, setting)[0] for c in range(pixels.shape[2])], axis=2)


def _result(result: Array, channel: int, name: str, show: str) -> dict[str, Any]:
    """What the panel of the result has: one channel, or the levels of all where these are drawn together."""
    values = result if result.ndim == 2 else result[..., channel]
    together = show in ("clamped", "scaled")
    note = times(values.shape) if together or not name else f"{times(values.shape)}, {name}"
    found = {"values": values, "note": note, "missing": values != values, "show": show}
    if show == "scaled":
        found |= {"ends": (result.min(), result.max()), "told": ""}
    elif show == "clamped" and result.ndim == 3:
        percent = 100 * float(np.mean((result < 0) | (result > GREATEST)))
        beyond = FILTER_LAB["beyond"].format(percent=shown(float(f"{percent:.2g}"))) if percent else ""
        found |= {"ends": (0, GREATEST), "told": beyond}
    elif show == "angle":
        found |= {"told": FILTER_LAB["drawn_angle"]}
    if "ends" in found:
        shades = levels(result, show)
        found["colours"] = shades if shades.ndim == 3 else np.repeat(shades[..., None], 3, axis=2)
    return found


def _strength(plane: Array, options: dict[str, Any]) -> Array | None:
    """How much of a direction stands out: as much as there is of an edge."""
    edges = {**options, "combine": "magnitude", "bias": 0, "activation": "none"}
    return FilterSetting(plane, **edges).output


def _sentence(drawn: dict[str, Any], panel: dict[str, Any], name: str, combine: str) -> str:
    """What the page says of the pixel in the middle; of two kernels what is drawn."""
    if combine != "none":
        return FILTER_LAB[f"drawn_{combine}"]
    row, column = drawn["at"]
    pairs = list(zip(*(part.ravel() for part in terms(drawn, row, column)), strict=True))
    total, note = sum_words(pairs, drawn["bias"])
    before = next(each for each in drawn["panels"] if each["role"] == "output")["values"][row, column]
    template = FILTER_LAB["said_output" if drawn["activation"] == "none" else "said_activated"]
    told = template.format(
        place=place(row, column), channel=name and f" ({name})", value=shown(panel["values"][row, column]), sum=total,
        before=shown(before), activation=ACTIVATIONS[drawn["activation"]],
    )  # fmt: skip
    return told + note


def _step(plane: Array, selected: Any, **options: Any) -> int:
    """The position of the window that a picture shows: the selected one, or the middle."""
    axes = FilterSetting(plane, **{**options, "combine": "none"}).axes
    if None in axes:
        return 0
    rows, columns = (axis.output for axis in axes if axis is not None)
    row, column = selected[1:] if selected is not None and selected[0] == "output" else (rows // 2, columns // 2)
    return int(min(max(row, 0), rows - 1) * columns + min(max(column, 0), columns - 1))
