"""Which entry of the matrix is which weight: the table behind the colours and the sentences of its scene."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.connections import connections, geometry_for
from convwidgets.core.memory import refuse_too_large

BYTES = 64  # that one product takes while the table is made


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
