"""The table of a network on paper: feature maps as boxes, receptive fields as squares, parameters as bars."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from convwidgets.core.layers.layer import Layer


def layers(stack: Iterable[Layer], *, selected: int | None = None, width: float = 8.6) -> Figure:
    """The table of a stack: one row for every layer, beneath it the sums and a sentence.

    Args:
        stack: a :class:`cw.layers.Sequential`, or its layers, the first of them an Input.
        selected: the number of the row that is framed and explained; None for the whole network.
        width: in inches; below 7.2 every layer takes two lines, below 5.2 three.

    A stack that stops at a layer without an output is drawn with the reason and with what would fit.

    >>> from convwidgets.core.layers import lenet5
    >>> layers(lenet5(), selected=3)
    <Figure: Layer table, 32 × 32 × 1, 8 layers, 61,706 parameters>
    """
    from convwidgets.core.layers.stack import check_layers
    from convwidgets.figures.kinds import board
    from convwidgets.figures.paper import figure
    from convwidgets.scenes.layers import scene

    found = check_layers(stack)
    if selected is not None and (isinstance(selected, bool) or not isinstance(selected, int)):
        raise ValueError(f"The selected row must be None or a whole number, not {selected!r}.")
    if selected is not None and not 0 <= selected < len(found):
        raise ValueError(f"Row {selected} is selected, but the rows go from 0 to {len(found) - 1}. Select one of them.")
    if not isinstance(width, int | float) or not math.isfinite(width) or width < 3.2:
        raise ValueError(f"The width of a figure must be a number of at least 3.2 (inches), not {width!r}.")
    return figure(board(scene(found, selected=selected), 100 * width), width)
