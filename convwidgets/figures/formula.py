"""The size formula: symbols above, numbers beneath their symbols, one line per axis, the rest at the end.

It is read from the scene's own text, "rows: 4 = ⌊(7 + 1 + 1 − 3)/2⌋ + 1, rest 0", so the two cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from convwidgets.figures import text
from convwidgets.figures.marks import Mark, Text
from convwidgets.palette import LIGHT

LINE = 22  # from one line to the next
SIZE, NAME = 13, 12  # of the formula, of what stands beside it
AXIS = 70  # the room for the name of an axis

# By how many numbers a line holds: padding per side, and in total.
SYMBOLS = {7: ("o", "i", "p", "p", "span", "s", "1"), 6: ("o", "i", "p", "span", "s", "1")}
_ROLES = {"o": "result", "span": "weight"}


@dataclass(frozen=True)
class Formula:
    """The lines of a formula cut into numbers and what stands between them; false without lines."""

    axes: tuple[str, ...]
    numbers: tuple[tuple[str, ...], ...]  # a row for every axis
    between: tuple[str, ...]  # before, between and after the numbers
    rests: tuple[str, ...]
    scale: float = 1

    @classmethod
    def read(cls, formula: str | None) -> Formula:
        lines = [line.partition(": ") for line in (formula or "").splitlines()]
        bodies = [body.partition(", ") for _, _, body in lines]
        pieces = [re.split(r"(\d+)", body) for body, _, _ in bodies]
        between = tuple(pieces[0][::2]) if pieces else ()
        numbers = tuple(tuple(piece[1::2]) for piece in pieces)
        return cls(tuple(name for name, _, _ in lines), numbers, between, tuple(rest for _, _, rest in bodies))

    def __bool__(self) -> bool:
        return bool(self.axes)

    def fitted(self, room: float) -> Formula:
        """The same formula, smaller where the room is narrow."""
        return replace(self, scale=min(1, room / self.width)) if self else self

    @property
    def symbols(self) -> tuple[str, ...]:
        return SYMBOLS[len(self.numbers[0])]

    @property
    def rooms(self) -> list[float]:
        """The width of every column of numbers, its symbol included."""
        columns = list(zip(self.symbols, *self.numbers, strict=True))
        return [max(text.width(entry, SIZE * self.scale, bold=True) for entry in column) for column in columns]

    @property
    def _end(self) -> float:
        """Where the rests begin."""
        between = sum(text.width(part, SIZE * self.scale) for part in self.between)
        return (AXIS + 16) * self.scale + sum(self.rooms) + between

    @property
    def width(self) -> float:
        return self._end + max(text.width(rest, NAME * self.scale) for rest in self.rests)

    @property
    def height(self) -> float:
        return LINE * (len(self.axes) + 1)

    def marks(self, x: float, y: float) -> list[Mark]:
        """The formula from its first baseline on."""
        start, size, colour = x + AXIS * self.scale, NAME * self.scale, LIGHT["secondary"]
        marks = self._line(start, y, self.symbols, "formula:symbol")
        for axis, values, rest in zip(self.axes, self.numbers, self.rests, strict=True):
            y += LINE
            marks.append(Text(x, y, axis, size, colour, name=f"formula:axis:{axis}"))
            marks += self._line(start, y, values, f"formula:{axis}")
            marks.append(Text(x + self._end, y, rest, size, colour, name=f"formula:rest:{axis}"))
        return marks

    def _line(self, x: float, y: float, entries: tuple[str, ...], name: str) -> list[Mark]:
        """One line: every entry in the middle of its column; the symbols are grey and in italics."""
        marks: list[Mark] = []
        size = SIZE * self.scale
        above = name == "formula:symbol"
        for between, room, symbol, entry in zip(self.between, self.rooms, self.symbols, entries, strict=False):
            marks.append(Text(x, y, between, size, LIGHT["secondary" if above else "ink"]))
            x += text.width(between, size)
            role = "" if above else _ROLES.get(symbol, "")
            colour, italic = LIGHT["secondary"] if above else text.STYLES[role][0], above and symbol in "oips"
            marks.append(Text(x + room / 2, y, entry, size, colour, bool(role), "middle", f"{name}:{symbol}", italic))
            x += room
        return marks
