"""A picture as a page shows it: at most a megapixel, every block of pixels its mean."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from convwidgets.images.reduction import averaged, fitting_factor, reduced_shape, tiles

MOST = 1_000_000
"""Pixels that a page filters within a frame or two."""


def preview(picture: NDArray[Any], most: int = MOST) -> tuple[NDArray[Any], int]:
    """The picture reduced to at most `most` pixels, and by which factor.

    >>> preview(np.array([[1, 2, 9], [3, 5, 8]], dtype=np.uint8), most=2)
    (array([[3, 9]], dtype=uint8), 2)
    """
    factor = fitting_factor(picture.shape, most)
    if factor == 1:
        return picture, 1
    result = np.empty(reduced_shape(picture.shape, factor) + picture.shape[2:], picture.dtype)
    for tile in tiles(picture.shape, factor):
        part = averaged(picture[tile.top : tile.bottom, tile.left : tile.right], factor)
        top, left = tile.top // factor, tile.left // factor
        result[top : top + part.shape[0], left : left + part.shape[1]] = part
    return result, factor
