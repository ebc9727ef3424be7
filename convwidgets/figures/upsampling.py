"""Upsampling on paper: one input made larger in five ways, and the overlap of the stamps."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def upsampling(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 2,
    weights: str = "own",
    method: str = "nearest",
    align_corners: bool = False,
    a: float = -0.75,
    crop: Any = None,
    seed: int = 0,
    step: int = 0,
    width: float = 8.6,
) -> Figure:
    """An input upsampled by nearest, bilinear, bicubic, transposed convolution, and resizing before convolving.

    Args:
        input: (H, W), or a picture (H, W, 3 or 4), of which a crop is shown, magnified at the place.
        kernel, stride, weights, method, align_corners, a, crop, seed: as in :class:`UpsamplingExplorer`.
        step: the shared place, counted row by row in what is shown of the results.
        width: in inches.

    >>> upsampling([[0, 4], [2, 1]], [[1, 2, 1], [2, 4, 2], [1, 2, 1]], step=9)
    <Figure: Upsampling, 2 × 2 input × 2 × 2 → 4 × 4>
    """
    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise ValueError(f"The step must be a whole number from 0 on, not {step!r}.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.kinds import board
    from convwidgets.figures.paper import figure
    from convwidgets.scenes.upsampling import scene

    settings: dict[str, Any] = {"stride": stride, "weights": weights, "method": method, "crop": crop, "seed": seed}
    drawn = scene(input, kernel, **settings, align_corners=align_corners, a=a, step=step)
    return figure(board(drawn, 100 * width), width)
