"""Upright, as the camera was held: the eight orientations of EXIF."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_ORIENTATION = 0x0112

_UPRIGHT = {  # EXIF 2.32, 4.6.4 A: where row 0 and column 0 of the file lie in the scene
    1: lambda pixels: pixels,
    2: lambda pixels: pixels[:, ::-1],
    3: lambda pixels: pixels[::-1, ::-1],
    4: lambda pixels: pixels[::-1],
    5: lambda pixels: pixels.swapaxes(0, 1),
    6: lambda pixels: pixels[::-1].swapaxes(0, 1),
    7: lambda pixels: pixels[::-1, ::-1].swapaxes(0, 1),
    8: lambda pixels: pixels[:, ::-1].swapaxes(0, 1),
}


def orientation_of(image: Image.Image) -> int:
    """The orientation, 1 to 8. It is 1 when the file says nothing, or nothing that can be read."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # damaged EXIF data raise a dozen kinds; the picture itself may be sound
        return 1
    return value if isinstance(value, int) and value in _UPRIGHT else 1


def upright(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The pixels (H, W) or (H, W, 3) turned and mirrored, in memory of their own order.

    >>> upright(np.array([[1, 2, 3], [4, 5, 6]]), 6)
    array([[4, 1],
           [5, 2],
           [6, 3]])
    """
    return np.ascontiguousarray(_UPRIGHT[orientation](pixels))
