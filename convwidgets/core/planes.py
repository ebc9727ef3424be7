"""Fast convolution of a plane of whole numbers, as pictures have them, with one kernel. It answers to ``definition``.

Sums of levels 0…255 and small weights fit 16 or 32 bits, of which a processor adds many at a time. A kernel that is the
product of a column and a row, Sobel's or a box, is applied along rows and then along columns; and where all weights of
such a row are equal, sums of 16 neighbours come from sums of 8, of 4 and of 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.blocks import BUDGET, FEW, cover, piece
from convwidgets.core.factors import column_and_row, whole_form
from convwidgets.core.problem import Problem, range_of

PATIENCE = 40  # passes over 16-bit sums that cost as much as a product of matrices does
EQUAL = 4  # equal weights from which doubling needs fewer additions
SCRATCH = 3  # planes of a block that are in use at a time
AROUND = 8  # a block is so many times as long as the kernel, which it needs beside itself


@dataclass(frozen=True)
class Plan:
    """How the weights meet a plane: a kernel of whole numbers, in one pass or along two axes, times a unit."""

    unit: float
    kernel: Array
    dtype: np.dtype[np.generic]  # the narrowest that holds every sum
    axes: tuple[Axis, ...]

    @cached_property
    def factors(self) -> tuple[Array, Array] | None:
        """Column and row, where two passes are faster than one."""
        pair = column_and_row(self.kernel)
        if pair is None:
            return None
        return pair if sum(map(self._passes, pair, self.axes)) < self._passes(self.kernel) else None

    @property
    def cost(self) -> int:
        """Passes over the sums, counted in 16 bits."""
        pair = self.factors
        passes = self._passes(self.kernel) if pair is None else sum(map(self._passes, pair, self.axes))
        return passes * self.dtype.itemsize // 2

    def planes(self, problem: Problem, result: Array) -> None:
        """Convolve into ``result`` (N, oh, ow, 1)."""
        for block in cover(result.shape[:-1], (1, *self._block())):
            out = result[block][..., 0]
            sums = _sums(piece(problem, block, self.dtype)[..., 0], self, out.shape)
            if self.unit == 1:
                out[:] = sums
            else:
                np.multiply(sums, self.unit, out=out, casting="same_kind")
            if problem.bias.any():
                out += problem.bias[0].astype(result.dtype)

    def _block(self) -> tuple[int, int]:
        """Rows and columns that fit the processor's cache, and are many beside what the kernel needs around them."""
        rows, columns = (max(FEW, AROUND * axis.span // axis.stride) for axis in self.axes)
        return rows, max(columns, 4 * BUDGET // (SCRATCH * self.dtype.itemsize * rows))

    def _passes(self, weights: Array, axis: Axis | None = None) -> int:
        if axis is not None and doubles(weights, axis):
            return 2 * len(weights).bit_length()
        sizes = abs(weights[weights != 0])
        return int(sizes.size + (sizes != 1).sum())


def plan_for(problem: Problem) -> Plan | None:
    """The plan, where whole numbers meet one kernel of few taps; None for all other problems."""
    if problem.x.ndim != 4 or problem.kernel.shape[-2:] != (1, 1) or problem.x.dtype.kind == "f" or not problem.x.size:
        return None
    form = whole_form(problem.kernel[..., 0, 0])
    if form is None or problem.fill != int(problem.fill):
        return None
    unit, kernel = form
    dtype = _narrowest(problem, kernel)
    if dtype is None:
        return None
    plan = Plan(unit, kernel, dtype, problem.axes)
    return plan if plan.cost <= PATIENCE else None


def _narrowest(problem: Problem, kernel: Array) -> np.dtype[np.generic] | None:
    """The dtype that holds the input and every sum, also of a part of the taps."""
    most = max(*map(abs, range_of(problem.x)), abs(int(problem.fill)))
    bound = most * max(1, int(abs(kernel).sum()))
    return next((np.dtype(kind) for kind in (np.int16, np.int32) if bound <= np.iinfo(kind).max), None)


def _sums(seen: Array, plan: Plan, shape: tuple[int, ...]) -> Array:
    """The sums of a block, from what its windows read: (n, rows, columns)."""
    if plan.factors is not None:
        column, row = plan.factors
        between = _along(seen, 2, plan.axes[1], row, shape[2])
        return _along(between, 1, plan.axes[0], column, shape[1])
    total = _Total(shape, plan.dtype)
    for place in np.argwhere(plan.kernel):
        view = seen
        for number, (axis, tap) in enumerate(zip(plan.axes, place, strict=True)):
            view = _every(view, number + 1, axis, int(tap), shape[number + 1])
        total.add(view, int(plan.kernel[tuple(place)]))
    return total.sums


def _along(seen: Array, number: int, axis: Axis, weights: Array, count: int) -> Array:
    """The sums along one axis."""
    if doubles(weights, axis):
        sums = _boxes(np.moveaxis(seen, number, 0), axis, count)
        return np.moveaxis(sums if weights[0] == 1 else sums * sums.dtype.type(weights[0]), 0, number)
    total = _Total((*seen.shape[:number], count, *seen.shape[number + 1 :]), seen.dtype)
    for tap in np.flatnonzero(weights):
        total.add(_every(seen, number, axis, int(tap), count), int(weights[tap]))
    return total.sums


def _every(seen: Array, number: int, axis: Axis, tap: int, count: int) -> Array:
    """What one tap meets at every window along one axis."""
    first = tap * axis.dilation
    return seen[(slice(None),) * number + (slice(first, first + axis.stride * (count - 1) + 1, axis.stride),)]


def doubles(weights: Array, axis: Axis) -> bool:
    """Whether sums of 2, 4, 8, … neighbours make the sum of all."""
    return len(weights) >= EQUAL and axis.stride == 1 and weights[0] != 0 and bool((weights == weights[0]).all())


def _boxes(seen: Array, axis: Axis, count: int) -> Array:
    """Sums of as many neighbours along the first axis as the kernel has taps: of 7 from those of 1, 2 and 4."""
    total, first, size, sums = np.zeros((count, *seen.shape[1:]), seen.dtype), 0, 1, seen
    while size <= axis.kernel:
        if axis.kernel & size:
            total += sums[first : first + count]
            first += size * axis.dilation
        shift, size = size * axis.dilation, 2 * size
        if size <= axis.kernel:
            sums = sums[:-shift] + sums[shift:]
    return total


class _Total:
    """Weighted planes, added up in one memory."""

    def __init__(self, shape: tuple[int, ...], dtype: np.dtype[np.generic]) -> None:
        self.memory, self.share, self.is_new = np.empty(shape, dtype), np.empty(shape, dtype), True

    @property
    def sums(self) -> Array:
        """What was added up, 0 without any."""
        return self.memory * 0 if self.is_new else self.memory

    def add(self, plane: Array, weight: int) -> None:
        if self.is_new:
            np.multiply(plane, weight, out=self.memory)
        elif weight in (1, -1):
            (np.add if weight == 1 else np.subtract)(self.memory, plane, out=self.memory)
        else:
            np.multiply(plane, weight, out=self.share)
            self.memory += self.share
        self.is_new = False
