"""A stack of layers, row by row: what goes in, what comes out, what it costs, what it sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

from convwidgets.core.layers.layer import Layer, Shape, Weight, from_config, snake_case
from convwidgets.core.layers.reach import Field
from convwidgets.core.layers.repairs import Impossible, impossible
from convwidgets.core.layers.vectors import Input
from convwidgets.core.layers.words import say

MOST_VALUES = 2**53 - 1
"""No feature map holds more values."""


@dataclass(frozen=True)
class Row:
    """One layer at its place in a stack."""

    number: int
    name: str
    layer: Layer
    input_shape: Shape
    output_shape: Shape
    fields: tuple[Field, ...]

    @property
    def weights(self) -> tuple[Weight, ...]:
        """The arrays of parameters."""
        return self.layer.weights(self.input_shape)

    @property
    def params(self) -> int:
        """Number of parameters, trainable or not."""
        return sum(weight.size for weight in self.weights)

    @property
    def trainable_params(self) -> int:
        """Number of parameters that training changes."""
        return sum(weight.size for weight in self.weights if weight.trainable)

    @property
    def multiply_adds(self) -> int:
        """Products of a value with a weight for one input."""
        return self.layer.multiply_adds(self.input_shape)

    @property
    def receptive_field(self) -> tuple[int, ...]:
        """The most that one value sees of the input along every axis, padding left out."""
        return tuple(field.seen for field in self.fields)


def trace(layers: Sequence[Layer]) -> tuple[tuple[Row, ...], Impossible | None]:
    """The rows of a stack up to the first layer without an output, and why it has none.

    >>> from convwidgets.core.layers import Input, MaxPooling2D
    >>> rows, stop = trace([Input((5, 5, 1)), MaxPooling2D(3), MaxPooling2D(2)])
    >>> len(rows), stop.number, stop.name
    (2, 2, 'max_pooling2d_1')
    """
    rows: list[Row] = []
    shape: Shape = ()
    seen: tuple[Field, ...] = ()
    for number, (layer, name) in enumerate(zip(layers, names(layers), strict=True)):
        try:
            output = _countable(layer.output_shape(shape))
            seen = layer.start() if isinstance(layer, Input) else layer.fields(seen, shape)
        except ValueError as error:
            return tuple(rows), impossible(layer, number, name, shape, str(error))
        rows.append(Row(number, name, layer, shape, output, seen))
        shape = output
    return tuple(rows), None


def _countable(shape: Shape) -> Shape:
    """The shape, unless it holds more values than a double can count; the page's numbers are doubles."""
    if prod(shape) > MOST_VALUES:
        raise ValueError(say("values"))
    return shape


def names(layers: Sequence[Layer]) -> list[str]:
    """The name of every layer: its own, or Keras's for its kind, counted on: conv2d, conv2d_1, …

    Raises:
        ValueError: for a name that is given twice.
    """
    own = [layer.name for layer in layers if layer.name is not None]
    if twice := [name for name in own if own.count(name) > 1]:
        raise ValueError(say("twice", name=repr(twice[0])))
    taken, found = set(own), []
    for layer in layers:
        name, count, kind = layer.name, 0, snake_case(layer.type)
        while name is None or (layer.name is None and name in taken):
            name, count = kind if count == 0 else f"{kind}_{count}", count + 1
        taken.add(name)
        found.append(name)
    return found


class Sequential:
    """Layers one after the other, as Keras's Sequential, with an Input first.

    Args:
        layers: descriptions, the first of them Input(shape).
        name: of the whole.

    Raises:
        TypeError: for things that are not layers.
        ValueError: for a stack without Input, and for the first layer that has no output: which, why, and what fits.

    >>> from convwidgets.core.layers import Conv2D, Input, MaxPooling2D
    >>> stack = Sequential([Input((32, 32, 3)), Conv2D(8, (3, 5)), MaxPooling2D(2)])
    >>> stack.output_shape, stack.params, stack.multiply_adds
    ((15, 14, 8), 368, 302400)
    >>> stack.rows[2].receptive_field
    (4, 6)
    """

    def __init__(self, layers: Iterable[Layer], name: str = "sequential") -> None:
        self.layers = check_layers(layers)
        self.name = name
        self.rows, stop = trace(self.layers)
        if stop is not None:
            raise ValueError(stop.text)

    @classmethod
    def from_config(cls, configs: Iterable[dict[str, Any]], name: str = "sequential") -> Sequential:
        """The stack whose layers have these :meth:`Layer.config`."""
        return cls([from_config(config) for config in configs], name)

    @property
    def input_shape(self) -> Shape:
        """What goes in, without the batch."""
        return self.rows[0].output_shape

    @property
    def output_shape(self) -> Shape:
        """What comes out, without the batch."""
        return self.rows[-1].output_shape

    @property
    def params(self) -> int:
        """Number of parameters, trainable or not."""
        return sum(row.params for row in self.rows)

    @property
    def trainable_params(self) -> int:
        """Number of parameters that training changes."""
        return sum(row.trainable_params for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Products of a value with a weight for one input."""
        return sum(row.multiply_adds for row in self.rows)

    def summary(self) -> str:
        """The table as text, as Keras prints it, with multiply-adds and the receptive field."""
        from convwidgets.core.layers.tables import summary

        return summary(self.rows, self.name)

    def table(self) -> dict[str, Any]:
        """The table as plain data, ready for JSON: see :func:`convwidgets.layers.table`."""
        from convwidgets.core.layers.tables import table

        return table(self.layers)

    def to_markdown(self) -> str:
        """The table in Markdown."""
        from convwidgets.core.layers.tables import markdown

        return markdown(self.rows)

    def to_latex(self) -> str:
        """The table in LaTeX, for the package booktabs."""
        from convwidgets.core.layers.tables import latex

        return latex(self.rows)

    def to_keras(self) -> str:
        """Keras code for the same stack, as ``model``; comments say where Keras needs another way.

        Raises:
            ValueError: for a layer that Keras cannot express; the sentence names it.
        """
        from convwidgets.core.layers.keras_code import keras_code

        return keras_code(self.rows, self.name)

    def to_torch(self) -> str:
        """PyTorch code for the same stack, as ``model``; comments say where PyTorch needs another way.

        Raises:
            ValueError: for a layer that PyTorch cannot express; the sentence names it.
        """
        from convwidgets.core.layers.torch_code import torch_code

        return torch_code(self.rows)

    def to_numpy(self) -> str:
        """NumPy code for the same stack: a function ``model(x, weights)`` that calls convwidgets, and all ``shapes``.

        Raises:
            ValueError: for a layer that has no such call; the sentence names it.
        """
        from convwidgets.core.layers.numpy_code import numpy_code

        return numpy_code(self.rows)

    def __len__(self) -> int:
        return len(self.layers)

    def __iter__(self) -> Iterator[Layer]:
        return iter(self.layers)

    def __getitem__(self, number: int) -> Layer:
        return self.layers[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequential) and self.layers == other.layers

    def __hash__(self) -> int:
        return hash(self.layers)

    def __repr__(self) -> str:
        return (
            f"<{self.name}: {len(self.rows)} layers, {self.input_shape} -> {self.output_shape}, {self.params:,} params>"
        )

    def __str__(self) -> str:
        return self.summary()


def check_layers(layers: Any) -> tuple[Layer, ...]:
    """The layers, if they are layers and begin with the only Input."""
    if not isinstance(layers, Iterable):
        raise TypeError(
            f"A stack takes a list of layers, but got {type(layers).__name__}. Write Sequential([Input(…), …])."
        )
    found = tuple(layers)
    for number, layer in enumerate(found):
        if not isinstance(layer, Layer):
            kind = type(layer).__name__
            call = f" Write {layer.__name__}(…)." if isinstance(layer, type) and issubclass(layer, Layer) else ""
            raise TypeError(f"Layer {number} is no layer, but {kind}.{call or ' Use the kinds in convwidgets.layers.'}")
    if not found or not isinstance(found[0], Input):
        raise ValueError(say("first"))
    if inputs := [number for number, layer in enumerate(found) if isinstance(layer, Input)][1:]:
        raise ValueError(say("second", number=inputs[0]))
    return found
