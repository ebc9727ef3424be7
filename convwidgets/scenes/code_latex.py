"""The LaTeX of all explorers: formulas, and arrays in brackets. `frontend/scenes/code-latex.js` writes the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convwidgets.core.activations import LEAK
from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.symbols import latex_matrix, latex_number

SET = 12
"""Grids of so many rows and columns are set."""
ACTIVATED = {
    "relu": r"\max(0,\, {y})",
    "leaky_relu": rf"\max({LEAK}\, {{y}},\, {{y}})",
    "sigmoid": r"\frac{{1}}{{1 + e^{{-{y}}}}}",
    "tanh": r"\tanh {y}",
}
"""Activations."""


def gathered(formulas: Sequence[str], notes: Sequence[str] = ()) -> str:
    """Formulas below each other, to stand between dollars; notes are comments."""
    return "\n".join(
        [*(f"% {note}" for note in notes), r"\begin{gathered}", " \\\\\n".join(formulas), r"\end{gathered}"]
    )


def matrices(arrays: dict[str, Array], most: int = SET) -> list[str]:
    """One formula with the numbers of all arrays by name; none where one of them is too large to be set."""
    if max(side for values in arrays.values() for side in values.shape) > most:
        return []
    return [", \\qquad\n".join(f"{name} = {latex_matrix(np.atleast_2d(values))}" for name, values in arrays.items())]


def signed(value: Any) -> str:
    """A number as a further term of a sum: ` + 2`, ` - 0.5`; nothing for 0."""
    return f" {'-' if value < 0 else '+'} {latex_number(abs(value))}" if value else ""


def reads(axis: Axis, place: str, tap: str, *, flip: bool = False, first: int | None = None) -> str:
    """Which input the weight `tap` meets in the window `place`, as a formula.

    Args:
        first: which tap of the window the weight 0 meets, where its kernel does not fill the window.

    >>> reads(Axis(9, 3, stride=2, dilation=3, before=1), "r", "i")
    '2r + 3i - 1'
    """
    usual = axis.kernel - 1 if flip else 0
    start = int(axis.taps()[0, usual if first is None else first])
    step, apart = (f"{amount if amount > 1 else ''}" for amount in (axis.stride, axis.dilation))
    return f"{step}{place} {'-' if flip else '+'} {apart}{tap}{signed(start)}"
