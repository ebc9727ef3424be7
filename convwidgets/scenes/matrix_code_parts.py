"""What the code of a convolution as a matrix is about: sizes, and arrays as vectors and back."""

from __future__ import annotations

import math
from dataclasses import dataclass

from convwidgets.core.axis import Axis
from convwidgets.scenes.base import times
from convwidgets.scenes.code import plus
from convwidgets.scenes.setting import Setting


@dataclass(frozen=True)
class Matrix:
    """A setting with an output, seen as a matrix product."""

    setting: Setting
    shows: str
    form: str
    hidden: bool

    @property
    def axes(self) -> list[Axis]:
        """Of rows and columns; a line has one row."""
        own = [axis for axis in self.setting.axes if axis is not None]
        return [Axis(1, 1)] * (2 - len(own)) + own

    @property
    def line(self) -> bool:
        """Whether there is one axis only."""
        return self.setting.dimensions == 1

    @property
    def output(self) -> tuple[int, ...]:
        """The size of the output."""
        return tuple(axis.output for axis in self.axes)[-self.setting.dimensions :]

    @property
    def sides(self) -> tuple[int, int]:
        """Rows and columns of C."""
        return math.prod(self.output), self.setting.input.size

    @property
    def windows(self) -> tuple[int, int]:
        """Rows and columns of P."""
        return self.setting.kernel.size, math.prod(self.output)

    @property
    def size(self) -> str:
        """`4 × 16`, of C."""
        return times(self.sides)

    @property
    def pads(self) -> tuple[tuple[int, int], ...]:
        """Before and after along rows and columns."""
        return tuple((axis.before, axis.after) for axis in self.axes)

    @property
    def offset(self) -> bool:
        """Whether something is added to C x: b."""
        return bool(self.setting.bias or (self.setting.constant and any(map(any, self.pads))))

    @property
    def bias(self) -> str:
        """A further term."""
        return plus(self.setting.bias)

    def vector(self, name: str) -> str:
        """An array as a vector."""
        return name if self.line else f"{name}.ravel()"

    def shaped(self, vector: str, shape: tuple[int, ...] | None = None) -> str:
        """A vector in the shape of the output, or another."""
        return vector if self.line else f"({vector}).reshape({', '.join(map(str, shape or self.output))})"
