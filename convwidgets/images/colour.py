"""Colour to luminance, and transparency over white, in exact integers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

ALPHA = "Its transparent parts are laid over white."

_RED, _GREEN, _BLUE = 19595, 38470, 7471  # 0.299, 0.587, 0.114 in 65536ths, as Pillow has them
_FLOAT = np.array([0.299, 0.587, 0.114])


def luminance(image: ArrayLike) -> NDArray[Any]:
    """The brightness (H, W) of a colour image (H, W, 3), or (H, W, 4) over white, by the weights of Rec. 601.

    uint8 gives uint8, the integers of Pillow's mode "L": (19595 R + 38470 G + 7471 B + 32768) // 65536.
    Floats stay floats, with alpha from 0 to 1; other integers give float64, with alpha from 0 to 255.

    Raises:
        ValueError: for any other shape.

    >>> luminance([[[255, 0, 0], [0, 255, 0]]])
    array([[ 76.245, 149.685]])
    >>> luminance(np.array([[[255, 0, 0], [0, 255, 0]]], dtype=np.uint8))
    array([[ 76, 150]], dtype=uint8)
    """
    array = np.asarray(image)
    if array.ndim != 3 or array.shape[2] not in (3, 4):
        raise ValueError(f"The image has the shape {array.shape}, but luminance takes (H, W, 3) or (H, W, 4).")
    if array.dtype == np.uint8:
        red, green, blue = np.moveaxis(over_white(array), 2, 0).astype(np.uint32)
        grey: NDArray[np.uint8] = ((_RED * red + _GREEN * green + _BLUE * blue + 32768) >> 16).astype(np.uint8)
        return grey
    floats = array if array.dtype.kind == "f" else array.astype(np.float64)
    white = 1 if array.dtype.kind == "f" else 255
    result: NDArray[Any] = _blended(floats, white) @ _FLOAT.astype(floats.dtype)
    return result


def has_colours(array: NDArray[Any], board: int) -> bool:
    """Whether an array (H, W, C) is taken for red, green and blue, with or without alpha.

    uint8 at any size, other whole numbers where they are more than a board of so many rows and columns; floats are
    planes like any others.

    >>> has_colours(np.zeros((5, 5, 3), np.uint8), 24), has_colours(np.zeros((5, 5, 3), np.int64), 24)
    (True, False)
    """
    if array.ndim != 3 or array.shape[2] not in (3, 4):
        return False
    whole = array.shape[2] == 3 and array.dtype.kind in "iu" and max(array.shape[:2]) > board
    return bool(array.dtype == np.uint8) or whole


def over_white(array: NDArray[Any]) -> NDArray[Any]:
    """RGBA over white; RGB as it is. uint8 is rounded to the nearest integer; floats are 0…1.

    >>> over_white(np.array([[[0, 100, 255, 128]]], dtype=np.uint8))
    array([[[127, 177, 255]]], dtype=uint8)
    """
    if array.shape[2] == 3:
        return array
    if array.dtype != np.uint8:
        return _blended(array, 1)
    colour, alpha = array[..., :3].astype(np.uint16), array[..., 3:].astype(np.uint16)
    return ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)  # at most 65,152: it fits


def _blended(array: NDArray[Any], white: float) -> NDArray[Any]:
    if array.shape[2] == 3:
        return array
    alpha = array[..., 3:] / white
    return array[..., :3] * alpha + white * (1 - alpha)
