"""Pictures to try things on: a photograph that ships with a dependency, and patterns that are drawn here."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convwidgets.core.sheet import xorshift32

Picture = NDArray[np.uint8]
_OURS = "drawn by convwidgets, MIT"


class Sample(NamedTuple):
    """A sample picture: how it is made, what it shows, and where it is from."""

    make: Callable[[], Picture]
    shape: tuple[int, ...]
    shows: str
    licence: str


def sample_image(name: str = "portrait") -> Picture:
    """A picture to try things on, as uint8 (H, W) or (H, W, 3); `print(sample_table())` lists them with their licences.

    Args:
        name: "portrait": Rear Admiral Grace Hopper, who wrote the first compiler, (600, 512, 3). "checkerboard",
            "discs", "noise", "ramp", "rings", "shapes" and "star" are patterns that make one property visible.

    Raises:
        ValueError: for an unknown name.

    >>> sample_image("portrait").shape
    (600, 512, 3)
    >>> sample_image("ramp")[0, ::51]
    array([  0,  51, 102, 153, 204, 255], dtype=uint8)
    """
    if not isinstance(name, str) or name not in SAMPLES:
        near = get_close_matches(str(name), SAMPLES, n=1)
        hint = f' Did you mean "{near[0]}"?' if near else ""
        known = ", ".join(f'"{each}"' for each in SAMPLES)
        raise ValueError(f"There is no sample image {name!r}.{hint} There is {known}.")
    return SAMPLES[name].make()


def sample_table() -> str:
    """The sample pictures with their shapes, what they show and their licences, a line each.

    >>> print(sample_table().splitlines()[0])
    name          shape          shows                                               from
    """
    rows = [("name", "shape", "shows", "from")]
    rows += [(name, str(each.shape), each.shows, each.licence) for name, each in SAMPLES.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join("  ".join([*map(str.ljust, row, widths), row[3]]) for row in rows)


def _portrait() -> Picture:
    from PIL import Image

    with Image.open(_sample_data() / "grace_hopper.jpg") as picture:
        return np.array(picture.convert("RGB"))


def _sample_data() -> Path:
    """Where matplotlib keeps its sample data, found without importing matplotlib."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError('"portrait" ships with matplotlib, which is not installed.', name="matplotlib")
    return Path(spec.origin).parent / "mpl-data" / "sample_data"


def _grid(height: int, width: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Row and column of every pixel, counted from the middle of the picture in half pixels: odd whole numbers."""
    rows, columns = np.mgrid[:height, :width]
    return 2 * rows - height + 1, 2 * columns - width + 1


def _levels(inside: NDArray[Any], level: int = 255) -> Picture:
    return np.where(inside, np.uint8(level), np.uint8(0))


def _checkerboard() -> Picture:
    rows, columns = np.mgrid[:128, :128] // 16
    return _levels((rows + columns) % 2 == 0)


def _discs() -> Picture:
    """Red, green and blue light, 120 degrees apart."""
    rows, columns = _grid(192, 256)
    middles = [(-64, 0), (32, -56), (32, 56)]
    return np.stack([_levels((rows - y) ** 2 + (columns - x) ** 2 < 104**2) for y, x in middles], axis=-1)


def _noise() -> Picture:
    words = islice(xorshift32(0), 8, 8 + 128 * 128)
    return np.array([word >> 8 & 255 for word in words], dtype=np.uint8).reshape(128, 128)


def _ramp() -> Picture:
    return np.tile(np.arange(256, dtype=np.uint8), (96, 1))


def _rings() -> Picture:
    """A zone plate: the frequency grows from 0 in the middle to one wave in two pixels at the end of both axes."""
    rows, columns = _grid(256, 256)
    levels: Picture = np.rint(127.5 + 127.5 * np.cos(np.pi / 1024 * (rows**2 + columns**2))).astype(np.uint8)
    return levels


def _shapes() -> Picture:
    rows, columns = np.mgrid[:160, :240]
    picture = np.full((160, 240), 40, dtype=np.uint8)
    picture[24:84, 20:80] = 220
    picture[(rows - 54) ** 2 + (columns - 130) ** 2 < 32**2] = 130
    picture[(rows < 84) & (rows - 24 >= 2 * abs(columns - 190))] = 180
    picture[108:112, 20:220] = 255
    picture[(rows > 120) & (rows < 148) & (columns >= 20) & (columns < 220) & ((columns - 20) % 24 < 8)] = 0
    return picture


def _star() -> Picture:
    """A Siemens star of 24 rays within a disc on grey: an edge in every direction."""
    rows, columns = _grid(256, 256)
    rays = np.floor(np.arctan2(rows, columns) * 24 / np.pi) % 2 == 0
    picture = _levels(rays)
    picture[rows**2 + columns**2 >= 248**2] = 128
    return picture


SAMPLES = {
    "portrait": Sample(_portrait, (600, 512, 3), "Grace Hopper: a photograph", "matplotlib; U.S. Navy, public domain"),
    "checkerboard": Sample(_checkerboard, (128, 128), "corners, and edges along both axes", _OURS),
    "discs": Sample(_discs, (192, 256, 3), "red, green and blue that overlap: one channel each", _OURS),
    "noise": Sample(_noise, (128, 128), "every pixel independent: what a blur removes", _OURS),
    "ramp": Sample(_ramp, (96, 256), "0…255 from left to right: a constant slope", _OURS),
    "rings": Sample(_rings, (256, 256), "every frequency in every direction: aliasing", _OURS),
    "shapes": Sample(_shapes, (160, 240), "a square, a disc, a triangle, a line and bars", _OURS),
    "star": Sample(_star, (256, 256), "edges in every direction, ever finer inwards", _OURS),
}
