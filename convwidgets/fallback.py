"""The static picture of a scene: what a reader sees where no widget can run. Drawn with Pillow.

    png(scene)  →  b"\\x89PNG…", 860 units of two pixels wide

Shapes are drawn as coverage masks at four times their size and kept, since a board repeats the same few cells.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from convwidgets.figures import text
from convwidgets.figures.board import Board, Scene
from convwidgets.figures.kinds import board
from convwidgets.figures.marks import Area, Box, Image, Line, Mark, Point, Text, dotting, hatching
from convwidgets.palette import LIGHT, rgb

FOOTER = "Run this cell to make it live."
WIDTH = 860  # units, as a page shows them
SCALE = 2  # pixels per unit
FINE = 4  # a mask is drawn so many times larger, then reduced


def png(scene: Scene, *, width: int = WIDTH) -> bytes:
    """The scene as a PNG with a background of its own, `width` units wide and twice as many pixels.

    A picture in the scene is private: a drawn frame with its sizes stands in its place, and no number is told of it.
    """
    if not isinstance(width, int) or isinstance(width, bool) or width < 320:
        raise ValueError(f"The width of the picture must be a whole number of at least 320, not {width!r}.")
    sheet = board(scene, width, private=True, title=True, footer=FOOTER)
    image = _draw(sheet)
    file = io.BytesIO()
    _few_colours(image, sheet).save(file, "PNG", compress_level=5, dpi=(96 * SCALE, 96 * SCALE))
    return file.getvalue()


def _few_colours(image: Any, sheet: Board) -> Any:
    """The image in 256 colours, a third of the bytes: those of its marks, and the most frequent of its soft edges."""
    from PIL import Image

    sample = image.resize((image.width // 7, image.height // 7), Image.Resampling.NEAREST)
    frequent = sorted(sample.getcolors(sample.width * sample.height), reverse=True)
    marked = [colour for mark in sheet.marks for colour in _colours(mark)]
    wanted = dict.fromkeys([*map(rgb, dict.fromkeys([*LIGHT.values(), *marked])), *(colour for _, colour in frequent)])
    palette = Image.new("P", (1, 1))
    palette.putpalette([byte for colour in _apart(list(wanted)) for byte in colour])
    return image.quantize(palette=palette, dither=Image.Dither.NONE)


def _colours(mark: Mark) -> list[str]:
    if isinstance(mark, Box):
        return [colour for colour in (mark.fill, mark.edge, mark.ink) if colour]
    return [mark.colour] if isinstance(mark, Text | Line) else []


def _apart(colours: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """At most 256 of the colours, the first ones first, without those that would take another's place.

    Pillow looks the nearest colour up once for every cube of 4 × 4 × 4 colours, from the corner of the cube.
    """
    import numpy as np

    points = np.array(colours, dtype=np.int32)
    corners, kept = np.empty((256, 3), np.int32), np.zeros(len(colours), bool)
    own = np.empty(256, np.int32)
    for index, point in enumerate(points):
        count = int(kept.sum())
        if count == 256:
            break
        if (((corners[:count] - point) ** 2).sum(axis=1) > own[:count]).all():
            corners[count], own[count], kept[index] = point & ~3, ((point & 3) ** 2).sum(), True
    return [colour for colour, keep in zip(colours, kept, strict=True) if keep]


def _draw(sheet: Board) -> Any:
    from PIL import Image, ImageDraw

    size = round(sheet.width * SCALE), round(sheet.height * SCALE)
    image = Image.new("RGB", size, rgb(LIGHT["surface"]))
    pen = ImageDraw.Draw(image)
    for mark in sheet.marks:
        _mark(image, pen, mark)
    pen.rectangle((0, 0, size[0] - 1, size[1] - 1), outline=rgb(LIGHT["hairline"]), width=SCALE)
    return image


def _mark(image: Any, pen: Any, mark: Mark) -> None:
    if isinstance(mark, Text):
        font = text.font(mark.size * SCALE, mark.bold, mark.italic)
        anchor = {"start": "ls", "middle": "ms", "end": "rs"}[mark.anchor]
        pen.text((mark.x * SCALE, mark.y * SCALE), mark.text, rgb(mark.colour), font, anchor)
    elif isinstance(mark, Box):
        _box(image, mark)
    elif isinstance(mark, Image):
        _image(image, mark)
    elif isinstance(mark, Line | Area):
        _polygon(image, mark)


def _image(image: Any, mark: Image) -> None:
    """Pixels in their place, smoothed where they are smaller than those of the page."""
    from PIL import Image as Pillow

    x, y = round(mark.x * SCALE), round(mark.y * SCALE)
    size = max(1, round((mark.x + mark.width) * SCALE) - x), max(1, round((mark.y + mark.height) * SCALE) - y)
    image.paste(Pillow.fromarray(mark.pixels).resize(size, Pillow.Resampling.BOX), (x, y))


def _box(image: Any, box: Box) -> None:
    """Fill, pattern and edge, each a colour laid on through its mask."""
    x, y = round(box.x * SCALE), round(box.y * SCALE)
    size = round((box.x + box.width) * SCALE) - x, round((box.y + box.height) * SCALE) - y
    radius = round(box.radius * SCALE, 1)
    if box.fill:
        image.paste(rgb(box.fill), (x, y, x + size[0], y + size[1]), _solid(size, radius) if radius else None)
    if box.pattern:
        image.paste(rgb(box.ink), (x, y), _pattern(size, radius, box.pattern))
    if box.edge:
        margin = math.ceil(box.line * SCALE)
        image.paste(rgb(box.edge), (x - margin, y - margin), _outline(size, radius, box.line * SCALE, box.dash, margin))


def _blank(size: tuple[int, int]) -> tuple[Any, Any]:
    from PIL import Image, ImageDraw

    mask = Image.new("L", (size[0] * FINE, size[1] * FINE))
    return mask, ImageDraw.Draw(mask)


@lru_cache(maxsize=128)
def _solid(size: tuple[int, int], radius: float) -> Any:
    mask, pen = _blank(size)
    pen.rounded_rectangle((0, 0, size[0] * FINE - 1, size[1] * FINE - 1), radius * FINE, 255)
    return mask.reduce(FINE)


@lru_cache(maxsize=128)
def _pattern(size: tuple[int, int], radius: float, pattern: str) -> Any:
    from PIL import ImageChops

    mask, pen = _blank(size)
    fine, units = SCALE * FINE, (size[0] / SCALE, size[1] / SCALE)
    if pattern == "hatch":
        for start, end in hatching(*units):
            pen.line([(a * fine, b * fine) for a, b in (start, end)], 255, round(0.9 * fine))
    else:
        for a, b in dotting(*units):
            pen.ellipse([(a - 0.7) * fine, (b - 0.7) * fine, (a + 0.7) * fine, (b + 0.7) * fine], 255)
    return ImageChops.multiply(mask.reduce(FINE), _solid(size, radius))


@lru_cache(maxsize=128)
def _outline(size: tuple[int, int], radius: float, line: float, dash: tuple[float, float] | None, margin: int) -> Any:
    """An edge that lies half inside and half outside, as it does on a page and on paper."""
    mask, pen = _blank((size[0] + 2 * margin, size[1] + 2 * margin))
    path = [((a + margin) * FINE, (b + margin) * FINE) for a, b in _rounded(*size, radius)]
    for piece in _dashes(path, dash) if dash else [path]:
        pen.line(piece, 255, max(1, round(line * FINE)), joint="curve")
    return mask.reduce(FINE)


def _rounded(width: float, height: float, radius: float) -> list[Point]:
    """The outline of a rounded rectangle, closed, a corner in eight steps."""
    corners = ((width, height, 0), (0, height, 1), (0, 0, 2), (width, 0, 3))
    path = []
    for x, y, quarter in corners:
        centre = abs(x - radius), abs(y - radius)
        turns = [math.pi / 2 * (quarter + step / 8) for step in range(9)]
        path += [(centre[0] + radius * math.cos(turn), centre[1] + radius * math.sin(turn)) for turn in turns]
    return [*path, path[0]]


def _dashes(path: list[Point], dash: tuple[float, float]) -> Iterator[list[Point]]:
    """The path cut into dashes: so long on, so long off, in units."""
    on, off = (length * SCALE * FINE for length in dash)
    left, drawing, piece = on, True, [path[0]]
    for start, end in pairwise(path):
        length = math.dist(start, end)
        done = 0.0
        while length - done > left:
            done += left
            share = done / length
            corner = (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)
            if drawing:
                yield [*piece, corner]
            piece, drawing = [corner], not drawing
            left = on if drawing else off
        left -= length - done
        piece.append(end)
    if drawing:
        yield piece


def _polygon(image: Any, mark: Line | Area) -> None:
    """A line or an area of any shape, through a mask of its own."""
    line = mark.width * SCALE if isinstance(mark, Line) else 0
    points = [(x * SCALE, y * SCALE) for x, y in mark.points]
    left, top = (math.floor(min(point[axis] for point in points) - line) for axis in (0, 1))
    right, bottom = (math.ceil(max(point[axis] for point in points) + line) for axis in (0, 1))
    mask, pen = _blank((right - left + 1, bottom - top + 1))
    fine = [((x - left) * FINE, (y - top) * FINE) for x, y in points]
    if isinstance(mark, Line):
        pen.line(fine, 255, max(1, round(line * FINE)), joint="curve")
    else:
        pen.polygon(fine, round(255 * mark.opacity))
    image.paste(rgb(mark.colour if isinstance(mark, Line) else mark.fill), (left, top), mask.reduce(FINE))
