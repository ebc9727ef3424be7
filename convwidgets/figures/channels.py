"""Channels and filters on paper: every plane with its slice and its partial sum, their total, the feature map."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def channels(
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
    width: float = 8.6,
) -> Figure:
    """One filter of a bank at one step: planes, slices, partial sums, the sum, the map, and what it costs in weights.

    Args:
        input: (H, W, planes), or (H, W) for one plane.
        kernel: the filters (kh, kw, planes/groups, filters), or one of them (kh, kw, planes).
        filter: the one that is drawn; `plane`: of more than eight, those around it are drawn.
        step: the position of the window, counted row by row.
        width: in inches.

    A setting without an output is drawn with the reason.

    >>> channels([[[1, 5], [2, 6]]], [[[[3, 0], [4, 1]]]], filter=1)
    <Figure: Channels and filters, 1 × 2 × 2 input, 2 filters of 1 × 1 × 2 → 1 × 2 × 2 output>
    """
    for name, value in (("step", step), ("filter", filter), ("plane", plane)):
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise ValueError(f"The {name} must be a whole number from 0 on, not {value!r}.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.kinds import board
    from convwidgets.figures.paper import figure
    from convwidgets.scenes.channels import scene

    settings: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    more: dict[str, Any] = {"flip": flip, "bias": bias, "activation": activation, "pad_mode": pad_mode}
    shown: dict[str, Any] = {"pad_value": pad_value, "filter": filter, "plane": plane, "step": step}
    return figure(board(scene(input, kernel, **settings, **more, **shown), 100 * width), width)
