"""Kinds of exercises about the matrix of a convolution: one of its rows, one of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, axes_for
from convwidgets.core.axis import Axis
from convwidgets.core.matrix import convolution_matrix
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct
from convwidgets.scenes.base import place

WINDOW = "A weight stands where the window lies, and 0 everywhere else."
UNROLLED = "Both images are unrolled row by row, and counting starts at 0."
AS_WRITTEN = "C holds the kernel as it is written."
ONLY_WEIGHTS = "C holds weights only; the input comes in when C is multiplied by x."


def matrix_row(
    question: str, input: Any, kernel: Any, at: tuple[int, int], *, because: str, **settings: Any
) -> Exercise:
    """Which numbers stand in the row of C that makes the output at (row, column)?

    >>> exercise = matrix_row("And?", [[1, 2, 3], [4, 5, 6]], [[7, 8]], (1, 0), because="Two weights.")
    >>> exercise.check([0, 0, 7, 8, 0, 0])
    Not yet: exactly these numbers come out when the weights begin in the column with the row's own number. A weight \
stands where the window lies, and 0 everywhere else.
    """
    image, weights = np.array(input), np.array(kernel)
    matrix = convolution_matrix(weights, image.shape, **settings).toarray()
    rows, columns = _axes(image, weights, settings)
    number = at[0] * columns.output + at[1]
    found = matrix[number]
    places = tuple(f"Column {column}" for column in range(image.size))
    ways = tuple(
        f"It belongs to input {place(*cell)}. Does the window of output {place(*at)} read it?"
        for cell in np.ndindex(image.shape)
    )
    slips = [
        Slip("the kernel is rotated by 180°", AS_WRITTEN,
             _rotated(image, weights, settings)[number]),
        Slip("the weights begin in the column with the row's own number", WINDOW,
             np.roll(found, number - _first(found)), whole=True),
        *_other_rows(matrix, rows.output, columns.output, at),
        *_without_gaps(found, weights),
        *_padded_away(image, weights, at, number, settings),
        Slip("the values of the input are multiplied in", ONLY_WEIGHTS, found * image.ravel()),
    ]  # fmt: skip
    return Exercise(_asked(question, image, weights), found, because, distinct(found, slips), places, ways)


def _rotated(image: Array, weights: Array, settings: dict[str, Any]) -> Array:
    """The matrix of the convolution of mathematics."""
    matrix: Array = convolution_matrix(weights, image.shape, **{**settings, "flip": True}).toarray()
    return matrix


def _other_rows(matrix: Array, down: int, across: int, at: tuple[int, int]) -> Iterator[Slip]:
    """The rows that a wrong count leads to."""
    number = at[0] * across + at[1]
    turned = at[1] * down + at[0]
    yield Slip("the output is unrolled column by column", UNROLLED, matrix[turned], whole=True)
    if number:
        yield Slip("rows are counted from 1", UNROLLED, matrix[number - 1], whole=True)


def _without_gaps(found: Array, weights: Array) -> Iterator[Slip]:
    """The rows of the kernel pushed together, where the whole kernel is in the window."""
    start, row = _first(found), np.zeros_like(found)
    if np.count_nonzero(found) == np.count_nonzero(weights) and start + weights.size <= found.size:
        row[start : start + weights.size] = weights.ravel()
        gap = "The next row of the input begins a whole row further on in x, so 0s lie between the rows of the kernel."
        yield Slip("the rows of the kernel follow each other without a gap", gap, row, whole=True)


def _padded_away(
    image: Array, weights: Array, at: tuple[int, int], number: int, settings: dict[str, Any]
) -> Iterator[Slip]:
    """The padding left out, or given columns of its own."""
    rows, columns = _axes(image, weights, settings)
    if not any((rows.before, rows.after, columns.before, columns.after)):
        return
    rest = {key: value for key, value in settings.items() if key != "padding"}
    plain = _axes(image, weights, rest)
    if at[0] < plain[0].output and at[1] < plain[1].output:
        row = convolution_matrix(weights, image.shape, **rest).toarray()[at[0] * plain[1].output + at[1]]
        yield Slip(
            "the padding is left out", "With padding the first windows begin outside the input.", row, whole=True
        )
    wide = convolution_matrix(weights, (rows.padded, columns.padded), **rest).toarray()[number]
    hint = "A padding cell is always 0, so it needs no column, and weights that fall on it are left out."
    yield Slip("the padding has columns of its own", hint, wide, whole=True)


def matrix_column(
    question: str, input: Any, kernel: Any, at: tuple[int, int], *, because: str, **settings: Any
) -> Exercise:
    """Which numbers stand in the column of C that belongs to the input at (row, column)?"""
    image, weights = np.array(input), np.array(kernel)
    matrix = convolution_matrix(weights, image.shape, **settings).toarray()
    number = at[0] * image.shape[1] + at[1]
    found, turned = matrix[:, number], at[1] * image.shape[0] + at[0]
    places = tuple(f"Row {row}" for row in range(len(found)))
    ways = tuple(
        f"With which weight does the window of output {place(*cell)} read input {place(*at)}?"
        for cell in np.ndindex(*(axis.output for axis in _axes(image, weights, settings)))
    )
    ordered, read = found.copy(), np.flatnonzero(found)
    ordered[read] = found[read[::-1]]
    meets = "When the window moves on, the same input meets an earlier weight."
    slips = (
        Slip("the weights are read in the order of the kernel", meets, ordered, whole=True),
        Slip("the kernel is rotated by 180°", AS_WRITTEN, _rotated(image, weights, settings)[:, number]),
        Slip("the input is unrolled column by column", UNROLLED, matrix[:, turned], whole=True),
        Slip("columns are counted from 1", UNROLLED, matrix[:, number - 1], whole=True),
        Slip("the value of the input is multiplied in", ONLY_WEIGHTS, found * image[at]),
        Slip("every window is given the weight of the first", "Each window lies elsewhere, so it reads this input with "
             "another of its weights.", np.full_like(found, found[0])),
    )  # fmt: skip
    return Exercise(_asked(question, image, weights), found, because, distinct(found, slips), places, ways)


def _axes(image: Array, weights: Array, settings: dict[str, Any]) -> tuple[Axis, ...]:
    return tuple(axes_for(image.shape, weights.shape, **{"stride": 1, "padding": "valid", "dilation": 1, **settings}))


def _first(row: Array) -> int:
    return int(np.flatnonzero(row)[0])


def _asked(question: str, image: Array, weights: Array) -> str:
    return f"{question}\n\ninput:\n{image}\n\nkernel:\n{weights}"
