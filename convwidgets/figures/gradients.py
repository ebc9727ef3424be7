"""The gradients of a convolution on paper: x, k and y, beneath each its gradient, and the formulae."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def gradients(
    input: Any,
    kernel: Any,
    gradient: Any = None,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    flip: bool = False,
    bias: float = 0,
    pad_mode: str = "zeros",
    pad_value: float = 0,
    at: tuple[str, int, int] = ("input_gradient", 0, 0),
    check: bool = False,
    width: float = 8.6,
) -> Figure:
    """A convolution and what flows back through it from the loss L = Σ g·y: dL/dx = Cᵀ g and dL/dk = x ⋆ g.

    Args:
        input, kernel, stride, padding, dilation, flip, bias, pad_mode, pad_value: as in :func:`convolution`.
        gradient: g, cut to the shape of the output; a number that it lacks is 1.
        at: the cell that is looked at: panel ("input", "kernel", "output", "gradient", "input_gradient",
            "kernel_gradient"), row, column.
        check: draw what finite differences give, too.
        width: in inches.

    A setting without an output is drawn with the reason.

    >>> gradients([[1, 2, 3], [4, 5, 6]], [[1, -1]], [[2, 0], [1, 1]], at=("kernel_gradient", 0, 1))
    <Figure: Gradients flow back through Cᵀ, 2 × 3 input ∗ 1 × 2 kernel → 2 × 2 output → the loss L>
    """
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.kinds import board
    from convwidgets.figures.paper import figure
    from convwidgets.scenes.gradients import scene

    settings: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "flip": flip, "bias": bias}
    more: dict[str, Any] = {"pad_mode": pad_mode, "pad_value": pad_value, "at": at, "check": check}
    return figure(board(scene(input, kernel, gradient, **settings, **more), 100 * width), width)
