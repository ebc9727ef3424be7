"""A transposed convolution on paper: y, kernel, and the three ways to one result."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def transposed(
    y: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    output_padding: Any = 0,
    output_size: Any = None,
    step: int = 0,
    width: float = 8.6,
) -> Figure:
    """A transposed convolution three times: stamps that add up, Cᵀ times y, and a sweep over inserted zeros.

    Args:
        y, kernel, stride, padding, dilation, output_padding, output_size: as in :func:`conv_transpose2d`, or with one
            axis each as in :func:`conv_transpose1d`.
        step: the result cell that is highlighted in all three, counted row by row.
        width: in inches.

    A setting without a result is drawn with the reason.

    >>> transposed([[0, 1], [2, 3]], [[0, 1], [2, 3]], stride=2, step=5)
    <Figure: Transposed convolution, 2 × 2 input ∗ᵀ 2 × 2 kernel → 4 × 4 result>
    """
    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise ValueError(f"The step must be a whole number from 0 on, not {step!r}.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.paper import figure
    from convwidgets.figures.transposed_board import board
    from convwidgets.scenes.transposed import scene

    settings: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation}
    sizes: dict[str, Any] = {"output_padding": output_padding, "output_size": output_size}
    return figure(board(scene(y, kernel, **settings, **sizes, step=step), 100 * width), width)
