"""What becomes of the sums of one kernel or two: combined, a bias, an activation; some rows at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convwidgets.core.activations import activate
from convwidgets.core.arguments import Array
from convwidgets.core.fast import convolve, convolve_into
from convwidgets.core.problem import Problem

_SMOOTH = ("leaky_relu", "sigmoid", "tanh")
PAIRS: dict[str, Callable[[Array, Array], Array]] = {
    "sum": np.add,
    "difference": np.subtract,
    "magnitude": lambda a, b: np.sqrt(a * a + b * b),
    "direction": lambda a, b: np.arctan2(b + 0.0, a + 0.0),  # a negative zero would be a turn by π
}


@dataclass(frozen=True)
class Finish:
    """σ(combined + bias), the bias of a single kernel being part of its problem.

    A direction is an angle and has neither bias nor activation.
    """

    combine: str
    bias: float
    activation: str

    def __post_init__(self) -> None:
        activate(0, self.activation)  # refuses an unknown name before the work begins

    @property
    def is_angle(self) -> bool:
        """Whether the result is a direction."""
        return self.combine == "direction"

    def dtype(self, arrays: list[Array], problems: list[Problem]) -> np.dtype[np.generic]:
        """Of the result: integers never widen floats, roots, angles and fractions make integers float64."""
        floats = [array.dtype for array in arrays if array.dtype.kind == "f"]
        if floats:
            return np.result_type(*floats).newbyteorder("=")
        smooth = not self.is_angle and (self.activation in _SMOOTH or np.asarray(self.bias).dtype.kind == "f")
        roots = self.combine in ("magnitude", "direction")
        return np.dtype(np.float64) if roots or smooth else np.result_type(*(each.dtype for each in problems))

    def write(self, result: Array, rows: slice, problems: list[Problem]) -> None:
        """Some rows of one channel of the result."""
        out = result[rows]
        if self.combine in PAIRS:
            sums = [problem.trimmed(convolve(problem)) for problem in problems]
            wide = (each.astype(np.promote_types(each.dtype, out.dtype), copy=False) for each in sums)
            out[:] = PAIRS[self.combine](*wide)
            if self.bias and not self.is_angle:
                out += out.dtype.type(self.bias)
        elif problems[0].dtype == out.dtype:
            convolve_into(problems[0], out[None, ..., None])
        else:
            out[:] = problems[0].trimmed(convolve(problems[0]))
        if self.activation != "none" and not self.is_angle:
            out[:] = activate(out, self.activation)
