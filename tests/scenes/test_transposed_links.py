"""Which cells light up together: for every cell of every panel, those that take part in a product with it."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from convwidgets.scenes.transposed_setting import Turned
from tests.scenes.test_transposed_mirror import TOLD, answers, turned  # noqa: F401

Pair = tuple[int, int]
Product = tuple[Pair, Pair, Pair]  # a value of y, a weight, a position of the result (or cut off)
Cell = tuple[str, int, int]


class Together:
    """What belongs together, from stride, padding and dilation alone: s·i − p + d·t is where tap t of y at i goes."""

    def __init__(self, setting: Turned) -> None:
        axes = [*(None,) * (2 - len(setting.axes)), *setting.axes]  # of a line, the rows are one
        self.y, self.kernel = np.atleast_2d(setting.y).shape, np.atleast_2d(setting.kernel).shape
        self.size: Pair = tuple(axis.size if axis else 1 for axis in axes)  # type: ignore[assignment]
        self.steps = [(axis.stride, axis.dilation, axis.before) if axis else (1, 1, 0) for axis in axes]
        self.products: list[Product] = []
        for i, j, a, b in itertools.product(*map(range, (*self.y, *self.kernel))):
            row, column = (s * o + d * t - p for (s, d, p), o, t in zip(self.steps, (i, j), (a, b), strict=True))
            self.products.append(((i, j), (a, b), (row, column)))
        self.of: dict[Cell, list[Product]] = defaultdict(list)
        for product in self.products:
            for cell in self.cells(product):
                self.of[cell].append(product)

    def kept(self, place: Pair) -> bool:
        return all(0 <= at < size for at, size in zip(place, self.size, strict=True))

    def number(self, place: Pair, shape: tuple[int, ...]) -> int:
        return place[0] * shape[1] + place[1]

    def swept(self, own: Pair) -> Pair:
        """Where a value of y stands in the stretched grid: the turned kernel reaches back from the last tap."""
        down, across = (s * o + d * (k - 1) - p for (s, d, p), o, k in zip(self.steps, own, self.kernel, strict=True))
        return down, across

    def places(self, target: Pair) -> list[Cell]:
        found = [("sum", *target), ("x", *target)]
        if self.kept(target):
            found += [("output", *target), ("unrolled", self.number(target, self.size), 0)]
        return found

    def cells(self, product: Product) -> list[Cell]:
        """All cells that take part in a product."""
        own, (a, b), target = product
        number = self.number(own, self.y)
        found = [
            ("input", *own), ("y", number, 0), ("windows", *own), ("stretched", *self.swept(own)), ("kernel", a, b),
            ("rotated", self.kernel[0] - 1 - a, self.kernel[1] - 1 - b), (f"stamp-{own[0]}-{own[1]}", *target),
            *self.places(target),
        ]  # fmt: skip
        return found + [("matrix", self.number(target, self.size), number)] * self.kept(target)

    def place(self, cell: Cell) -> Pair | None:
        """The position of the result that a cell shows, or has a share of."""
        panel, row, column = cell
        if panel == "unrolled" or panel == "matrix":
            return divmod(row, self.size[1])
        return (row, column) if panel in ("sum", "x", "output") or panel.startswith("stamp") else None

    def zero(self, cell: Cell) -> set[Cell]:
        """A zero between or around the values: the results whose window of the turned kernel lies on it."""
        _, row, column = cell
        found: set[Cell] = set()
        for place in itertools.product(*map(range, self.size)):
            windows = [
                [at + d * t for t in range(k)] for (_, d, _), at, k in zip(self.steps, place, self.kernel, strict=True)
            ]
            if row in windows[0] and column in windows[1]:
                found |= {each for each in self.places(place) if each[0] != "x"}
        return found

    def with_cell(self, cell: Cell) -> set[Cell]:
        """All that light up with a cell."""
        place = self.place(cell)
        products = self.of.get(cell, [])
        if not products and place is not None:  # an empty cell: the position that it is on
            products = [product for product in self.products if product[2] == place]
        elif not products and cell[0] == "stretched":
            return self.zero(cell)
        found = {each for product in products for each in self.cells(product)}
        return (found | set(self.places(place) if place is not None else ())) - {cell}


def cell_of(key: str) -> Cell:
    panel, row, column = key.split()
    return panel, int(row), int(column)


@pytest.mark.parametrize("number", range(len(TOLD)), ids=lambda number: str(TOLD[number])[:60])
def test_every_cell_lights_up_what_it_takes_part_in(number: int, answers: list[dict[str, Any]]) -> None:  # noqa: F811
    together = Together(turned(TOLD[number]))
    told = {cell_of(key): {cell_of(each) for each in links} for key, links in answers[number]["links"]}
    assert set(together.of) <= set(told)
    for cell, links in told.items():
        assert links == together.with_cell(cell), cell
        # A padded position of x may lie beyond all stamps: then the sum has no such cell.
        assert {panel for panel, _, _ in links - set(told)} <= {"sum"}, cell


def test_links_are_mutual(answers: list[dict[str, Any]]) -> None:  # noqa: F811
    """But from empty cells, which light up what is on their position, and zeros, which no result names."""
    for answer, setting in zip(answers, TOLD, strict=False):
        of = Together(turned(setting)).of
        told = {cell_of(key): {cell_of(each) for each in links} for key, links in answer["links"]}
        one_way = {cell for cell, links in told.items() for each in links if each in told and cell not in told[each]}
        assert not one_way & set(of), setting
