"""Kinds of exercises about making images larger: overlap, interpolation, and a blur to undo."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.convolution import conv1d
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.overlap import overlap_counts
from convwidgets.core.resampling import bilinear_kernel, resize
from convwidgets.core.transposed import conv_transpose2d
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct

CENTRES = "Each new centre lies a quarter of a pixel from the nearest old one: ¾ of that one, ¼ of the next."


def overlap(question: str, count: int, kernel: int, *, stride: int, because: str) -> Exercise:
    """How many stamps fall on each position of the result, along one axis?

    >>> overlap("How many?", 3, 3, stride=2, because="Neighbours share one position.").check([1, 1, 1, 1, 1, 1, 1])
    Not yet: exactly these numbers come out when overlapping stamps are counted once. Count every stamp that reaches \
the position.
    """
    right = overlap_counts((count,), kernel, stride=stride)
    starts = f"The stamps begin at {', '.join(str(stride * number) for number in range(count))}."
    inner = right[kernel - 1 : kernel - 1 + stride]
    middle = np.resize(np.roll(inner, kernel - 1), right.size)
    slips = (
        Slip("overlapping stamps are counted once", "Count every stamp that reaches the position.",
             np.ones_like(right)),
        Slip("kernel and stride are exchanged", f"A stamp is {kernel} long. {starts}",
             overlap_counts((count,), stride, stride=kernel)),
        Slip("the stride is left out", starts, overlap_counts((count,), kernel)),
        Slip("the ends count like the middle", "At the ends there are fewer neighbours.", middle),
        Slip("only the neighbours' stamps are counted", "The first stamp counts too.", right - 1),
    )  # fmt: skip
    ways = tuple(starts for _ in right)
    text = f"{question}\n\n{count} values, kernel of {kernel} weights, stride {stride}"
    return Exercise(text, right, because, distinct(right, slips), ways=ways)


def even_overlap(question: str, kernels: range, *, stride: int) -> Exercise:
    """Which of these kernels overlap evenly with this stride? The answer lists them."""
    sizes = np.array(kernels)
    divides = "The overlap is even when the stride divides the kernel: then every position gets k/s stamps."
    slips = (
        Slip("all even kernels are named", divides, sizes[sizes % 2 == 0]),
        Slip("all odd kernels are named", divides, sizes[sizes % 2 == 1]),
        Slip("only the kernel as long as the stride is named", divides, sizes[sizes == stride]),
        Slip("all kernels that leave the rest 1 are named", divides, sizes[sizes % stride == 1]),
        Slip("every kernel that leaves no gap is named", divides, sizes[sizes >= stride]),
    )
    right = sizes[sizes % stride == 0]
    text = f"{question}\n\nstride {stride}, kernels of {kernels[0]} to {kernels[-1]} weights"
    because = f"{stride} divides {' and '.join(map(str, right))}, and no other."
    return Exercise(text, right, because, slips, ways=tuple("Draw its stamps and count." for _ in right))


def doubled(question: str, x: Any, *, because: str) -> Exercise:
    """Which numbers are there when a row of pixels is stretched to twice its length, bilinearly?

    >>> doubled("And?", [0, 4], because="¾ and ¼.").check([0, 0, 4, 4])
    Not yet: exactly these numbers come out when every pixel is repeated. Each new centre lies a quarter of a pixel \
from the nearest old one: ¾ of that one, ¼ of the next.
    """
    series = np.array(x)
    plane, size = series[None], (1, 2 * series.size)
    kept = resize(plane, size, method="bilinear", align_corners=True)[0]
    fading = conv_transpose2d(plane, bilinear_kernel((1, 2)), stride=(1, 2), padding="same")[0]
    means = np.interp(np.arange(size[1]) / 2, np.arange(series.size), series)
    corners = "That is align_corners: it keeps the two ends and moves all other centres."
    border = "Beyond the last centre its value goes on; no black lies outside."
    found = (
        Slip("every pixel is repeated", CENTRES, resize(plane, size)[0]),
        Slip("the outermost pixels stay at the ends", corners, kept),
        Slip("the mean of two neighbours is put between them", CENTRES, means),
        Slip("the border fades into zeros", border, fading),
        Slip("the bicubic weights are taken", CENTRES, resize(plane, size, method="bicubic")[0]),
    )
    text = f"{question}\n\npixels:\n{series}"
    ways = tuple("Which two old centres lie nearest, and how far away?" for _ in range(size[1]))
    right = resize(plane, size, method="bilinear")[0]
    return Exercise(text, right, because, distinct(right, found), ways=ways)


def undone(question: str, x: Any, kernel: Any, *, because: str, **settings: Any) -> Exercise:
    """Which series was it before this convolution?"""
    series, weights = np.array(x), np.array(kernel)
    y = conv1d(series, weights, **settings)
    matrix = convolution_matrix(weights, series.shape, **settings).toarray()
    flipped = convolution_matrix(weights, series.shape, **{**settings, "flip": True}).toarray()
    back = "Cᵀ goes back to the shape only. Look for the x with C x = y."
    slips = (
        Slip("y is multiplied by Cᵀ", back, matrix.T @ y),
        Slip("y is convolved once more", "That blurs it further. Look for the x with C x = y.", matrix @ y),
        Slip("y is divided by the sum of the weights", "That keeps the blur and makes it darker.", y / weights.sum()),
        Slip("y is divided by its own weight, the neighbour forgotten", "First take away what the neighbour has added.",
             y / matrix.diagonal()),
        Slip("the two weights are exchanged", "Look up which weight lies on which value.", np.linalg.solve(flipped, y)),
    )  # fmt: skip
    ways = tuple(f"Write down the sum that makes output {number}, and solve it." for number in range(series.size))
    return Exercise(
        f"{question}\n\noutput:\n{y}\n\nkernel:\n{weights}", series, because, distinct(series, slips), ways=ways
    )
