"""A kind of exercise about a stack of layers: its table, rebuilt row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.layers import Conv2D, Layer
from convwidgets.core.layers.layer import Shape
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.layer_counts import ONE_BIAS, SHARED
from convwidgets.exercises.layer_shapes import DEPTH
from convwidgets.exercises.slips import FORGOTTEN, distinct

HEADS = ("rows", "columns", "channels", "parameters")
Sizes = Callable[[Layer, Shape], Shape]
Count = Callable[[Layer, Shape], int]
DEEP = "A filter is as deep as its input: it has a slice of weights for each channel it reads."
FLOOR = "A window that does not fit counts for nothing: take the floor."


def rebuilt(question: str, input_shape: Shape, layers: Sequence[Layer]) -> Exercise:
    """The table of a stack of convolutions and pools: (rows, columns, channels, parameters) of every layer.

    >>> from convwidgets.core.layers import MaxPooling2D
    >>> exercise = rebuilt("And?", (9, 8, 3), [Conv2D(4, 2), MaxPooling2D(2)])
    >>> exercise.check([[8, 7, 4, 52], [4, 4, 4, 0]])
    Not yet: exactly these numbers come out when the division is rounded up. A window that does not fit counts for \
nothing: take the floor.
    """
    right = _table(input_shape, layers)
    lines = "\n".join(f"{number}. {layer}" for number, layer in enumerate(layers, start=1))
    text = f"{question}\n\ninput {input_shape}\n{lines}"
    total = f"{right[:, 3].sum():,}"
    because = f"Every layer's output is the next one's input; {total} parameters in all."
    places = tuple(f"Layer {number}, {head}" for number in range(1, len(layers) + 1) for head in HEADS)
    ways = tuple(_way(head) for _ in layers for head in HEADS)
    return Exercise(text, right, because, distinct(right, _of_table(input_shape, layers)), places, ways)


def _way(head: str) -> str:
    if head == "channels":
        return "Ask what the layer does to the channels that go in."
    if head == "parameters":
        return "A filter has weights for every channel that goes in, and one bias; a pool has nothing to learn."
    return "Take the row above as input: ⌊(i + p + p − k)/s⌋ + 1."


def _shape(layer: Layer, shape: Shape) -> Shape:
    return layer.output_shape(shape)


def _weights(layer: Layer, shape: Shape) -> int:
    return sum(weight.size for weight in layer.weights(shape))


def _table(shape: Shape, layers: Sequence[Layer], sizes: Sizes = _shape, count: Count = _weights) -> Array:
    """The table, by these rules for the output shape of a layer and for its parameters."""
    rows = []
    for layer in layers:
        output = sizes(layer, shape)
        rows.append((*output, count(layer, shape)))
        shape = output
    return np.array(rows)


def _of_table(shape: Shape, layers: Sequence[Layer]) -> Iterator[Slip]:
    for cause, hint, sizes, count in _RULES:
        with suppress(ValueError):  # by another rule a later layer may have no output at all
            yield Slip(cause, hint, _table(shape, layers, sizes, count))
    last = "Here they come last: (rows, columns, channels)."
    yield Slip("the channels come first", last, _table(shape, layers)[:, [2, 0, 1, 3]], whole=True)


def _each(windows: Callable[[int, int], int]) -> Sizes:
    """Shapes by another rule for the number of windows, from the room to move and the stride."""

    def sizes(layer: Layer, shape: Shape) -> Shape:
        found = (windows(max(0, axis.padded - axis.span), axis.stride) for axis in layer.axes(shape))
        return (*(max(1, size) for size in found), layer.output_shape(shape)[-1])

    return sizes


def _slow_pools(layer: Layer, shape: Shape) -> Shape:
    if isinstance(layer, Conv2D):
        return layer.output_shape(shape)
    return (*(axis.padded - axis.span + 1 for axis in layer.axes(shape)), shape[-1])


def _flat(layer: Layer, shape: Shape) -> Shape:
    return (*layer.output_shape(shape)[:-1], shape[-1])


def _conv(count: Callable[[int, int, int], int]) -> Count:
    """Parameters by another rule, from the weights, the biases and the positions of a convolution."""

    def counted(layer: Layer, shape: Shape) -> int:
        if not isinstance(layer, Conv2D):
            return 0
        rows, columns, filters = layer.output_shape(shape)
        return count(layer.weights(shape)[0].size, filters * layer.use_bias, rows * columns)

    return counted


def _shallow(layer: Layer, shape: Shape) -> int:
    return _weights(layer, (*shape[:-1], getattr(layer, "groups", 1)))


def _pools_learn(layer: Layer, shape: Shape) -> int:
    if isinstance(layer, Conv2D):
        return _weights(layer, shape)
    return int(np.prod([axis.kernel for axis in layer.axes(shape)]) * shape[-1])


_RULES: tuple[tuple[str, str, Sizes, Count], ...] = (
    ("the division is rounded up", FLOOR, _each(lambda room, stride: -(-room // stride) + 1), _weights),
    (*FORGOTTEN, _each(lambda room, stride: room // stride), _weights),
    ("pools move on by 1", "A pool moves on by its own size, unless a stride is given.", _slow_pools, _weights),
    ("the input's channels are kept", DEPTH, _flat, _weights),
    ("the biases are left out", ONE_BIAS, _shape, _conv(lambda weights, biases, _: weights)),
    ("one bias is counted for the whole layer", ONE_BIAS, _shape, _conv(lambda weights, biases, _: weights + 1)),
    ("the depth of the filters is forgotten", DEEP, _shape, _shallow),
    ("the weights are counted at every position", SHARED, _shape,
     _conv(lambda weights, biases, positions: (weights + biases) * positions)),
    ("a pool is given the parameters of a convolution", "A pool has a fixed rule, and nothing to learn.", _shape,
     _pools_learn),
)  # fmt: skip
