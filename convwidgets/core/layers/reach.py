"""The receptive field along one axis: which input positions an output position can see, layer after layer.

Two accounts, side by side. ``jump``, ``offset`` and ``extent`` are the rule for every position, padding counted as if
it were input: what papers quote. ``first`` and ``last`` are found position by position in :meth:`Axis.taps`, so they
end at the input's border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor

import numpy as np
from numpy.typing import NDArray

from convwidgets.core.axis import Axis
from convwidgets.core.layers.words import say


@dataclass(frozen=True)
class Field:
    """What the positions of one axis of a feature map see of the input.

    Position j sees the input positions from offset + j·jump to offset + j·jump + extent, where there are any.

    Args:
        extent: from the first position seen to the last; a fraction after a layer that upsamples.
        jump: how far the field moves from one position to the next; below 1 after upsampling.
        offset: where the field of position 0 begins; negative in the padding.
        first, last: for every position, the first and the last input index that reaches it; last < first for none.
        everywhere: every position sees the same, as behind a dense layer.

    >>> field = Field.of_input(32).through(Axis(32, 5)).through(Axis(28, 2, stride=2))
    >>> field.size, field.jump, field.offset, field.first.tolist()[:3]
    (6, Fraction(2, 1), Fraction(0, 1), [0, 2, 4])
    """

    extent: Fraction
    jump: Fraction
    offset: Fraction
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    everywhere: bool = False

    @classmethod
    def of_input(cls, size: int) -> Field:
        """Every input position sees itself."""
        _followed(size)
        own = np.arange(size)
        return cls(Fraction(0), Fraction(1), Fraction(0), own, own)

    @property
    def size(self) -> int:
        """So many input positions, padding included, can one position see (gaps inside are counted)."""
        return floor(self.extent) + 1

    @cached_property
    def seen(self) -> int:
        """The most that any position sees of the input itself, from its first to its last input position."""
        return max(0, int((self.last - self.first).max()) + 1)

    def through(self, axis: Axis) -> Field:
        """The field behind a window that slides: a convolution or a pool.

        r + (span − 1)·j, j·s and offset − before·j, relations 2, 1 and 3 of Araujo, Norris & Sim, *Computing receptive
        fields of convolutional neural networks* (Distill, 2019), there from the output back to the input.
        """
        if self.everywhere:
            return self
        _followed(axis.output * axis.kernel)
        taps = axis.taps()
        inside = (taps >= 0) & (taps < axis.size)
        window = taps.clip(0, axis.size - 1)
        return Field(
            self.extent + (axis.span - 1) * self.jump,
            self.jump * axis.stride,
            self.offset - axis.before * self.jump,
            np.where(inside, self.first[window], _NOTHING).min(axis=1),
            np.where(inside, self.last[window], -1).max(axis=1),
        )

    def back_through(self, axis: Axis) -> Field:
        """The field behind a layer that goes from the windows of ``axis`` to its positions: a transposed convolution.

        >>> doubled = Field.of_input(3).back_through(Axis(6, 2, stride=2))
        >>> doubled.size, doubled.jump, doubled.first.tolist()
        (1, Fraction(1, 2), [0, 0, 1, 1, 2, 2])
        """
        if self.everywhere:
            return self
        _followed(max(axis.output * axis.kernel, axis.size))
        taps = axis.taps()[: len(self.first)]  # windows beyond have no stamp
        window, tap = np.nonzero((taps >= 0) & (taps < axis.size))
        first, last = np.full(axis.size, _NOTHING), np.full(axis.size, -1)
        np.minimum.at(first, taps[window, tap], self.first[window])
        np.maximum.at(last, taps[window, tap], self.last[window])
        jump = self.jump / axis.stride
        reach = axis.span - 1
        return Field(self.extent + reach * jump, jump, self.offset + (axis.before - reach) * jump, first, last)

    def everything(self) -> Field:
        """The field of a value that every position reaches: behind a dense layer or a global pool."""
        if self.everywhere:
            return self
        extent = self.extent + (len(self.first) - 1) * self.jump
        first, last = self.first.min(keepdims=True), self.last.max(keepdims=True)
        return replace(self, extent=extent, jump=Fraction(0), first=first, last=last, everywhere=True)


MOST_POSITIONS = 2**22
"""So many positions that windows read along one axis are followed; more would take too long."""


def _followed(count: int) -> None:
    if count > MOST_POSITIONS:
        raise ValueError(say("positions", count=f"{count:,}", most=f"{MOST_POSITIONS:,}"))


_NOTHING = np.iinfo(np.int32).max
"""First input position of a window that holds nothing but padding."""
