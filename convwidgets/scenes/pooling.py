"""The scene of pooling: the input with the window and its winner, the output, and beneath them a way back."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, real_array
from convwidgets.scenes.base import panel, times
from convwidgets.scenes.padded import unread_words
from convwidgets.scenes.pooling_cards import cards, coloured
from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.pooling_sentences import tied, winner
from convwidgets.scenes.pooling_sentences import words_for as words_for
from convwidgets.scenes.pooling_setting import ASIDES, METHODS, Pooling
from convwidgets.scenes.pooling_words import BACK, BY, POOLING
from convwidgets.scenes.words import AXIS_NAMES

BOARD = 24
"""A plane with more rows or columns than this is drawn as a picture."""


def scene(
    input: Any,
    size: Any = 2,
    *,
    method: str = "max",
    stride: Any = None,
    padding: Any = "valid",
    dilation: Any = 1,
    ceil_mode: bool = False,
    count_include_pad: bool = False,
    gradient: Any = None,
    aside: str = "unpool",
    step: int = 0,
    seed: int = 0,
    channel: int = 0,
    in_colour: bool = True,
) -> dict[str, Any]:
    """What a picture of pooling needs, as a plain dict.

    Args:
        input: array (L,), (H, W), or (H, W, C) with C planes; uint8 with 3 or 4 of them is a picture in colour.
        size, stride, padding, dilation, ceil_mode, count_include_pad: as in :func:`max_pool2d` and its relatives.
        method: "max", "average", "l2" or "stochastic".
        gradient: dL/dy, cut to the shape of the output; a number that it lacks is 1.
        aside: the way back beneath: "unpool" or "gradient".
        step: the position of the window, counted row by row; the last one when there are fewer.
        seed: of the draws of stochastic pooling.
        channel: the plane that is looked at; the last one when there are fewer.
        in_colour: show a picture in its colours, not this plane alone.

    Returns:
        ``panels`` input, output and those of the way back: indices, unpooled; or gradient, input_gradient. ``at``,
        ``window`` (rows and columns), ``winner``, ``ties`` and ``sentence`` of the step; ``cards``, each method with
        its result; ``planes`` with their names and results, where there are several. A setting without an output has
        an ``error``.

    >>> board = scene([[0, 10, 9, 3], [4, 3, 2, 1], [10, 2, 10, 3], [3, -1, -3, -3]], step=2)
    >>> [each["name"] for each in board["panels"]], board["winner"], board["ties"]
    (['input', 'output', 'indices', 'unpooled'], (2, 0), [])
    >>> board["sentence"]
    'Output row 1, column 0 is 10 = max(10, 2, 3, −1). The winner is input row 2, column 0; no tie.'
    """
    for name, value, known in (("method", method, METHODS), ("aside", aside, ASIDES)):
        if value not in known:
            raise ValueError(f"The {name} {value!r} is unknown. Use one of {', '.join(known)}.")
    array, colour = _given(input)
    settings = {"size": size, "method": method, "stride": stride, "padding": padding, "dilation": dilation}
    more = {"ceil_mode": ceil_mode, "count_include_pad": count_include_pad, "gradient": gradient, "seed": seed}
    planes = Planes(array, {**settings, **more}, colour)
    return drawing(planes, step, aside, channel, in_colour=in_colour, thumbnails=True)


def _given(input: Any) -> tuple[Array, bool]:
    """The input as an array, and whether its planes are colours."""
    array = real_array(input, "input")
    if array.ndim not in (1, 2, 3):
        raise ValueError(f"The input has the shape {array.shape}, but (L,), (H, W) or (H, W, C) is pooled here.")
    from convwidgets.images.colour import has_colours, over_white

    return (over_white(array), True) if has_colours(array, BOARD) else (array, False)


def drawing(
    planes: Planes,
    step: int,
    aside: str = "unpool",
    channel: int = 0,
    *,
    in_colour: bool = True,
    thumbnails: bool = False,
) -> dict[str, Any]:
    """The scene of a setting, of the plane that is looked at. Of a picture the cards show results with `thumbnails`."""
    setting = planes.of(channel)
    colours = planes if planes.colour and in_colour else None
    error = setting.error
    channels = planes.input.shape[2:]
    output = POOLING["no_output"] if setting.output is None else times((*setting.output.shape, *channels))
    told = {"input": times(planes.input.shape), "method": BY[setting.method], "output": output}
    sizes = {"size": times(setting.sizes), "stride": times(setting.strides)}
    picture = setting.dimensions == 2 and (planes.colour or max(setting.input.shape) > BOARD)
    drawn: dict[str, Any] = {
        "kind": "pooling", "title": POOLING["title"], "subtitle": POOLING["subtitle"].format(**told, **sizes),
        "dimensions": setting.dimensions, "error": error, "axes": setting.axes, "method": setting.method,
        "formula": None if error else formula(setting), "follows": follows(setting),
        "unread": "" if error else _unread(setting),
        "panels": [_input(setting, picture, colours), _output(setting, picture, colours)],
        "planes": _planes(planes, setting) if planes.count > 1 else [], "colour": planes.colour, "cards": [],
        "aside": aside, "back": "" if error else BACK[f"{aside}_{setting.method}"],
        "at": None, "window": None, "winner": None, "ties": [], "products": None, "sentence": "",
    }  # fmt: skip
    if error:
        return drawn
    panels = [*drawn["panels"], *_back(setting, aside, picture, colours)]
    stepped = _stepped(setting, step, picture)
    shown = cards(setting, stepped["at"], whole=thumbnails or not picture)
    shown = coloured(planes, shown) if colours and thumbnails else shown
    return {**drawn, **stepped, "panels": panels, "cards": shown}


def _planes(planes: Planes, setting: Pooling) -> list[dict[str, Any]]:
    """Every plane small: its name, its numbers and its result, and whether it is the one that is looked at."""
    return [
        {
            "name": planes.name(number), "chosen": number == setting.channel, "input": planes.of(number).input,
            "output": planes.of(number).output,
        }
        for number in range(planes.count)
    ]  # fmt: skip


def _stepped(setting: Pooling, step: int, picture: bool) -> dict[str, Any]:
    """The window at one position; of a picture, which may be private, its winner is not told."""
    rows, columns = setting.pool.axes
    count = rows.windows.output * columns.windows.output
    row, column = divmod(min(max(step, 0), count - 1), columns.windows.output)
    return {
        "at": (row, column), "window": {"rows": rows.taps[row].tolist(), "columns": columns.taps[column].tolist()},
        "winner": None if picture else winner(setting, row, column),
        "ties": [] if picture else tied(setting, row, column),
        "sentence": words_for(setting, "output", row, column),
    }  # fmt: skip


def formula(setting: Pooling) -> str:
    """The size of the output with its numbers, one line per axis."""
    axes = [axis for axis in setting.axes if axis]
    return "\n".join(f"{name}: {axis.formula()}" for name, axis in zip(AXIS_NAMES[len(axes)], axes, strict=True))


def _unread(setting: Pooling) -> str:
    """Which positions no window reads; where ceil mode dropped one, the formula says why."""
    axes = [axis for axis in setting.axes if axis]
    return "" if any(axis.dropped for axis in axes) else unread_words(tuple(axis.windows for axis in axes))


def follows(setting: Pooling) -> str:
    """Whether the stride is that of the pool."""
    return POOLING["follows" if setting.stride is None else "set"]


def _coloured(name: str, planes: Planes | None, sides: list[tuple[int, int]] | None = None) -> dict[str, Any]:
    """What a panel in colour has besides its plane: all three, channels last."""
    if planes is None:
        return {}
    values = planes.whole(name)
    return {"colours": values if values is None or sides is None else np.pad(values, [*sides, (0, 0)])}


def _input(setting: Pooling, picture: bool, colours: Planes | None) -> dict[str, Any]:
    plane, note = np.atleast_2d(setting.input), times(setting.input.shape)
    if setting.error:
        sides = [(0, 0), (0, 0)]
    else:
        sides = [(axis.before, max(axis.after, axis.windows.after)) for axis in setting.pool.axes]
    values, outside = np.pad(plane, sides), np.pad(np.zeros(plane.shape, bool), sides, constant_values=True)
    origin = (-sides[0][0], -sides[1][0])
    masks = {"padding": outside, "empty": outside, "overhang": np.zeros(values.shape, bool)}
    if outside.any():
        note = POOLING["padded"].format(size=note, padded=times(values.shape[-setting.dimensions :]))
        ends = [axis.before + axis.size + axis.after for axis in setting.pool.axes]
        masks["overhang"][ends[0] :] = masks["overhang"][:, ends[1] :] = True
        if setting.method == "average" and setting.count_include_pad:
            masks["empty"] = masks["overhang"]
    masks["unread"] = ~_read(setting, values.shape, origin)
    return panel(
        "input", "input", POOLING["input"], _of_plane(note, setting, colours), values, origin=origin, picture=picture,
        **masks, **_coloured("input", colours, sides),
    )  # fmt: skip


def _of_plane(note: str, setting: Pooling, colours: Planes | None) -> str:
    """A size, and of which plane it is, or that it is of all."""
    if colours is not None:
        return POOLING["in_colour"].format(size=note)
    return POOLING["of_plane"].format(size=note, plane=setting.plane) if setting.plane else note


def _read(setting: Pooling, shape: tuple[int, ...], origin: tuple[int, int]) -> Array:
    """Which of the shown positions some window reads."""
    if setting.error:
        return np.ones(shape, bool)
    rows, columns = (
        np.isin(np.arange(start, start + length), axis.taps)
        for axis, start, length in zip(setting.pool.axes, origin, shape, strict=True)
    )
    return np.logical_and.outer(rows, columns)


def _output(setting: Pooling, picture: bool, colours: Planes | None) -> dict[str, Any]:
    values = setting.output
    if values is None:
        return panel("output", "output", POOLING["output"], POOLING["no_output"], np.zeros((0, 0)), picture=picture)
    note = _of_plane(times(values.shape), setting, colours)
    return _grid("output", "output", note, values, picture) | _coloured("output", colours)


def _grid(name: str, role: str, note: str, values: Array, picture: bool) -> dict[str, Any]:
    return panel(name, role, POOLING[name], note, np.atleast_2d(values), picture=picture)


def _back(setting: Pooling, aside: str, picture: bool, colours: Planes | None) -> list[dict[str, Any]]:
    """The panels of the way back; none to unpool where no index is kept."""
    size = times(setting.input.shape)
    if aside == "gradient":
        note = times(setting.upstream.shape)
        note = note if picture else POOLING["gradient_note"].format(size=note)
        return [
            _grid("gradient", "output", note, setting.upstream, picture) | {"short": "g"},
            _grid("input_gradient", "input", size, setting.input_gradient, picture) | {"short": "dL/dx"},
        ]
    if setting.indices is None or setting.unpooled is None:
        return []
    line = "_line" if setting.dimensions == 1 else ""
    note = POOLING[f"indices_note{line}"].format(width=setting.input.shape[-1])
    return [
        _grid("indices", "output", note, setting.indices, picture),
        _grid("unpooled", "input", _of_plane(size, setting, colours), setting.unpooled, picture)
        | _coloured("unpooled", colours),
    ]
