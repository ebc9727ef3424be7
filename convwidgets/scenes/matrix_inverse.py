"""Beneath the matrix: the pseudo-inverse, which comes as near to x as C x allows."""

from __future__ import annotations

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.scenes.base import panel, shown, times
from convwidgets.scenes.matrix_back import Panels, Parts, before, own_words, rank_words, sum_words
from convwidgets.scenes.matrix_facts import amount

WORDS = {
    "choice": "pseudo-inverse",
    "heading": "C⁺ goes back to the numbers, as far as they can be told",
    "inverse": "C⁺C x",
    "x_cell": "x at {place} is {own}. C⁺C x is {value} there.",
    "inverse_cell": "C⁺C x at {place} is {value}. x is {own} there.",
    "shortest": "Of all x with the same C x, C⁺C x is the shortest; it differs from x by at most {difference}.",
    "equal": "C⁺C x is x.",
    "too_large": "C has {entries} entries, zeros included; the pseudo-inverse is found for at most {most}. It is a "
    "full matrix, here of {bytes}. Use a smaller input, or scipy.sparse.linalg.lsqr(C, y), which needs no inverse.",
    "not_finite": "Numbers that are not finite have no pseudo-inverse.",
}
INVERTED = 2**13
"""The pseudo-inverse is found for matrices of at most so many entries."""
FINE = 36
"""Bits that are kept: what lies below is rounding, not a number to look at."""
CUT = 1e-12
"""Singular values below this share of the largest count as zero."""


def refusal(parts: Parts) -> str:
    """Why the pseudo-inverse is not computed; empty when it is."""
    rows, columns = parts.facts["shape"]
    if rows * columns > INVERTED:
        numbers = {"entries": f"{rows * columns:,}", "most": f"{INVERTED:,}", "bytes": amount(8 * rows * columns)}
        return WORDS["too_large"].format(**numbers)
    return "" if np.isfinite(parts.matrix.data).all() and np.isfinite(parts.sums).all() else WORDS["not_finite"]


def inverse(parts: Parts) -> Array:
    """C⁺ y in the shape of x."""
    found = np.linalg.pinv(parts.matrix.toarray().astype(np.float64), rcond=CUT) @ parts.sums.ravel().astype(np.float64)
    largest = abs(found).max()
    quantum = 2.0 ** (np.floor(np.log2(largest)) - FINE) if largest else 1.0
    return np.atleast_2d((np.round(found / quantum) * quantum).reshape(parts.plane.shape))


def aside_panels(parts: Parts) -> Panels:
    """x, C x and C⁺C x, which is empty where it is not computed."""
    result = np.zeros((0, 0)) if refusal(parts) else inverse(parts)
    note = times(parts.plane.shape)
    return [*before(parts), panel("inverse", "output", WORDS["inverse"], note, result, picture=parts.picture)]


def aside_note(parts: Parts) -> str:
    """How near it came, or why it is not computed."""
    if refused := refusal(parts):
        return refused
    difference = abs(np.atleast_2d(parts.plane) - inverse(parts)).max()
    near = difference <= 1e-6 * max(1, abs(parts.plane).max())
    told = WORDS["equal"] if near else WORDS["shortest"].format(difference=shown(float(difference)))
    return f"{rank_words(parts.facts)} {told}"


def aside_words(parts: Parts, panels: Panels, name: str, row: int, column: int) -> str:
    """The sentence of a cell of x, of C x or of C⁺C x."""
    if name == "aside-y":
        return sum_words(panels, row, column, parts.dimensions)
    said = own_words(panels, row, column, parts.dimensions)
    return WORDS["x_cell" if name == "aside-x" else "inverse_cell"].format(**said)
