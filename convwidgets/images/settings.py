"""How a picture is wanted, checked once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

MAX_PIXELS = 16_000_000
_MIN_PIXELS = 64  # fewer would need means over blocks as large as the picture


class Settings(NamedTuple):
    """What `load_image` was asked for."""

    grey: bool | None
    dtype: str
    max_pixels: int

    @classmethod
    def of(cls, grey: object, dtype: Any, max_pixels: Any) -> Settings:
        """The settings, when all of them are what they may be.

        Raises:
            ValueError: with the value and what it may be.
        """
        if grey is not None and not isinstance(grey, bool):
            way = "Give True for (H, W), False for (H, W, 3), or None for what the picture has."
            raise ValueError(f"grey is {grey!r}. {way}")
        if isinstance(max_pixels, bool) or not isinstance(max_pixels, (int, np.integer)) or max_pixels < _MIN_PIXELS:
            way = f"Give a whole number of at least {_MIN_PIXELS}, such as {MAX_PIXELS:_}."
            raise ValueError(f"max_pixels is {max_pixels!r}. {way}")
        name = _name(dtype)
        if name not in ("uint8", "float32"):
            raise ValueError(f'dtype is {dtype!r}. Give "uint8" for 0…255, or "float32" for 0…1.')
        return cls(grey, name, int(max_pixels))


def _name(dtype: Any) -> str:
    try:
        return str(np.dtype(dtype).name)
    except TypeError:
        return ""
