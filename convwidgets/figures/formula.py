"""The size formula: symbols above, numbers beneath their symbols, one line per axis, the rest at the end.

It is read from the scene's own text, "rows: 4 = ⌊(7 + 1 + 1 − 3)/2⌋ + 1, rest 0", so the two cannot differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from convwidgets.figures import text
from convwidgets.figures.marks import Mark, Text
from convwidgets.palette import LIGHT

LINE = 22  # from one line to the next
SIZE = 13
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

    @property
    def symbols(self) -> tuple[str, ...]:
        return SYMBOLS[len(self.numbers[0])]

    @property
    def rooms(self) -> list[float]:
        """The width of every column of numbers, its symbol included."""
        columns = list(zip(self.symbols, *self.numbers, strict=True))
        return [max(text.width(entry, SIZE, bold=True) for entry in column) for column in columns]

    @property
    def width(self) -> float:
        rests = max(text.width(rest, 12) for rest in self.rests)
        return AXIS + sum(self.rooms) + sum(text.width(part, SIZE) for part in self.between) + 16 + rests

    @property
    def height(self) -> float:
        return LINE * (len(self.axes) + 1)

    def marks(self, x: float, y: float) -> list[Mark]:
        """The formula from its first baseline on."""
        marks = self._line(x + AXIS, y, self.symbols, "formula:symbol")
        for number, (axis, values) in enumerate(zip(self.axes, self.numbers, strict=True), 1):
            line = y + LINE * number
            marks.append(Text(x, line, axis, 12, LIGHT["secondary"], name=f"formula:axis:{axis}"))
            marks += self._line(x + AXIS, line, values, f"formula:{axis}")
            rest = self.rests[number - 1]
            end = x + self.width - max(text.width(each, 12) for each in self.rests)
            marks.append(Text(end, line, rest, 12, LIGHT["secondary"], name=f"formula:rest:{axis}"))
        return marks

    def _line(self, x: float, y: float, entries: tuple[str, ...], name: str) -> list[Mark]:
        """One line: every entry in the middle of its column; the symbols are grey and in italics."""
        marks: list[Mark] = []
        above = name == "formula:symbol"
        for between, room, symbol, entry in zip(self.between, self.rooms, self.symbols, entries, strict=False):
            marks.append(Text(x, y, between, SIZE, LIGHT["secondary" if above else "ink"]))
            x += text.width(between, SIZE)
            role = "" if above else _ROLES.get(symbol, "")
            colour, italic = LIGHT["secondary"] if above else text.STYLES[role][0], above and len(symbol) == 1
            italic = italic and symbol != "1"
            marks.append(Text(x + room / 2, y, entry, SIZE, colour, bool(role), "middle", f"{name}:{symbol}", italic))
            x += room
        return marks
