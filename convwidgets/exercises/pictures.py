"""Kinds of exercises about whole pictures: the answer is an array, the result of a filter on one's own picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.convolution import conv2d
from convwidgets.core.kernels import get
from convwidgets.exercises.borders import MODES
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.edges import ROOT, pixels
from convwidgets.exercises.slips import distinct
from convwidgets.scenes.base import times

LARGEST = 4_000_000
WRAPS = "Eight bits hold 0…255 and begin again at 0: make whole numbers or floats of the pixels first."
CUT = "0…255 is for showing a picture; the numbers themselves may be larger or negative."


def filtered(question: str, picture: Any, kernel: Any, *, because: str, **settings: Any) -> Exercise:
    """Which array does this kernel make of a picture (H, W)? The settings are those of :func:`conv2d`.

    >>> exercise = filtered("And?", np.array([[200, 100]], np.uint8), [[1, 1]], because="200 + 100.")
    >>> exercise.check(np.array([[44]]))
    Not yet: 44 comes out when the numbers begin again at 256. Eight bits hold 0…255 and begin again at 0: make whole \
numbers or floats of the pixels first.
    """
    image, weights = _plane(picture), np.array(kernel)
    right = conv2d(image, weights, **settings)
    slips = distinct(right, _of_filter(image, weights, right, settings))
    return _exercise(question, right, because, slips, image)


def _of_filter(image: Array, weights: Array, right: Array, settings: dict[str, Any]) -> Iterator[Slip]:
    yield from _of_range(right)
    if right.shape == image.shape:  # 2x − blur(x) is a way to sharpen
        yield Slip("2 · picture begins again at 256", WRAPS, right - 256 * (2 * image.astype(np.int64) > 255))
    for cause, hint, kernel, changed in _other(weights, settings):
        with suppress(ValueError):  # a small picture may have no result with other settings
            yield Slip(cause, hint, conv2d(image, kernel, **changed))
    yield Slip("the picture is left as it is", "Convolve it with the kernel.", image)


def _other(weights: Array, settings: dict[str, Any]) -> Iterator[tuple[str, str, Array, dict[str, Any]]]:
    """Other kernels and settings that one may take by mistake."""
    written = "Lay it down as it is written."
    yield "the kernel is rotated by 180°", written, weights, {**settings, "flip": True}
    yield "rows and columns of the kernel are swapped", written, weights.T, settings
    yield "the minus signs of the weights are lost", "A negative weight subtracts.", abs(weights), settings
    if settings.get("padding", "valid") == "valid":
        return
    for mode in MODES:
        asked = f'Here it is "{settings.get("pad_mode", "zeros")}".'
        yield f"the padding is filled by {mode}", asked, weights, {**settings, "pad_mode": mode}
    bare = {key: value for key, value in settings.items() if key not in ("padding", "pad_mode", "pad_value")}
    yield "the padding is left out", "With it the result is as large as the picture.", weights, bare


def magnitude(question: str, picture: Any, *, because: str, **settings: Any) -> Exercise:
    """Which array is the gradient's magnitude √(gx² + gy²) of a picture (H, W), with Sobel's kernels?

    >>> exercise = magnitude("And?", [[0, 0, 4], [0, 0, 4], [0, 0, 4]], because="16 and 0.")
    >>> exercise.check([[-16]]).misconceptions
    ('only gx is given',)
    """
    image = _plane(picture).astype(np.float64)
    gx, gy = (conv2d(image, get(name), **settings) for name in ("sobel_x", "sobel_y"))
    right = np.hypot(gx, gy)
    eight = [conv2d(image, get(name), **settings).astype(np.int64).astype(np.uint8).astype(float)
             for name in ("sobel_x", "sobel_y")]  # fmt: skip
    slips = (
        Slip("only gx is given", ROOT, gx),
        Slip("only gy is given", ROOT, gy),
        Slip("gx and gy are added in place of the root", ROOT, gx + gy),
        Slip("their sizes are added in place of the root", ROOT, abs(gx) + abs(gy)),
        Slip("the root is left out", ROOT, gx**2 + gy**2),
        Slip("gx and gy begin again at 256", WRAPS, np.hypot(*eight)),
        *_of_range(right),
    )
    return _exercise(question, right, because, distinct(right, slips), image)


def _of_range(right: Array) -> Iterator[Slip]:
    wrapped = right.astype(np.int64).astype(np.uint8).astype(np.int64)
    yield Slip("the numbers begin again at 256", WRAPS, wrapped)
    yield Slip("the numbers are cut to 0…255", CUT, right.clip(0, 255))
    yield Slip("the minus signs of the result are lost", CUT, abs(right))
    if right.dtype.kind == "f":
        yield Slip("the fractions are cut off", "Keep the fractions.", np.trunc(right))


def _plane(picture: Any) -> Array:
    image = pixels(picture)
    if image.ndim != 2:
        raise ValueError(f"The picture has the shape {image.shape}, but this exercise takes one plane (H, W). Make it "
                         f"grey: cw.load_image(picture, grey=True).")  # fmt: skip
    if image.size > LARGEST:
        raise ValueError(f"The picture has {image.size:,} pixels, but this exercise takes at most {LARGEST:,}. Make it "
                         f"smaller: picture[::2, ::2].")  # fmt: skip
    return image


def _exercise(question: str, right: Array, because: str, slips: tuple[Slip, ...], image: Array) -> Exercise:
    text = f"{question}\n\npicture {times(image.shape)}, answer {times(right.shape)}"
    ways = ("Compute this one by hand from the pixels around it.",) * right.size
    return Exercise(text, right, because, slips, ways=ways)
