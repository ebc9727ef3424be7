"""Which entry of the matrix is which weight: the table behind the colours and the sentences of its scene."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.connections import connections, geometry_for
from convwidgets.core.memory import refuse_too_large

BYTES = 64  # that one product takes while the table is made


DRAWN = 2**21
"""A picture is drawn from so many products at most: of more, some rows of C stand for all."""


def entries(kernel: Array, shape: tuple[int, ...], transposed: bool, *, flip: bool, **options: Any) -> dict[str, Array]:
    """Every product as row and column of the matrix and the weight's number in the kernel's array, ordered by row.

    Raises:
        ValueError: when the table does not fit into memory, with its bytes.

    >>> found = entries(np.array([5, 7]), (3,), False, flip=False, stride=1, padding="valid", dilation=1, \
pad_mode="zeros")
    >>> {name: values.tolist() for name, values in found.items()}
    {'row': [0, 0, 1, 1], 'column': [0, 1, 1, 2], 'weight': [0, 1, 0, 1]}
    """
    geometry, _ = geometry_for(kernel, shape, groups=1, **options)
    products = geometry.rows.output * geometry.columns.output * prod(kernel.shape)
    refuse_too_large(
        BYTES * products,
        f"The picture of the matrix {geometry.shape} with {products} products",
        "Use a smaller image, or convolution_matrix, which takes a fifth of that.",
    )
    row, column, weight = connections(geometry)
    if flip:
        weight = kernel.size - 1 - weight
    if not transposed:
        return {"row": row, "column": column, "weight": weight}
    order = np.argsort(column, kind="stable")
    return {"row": column[order], "column": row[order], "weight": weight[order]}


def sample(kernel: Array, shape: tuple[int, ...], transposed: bool, *, flip: bool, **options: Any) -> dict[str, Array]:
    """The same of some rows of C, evenly spread, where all of them would be more than a picture shows.

    The step between them is odd, so that it does not fall in with the length of an image row.
    """
    geometry, _ = geometry_for(kernel, shape, groups=1, **options)
    outputs = geometry.shape[0]
    step = -(-outputs * prod(kernel.shape) // DRAWN) | 1
    if step == 1:
        return entries(kernel, shape, transposed, flip=flip, **options)
    row = np.arange(0, outputs, step)
    down, across = (axis.sources(geometry.pad_mode) for axis in (geometry.rows, geometry.columns))
    rows, columns = down[row // len(across)][:, :, None], across[row % len(across)][:, None, :]
    there = (rows >= 0) & (columns >= 0)
    column = rows * geometry.columns.size + columns
    weight = np.broadcast_to(np.arange(kernel.size).reshape(there.shape[1:]), there.shape)
    weight = kernel.size - 1 - weight if flip else weight
    own = [np.broadcast_to(row[:, None, None], there.shape)[there], column[there]]
    names = ("column", "row") if transposed else ("row", "column")
    return {**dict(zip(names, own, strict=True)), "weight": weight[there]}
