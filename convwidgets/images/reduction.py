"""Fewer pixels: every block of factor × factor becomes its mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

_TILE = 250_000  # pixels: what is made of a tile stays small beside the picture
_FEW = 16  # neighbours: slices are added up several times faster than reduceat does it


class Tile(NamedTuple):
    """A part of a picture. Its top and left are multiples of the factor."""

    top: int
    left: int
    bottom: int
    right: int


def tiles(shape: tuple[int, ...], factor: int) -> Iterator[Tile]:
    """The parts of a picture, from left to right and from top to bottom, each of whole blocks.

    >>> list(tiles((3, 4), 1))
    [Tile(top=0, left=0, bottom=3, right=4)]
    """
    height, width = shape[:2]
    columns = min(width, factor * max(1, _TILE // factor**2))
    rows = factor * max(1, _TILE // (factor * columns))
    for top in range(0, height, rows):
        for left in range(0, width, columns):
            yield Tile(top, left, min(top + rows, height), min(left + columns, width))


def reduced_shape(shape: tuple[int, ...], factor: int) -> tuple[int, int]:
    """Height and width after the reduction; a block at the border may be smaller.

    >>> reduced_shape((5, 8), 2)
    (3, 4)
    """
    return -(-shape[0] // factor), -(-shape[1] // factor)


def fitting_factor(shape: tuple[int, ...], most: int, step: int = 1) -> int:
    """The smallest factor, a multiple of `step`, that leaves at most `most` pixels.

    >>> fitting_factor((3000, 4000), 1_000_000)
    4
    """
    height, width = shape[:2]
    factor = max(1, int((height * width / most) ** 0.5) // step) * step  # never above the answer
    while np.prod(reduced_shape((height, width), factor), dtype=object) > most:
        factor += step
    return factor


def averaged(pixels: NDArray[Any], factor: int) -> NDArray[Any]:
    """The mean of every block: rounded to the nearest integer, halves up, for integers; floats stay floats.

    >>> averaged(np.array([[1, 2, 9], [3, 5, 8]], dtype=np.uint8), 2)
    array([[3, 9]], dtype=uint8)
    """
    if factor == 1:
        return pixels
    height, width = pixels.shape[:2]
    total = np.float64 if pixels.dtype.kind == "f" else np.uint32
    sums = _block_sums(_block_sums(pixels.astype(total), factor, 0), factor, 1)
    counts = np.multiply.outer(_block_lengths(height, factor), _block_lengths(width, factor))
    counts = counts.reshape(counts.shape + (1,) * (pixels.ndim - 2))
    means = sums / counts if total is np.float64 else (sums + counts // 2) // counts
    return means.astype(pixels.dtype)


def _block_sums(values: NDArray[Any], factor: int, axis: int) -> NDArray[Any]:
    """The sums of `factor` neighbours along one axis; the last one may have fewer."""
    if factor > _FEW or values.shape[axis] % factor:
        return np.add.reduceat(values, np.arange(0, values.shape[axis], factor), axis=axis)
    along = np.moveaxis(values, axis, 0)
    sums = along[::factor].copy()
    for offset in range(1, factor):
        sums += along[offset::factor]
    return np.moveaxis(sums, 0, axis)


def _block_lengths(length: int, factor: int) -> NDArray[np.int64]:
    return np.diff(np.append(np.arange(0, length, factor), length)).astype(np.uint32)
