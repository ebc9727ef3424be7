"""Kinds of exercises about channels: the sum over the planes, and 1 × 1 filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.core.activations import activate
from convwidgets.core.arguments import Array
from convwidgets.core.convolution import conv2d
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct
from convwidgets.scenes.base import place, shown

TOGETHER = "A filter adds its partial sums of all planes up: one number for each position of the window."
ONCE = "The bias of a filter is added once, to the sum over all planes."
LAST = "First the sum over all planes, then the bias, then the activation."


def feature_map(
    question: str, input: Any, kernel: Any, *, because: str, bias: float = 0, activation: str = "none"
) -> Exercise:
    """Which numbers does one filter make of several planes?

    Args:
        input: (rows, columns, planes).
        kernel: (rows, columns, planes), a slice for each plane.

    >>> exercise = feature_map("And?", [[[1, 5]]], [[[2, 3]]], bias=4, because="2 + 15 + 4.")
    >>> exercise.check([[25]])
    Not yet: 25 comes out when the bias is added for every plane. The bias of a filter is added once, to the sum over \
all planes.
    """
    image, weights = np.array(input), np.array(kernel)
    if image.dtype.kind == "u":
        image = image.astype(np.int64)
    partial = [conv2d(image[..., plane], weights[..., plane]) for plane in range(image.shape[2])]
    right = activate(sum(partial) + bias, activation)
    text = f"{question}\n\n{_planes(image, weights)}\n\nbias {shown(bias)}, activation {activation}"
    ways = tuple(
        f"Lay every slice on its plane at {place(*index)}, and add the {len(partial)} sums."
        for index in np.ndindex(right.shape)
    )
    return Exercise(
        text, right, because, distinct(right, _of_map(image, weights, partial, bias, activation)), ways=ways
    )


def _planes(image: Array, weights: Array) -> str:
    found = range(image.shape[2])
    return "\n\n".join(f"plane {n}:\n{image[..., n]}\nslice {n}:\n{weights[..., n]}" for n in found)


def _of_map(image: Array, weights: Array, partial: list[Array], bias: float, activation: str) -> Iterator[Slip]:
    total, count = np.sum(partial, axis=0), len(partial)

    def made(sums: Any, shift: float = bias) -> Array:
        return activate(np.asarray(sums) + shift, activation)

    yield Slip("only plane 0 is read", TOGETHER, made(partial[0]))
    yield Slip("the mean of the partial sums is taken", TOGETHER, made(total / count))
    yield Slip("the partial sums stay apart", TOGETHER, np.stack([made(each) for each in partial]), whole=True)
    own = "The filter has a slice of its own for every plane."
    yield Slip("slice 0 is laid on every plane", own,
               made(sum(conv2d(image[..., n], weights[..., 0]) for n in range(count))))  # fmt: skip
    yield Slip("the slices are laid on the planes in the wrong order", "Slice 0 belongs to plane 0.",
               made(sum(conv2d(image[..., n], weights[..., -1 - n]) for n in range(count))))  # fmt: skip
    yield Slip("the kernel is rotated by 180°", "Each slice is laid down as it is written.",
               made(sum(conv2d(image[..., n], weights[..., n], flip=True) for n in range(count))))  # fmt: skip
    yield Slip("the minus signs of the weights are lost", "A negative weight subtracts.",
               made(sum(conv2d(image[..., n], abs(weights[..., n])) for n in range(count))))  # fmt: skip
    yield Slip("the bias is left out", ONCE, made(total, 0))
    yield Slip("the bias is added for every plane", ONCE, made(total, count * bias))
    yield Slip("the activation is left out", LAST, total + bias)
    yield Slip(
        "every partial sum is activated", LAST, np.sum([activate(each, activation) for each in partial], axis=0) + bias
    )
    yield Slip("the bias is added after the activation", LAST, activate(total, activation) + bias)


def one_by_one(question: str, pixel: Any, kernel: Any, *, because: str, bias: Any = 0) -> Exercise:
    """Which numbers do filters of 1 × 1 make of one pixel?

    Args:
        pixel: a number for each channel.
        kernel: (filters, channels).

    >>> one_by_one("And?", [1, 5], [[2, 3], [0, 1]], because="2 + 15, 5.").check([2, 15])
    Not yet: exactly these numbers come out when the products of filter 0 are not added up. Every filter makes one \
number of the whole pixel.
    """
    values, weights = np.array(pixel), np.array(kernel)
    if values.dtype.kind == "u":
        values = values.astype(np.int64)
    right = weights @ values + bias
    names = tuple(f"Filter {number}" for number in range(len(weights)))
    text = f"{question}\n\npixel:\n{values}\n\nkernel, a row for each filter:\n{weights}\n\nbias {_listed(bias)}"
    ways = tuple(f"Multiply the pixel with row {number} of the kernel, and add up." for number in range(len(weights)))
    return Exercise(text, right, because, distinct(right, _of_pixel(values, weights, bias, right)), names, ways)


def _listed(bias: Any) -> str:
    return ", ".join(map(shown, np.ravel(bias)))


def _of_pixel(values: Array, weights: Array, bias: Any, right: Array) -> Iterator[Slip]:
    whole = "Every filter makes one number of the whole pixel."
    yield Slip("the products of filter 0 are not added up", whole, weights[0] * values, whole=True)
    yield Slip("every filter reads only the channel of its own number", whole,
               _diagonal(weights, values) + bias)  # fmt: skip
    yield Slip("the mean of the products is taken", whole, weights @ values / values.size + bias)
    yield Slip("the weights are added up, and the pixel left out", "Multiply each weight with its channel.",
               weights.sum(axis=1) + bias)  # fmt: skip
    yield Slip("the bias is left out", "Every filter has one.", weights @ values)
    yield Slip("all filters are added up", "Each filter makes a channel of its own.", np.array([right.sum()]))
    if weights.shape[0] == weights.shape[1]:
        yield Slip("rows and columns of the kernel are swapped", "A row holds the weights of one filter.",
                   weights.T @ values + bias)  # fmt: skip


def _diagonal(weights: Array, values: Array) -> Array:
    """One product for each filter; filters beyond the channels get 0."""
    count = min(weights.shape)
    result = np.zeros(len(weights), np.result_type(weights, values))
    result[:count] = weights.diagonal() * values[:count]
    return result
