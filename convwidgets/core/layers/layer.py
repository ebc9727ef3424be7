"""What every layer says of itself: output shape, weights, multiply-adds, receptive field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from functools import wraps
from math import prod
from typing import Any, ClassVar, TypeAlias, TypeVar, dataclass_transform

from convwidgets.core.axis import Axis
from convwidgets.core.layers.parameters import CHECKS, Check, checked, unknown
from convwidgets.core.layers.reach import Field
from convwidgets.core.layers.words import SPACE, say

Shape: TypeAlias = tuple[int, ...]
"""Sizes without the batch, channels last: (height, width, channels), or (features,)."""

_L = TypeVar("_L", bound="Layer")


@dataclass(frozen=True)
class Weight:
    """One array of parameters."""

    name: str
    shape: Shape
    trainable: bool = True

    @property
    def size(self) -> int:
        """Number of parameters."""
        return prod(self.shape)


@dataclass_transform(frozen_default=True)
def layer(kind: type[_L]) -> type[_L]:
    """Make a frozen dataclass that answers an unknown parameter with the name that is meant."""
    made = dataclass(frozen=True, repr=False)(kind)
    construct: Callable[..., None] = made.__init__
    names = list(made.parameters())
    needed = [name for name, default in made.parameters().items() if default is MISSING]
    placed = [each.name for each in fields(made) if not each.kw_only]

    @wraps(construct)
    def __init__(self: Layer, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        wrong = [name for name in kwargs if name not in names]
        if wrong:
            raise TypeError(unknown(made.__name__, wrong[0], names))
        if len(args) > len(placed):
            room = f"by position {', '.join(placed)}" if placed else "nothing by position"
            raise TypeError(f"{made.__name__} takes {room}, but got {len(args)} values. Name the others: name=value.")
        if missing := [name for name in needed[len(args) :] if name not in kwargs]:
            call = f"{made.__name__}({', '.join(needed)})"
            raise TypeError(say("needs", owner=made.__name__, missing=say("and").join(missing), call=call))
        construct(self, *args, **kwargs)

    made.__init__ = __init__  # type: ignore[method-assign]
    KINDS[made.__name__] = made
    return made


@dataclass(frozen=True, repr=False, kw_only=True)
class Layer:
    """A layer as a description: no weights inside, only what it does to a shape.

    Args:
        name: what to call it; a stack finds a name as Keras does ("conv2d_1") where there is none.
    """

    name: str | None = None

    dimensions: ClassVar[int] = 0  # spatial axes that it needs; 0: any
    own_checks: ClassVar[Mapping[str, Check]] = {}

    def __post_init__(self) -> None:
        for name in self.parameters():
            object.__setattr__(self, name, self._kept(name, getattr(self, name)))

    def __repr__(self) -> str:
        """As one would write it, without what is a default: Conv2D(6, 5, activation='tanh')."""
        given = [f"{name}={_short(name, value)}" for name, value in self.settings().items()]
        return f"{type(self).__name__}({', '.join(given)})"

    @property
    def type(self) -> str:
        """Name of the kind as Keras's summaries give it: "Conv2D", "InputLayer"."""
        return type(self).__name__

    @classmethod
    def parameters(cls) -> dict[str, Any]:
        """Every parameter with its default, in order; those that must be given have the value MISSING."""
        return {each.name: each.default for each in sorted(fields(cls), key=lambda each: each.name == "name")}

    def settings(self) -> dict[str, Any]:
        """The parameters that differ from their default.

        >>> from convwidgets.core.layers import MaxPooling2D
        >>> MaxPooling2D(3, strides=2).settings()
        {'pool_size': (3, 3), 'strides': (2, 2)}
        """
        return {
            name: getattr(self, name)
            for name, default in self.parameters().items()
            if default is MISSING or getattr(self, name) != self._kept(name, default)
        }

    def config(self) -> dict[str, Any]:
        """The layer as plain data, ready for JSON; :func:`from_config` makes the layer again."""
        return {"type": type(self).__name__, **{name: _plain(value) for name, value in self.settings().items()}}

    def output_shape(self, shape: Shape) -> Shape:
        """The shape that comes out where ``shape`` goes in.

        Raises:
            ValueError: where nothing comes out; the sentence says why and what would help.
        """
        return shape

    def axes(self, shape: Shape) -> tuple[Axis, ...]:
        """The sliding windows, one per spatial axis; none for a layer that looks at one value at a time."""
        return ()

    def weights(self, shape: Shape) -> tuple[Weight, ...]:
        """The arrays of parameters that the layer has where ``shape`` goes in, in Keras's order."""
        return ()

    def params_formula(self, shape: Shape) -> str:
        """How the number of parameters comes about, as "(5·5·3 + 1)·16"; empty where there are none."""
        return ""

    def multiply_adds(self, shape: Shape) -> int:
        """Products of a value with a weight, for one input; padding counts, adding a bias does not."""
        return 0

    def fields(self, seen: tuple[Field, ...], shape: Shape) -> tuple[Field, ...]:
        """The receptive field behind the layer, along every spatial axis of the stack's input."""
        axes = self.axes(shape)
        if not axes or all(field.everywhere for field in seen):
            return seen
        return tuple(self._field(field, axis) for field, axis in zip(seen, axes, strict=True))

    def to_keras(self, shape: Shape) -> str:
        """The layer in Keras, where ``shape`` goes in: one line, or several where Keras needs another way."""
        from convwidgets.core.layers.keras_code import keras_lines

        return "\n".join(keras_lines(self, shape))

    def to_torch(self, shape: Shape) -> str:
        """The layer in PyTorch, where ``shape`` (channels last) goes in, with its activation as a further line."""
        from convwidgets.core.layers.torch_code import torch_lines

        return "\n".join(torch_lines(self, shape))

    def to_numpy(self, shape: Shape) -> str:
        """The layer in NumPy with convwidgets: statements that make of ``x``, an input of that shape, the output.

        They name its arrays as :meth:`weights` does: kernel, bias, …
        """
        from convwidgets.core.layers.numpy_code import numpy_lines

        return "\n".join(numpy_lines(self, shape))

    def _field(self, field: Field, axis: Axis) -> Field:
        return field.through(axis)

    def _kept(self, name: str, value: Any) -> Any:
        """The value of a parameter as the layer keeps it."""
        check = self.own_checks.get(name) or CHECKS[name]
        return checked(type(self).__name__, name, value, check, self.dimensions)

    def _check_rank(self, shape: Shape) -> None:
        """Refuse an input that does not have the layer's spatial axes and channels."""
        if len(shape) == self.dimensions + 1:
            return
        wanted = f"({SPACE[self.dimensions]}, channels)"
        way_out = say("rank_vector" if len(shape) == 1 else "rank_other", wanted=wanted, count=len(shape) - 1)
        raise ValueError(say("rank", type=self.type, wanted=wanted, shape=shape, way_out=way_out))


KINDS: dict[str, type[Layer]] = {}
"""Every kind of layer by its name; :func:`layer` enters it."""


def from_config(config: Mapping[str, Any]) -> Layer:
    """The layer that :meth:`Layer.config` describes.

    >>> from_config({"type": "MaxPooling2D", "pool_size": 3})
    MaxPooling2D(pool_size=3)
    """
    settings = dict(config)
    kind = settings.pop("type", None)
    if kind not in KINDS:
        raise ValueError(say("kind", kind=repr(kind), way_out=nearest_kind(str(kind))))
    return KINDS[kind](**settings)


def nearest_kind(name: str) -> str:
    """'Did you mean "Conv2D"?', or all there are."""
    import difflib

    if near := difflib.get_close_matches(name, KINDS, n=1):
        return say("meant", name=repr(near[0]))
    return say("kinds", names=", ".join(KINDS))


def snake_case(kind: str) -> str:
    """Keras's name for a kind: "Conv2DTranspose" -> "conv2d_transpose"."""
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", kind)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def _short(name: str, value: Any) -> str:
    """A value that is the same along all axes as one number: (3, 3) as 3."""
    while (
        name not in ("shape", "target_shape") and isinstance(value, tuple) and len(value) > 1 and len(set(value)) == 1
    ):
        value = value[0]
    return repr(value)


def _plain(value: Any) -> Any:
    return [_plain(item) for item in value] if isinstance(value, tuple) else value
