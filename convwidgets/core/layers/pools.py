"""Pools: MaxPooling, AveragePooling and the global ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from convwidgets.core.arguments import Padding, PerAxis, axes_for
from convwidgets.core.axis import Axis
from convwidgets.core.layers.layer import Layer, Shape, layer
from convwidgets.core.layers.parameters import Check
from convwidgets.core.layers.reach import Field


class Pool(Layer):
    """A window that slides over every channel; padding never wins and is never counted."""

    if TYPE_CHECKING:
        pool_size: PerAxis
        strides: PerAxis | None
        padding: Padding

    own_checks: ClassVar = {
        "strides": Check("one_per_axis", (1,), optional=True),
        "padding": Check("padding", (False,)),
    }

    @property
    def steps(self) -> PerAxis:
        """The stride: the pool size, unless given."""
        return self.pool_size if self.strides is None else self.strides

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        self._check_rank(shape)
        return axes_for(shape[:-1], self.pool_size, stride=self.steps, padding=self.padding)  # type: ignore[arg-type]

    def output_shape(self, shape: Shape) -> Shape:
        return (*(axis.output for axis in self.axes(shape)), shape[-1])


@layer
class MaxPooling1D(Pool):
    """The largest value of every window of a series."""

    pool_size: PerAxis = 2
    strides: PerAxis | None = None
    padding: Padding = "valid"
    dimensions: ClassVar[int] = 1


@layer
class MaxPooling2D(Pool):
    """The largest value of every window, per channel.

    Args:
        pool_size: one number, or (rows, columns).
        strides: the pool size where it is None.
        padding: as in Conv2D; padding never is the largest.

    >>> MaxPooling2D(4, strides=(3, 2)).output_shape((31, 21, 16))
    (10, 9, 16)
    """

    pool_size: PerAxis = 2
    strides: PerAxis | None = None
    padding: Padding = "valid"
    dimensions: ClassVar[int] = 2


@layer
class AveragePooling1D(Pool):
    """The mean of every window of a series; padding is not counted."""

    pool_size: PerAxis
    strides: PerAxis | None = None
    padding: Padding = "valid"
    dimensions: ClassVar[int] = 1


@layer
class AveragePooling2D(Pool):
    """The mean of every window, per channel; padding is not counted."""

    pool_size: PerAxis
    strides: PerAxis | None = None
    padding: Padding = "valid"
    dimensions: ClassVar[int] = 2


class GlobalPool(Layer):
    """One value per channel, from all positions."""

    if TYPE_CHECKING:
        keepdims: bool

    def output_shape(self, shape: Shape) -> Shape:
        self._check_rank(shape)
        kept = (1,) * self.dimensions if self.keepdims else ()
        return (*kept, shape[-1])

    def fields(self, seen: tuple[Field, ...], shape: Shape) -> tuple[Field, ...]:
        return tuple(field.everything() for field in seen)


@layer
class GlobalAveragePooling2D(GlobalPool):
    """The mean of every channel.

    >>> GlobalAveragePooling2D().output_shape((7, 7, 512))
    (512,)
    """

    keepdims: bool = False
    dimensions: ClassVar[int] = 2


@layer
class GlobalMaxPooling2D(GlobalPool):
    """The largest value of every channel."""

    keepdims: bool = False
    dimensions: ClassVar[int] = 2
