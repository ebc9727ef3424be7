"""Cutting a convolution into blocks that fit the processor's cache, with padding added block by block.

So no method needs a padded, widened copy of the whole input, and memory stays small.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.core.problem import Problem

Block = tuple[slice, ...]
BUDGET = 2**17  # scratch values of a block: half a MiB of float32, well inside a processor's second cache
FEW = 8  # shorter blocks would read their neighbours' rows again and again


def blocks(shape: tuple[int, ...], cost: float, budget: float = BUDGET) -> list[Block]:
    """Blocks that cover a result (N, *output); all have one shape, so the last ones may overlap.

    Args:
        shape: of the result, without channels.
        cost: scratch values per result value.
        budget: scratch values that a block may take.

    >>> blocks((1, 40, 8), cost=2, budget=320)
    [(slice(0, 1, None), slice(0, 20, None), slice(0, 8, None)), \
(slice(0, 1, None), slice(20, 40, None), slice(0, 8, None))]
    """
    return cover(shape, _block_shape(shape, budget / cost))


def cover(shape: tuple[int, ...], most: Sequence[int]) -> list[Block]:
    """Blocks of at most these sizes, as even as they can be.

    >>> cover((1, 10), (1, 4))
    [(slice(0, 1, None), slice(0, 4, None)), (slice(0, 1, None), slice(4, 8, None)), \
(slice(0, 1, None), slice(6, 10, None))]
    """
    sizes = [-(-length // -(-length // size)) if length else 0 for length, size in zip(shape, most, strict=True)]
    starts = [_starts(length, size) for length, size in zip(shape, sizes, strict=True)]
    return [
        tuple(slice(start, start + size) for start, size in zip(corner, sizes, strict=True))
        for corner in product(*starts)
    ]


def _block_shape(shape: tuple[int, ...], most: float) -> list[int]:
    """Halve the batch, then each axis down to a few, then any."""
    sizes = list(shape)
    while prod(sizes) > most and max(sizes) > 1:
        long = (number for number, size in enumerate(sizes) if size > (FEW if number else 1))
        number = next(long, int(np.argmax(sizes)))
        sizes[number] = -(-sizes[number] // 2)
    return sizes


def _starts(length: int, size: int) -> list[int]:
    return [min(start, length - size) for start in range(0, length, max(size, 1))]


def piece(problem: Problem, block: Block, dtype: np.dtype[np.generic]) -> Array:
    """The padded input that the windows of a block read: (n, *positions, C), a view of the input where possible."""
    reads = [_positions(axis, part) for axis, part in zip(problem.axes, block[1:], strict=True)]
    known = [
        (min(max(first, 0), axis.size), min(max(last, 0), axis.size))
        for axis, (first, last) in zip(problem.axes, reads, strict=True)
    ]
    inner = problem.x[(block[0], *(slice(*pair) for pair in known))]
    if reads == known:
        return inner.astype(dtype, copy=False)
    lengths = [last - first for first, last in reads]
    padded = np.empty((len(inner), *lengths, inner.shape[-1]), dtype)
    places = [_place(axis.size, *pair) for axis, pair in zip(problem.axes, reads, strict=True)]
    padded[(slice(None), *places)] = inner
    for number, edge in _edges(places, lengths):
        _fill_edge(padded, problem, block[0], reads, number, edge)
    return padded


def _positions(axis: Axis, part: slice) -> tuple[int, int]:
    """First position that the windows of a part read, and the one after the last; padding lies outside the input."""
    first = part.start * axis.stride - axis.before
    return first, first + axis.reach(part.stop - part.start)


def _place(size: int, first: int, last: int) -> slice:
    """Where in a piece the input lies, the rest being padding."""
    start = min(max(-first, 0), last - first)
    return slice(start, max(start, min(size, last) - first))


def _edges(places: list[slice], lengths: list[int]) -> Iterator[tuple[int, slice]]:
    """The slabs of padding: (axis, positions)."""
    for number, (place, length) in enumerate(zip(places, lengths, strict=True)):
        for edge in (slice(0, place.start), slice(place.stop, length)):
            if edge.start < edge.stop:
                yield number, edge


def _fill_edge(
    padded: Array, problem: Problem, batch: slice, reads: list[tuple[int, int]], number: int, edge: slice
) -> None:
    slab = (slice(None),) * (number + 1) + (edge,)
    if problem.pad_mode in ("zeros", "constant"):
        padded[slab] = problem.fill
        return
    parts = [
        slice(edge.start, edge.stop) if axis == number else slice(0, hi - lo) for axis, (lo, hi) in enumerate(reads)
    ]
    sources = [
        axis.padded_sources(problem.pad_mode)[lo + axis.before :][part]
        for axis, (lo, _), part in zip(problem.axes, reads, parts, strict=True)
    ]
    grid: tuple[Any, ...] = np.ix_(*sources)
    padded[slab] = problem.x[batch][:, *grid]
