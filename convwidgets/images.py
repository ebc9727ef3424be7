"""Pictures in: the sample photograph, and colour to luminance. Pillow is loaded when a file is read."""

from __future__ import annotations

import importlib.util
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

_SAMPLES = {"portrait": "grace_hopper.jpg"}
"""Name and file in matplotlib's sample data. The portrait of Grace Hopper is a work of the U.S. Navy, public domain."""

_RED, _GREEN, _BLUE = 19595, 38470, 7471  # 0.299, 0.587, 0.114 in 65536ths, as Pillow has them
_FLOAT = np.array([0.299, 0.587, 0.114])


def sample_image(name: str = "portrait") -> NDArray[np.uint8]:
    """A photograph to try things on, as uint8 (H, W, 3).

    Args:
        name: "portrait": Rear Admiral Grace Hopper, who wrote the first compiler; (600, 512, 3).

    Raises:
        ValueError: for an unknown name.

    >>> sample_image("portrait").shape
    (600, 512, 3)
    """
    if not isinstance(name, str) or name not in _SAMPLES:
        near = get_close_matches(str(name), _SAMPLES, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        known = ", ".join(f'"{each}"' for each in _SAMPLES)
        raise ValueError(f"There is no sample image {name!r}.{hint} There is {known}.")
    from PIL import Image

    with Image.open(_sample_data() / _SAMPLES[name]) as picture:
        return np.array(picture.convert("RGB"))


def _sample_data() -> Path:
    """Where matplotlib keeps its sample data, found without importing matplotlib."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("The sample images ship with matplotlib, which is not installed.", name="matplotlib")
    return Path(spec.origin).parent / "mpl-data" / "sample_data"


def luminance(image: ArrayLike) -> NDArray[Any]:
    """The brightness (H, W) of a colour image (H, W, 3), or (H, W, 4) over white, by the weights of Rec. 601.

    uint8 gives uint8, the integers of Pillow's mode "L": (19595 R + 38470 G + 7471 B + 32768) // 65536.
    Floats stay floats, with alpha from 0 to 1; other integers give float64, with alpha from 0 to 255.

    Raises:
        ValueError: for any other shape.

    >>> luminance([[[255, 0, 0], [0, 255, 0]]])
    array([[ 76.245, 149.685]])
    >>> luminance(np.array([[[255, 0, 0], [0, 255, 0]]], dtype=np.uint8))
    array([[ 76, 150]], dtype=uint8)
    """
    array = np.asarray(image)
    if array.ndim != 3 or array.shape[2] not in (3, 4):
        raise ValueError(f"The image has the shape {array.shape}, but luminance takes (H, W, 3) or (H, W, 4).")
    if array.dtype == np.uint8:
        red, green, blue = np.moveaxis(_over_white(array), 2, 0).astype(np.uint32)
        grey: NDArray[np.uint8] = ((_RED * red + _GREEN * green + _BLUE * blue + 32768) >> 16).astype(np.uint8)
        return grey
    floats = array if array.dtype.kind == "f" else array.astype(np.float64)
    white = 1 if array.dtype.kind == "f" else 255
    result: NDArray[Any] = _blended(floats, white) @ _FLOAT.astype(floats.dtype)
    return result


def _over_white(array: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGBA over white, rounded to the nearest integer."""
    if array.shape[2] == 3:
        return array
    colour, alpha = array[..., :3].astype(np.uint32), array[..., 3:].astype(np.uint32)
    return ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)


def _blended(array: NDArray[Any], white: float) -> NDArray[Any]:
    if array.shape[2] == 3:
        return array
    alpha = array[..., 3:] / white
    return array[..., :3] * alpha + white * (1 - alpha)
