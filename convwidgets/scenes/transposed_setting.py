"""One setting of a transposed convolution: its axes, its result, the terms of a cell, or why there is no result."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.problem import result_dtype
from convwidgets.core.transposed import conv_transpose1d, conv_transpose2d
from convwidgets.core.transposed_sizes import transposed_axes_or_errors
from convwidgets.scenes.base import times
from convwidgets.scenes.padded import plane_axes
from convwidgets.scenes.setting import LARGEST
from convwidgets.scenes.transposed_words import HUGE, TOO_LARGE

BOARD = 64
"""The longest side of a grid whose cells are shown."""
SHAPES = (
    "The input has the shape {y} and the kernel {kernel}, but one line or one plane is shown: "
    "give both one axis, or both two."
)


class Term(NamedTuple):
    """One product of a result cell: the value of y at `window` times the weight at `tap`."""

    window: tuple[int, int]
    tap: tuple[int, int]
    value: Any
    weight: Any


@dataclass(frozen=True)
class Turned:
    """All that the result of one transposed convolution of a line or a plane depends on.

    >>> turned = Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2, padding=1, output_padding=1)
    >>> turned.result, turned.extras
    (array([ 2, 13, 20, 30]), (0, 1))
    >>> Turned(np.array([1, 10]), np.array([1, 2, 3]), padding=2).error
    'Nothing is left: together the stamps are 4 long, and the padding takes 2 before and 2 after. \
Use a smaller padding.'
    """

    y: Array
    kernel: Array
    stride: Any = 1
    padding: Any = "valid"
    dilation: Any = 1
    output_padding: Any = 0
    output_size: Any = None

    def __post_init__(self) -> None:
        if self.y.ndim not in (1, 2) or self.kernel.ndim != self.y.ndim:
            raise ValueError(SHAPES.format(y=self.y.shape, kernel=self.kernel.shape))

    @property
    def dimensions(self) -> int:
        """1 for a line, 2 for a plane."""
        return self.y.ndim

    @property
    def options(self) -> dict[str, Any]:
        """The settings as the functions of the core take them."""
        return {
            "stride": self.stride, "padding": self.padding, "dilation": self.dilation,
            "output_padding": self.output_padding, "output_size": self.output_size,
        }  # fmt: skip

    @cached_property
    def _found(self) -> tuple[Axis | ValueError, ...]:
        return transposed_axes_or_errors(self.y.shape, self.kernel.shape, **self.options)

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry of the convolution that is turned round, along every axis; None where there is none."""
        return tuple(axis if isinstance(axis, Axis) else None for axis in self._found)

    @cached_property
    def _made(self) -> Array | ValueError:
        refused = [axis for axis in self._found if isinstance(axis, ValueError)]
        if refused:
            return refused[0]
        if (count := math.prod(self._sides)) > LARGEST:
            return ValueError(HUGE.format(count=count, most=LARGEST))
        try:
            make = conv_transpose1d if self.dimensions == 1 else conv_transpose2d
            return make(self.y, self.kernel, **self.options)
        except ValueError as error:  # exact integers beyond 64 bits
            return error

    @property
    def _sides(self) -> list[int]:
        """Along every axis, the longest grid that a view would need."""
        return [max(axis.padded, axis.size + axis.span - 1) for axis in self._found if isinstance(axis, Axis)]

    @property
    def limit(self) -> str:
        """Why the three views are not drawn; empty when they are."""
        too_large = not self.error and max(self._sides) > BOARD
        return TOO_LARGE.format(size=times(self._sides), most=BOARD) if too_large else ""

    @property
    def error(self) -> str:
        """Why there is no result; empty when there is one."""
        return str(self._made) if isinstance(self._made, ValueError) else ""

    @property
    def result(self) -> Array | None:
        """The transposed convolution; None where there is none."""
        return None if isinstance(self._made, ValueError) else self._made

    output = result

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the result, and of the products in it."""
        return result_dtype(self.y, self.kernel, [])

    @property
    def plane(self) -> Array:
        """y as a plane: a line is a plane of one row."""
        return np.atleast_2d(self.y)

    @property
    def weights(self) -> Array:
        """The kernel as a plane."""
        return np.atleast_2d(self.kernel)

    @property
    def pair(self) -> tuple[Axis, Axis]:
        """The axes of rows and columns, of a setting with a result."""
        axes = plane_axes(self.axes)
        assert axes is not None
        return axes

    @property
    def tables(self) -> tuple[Array, Array]:
        """The taps along rows and columns of the windows that have a value of y."""
        rows, columns = (axis.taps()[:count] for axis, count in zip(self.pair, self.plane.shape, strict=True))
        return rows, columns

    @property
    def extras(self) -> tuple[int, int]:
        """Along rows and columns, the positions at the end that no stamp would need: the ``a`` of the size formula."""
        rows, columns = (
            axis.size + axis.after - 1 - int(table[-1, -1]) for axis, table in zip(self.pair, self.tables, strict=True)
        )
        return rows, columns

    def terms(self, row: int, column: int) -> list[Term]:
        """The products that make up a result cell, in the order of y."""
        rows, columns = (np.argwhere(t == p).tolist() for t, p in zip(self.tables, (row, column), strict=True))
        return [Term((r, c), (a, b), self.plane[r, c], self.weights[a, b]) for r, a in rows for c, b in columns]
