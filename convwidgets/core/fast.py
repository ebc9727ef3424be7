"""Fast convolution: four methods and one rule of choice. All answer to ``convolution.definition``.

* **Tiles**, the usual one: matrix products of neighbouring results, see ``tiles``.
* **Spectra**, for a large kernel on one channel: a product of Fourier transforms.
* **Shifts**, for many channels that each have a kernel of their own: the shifted input times one weight, added up.
* **Planes**, for whole numbers of one channel and few weights: the same in 16 or 32 bits, see ``planes``.

:func:`method_for` is the rule. All four read the input in blocks that stay in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import prod

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.blocks import BUDGET, blocks, cover, piece
from convwidgets.core.planes import plan_for
from convwidgets.core.problem import Problem, working_dtype
from convwidgets.core.tiles import tiles

LARGE = 121  # weights (11 × 11) per step from which spectra are faster
AROUND = 7  # a block of spectra is so many times as long as the kernel, which it needs beside itself
EXACT = 2.0**42  # 1/4 in units of the rounding errors of a transform in doubles, some hundred times 2⁻⁵³
MANY = 32  # channels with kernels of their own from which it pays to treat them together


def convolve(problem: Problem) -> Array:
    """The result (N, *output, C_out) of a validated convolution."""
    result = np.empty(problem.shape, problem.dtype)
    convolve_into(problem, result)
    return result


def convolve_into(problem: Problem, result: Array) -> None:
    """The same into an array that is there, of the shape and dtype of the result."""
    with np.errstate(invalid="ignore", over="ignore"):  # infinity times 0 is NaN, and no accident
        for part, out in parts(problem, result):
            method_for(part)(part, out)


def parts(problem: Problem, result: Array) -> Iterable[tuple[Problem, Array]]:
    """One group after the other; many channels with a small kernel each all at once."""
    together = problem.alone and problem.groups >= MANY and not _is_large(problem)
    return [(problem, result)] if together else problem.split(result)


def method_for(problem: Problem) -> Callable[[Problem, Array], None]:
    """Shifts for many channels on their own, spectra for a large kernel on one channel, tiles for everything else."""
    if problem.groups > 1:
        return shifts
    if (plan := plan_for(problem)) is not None:
        return plan.planes
    return spectra if _is_large(problem) and _suits_spectra(problem) else tiles


def shifts(problem: Problem, result: Array) -> None:
    """The input, shifted by each tap and times its weight, added up: one kernel per channel."""
    dtype, starts = working_dtype(problem), [axis.taps()[0] + axis.before for axis in problem.axes]
    kernel, bias = problem.kernel[..., 0, :].astype(dtype), problem.bias.astype(dtype)
    cover = blocks(result.shape[:-1], 2 * result.shape[-1])
    shape = result[cover[0]].shape if cover else result.shape
    total, share, weights = np.empty(shape, dtype), np.empty(shape, dtype), np.empty(shape[-2:], dtype)
    for block in cover:
        seen = piece(problem, block, dtype)
        total[:] = bias
        for tap in np.ndindex(*kernel.shape[:-1]):
            # written out along the width, so that NumPy runs over rows and not over a few channels at a time
            weights[:] = kernel[tap]
            shifted = _every(
                seen, [first[index] for first, index in zip(starts, tap, strict=True)], problem.axes, total
            )
            np.multiply(shifted, weights, out=share)
            total += share
        result[block] = total


def _every(seen: Array, starts: list[int], axes: tuple[Axis, ...], out: Array) -> Array:
    """What one tap meets at every window of a block."""
    steps = zip(starts, axes, out.shape[1:-1], strict=True)
    return seen[(slice(None), *(slice(at, at + axis.stride * (n - 1) + 1, axis.stride) for at, axis, n in steps))]


def spectra(problem: Problem, result: Array) -> None:
    """Correlation as a product of Fourier transforms, the kernel's conjugate; one channel, one filter."""
    from scipy import fft

    rounds = problem.dtype.kind == "i"
    dtype = np.dtype(np.float64) if rounds else working_dtype(problem)
    spatial = tuple(range(1, problem.x.ndim - 1))
    steps = tuple(slice(None, None, axis.stride) for axis in problem.axes)
    holes = tuple(slice(None, axis.span, axis.dilation) for axis in problem.axes)
    lengths, spectrum = None, None
    side = int((BUDGET / 4) ** (1 / len(spatial)))
    most = [-(-max(AROUND * axis.span, side) // axis.stride) for axis in problem.axes]
    for block in cover(result.shape[:-1], [1, *most]):
        seen = piece(problem, block, dtype)[..., 0]
        if lengths is None:  # all blocks have one shape
            lengths = [fft.next_fast_len(length, real=True) for length in seen.shape[1:]]
            kernel = np.zeros([axis.span for axis in problem.axes], dtype)
            kernel[holes] = problem.kernel[..., 0, 0]
            spectrum = fft.rfftn(kernel, lengths).conj()
        product = fft.rfftn(seen, lengths, spatial)
        product *= spectrum
        whole = fft.irfftn(product, lengths, spatial, overwrite_x=True)[(slice(None), *steps)]
        sums = whole[tuple(slice(length) for length in result[block].shape[:-1])][..., None]
        result[block] = np.rint(sums, out=sums) if rounds else sums
        if problem.bias.any():
            result[block] += problem.bias.astype(result.dtype)


def _is_large(problem: Problem) -> bool:
    """One channel per filter, and so many weights per step that Fourier transforms cost less."""
    weights, steps = prod(axis.kernel for axis in problem.axes), prod(axis.stride for axis in problem.axes)
    return problem.alone and weights >= LARGE * steps


def _suits_spectra(problem: Problem) -> bool:
    """A transform mixes all values: none may be infinite, and none so extreme that products leave the float range.

    Sums of integers come out exactly where rounding errors stay far below 1/2: their size is that of all values of a
    block times all weights, in the sense of lengths of vectors, times a few roundings.
    """
    if not problem.x.size:
        return False
    if problem.dtype.kind == "i":
        return bool(problem.bound * prod(AROUND * axis.span + axis.span for axis in problem.axes) ** 0.5 < EXACT)
    limit = float(np.finfo(working_dtype(problem).char).max) ** 0.375
    largest = float(abs(np.array([problem.x.max(), problem.x.min(), problem.fill], np.float64)).max())  # NaN wins
    weight = float(abs(problem.kernel).sum(dtype=np.float64))
    return bool(1 / limit < largest < limit and 1 / limit < weight < limit)
