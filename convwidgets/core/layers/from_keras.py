"""A Keras model as a stack. Layers are known by the name of their class: Keras itself is not imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from convwidgets.core.layers.layer import KINDS, Layer
from convwidgets.core.layers.parameters import ACTIVATIONS
from convwidgets.core.layers.stack import Sequential
from convwidgets.core.layers.vectors import Activation, Dropout, Input, LeakyReLU

_ALIASES = {"swish": "silu"}


def from_keras(model: Any, input_shape: Sequence[int] | None = None) -> Sequential:
    """The stack that a Keras model is.

    Args:
        model: a keras.Sequential, or a functional model that is one chain, such as VGG-16; models in one another too.
        input_shape: without the batch; needed where the model leaves sizes open.

    Raises:
        ValueError: for a model that is no chain of known layers; the sentence names the layer, and a way out.

    Initializers, regularizers and constraints change no row of the table and are left out.
    """
    if not (hasattr(model, "layers") and hasattr(model, "input_shape")):
        raise TypeError(
            f"{type(model).__name__} is no Keras model with a known input. "
            f"Give a keras.Sequential that begins with keras.Input, or a functional model."
        )
    layers: list[Layer] = [Input(_input_shape(model, input_shape), name=_input_name(model))]
    for layer in _leaves(model):
        layers.append(_read(layer))
    return Sequential(layers, str(model.name))


def _input_shape(model: Any, given: Sequence[int] | None) -> tuple[int, ...]:
    if given is not None:
        return tuple(given)
    shapes = model.input_shape
    if isinstance(shapes, list | dict) or (shapes and isinstance(shapes[0], list | tuple)):
        raise ValueError(
            f"The model {model.name!r} has {len(shapes)} inputs, but a table begins with one. "
            f"Give a part with one input."
        )
    if None in shapes[1:]:
        raise ValueError(
            f"The model {model.name!r} leaves sizes of its input open, {tuple(shapes)}. "
            f"Give them, as from_keras(model, input_shape=(224, 224, 3))."
        )
    return tuple(shapes[1:])


def _input_name(model: Any) -> str | None:
    """The name of a functional model's InputLayer."""
    return next((str(layer.name) for layer in model.layers if type(layer).__name__ == "InputLayer"), None)


def _leaves(model: Any) -> Iterator[Any]:
    """The layers in their order, those of models inside in their place, if every layer reads the one before."""
    before: Any = None
    for layer in model.layers:
        if type(layer).__name__ != "InputLayer":
            _check_chain(model, before, layer)
            yield from _leaves(layer) if hasattr(layer, "layers") else [layer]
        before = layer


def _check_chain(model: Any, before: Any, layer: Any) -> None:
    """Refuse a functional model with branches."""
    if "Sequential" in [kind.__name__ for kind in type(model).__mro__] or before is None:
        return
    reads, gives = getattr(layer, "input", None), getattr(before, "output", None)
    nested = hasattr(layer, "layers") or hasattr(before, "layers")  # their tensors are their own
    if reads is not gives and not nested:
        raise ValueError(
            f"The layer {layer.name!r} ({type(layer).__name__}) does not read the layer before it, {before.name!r}: "
            f"the model {model.name!r} branches, and a table has one row after the other. "
            f"Give a part that is a chain, as keras.Sequential(model.layers[:5])."
        )


def _read(layer: Any) -> Layer:
    kinds = [kind.__name__ for kind in type(layer).__mro__]
    kind = next((kind for kind in kinds if kind in _READERS or kind in KINDS), None)
    if kind is None:
        known = ", ".join(sorted({*KINDS, *_READERS} - {"Input"}))
        raise _refusal(layer, f"is a kind that the table does not know. It knows {known}. Give the part before it")
    config = layer.get_config()
    if config.get("data_format") == "channels_first":
        raise _refusal(layer, 'has data_format="channels_first". The table reads channels last: use "channels_last"')
    try:
        if kind in _READERS:
            return _READERS[kind](config)
        return KINDS[kind](**{name: _value(name, config[name]) for name in KINDS[kind].parameters() if name in config})
    except ValueError as error:
        raise _refusal(layer, f"cannot be read: {str(error).removesuffix('.')}") from None


def _refusal(layer: Any, fact: str) -> ValueError:
    return ValueError(f"The layer {layer.name!r} ({type(layer).__name__}) {fact}.")


def _value(name: str, value: Any) -> Any:
    """A value of Keras's config as our layers take it."""
    if name == "activation":
        return _activation(value)
    return _tuples(value)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list | tuple) else value


def _activation(value: Any) -> Any:
    name = _ALIASES.get(value, value) if isinstance(value, str) else value
    if name is not None and name not in ACTIVATIONS:
        raise ValueError(f"its activation is {value!r}. The table knows {', '.join(ACTIVATIONS)}.")
    return name


def _relu(config: dict[str, Any]) -> Layer:
    most, slope = config.get("max_value"), config.get("negative_slope", 0) or 0
    if config.get("threshold") or (most is not None and (most != 6 or slope)):
        raise ValueError("the table knows ReLU with max_value None or 6, a negative_slope, and threshold 0.")
    name = config["name"]
    return LeakyReLU(float(slope), name=name) if slope else Activation("relu" if most is None else "relu6", name=name)


def _softmax(config: dict[str, Any]) -> Layer:
    if config.get("axis", -1) != -1:
        raise ValueError("its axis is not the last. Use axis=-1.")
    return Activation("softmax", name=config["name"])


def _dropout(config: dict[str, Any]) -> Layer:
    return Dropout(config["rate"], name=config["name"])


def _normalization(config: dict[str, Any]) -> Layer:
    axis = config.get("axis", -1)
    if axis not in (-1, [-1], 3, [3]):
        raise ValueError(f"its axis is {axis}, not the channels. Use axis=-1.")
    kind = KINDS["BatchNormalization"]
    return kind(**{name: config[name] for name in kind.parameters() if name in config})


_READERS: dict[str, Callable[[dict[str, Any]], Layer]] = {
    "BatchNormalization": _normalization,
    "ReLU": _relu,
    "Softmax": _softmax,
    "SpatialDropout1D": _dropout,
    "SpatialDropout2D": _dropout,
}
