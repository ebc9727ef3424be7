"""The learner's own picture, from wherever it is, as the exact numbers that a convolution takes."""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convwidgets.images.settings import MAX_PIXELS, Settings


class ImageWarning(UserWarning):
    """What `load_image` did to a picture beyond reading it: reduced it, laid it over white, took its first frame."""


class Reading(NamedTuple):
    """A picture that was read, and what has to be said about it, a sentence each."""

    pixels: NDArray[Any]
    notices: list[str]


def load_image(
    source: Any, *, grey: bool | None = None, dtype: str = "uint8", max_pixels: int = MAX_PIXELS
) -> NDArray[Any]:
    """A picture as exact integers 0…255, (H, W) when it is grey and (H, W, 3) in colour, upright and in sRGB.

    Reads PNG, JPEG, the first frame of GIF, BMP, TIFF, WebP and what else Pillow reads; HEIC, as phones take it, with
    the package pillow-heif. EXIF orientation and colour profiles are applied, palettes and CMYK become colours, two
    colours become 0 and 255, 16 bits are rounded to 8. A warning (ImageWarning) says when the picture was reduced,
    had transparent parts, which are laid over white, or was otherwise changed.

    Args:
        source: a path, the bytes of a file, a file object opened with "rb", an array, or a PIL picture. An array is
            (H, W), (H, W, 1), (H, W, 3) or (H, W, 4), of integers 0…255, uint16 0…65535, floats 0…1 or booleans.
        grey: True for the luminance, (H, W); False for three channels; None for what the picture has.
        dtype: "uint8", or "float32" for 0…1. From files, 16 bits keep all their levels in float32 when they are grey.
        max_pixels: a larger picture is reduced: every block of 2 × 2, 3 × 3, … pixels becomes its mean.

    Raises:
        ValueError: with one sentence for a file that is missing (also a FileNotFoundError), damaged, too large or no
            picture, for an array that is none, and for an unknown setting.

    >>> load_image([[0, 128], [255, 7]])
    array([[  0, 128],
           [255,   7]], dtype=uint8)
    >>> load_image([[[255, 0, 0], [0, 255, 0]]], grey=True)
    array([[ 76, 150]], dtype=uint8)
    """
    reading = read_image(source, grey=grey, dtype=dtype, max_pixels=max_pixels)
    if reading.notices:
        warnings.warn(" ".join(reading.notices), ImageWarning, stacklevel=2)
    return reading.pixels


def read_image(source: Any, *, grey: bool | None = None, dtype: str = "uint8", max_pixels: int = MAX_PIXELS) -> Reading:
    """What `load_image` gives, with its notices in a list instead of a warning."""
    settings = Settings.of(grey, dtype, max_pixels)
    from convwidgets.images import reading  # Pillow comes with it

    notices: list[str] = []
    pixels = reading.pixels_of(source, settings, notices)
    if grey is False and pixels.ndim == 2:
        pixels = np.repeat(pixels[..., np.newaxis], 3, axis=2)
    if settings.dtype == "float32" and pixels.dtype == np.uint8:
        pixels = np.divide(pixels, np.float32(255), dtype=np.float32)
    return Reading(pixels, [each for each in dict.fromkeys(notices) if each])
