"""Which layout draws which kind of scene: the one table for figures and for the still picture."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from convwidgets.figures import captions
from convwidgets.figures.board import Board, Scene
from convwidgets.figures.marks import Box, Image, Mark, Text
from convwidgets.scenes.convolution import without_pixels

TITLED = {
    "channels": "channels_board:board",
    "convolution": "board:board",
    "filter_lab": "board:board",
    "layers": "layers_board:board",
    "pooling": "pooling_board:board",
    "upsampling": "upsampling_board:board",
}
"""Layouts that keep pictures closed, and write the title and the footer, themselves."""
PLAIN = {"gradients": "gradients_board:board", "matrix": "matrix:sheet", "transposed": "transposed_board:board"}
"""Layouts of the board alone."""
HEAD = 44  # the room for the title


def board(scene: Scene, width: float, *, private: bool = False, title: bool = False, footer: str = "") -> Board:
    """Any scene laid out on a sheet `width` units wide.

    `private` keeps the pixels of pictures, and every number that tells of them, out of it; `title` adds the scene's
    title and subtitle, `footer` a line at the foot.
    """
    kind = scene["kind"]
    if kind in TITLED:
        drawn: Board = _layout(TITLED[kind])(scene, width, private=private, title=title, footer=footer)
        return drawn
    drawn = _layout(PLAIN[kind])(without_pixels(dict(scene)) if private else scene, width)
    down = HEAD if title else 0
    marks = [*(captions.title(scene) if title else []), *(moved(mark, down) for mark in drawn.marks)]
    foot = captions.strip(footer, width, drawn.height + down + 12) if footer else []
    return Board((*marks, *foot), width, drawn.height + down + (52 if footer else 0), drawn.caption)


def _layout(path: str) -> Any:
    module, _, name = path.partition(":")
    return getattr(import_module(f"convwidgets.figures.{module}"), name)


def moved(mark: Mark, down: float) -> Mark:
    """The mark so much further down."""
    if isinstance(mark, Box | Text | Image):
        return replace(mark, y=mark.y + down)
    return replace(mark, points=tuple((x, y + down) for x, y in mark.points))
