"""Where the cells of a small matrix lie: x in a row above, C below it, y beside it, in groups like the grids' rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box

Scene = Mapping[str, Any]
LEFT, EQUALS = 62, 34  # the room for the letters and row labels, and for the sign between C and y
WIDEST, RESULT = 46, 50  # the widest cell of C, and the room for y
APART = 5  # between rows: room for the frame of one
GROUP = 6  # more space where a row of the input, or of the output, ends


@dataclass(frozen=True)
class Frame:
    """Where the cells of the matrix lie; columns and rows come in groups, one per row of the grids."""

    scene: Scene
    y: float  # of x's cells
    cell: float  # the width
    columns: int  # in a group
    rows: int

    @classmethod
    def fitted(cls, scene: Scene, width: float, y: float) -> Frame:
        """The widest cells for the width."""
        panels = {panel["name"]: panel for panel in scene["panels"]}
        source, result = panels["input"], panels["output"]
        inside = source["values"].shape
        if "padding" in source:
            inside = tuple(int((~source["padding"].all(axis=1 - side)).sum()) for side in (0, 1))
        sides = 2 if "b" in panels else 1
        spare = width - 2 * MARGIN - LEFT - sides * (EQUALS + RESULT) - GROUP * (inside[0] - 1)
        return cls(scene, y, min(WIDEST, spare / (inside[0] * inside[1])), inside[1], result["values"].shape[1])

    @property
    def result(self) -> float:
        """Where y begins, behind b if there is one."""
        return self.right + EQUALS + ("b" in self.panels) * (RESULT + EQUALS)

    @property
    def panels(self) -> dict[str, Any]:
        return {panel["name"]: panel for panel in self.scene["panels"]}

    @property
    def tall(self) -> float:
        return min(30.0, max(15.0, 0.72 * self.cell), max(15.0, 720 / self.shape[0] - APART))

    @property
    def digit(self) -> float:
        """The size of the numbers, if they are short."""
        return min(13.5, 0.58 * self.tall)

    @property
    def gap(self) -> float:
        return min(2.0, self.cell / 8)

    @property
    def shape(self) -> tuple[int, int]:
        shape: tuple[int, int] = self.scene["facts"]["shape"]
        return shape

    def left(self, column: int) -> float:
        return MARGIN + LEFT + column * self.cell + column // self.columns * GROUP

    @property
    def right(self) -> float:
        return self.left(self.shape[1] - 1) + self.cell - self.gap

    def top(self, row: int) -> float:
        return self.y + self.tall + 16 + row * (self.tall + APART) + row // self.rows * GROUP * (self.rows > 1)

    @property
    def bottom(self) -> float:
        return self.top(self.shape[0] - 1) + self.tall

    def box(self, x: float, y: float, fill: str, edge: str, name: str, dash: Any = None, wide: float = 0) -> Box:
        return Box(
            x, y, wide or self.cell - self.gap, self.tall, min(4, self.cell / 6), fill, edge, 0.8, dash, name=name
        )
