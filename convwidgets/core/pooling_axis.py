"""Geometry of pooling along one axis: an Axis, ceil mode's last window, and no window of nothing but padding.

``frontend/pooling-axis.js`` mirrors this module for the page, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from convwidgets.core.arguments import Padding, PerAxis, geometries, settled
from convwidgets.core.axis import REFUSALS, Axis, Refusal, refusal, refuse, whole

_FIT = (
    "The pool does not fit: it spans {span} (pool {kernel}, dilation {dilation}) but the padded input is {padded} "
    "long ({before} + {size} + {after}). Add {lack} of padding, or use a smaller pool"
)
POOL_REFUSALS: dict[str, str] = {
    **REFUSALS,
    "kernel": "The pool is {kernel} long, but it needs at least 1 value. Give a pool that is not empty.",
    "dilation": "The dilation is {dilation}, but values lie at least 1 apart. Use 1 for a pool without holes.",
    "fit": _FIT + ".",
    "fit_dilated": _FIT + " or dilation.",
    "padding_only": "Window {window} holds nothing but padding: it spans {span}, and the padding is {before} before "
    "and {after} after. Use at most {most} of padding on either side, or a larger pool.",
    "holes": "Window {window} holds nothing but padding: its values lie {dilation} apart and step over the input, "
    "which is {size} long. Use dilation 1 with at most {most} of padding on either side.",
}
"""The sentence for every impossible pooling. The page fills the same templates."""


@dataclass(frozen=True)
class PoolAxis:
    """The windows of a pooling along one axis.

    Args:
        size, kernel, stride, dilation, before, after: as of an :class:`Axis`; the kernel is the pool.
        ceil_mode: one more window where some input is left over at the end. It hangs over the end of the padded input;
            a last window that would start in the padding after the input is dropped.

    Attributes:
        windows: the Axis of all windows. Its padding at the end includes the overhang.

    Raises:
        TypeError: when a value is not a whole number.
        ValueError: when there is no such geometry, and for a window of nothing but padding.

    >>> PoolAxis(5, 2, 2).windows.output, PoolAxis(5, 2, 2, ceil_mode=True).windows.output
    (2, 3)
    >>> PoolAxis(5, 2, 2, ceil_mode=True).formula()
    '3 = ⌈(5 + 0 + 0 − 2)/2⌉ + 1, overhang 1'
    """

    size: int
    kernel: int
    stride: int = 1
    dilation: int = 1
    before: int = 0
    after: int = 0
    ceil_mode: bool = False
    windows: Axis = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for each in fields(self)[:6]:
            object.__setattr__(self, each.name, whole(getattr(self, each.name), each.name))
        six = (self.size, self.kernel, self.stride, self.dilation, self.before, self.after)
        end = self.after + _overhang(*six) if self.ceil_mode else self.after
        refuse(refusal(*six[:5], end) and refusal(*six), POOL_REFUSALS)
        object.__setattr__(self, "windows", self._kept(Axis(*six[:5], end)))
        refuse(self._empty(), POOL_REFUSALS)

    @cached_property
    def taps(self) -> NDArray[np.int64]:
        """The taps of the windows: (output, kernel) input indices. Outside 0 … size − 1 lies padding."""
        return self.windows.taps()

    def _kept(self, windows: Axis) -> Axis:
        """Without the last window where ceil mode drops it."""
        if not self.ceil_mode or windows.taps()[-1, 0] < self.size:
            return windows
        end = self.after if windows.after > self.after else self.after - 1
        return Axis(self.size, self.kernel, self.stride, self.dilation, self.before, end)

    def _empty(self) -> Refusal:
        """The first window without a value of the input."""
        counts, span = self.counts(), self.windows.span
        if counts.all():
            return None
        numbers = {"window": int(counts.argmin()), "size": self.size, "before": self.before, "after": self.after}
        if max(self.before, self.after) >= span:
            return "padding_only", {**numbers, "span": span, "most": span - 1}
        return "holes", {**numbers, "dilation": self.dilation, "most": self.kernel - 1}

    @property
    def overhang(self) -> int:
        """Positions beyond the padded input that the last window of ceil mode covers; they never count."""
        return max(0, self.windows.after - self.after)

    @property
    def dropped(self) -> bool:
        """Whether ceil mode left a last window out because it would start in the padding."""
        room = self.before + self.size + self.after - self.windows.span
        return self.ceil_mode and -(-room // self.stride) + 1 > self.windows.output

    def counts(self, include_pad: bool = False) -> NDArray[np.int64]:
        """So many values of each window lie on the input, or on the padded input; none on the overhang.

        >>> PoolAxis(3, 3, 2, before=1, ceil_mode=True).counts(), PoolAxis(3, 3, 2, before=1).counts(include_pad=True)
        (array([2, 2]), array([3]))
        """
        before, after = (self.before, self.after) if include_pad else (0, 0)
        counts: NDArray[np.int64] = ((self.taps >= -before) & (self.taps < self.size + after)).sum(axis=1)
        return counts

    def formula(self) -> str:
        """The size formula with its numbers, and what ceil mode adds or drops.

        >>> PoolAxis(3, 1, 3, after=1, ceil_mode=True).formula()
        '1 = ⌈(3 + 0 + 1 − 1)/3⌉ + 1 − 1, the last window would start in the padding'
        """
        if not self.ceil_mode:
            return self.windows.formula()
        inside = f"{self.size} + {self.before} + {self.after} \N{MINUS SIGN} {self.windows.span}"
        head = f"{self.windows.output} = ⌈({inside})/{self.stride}⌉ + 1"
        if self.dropped:
            return f"{head} \N{MINUS SIGN} 1, the last window would start in the padding"
        return f"{head}, overhang {self.overhang}"


def pool_axes_or_errors(
    shape: Sequence[int],
    size: Sequence[int],
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
) -> tuple[PoolAxis | ValueError, ...]:
    """The windows along every spatial axis; an axis without a geometry is given as its ValueError.

    Args:
        shape: spatial sizes of the input, such as (H, W).
        size: of the pool, one number per axis; it is also the stride, unless that is given.
        stride, padding, dilation: as in :func:`conv2d`.
        ceil_mode: see :class:`PoolAxis`.

    >>> [axis.windows.output for axis in pool_axes_or_errors((7, 6), (3, 2), ceil_mode=True)]
    [3, 3]
    """
    make = partial(PoolAxis, ceil_mode=bool(ceil_mode))
    strides = tuple(size) if stride is None else stride
    return geometries(make, shape, size, stride=strides, padding=padding, dilation=dilation)


def pool_axes(
    shape: Sequence[int],
    size: Sequence[int],
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
) -> tuple[PoolAxis, ...]:
    """As :func:`pool_axes_or_errors`, but the first error is raised."""
    found = pool_axes_or_errors(
        shape, size, stride=stride, padding=padding, dilation=dilation, ceil_mode=ceil_mode
    )  # fmt: skip
    return settled(found, f"the input {tuple(shape)} and the pool {tuple(size)}")


def _overhang(size: int, kernel: int, stride: int, dilation: int, before: int, after: int) -> int:
    """What one more window needs beyond the padded input, if any of the input is left over; less than a stride."""
    lack = dilation * (kernel - 1) + 1 - (before + size + after)
    return lack % stride if stride >= 1 and lack < stride and min(before, after) >= 0 else 0
