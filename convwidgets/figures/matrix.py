"""The matrix of a convolution on paper: cells where it is small, a picture of its pattern where it is large."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def matrix(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    flip: bool = False,
    bias: float | None = None,
    activation: str = "none",
    pad_mode: str = "zeros",
    pad_value: float = 0,
    form: str = "numbers",
    transposed: bool = False,
    step: int = 0,
    width: float = 8.6,
) -> Figure:
    """The matrix C of a convolution, x above its columns and y beside its rows; `width` in inches.

    Every weight has a colour, a hue per row of the kernel and a lightness per column, and the kernel is the key. Up to
    24 × 64 entries (64 × 24 in Cᵀ) stand in cells, as "numbers" or as "symbols"; a larger matrix is a picture of its
    pattern. `step` is the row that is looked at. With `transposed` it is Cᵀ, which takes C x back to the shape of x.
    A bias, or a constant around the input, makes y = C x + b, with b as a column before y. A setting without output is
    drawn with the reason. Wide matrices are easier to read on a wider sheet.

    Raises:
        ValueError: for a form or step that does not exist, and for a matrix that does not fit into memory.

    >>> matrix([[6, 3, 2], [2, 5, 2]], [[1, 2], [3, 4]], form="symbols")
    <Figure: The convolution as a matrix, y = C x: one row per output, one column per input>
    """
    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise ValueError(f"The step must be a whole number from 0 on, not {step!r}.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.paper import figure
    from convwidgets.scenes.matrix import scene

    settings: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "flip": flip}
    settings |= {"bias": bias, "activation": activation, "pad_mode": pad_mode, "pad_value": pad_value}
    more: dict[str, Any] = {"form": form, "transposed": transposed, "step": step}
    return figure(sheet(scene(input, kernel, **settings, **more), 100 * width), width)


def sheet(scene: Mapping[str, Any], width: float) -> Any:
    """The board of a matrix scene, `width` units wide."""
    drawn = _product(scene, width)
    return _with_gradients(drawn, scene["gradients"], width) if scene.get("gradients") else drawn


def _product(scene: Mapping[str, Any], width: float) -> Any:
    """C, Cᵀ or the windows; of windows that are too many to lay out, the convolution itself."""
    from convwidgets.figures.board import board
    from convwidgets.figures.matrix_sheet import large, small, windows
    from convwidgets.figures.matrix_windows import is_small
    from convwidgets.scenes.convolution import stepped

    if scene["error"]:
        return board(scene, width)
    if not scene["im2col"]:
        return (large if scene["panels"][3]["picture"] else small)(scene, width)
    if is_small(scene):
        return windows(scene, width)
    private = scene.get("private", False)
    plain = {**scene, "panels": [panel for panel in scene["panels"] if panel["name"] in ("input", "kernel", "output")]}
    drawn = plain if private else {**stepped(plain, scene["row"]), "sentence": scene["sentence"]}
    return board(drawn, width, private=private)


def _with_gradients(drawn: Any, gradients: Mapping[str, Any], width: float) -> Any:
    """The gradients beneath."""
    from convwidgets.figures.board import Board
    from convwidgets.figures.gradients_board import board
    from convwidgets.figures.kinds import moved
    from convwidgets.figures.matrix_windows import rule

    below, down = board(gradients, width), drawn.height + 24
    marks = [*drawn.marks, rule(down, width), *(moved(mark, down + 12) for mark in below.marks)]
    return Board(tuple(marks), width, down + 12 + below.height, drawn.caption)
