"""A layer without an output: which layer, why, and what would fit in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import gcd, isqrt
from typing import Any

from convwidgets.core.layers.layer import Layer, Shape
from convwidgets.core.layers.parameters import CHECKS
from convwidgets.core.layers.words import say


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
        return say("repair", parameter=self.parameter, value=value, shape=self.output_shape)


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
        stop = say("stop", number=self.number, label=label, shape=self.input_shape, reason=self.reason)
        fitting = say("or").join(repair.text for repair in self.repairs)
        return stop + say("fits", repairs=fitting) if fitting else stop


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
    if "padding" in parameters and layer.own_checks.get("padding", CHECKS["padding"]).form == "padding":
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
    fitting = [g for g in common_divisors(shape[-1], filters) if g != asked]
    yield from sorted(fitting, key=lambda g: abs(g - asked))[:1]


def common_divisors(a: int, b: int) -> list[int]:
    """The numbers that divide both, from 1 on: 12, 18 -> 1, 2, 3, 6."""
    most = gcd(a, b)
    small = [d for d in range(1, isqrt(most) + 1) if most % d == 0]
    return small + [most // d for d in reversed(small) if d * d != most]
