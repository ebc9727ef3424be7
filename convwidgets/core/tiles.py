"""The usual fast method: convolution as matrix products of neighbouring results.

T neighbouring results of a row, a tile, read one stretch of the input. With a kernel row a b c and T = 3:

                        a 0 0
                        b a 0
    (x₀ x₁ x₂ x₃ x₄) ·  c b a  =  (y₀ y₁ y₂)
                        0 c b
                        0 0 c

All stretches of all tiles, as the rows of one matrix, times this small one are the share of the kernel row in every
result; the shares of all rows are added up. Stretches are copied once for all kernel rows. With T = 1 this is im2col.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.blocks import BUDGET, blocks, piece
from convwidgets.core.problem import Problem, working_dtype

PLANAR = 4  # channels from which a pixel is long enough to be copied in one piece
TILE = 16  # results in a tile, over all filters: one vector register of float32


@dataclass(frozen=True)
class Tiling:
    """How a block (n, rows, *middle, columns, filters) falls into tiles. All blocks have one shape and one scratch."""

    axes: tuple[Axis, ...]
    shape: tuple[int, ...]
    length: int  # T
    channels: int
    weights: Array  # (kernel rows, values of a stretch, T · filters)

    @property
    def tiles(self) -> int:
        """Tiles in a row of results; the last one may overlap the one before."""
        return -(-self.shape[-2] // self.length)

    @property
    def along_rows(self) -> bool:
        """Copy whole rows of one channel at a time: faster for single windows of few channels."""
        return self.length == 1 and self.channels < PLANAR

    def products(self, seen: Array, memory: Array) -> Iterator[tuple[Array, Array]]:
        """For each kernel row the stretches that it meets, and its matrix. Rows a stride apart share stretches."""
        rows, count = self.axes[0], self.shape[1]
        if self.along_rows:
            seen = np.moveaxis(np.ascontiguousarray(np.moveaxis(seen, -1, 0)), 0, -1)
        for phase in range(rows.stride):
            taps = [tap for tap in range(rows.kernel) if tap * rows.dilation % rows.stride == phase]
            if taps:
                needed = taps[-1] * rows.dilation // rows.stride + count
                self._copy_stretches(seen[:, phase :: rows.stride][:, :needed], memory[:needed])
            for tap in taps:
                first = tap * rows.dilation // rows.stride
                yield memory[first : first + count].reshape(-1, self.weights.shape[1]), self.weights[tap]

    def _copy_stretches(self, seen: Array, memory: Array) -> None:
        """The stretches as (rows, n, *middle results, tiles, *middle taps, stretch, C)."""
        *middle, width = self.axes[1:]
        (n, rows, *_, channels), (by_n, by_row, *by_middle, by_width, by_channel) = seen.shape, seen.strides
        outputs, whole = self.shape[2:-2], self.shape[-2] // self.length
        shape = [*outputs, whole, *(axis.kernel for axis in middle), stretch(width, self.length), channels]
        strides = [by * axis.stride for by, axis in zip(by_middle, middle, strict=True)]
        strides += [by_width * width.stride * self.length]
        strides += [by * axis.dilation for by, axis in zip(by_middle, middle, strict=True)]
        strides += [by_width * (width.dilation if self.length == 1 else 1), by_channel]
        copy = memory.reshape(rows, n, *outputs, self.tiles, *shape[len(outputs) + 1 :])
        along = (slice(None),) * (2 + len(outputs))
        copy[(*along, slice(whole))] = as_strided(seen, [rows, n, *shape], [by_row, by_n, *strides], writeable=False)
        if whole < self.tiles:
            last = seen[..., (self.shape[-2] - self.length) * width.stride :, :]
            shape[len(outputs)] = 1
            copy[(*along, slice(whole, None))] = as_strided(
                last, [rows, n, *shape], [by_row, by_n, *strides], writeable=False
            )

    def in_place(self, out: Array) -> Array | None:
        """The result as (tiles, T · filters), where it lies in memory as the products come."""
        n, rows, *_, columns, _ = out.shape
        if out.dtype != self.weights.dtype or columns % self.length or min(n, rows) > 1 or not out.flags.c_contiguous:
            return None
        return out.reshape(-1, self.weights.shape[2])

    def write(self, total: Array, out: Array) -> None:
        """Put the tiles where their results belong."""
        n, rows, *middle, columns, filters = out.shape
        values = total.reshape(rows, n, *middle, self.tiles, self.length, filters).swapaxes(0, 1)
        whole = columns // self.length
        fitting = (n, rows, *middle, whole * self.length, filters)
        out[..., : whole * self.length, :] = values[..., :whole, :, :].reshape(fitting)
        if whole < self.tiles:
            out[..., columns - self.length :, :] = values[..., -1, :, :]


def tiles(problem: Problem, result: Array) -> None:
    """Convolve one group into ``result`` (N, *output, filters)."""
    length = tile_length(problem)
    if len(problem.axes) == 1 or _prefers_one_product(problem, length):
        # a row axis of length 1 in front: every tap of the kernel is then part of the stretch
        problem = replace(problem, x=problem.x[:, None], kernel=problem.kernel[None], axes=(Axis(1, 1), *problem.axes))
        result = result[:, None]
    tap_rows, filters, dtype = problem.kernel.shape[0], problem.kernel.shape[-1], working_dtype(problem)
    reads = stretch(problem.axes[-1], length) * prod(problem.kernel.shape[1:-3]) * problem.kernel.shape[-2]
    fits = problem.axes[-1].output % length == 0 and result.flags.c_contiguous and result.dtype == dtype
    cover = blocks(result.shape[:-1], reads / length + filters * ((tap_rows > 1) + (not fits)))
    if not cover:
        return
    shape = result[cover[0]].shape
    length = min(length, shape[-2])
    weights = shifted(problem.kernel.astype(dtype), problem.axes[-1], length)
    tiling = Tiling(problem.axes, shape, length, problem.x.shape[-1], weights)
    bias = np.tile(problem.bias.astype(dtype), length)
    memory, sums, share = _scratch(tiling)
    for block in cover:
        seen, out = piece(problem, block, dtype), result[block]
        in_place = tiling.in_place(out)
        total = sums if in_place is None else in_place
        for number, (stretches, matrix) in enumerate(tiling.products(seen, memory)):
            np.matmul(stretches, matrix, out=share if number else total)
            if number:
                total += share
        if bias.any():
            total += bias
        if in_place is None:
            tiling.write(total, out)


def _prefers_one_product(problem: Problem, length: int) -> bool:
    """With many filters and few values to read, adding up shares costs more than copying every kernel row."""
    reads = stretch(problem.axes[-1], length) * prod(problem.kernel.shape[1:-3]) * problem.kernel.shape[-2]
    return bool(4 * reads < length * problem.kernel.shape[-1])


def tile_length(problem: Problem) -> int:
    """T: fewer where filters or strides fill the register, 1 where the zeros would meet NaN or infinity."""
    width, filters = problem.axes[-1], problem.kernel.shape[-1]
    if problem.x.dtype.kind == "f" and not (np.isfinite(problem.x).all() and np.isfinite(problem.fill)):
        return 1
    if working_dtype(problem).kind == "i":  # products of integers gain nothing from zeros
        return 1
    length = min(-(-TILE // (filters * width.stride)), width.output)
    most = 4 * BUDGET * width.kernel // problem.kernel.size
    while length > 1 and length * stretch(width, length) > most:
        length //= 2
    # a slightly smaller T that divides the row needs no tile of its own for the rest
    return next((less for less in range(length, max(1, length * 2 // 3) - 1, -1) if width.output % less == 0), length)


def stretch(width: Axis, length: int) -> int:
    """Inputs that a tile multiplies, those between the taps included; a single window only those under its taps."""
    return width.kernel if length == 1 else width.reach(length)


def shifted(kernel: Array, width: Axis, length: int) -> Array:
    """The matrix of each kernel row: (rows, values of a stretch, T · filters).

    >>> shifted(np.array([[[[1]], [[2]]]]), Axis(4, 2), length=3)[0]
    array([[1, 0, 0],
           [2, 1, 0],
           [0, 2, 1],
           [0, 0, 2]])
    """
    *outer, _, channels, filters = kernel.shape
    if length == 1:
        return kernel.reshape(outer[0], -1, filters)
    table = np.zeros((*outer, stretch(width, length), channels, length, filters), kernel.dtype)
    for result in range(length):
        start = result * width.stride
        table[..., start : start + width.span : width.dilation, :, result, :] = kernel
    return table.reshape(outer[0], -1, length * filters)


def _scratch(tiling: Tiling) -> list[Array]:
    """Memory for the stretches of a block, for the sum of its shares, and for one share."""
    rows, dtype = tiling.axes[0], tiling.weights.dtype
    n, count, *middle, _, _ = tiling.shape
    tiles = n * prod(middle) * tiling.tiles
    needed = (rows.span - 1) // rows.stride + count
    sums = [np.empty((count * tiles, tiling.weights.shape[2]), dtype) for _ in range(2)]
    if tiling.along_rows:
        return [np.empty((tiling.weights.shape[1], needed, tiles), dtype).transpose(1, 2, 0), *sums]
    return [np.empty((needed, tiles, tiling.weights.shape[1]), dtype), *sums]
