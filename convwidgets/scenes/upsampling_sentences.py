"""The sentence of any cell of the upsampling scene: which numbers, times which weights, make it."""

from __future__ import annotations

import numpy as np

from convwidgets.scenes.base import LISTED, factor, listing, place, shown
from convwidgets.scenes.sentences import sum_words
from convwidgets.scenes.upsampling_setting import METHODS, Upsampling
from convwidgets.scenes.upsampling_terms import Place, reached, terms
from convwidgets.scenes.upsampling_words import BY, SAID, UPSAMPLING

CELLS = "-cells"
"""What the names of the magnifiers end in."""


def words_for(setting: Upsampling, panel: str, row: int, column: int) -> str:
    """The sentence of the cell at a position, of any panel.

    >>> setting = Upsampling(np.array([[0, 4]]), np.array([[1, 2, 1]]), stride=(1, 2))
    >>> for name in ("nearest", "bilinear", "transposed", "overlap"):
    ...     print(words_for(setting, name, 0, 2))
    Nearest row 0, column 2 is 4, a copy of input row 0, column 1.
    Bilinear row 0, column 2 is 3 = 0·0.25 + 4·0.75.
    Transposed convolution row 0, column 2 is 4 = 0·1 + 4·1, from 2 stamps.
    2 stamps on row 0, column 2: of input row 0, column 0; row 0, column 1.
    """
    if panel == "input":
        return _input(setting, row, column)
    if panel == "kernel":
        return _weight(setting, row, column)
    name = panel.removesuffix(CELLS)
    return _overlap(setting, row, column) if name == "overlap" else _result(setting, name, row, column)


def _result(setting: Upsampling, name: str, row: int, column: int) -> str:
    found = terms(setting, name, row, column)
    value = setting.part(name, (row, row + 1), (column, column + 1))[0, 0]
    total, note = sum_words([(term.value, term.weight) for term in found])
    template = "copied" if name == "nearest" else "weighed"
    if name == "transposed":
        template = "stamped" if found else "unstamped"
    told = SAID[template].format(
        label=UPSAMPLING[name], place=place(row, column), value=shown(value), sum=total, stamps=stamps(len(found)),
        source=place(*found[0].place) if found else "",
    )  # fmt: skip
    return told + (note if template != "copied" else "")


def stamps(count: int) -> str:
    """`1 stamp`, `4 stamps`."""
    return UPSAMPLING["stamp" if count == 1 else "stamps"].format(count=count)


def _overlap(setting: Upsampling, row: int, column: int) -> str:
    found = [place(*term.place) for term in terms(setting, "transposed", row, column)]
    template = "overlap" if found else "overlap_none"
    return SAID[template].format(stamps=stamps(len(found)), place=place(row, column), list=listing(found))


def _input(setting: Upsampling, row: int, column: int) -> str:
    counts = []
    for name in METHODS:
        rows, columns = reached(setting, name, row, column)
        counts.append(SAID["reaches"].format(count=len(rows) * len(columns), method=BY[name]))
    told = {"place": place(row, column), "value": shown(setting.input[row, column])}
    return SAID["input"].format(**told, counts=", ".join(counts))


def _weight(setting: Upsampling, row: int, column: int) -> str:
    height, width = setting.input.shape
    places = [divmod(number, width) for number in range(min(height * width, LISTED))]
    entries = [_met(setting, place, (row, column)) for place in places]
    told = {"place": place(row, column), "value": shown(setting.stamp[row, column])}
    return SAID["kernel"].format(**told, list=listing(entries, height * width))


def _met(setting: Upsampling, source: Place, tap: Place) -> str:
    """Where one input's stamp puts a weight."""
    taps = [int(axis.taps()[at, part]) for axis, at, part in zip(setting.transposed, source, tap, strict=True)]
    inside = all(0 <= place < size for place, size in zip(taps, setting.shape, strict=True))
    return SAID["met" if inside else "cut"].format(
        source=place(*source), value=factor(setting.input[source]), weight=factor(setting.stamp[tap]),
        place=place(*taps),
    )  # fmt: skip


def inside_counts(setting: Upsampling) -> list[int]:
    """How many stamps reach a cell far from the border: the counts that occur, ascending.

    >>> plane = np.ones((2, 2))
    >>> [inside_counts(Upsampling(plane, np.ones((k, k)), s)) for k, s in ((3, 2), (4, 2), (2, 2), (5, 3), (6, 3))]
    [[1, 2, 4], [4], [1], [1, 2, 4], [4]]
    """
    sizes = zip(setting.stamp.shape, setting.strides, strict=True)
    rows, columns = (set(np.bincount(np.arange(kernel) % step, minlength=step).tolist()) for kernel, step in sizes)
    return sorted({down * across for down in rows for across in columns})
