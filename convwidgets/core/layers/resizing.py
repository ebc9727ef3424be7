"""Layers that change the number of positions and nothing else: UpSampling2D, ZeroPadding2D, Cropping2D."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import ClassVar

from convwidgets.core.arguments import Padding, PerAxis, axes_for
from convwidgets.core.axis import Axis
from convwidgets.core.layers.layer import Layer, Shape, layer
from convwidgets.core.layers.parameters import Check
from convwidgets.core.layers.reach import Field
from convwidgets.core.layers.words import say
from convwidgets.core.transposed_sizes import transposed_axes


class Growing(Layer):
    """Goes from the windows of its axes to their positions: the output is what the windows slide over."""

    def output_shape(self, shape: Shape) -> Shape:
        return (*(axis.size for axis in self.axes(shape)), shape[-1])

    def _field(self, field: Field, axis: Axis) -> Field:
        return field.back_through(axis)


@layer
class UpSampling2D(Growing):
    """Every value size × size times ("nearest"), or values in between ("bilinear", half-pixel centres).

    >>> UpSampling2D((2, 3)).output_shape((4, 5, 8))
    (8, 15, 8)
    """

    size: PerAxis = 2
    _: KW_ONLY
    interpolation: str = "nearest"
    dimensions: ClassVar[int] = 2

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        """Those of the transposed convolution that does the same: a box of ``size``, or a tent twice as wide."""
        self._check_rank(shape)
        steps: tuple[int, ...] = self.size  # type: ignore[assignment]
        if self.interpolation == "nearest":
            return transposed_axes(shape[:-1], steps, stride=steps)
        tents = tuple(2 * step - step % 2 for step in steps)
        return transposed_axes(shape[:-1], tents, stride=steps, padding=tuple(step // 2 for step in steps))


@layer
class ZeroPadding2D(Layer):
    """Zeros round the image.

    Args:
        padding: a number per side, (rows, columns), or ((top, bottom), (left, right)).

    >>> ZeroPadding2D(((0, 1), (2, 3))).output_shape((5, 5, 3))
    (6, 10, 3)
    """

    padding: Padding = 1
    dimensions: ClassVar[int] = 2
    own_checks: ClassVar = {"padding": Check("sides")}

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        """A window of one position that slides over the padded image."""
        self._check_rank(shape)
        return axes_for(shape[:-1], (1,) * self.dimensions, padding=self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        return (*(axis.output for axis in self.axes(shape)), shape[-1])


@layer
class Cropping2D(Growing):
    """The image without its outer rows and columns: zero padding turned round.

    Args:
        cropping: a number per side, (rows, columns), or ((top, bottom), (left, right)).

    >>> Cropping2D(((0, 1), (2, 3))).output_shape((6, 10, 3))
    (5, 5, 3)
    """

    cropping: Padding = 0
    dimensions: ClassVar[int] = 2

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        self._check_rank(shape)
        amounts: tuple[tuple[int, int], ...] = self.cropping  # type: ignore[assignment]
        for size, (before, after) in zip(shape[:-1], amounts, strict=True):
            if before + after >= size:
                raise ValueError(say("crop", before=before, after=after, size=size, most=size - 1))
        return transposed_axes(shape[:-1], (1,) * self.dimensions, padding=self.cropping)
