"""A layer without an output: which layer, why, and what would fit in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from convwidgets.core.layers.layer import Layer, Shape


@dataclass(frozen=True)
class Repair:
    """A value of one parameter with which the layer has an output."""

    parameter: str
    value: Any
    output_shape: Shape

    @property
    def text(self) -> str:
        """'padding="same" (output (1, 1, 16))'."""
        value = f'"{self.value}"' if isinstance(self.value, str) else f"{self.value}"
        return f"{self.parameter}={value} (output {self.output_shape})"


@dataclass(frozen=True)
class Impossible:
    """A layer that has no output for what reaches it."""

    number: int
    name: str
    type: str
    input_shape: Shape
    reason: str
    repairs: tuple[Repair, ...]

    @property
    def text(self) -> str:
        """The whole sentence."""
        label = self.type if self.name == self.type else f"{self.name} ({self.type})"
        fits = ", or ".join(repair.text for repair in self.repairs)
        return f"Layer {self.number}, {label}, has no output for the input {self.input_shape}: {self.reason}" + (
            f" Here would fit {fits}." if fits else ""
        )


def impossible(layer: Layer, number: int, name: str, shape: Shape, reason: str) -> Impossible:
    """The layer with all that would fit in its place."""
    return Impossible(number, name, layer.type, shape, reason, tuple(repairs(layer, shape)))


def repairs(layer: Layer, shape: Shape) -> Iterator[Repair]:
    """Single parameters that would give the layer an output, the gentlest first.

    >>> from convwidgets.core.layers.pools import MaxPooling2D
    >>> [repair.text for repair in repairs(MaxPooling2D(3), (2, 4, 16))]
    ['pool_size=(2, 3) (output (1, 1, 16))', 'padding="same" (output (1, 2, 16))']
    """
    for parameter, value in _candidates(layer, shape):
        changed = replace(layer, **{parameter: value})
        try:
            yield Repair(parameter, value, changed.output_shape(shape))
        except ValueError:
            continue


def _candidates(layer: Layer, shape: Shape) -> Iterator[tuple[str, Any]]:
    parameters = layer.parameters()
    for name in ("kernel_size", "pool_size"):
        if name in parameters and len(shape) == layer.dimensions + 1:
            yield from ((name, size) for size in _smaller(layer, name, shape))
    if "dilation_rate" in parameters:
        yield "dilation_rate", 1
    if "padding" in parameters and layer.own_checks.get("padding") is None:
        yield "padding", "same"
    if "output_padding" in parameters:
        yield "output_padding", None
    if "groups" in parameters and len(shape) > 1:
        yield from (("groups", groups) for groups in _divisors(layer, shape))


def _smaller(layer: Layer, name: str, shape: Shape) -> Iterator[tuple[int, ...]]:
    """The size cut to what every axis has room for without padding, where that is a change."""
    size = getattr(layer, name)
    rates = getattr(layer, "dilation_rate", (1,) * len(size))
    cut = tuple(min(k, (room - 1) // d + 1) for k, d, room in zip(size, rates, shape, strict=False))
    if cut != size:
        yield cut


def _divisors(layer: Layer, shape: Shape) -> Iterator[int]:
    """The number of groups nearest to the one that was asked for."""
    filters, asked = getattr(layer, "filters", 1), getattr(layer, "groups", 1)
    fitting = [g for g in range(1, shape[-1] + 1) if shape[-1] % g == 0 == filters % g and g != asked]
    yield from sorted(fitting, key=lambda g: abs(g - asked))[:1]
