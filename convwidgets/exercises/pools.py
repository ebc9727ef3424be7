"""A kind of exercise about pooling: its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, Padding, PerAxis
from convwidgets.core.pooling import avg_pool2d, max_pool2d
from convwidgets.core.pooling_axis import PoolAxis, pool_axes
from convwidgets.core.pooling_norm import lp_pool2d
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import SWAPPED, distinct
from convwidgets.scenes.base import times

RULES = {
    "max": "Of every window the largest value counts, and no other.",
    "average": "Add the values of the window up, and divide by how many they are.",
    "l2": "Square the values of the window, add them up, and take the root.",
}


@dataclass(frozen=True)
class Pools:
    """One pooling of a plane, and what others would make of it."""

    plane: Array
    size: PerAxis
    method: str = "max"
    stride: PerAxis | None = None
    padding: Padding = "valid"
    ceil_mode: bool = False
    count_include_pad: bool = False

    @property
    def options(self) -> dict[str, Any]:
        return {"stride": self.stride, "padding": self.padding, "ceil_mode": self.ceil_mode}

    @property
    def axes(self) -> tuple[PoolAxis, ...]:
        size = (self.size, self.size) if isinstance(self.size, int) else tuple(self.size)
        return pool_axes(self.plane.shape, size, **self.options)

    @property
    def output(self) -> Array:
        if self.method == "max":
            largest: Array = max_pool2d(self.plane, self.size, **self.options)
            return largest
        if self.method == "average":
            return avg_pool2d(self.plane, self.size, count_include_pad=self.count_include_pad, **self.options)
        return lp_pool2d(self.plane, self.size, **self.options)

    def told(self) -> str:
        """The geometry in words, the stride always with it."""
        padded = any(axis.before or axis.after for axis in self.axes)
        sizes, strides = ([getattr(axis, name) for axis in self.axes] for name in ("kernel", "stride"))
        padding = f"padding {self.padding}" if padded else "no padding"
        return f"pool {times(sizes)}, stride {times(strides)}, {padding}"

    def inside(self, index: tuple[int, ...]) -> tuple[list[int], ...]:
        """The rows and the columns of the input that a window lies on."""
        found = zip(self.axes, index, strict=True)
        return tuple([int(tap) for tap in axis.taps[at] if 0 <= tap < axis.size] for axis, at in found)

    def by(self, summary: Callable[[Array], Any]) -> Array:
        """The result with another rule for the values of a window."""
        result = np.array([summary(self.plane[np.ix_(*self.inside(each))]) for each in np.ndindex(self.output.shape)])
        return result.reshape(self.output.shape)

    def window(self, index: tuple[int, ...]) -> str:
        """Where the values of a window lie."""
        rows, columns = (", ".join(map(str, each)) for each in self.inside(index))
        return f"Its window lies on rows {rows} and columns {columns}."


def plane(values: Any) -> Array:
    """The values as an array in which squares of pixels have room."""
    array = np.array(values)
    return array.astype(np.int64) if array.dtype.kind == "u" else array


def pooled(question: str, input: Any, size: PerAxis, *, because: str, **settings: Any) -> Exercise:
    """Which numbers does this pooling of a plane give? The settings are those of :class:`PoolingExplorer`.

    >>> exercise = pooled("And?", [[1, 5, 2, 0]], (1, 2), because="Pairs.")
    >>> exercise.check([[1, 0]])
    Not yet: exactly these numbers come out when the smallest value is taken. Of every window the largest value \
counts, and no other.
    """
    pools = Pools(plane(input), size, **settings)
    right = pools.output
    ways = tuple(pools.window(index) for index in np.ndindex(right.shape))
    text = f"{question}\n\ninput:\n{pools.plane}\n\n{pools.told()}"
    return Exercise(text, right, because, distinct(right, _of_pooled(pools)), ways=ways)


def _of_pooled(pools: Pools) -> Iterator[Slip]:
    rule = RULES[pools.method]
    yield from (Slip(cause, rule, pools.by(summary)) for cause, summary in _OTHER[pools.method])
    if pools.method != "l2":
        yield Slip("the minus signs are lost", rule, replace(pools, plane=abs(pools.plane)).output)
    if pools.method == "average":
        yield from _of_average(pools)
    side = "The window moves on by the stride. Without one it is the size of the pool: windows lie side by side."
    yield Slip("the window moves on by 1", side, replace(pools, stride=1).output)
    if pools.stride is not None:
        yield Slip("the windows lie side by side", "A stride was given.", replace(pools, stride=None).output)
    if pools.padding != "valid":
        yield Slip("the padding is left out", "The first windows begin outside the input.",
                   replace(pools, padding="valid").output)  # fmt: skip
    yield Slip(*SWAPPED, pools.output.T, whole=True)


_OTHER: dict[str, tuple[tuple[str, Callable[[Array], float]], ...]] = {
    "max": (
        ("the smallest value is taken", np.min),
        ("the average is taken", np.mean),
        ("values below 0 count as 0", lambda window: max(window.max(), 0)),
        ("the values are added up", np.sum),
    ),
    "average": (
        ("the sum is not divided", np.sum),
        ("the largest value is taken", np.max),
    ),
    "l2": (
        ("the root is left out", lambda window: (window**2).sum()),
        ("the values are added up", np.sum),
        ("the minus signs are lost and the rest is added up", lambda window: np.abs(window).sum()),
        ("the mean of the squares is taken before the root", lambda window: np.sqrt((window**2).mean())),
        ("the largest value is taken", np.max),
    ),
}


def _of_average(pools: Pools) -> Iterator[Slip]:
    counted = replace(pools, count_include_pad=not pools.count_include_pad).output
    if pools.count_include_pad:
        yield Slip("the padding is not counted", "Here it counts as zeros.", counted)
    else:
        yield Slip("the padding counts as zeros", "Here only what lies on the input is counted.", counted)
    yield Slip("what comes out is rounded down", "An average keeps its fraction.", np.floor(pools.output))
