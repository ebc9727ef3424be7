"""A stack as a trait: layers, their configs, a Sequential, a Keras model or a PyTorch module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from traitlets import TraitType

from convwidgets.core.layers import PRESETS, Layer, Sequential, from_config, from_keras, from_torch
from convwidgets.core.layers.stack import check_layers, names
from convwidgets.widgets.errors import SettingError, brief, listed, suggestion

Stack = tuple[Layer, ...]


def stack_of(model: Any, input_shape: Sequence[int] | None = None) -> tuple[Stack, str]:
    """The layers of whatever describes a stack, and its name.

    Args:
        model: layers or their configs in a list; a Sequential; the name of a preset; a Keras model; a PyTorch module.
        input_shape: for a Keras model that leaves sizes open, and for every PyTorch module.

    Raises:
        SettingError: for what is no chain of layers; the sentence says why, and a way out.
    """
    try:
        found = _read(model, input_shape)
        names(found.layers)
    except (TypeError, ValueError) as error:
        raise SettingError(str(error)) from None
    return found.layers, found.name


class _Named:
    """Layers with a name, possible or not."""

    def __init__(self, layers: Any, name: str = "sequential") -> None:
        self.layers: Stack = check_layers(layers)
        self.name = name


def _read(model: Any, input_shape: Sequence[int] | None) -> Sequential | _Named:
    if isinstance(model, str):
        return _preset(model)
    if isinstance(model, Sequential):
        return model
    kinds = {kind.__module__.partition(".")[0] for kind in type(model).__mro__}
    if kinds & {"keras", "tf_keras"}:  # first: on its PyTorch backend a Keras model is a module, too
        return from_keras(model, input_shape)
    if "torch" in kinds:
        if input_shape is None:
            raise SettingError(
                f"A PyTorch module ({type(model).__name__}) does not know the size of its input. "
                f"Give it, channels first: LayerTable(module, input_shape=(3, 224, 224))."
            )
        return from_torch(model, input_shape)
    if hasattr(model, "layers") and hasattr(model, "input_shape"):
        return from_keras(model, input_shape)
    if (items := listed(model)) is None:
        raise SettingError(
            f"A layer table takes a list of layers, a Sequential, a Keras model or a PyTorch module, "
            f"but it got {brief(model)}."
        )
    return _Named([_layer(item) for item in items])


def _layer(item: Any) -> Any:
    return from_config(item) if isinstance(item, Mapping) else item


def _preset(name: str) -> Sequential:
    if name not in PRESETS:
        known = ", ".join(f'"{each}"' for each in PRESETS)
        raise SettingError(f'There is no preset "{name}".{suggestion(name, list(PRESETS))} Use one of {known}.')
    return PRESETS[name]()


class Layers(TraitType[Any, Any]):
    """The layers, as a tuple of descriptions; configs on their way to the page."""

    info_text = "a stack of layers"

    def validate(self, obj: Any, value: Any) -> Stack:
        return stack_of(value)[0]


class StackName(TraitType[Any, Any]):
    """What the stack is called in its summary and its code."""

    info_text = "a text"

    def validate(self, obj: Any, value: Any) -> str:
        if not isinstance(value, str) or not value.strip():
            raise SettingError(f"The name must be a text that is not empty, but it is {brief(value)}.")
        return value


def to_json(layers: Stack, _: object) -> list[dict[str, Any]]:
    """Configs, ready for JSON."""
    return [layer.config() for layer in layers]
