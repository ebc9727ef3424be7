"""The traits that only the filter lab has: a picture that stays private, and the part of it that is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from traitlets import TraitType

from convwidgets.images import read_image, sample_image
from convwidgets.images.samples import SAMPLES
from convwidgets.widgets.arrays import Array, ArrayTrait, frozen, is_frozen
from convwidgets.widgets.errors import SettingError, listed
from convwidgets.widgets.traits import EXACT, whole

SAMPLE = "portrait"
"""What is shown until somebody brings a picture."""


def is_sample(source: Any) -> bool:
    """Whether nothing was given, or the name of a sample."""
    return source is None or (isinstance(source, str) and source in SAMPLES and not Path(source).exists())


def picture_for(source: Any) -> tuple[Array, list[str]]:
    """The picture that the lab keeps, uint8 (H, W) or (H, W, 3), and what has to be said about it.

    Args:
        source: what `load_image` takes, or None or the name of a sample.

    Raises:
        SettingError: with the sentence of `load_image`.
    """
    if isinstance(source, np.ndarray) and _is_kept(source):
        return source, []
    if is_sample(source):
        return frozen(sample_image(source or SAMPLE)), []
    try:
        pixels, notices = read_image(source)
    except ValueError as error:
        raise SettingError(str(error)) from None
    return (pixels if is_frozen(pixels) else frozen(pixels)), notices


def _is_kept(array: Array) -> bool:
    """Whether it is a picture as the lab keeps them."""
    planes = array.ndim == 2 or (array.ndim == 3 and array.shape[2] == 3)
    return planes and array.size > 0 and array.dtype == np.uint8 and is_frozen(array)


class About(NamedTuple):
    """Where a picture came from, and what was done to it."""

    is_own: bool = False
    notices: tuple[str, ...] = ()


class PictureTrait(ArrayTrait):
    """A picture, read from whatever it is given as; another one is shown whole."""

    info_text = "a picture: a path, bytes, an array or a PIL picture"

    def validate(self, obj: Any, value: Any) -> Array:
        return picture_for(value)[0]

    def set(self, obj: Any, value: Any) -> None:
        now = obj._trait_values.get(self.name)
        if value is now is not None:  # traitlets sets once more what it has held back
            return
        picture, notices = picture_for(value)
        if now is not None:
            obj.crop = None
        super().set(obj, picture)
        obj._about = About(not is_sample(value), tuple(notices))


class CropTrait(TraitType[Any, Any]):
    """None, or (top, left, bottom, right) in pixels of the whole picture."""

    info_text = "None or (top, left, bottom, right)"

    def validate(self, obj: Any, value: Any) -> tuple[int, int, int, int] | None:
        if value is None:
            return None
        items = listed(value)
        if items is None or len(items) != 4:
            raise SettingError("crop must be None or (top, left, bottom, right), in pixels of the picture.")
        top, left, bottom, right = (whole(item, "crop", 0, EXACT) for item in items)
        height, width = obj.input.shape[:2]
        if not (top < bottom <= height and left < right <= width):
            raise SettingError(
                f"The crop {(top, left, bottom, right)} is no part of the picture, which has {height} rows and "
                f"{width} columns. Give (top, left, bottom, right), such as (0, 0, {height}, {width})."
            )
        return top, left, bottom, right
