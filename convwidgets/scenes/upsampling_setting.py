"""One setting of upsampling: an input made larger in five ways, the stamps' overlap, or why there is no result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, per_axis
from convwidgets.core.axis import Axis, named_padding
from convwidgets.core.convolution import conv2d
from convwidgets.core.interpolation import BICUBIC, Neighbours, neighbours
from convwidgets.core.memory import refuse_too_large
from convwidgets.core.overlap import overlap_counts
from convwidgets.core.resampling import bilinear_kernel
from convwidgets.core.sheet import sheet
from convwidgets.core.transposed import conv_transpose2d
from convwidgets.core.transposed_sizes import transposed_axes
from convwidgets.scenes.base import times

RESIZED = ("nearest", "bilinear", "bicubic")
METHODS = (*RESIZED, "transposed", "convolved")
"""The five ways, in the order in which they are shown."""
WEIGHTS = ("own", "bilinear", "random")
REGION = 96
"""Of a larger result the rows and columns of a crop are computed and shown."""
Part = tuple[int, int]  # from the first position to the one after the last


@dataclass(frozen=True)
class Upsampling:
    """All that the five results depend on; every result is `stride` times as large as the input.

    >>> setting = Upsampling(np.array([[0, 4]]), np.array([[1, 2, 1]]), stride=(1, 2))
    >>> setting.shape, setting.result("nearest"), setting.result("transposed")
    ((1, 4), array([[0, 0, 4, 4]]), array([[0, 0, 4, 8]]))
    """

    input: Array
    kernel: Array
    stride: Any = 2
    weights: str = "own"
    method: str = "nearest"
    align_corners: bool = False
    a: float = BICUBIC
    crop: Any = None
    seed: int = 0

    @property
    def strides(self) -> tuple[int, int]:
        """How many times larger, along rows and columns."""
        rows, columns = per_axis(self.stride, 2, "stride")
        return rows, columns

    @cached_property
    def stamp(self) -> Array:
        """The kernel that is used: the own one, the bilinear one of the stride, or a random one of that size."""
        if self.weights == "bilinear":
            return bilinear_kernel(self.strides)
        return random_kernel(self.kernel.shape, self.strides, self.seed) if self.weights == "random" else self.kernel

    @cached_property
    def spread(self) -> Array:
        """The weights of the convolution after resizing: those of the kernel over the factor of the areas.

        Resizing has made that many copies of every value already, so both ways keep the same brightness.
        """
        return self.stamp if self.area == 1 else self.stamp / self.area

    @property
    def area(self) -> int:
        """How many values of a result come from one of the input."""
        return self.strides[0] * self.strides[1]

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of every result."""
        (height, width), (down, across) = self.input.shape, self.strides
        return height * down, width * across

    @cached_property
    def transposed(self) -> tuple[Axis, Axis]:
        """The geometry of the transposed convolution that keeps the size a multiple: the convolution it turns round."""
        rows, columns = transposed_axes(self.input.shape, self.stamp.shape, stride=self.strides, padding="same")
        return rows, columns

    @cached_property
    def sweep(self) -> tuple[Axis, Axis]:
        """The geometry of the convolution after resizing: stride 1, and as large as what it reads."""
        rows, columns = (
            Axis(size, kernel, 1, 1, *named_padding("same", size, kernel))
            for size, kernel in zip(self.shape, self.stamp.shape, strict=True)
        )
        return rows, columns

    def table(self, axis: int, method: str) -> Neighbours:
        """Which input positions each result along an axis is interpolated from."""
        corners, a = self.align_corners and method != "nearest", self.a if method == "bicubic" else BICUBIC
        return neighbours(self.input.shape[axis], self.shape[axis], method, corners, a)

    @cached_property
    def tables(self) -> dict[str, tuple[Neighbours, Neighbours]]:
        """The tables of rows and columns, by method."""
        return {method: (self.table(0, method), self.table(1, method)) for method in RESIZED}

    @property
    def region(self) -> tuple[Part, Part]:
        """The rows and the columns of the results that are shown: all of them, or those of the crop."""
        start = (None, None) if self.crop is None else per_axis(self.crop, 2, "crop")
        sizes = zip(self.input.shape, self.strides, start, strict=True)
        rows, columns = (_region(size, step, first) for size, step, first in sizes)
        return rows, columns

    @property
    def inputs(self) -> tuple[Part, Part]:
        """The rows and the columns of the input whose results are shown."""
        rows, columns = ((a // step, b // step) for (a, b), step in zip(self.region, self.strides, strict=True))
        return rows, columns

    @cached_property
    def error(self) -> str:
        """Why there is no result; empty when there is one."""
        try:
            for name in ("transposed", "convolved"):
                self.part(name, *self.region)
        except ValueError as error:  # exact integers beyond 64 bits
            return str(error)
        return ""

    @property
    def crops(self) -> bool:
        """Whether only a part of the results is shown."""
        return any(end - start < size for (start, end), size in zip(self.region, self.shape, strict=True))

    def result(self, name: str) -> Array:
        """One of the five results, whole.

        Raises:
            ValueError: for a picture whose result would not fit into memory.
        """
        count = self.shape[0] * self.shape[1]
        refuse_too_large(8 * count, f"A result of {times(self.shape)} numbers", "Use a smaller picture or stride.")
        return self.part(name, (0, self.shape[0]), (0, self.shape[1]))

    def part(self, name: str, rows: Part, columns: Part) -> Array:
        """Some rows and columns of a result."""
        if name in RESIZED:
            return self._resized(name, rows, columns)
        return self._stamped(rows, columns) if name == "transposed" else self._convolved(rows, columns)

    def _resized(self, method: str, rows: Part, columns: Part) -> Array:
        """As :func:`resize`: integers stay integers when they are only copied."""
        kind, result = self.input.dtype, self.input
        if method != "nearest":
            kind = kind if kind.kind == "f" else np.dtype(np.float64)
            result = result.astype(np.promote_types(kind, np.float32))
        elif kind.kind in "iu":
            kind = np.dtype(np.int64)
        for axis, (start, end) in enumerate((rows, columns)):
            table = self.tables[method][axis]
            taken = Neighbours(table.size, table.indices[start:end], table.weights[start:end])
            result = np.moveaxis(taken.applied(np.moveaxis(result, axis, 0)), 0, axis)
        return np.ascontiguousarray(result, dtype=kind)

    def _stamped(self, rows: Part, columns: Part) -> Array:
        """The stamps that reach the region, and of their sum the region."""
        reads, places = zip(
            *(_reach(*pair) for pair in zip(self.transposed, (rows, columns), strict=True)), strict=True
        )
        total = conv_transpose2d(self.input[reads[0], reads[1]], self.stamp, stride=self.strides, padding=0)
        short = [(0, max(0, place.stop - size)) for place, size in zip(places, total.shape, strict=True)]
        part: Array = np.pad(total, short)[places[0], places[1]].copy()
        return part

    def _convolved(self, rows: Part, columns: Part) -> Array:
        inside, padding = [], []
        for axis, (start, end) in zip(self.sweep, (rows, columns), strict=True):
            first, last = start - axis.before, end - axis.before + axis.span - 1
            inside.append((max(first, 0), min(last, axis.size)))
            padding.append((max(-first, 0), max(last - axis.size, 0)))
        resized = self._resized(self.method, inside[0], inside[1])
        sums = conv2d(resized, self.stamp, padding=tuple(padding))
        return sums if self.area == 1 else sums / self.area

    def counts(self, rows: Part, columns: Part) -> Array:
        """How many stamps reach each cell of the region."""
        lines = []
        for axis, (start, end) in enumerate((rows, columns)):
            size, kernel, step = self.input.shape[axis], self.stamp.shape[axis], self.strides[axis]
            lines.append(overlap_counts((size,), kernel, stride=step, padding="same")[start:end])
        counts: Array = np.multiply.outer(*lines)
        return counts


def random_kernel(shape: tuple[int, ...], strides: tuple[int, int], seed: int) -> Array:
    """Random weights from 1 to 8 of the seeded sheet, scaled so that they add up to the factor of the areas.

    So a brightness is kept on the average, and only its unevenness shows.

    >>> random_kernel((1, 2), (2, 2), 0).tolist()
    [[1.6, 2.4]]
    """
    rows, columns = (np.arange(size) % len(sheet(seed)) for size in shape)
    weights = sheet(seed)[rows][:, columns] + 3
    scaled: Array = weights * (strides[0] * strides[1]) / weights.sum()
    return scaled


def _region(size: int, step: int, first: int | None) -> Part:
    """Along one axis: so many inputs that their results are at most REGION, in the middle unless told."""
    count = min(size, max(1, REGION // step))
    start = (size - count) // 2 if first is None else min(max(first, 0), size - count)
    return start * step, (start + count) * step


def _reach(axis: Axis, part: Part) -> tuple[slice, slice]:
    """Which inputs stamp on a part of the result, and where that part lies in the sum of their stamps."""
    starts, ends = axis.taps()[:, 0], axis.taps()[:, -1]
    first = min(
        int((ends < part[0]).sum()), int((starts <= part[0]).sum()) - 1
    )  # from the gap before it, if it has one
    last = max(first, int((starts < part[1]).sum()) - 1)
    offset = int(starts[first])
    return slice(first, last + 1), slice(part[0] - offset, part[1] - offset)
