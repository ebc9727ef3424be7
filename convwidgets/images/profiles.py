"""Colour profiles: what a camera or a printer calls a colour becomes what sRGB calls it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image, ImageCms

UNREADABLE = "Its colour profile could not be read, so the colours are taken as they stand."
ROUGH = "It is in CMYK without a colour profile, so its colours are only roughly right."

Converter = Callable[[Image.Image], Image.Image]


def to_srgb(mode: str, profile: bytes | None) -> tuple[Converter, str]:
    """What turns a picture in the mode L, RGB, CMYK or LAB into L or RGB as sRGB has it, and what has to be said."""
    if mode == "LAB":
        return _transform(ImageCms.createProfile("LAB"), "LAB"), ""
    if not profile:
        return _plain, ROUGH if mode == "CMYK" else ""
    try:
        opened = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return _grey(opened) if mode == "L" else _colour(opened, mode), ""
    except Exception:  # a damaged profile raises more than PyCMSError
        return _plain, UNREADABLE


def _plain(part: Image.Image) -> Image.Image:
    return part.convert("RGB") if part.mode == "CMYK" else part


def _transform(profile: Any, mode: str) -> Converter:
    transform = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")

    def convert(part: Image.Image) -> Image.Image:
        converted = ImageCms.applyTransform(part, transform)
        assert converted is not None  # it is None in place only
        return converted

    return convert


def _grey(profile: Any) -> Converter:
    """Grey has 256 levels: one table of them serves all pixels."""
    mode = "L" if profile.profile.xcolor_space.strip() == "GRAY" else "RGB"
    levels = Image.frombytes("L", (256, 1), bytes(range(256))).convert(mode)
    table = list(_transform(profile, mode)(levels).getchannel("G").tobytes())
    return (lambda part: part.point(table)) if _moved(table, range(256)) else _plain


def _colour(profile: Any, mode: str) -> Converter:
    """A profile that moves no colour of a coarse cube is sRGB itself: every colour then stays exactly as it is."""
    convert = _transform(profile, mode)
    if mode != "RGB":
        return convert
    steps = range(0, 256, 17)
    cube = bytes(level for red in steps for green in steps for blue in steps for level in (red, green, blue))
    return convert if _moved(convert(Image.frombytes("RGB", (16, 256), cube)).tobytes(), cube) else _plain


def _moved(new: list[int] | bytes, old: range | bytes) -> bool:
    """Whether any level changed by more than the rounding of a transform."""
    return any(abs(after - before) > 1 for after, before in zip(new, old, strict=True))
