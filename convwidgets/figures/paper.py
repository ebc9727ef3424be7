"""A board as a matplotlib figure: every mark an artist of its own, text as text, no state outside the figure."""

from __future__ import annotations

import io
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon

from convwidgets.figures.board import Board
from convwidgets.figures.marks import Area, Box, Image, Mark, Text, dotting, hatching
from convwidgets.palette import LIGHT

SHARP = 160  # dots per inch on a screen, where a page has 100
POINTS = 0.72  # a unit is 1/100 inch, a point 1/72


class BoardFigure(Figure):
    """A figure that a notebook shows by itself, whether or not pyplot was ever imported."""

    caption = ""

    def __repr__(self) -> str:
        return f"<Figure: {self.caption}>"

    def draw(self, renderer: Any) -> None:
        """Letters keep their true widths, so that the coloured parts of a sentence join."""
        with rc_context({"text.hinting": "none"}):
            super().draw(renderer)

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """The picture, and the size on a page for which it is fine enough."""
        file = io.BytesIO()
        self.savefig(file, format="png")
        width, height = (round(100 * inches) for inches in self.get_size_inches())
        return file.getvalue(), {"width": width, "height": height}


def figure(sheet: Board, width: float) -> BoardFigure:
    """The board as a figure so many inches wide."""
    scale = 100 * width / sheet.width
    drawn = BoardFigure(figsize=(width, width * sheet.height / sheet.width), dpi=SHARP, facecolor=LIGHT["surface"])
    drawn.caption = sheet.caption
    axes = drawn.add_axes((0.0, 0.0, 1.0, 1.0), label="board")
    axes.set(xlim=(0, sheet.width), ylim=(sheet.height, 0))
    axes.set_axis_off()
    for order, mark in enumerate(sheet.marks):
        for artist in _artists(axes, mark, POINTS * scale):
            artist.set_zorder(order)
            artist.set_gid(getattr(mark, "name", "") or None)
    return drawn


def _artists(axes: Axes, mark: Mark, point: float) -> list[Any]:
    if isinstance(mark, Text):
        return [_text(axes, mark, point)]
    if isinstance(mark, Box):
        return _box(axes, mark, point)
    if isinstance(mark, Image):
        extent = (mark.x, mark.x + mark.width, mark.y + mark.height, mark.y)
        return [axes.imshow(mark.pixels, extent=extent, aspect="auto", interpolation="antialiased")]
    if isinstance(mark, Area):
        return [axes.add_patch(Polygon(mark.points, facecolor=mark.fill, alpha=mark.opacity, linewidth=0))]
    xs, ys = zip(*mark.points, strict=True)
    return [axes.add_line(Line2D(xs, ys, color=mark.colour, linewidth=mark.width * point))]


def _text(axes: Axes, mark: Text, point: float) -> Any:
    align = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
    return axes.text(
        mark.x,
        mark.y,
        mark.text,
        color=mark.colour,
        fontsize=mark.size * point,
        fontweight="bold" if mark.bold else "normal",
        fontfamily="DejaVu Serif" if mark.italic else "DejaVu Sans",
        fontstyle="italic" if mark.italic else "normal",
        horizontalalignment=align,
        verticalalignment="baseline",
        parse_math=False,
    )


def _box(axes: Axes, box: Box, point: float) -> list[Any]:
    """The rectangle, and its pattern as lines or dots on top."""
    style = f"round,pad=0,rounding_size={box.radius}" if box.radius else "square,pad=0"
    line = box.line * point
    patch = FancyBboxPatch(
        (box.x, box.y),
        box.width,
        box.height,
        boxstyle=style,
        facecolor=box.fill or "none",
        edgecolor=box.edge or "none",
        linewidth=line if box.edge else 0,
        linestyle=(0, tuple(length / box.line for length in box.dash)) if box.dash else "solid",
    )
    return [axes.add_patch(patch), *_pattern(axes, box, point)]


def _pattern(axes: Axes, box: Box, point: float) -> list[Any]:
    if box.pattern == "hatch":
        lines = [[(box.x + a, box.y + b) for a, b in ends] for ends in hatching(box.width, box.height)]
        return [axes.add_collection(LineCollection(lines, colors=box.ink, linewidths=0.9 * point), autolim=False)]
    if box.pattern == "dots":
        xs, ys = zip(*((box.x + a, box.y + b) for a, b in dotting(box.width, box.height)), strict=True)
        size = 1.4 * point
        dots = Line2D(xs, ys, linestyle="none", marker="o", markersize=size, markeredgewidth=0, color=box.ink)
        return [axes.add_line(dots)]
    return []
