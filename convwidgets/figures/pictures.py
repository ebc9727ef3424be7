"""Panels that are too large for cells: as images on paper, as a drawn frame where a picture must stay private."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from convwidgets.figures import text
from convwidgets.figures.marks import Box, Image, Line, Mark, Text
from convwidgets.figures.panels import Panel, largest
from convwidgets.palette import LIGHT, picture_ramp, picture_wheel
from convwidgets.scenes.base import shown
from convwidgets.scenes.words import SIZES


def picture_scale(values: Any) -> float:
    """Where the ramp of a signed picture ends: 99 of 100 pixels lie within."""
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    finite = sizes[np.isfinite(sizes)]
    return float(np.percentile(finite, 99)) or largest(finite) if finite.size else 0.0


def adds_to_zero(kernel: Any) -> bool:
    """Whether weights take the brightness out of a photograph, so that its result is shown by sign."""
    return bool(sum(np.ravel(kernel).tolist()) == 0)


def pixels(values: Any, signed: bool) -> Any:
    """A picture's colours, `(rows, columns, 3)` bytes: the ramp with zero in the middle, or greys from 0 to 255."""
    plane = np.nan_to_num(np.asarray(values, dtype=np.float64), nan=0.0)
    if not signed:
        return np.repeat(np.rint(np.clip(plane, 0, 255)).astype(np.uint8)[:, :, None], 3, axis=2)
    ramp = picture_ramp()
    middle = len(ramp) // 2
    share = np.clip(plane / (picture_scale(values) or 1.0), -1, 1)
    return ramp[np.rint(share * middle).astype(np.intp) + middle]


def in_colour(planes: Any) -> Any:
    """Red, green and blue as bytes, `(rows, columns, 3)`; what lies beyond 0 to 255 is cut off."""
    finite = np.nan_to_num(np.asarray(planes, dtype=np.float64), nan=0.0)
    return np.rint(np.clip(finite, 0, 255)).astype(np.uint8)


def by_direction(angles: Any, strength: Any) -> Any:
    """Directions as hues, `(rows, columns, 3)` bytes; pale where the strength is small."""
    wheel = picture_wheel()
    hues, shades = wheel.shape[:2]
    share = np.clip(np.asarray(strength, dtype=np.float64) / (picture_scale(strength) or 1.0), 0, 1)
    hue = np.rint((np.asarray(angles, dtype=np.float64) + np.pi) * (hues / (2 * np.pi))).astype(np.intp) % hues
    return wheel[hue, np.rint(share * (shades - 1)).astype(np.intp)]


def picture(panel: Panel) -> list[Mark]:
    """The picture itself within a hairline, and beneath it what its colours mean, unless they are its own."""
    own = panel.data.get("colours") is not None and "ends" not in panel.data
    return [
        Image(panel.x, panel.y, panel.width, panel.height, _image(panel.data), f"{panel.name}:picture"),
        Box(panel.x, panel.y, panel.width, panel.height, edge=LIGHT["hairline"], line=0.8),
        *([] if own else _scale(panel)),
    ]


def _image(data: Mapping[str, Any]) -> Any:
    if data.get("colours") is not None:
        return in_colour(data["colours"])
    if data.get("show") == "angle":
        return by_direction(data["values"], data["strength"])
    return pixels(data["values"], data["signed"])


def _ends(data: Mapping[str, Any]) -> tuple[float, float]:
    """The numbers at the two ends of a picture's colours."""
    if data.get("show") == "angle":
        return -math.pi, math.pi
    most = picture_scale(data["values"]) if data["signed"] else 255
    least = -most if data["signed"] and data.get("show") != "strength" else 0
    ends: tuple[float, float] = data.get("ends", (least, most))
    return ends


def _told(data: Mapping[str, Any], least: float, most: float) -> str:
    """How many pixels lie beyond the ends, or what else is to be told of the colours."""
    if "told" in data:
        return str(data["told"])
    values = np.asarray(data["values"], dtype=np.float64)
    beyond = np.mean((values > most) | (values < least))
    return SIZES["beyond"].format(percent=shown(float(f"{100 * beyond:.2g}"))) if beyond else ""


def _bar(data: Mapping[str, Any], least: float, most: float) -> Any:
    """The colours from one end to the other."""
    steps = np.linspace(least, most, 96)[None, :]
    if data.get("show") == "angle":
        return by_direction(steps, np.ones(steps.shape))
    return pixels(np.linspace(0, 255, 96)[None, :] if "ends" in data else steps, data["signed"])


def _scale(panel: Panel) -> list[Mark]:
    """The picture's own bar of colours with the numbers at its ends, and how many pixels lie beyond them."""
    top, colour = panel.y + panel.height + 14, LIGHT["secondary"]
    least, most = _ends(panel.data)
    ends = ("−π", "π") if most == math.pi else (shown(float(f"{least:.3g}")), shown(float(f"{most:.3g}")))
    bar = panel.x + text.width(ends[0], 10.4) + 7
    ramp = _bar(panel.data, least, most)
    marks: list[Mark] = [
        Text(panel.x, top + 8, ends[0], 10.4, colour, name=f"{panel.name}:least"),
        Image(bar, top, 96, 9, ramp),
        Box(bar, top, 96, 9, edge=LIGHT["hairline"], line=0.8),
        Text(bar + 103, top + 8, ends[1], 10.4, colour, name=f"{panel.name}:most"),
    ]
    if note := _told(panel.data, least, most):
        room = max(panel.width, 100)
        marks += text.paragraph([(note, "soft")], panel.x, top + 26, room, 10.4, f"{panel.name}:beyond")[0]
    return marks


def closed(panel: Panel) -> list[Mark]:
    """A drawn frame in the place of a picture that is not to leave the session: a sun, two hills, the sizes."""
    x, y, width, height = panel.x, panel.y, panel.width, panel.height
    colour, ground = LIGHT["edge"], y + 0.62 * height
    hills = ((0.2, 0.62), (0.4, 0.36), (0.54, 0.54), (0.64, 0.44), (0.8, 0.62))
    sun, size = 0.05 * width, f"{panel.shape[0]} × {panel.shape[1]}"
    return [
        Box(x, y, width, height, 8, LIGHT["strip"], colour, 1, (3, 2.5), name=f"{panel.name}:frame"),
        Line(tuple((x + a * width, y + b * height) for a, b in hills), colour, 2),
        Line(((x + 0.2 * width, ground), (x + 0.8 * width, ground)), colour, 2),
        Box(x + 0.66 * width, y + 0.24 * height, 2 * sun, 2 * sun, sun, edge=colour, line=2),
        Text(x + width / 2, y + 0.8 * height, size, 13, LIGHT["secondary"], anchor="middle", name=f"{panel.name}:size"),
    ]
