"""The scene of the filter lab: picture, kernel and result as the page shows them, for figures and the still picture."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.filtering import kernels_of
from convwidgets.scenes.base import panel, place, shown, times
from convwidgets.scenes.convolution import scene
from convwidgets.scenes.convolution_page import ACTIVATIONS
from convwidgets.scenes.filter_lab import display_for, levels
from convwidgets.scenes.filter_lab_code import CHANNELS
from convwidgets.scenes.filter_lab_words import FILTER_LAB
from convwidgets.scenes.filter_setting import FilterSetting
from convwidgets.scenes.padded import padded, plane_axes
from convwidgets.scenes.sentences import sum_words, terms
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import AXIS_NAMES, SIZES

GREATEST = 255


def drawing(
    pixels: Array,
    factor: int,
    selected: Any,
    *,
    whole: tuple[int, ...],
    part: tuple[int, ...],
    display: str = "auto",
    channel: int = 0,
    **options: Any,
) -> dict[str, Any]:
    """The scene of what the page shows: of a picture in colour also its colours, and what is told of one channel.

    Args:
        pixels: (h, w) or (h, w, 3), reduced by `factor`.
        selected: None or ("output", row, column).
        whole, part: rows and columns of the picture, and of what is looked at.
        display: how the result is drawn: "auto" and the others of the page.
        channel: which one is told of, and drawn where colours cannot be drawn together.
        options: kernel, stride, padding and so on.
    """
    drawn = _Drawing(pixels, channel, display, options).scene(selected)
    if factor > 1:
        drawn["panels"][0]["note"] = FILTER_LAB["coarse"].format(size=_grouped(part), factor=factor)
    subtitle = FILTER_LAB["subtitle"].format(input=_grouped(whole), kernel=times(options["kernel"].shape))
    return {**drawn, "kind": "filter_lab", "factor": factor, "title": FILTER_LAB["title"], "subtitle": subtitle}


def _grouped(sizes: tuple[int, ...]) -> str:
    return " × ".join(f"{size:,}" for size in sizes)


class _Drawing:
    """A setting on its way to a scene: that of one kernel over one channel, and what else the lab shows."""

    def __init__(self, pixels: Array, channel: int, display: str, options: dict[str, Any]) -> None:
        self.pixels, self.options, self.display = pixels, options, display
        planes = np.atleast_3d(pixels)
        self.channel = min(channel, planes.shape[2] - 1)
        self.plane = planes[..., self.channel]
        self.name = FILTER_LAB[CHANNELS[self.channel]] if pixels.ndim == 3 else ""
        self.combine, self.setting = options["combine"], FilterSetting(pixels, **options)
        self.kernels = kernels_of(options["kernel"], options["second"], self.combine, options["flip"])
        one = {name: value for name, value in options.items() if name not in ("second", "combine", "kernel")}
        stride = 1 if self.combine == "then" else one["stride"]  # the first of two steps goes everywhere
        kernel = np.flip(self.kernels[0]) if options["flip"] else self.kernels[0]  # which the scene turns again
        self.one = {**one, "stride": stride, "kernel": kernel}

    def scene(self, selected: Any) -> dict[str, Any]:
        drawn = scene(self.plane, step=_step(self.plane, selected, **self.options), **self.one)
        result = self.setting.output
        output = self._nothing() if result is None else self._shown(result)
        output = {**drawn["panels"][-1], "label": FILTER_LAB["result"], "picture": True, **output}
        panels = [self._picture(drawn), *self._kernels(drawn), output]
        return {**drawn, "panels": panels, **self._told(drawn, output)}

    def _picture(self, drawn: dict[str, Any]) -> dict[str, Any]:
        source = {**drawn["panels"][0], "label": FILTER_LAB["photograph"], "picture": True, "channel": self.name}
        if self.pixels.ndim == 3:
            source["colours"] = _padded(self.pixels, drawn, Setting(self.plane, **self.one))
        return source

    def _kernels(self, drawn: dict[str, Any]) -> list[dict[str, Any]]:
        """One, or both as they meet the window."""
        first, second = drawn["panels"][1], self.kernels[-1]
        if self.combine == "none":
            return [first]
        note = f"{times(second.shape)}{FILTER_LAB['flipped'] if self.options['flip'] else ''}"
        other = panel("second", "kernel", FILTER_LAB["second"], note, second)
        return [{**first, "label": FILTER_LAB["kernel_a"]}, other]

    def _nothing(self) -> dict[str, Any]:
        return {"values": np.zeros((0, 0)), "note": SIZES["no_output"]}

    def _shown(self, result: Array) -> dict[str, Any]:
        shown = _result(result, self.channel, self.name, display_for(self.display, **self.options))
        return {**shown, "strength": _strength(self.plane, self.options)} if shown["show"] == "angle" else shown

    def _told(self, drawn: dict[str, Any], output: dict[str, Any]) -> dict[str, Any]:
        """The sentence, and without a window what has to do with one."""
        none = {"at": None, "window": None, "products": None}
        if self.setting.error:
            return {**none, "error": self.setting.error, "sentence": ""}
        if self.combine == "none":
            return {"sentence": _sentence(drawn, output, self.name)}
        # the window of a second step lies on what the first one gave, which no panel shows
        after = {**none, "formula": _formula(self.setting), "unread": ""} if self.combine == "then" else {}
        return {**after, "sentence": FILTER_LAB[f"drawn_{self.combine}"]}


def _formula(setting: FilterSetting) -> str:
    axes = [axis for axis in setting.axes if axis is not None]
    return "\n".join(f"{name}: {axis.formula()}" for name, axis in zip(AXIS_NAMES[2], axes, strict=True))


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


def _sentence(drawn: dict[str, Any], result: dict[str, Any], name: str) -> str:
    """What the page says of the pixel that is looked at."""
    row, column = drawn["at"]
    pairs = list(zip(*(part.ravel() for part in terms(drawn, row, column)), strict=True))
    total, note = sum_words(pairs, drawn["bias"])
    before = next(each for each in drawn["panels"] if each["role"] == "output")["values"][row, column]
    template = FILTER_LAB["said_output" if drawn["activation"] == "none" else "said_activated"]
    told = template.format(
        place=place(row, column), channel=name and f" ({name})", value=shown(result["values"][row, column]), sum=total,
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
