"""The scene of channels and filters: every plane with its slice and partial sum, their total, the feature map.

How it scales: eight planes and twelve filters are drawn at once; of more, those around the chosen `plane` and `filter`
are drawn, and the rest is told as one number. Pictures are drawn as pixels. Only the chosen filter is computed here.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, real_array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import panel, times
from convwidgets.scenes.channels_page import SETTINGS as SETTINGS
from convwidgets.scenes.channels_page import STATE as STATE
from convwidgets.scenes.channels_page import page as page
from convwidgets.scenes.channels_sentences import words_for as words_for
from convwidgets.scenes.channels_setting import ChannelSetting
from convwidgets.scenes.channels_words import CHANNELS
from convwidgets.scenes.padded import plane_axes, unread_words
from convwidgets.scenes.words import SIZES

BOARD = 24
"""Planes with more rows or columns than this are drawn as pictures."""
PLANES = 8
"""So many planes are drawn at once."""


def scene(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    groups: int = 1,
    flip: bool = False,
    bias: Any = 0,
    activation: str = "none",
    pad_mode: str = "zeros",
    pad_value: float = 0,
    filter: int = 0,
    plane: int = 0,
    step: int = 0,
) -> dict[str, Any]:
    """What a picture of channels needs, as a plain dict.

    Args:
        input: array (H, W, planes), or (H, W) for one plane.
        kernel: the filters (kh, kw, planes/groups, filters), or one of them (kh, kw, planes).
        filter, plane: which filter is shown, and, of more than eight planes, one of those to show.
        step: the position of the window, counted row by row; the last one when there are fewer.

    Returns:
        ``panels`` input-0, kernel-0, partial-0, input-1, … for every plane (no kernel and no partial sum where the
        filter does not see it), then preactivation and output. A setting without an output has an ``error``.

    >>> board = scene([[[1, 5], [2, 6]]], [[[[3], [4]]]], bias=-1)
    >>> [each["name"] for each in board["panels"]][:4]
    ['input-0', 'kernel-0', 'partial-0', 'input-1']
    >>> board["sentence"]
    'Output row 0, column 0, channel 0 is 22 = 3 plane 0 + 20 plane 1 − 1 bias.'
    """
    image, bank = real_array(input, "input"), real_array(kernel, "kernel")
    image, bank = image if image.ndim == 3 else image[..., None], bank.reshape(*bank.shape, *(1,) * (4 - bank.ndim))
    setting = ChannelSetting(
        image, bank, stride=stride, padding=padding, dilation=dilation, groups=groups, flip=flip, bias=bias,
        activation=activation, pad_mode=pad_mode, pad_value=pad_value,
    )  # fmt: skip
    return drawing(setting, step, filter, plane)


def drawing(
    setting: ChannelSetting, step: int, filter: int = 0, plane: int = 0, *, picture: bool = False
) -> dict[str, Any]:
    """The scene of a setting; a `picture` is drawn as one at any size."""
    picture = picture or max(setting.input.shape[:2]) > BOARD
    filter, plane = min(filter, setting.filters - 1), min(plane, setting.planes - 1)
    names = ("activation", "groups", "flip", "pad_mode")
    drawn: dict[str, Any] = {
        "kind": "channels", "title": CHANNELS["title"], "subtitle": subtitle(setting), "dimensions": 2,
        "error": setting.error, "axes": setting.axes, "formula": setting.formula(), "filter": filter,
        "unread": "" if setting.error else unread_words(setting.axes), "weights": weights(setting),
        "planes": setting.names, "seen": () if setting.mismatch else tuple(setting.planes_of(filter)),
        "biases": () if setting.mismatch else tuple(setting.biases.tolist()), "filters": setting.filters,
        **{name: getattr(setting, name) for name in names},
        "panels": _panels(setting, filter, drawn_planes(setting.planes, plane), picture),
        "at": None, "window": None, "products": None, "sentence": "",
    }  # fmt: skip
    axes = None if setting.error else plane_axes(setting.axes)
    return drawn if axes is None else {**drawn, **_stepped(setting, axes, filter, step)}


def drawn_planes(count: int, plane: int) -> range:
    """Which of the planes are drawn: all of a few, else those around the chosen one."""
    first = plane // PLANES * PLANES
    return range(first, min(first + PLANES, count))


def _stepped(setting: ChannelSetting, axes: tuple[Axis, Axis], filter: int, step: int) -> dict[str, Any]:
    rows, columns = axes
    row, column = divmod(min(max(step, 0), rows.output * columns.output - 1), columns.output)
    return {
        "at": (row, column), "window": {"rows": rows.taps()[row], "columns": columns.taps()[column]},
        "sentence": words_for(setting, filter, "output", row, column),
    }  # fmt: skip


def subtitle(setting: ChannelSetting) -> str:
    """The shapes of input, filters and output."""
    count, output = setting.filters, CHANNELS["no_output"]
    if not setting.error:
        sizes = [axis.output for axis in setting.axes if axis]
        output = CHANNELS["output"].format(size=times([*sizes, count]))
    filters = CHANNELS["filters_one" if count == 1 else "filters_many"]
    filters = filters.format(count=count, size=times(setting.kernel.shape[:3]))
    return CHANNELS["subtitle"].format(input=times(setting.input.shape), filters=filters, output=output)


def weights(setting: ChannelSetting) -> dict[str, int]:
    """How many weights these filters have, and how many a dense layer between the same shapes.

    A convolution of 443 × 592 × 3 with 6 filters of 5 × 5 has 450, with its biases 456.
    """
    if setting.error:
        return {}
    places = int(np.prod([axis.output for axis in setting.axes if axis]))
    inputs, outputs = int(np.prod(setting.input.shape)), places * setting.filters
    window = int(np.prod(setting.kernel.shape[:3]))
    return {
        "convolution": window * setting.filters, "biases": setting.filters, "dense": inputs * outputs,
        "dense_biases": outputs, "inputs": inputs, "outputs": outputs, "window": window, "places": places,
    }  # fmt: skip


def _panels(setting: ChannelSetting, filter: int, planes: range, picture: bool) -> list[dict[str, Any]]:
    axes = plane_axes(setting.axes)
    seen = range(0) if setting.mismatch else setting.planes_of(filter)
    panels = []
    for plane in planes:
        panels.append(_input(setting, axes, plane, picture))
        if plane in seen:
            panels.append(_slice(setting, plane, filter))
            if not setting.error:
                note = times(setting.partial(plane, filter).shape)
                label = CHANNELS["partial"].format(plane=setting.short[plane])
                panels.append(_grid(f"partial-{plane}", label, note, setting.partial(plane, filter), picture))
    if setting.error:
        return [
            *shared(setting, panels),
            _grid("output", CHANNELS["map"], CHANNELS["no_output"], np.zeros((0, 0)), picture),
        ]
    count = setting.filters
    note = CHANNELS["only_map"] if count == 1 else CHANNELS["map_note"].format(filter=filter, count=count)
    result = _grid("output", CHANNELS["map"], note, setting.map_of(filter), picture)
    if setting.activation == "none":
        return shared(setting, [*panels, result])
    sums = _grid("preactivation", CHANNELS["sum"], CHANNELS["before"], setting.sum_of(filter), picture)
    return [*shared(setting, [*panels, sums]), result]


def shared(setting: ChannelSetting, panels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The panels with one scale for all planes, one for all filters, and one for the partial sums and their sum."""
    reaches = {"input": largest(setting.input), "kernel": largest(setting.kernel), "output": 0.0}
    for each in panels:
        if each["role"] != "kernel" and each["values"].size:
            reaches[each["role"]] = max(reaches[each["role"]], largest(each["values"]))
    return [each if each["picture"] else {**each, "reach": reaches[each["role"]]} for each in panels]


def largest(values: Array) -> float:
    """The finite number of the largest size."""
    sizes = np.abs(np.asarray(values, dtype=np.float64))
    return float(sizes[np.isfinite(sizes)].max(initial=0))


def _grid(name: str, label: str, note: str, values: Array, picture: bool) -> dict[str, Any]:
    return panel(name, "output", label, note, values, picture=picture)


def _input(setting: ChannelSetting, axes: tuple[Axis, Axis] | None, plane: int, picture: bool) -> dict[str, Any]:
    values = setting.input[:, :, plane]
    note, origin = times(values.shape), (0, 0)
    outside = unread = np.zeros(values.shape, dtype=bool)
    if axes is not None:
        origin = (-axes[0].before, -axes[1].before)
        values, outside, unread = setting.padded(plane)
        if outside.any():
            note = SIZES["padded"].format(size=note, padded=times(values.shape))
    label = CHANNELS["input"].format(plane=setting.short[plane])
    masks = {"padding": outside, "unread": unread}
    return panel(f"input-{plane}", "input", label, note, values, origin=origin, picture=picture, **masks)


def _slice(setting: ChannelSetting, plane: int, filter: int) -> dict[str, Any]:
    values, label = setting.alone(plane, filter).weights, CHANNELS["slice"].format(plane=setting.short[plane])
    size = times(values.shape)
    note = CHANNELS["rotated"].format(size=size) if setting.flip else size
    return panel(f"kernel-{plane}", "kernel", label, note, np.array(values))
