"""Numbers of every kind to the levels of a picture: 0…255 in uint8, or 0…1 in float32."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

ROUNDED = 'Its floats were rounded to 256 levels; dtype="float32" keeps them.'


def rounded_from(levels: int) -> str:
    """What is said where more than 256 levels become 256."""
    return f"Its {levels:,} levels were rounded to 256."


class LevelsError(ValueError):
    """Numbers that are no picture's. The sentence lacks its subject, which the caller knows."""


def levels_of(values: NDArray[Any], dtype: str, notices: list[str]) -> NDArray[Any]:
    """The levels as uint8, or as float32 when that is wanted and there are more than 256 of them.

    What has to be said about them goes to `notices`. Booleans are black and white, uint16 has 65,536 levels, other
    integers 0…255, floats 0…1.

    Raises:
        LevelsError: for values out of their range, NaN, infinity, and all that is no real number.

    >>> levels_of(np.array([0, 257, 65535], dtype=np.uint16), "uint8", [])
    array([  0,   1, 255], dtype=uint8)
    """
    refuse_numbers(values)
    if values.dtype.kind == "f":
        return values.astype(np.float32) if dtype == "float32" else _rounded(values, notices)
    return scaled(values, white_of(values), dtype, notices)


def refuse_numbers(values: NDArray[Any]) -> None:
    """Refuse an array that holds no picture: text, numbers out of their range, NaN."""
    if values.dtype.kind not in "biuf":
        raise LevelsError(f"holds {values.dtype} values, but a picture holds integers 0…255 or floats 0…1.")
    if values.dtype not in (np.bool_, np.uint8, np.uint16):
        refuse_range(values.min(), values.max(), white_of(values), values.dtype.kind == "f")


def white_of(values: NDArray[Any]) -> int:
    """The number that means white."""
    if values.dtype == np.uint16:
        return 65535
    return 1 if values.dtype.kind in "bf" else 255


def scaled(values: NDArray[Any], white: int, dtype: str, notices: list[str]) -> NDArray[Any]:
    """Integers 0…white, each to the nearest level."""
    if white == 255:
        return values.astype(np.uint8)
    if white > 255 and dtype == "float32":
        return (values / np.float64(white)).astype(np.float32)
    if white > 255:
        notices.append(rounded_from(white + 1))
    return ((values.astype(np.uint32) * 255 + white // 2) // white).astype(np.uint8)


def _rounded(values: NDArray[Any], notices: list[str]) -> NDArray[np.uint8]:
    exact = values.astype(np.float64) * 255
    nearest = np.rint(exact)
    if (np.abs(exact - nearest) > 1e-4).any():  # k / 255 in float32 comes back to within 1e-5 of k
        notices.append(ROUNDED)
    return nearest.astype(np.uint8)


def refuse_range(low: float, high: float, white: int, floats: bool) -> None:
    """Refuse numbers that a picture does not have."""
    if low >= 0 and high <= white:
        return
    if not (np.isfinite(low) and np.isfinite(high)):
        raise LevelsError("holds NaN or infinity. Replace them first, for example with np.nan_to_num(array).")
    kind = "floats" if floats else "integers"
    tops_out = floats and low >= 0 and high <= 255
    way = "Divide the array by 255." if tops_out else "Stretch the array a: (a - a.min()) / (a.max() - a.min())."
    raise LevelsError(f"holds {kind} from {low:g} to {high:g}, but those of a picture lie in 0…{white}. {way}")
