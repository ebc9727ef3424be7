"""Layers that change what a value is part of, or one value at a time: Input, Dense, Flatten, Reshape, Activation, …"""

from __future__ import annotations

from dataclasses import KW_ONLY
from math import prod

from convwidgets.core.layers.layer import Layer, Shape, Weight, layer
from convwidgets.core.layers.reach import Field
from convwidgets.core.layers.words import say


@layer
class Input(Layer):
    """What goes in, without the batch and channels last.

    >>> Input((28, 28, 1))
    Input(shape=(28, 28, 1))
    """

    shape: Shape

    @property
    def type(self) -> str:
        return "InputLayer"

    def output_shape(self, shape: Shape = ()) -> Shape:
        return self.shape

    def start(self) -> tuple[Field, ...]:
        """Every value of the input sees itself, along each of its spatial axes."""
        return tuple(Field.of_input(size) for size in self.shape[:-1])


@layer
class Dense(Layer):
    """Every unit reads every value of the last axis: a vector in all, or the channels at every position.

    >>> Dense(16).output_shape((400,)), Dense(16).params_formula((400,))
    ((16,), '(400 + 1)·16')
    """

    units: int
    activation: str | None = None
    _: KW_ONLY
    use_bias: bool = True

    def output_shape(self, shape: Shape) -> Shape:
        return (*shape[:-1], self.units)

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        biases = (Weight("bias", (self.units,)),) if self.use_bias else ()
        return (Weight("kernel", (shape[-1], self.units)), *biases)

    def params_formula(self, shape: Shape) -> str:
        return f"({shape[-1]} + 1)·{self.units}" if self.use_bias else f"{shape[-1]}·{self.units}"

    def multiply_adds(self, shape: Shape) -> int:
        return prod(shape) * self.units

    def fields(self, seen: tuple[Field, ...], shape: Shape) -> tuple[Field, ...]:
        return tuple(field.everything() for field in seen) if len(shape) == 1 else seen


@layer
class Flatten(Layer):
    """All values in one vector, channels running fastest.

    >>> Flatten().output_shape((5, 5, 16))
    (400,)
    """

    def output_shape(self, shape: Shape) -> Shape:
        return (prod(shape),)


@layer
class Reshape(Layer):
    """The same values in another shape.

    Args:
        target_shape: without the batch; one size may be −1.

    Its receptive field is an upper bound: where the grid changes, every position may see what any position saw.

    >>> Reshape((4, 4, -1)).output_shape((16384,))
    (4, 4, 1024)
    """

    target_shape: Shape

    def output_shape(self, shape: Shape) -> Shape:
        known, values = prod(size for size in self.target_shape if size != -1), prod(shape)
        free = -1 in self.target_shape
        if (values % known if free else values != known) or not values:
            wanted = say("multiple", known=known) if free else known
            raise ValueError(say("reshape", target=self.target_shape, wanted=wanted, shape=shape, values=values))
        return tuple(values // known if size == -1 else size for size in self.target_shape)

    def fields(self, seen: tuple[Field, ...], shape: Shape) -> tuple[Field, ...]:
        grid = tuple(len(field.first) for field in seen)
        return seen if self.output_shape(shape)[:-1] == grid else tuple(field.everything() for field in seen)


@layer
class Activation(Layer):
    """A function of every value: "relu", "sigmoid", "tanh", "softmax" (over the channels), …"""

    activation: str | None


@layer
class LeakyReLU(Layer):
    """x where x > 0, else negative_slope·x."""

    negative_slope: float = 0.3


@layer
class BatchNormalization(Layer):
    """γ·(x − mean)/√(variance + ε) + β per channel; mean and variance are kept, not trained.

    >>> [weight.name for weight in BatchNormalization().weights((8, 8, 3)) if not weight.trainable]
    ['moving_mean', 'moving_variance']
    """

    _: KW_ONLY
    momentum: float = 0.99
    epsilon: float = 0.001
    center: bool = True
    scale: bool = True

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        trained = [Weight("gamma", shape[-1:])] * self.scale + [Weight("beta", shape[-1:])] * self.center
        kept = [Weight(name, shape[-1:], trainable=False) for name in ("moving_mean", "moving_variance")]
        return (*trained, *kept)

    def params_formula(self, shape: Shape) -> str:
        return f"{len(self.weights(shape))}·{shape[-1]}"

    def multiply_adds(self, shape: Shape) -> int:
        """One per value: after training γ/√(variance + ε) is a single factor."""
        return prod(shape)


@layer
class Dropout(Layer):
    """While training every value becomes 0 with the chance ``rate``; the others grow by 1/(1 − rate)."""

    rate: float
