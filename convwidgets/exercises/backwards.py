"""Kinds of exercises about gradients: of the input, of the kernel, and one step downhill."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.convolution import conv1d, conv2d
from convwidgets.core.gradients import input_gradient as back_to_input
from convwidgets.core.gradients import kernel_gradient as back_to_kernel
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct
from convwidgets.scenes.base import place, shown

STAMPED = "Every number of g lays the kernel down as it is written, and what overlaps adds up."
SPREAD = "The windows lie a stride apart, so the numbers of g do, too."


def input_gradient(
    question: str, gradient: Any, kernel: Any, shape: tuple[int, ...], *, because: str, **settings: Any
) -> Exercise:
    """Which numbers has dL/dx, when dL/dy is given?

    >>> exercise = input_gradient("And?", [1, 2], [3, 5], (3,), because="3, 5 + 6, 10.")
    >>> exercise.check([5, 13, 6])
    Not yet: exactly these numbers come out when the kernel is rotated by 180°. Every number of g lays the kernel down \
as it is written, and what overlaps adds up.
    """
    g, weights = np.array(gradient), np.array(kernel)
    right = back_to_input(g, weights, shape, **settings)
    text = f"{question}\n\ng = dL/dy:\n{g}\n\nkernel:\n{weights}\n\nstride {settings.get('stride', 1)}, no padding"
    ways = tuple(
        f"Which outputs read input {place(*_two(index), len(shape))}, and with which weight?"
        for index in np.ndindex(shape)
    )
    slips = distinct(right, _of_input(right, g, weights, shape, settings))
    return Exercise(text, right, because, slips, _places(right), ways)


def _of_input(
    right: Array, g: Array, weights: Array, shape: tuple[int, ...], settings: dict[str, Any]
) -> Iterator[Slip]:
    yield Slip("the kernel is rotated by 180°", STAMPED, back_to_input(g, np.flip(weights), shape, **settings))
    yield Slip("the later stamp covers the earlier one", STAMPED, _covered(g, weights, shape, settings), whole=True)
    every = "g says how much each output counts: multiply by it."
    yield Slip("g is left out", every, back_to_input(np.ones_like(g), weights, shape, **settings))
    yield Slip("the minus signs of the weights are lost", "A negative weight turns the sign round.",
               back_to_input(g, abs(weights), shape, **settings))  # fmt: skip
    yield Slip("the sign is turned round", "Which way is uphill? g and the weights say so.", -right)
    if settings.get("stride", 1) != 1:
        close = np.zeros(shape, right.dtype)
        dense = back_to_input(g, weights, tuple(a + b - 1 for a, b in zip(g.shape, weights.shape, strict=True)))
        close[tuple(slice(size) for size in dense.shape)] = dense
        yield Slip("the stride is left out", SPREAD, close, whole=True)


def _covered(g: Array, weights: Array, shape: tuple[int, ...], settings: dict[str, Any]) -> Array:
    """Stamps that replace what lay there."""
    strides = np.broadcast_to(settings.get("stride", 1), g.ndim)
    laid = np.zeros(shape, np.int64)
    for index in np.ndindex(g.shape):
        starts = [i * int(s) for i, s in zip(index, strides, strict=True)]
        laid[tuple(slice(a, a + n) for a, n in zip(starts, weights.shape, strict=True))] = g[index] * weights
    return laid


def kernel_gradient(
    question: str, input: Any, gradient: Any, shape: tuple[int, ...], *, because: str, **settings: Any
) -> Exercise:
    """Which numbers has dL/dk, when x and dL/dy are given?

    >>> exercise = kernel_gradient("And?", [1, 2, 4], [1, 3], (2,), because="1 + 6, 2 + 12.")
    >>> exercise.check([3, 6])
    Not yet: exactly these numbers come out when g is left out. g says how much each output counts: multiply by it.
    """
    image, g = np.array(input, dtype=np.int64), np.array(gradient)
    right = back_to_kernel(image, g, shape, **settings)
    asked = f"kernel of {_size(shape)}, stride {settings.get('stride', 1)}, no padding"
    text = f"{question}\n\ninput:\n{image}\n\ng = dL/dy:\n{g}\n\n{asked}"
    ways = tuple(
        f"Which inputs does weight {place(*_two(index), len(shape))} meet, window by window?"
        for index in np.ndindex(shape)
    )
    return Exercise(
        text, right, because, distinct(right, _of_kernel(right, image, g, shape, settings)), _places(right), ways
    )


def _of_kernel(
    right: Array, image: Array, g: Array, shape: tuple[int, ...], settings: dict[str, Any]
) -> Iterator[Slip]:
    order = "The first weight meets the first input of each window: nothing is turned round."
    yield Slip("the result is rotated by 180°", order, np.flip(right))
    yield Slip("g is rotated by 180°", order, back_to_kernel(image, np.flip(g), shape, **settings))
    every = "g says how much each output counts: multiply by it."
    yield Slip("g is left out", every, back_to_kernel(image, np.ones_like(g), shape, **settings))
    used = "A weight is used once for every output: all its uses add up."
    first = image[tuple(slice(n) for n in shape)] * g.flat[0]
    yield Slip("only the first window counts", used, first)
    yield Slip("the sign is turned round", "Which way is uphill? x and g say so.", -right)
    if settings.get("stride", 1) != 1:
        slide = conv1d if image.ndim == 1 else conv2d
        close = slide(image, g)[tuple(slice(n) for n in shape)]
        yield Slip("the stride is left out", SPREAD, close)


def step_downhill(question: str, kernel: Any, gradient: Any, rate: float, *, because: str) -> Exercise:
    """Which kernel comes out of one step of gradient descent?

    >>> step_downhill("And?", [2, -1], [10, -5], 0.1, because="2 − 1, −1 + 0.5.").check([3, -1.5])
    Not yet: exactly these numbers come out when the step goes uphill. The gradient points to where the loss grows: \
subtract it.
    """
    weights, slope = np.array(kernel), np.array(gradient)
    right = weights - rate * slope
    text = f"{question}\n\nkernel:\n{weights}\n\ndL/dk:\n{slope}\n\nlearning rate {shown(rate)}"
    scaled = "The learning rate says how far to go: multiply the gradient by it."
    slips = [
        Slip("the step goes uphill", "The gradient points to where the loss grows: subtract it.",
             weights + rate * slope),
        Slip("the learning rate is left out", scaled, weights - slope),
        Slip("the gradient takes the place of the kernel", "It says where to go from the kernel there is.", slope),
        Slip("only the step is given", "Add it to the kernel there is.", -rate * slope),
        Slip("the sign of the gradient is lost", "Where the gradient is negative, the weight has to grow.",
             weights - rate * abs(slope)),
    ]  # fmt: skip
    ways = tuple(f"Take {shown(rate)} times {shown(each)} away from the weight." for each in slope.flat)
    return Exercise(text, right, because, distinct(right, slips), _places(right), ways)


def _two(index: tuple[int, ...]) -> tuple[int, int]:
    return (0, index[0]) if len(index) == 1 else (index[0], index[1])


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape)) if len(shape) > 1 else f"{shape[0]} weights"


def _places(right: Array) -> tuple[str, ...]:
    """The names of the numbers of an answer."""
    names = [place(*_two(index), right.ndim) for index in np.ndindex(right.shape)]
    return tuple(name[0].upper() + name[1:] for name in names)
