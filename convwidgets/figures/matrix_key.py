"""The colours of the weights in a matrix: a hue for every row of the kernel, a lightness for every column.

Kernels of more rows use the hues again, and hues alone are not told apart by everyone: so digits or symbols stay in
the cells.
"""

from __future__ import annotations

from collections.abc import Sequence

from convwidgets.palette import mix

# From the first column to the last, equally light in every row; and the ink of a picture, where no digit is read.
HUES = (
    ("#ece3fc", "#c2a7ea", "#67309d"),
    ("#d0f0e8", "#69cab6", "#007b69"),
    ("#f8e4cf", "#deab6f", "#8a5414"),
    ("#d9e9fb", "#8dbbe9", "#1f5b97"),
    ("#fae1ea", "#e5a2bb", "#96305a"),
)
DEEPER = 0.4
"""How far the colours of a picture go towards their ink: pale ones would be lost on white."""


def key(shape: tuple[int, ...], *, deep: bool = False) -> list[str]:
    """The colour of every weight of a kernel, row by row.

    >>> key((2, 3))
    ['#ece3fc', '#d7c5f3', '#c2a7ea', '#d0f0e8', '#9fddcf', '#69cab6']
    """
    rows, columns = (1, *shape) if len(shape) == 1 else shape
    found = []
    for row in range(rows):
        light, dark, ink = HUES[row % len(HUES)]
        shares = [column / (columns - 1) if columns > 1 else 0.5 for column in range(columns)]
        fills = [mix(light, dark, share) for share in shares]
        found += [mix(fill, ink, DEEPER) for fill in fills] if deep else fills
    return found


def together(colours: Sequence[str]) -> str:
    """The colour of an entry that is a sum of weights: halfway between the first and the last."""
    return colours[0] if len(colours) == 1 else mix(colours[0], colours[-1], 0.5)
