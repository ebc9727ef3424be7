"""Fast convolution: three methods and one rule of choice. All answer to ``convolution.definition``.

* **Tiles**, the usual one. T neighbouring results of a row read one stretch of the input. The stretch, times the weights of
  one kernel row written T times, each time shifted, gives the T results of every filter: one matrix product per kernel row
  for all tiles, added up over the rows. With T = 1 this is im2col.
* **Spectra**, for a large kernel on one channel: a product of Fourier transforms.
* **Shifts**, for channels that each have a kernel of their own: the shifted input times one weight, added up.

:func:`method_for` is the rule. All three read the input in blocks that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import prod

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.blocks import blocks, piece
from convwidgets.core.problem import Problem

BUDGET = 2**17  # scratch values of a block: half a MiB of float32, so that it fits a processor's second cache
LARGE = 121  # weights (11 × 11) per step from which spectra are faster
TILE = 16  # results in a tile, over all filters: one vector register of float32


def convolve(problem: Problem) -> Array:
    """The result (N, *output, C_out) of a validated convolution."""
    result = np.empty(problem.shape, problem.dtype)
    together = problem.alone and not _is_large(problem)
    with np.errstate(invalid="ignore", over="ignore"):  # infinity times 0 is NaN, and no accident
        for part, out in [(problem, result)] if together else problem.split(result):
            method_for(part)(part, out)
    return result


def method_for(problem: Problem) -> Callable[[Problem, Array], None]:
    """Shifts for channels on their own, spectra for a large kernel on one channel, tiles for everything else."""
    if problem.groups > 1:
        return shifts
    return spectra if _is_large(problem) and _suits_spectra(problem) else tiles


def working_dtype(problem: Problem) -> np.dtype[np.generic]:
    """Floats of at least 32 bits; for integers the smallest type, float or not, that holds every sum exactly."""
    if problem.dtype.kind == "f":
        return np.promote_types(problem.dtype, np.float32)
    return np.dtype(np.float32 if problem.bound < 2**24 else np.float64 if problem.bound < 2**53 else np.int64)


def shifts(problem: Problem, result: Array) -> None:
    """The input, shifted by each tap and times its weight, added up: one kernel per channel."""
    dtype, starts = working_dtype(problem), [axis.taps()[0] + axis.before for axis in problem.axes]
    for block in blocks(result.shape[:-1], 2 * result.shape[-1], BUDGET):
        seen, out = piece(problem, block, dtype), result[block]
        total = np.broadcast_to(problem.bias, out.shape).astype(dtype)
        for tap in np.ndindex(*problem.kernel.shape[:-2]):
            shifted = _every(seen, [first[index] for first, index in zip(starts, tap, strict=True)], problem.axes, out)
            # written out along the width, so that NumPy runs over rows and not over a few channels at a time
            weight = np.broadcast_to(problem.kernel[tap][0], out.shape[-2:]).astype(dtype)
            total += shifted * weight
        result[block] = total


def _every(seen: Array, starts: list[int], axes: tuple[Axis, ...], out: Array) -> Array:
    """What one tap meets at every window of a block."""
    steps = zip(starts, axes, out.shape[1:-1], strict=True)
    return seen[(slice(None), *(slice(at, at + axis.stride * (n - 1) + 1, axis.stride) for at, axis, n in steps))]


def spectra(problem: Problem, result: Array) -> None:
    """Correlation as a product of Fourier transforms, the kernel's conjugate; one channel, one filter."""
    from scipy import fft

    dtype, spatial = working_dtype(problem), tuple(range(1, problem.x.ndim - 1))
    steps = tuple(slice(None, None, axis.stride) for axis in problem.axes)
    holes = tuple(slice(None, axis.span, axis.dilation) for axis in problem.axes)
    lengths, spectrum = None, None
    work = 4 * prod(axis.stride for axis in problem.axes)
    for block in blocks(result.shape[:-1], work, max(BUDGET, 2 * (problem.x.size + result.size))):
        seen = piece(problem, block, dtype)[..., 0]
        if lengths is None:  # all blocks have one shape
            lengths = [fft.next_fast_len(length, real=True) for length in seen.shape[1:]]
            kernel = np.zeros([axis.span for axis in problem.axes], dtype)
            kernel[holes] = problem.kernel[..., 0, 0]
            spectrum = fft.rfftn(kernel, lengths).conj()
        product = fft.rfftn(seen, lengths, spatial)
        product *= spectrum
        whole = fft.irfftn(product, lengths, spatial, overwrite_x=True)[(slice(None), *steps)]
        out = result[block]
        result[block] = whole[tuple(slice(length) for length in out.shape[:-1])][..., None] + problem.bias.astype(dtype)


def _is_large(problem: Problem) -> bool:
    """One channel per filter, and so many weights per step that Fourier transforms cost less."""
    weights = prod(axis.kernel for axis in problem.axes)
    return problem.alone and weights >= LARGE * prod(axis.stride for axis in problem.axes)


def _suits_spectra(problem: Problem) -> bool:
    """A transform mixes all values: none may be infinite, and none so extreme that products leave the float range."""
    dtype = working_dtype(problem)
    if problem.dtype.kind != "f" or not problem.x.size:
        return False
    limit = float(np.finfo(dtype).max) ** 0.375
    largest = max(abs(float(problem.x.max())), abs(float(problem.x.min())), abs(problem.fill))
    weight = float(abs(problem.kernel).sum(dtype=np.float64))
    return 1 / limit < largest < limit and 1 / limit < weight < limit


def tiles(problem: Problem, result: Array) -> None:
    """Per kernel row one matrix product: stretches of the input times the weights, shifted T times."""
    length, width = _tile_length(problem), problem.axes[-1]
    shape = problem.kernel.shape
    reads = _stretch(width, length) * prod(shape[1:-3]) * shape[-2]  # by a tile, in one kernel row
    if len(problem.axes) == 1 or 4 * reads < length * shape[-1]:
        # all taps in one product: a lone axis, or so many filters that sums over rows would cost more than copies
        reads *= shape[0] if len(problem.axes) > 1 else 1
        problem = replace(problem, x=problem.x[:, None], kernel=problem.kernel[None], axes=(Axis(1, 1), *problem.axes))
        result = result[:, None]
    dtype, cost = working_dtype(problem), reads / length + 2 * shape[-1]
    cover = blocks(result.shape[:-1], cost, BUDGET)
    if not cover:
        return
    length = min(length, cover[0][-1].stop - cover[0][-1].start)
    weights = _shifted(problem.kernel.astype(dtype), width, length)
    bias = np.tile(problem.bias.astype(dtype), length)
    scratch: list[Array] = []  # all blocks have one shape
    for block in cover:
        seen, out = piece(problem, block, dtype), result[block]
        scratch = scratch or _scratch(problem.axes, out, weights, length)
        total = _sum_of_rows(seen, weights, problem.axes, out, length, scratch)
        if bias.any():
            total += bias
        _write_tiles(total, out, length)


def _tile_length(problem: Problem) -> int:
    """T: fewer where filters or strides fill the register, 1 where its zero weights would meet NaN or infinity."""
    width, filters = problem.axes[-1], problem.kernel.shape[-1]
    if problem.x.dtype.kind == "f" and not (np.isfinite(problem.x).all() and np.isfinite(problem.fill)):
        return 1
    length = min(-(-TILE // (filters * width.stride)), width.output)
    most = 4 * BUDGET * width.kernel // problem.kernel.size
    while length > 1 and length * _stretch(width, length) > most:
        length //= 2
    return length


def _stretch(width: Axis, length: int) -> int:
    """Inputs that a tile multiplies: one after the other, holes included; a single window only those it weighs."""
    return width.kernel if length == 1 else width.span + (length - 1) * width.stride


def _shifted(kernel: Array, width: Axis, length: int) -> Array:
    """The kernel rows as matrices (rows, values of a stretch, T · filters): the weights of each result one step further on."""
    *outer, _, channels, filters = kernel.shape
    if length == 1:
        return kernel.reshape(outer[0], -1, filters)
    table = np.zeros((*outer, _stretch(width, length), channels, length, filters), kernel.dtype)
    for result in range(length):
        start = result * width.stride
        table[..., start : start + width.span : width.dilation, :, result, :] = kernel
    return table.reshape(outer[0], -1, length * filters)


def _scratch(axes: tuple[Axis, ...], out: Array, weights: Array, length: int) -> list[Array]:
    """Memory for the stretches of a block and for two sums, (rows, n · middle results · tiles, values)."""
    rows, *middle, width = axes
    n, count, *outputs, columns, _ = out.shape
    tiles = n * prod(outputs) * -(-columns // length)
    needed = (rows.span - 1) // rows.stride + count
    sums = (np.empty((count * tiles, weights.shape[2]), weights.dtype) for _ in range(2))
    return [np.empty((needed, tiles, weights.shape[1]), weights.dtype), *sums]


def _sum_of_rows(
    seen: Array, weights: Array, axes: tuple[Axis, ...], out: Array, length: int, scratch: list[Array]
) -> Array:
    """The products of all kernel rows, added up: (rows · tiles, T · filters)."""
    memory, total, part = scratch
    for number, (stretches, matrix) in enumerate(_row_products(seen, weights, axes, out, length, memory)):
        np.matmul(stretches, matrix, out=part if number else total)
        if number:
            total += part
    return total


def _row_products(
    seen: Array, weights: Array, axes: tuple[Axis, ...], out: Array, length: int, memory: Array
) -> Iterator[tuple[Array, Array]]:
    """For each kernel row the stretches it meets, and its matrix. Rows that differ by strides share their stretches."""
    rows, count = axes[0], out.shape[1]
    for phase in range(rows.stride):
        taps = [tap for tap in range(rows.kernel) if tap * rows.dilation % rows.stride == phase]
        if not taps:
            continue
        needed = taps[-1] * rows.dilation // rows.stride + count
        _copy_stretches(seen[:, phase :: rows.stride][:, :needed], axes, out, length, memory[:needed])
        for tap in taps:
            at = tap * rows.dilation // rows.stride
            yield memory[at : at + count].reshape(-1, weights.shape[1]), weights[tap]


def _copy_stretches(seen: Array, axes: tuple[Axis, ...], out: Array, length: int, memory: Array) -> None:
    """The stretches, one per tile: (rows, n, *middle results, tiles, *middle taps, stretch, C)."""
    *middle, width = axes[1:]
    tiles, rest = divmod(out.shape[-2], length)
    step = width.dilation if length == 1 else 1
    n, rows, *_, channels = seen.shape
    by_n, by_row, *by_middle, by_width, by_channel = seen.strides
    outputs, windows = out.shape[2:-2], tuple(axis.kernel for axis in middle)
    shape = [rows, n, *outputs, tiles, *windows, _stretch(width, length), channels]
    moves = [by * axis.stride for by, axis in zip(by_middle, middle, strict=True)]
    taps = [by * axis.dilation for by, axis in zip(by_middle, middle, strict=True)]
    strides = [by_row, by_n, *moves, by_width * width.stride * length, *taps, by_width * step, by_channel]
    along = 2 + len(outputs)
    copy = memory.reshape(*shape[:along], tiles + (rest > 0), *shape[along + 1 :])
    place = (slice(None),) * along
    copy[(*place, slice(tiles))] = as_strided(seen, shape, strides, writeable=False)
    if rest:  # the last tile ends with the row and overlaps the one before
        last = seen[..., (out.shape[-2] - length) * width.stride :, :]
        shape[along] = 1
        copy[(*place, slice(tiles, None))] = as_strided(last, shape, strides, writeable=False)


def _write_tiles(total: Array, out: Array, length: int) -> None:
    """Put the rows of tiles where their results belong."""
    n, rows, *middle, width, filters = out.shape
    tiles, rest = divmod(width, length)
    values = total.reshape(rows, n, *middle, tiles + (rest > 0), length, filters).swapaxes(0, 1)
    out[..., : tiles * length, :] = values[..., :tiles, :, :].reshape(n, rows, *middle, tiles * length, filters)
    if rest:
        out[..., width - length :, :] = values[..., -1, :, :]
