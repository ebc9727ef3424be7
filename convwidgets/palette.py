"""The colours of every board, in Python: figures and fallback pictures read this table, the page has the same in CSS.

Fill hue means one thing, the sign of a number: blue below zero, orange above. Violet is the weights and where they lie,
green the result, ink what is pointed at, red only a setting without output.

    >>> value_colour(0, 5), value_colour(-5, 5), value_colour(5, 5)
    ('#f4f5f7', '#7ebcf6', '#f6ac63')
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

Triple = tuple[float, float, float]

# The light theme, under the names of the page's custom properties (--cw-…): figures and pictures that bring their own
# background need no other.
LIGHT = {
    "surface": "#ffffff",
    "ink": "#1a1d21",
    "strip": "#f6f7f9",
    "secondary": "#535b66",
    "axis": "#69717c",
    "edge": "#868e9a",
    "hairline": "#dfe2e6",
    "kernel": "#67309d",
    "output": "#007b69",
    "padding": "#535b66",
    "hatch": "#d4d8dd",
    "dots": "#aab1ba",
    "focus": "#1a1d21",
    "halo": "#ffffff",
    "error": "#ba1e20",
    "error-surface": "#ffefed",
    "minus": "#7ebcf6",
    "zero": "#f4f5f7",
    "plus": "#f6ac63",
    "minus-far": "#124686",
    "plus-far": "#843900",
}


def rgb(colour: str) -> tuple[int, int, int]:
    """The three bytes of a colour: `rgb("#f6ac63")` → `(246, 172, 99)`."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(byte: float) -> float:
    part = byte / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _byte(linear: float) -> int:
    part = min(1.0, max(0.0, linear))
    return round(255 * (part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))


@lru_cache(maxsize=64)
def oklab(colour: str) -> Triple:
    """Lightness and the two opponent axes of a colour, after Ottosson (2020), "A perceptual color space"."""
    r, g, b = (_linear(byte) for byte in rgb(colour))
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def _from_oklab(lab: Triple) -> str:
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        +4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{_byte(part):02x}" for part in linear)


@lru_cache(maxsize=4096)
def mix(start: str, end: str, share: float) -> str:
    """The colour a `share` of the way from one to another, linear in OKLab, so that equal steps look equal."""
    one, other = oklab(start), oklab(end)
    return _from_oklab(tuple(a + (b - a) * share for a, b in zip(one, other, strict=True)))  # type: ignore[arg-type]


def value_colour(value: float, maximum: float) -> str:
    """The fill of a cell: −maximum → 0 → +maximum, zero always in the middle, NaN as the surface."""
    if math.isnan(value):
        return LIGHT["surface"]
    share = 0.0 if not value else 1.0 if maximum <= 0 or math.isinf(value) else min(1.0, abs(value) / maximum)
    return mix(LIGHT["zero"], LIGHT["minus" if value < 0 else "plus"], share)


def grey(value: float) -> str:
    """The grey of a pixel: `grey(252)` → `"#fcfcfc"`."""
    return "#" + 3 * f"{round(value):02x}"


def readable_on(fill: str) -> str:
    """Ink, or the surface's colour on a dark fill."""
    return LIGHT["ink" if oklab(fill)[0] > 0.59 else "surface"]


def picture_ramp(steps: int = 128) -> Any:
    """The table of colours of a signed picture, `(2·steps + 1, 3)` bytes: its ends go on to dark blue and dark brown.

    Half of each side is the ramp of the cells, the other half leads to the far end: without digits to be read on
    top of them, pictures can afford darker ends.
    """
    import numpy as np

    def half(near: str, far: str) -> list[tuple[int, int, int]]:
        shares = [2 * step / steps for step in range(1, steps + 1)]
        return [rgb(mix(LIGHT["zero"], near, s) if s <= 1 else mix(near, far, s - 1)) for s in shares]

    below, above = half(LIGHT["minus"], LIGHT["minus-far"]), half(LIGHT["plus"], LIGHT["plus-far"])
    return np.array([*reversed(below), rgb(LIGHT["zero"]), *above], dtype=np.uint8)


@lru_cache(maxsize=1)
def picture_wheel(hues: int = 256, shades: int = 32) -> Any:
    """The table of colours of directions, `(hues, shades, 3)` bytes, from −π on: equally light at the same strength.

    The page has the same in `wheelOf` of `frontend/filter/display.js`.
    """
    import numpy as np

    def colour(turn: float, share: float) -> tuple[int, int, int]:
        full = (0.66, 0.17 * math.cos(turn), 0.17 * math.sin(turn))
        lab = (a + (b - a) * share for a, b in zip(oklab(LIGHT["zero"]), full, strict=True))
        return rgb(_from_oklab(tuple(lab)))  # type: ignore[arg-type]

    turns, shares = (2 * math.pi * hue / hues for hue in range(hues)), [shade / (shades - 1) for shade in range(shades)]
    return np.array([[colour(turn, share) for share in shares] for turn in turns], dtype=np.uint8)
