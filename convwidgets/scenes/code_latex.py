"""The LaTeX of all explorers: formulas, and arrays in brackets. `frontend/scenes/code-latex.js` writes the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import shown

SET = 12
"""Grids of so many rows and columns are set."""


def gathered(formulas: Sequence[str], notes: Sequence[str] = ()) -> str:
    """Formulas below each other, to stand between dollars; notes are comments."""
    return "\n".join(
        [*(f"% {note}" for note in notes), r"\begin{gathered}", " \\\\\n".join(formulas), r"\end{gathered}"]
    )


def matrices(**arrays: Array) -> list[str]:
    """One formula with the numbers of all arrays; none where one of them is too large to be set."""
    if max(side for values in arrays.values() for side in values.shape) > SET:
        return []
    return [", \\qquad\n".join(f"{name} = {matrix(values)}" for name, values in arrays.items())]


def matrix(values: Array) -> str:
    """Numbers in brackets; a line has one row.

    >>> print(matrix(np.array([[1, -2], [0.5, 1e7]])))
    \\left[\\begin{array}{cc}
    1 & -2 \\\\
    0.5 & 10000000
    \\end{array}\\right]
    """
    rows = np.atleast_2d(values)
    lines = " \\\\\n".join(" & ".join(map(tex, row)) for row in rows)
    return f"\\left[\\begin{{array}}{{{'c' * rows.shape[1]}}}\n{lines}\n\\end{{array}}\\right]"


def tex(value: Any) -> str:
    """A number as it is shown, for LaTeX.

    >>> [tex(value) for value in (-3, 1e7 / 3, float("nan"))]
    ['-3', '3.333 \\\\cdot 10^{6}', '\\\\mathrm{NaN}']
    """
    mantissa, _, power = shown(value).replace("\N{MINUS SIGN}", "-").partition("e")
    number = mantissa.replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
    return rf"{number} \cdot 10^{{{power}}}" if power else number


def signed(value: Any) -> str:
    """A number as a further term of a sum: ` + 2`, ` - 0.5`; nothing for 0."""
    return f" {'-' if value < 0 else '+'} {tex(abs(value))}" if value else ""


def reads(axis: Axis, place: str, tap: str, *, flip: bool = False) -> str:
    """Which input the weight `tap` meets in the window `place`, as a formula.

    >>> reads(Axis(9, 3, stride=2, dilation=3, before=1), "r", "i")
    '2r + 3i - 1'
    """
    start = (axis.span - 1 if flip else 0) - axis.before
    step, apart = (f"{amount if amount > 1 else ''}" for amount in (axis.stride, axis.dilation))
    return f"{step}{place} {'-' if flip else '+'} {apart}{tap}{signed(start)}"
