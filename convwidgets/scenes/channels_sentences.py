"""The sentence of any cell of the channels, as in the status line of the page (`frontend/scenes/channels-words.js`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convwidgets.scenes.base import LISTED, MINUS, listing, place, shown
from convwidgets.scenes.channels_setting import ChannelSetting
from convwidgets.scenes.channels_words import SAID
from convwidgets.scenes.convolution_page import ACTIVATIONS
from convwidgets.scenes.sentences import sum_words
from convwidgets.scenes.words import SENTENCES

ALL = 8
"""A sum over more planes than this is told in part."""


def words_for(setting: ChannelSetting, filter: int, panel: str, row: int, column: int) -> str:
    """The sentence of the cell of a panel ("input-0", "kernel-0", "partial-0", "preactivation" or "output").

    >>> setting = ChannelSetting(np.array([[[1, 5], [2, 6]]]), np.array([[[[3], [4]]]]), bias=-1, activation="relu")
    >>> words_for(setting, 0, "output", 0, 1)
    'Output row 0, column 1, channel 0 is 29 = ReLU(6 plane 0 + 24 plane 1 − 1 bias) = ReLU(29).'
    >>> words_for(setting, 0, "partial-1", 0, 0)
    'Partial sum plane 1, row 0, column 0, channel 0 is 20 = 5·4.'
    """
    kind, _, plane = panel.partition("-")
    teller = {"input": _input, "kernel": _weight, "partial": _partial}.get(kind)
    return teller(setting, filter, int(plane), row, column) if teller else _result(setting, filter, kind, row, column)


def parts_of(setting: ChannelSetting, filter: int, row: int, column: int) -> list[tuple[str, Any]]:
    """What every plane that a filter sees gives to one of its sums, by the name of the plane."""
    return [(setting.names[plane], setting.partial(plane, filter)[row, column]) for plane in setting.planes_of(filter)]


def sum_of_parts(parts: Sequence[tuple[str, Any]], bias: Any) -> str:
    """The sum of the planes in words.

    >>> sum_of_parts([("red", 8), ("green", -7)], 1), sum_of_parts([("red", -8)], 0)
    ('8 red − 7 green + 1 bias', '−8 red')
    """
    signed = [(value, SAID["part"].format(value=_size(value), plane=name)) for name, value in parts]
    if len(signed) > ALL:
        signed = [*signed[:3], (0, SAID["more"].format(count=len(signed) - 4)), signed[-1]]
    if bias != 0:
        signed.append((bias, SENTENCES["bias"].format(value=_size(bias))))
    first = (MINUS if signed[0][0] < 0 else "") + signed[0][1]
    return first + "".join(f" {MINUS if value < 0 else '+'} {text}" for value, text in signed[1:])


def _size(value: Any) -> str:
    return shown(value).removeprefix(MINUS)


def _result(setting: ChannelSetting, filter: int, kind: str, row: int, column: int) -> str:
    activated = kind == "output" and setting.activation != "none"
    sums, map = setting.sum_of(filter), setting.map_of(filter)
    return SAID["activated" if activated else kind].format(
        place=place(row, column), channel=filter, value=shown((map if kind == "output" else sums)[row, column]),
        sum=sum_of_parts(parts_of(setting, filter, row, column), setting.biases[filter]),
        activation=ACTIVATIONS[setting.activation], before=shown(sums[row, column]),
    )  # fmt: skip


def _partial(setting: ChannelSetting, filter: int, plane: int, row: int, column: int) -> str:
    alone = setting.alone(plane, filter)
    rows, columns = setting.plane_axes
    values, _, _ = setting.padded(plane)
    window = values[np.ix_(rows.taps()[row] + rows.before, columns.taps()[column] + columns.before)]
    pairs = list(zip(window.ravel(), alone.weights.ravel(), strict=True))
    total, note = sum_words(pairs)
    where = {"plane": setting.names[plane], "place": place(row, column), "channel": filter}
    return SAID["partial"].format(**where, value=shown(setting.partial(plane, filter)[row, column]), sum=total) + note


def _input(setting: ChannelSetting, filter: int, plane: int, row: int, column: int) -> str:
    axes = setting.plane_axes
    values, outside, _ = setting.padded(plane)
    at = row + axes[0].before, column + axes[1].before
    sources = [int(axis.padded_sources(setting.pad_mode)[position]) for axis, position in zip(axes, at, strict=True)]
    template = "input" if not outside[at] else "padding" if min(sources) < 0 else "copy"
    return SAID[template].format(
        plane=setting.names[plane], place=place(row, column), value=shown(values[at]), source=place(*sources),
        feeds=_feeds(setting, filter, plane, row, column),
    )  # fmt: skip


def fed_by(setting: ChannelSetting, row: int, column: int) -> list[tuple[tuple[int, int], list[tuple[int, int]]]]:
    """Every output position that reads a position of a plane, with the taps by which it does."""
    axes = setting.plane_axes
    inside = 0 <= row < axes[0].size and 0 <= column < axes[1].size
    tables = [axis.sources(setting.pad_mode) if inside else axis.taps() for axis in axes]
    uses = [np.argwhere(table == at).tolist() for table, at in zip(tables, (row, column), strict=True)]
    found: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for r, a in uses[0]:
        for c, b in uses[1]:
            found.setdefault((r, c), []).append((a, b))
    return sorted(found.items())


def channels_seeing(setting: ChannelSetting, plane: int) -> range:
    """The filters that see a plane."""
    each = setting.filters // setting.groups
    first = plane // setting.kernel.shape[2] * each
    return range(first, first + each)


def _feeds(setting: ChannelSetting, filter: int, plane: int, row: int, column: int) -> str:
    fed, seeing = fed_by(setting, row, column), channels_seeing(setting, plane)
    if not fed:
        return SAID["feeds_none"]
    weights = setting.alone(plane, filter).weights
    entries = [
        SENTENCES["fed"].format(place=place(*output), weight=" + ".join(shown(weights[tap]) for tap in taps))
        for output, taps in fed
    ]
    return SAID["feeds" if filter in seeing else "feeds_other"].format(
        each=SAID["outputs_one" if len(fed) == 1 else "outputs_many"].format(count=len(fed)), channel=filter,
        channels=SAID["channel" if len(seeing) == 1 else "channels"].format(first=seeing[0], last=seeing[-1]),
        plane=setting.names[plane], list=listing(entries),
    )  # fmt: skip


def _weight(setting: ChannelSetting, filter: int, plane: int, row: int, column: int) -> str:
    """A weight goes by its index in the kernel's array, wherever a rotation puts it."""
    alone, (rows, columns) = setting.alone(plane, filter), setting.plane_axes
    height, width = alone.weights.shape
    r, c = (height - 1 - row, width - 1 - column) if setting.flip else (row, column)
    values, _, _ = setting.padded(plane)
    count = rows.output * columns.output
    entries = []
    for number in range(min(count, LISTED)):
        output = divmod(number, columns.output)
        at = int(rows.taps()[output[0], row]), int(columns.taps()[output[1], column])
        value = shown(values[at[0] + rows.before, at[1] + columns.before])
        entries.append(SENTENCES["met"].format(output=place(*output), value=value, place=place(*at)))
    return SAID["weight_one" if count == 1 else "weight"].format(
        place=place(r, c), plane=setting.names[plane], channel=filter, value=shown(alone.weights[row, column]),
        count=count, list=listing(entries, count),
    )  # fmt: skip
