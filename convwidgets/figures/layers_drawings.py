"""Drawings of a row of the layer table: the feature map as a box, the receptive field on the input, a bar."""

from __future__ import annotations

from collections.abc import Sequence

from convwidgets.figures.marks import Area, Box, Line, Mark, Point
from convwidgets.palette import LIGHT, rgb

WIDE, TALL = 42, 36  # the place of a feature map
HEIGHT, DEPTH, RISE = 26, 15, 0.55
SQUARE = 28  # the longer side of the input, under a receptive field
THICK = 7  # of a bar


def _mixed(colour: str, share: float) -> str:
    """A colour laid over the ground of empty fields."""
    pairs = zip(rgb(LIGHT[colour]), rgb(LIGHT["zero"]), strict=True)
    return "#" + "".join(f"{round(share * a + (1 - share) * b):02x}" for a, b in pairs)


TOP, SIDE, SEEN = _mixed("ink", 0.1), _mixed("ink", 0.2), _mixed("kernel", 0.26)


def box(measures: Sequence[float], x: float, y: float, scale: float = 1) -> list[Mark]:
    """A feature map from height, width and depth as shares, in the middle of its place; a vector is a line.

    Fills are grey: hue is for signs.
    """
    if not measures:
        return []
    height, width, depth = measures
    if not height:
        long = max(5, (TALL - 4) * depth) * scale
        return [Box(x + WIDE / 2 - 2.5, y - long / 2, 5, long, 1, LIGHT["zero"], LIGHT["secondary"], 0.9)]
    tall, wide = max(2, scale * HEIGHT * height), max(2, scale * HEIGHT * width)
    right, up = max(1.5, scale * DEPTH * depth), max(1, scale * RISE * DEPTH * depth)
    left, top = x + (WIDE - wide - right) / 2, y - (tall - up) / 2
    return _cuboid(left, top, wide, tall, right, up)


def _cuboid(x: float, y: float, wide: float, tall: float, right: float, up: float) -> list[Mark]:
    front = ((x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall))
    roof = ((x, y), (x + right, y - up), (x + wide + right, y - up), (x + wide, y))
    side = ((x + wide, y), (x + wide + right, y - up), (x + wide + right, y + tall - up), (x + wide, y + tall))
    faces: list[tuple[tuple[Point, ...], str]] = [(roof, TOP), (side, SIDE), (front, LIGHT["zero"])]
    return [mark for points, fill in faces for mark in _face(points, fill)]


def _face(points: tuple[Point, ...], fill: str) -> list[Mark]:
    return [Area(points, fill), Line((*points, points[0]), LIGHT["secondary"], 0.9)]


def field(shares: Sequence[float], grid: Sequence[float], x: float, y: float) -> list[Mark]:
    """How much of the input one output sees, in the middle of a frame; a series is a strip, of a volume a slice."""
    if not shares:
        return []
    own, sizes = ([1.0, shares[0]], [0.2, 1.0]) if len(shares) == 1 else (list(shares[-2:]), _sides(grid))
    tall, wide = (SQUARE * size for size in sizes)
    seen_tall, seen_wide = (max(2, SQUARE * size * min(1, share)) for size, share in zip(sizes, own, strict=True))
    middle = x + SQUARE / 2
    return [
        Box(middle - wide / 2, y - tall / 2, wide, tall, 1.5, LIGHT["zero"], LIGHT["edge"], 0.9),
        Box(middle - seen_wide / 2, y - seen_tall / 2, seen_wide, seen_tall, 1, SEEN, LIGHT["kernel"], 1.4),
    ]


def _sides(grid: Sequence[float]) -> list[float]:
    """Height and width of the input as parts of the longer one, from their roots."""
    height, width = (root * root for root in grid[:2])
    return [height / max(height, width), width / max(height, width)]


def bar(share: float, x: float, y: float, wide: float) -> list[Mark]:
    """A share of the largest, as a bar."""
    ground: list[Mark] = [Box(x, y, wide, THICK, THICK / 2, LIGHT["zero"])]
    if not share:
        return ground
    long = max(2.0, wide * share)
    return [*ground, Box(x, y, long, THICK, min(THICK, long) / 2, LIGHT["kernel"])]
