"""Pooling on paper: the window and its winner, the output, and a way back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def pooling(
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
    channel: int = 0,
    in_colour: bool = True,
    seed: int = 0,
    step: int = 0,
    width: float = 8.6,
) -> Figure:
    """An input pooled, with the window at one step and its winner; beneath, the four methods as cards and a way back.

    Args:
        input: (L,), (H, W), or (H, W, C) with C planes, shown small too; uint8 with 3 or 4 of them is in colour.
        size, method, stride, padding, dilation, ceil_mode, count_include_pad, gradient, aside, seed: as in
            :class:`PoolingExplorer`.
        channel, in_colour: which plane is looked at, and whether a picture is seen in its colours all the same.
        step: the position of the window, counted row by row.
        width: in inches.

    A setting without an output is drawn with the reason.

    >>> pooling([[0, 10, 9, 3], [4, 3, 2, 1]], step=1)
    <Figure: Pooling, 2 × 4 → 1 × 2, max 2 × 2, stride 2 × 2>
    """
    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise ValueError(f"The step must be a whole number from 0 on, not {step!r}.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.kinds import board
    from convwidgets.figures.paper import figure
    from convwidgets.scenes.pooling import scene

    settings: dict[str, Any] = {"method": method, "stride": stride, "padding": padding, "dilation": dilation}
    more: dict[str, Any] = {"ceil_mode": ceil_mode, "count_include_pad": count_include_pad, "gradient": gradient}
    looked: dict[str, Any] = {"aside": aside, "channel": channel, "in_colour": in_colour, "seed": seed, "step": step}
    return figure(board(scene(input, size, **settings, **more, **looked), 100 * width), width)
