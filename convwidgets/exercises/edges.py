"""Kinds of exercises about kernels on pictures, by hand: edges and sharpening."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.convolution import conv2d
from convwidgets.core.kernels import get
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct

ROOT = "The magnitude is √(gx² + gy²)."


def pixels(values: Any) -> Array:
    """The pixels as numbers that may become negative or large."""
    array = np.array(values)
    return array.astype(np.int64) if array.dtype.kind in "bu" else array


def gradient_of(question: str, patch: Any, *, because: str) -> Exercise:
    """Which gradient has a picture at the middle of these 3 × 3 pixels? The answer is (gx, gy, magnitude).

    >>> exercise = gradient_of("And?", [[0, 0, 4], [0, 0, 4], [0, 0, 4]], because="Dark to bright.")
    >>> exercise.check((16, 0, 16))
    Not yet: exactly these numbers come out when the kernel is rotated by 180°. Lay it down as it is written: Sobel x \
is left minus right.
    """
    image = pixels(patch)
    gx, gy = (float(conv2d(image, get(name)).item()) for name in ("sobel_x", "sobel_y"))
    right = _three(gx, gy)
    wide, high = (float(conv2d(image, get(name)).item()) for name in ("prewitt_x", "prewitt_y"))
    bright, low = (float(conv2d(image, abs(get(name))).item()) for name in ("sobel_x", "sobel_y"))
    written = "Lay it down as it is written: Sobel x is left minus right."
    slips = (
        Slip("gx and gy are exchanged", "Sobel x takes the right column from the left one.",
             np.array([gy, gx, right[2]]), whole=True),
        Slip("the kernel is rotated by 180°", written, np.array([-gx, -gy, right[2]])),
        Slip("gx and gy are added in place of the root", ROOT, np.array([gx, gy, gx + gy])),
        Slip("their sizes are added in place of the root", ROOT, np.array([gx, gy, abs(gx) + abs(gy)])),
        Slip("the root is left out", ROOT, np.array([gx, gy, gx**2 + gy**2])),
        Slip("the larger of the two is taken", ROOT, np.array([gx, gy, max(abs(gx), abs(gy))])),
        Slip("the middle of each side counts once", "Sobel's weights are 1, 2, 1: the middle counts twice.",
             _three(wide, high)),
        Slip("the minus signs of the weights are lost", "A negative weight subtracts.", _three(bright, low)),
        Slip("minus signs of the result are lost", "gx and gy have a sign; only the magnitude has none.",
             np.array([abs(gx), abs(gy), right[2]])),
    )  # fmt: skip
    kernels = f"Sobel x:\n{get('sobel_x')}\n\nSobel y:\n{get('sobel_y')}"
    text = f"{question}\n\npixels:\n{image}\n\n{kernels}"
    ways = (
        "Left column minus right column, the middle pixels twice.",
        "Top row minus bottom row, the middle twice.",
        ROOT,
    )
    return Exercise(text, right, because, distinct(right, slips), ("gx", "gy", "Magnitude"), ways)


def _three(gx: float, gy: float) -> Array:
    return np.array([gx, gy, np.hypot(gx, gy)])


def sharpened(question: str, patch: Any, *, because: str) -> Exercise:
    """Which number has the middle of these 3 × 3 pixels after sharpening: x + (x − mean)?

    >>> sharpened("And?", [[0, 0, 0], [0, 9, 0], [0, 0, 0]], because="9 + (9 − 1).").check(1)
    Not yet: 1 comes out when the blurred pixel is given. Sharpening adds to the pixel what the blur takes from it.
    """
    image = pixels(patch)
    middle, mean, total = float(image[1, 1]), float(image.mean()), float(image.sum())
    around = (total - middle) / 8
    adds = "Sharpening adds to the pixel what the blur takes from it."
    every = "The mean is that of all nine pixels, the middle one too."
    found = (
        ("the blurred pixel is given", adds, mean),
        ("only the detail is given", adds, middle - mean),
        ("the blur is added", adds, middle + mean),
        ("pixel and mean are exchanged", adds, 2 * mean - middle),
        ("the pixel is only doubled", adds, 2 * middle),
        ("the nine pixels are added up, but not divided", every, 2 * middle - total),
        ("the mean is that of the eight neighbours", every, 2 * middle - around),
    )
    right = np.array(2 * middle - mean)
    slips = [Slip(cause, hint, np.array(value)) for cause, hint, value in found]
    ways = ("First the mean of the nine pixels. How much does the middle differ from it?",)
    return Exercise(f"{question}\n\npixels:\n{image}", right, because, distinct(right, slips), ways=ways)
