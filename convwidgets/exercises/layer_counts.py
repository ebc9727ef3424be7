"""Kinds of exercises about what a layer costs: its parameters and its multiply-adds."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod, sqrt
from typing import Any

import numpy as np

from convwidgets.core.layers import Conv2D, Dense
from convwidgets.core.layers.layer import Shape
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct

ONE_BIAS = "Every filter has one bias."
DEEP = "A filter is as deep as its input: it has a slice of weights for each of the {} channels it reads."
SHARED = "A filter slides: it has the same weights at every position."
UNITS = "Every unit has a weight for each number that goes in, and one bias."


def parameters(question: str, input_shape: Shape, layer: Conv2D) -> Exercise:
    """How many parameters has this convolution?

    >>> parameters("How many?", (9, 8, 3), Conv2D(4, 5)).check(300)
    Not yet: 300 comes out when the biases are left out. Every filter has one bias.
    """
    right = sum(weight.size for weight in layer.weights(input_shape))
    text = f"{question}\n\ninput {input_shape}\n{layer}"
    because = f"{layer.params_formula(input_shape)} = {right:,}."
    ways = ("How many weights has one filter, how many biases, and how many filters are there?",)
    return Exercise(text, np.array(right), because, _slips(right, of_parameters(input_shape, layer)), ways=ways)


Found = Iterator[tuple[str, str, float]]


def of_parameters(shape: Shape, layer: Conv2D) -> Found:
    """Wrong numbers of parameters, each with its cause and a hint."""
    *kernel, deep, filters = layer.weights(shape)[0].shape
    bias, window, positions = int(layer.use_bias), prod(kernel), prod(layer.output_shape(shape)[:-1])
    weights, full = window * deep * filters, (window * deep + bias) * filters
    if bias:
        yield "the biases are left out", ONE_BIAS, weights
        yield "one bias is counted for the whole layer", ONE_BIAS, weights + 1
        yield "a bias is counted for every channel that goes in", ONE_BIAS, weights + shape[-1]
        yield "a bias is counted for every weight", ONE_BIAS, 2 * weights
    else:
        yield "biases are counted", "This layer has none: use_bias is False.", weights + filters
    if layer.groups > 1:
        yield (
            "the groups are left out", f"With {layer.groups} groups a filter reads only its part of the channels.",
            (window * shape[-1] + bias) * filters,
        )  # fmt: skip
    yield "the depth of the filters is forgotten", DEEP.format(deep), (window + bias) * filters
    yield "only one filter is counted", "Every filter has weights of its own.", window * deep + bias
    yield "the weights are counted at every position", SHARED, full * positions
    dense = (prod(shape) + bias) * positions * filters
    yield "every output has its own weight for every input", f"That is a dense layer. {SHARED}", dense
    one_side = "A kernel has rows and columns of weights: multiply them."
    yield "the sides of the kernel are added", one_side, (sum(kernel) * deep + bias) * filters


def dense_parameters(question: str, input_shape: Shape, units: int) -> Exercise:
    """How many parameters has a dense layer behind Flatten?

    >>> dense_parameters("How many?", (5, 4, 3), 10).check(600)
    Not yet: 600 comes out when the biases are left out. Every unit has a weight for each number that goes in, and one \
bias.
    """
    count = prod(input_shape)
    right = sum(weight.size for weight in Dense(units).weights((count,)))
    text = f"{question}\n\ninput {input_shape}\nFlatten()\n{Dense(units)}"
    because = f"({'·'.join(map(str, input_shape))} + 1)·{units} = {right:,}."
    found = (
        ("the biases are left out", UNITS, count * units),
        ("one bias is counted for the whole layer", UNITS, count * units + 1),
        ("a bias is counted for every number that goes in", UNITS, count * units + count),
        ("only the channels are counted", "Flatten lays all numbers in a row: rows · columns · channels.",
         (input_shape[-1] + 1) * units),
        ("the channels are forgotten", "Flatten lays all numbers in a row: rows · columns · channels.",
         (prod(input_shape[:-1]) + 1) * units),
        ("the sizes are added", "Flatten lays all numbers in a row: rows · columns · channels.",
         (sum(input_shape) + 1) * units),
        ("only one unit is counted", UNITS, count + 1),
    )  # fmt: skip
    return Exercise(text, np.array(right), because, _slips(right, found), ways=("How many numbers go in?",))


def multiply_adds(question: str, input_shape: Shape, layer: Conv2D) -> Exercise:
    """How many products does this convolution need for one input?

    >>> multiply_adds("How many?", (9, 8, 3), Conv2D(4, 5)).check(300)
    Not yet: 300 comes out when every weight is counted once. A weight is used at every position of the window.
    """
    right = layer.multiply_adds(input_shape)
    *kernel, deep, filters = layer.weights(input_shape)[0].shape
    sizes = layer.output_shape(input_shape)[:-1]
    each, outputs = prod(kernel) * deep, prod(sizes) * filters
    because = f"{'·'.join(map(str, (*sizes, filters)))} outputs, {'·'.join(map(str, (*kernel, deep)))} products each."
    read = "There are as many sums as outputs: each output needs one."
    loose = prod(axis.padded - axis.span + 1 for axis in layer.axes(input_shape))
    found = (
        ("every weight is counted once", "A weight is used at every position of the window.", each * filters),
        ("the positions of the input are counted", read, prod(input_shape[:-1]) * filters * each),
        ("the stride is left out", read, loose * filters * each),
        ("the depth of the filters is forgotten", DEEP.format(deep), outputs * prod(kernel)),
        ("only one filter is counted", "Every filter makes a plane of its own.", prod(sizes) * each),
        ("adding the biases is counted as well", "A bias is added, not multiplied.", outputs * (each + 1)),
        ("products and sums are counted apart", "A product and its addition are one multiply-add.", 2 * right),
        ("only the outputs are counted", "Each of them needs a product for every weight of the filter.", outputs),
    )  # fmt: skip
    text = f"{question}\n\ninput {input_shape}\n{layer}"
    ways = ("How many outputs are there, and how many products does each need?",)
    return Exercise(text, np.array(right), because, _slips(right, found), ways=ways)


def kernel_from_parameters(question: str, channels: int, filters: int, kernel: int) -> Exercise:
    """Which square kernel has a convolution of so many parameters? The answer is its side.

    >>> kernel_from_parameters("Which?", 3, 16, 5).check(25)
    Not yet: 25 comes out when the root is left out. A square kernel of side k has k·k weights for each channel.
    """
    count = (kernel**2 * channels + 1) * filters
    text = f"{question}\n\n{channels} channels in, {filters} filters, {count:,} parameters, biases included"
    because = f"{count:,}/{filters} = {count // filters}, without the bias {kernel**2 * channels}, "
    because += f"for each channel {kernel**2} = {kernel}·{kernel}."
    each = kernel**2 * channels
    square = "A square kernel of side k has k·k weights for each channel."
    found = (
        ("the root is left out", square, kernel**2),
        ("the depth of the filters is forgotten", DEEP.format(channels), sqrt(each)),
        ("the biases are left out", f"{ONE_BIAS} Take it away before you divide by the channels.",
         sqrt((each + 1) / channels)),
        ("the filters are left out", "Divide by their number first: they are all alike.", sqrt((count - 1) / channels)),
        ("all weights of a filter are taken for its side", square, each),
        ("the bias of a filter is counted among its weights", f"{ONE_BIAS} And {square[0].lower()}{square[1:]}",
         each + 1),
    )  # fmt: skip
    ways = ("Divide by the filters, take the bias away, divide by the channels. What is left is k·k.",)
    return Exercise(text, np.array(kernel), because, _slips(kernel, found), ways=ways)


def _slips(right: int, found: Any) -> tuple[Slip, ...]:
    return distinct(np.array(right), [Slip(cause, hint, np.array(value)) for cause, hint, value in found])
