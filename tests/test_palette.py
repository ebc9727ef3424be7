"""The colours: the same on paper and on the page, readable, zero in the middle."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from pathlib import Path

import pytest

from convwidgets.palette import LIGHT, grey, mix, oklab, picture_ramp, readable_on, rgb, value_colour

STYLES = Path(__file__).resolve().parent.parent / "convwidgets" / "frontend" / "stage.css"


def light_of_the_page() -> dict[str, str]:
    """The first table of the style sheet, the light one: name → colour, or the fallback beside the host's own."""
    table = re.search(r"^\.cw \{(.*?)^\}", STYLES.read_text(encoding="utf-8"), re.M | re.S)
    assert table is not None
    colours = re.findall(r"--cw-([a-z-]+):[^;#]*(#[0-9a-f]+)\)?;", table.group(1))
    return {name: "#" + 2 * hue[1:] if len(hue) == 4 and len(set(hue[1:])) == 1 else hue for name, hue in colours}


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""

    def luminance(colour: str) -> float:
        parts = [byte / 255 for byte in rgb(colour)]
        r, g, b = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_paper_and_page_have_the_same_colours() -> None:
    page = light_of_the_page()
    assert len(page) > 15
    assert {name: page.get(name) for name in LIGHT} == LIGHT


def test_the_ramp_starts_at_zero_and_ends_at_the_maximum() -> None:
    assert [value_colour(value, 5) for value in (-5, 0, 5)] == [LIGHT["minus"], LIGHT["zero"], LIGHT["plus"]]
    assert value_colour(0, 0) == LIGHT["zero"]
    assert value_colour(-9, 5) == value_colour(float("-inf"), 5) == LIGHT["minus"]
    assert value_colour(float("nan"), 5) == LIGHT["surface"]


@pytest.mark.parametrize("side", ["minus", "plus"])
def test_equal_steps_of_the_ramp_look_equal(side: str) -> None:
    labs = [oklab(mix(LIGHT["zero"], LIGHT[side], step / 8)) for step in range(9)]
    steps = [math.dist(one, other) for one, other in pairwise(labs)]
    assert max(steps) - min(steps) < 0.006


def test_ink_is_readable_on_the_whole_ramp_and_on_every_grey() -> None:
    worst = min(contrast(LIGHT["ink"], value_colour(value, 20)) for value in range(-20, 21))
    assert round(worst, 1) == 8.4
    assert min(contrast(readable_on(grey(value)), grey(value)) for value in range(256)) >= 4.05


def test_pictures_go_on_to_darker_ends_with_zero_in_the_middle() -> None:
    ramp = picture_ramp(steps=4)
    assert ramp.shape == (9, 3)
    named = [LIGHT[name] for name in ("minus-far", "minus", "zero", "plus", "plus-far")]
    assert [tuple(row) for row in ramp[::2].tolist()] == [rgb(colour) for colour in named]
