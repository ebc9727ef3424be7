"""The matrix of a convolution: ``C @ x.ravel()`` is the convolution, ``C.T @ y.ravel()`` its transpose.

The definition is the table of ``connections``: every product of the convolution is an entry. The matrix is built one
image row at a time: rows of results whose windows lie alike have the same entries, only so many columns further on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from convwidgets.core.arguments import Array, Padding, PerAxis, real_array
from convwidgets.core.axis import Axis
from convwidgets.core.connections import Geometry, geometry_for
from convwidgets.core.memory import refuse_too_large

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def convolution_matrix(
    kernel: ArrayLike,
    input_shape: Sequence[int],
    *,
    stride: PerAxis = 1,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    groups: int = 1,
    flip: bool = False,
    pad_mode: str = "zeros",
) -> csr_array:
    """The sparse matrix C of a convolution: ``conv2d(x, kernel)`` unrolled is ``C @ x.ravel()``.

    Args:
        kernel: as in :func:`conv2d`; with an ``input_shape`` of one axis as in :func:`conv1d`.
        input_shape: (H, W) or (H, W, C); (L,) for a series.
        stride, padding, dilation, groups, flip, pad_mode: as in :func:`conv2d`. With "constant" the constant itself is
            no part of C: like a bias it is added, ``y = C x + b``, and b is ``conv2d`` of zeros.

    Returns:
        A csr_array with a row per output (oh, ow, c_out) and a column per input (h, w, c_in), both in row-major order.
        Indices are sorted, without duplicates; zero weights are stored. An entry is a sum of weights where reflect,
        replicate or circular bring one input to several weights. Integers give int64, floats keep their dtype, but
        SciPy has no float16 and it becomes float32.

    Raises:
        TypeError, ValueError: as in :func:`conv2d`, and for a matrix that does not fit into memory, with its bytes.

    Section 4.1 of Dumoulin & Visin, *A guide to convolution arithmetic*, one row per window; the transpose goes back:

    >>> C = convolution_matrix([[1, 2], [3, 4]], (2, 3))
    >>> C.toarray()
    array([[1, 2, 0, 3, 4, 0],
           [0, 1, 2, 0, 3, 4]])
    >>> C.T @ [10, 1]
    array([10, 21,  2, 30, 43,  4])
    """
    from scipy.sparse import csr_array

    weights = real_array(kernel, "kernel")
    geometry, weights = geometry_for(
        weights, input_shape, stride=stride, padding=padding, dilation=dilation, groups=groups, pad_mode=pad_mode
    )
    weights = _entry_values(weights[::-1, ::-1] if flip else weights)
    matrix = csr_array(_arrays(geometry, weights), shape=geometry.shape)
    matrix.has_canonical_format = True
    return matrix


@dataclass(frozen=True)
class Run:
    """Neighbouring results along one axis whose windows lie alike: the same weights, on inputs so much further on."""

    inputs: NDArray[np.int64]  # that the first of them reads, in order
    tap: NDArray[np.int64]  # taps that read an input …
    place: NDArray[np.int64]  # … and its place in `inputs`
    shifts: NDArray[np.int64]  # of each result against the first


def runs(axis: Axis, pad_mode: str) -> list[Run]:
    """The results along an axis, in runs.

    >>> [(run.inputs.tolist(), len(run.shifts)) for run in runs(Axis(5, 3, before=1, after=1), "zeros")]
    [([0, 1], 1), ([0, 1, 2], 3), ([3, 4], 1)]
    """
    sources, starts = axis.sources(pad_mode), axis.taps()[:, :1]
    seen = np.where(sources < 0, -axis.padded, sources - starts)  # the same for all that lie alike
    first = np.flatnonzero(np.r_[True, (seen[1:] != seen[:-1]).any(axis=1)])
    found = []
    for begin, end in zip(first, [*first[1:], axis.output], strict=True):
        tap = np.flatnonzero(sources[begin] >= 0)
        inputs, place = np.unique(sources[begin, tap], return_inverse=True)
        found.append(Run(inputs, tap, place, starts[begin:end, 0] - starts[begin, 0]))
    return found


def _arrays(geometry: Geometry, weights: Array) -> tuple[Array, Array, Array]:
    """Data, indices and index pointers, filled one run of image rows after the other."""
    downs, acrosses = runs(geometry.rows, geometry.pad_mode), runs(geometry.columns, geometry.pad_mode)
    data, indices, pointers = _allocated(geometry, downs, acrosses, weights.dtype)
    row, entry, pointers[0] = 0, 0, 0
    for down in downs:
        image_row = _image_row(geometry, down, acrosses, weights)
        shifts = down.shifts * (geometry.columns.size * geometry.channels)
        entries = entry + image_row.data.size * np.arange(len(shifts))
        last, end = row + image_row.ends.size * len(shifts), entry + image_row.data.size * len(shifts)
        data[entry:end].reshape(len(shifts), image_row.data.size)[:] = image_row.data
        _spread(indices[entry:end], image_row.columns, shifts)
        _spread(pointers[1 + row : 1 + last], image_row.ends, entries)
        row, entry = last, end
    return data, indices, pointers


def _spread(out: Array, one: Array, shifts: NDArray[np.int64]) -> None:
    """One image row of values, again and again, each time so much further on."""
    np.add(one.astype(out.dtype), shifts.astype(out.dtype)[:, None], out=out.reshape(len(shifts), one.size))


def _allocated(
    geometry: Geometry, downs: list[Run], acrosses: list[Run], dtype: np.dtype[Any]
) -> tuple[Array, Array, Array]:
    """The three arrays, if there is room for them; indices of 32 bits where they suffice."""
    down, across = (sum(len(run.inputs) * len(run.shifts) for run in line) for line in (downs, acrosses))
    entries = down * across * geometry.filters * geometry.group_channels
    index = np.dtype(np.int32 if max(entries, *geometry.shape) < 2**31 else np.int64)
    needed = entries * (dtype.itemsize + index.itemsize) + (geometry.shape[0] + 1) * index.itemsize
    refuse_too_large(
        needed,
        f"The matrix {geometry.shape} with {entries} entries",
        "Use a smaller image, or conv2d and conv_transpose2d, which need no matrix.",
    )
    return np.empty(entries, dtype), np.empty(entries, index), np.empty(geometry.shape[0] + 1, index)


@dataclass(frozen=True)
class ImageRow:
    """The entries of all results (ow, c_out) in one row of the result."""

    data: Array
    columns: Array
    ends: Array  # of each result's entries


def _image_row(geometry: Geometry, down: Run, acrosses: list[Run], weights: Array) -> ImageRow:
    data, columns, counts = [], [], []
    row, channel = down.inputs * geometry.columns.size, np.arange(geometry.group_channels)
    filters = geometry.first_channels()[:, None, None, None]
    for across in acrosses:
        values = _merged(weights, down, across)
        # one axis for each of ow, c_out, rows, columns and channels of the input
        pixels = (row[:, None] + across.inputs)[:, :, None] + across.shifts[:, None, None, None, None]
        data.append(np.broadcast_to(values, (len(across.shifts), *values.shape)).ravel())
        columns.append((pixels * geometry.channels + (filters + channel)).ravel())
        counts.append(np.full(len(across.shifts) * geometry.filters, prod(values.shape[1:])))
    return ImageRow(np.concatenate(data), np.concatenate(columns), np.cumsum(np.concatenate(counts)))


def _merged(weights: Array, down: Run, across: Run) -> Array:
    """The entries of one window (c_out, rows, columns, channels): the sum of all weights that read the same input."""
    kernel = weights.transpose(3, 0, 1, 2)
    for number, run in ((1, down), (2, across)):
        taps = kernel.take(run.tap, axis=number)
        kernel = np.zeros((*taps.shape[:number], len(run.inputs), *taps.shape[number + 1 :]), taps.dtype)
        places: Any = (*(slice(None),) * number, run.place)
        np.add.at(kernel, places, taps)
    return kernel


def _entry_values(weights: Array) -> Array:
    """The weights as the matrix holds them; refused where their sum may leave int64."""
    if weights.dtype.kind == "f":
        return weights.astype(np.promote_types(weights.dtype, np.float32).newbyteorder("="))
    largest = sum(abs(value) for value in weights.ravel().tolist())
    if largest >= 2**63:
        raise ValueError(
            f"An entry of the matrix may be as large as {largest}, which does not fit 64-bit integers "
            f"(at most {2**63 - 1}). Use smaller weights, or floats for an approximate matrix."
        )
    return weights.astype(np.int64)
