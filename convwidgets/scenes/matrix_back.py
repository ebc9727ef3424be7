"""Beneath the matrix: CᵀC x beside x. The transpose goes back to the shape, not to the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.problem import INEXACT
from convwidgets.scenes.base import factor, panel, place, shown, times
from convwidgets.scenes.sentences import ALL
from convwidgets.scenes.words import SENTENCES

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WORDS = {
    "choice": "CᵀC x",
    "heading": "Cᵀ goes back to the shape, not to the numbers",
    "x": "x",
    "y": "C x",
    "back": "CᵀC x",
    "again": "{size} again",
    "x_cell": "x at {place} is {own}. CᵀC x is {value} there.",
    "y_cell": "C x at {place} is {value}, row {number} of C times x.",
    "back_cell": "CᵀC x at {place} is {value} = {sum}. x is {own} there.",
    "back_cell_empty": "CᵀC x at {place} is {value}, because no output reads x there. x is {own}.",
    "rank_lost": "Rank {rank}: {inputs} numbers went through {rank}. C has no inverse.",
    "rank_full": "Rank {rank}, as many as C has rows and columns: C has an inverse. For very few kernels it is Cᵀ.",
    "rank_tall": "Rank {rank}, as many as C has columns: no number is lost, though C, which is not square, has no "
    "inverse.",
    "rank_wide": "{inputs} numbers went through {outputs}. C has no inverse.",
    "rank_unknown": "C is {outputs} × {inputs}, too large to find its rank here.",
}

Panels = list[dict[str, Any]]


@dataclass(frozen=True)
class Parts:
    """What an aside is made of: C itself, whatever the large panel shows, x, y = C x, and the facts of C."""

    matrix: csr_array
    plane: Array
    kernel: Array
    sums: Array
    settings: dict[str, Any]
    facts: dict[str, Any]
    picture: bool

    @property
    def dimensions(self) -> int:
        return int(self.plane.ndim)


def back(parts: Parts) -> Array:
    """Cᵀ y in the shape of x.

    Raises:
        ValueError: for integers beyond 64 bits.
    """
    sums = parts.sums.ravel()
    if sums.dtype.kind in "iu":
        weights = int(abs(parts.matrix.astype(np.float64)).sum(axis=0).max())
        if (bound := max(map(abs, sums.tolist())) * weights) >= 2**63:
            raise ValueError(INEXACT.format(largest=bound, most=2**63 - 1))
    return np.atleast_2d((parts.matrix.T @ sums).reshape(parts.plane.shape))


def before(parts: Parts) -> Panels:
    """x and C x, with which every aside begins."""
    shapes = times(parts.plane.shape), times(parts.sums.shape[-parts.dimensions :])
    return [
        panel("aside-x", "input", WORDS["x"], shapes[0], np.atleast_2d(parts.plane), picture=parts.picture),
        panel("aside-y", "output", WORDS["y"], shapes[1], parts.sums, picture=parts.picture),
    ]


def aside_panels(parts: Parts) -> Panels:
    """x, C x and CᵀC x."""
    note = WORDS["again"].format(size=times(parts.plane.shape))
    try:
        result = back(parts)
    except ValueError:
        result = np.zeros((0, 0))
    return [*before(parts), panel("back", "output", WORDS["back"], note, result, picture=parts.picture)]


def aside_note(parts: Parts) -> str:
    """Why C has no inverse, or that it has one."""
    try:
        back(parts)
    except ValueError as refused:
        return str(refused)
    return rank_words(parts.facts)


def rank_words(facts: dict[str, Any]) -> str:
    (outputs, inputs), rank = facts["shape"], facts["rank"]
    if rank is None:
        key = "rank_wide" if outputs < inputs else "rank_unknown"
    else:
        key = "rank_lost" if rank < inputs else "rank_full" if outputs == inputs else "rank_tall"
    numbers = {"outputs": f"{outputs:,}", "inputs": f"{inputs:,}", "rank": f"{rank:,}" if rank is not None else ""}
    return WORDS[key].format(**numbers)


def own_words(panels: Panels, row: int, column: int, dimensions: int) -> dict[str, str]:
    """What every sentence about x and what came back says."""
    own, value = (shown(panels[at]["values"][row, column]) if panels[at]["values"].size else "?" for at in (0, 2))
    return {"place": place(row, column, dimensions), "own": own, "value": value}


def sum_words(panels: Panels, row: int, column: int, dimensions: int) -> str:
    values = panels[1]["values"]
    number = row * values.shape[1] + column
    where = place(row, column, dimensions)
    return WORDS["y_cell"].format(place=where, value=shown(values[row, column]), number=number)


def aside_words(parts: Parts, panels: Panels, name: str, row: int, column: int) -> str:
    """The sentence of a cell of x, of C x or of CᵀC x."""
    if name == "aside-y":
        return sum_words(panels, row, column, parts.dimensions)
    said = own_words(panels, row, column, parts.dimensions)
    if name == "aside-x":
        return WORDS["x_cell"].format(**said)
    line = parts.matrix[:, [row * panels[0]["values"].shape[1] + column]].tocoo()
    sums = parts.sums.ravel()
    terms = [f"{factor(sums[at])}·{factor(weight)}" for at, weight in sorted(zip(line.row, line.data, strict=True))]
    if not terms:
        return WORDS["back_cell_empty"].format(**said)
    if len(terms) > ALL:
        terms = [*terms[:3], f"… ({SENTENCES['more_terms'].format(count=len(terms) - 4)})", terms[-1]]
    return WORDS["back_cell"].format(**said, sum=" + ".join(terms))
