"""Kernels as whole numbers times a unit, and as a column times a row: what makes a picture quick to filter."""

from __future__ import annotations

import math

import numpy as np

from convwidgets.core.arguments import Array

ROUNDING = 4 * np.finfo(np.float64).eps
MOST = 2**40  # whole numbers beyond are no gain


def whole_form(kernel: Array) -> tuple[float, Array] | None:
    """The kernel as unit · whole numbers, as close as doubles are; None where there is no such form.

    >>> whole_form(np.array([[0.25, 0.5, -0.25]]))
    (0.25, array([[ 1,  2, -1]]))
    """
    if kernel.dtype.kind != "f":
        small = kernel.size and kernel.min() > -MOST and kernel.max() < MOST
        return (1.0, kernel.astype(np.int64)) if small else None
    weights = kernel.astype(np.float64)
    sizes = abs(weights[weights != 0])
    if not sizes.size or not np.isfinite(sizes).all() or sizes.max() >= MOST * sizes.min():
        return None
    unit = 1.0 if (weights == np.rint(weights)).all() else float(sizes.min())
    numbers = np.rint(weights / unit)
    agrees = (abs(numbers * unit - weights) <= ROUNDING * abs(weights)).all()
    return (unit, numbers.astype(np.int64)) if agrees else None


def column_and_row(kernel: Array) -> tuple[Array, Array] | None:
    """The column and the row whose products are a kernel of whole numbers; None where there are none.

    >>> column_and_row(np.array([[2, 4], [-3, -6]]))
    (array([ 2, -3]), array([1, 2]))
    """
    used = np.flatnonzero(kernel.any(axis=1))
    if not used.size:
        return None
    row = kernel[used[0]] // math.gcd(*kernel[used[0]].tolist())
    pivot = np.flatnonzero(row)[0]
    column = kernel[:, pivot] // row[pivot]
    return (column, row) if (np.multiply.outer(column, row) == kernel).all() else None
