"""From a source to its pixels: opened, decoded, turned into levels, reduced, upright; and what was done to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from convwidgets.images import files, sources
from convwidgets.images.colour import ALPHA, luminance, over_white
from convwidgets.images.levels import LevelsError, levels_of, refuse_numbers, rounded_from
from convwidgets.images.orientation import orientation_of, upright
from convwidgets.images.pixels import reader
from convwidgets.images.reduction import Tile, averaged, fitting_factor, reduced_shape, tiles
from convwidgets.images.settings import Settings


def pixels_of(source: Any, settings: Settings, notices: list[str]) -> NDArray[Any]:
    """The picture as (H, W) or (H, W, 3).

    Args:
        source: what `load_image` takes.
        settings: how it is wanted. With "float32" what has 256 levels is uint8 nevertheless; the rest keeps its levels.
        notices: what has to be said is added here, perhaps repeatedly.
    """
    if (file := sources.bytes_of(source)) is not None:
        return _from_file(*file, settings, notices)
    if isinstance(source, Image.Image):
        return _from_pillow(source, "The PIL picture", settings, notices)
    if (array := sources.array_of(source)) is not None:
        return _from_array(array, settings, notices)
    kinds = "a path, bytes, a file object, an array or a PIL picture"
    raise ValueError(f"load_image takes {kinds}, and this is of type {type(source).__name__}.")


def _from_file(data: bytes, what: str, settings: Settings, notices: list[str]) -> NDArray[Any]:
    image = files.opened(data, what)
    if files.is_one_of_several(image):
        notices.append(files.SEVERAL)
    if files.is_deep(image):
        notices.append(rounded_from(65536))
    return _from_pillow(image, what, settings, notices)


def _from_pillow(image: Image.Image, what: str, settings: Settings, notices: list[str]) -> NDArray[Any]:
    claimed = image.height, image.width
    scale = files.loaded(image, what)
    height, width = (image.height, image.width) if scale == 1 else claimed  # Pillow turns a TIFF while it loads it
    factor = fitting_factor((height, width), settings.max_pixels, scale)
    with files.quiet():
        try:
            read = reader(image, settings.dtype, notices)
            result = _joined(
                lambda tile: read(image.crop((tile.left, tile.top, tile.right, tile.bottom))),
                (image.height, image.width),
                factor // scale,
                settings.grey,
            )
        except LevelsError as error:
            raise ValueError(f"{what} {error} np.asarray(PIL.Image.open(path)) gives the array of a file.") from None
        except Exception:  # what a damaged palette or an exotic mode raises is Pillow's own
            sentence = f"{what} has the mode {image.mode}, which could not be turned into colours."
            raise ValueError(f'{sentence} Save it anew, or give it as image.convert("RGB").') from None
        turn = orientation_of(image)
    _tell_reduction((width, height) if turn < 5 else (height, width), factor, notices)
    return upright(result, turn)


def _from_array(array: NDArray[Any], settings: Settings, notices: list[str]) -> NDArray[Any]:
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[..., 0]
    if not (array.ndim == 2 or (array.ndim == 3 and array.shape[2] in (3, 4))) or array.size == 0:
        raise ValueError(_shape_refused(array.shape))
    try:
        refuse_numbers(array)
    except LevelsError as error:
        raise ValueError(f"The array {error}") from None
    factor = fitting_factor(array.shape, settings.max_pixels)
    result = _joined(
        lambda tile: _array_levels(array[tile.top : tile.bottom, tile.left : tile.right], settings.dtype, notices),
        array.shape,
        factor,
        settings.grey,
    )
    _tell_reduction((array.shape[1], array.shape[0]), factor, notices)
    return result


def _shape_refused(shape: tuple[int, ...]) -> str:
    first = len(shape) == 3 and shape[0] in (1, 3, 4) and min(shape[1:]) > 4
    way = " Channels come last here: np.moveaxis(array, 0, -1)." if first else ""
    return f"The array has the shape {shape}, but a picture has (H, W), (H, W, 3) or (H, W, 4).{way}"


def _array_levels(part: NDArray[Any], dtype: str, notices: list[str]) -> NDArray[Any]:
    levels = levels_of(part, dtype, notices)
    if levels.ndim == 2 or levels.shape[2] == 3:
        return levels
    if (levels[..., 3] == (255 if levels.dtype == np.uint8 else 1)).all():
        return levels[..., :3]
    notices.append(ALPHA)
    return over_white(levels)


def _joined(
    read: Callable[[Tile], NDArray[Any]], shape: tuple[int, ...], factor: int, grey: bool | None
) -> NDArray[Any]:
    """The tiles beside each other, reduced one by one, so that only one of them is there at its full size."""
    result = np.empty(0)
    for tile in tiles(shape, factor):
        part = averaged(read(tile), factor)
        if grey and part.ndim == 3:
            part = luminance(part)
        if tile.top == tile.left == 0:
            result = np.empty(reduced_shape(shape, factor) + part.shape[2:], part.dtype)
        top, left = tile.top // factor, tile.left // factor
        result[top : top + part.shape[0], left : left + part.shape[1]] = part
    return result


def _tell_reduction(size: tuple[int, int], factor: int, notices: list[str]) -> None:
    if factor > 1:
        (width, height), (rows, columns) = size, reduced_shape(size[::-1], factor)
        block = f"every {factor} × {factor} pixels became their mean"
        notices.append(f"It was reduced from {width:,} × {height:,} to {columns:,} × {rows:,}: {block}.")
