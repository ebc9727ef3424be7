"""What is said of the backward pass: its formulae, and the sentence of any cell (`frontend/scenes/gradients.js`)."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.scenes.base import factor, place, shown
from convwidgets.scenes.gradients_templates import CELLS, GRADIENTS
from convwidgets.scenes.padded import plane_axes
from convwidgets.scenes.sentences import copied, fed_by, panel_with, sum_words, value_at

QUOTIENTS = {"input_quotient": "input_gradient", "kernel_quotient": "kernel_gradient"}
"""What is tried, and the gradient that it is held against."""
Scene = dict[str, Any]


def values_of(scene: Scene, name: str) -> Array:
    """The numbers of a panel."""
    values: Array = next(panel["values"] for panel in scene["panels"] if panel["name"] == name)
    return values


def lines(scene: Scene) -> list[str]:
    """The formulae, each with its numbers: of L, dL/dx, dL/dk and dL/db."""
    y, g = values_of(scene, "output"), values_of(scene, "gradient")
    total, _ = sum_words(list(zip(g.ravel(), y.ravel(), strict=True)), words=CELLS)
    return [
        GRADIENTS["loss"].format(sum=total, loss=shown(scene["loss"])),
        GRADIENTS["input"].format(rows=values_of(scene, "input_gradient").size, columns=g.size),
        GRADIENTS["kernel"].format(**_sliding(scene)),
        GRADIENTS["bias"].format(sum=shown(scene["bias_gradient"])),
    ]


def _sliding(scene: Scene) -> dict[str, str]:
    """How g slides over x to give dL/dk."""
    axes = [axis for axis in scene["axes"] if axis is not None]
    stride, dilation = (_per_axis([getattr(axis, name) for axis in axes]) for name in ("stride", "dilation"))
    told = {"spread": stride != "1", "steps": dilation != "1", "rotated": scene["flip"]}
    told["padded"] = any(axis.before + axis.after for axis in axes)
    return {name: GRADIENTS[name].format(stride=stride, dilation=dilation) if yes else "" for name, yes in told.items()}


def _per_axis(numbers: list[int]) -> str:
    """`2`, or `2 and 1` for rows and columns that differ."""
    return str(numbers[0]) if len(set(numbers)) == 1 else " and ".join(map(str, numbers))


def cell_words(scene: Scene, panel: str, row: int, column: int) -> str:
    """The sentence of the cell at a displayed position; of a line the row is 0.

    Raises:
        ValueError: when there is no such panel or cell, and for a setting without output.

    >>> from convwidgets.scenes.gradients import scene
    >>> board = scene([1, 2, 4], [3, -1], gradient=[1, 10])
    >>> cell_words(board, "input_gradient", 0, 1)
    'dL/dx position 1 is 29 = 1·(−1) + 10·3: column 1 of C times g.'
    >>> cell_words(board, "kernel_gradient", 0, 0)
    'dL/dk position 0 is 21 = 1·1 + 2·10: the inputs that this weight meets, times g.'
    """
    if scene["error"]:
        raise ValueError(scene["error"])
    data = panel_with(scene, panel, row, column)
    where = place(*_named(scene, panel, row, column), scene["dimensions"])
    if panel in QUOTIENTS:
        return _quotient(scene, panel, row, column, where)
    teller = {"input": _input, "kernel": _kernel, "output": _output, "gradient": _gradient,
              "input_gradient": _input_gradient, "kernel_gradient": _kernel_gradient}  # fmt: skip
    template, more = teller[panel](scene, row, column)
    note: str = more.pop("note", "")
    return CELLS[template].format(place=where, value=shown(value_at(data, row, column)), **more) + note


def _named(scene: Scene, panel: str, row: int, column: int) -> tuple[int, int]:
    """A weight goes by its index in the kernel's array, wherever a rotation puts it."""
    if not scene["flip"] or not panel.startswith("kernel"):
        return row, column
    height, width = values_of(scene, "kernel").shape
    return height - 1 - row, width - 1 - column


Told = tuple[str, dict[str, Any]]


def _input(scene: Scene, row: int, column: int) -> Told:
    gradient = values_of(scene, "input_gradient")
    if 0 <= row < gradient.shape[0] and 0 <= column < gradient.shape[1]:
        return "input", {"gradient": shown(gradient[row, column])}
    source = copied(scene, row, column)
    return ("copy", {"source": place(*source, scene["dimensions"])}) if source else ("padding", {})


def _kernel(scene: Scene, row: int, column: int) -> Told:
    return "kernel", {"gradient": shown(values_of(scene, "kernel_gradient")[row, column])}


def _output(scene: Scene, row: int, column: int) -> Told:
    value, gradient = values_of(scene, "output")[row, column], values_of(scene, "gradient")[row, column]
    return "output", {
        "gradient": shown(gradient), "product": shown(value.item() * gradient.item()), "loss": shown(scene["loss"])
    }  # fmt: skip


def _gradient(scene: Scene, row: int, column: int) -> Told:
    axes = plane_axes(scene["axes"])
    assert axes is not None
    down, across = (axis.sources(scene["pad_mode"])[at] for axis, at in zip(axes, (row, column), strict=True))
    count = np.unique(down[down >= 0]).size * np.unique(across[across >= 0]).size
    flows = {0: "flows_none", 1: "flows_one"}.get(count, "flows_many")
    return "gradient", {"flows": CELLS[flows].format(count=count)}


def _input_gradient(scene: Scene, row: int, column: int) -> Told:
    g, weights = values_of(scene, "gradient"), values_of(scene, "kernel")
    number = {"column": row * values_of(scene, "input_gradient").shape[1] + column}
    pairs = [(g[output], sum(weights[tap].item() for tap in taps)) for output, taps in fed_by(scene, row, column)]
    if not pairs:
        return "input_gradient_none", number
    total, note = sum_words(pairs, words=CELLS)
    return "input_gradient", {**number, "sum": total, "note": note}


def _kernel_gradient(scene: Scene, row: int, column: int) -> Told:
    axes = plane_axes(scene["axes"])
    assert axes is not None
    (top, left), source = scene["panels"][0]["origin"], values_of(scene, "input")
    met = source[np.ix_(axes[0].taps()[:, row] - top, axes[1].taps()[:, column] - left)]
    pairs = list(zip(met.ravel(), values_of(scene, "gradient").ravel(), strict=True))
    total, note = sum_words(pairs, words=CELLS)
    return "kernel_gradient", {"sum": total, "note": note}


def _quotient(scene: Scene, panel: str, row: int, column: int, where: str) -> str:
    """Both losses of one number, and what they say about its gradient."""
    gradient, check = values_of(scene, QUOTIENTS[panel])[row, column], scene["check"]
    name = {"place": where, "name": "dL/dx" if panel == "input_quotient" else "dL/dk"}
    tried = check["tried"][panel]
    if tried is None:
        return CELLS["unchecked"].format(**name)
    up, down = (tried[side][row, column] for side in ("up", "down"))
    return CELLS["quotient"].format(
        **name, up=shown(up), down=factor(down), twice=shown(2 * tried["step"]), gradient=shown(gradient),
        quotient=shown(values_of(scene, panel)[row, column]),
    )  # fmt: skip
