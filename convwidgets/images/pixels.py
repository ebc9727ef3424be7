"""The pixels of an open Pillow picture, whatever its mode."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convwidgets.images.colour import ALPHA, over_white
from convwidgets.images.levels import levels_of, refuse_range, scaled
from convwidgets.images.profiles import to_srgb

Reader = Callable[[Image.Image], NDArray[Any]]


def reader(image: Image.Image, dtype: str, notices: list[str]) -> Reader:
    """What gives the pixels of a part of this picture: (h, w) when it is grey, (h, w, 3) otherwise.

    Args:
        image: a picture whose pixels are loaded.
        dtype: "uint8", or "float32", which keeps the levels of a picture with more than 256. One with 256 is uint8.
        notices: what has to be said is added here.
    """
    wide = image.mode in ("I", "F") or image.mode.startswith("I;16")
    return _numbers(image, dtype, notices) if wide else _colours(image, notices)


def _numbers(image: Image.Image, dtype: str, notices: list[str]) -> Reader:
    """Grey in more than 256 levels."""
    white = _white(image)
    if white > 255:
        return lambda part: scaled(np.asarray(part), white, dtype, notices)
    low, high = image.getextrema()  # of the whole picture, so that a sentence has its numbers and not a part's
    refuse_range(float(low), float(high), white, image.mode == "F")  # type: ignore[arg-type]
    return lambda part: levels_of(np.asarray(part), dtype, notices)


def _white(image: Image.Image) -> int:
    """The number that means white."""
    if image.mode == "F":
        return 1
    if getattr(image, "tag_v2", {}).get(258) == (12,):  # BitsPerSample; Pillow does not scale these
        return 4095
    return 65535 if image.mode != "I" or getattr(image, "format", "") in ("PNG", "PPM") else 255


def _colours(image: Image.Image, notices: list[str]) -> Reader:
    """At most 8 bits a value: grey, colour, print inks, palettes, with and without transparency."""
    mode = _plain_mode(image)
    convert, notice = to_srgb(mode, image.info.get("icc_profile"))
    notices.append(notice)
    transparent = image.has_transparency_data

    def read(part: Image.Image) -> NDArray[Any]:
        alpha = _alpha(part) if transparent else None
        pixels = np.asarray(convert(_without_alpha(part, mode)))
        return pixels if alpha is None else _laid(pixels, alpha, notices)

    return read


def _plain_mode(image: Image.Image) -> str:
    if image.mode in ("CMYK", "LAB"):
        return image.mode
    return "L" if image.mode in ("1", "L", "LA", "La") or _has_grey_palette(image) else "RGB"


def _has_grey_palette(image: Image.Image) -> bool:
    colours = (image.getpalette() if image.mode == "P" else None) or [0, 1, 2]
    return colours[::3] == colours[1::3] == colours[2::3]


def _unmultiplied(part: Image.Image) -> Image.Image:
    return part.convert({"La": "LA", "RGBa": "RGBA"}[part.mode]) if part.mode in ("La", "RGBa") else part


def _without_alpha(part: Image.Image, mode: str) -> Image.Image:
    part = _unmultiplied(part)
    return part if part.mode == mode else part.convert(mode)


def _alpha(part: Image.Image) -> NDArray[np.uint8] | None:
    """The opacity, None where everything is opaque."""
    alpha: NDArray[np.uint8] = np.asarray(_unmultiplied(part).convert("RGBA").getchannel("A"))
    return None if (alpha == 255).all() else alpha


def _laid(pixels: NDArray[np.uint8], alpha: NDArray[np.uint8], notices: list[str]) -> NDArray[np.uint8]:
    notices.append(ALPHA)
    if pixels.ndim == 2:
        return _laid(np.dstack([pixels] * 3), alpha, notices)[..., 0]
    return over_white(np.dstack([pixels, alpha]))
