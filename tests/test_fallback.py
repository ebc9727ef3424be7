"""The static picture: the right size and colours, no pixel of a private picture, no matplotlib."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convwidgets.core.sheet import sheet
from convwidgets.fallback import png
from convwidgets.figures import text
from convwidgets.figures.board import board
from convwidgets.figures.marks import Box
from convwidgets.palette import LIGHT, rgb, value_colour
from convwidgets.scenes.convolution import scene

BOARD, KERNEL = sheet(0)[:7, :6], np.array([[1, 0, -1], [2, 1, 0], [0, -1, 1]])


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


def drawn(**options: Any) -> dict[str, Any]:
    return scene(BOARD, KERNEL, **options)


def test_it_is_a_png_of_twice_the_width_and_modest_size() -> None:
    data = png(drawn(padding=1, stride=(2, 3), bias=1, step=3))
    assert data.startswith(b"\x89PNG")
    assert len(data) < 120_000
    assert opened(data).width == 1720
    assert opened(png(drawn(), width=400)).width == 800


def test_it_has_a_background_of_its_own_and_says_what_to_do() -> None:
    image = opened(png(drawn()))
    assert Image.open(io.BytesIO(png(drawn()))).mode == "P"
    assert image.getpixel((8, 8)) == rgb(LIGHT["surface"])
    assert image.getpixel((8, image.height - 8)) == rgb(LIGHT["strip"])


def test_cells_have_the_colour_of_their_value() -> None:
    image, plain = opened(png(drawn(step=19))), drawn(step=19)
    marks = board(plain, 860, private=True, title=True, footer="x").marks
    boxes = {mark.name: mark for mark in marks if isinstance(mark, Box)}
    output = plain["panels"][-1]["values"]
    most = np.abs(output).max()
    for row, column in np.ndindex(*output.shape):
        box = boxes[f"output:{row}:{column}"]
        pixel = image.getpixel((round(2 * box.x) + 12, round(2 * box.y) + 12))
        assert isinstance(pixel, tuple)
        wanted = rgb(value_colour(output[row, column], most))
        # Of 256 colours the nearest that Pillow tells apart: it looks them up in cubes of 4 × 4 × 4.
        assert max(abs(a - b) for a, b in zip(pixel, wanted, strict=True)) <= 8


def test_it_differs_when_a_value_differs() -> None:
    other = BOARD.copy()
    other[6, 1] += 1
    assert png(scene(BOARD, KERNEL)) == png(scene(BOARD, KERNEL))
    assert png(scene(BOARD, KERNEL)) != png(scene(other, KERNEL))


def test_the_window_is_where_the_step_is() -> None:
    assert len({png(drawn(step=step)) for step in range(4)}) == 4


@pytest.mark.parametrize("options", [{"dilation": 3}, {"activation": "tanh"}, {"padding": "full"}, {"missing": True}])
def test_every_state_is_drawn(options: dict[str, Any]) -> None:
    assert opened(png(drawn(**options))).height > 400


def test_an_error_is_on_its_red_tint() -> None:
    colours = opened(png(drawn(dilation=3))).getcolors(1 << 16)
    assert colours is not None
    most = {colour for count, colour in colours if count > 20_000}
    assert rgb(LIGHT["error-surface"]) in most


def test_no_pixel_and_no_number_of_a_picture_is_in_it() -> None:
    one, other = np.arange(30 * 40).reshape(30, 40) % 251, np.full((30, 40), 7)
    assert png(scene(one, KERNEL)) == png(scene(other, KERNEL))
    for options in ({"activation": "relu"}, {"padding": 1, "stride": 9}, {"bias": 3, "step": 500}):
        assert png(scene(one, KERNEL, **options)) == png(scene(other, KERNEL, **options))


def test_a_picture_shows_its_sizes() -> None:
    assert png(scene(np.zeros((30, 40)), KERNEL)) != png(scene(np.zeros((30, 41)), KERNEL))


def test_without_the_fonts_of_matplotlib_those_of_pillow_serve(monkeypatch: pytest.MonkeyPatch) -> None:
    with_dejavu = png(drawn())
    monkeypatch.setattr(text, "font_file", lambda bold, italic=False: None)
    for cache in (text.font, text._hundredths):
        cache.cache_clear()
    try:
        assert opened(png(drawn())).width == 1720
        assert png(drawn()) != with_dejavu
    finally:
        for cache in (text.font, text._hundredths):
            cache.cache_clear()


@pytest.mark.parametrize("width", [0, 319, 860.0, True, "wide"])
def test_the_width_is_a_whole_number(width: Any) -> None:
    with pytest.raises(ValueError) as caught:
        png(drawn(), width=width)
    assert str(caught.value) == f"The width of the picture must be a whole number of at least 320, not {width!r}."


def test_matplotlib_is_not_imported_for_it() -> None:
    code = """
import json, sys
import convwidgets.fallback
early = "PIL" in sys.modules
from convwidgets.scenes.convolution import scene
convwidgets.fallback.png(scene([[1, 2], [3, 4]], [[1, -1]]))
print(json.dumps([early, "matplotlib" in sys.modules, "scipy" in sys.modules, "ipywidgets" in sys.modules]))
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == [False, False, False, False]
