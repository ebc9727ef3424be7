"""Kinds of exercises about what a layer makes of a shape: its output, and its receptive field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import prod
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.layers import Layer
from convwidgets.core.layers.layer import Shape
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.slips import distinct, of_size

PLACES = ("Rows", "Columns", "Channels")
DEPTH = "Every filter adds up all channels of the input and makes one plane: as many channels as filters come out."
ALONE = "A pool works on every channel alone: as many come out as went in."


def layer_shape(question: str, input_shape: Shape, layer: Layer) -> Exercise:
    """What shape comes out of this layer? The answer is (rows, columns, channels).

    >>> from convwidgets.core.layers import Conv2D
    >>> layer_shape("Which?", (7, 9, 3), Conv2D(8, 3)).check((5, 7, 3))
    Not yet: exactly these numbers come out when the input's channels are kept. Every filter adds up all channels of \
the input and makes one plane: as many channels as filters come out.
    """
    right = np.array(layer.output_shape(input_shape))
    axes = layer.axes(input_shape)
    formulas = [f"{name.lower()} {axis.formula()}" for name, axis in zip(PLACES, axes, strict=False)]
    ways = [f"The formula is ⌊(i + p + p − span)/s⌋ + 1, with i = {axis.size} here." for axis in axes]
    why, way = _channels(layer)
    text = f"{question}\n\ninput {input_shape}\n{layer}"
    because = f"{'; '.join(formulas)}; {why}.".capitalize()
    return Exercise(
        text, right, because, distinct(right, _of_shape(layer, input_shape, right)), PLACES, (*ways, f"{way}?")
    )


def _channels(layer: Layer) -> tuple[str, str]:
    if hasattr(layer, "filters"):
        return "one channel for each filter", "How many planes do the filters make"
    return "the channels stay", "What does a pool do to a channel"


def _of_shape(layer: Layer, shape: Shape, right: Array) -> Iterator[Slip]:
    sizes, channels, axes = right[:-1], shape[-1], layer.axes(shape)
    for slip in of_size(axes):
        yield Slip(slip.cause, slip.hint, np.append(slip.value, right[-1]), slip.whole)
    named = _padding(layer)
    if named:
        cause, hint, other = named
        yield Slip(cause, hint, np.array(other.output_shape(shape)))
    if hasattr(layer, "filters"):
        yield Slip("the input's channels are kept", DEPTH, np.append(sizes, channels))
        yield Slip("every filter makes a plane of every channel", DEPTH, np.append(sizes, channels * right[-1]))
        yield Slip("the input's channels are added", DEPTH, np.append(sizes, channels + right[-1]))
    else:
        yield Slip("the channels are pooled too", ALONE, np.append(sizes, channels // axes[0].kernel))
    last = "Keras and NumPy images have them last: (rows, columns, channels)."
    yield Slip("the channels come first", last, np.roll(right, 1), whole=True)


def _padding(layer: Layer) -> tuple[str, str, Layer] | None:
    """The layer with the other of Keras's two paddings."""
    now = getattr(layer, "padding", None)
    if now == "valid":
        return "SAME is taken", 'Unless it is set, padding is "valid": there is none.', _with(layer, padding="same")
    if now == "same":
        return "VALID is taken", 'With padding="same" ⌈i/s⌉ windows fit.', _with(layer, padding="valid")
    return None


def _with(layer: Layer, **changes: Any) -> Layer:
    changed: Layer = replace(layer, **changes)
    return changed


def receptive_field(question: str, windows: Sequence[tuple[int, int]]) -> Exercise:
    """How many inputs, along one axis, does a value behind these windows see?

    Args:
        windows: (kernel, stride) of every layer, from the input on.

    >>> receptive_field("How many?", [(3, 2), (3, 1)]).check(5)
    Not yet: 5 comes out when the strides are left out. Behind a stride neighbours lie further apart in the input: \
each step counts as many positions as all strides before it, multiplied.
    """
    jumps = _jumps(windows)
    steps = [(kernel - 1, jump) for (kernel, _), jump in zip(windows, jumps, strict=True)]
    right = np.array(1 + sum(count * jump for count, jump in steps))
    lines = [f"layer {n}: window {kernel}, stride {stride}" for n, (kernel, stride) in enumerate(windows, start=1)]
    terms = " + ".join(f"{count}·{jump}" for count, jump in steps)
    text = f"{question}\n\n" + "\n".join(lines)
    ways = ("Begin with 1. Every layer adds k − 1 steps; how long is a step there?",)
    return Exercise(text, right, f"1 + {terms} = {right}.", distinct(right, _of_field(windows)), ways=ways)


def _jumps(windows: Sequence[tuple[int, int]]) -> list[int]:
    """How far apart neighbours lie in the input, before every layer."""
    return [prod(stride for _, stride in windows[:number]) for number in range(len(windows))]


def _of_field(windows: Sequence[tuple[int, int]]) -> Iterator[Slip]:
    kernels, jumps = [kernel for kernel, _ in windows], _jumps(windows)
    far = "Behind a stride neighbours lie further apart in the input: each step counts as many positions as all "
    far += "strides before it, multiplied."
    each = "A window of k adds k − 1 steps to what one of its values sees."
    yield Slip("the strides are left out", far, _one(1 + sum(kernel - 1 for kernel in kernels)))
    yield Slip("the kernels are added up", f"{each} And steps behind a stride are longer.", _one(sum(kernels)))
    yield Slip("the kernels are multiplied", each, _one(prod(kernels)))
    own = "A stride makes the steps of the layers behind it longer, not those of its own window."
    later = [*jumps[1:], jumps[-1] * windows[-1][1]]
    yield Slip("a stride counts for its own window", own, _one(1 + _sum([k - 1 for k in kernels], later)))
    yield Slip("k steps are counted for a window of k", each, _one(1 + _sum(kernels, jumps)))
    yield Slip("the 1 at the beginning is forgotten", "Before the first layer a value sees itself.",
               _one(_sum([k - 1 for k in kernels], jumps)))  # fmt: skip
    yield Slip("only the last window counts", "Its values see through the windows before it.", _one(kernels[-1]))
    yield Slip("the strides are multiplied", "That is how far apart neighbours are, not how much one sees.",
               _one(prod(stride for _, stride in windows)))  # fmt: skip


def _sum(counts: Sequence[int], steps: Sequence[int]) -> int:
    return sum(count * step for count, step in zip(counts, steps, strict=True))


def _one(number: float) -> Array:
    return np.array(number)
