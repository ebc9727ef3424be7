"""A PyTorch module as a stack. Modules are known by the name of their class: PyTorch itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from convwidgets.core.layers.layer import Layer, Shape, snake_case
from convwidgets.core.layers.stack import Sequential
from convwidgets.core.layers.torch_modules import READERS, UnreadableError
from convwidgets.core.layers.vectors import Input


def from_torch(module: Any, input_shape: Sequence[int]) -> Sequential:
    """The stack that a PyTorch module is.

    Args:
        module: a layer, or layers in nn.Sequential, also in one another.
        input_shape: as PyTorch has it, channels first and without the batch: (3, 224, 224).

    Raises:
        ValueError: for a module that is no chain of known layers; the sentence names it, and a way out.

    Values keep their meaning, too: a mean that counts its padding becomes a ZeroPadding2D and a mean. Only the order of
    a Flatten is Keras's: channels run fastest.
    """
    if not isinstance(input_shape, list | tuple) or not input_shape:
        raise TypeError(
            f"The input_shape is {input_shape!r}, but it must be (channels, height, width), as (3, 224, 224)."
        )
    layers: list[Layer] = [Input((*input_shape[1:], input_shape[0]))]
    shape: Shape = layers[0].output_shape(())
    for path, leaf in _leaves(module, ""):
        for layer in _read(path, leaf, shape):
            named = replace(layer, name=layer.name or path or None)
            layers.append(named)
            try:
                shape = named.output_shape(shape)
            except ValueError:
                Sequential(layers)  # says which layer, why, and what would fit
    return Sequential(layers, type(module).__name__.lower())


def _leaves(module: Any, path: str) -> Iterator[tuple[str, Any]]:
    """The layers of nested nn.Sequential in their order, each with its name: features.0."""
    kinds = [kind.__name__ for kind in type(module).__mro__]
    children: dict[str, Any] = getattr(module, "_modules", {})  # named_children() leaves repeated ones out
    if "Sequential" in kinds:
        for name, child in children.items():
            yield from _leaves(child, f"{path}.{name}" if path else name)
    elif any(kind in READERS for kind in kinds):
        yield path, module
    elif children:
        first = next(iter(children))
        raise _unknown(
            path, module, "has a forward() of its own, which may branch, and a table has one row after the other",
            f"Give a part that is a chain, as from_torch(model.{first}, …), or the parts in an nn.Sequential",
        )  # fmt: skip
    else:
        raise _unknown(
            path, module, "is a kind that the table does not know",
            f"It knows {', '.join(READERS)}. Leave it out, or give the part before it",
        )  # fmt: skip


def _read(path: str, module: Any, shape: Shape) -> list[Layer]:
    """The layers that stand for a module where ``shape`` goes in."""
    kinds = [kind.__name__ for kind in type(module).__mro__]
    if kinds[0].startswith("Lazy"):
        raise _unknown(path, module, "has not seen its input yet", "Run the module on one batch first")
    read = READERS[next(kind for kind in kinds if kind in READERS)]
    try:
        layers = list(read(module, shape))
    except UnreadableError as error:
        raise _unknown(path, module, error.fact, error.way_out) from None
    helpers = [replace(layer, name=f"{path}.{snake_case(layer.type)}" if path else None) for layer in layers[:-1]]
    return helpers + layers[-1:]


def _unknown(path: str, module: Any, fact: str, way_out: str) -> ValueError:
    where = f"The module {path!r}" if path else "The module"
    return ValueError(f"{where} ({type(module).__name__}) {fact}. {way_out}.")
