"""The windows as a matrix: the kernel as the row k above, every window a column of P, y beneath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from convwidgets.figures import text
from convwidgets.figures.layout import MARGIN
from convwidgets.figures.marks import Box, Line, Mark, Text
from convwidgets.figures.matrix_frame import LEFT
from convwidgets.figures.matrix_key import key
from convwidgets.figures.panels import SMALLEST
from convwidgets.palette import LIGHT
from convwidgets.scenes.base import shown

Scene = Mapping[str, Any]
BOARD = 24, 64
"""So many rows and columns of P stand in cells."""
WIDEST, TALL, GAP, APART = 40, 24, 2, 18


def is_small(scene: Scene) -> bool:
    """Whether P stands in cells."""
    patches = scene["patches"]
    return bool(patches) and all(side <= most for side, most in zip(patches[1]["values"].shape, BOARD, strict=True))


@dataclass(frozen=True)
class Windows:
    """Where the cells lie."""

    scene: Scene
    y: float
    cell: float

    @classmethod
    def fitted(cls, scene: Scene, width: float, y: float) -> Windows:
        """The widest cells for the width."""
        most = max(scene["patches"][1]["values"].shape)
        return cls(scene, y, min(WIDEST, (width - 2 * MARGIN - LEFT) / most))

    @property
    def shape(self) -> tuple[int, int]:
        shape: tuple[int, int] = self.scene["patches"][1]["values"].shape
        return shape

    def left(self, column: int) -> float:
        return MARGIN + LEFT + column * self.cell

    def top(self, row: float) -> float:
        """Of a row of P; k is row -1, y comes after the last."""
        away = float(APART if row == -1 else -6 if row == self.shape[0] else 0)
        return self.y + APART + TALL + GAP + row * (TALL + GAP) - away

    @property
    def bottom(self) -> float:
        return self.top(self.shape[0]) + TALL

    def marks(self) -> Iterator[Mark]:
        """k, P and y with their letters and labels, and the window that is looked at."""
        k, windows, y = self.scene["patches"]
        colours = key(self.scene["names"].shape)
        colours = colours[::-1] if self.scene["flip"] else colours
        names = self.scene["names"][::-1, ::-1] if self.scene["flip"] else self.scene["names"]
        weights = k["values"][0] if k["symbols"] is None else k["symbols"][0]
        yield from self._row(
            -1, "x", [_told(weight) for weight in weights], colours, "kernel", italic=k["symbols"] is not None
        )
        numbers = [[shown(value) for value in line] for line in windows["values"]]
        size = self._size([number for line in numbers for number in line])
        for row, (line, colour) in enumerate(zip(numbers, colours, strict=True)):
            yield from self._row(row, "matrix", line, [colour] * len(line), "edge", size)
            label = str(names.ravel()[row])
            yield Text(
                MARGIN + LEFT - 8,
                self.top(row) + 16,
                label,
                10.4,
                LIGHT["axis"],
                False,
                "end",
                f"matrix:row:{row}",
                True,
            )
        zero = [LIGHT["zero"]] * self.shape[1]
        yield from self._row(
            self.shape[0], "y", [shown(value) for value in y["values"][0]], zero, "hairline", bold=True
        )
        for letter, at in (
            (k["label"], -1),
            (windows["label"], (self.shape[0] - 1) / 2),
            (f"= {y['label']}", self.shape[0]),
        ):
            middle = self.top(at) + TALL / 2 + 6
            yield Text(MARGIN + 6, middle, letter, 17, LIGHT["ink"], name=f"{letter}:letter", italic=True)
        yield from self._focus()

    def _size(self, numbers: list[str], bold: bool = False) -> float:
        return float(text.fitting(numbers, 0.84 * self.cell, 12.5, bold))

    def _row(
        self, row: int, name: str, numbers: list[str], fills: list[str], edge: str, size: float = 0, *,
        bold: bool = False, italic: bool = False,
    ) -> Iterator[Mark]:  # fmt: skip
        size, wide = size or self._size(numbers, bold), self.cell - min(GAP, self.cell / 8)
        down = max(row, 0) if name == "matrix" else 0
        for column, (number, fill) in enumerate(zip(numbers, fills, strict=True)):
            x, y, label = self.left(column), self.top(row), f"{name}:{down}:{column}"
            yield Box(x, y, wide, TALL, min(4, self.cell / 6), fill, LIGHT[edge], 0.8, name=label)
            if size >= SMALLEST:
                baseline = y + TALL / 2 + 0.36 * size
                yield Text(x + wide / 2, baseline, number, size, LIGHT["ink"], bold, "middle", f"{label}:value", italic)

    def _focus(self) -> Iterator[Mark]:
        """Violet around the window, ink around its result."""
        column, wide = self.scene["row"], self.cell - min(GAP, self.cell / 8)
        x, high = self.left(column) - 2, self.top(self.shape[0] - 1) + TALL - self.top(0)
        yield Box(
            x, self.top(0) - 2, wide + 4, high + 4, 5, edge=LIGHT["kernel"], line=2.3, name=f"focus:matrix:{column}"
        )
        yield Box(
            x,
            self.top(self.shape[0]) - 2,
            wide + 4,
            TALL + 4,
            5,
            edge=LIGHT["focus"],
            line=2.3,
            name=f"focus:y:{column}",
        )


def _told(weight: Any) -> str:
    return weight if isinstance(weight, str) else shown(weight)


def rule(y: float, width: float) -> Line:
    """A hairline across the sheet."""
    return Line(((MARGIN, y), (width - MARGIN, y)), LIGHT["hairline"], 0.8)
