"""Scenes on paper: matplotlib figures in print quality of what an explorer shows.

    cw.figures.convolution([[1, 2, 0], [3, -1, 4]], [[1, -1]], step=3).savefig("step.pdf")
    cw.figures.draw(cw.ConvolutionExplorer())

Each call makes a figure of its own and touches no state of pyplot; a notebook shows it once, as a picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from convwidgets.figures.channels import channels
from convwidgets.figures.gradients import gradients
from convwidgets.figures.layers import layers
from convwidgets.figures.matrix import matrix
from convwidgets.figures.pooling import pooling
from convwidgets.figures.transposed import transposed
from convwidgets.figures.upsampling import upsampling

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["channels", "convolution", "draw", "gradients", "layers", "matrix", "pooling", "transposed", "upsampling"]


def convolution(
    input: Any,
    kernel: Any,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    flip: bool = False,
    bias: Any = None,
    activation: str = "none",
    pad_mode: str = "zeros",
    pad_value: float = 0,
    step: int = 0,
    convention: str = "per side",
    missing: bool = False,
    width: float = 8.6,
) -> Figure:
    """A convolution at one step: input, kernel, output, the size formula, the sum in words; `width` in inches.

    Output cells are counted row by row: of a 4 × 2 output, step 3 is row 1, column 1. A setting without output is drawn
    with the reason.
    """
    from convwidgets.scenes.convolution import scene

    if not isinstance(step, int) or isinstance(step, bool) or step < 0:
        raise ValueError(f"The step must be a whole number from 0 on, not {step!r}.")
    settings: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "flip": flip, "bias": bias}
    more: dict[str, Any] = {"activation": activation, "pad_mode": pad_mode, "pad_value": pad_value, "missing": missing}
    return draw(scene(input, kernel, **settings, **more, step=step, convention=convention), width=width)


def draw(scene: Any, *, width: float = 8.6) -> Figure:
    """Any scene, or what an explorer shows now, as a figure `width` inches wide.

    Narrow figures keep the size of their text: the cells shrink, and below 5.2 inches the panels stand in one column.
    """
    data = scene.compose() if hasattr(scene, "compose") else scene
    if not isinstance(data, Mapping) or "panels" not in data:
        raise TypeError(f"A figure is drawn from a scene or from an explorer, not from {type(scene).__name__}.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    from convwidgets.figures.kinds import board
    from convwidgets.figures.paper import figure

    return figure(board(data, 100 * width), width)
