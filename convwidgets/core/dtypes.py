"""The dtype of values that are copied, chosen or added up."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array


def copy_dtype(values: Array, name: str) -> np.dtype[Any]:
    """Floats keep theirs, integers give int64; refused where one of them does not fit.

    >>> copy_dtype(np.ones(3, np.uint8), "input"), copy_dtype(np.ones(3, ">f4"), "input")
    (dtype('int64'), dtype('float32'))
    """
    if values.dtype.kind == "f":
        return values.dtype.newbyteorder("=")
    if values.dtype == np.uint64 and values.size and values.max() > np.iinfo(np.int64).max:
        raise ValueError(
            f"The {name} holds {values.max()}, which does not fit 64-bit integers (at most {2**63 - 1}). "
            f"Use smaller numbers, or floats for an approximate result."
        )
    return np.dtype(np.int64)


def holding(dtype: np.dtype[Any], value: int | float) -> np.dtype[Any]:
    """The dtype for values of one dtype among which a padding value is laid; floats keep theirs.

    >>> holding(np.dtype(np.uint8), -3), holding(np.dtype(np.uint8), 0.1), holding(np.dtype(np.float32), 0.1)
    (dtype('int16'), dtype('float64'), dtype('float32'))
    """
    if dtype.kind == "f":
        return dtype
    return np.result_type(dtype, np.min_scalar_type(value) if isinstance(value, int) else np.float64)


def refuse_inexact(largest: int) -> None:
    """Refuse a sum of integers that may be so large that it leaves int64."""
    if largest >= 2**63:
        raise ValueError(
            f"The exact result may be as large as {largest}, which does not fit 64-bit integers "
            f"(at most {2**63 - 1}). Use smaller numbers, or floats for an approximate result."
        )


def largest_of(values: Array) -> int:
    """The largest absolute value of integers, as a Python integer."""
    return max(-int(values.min()), int(values.max())) if values.size else 0
