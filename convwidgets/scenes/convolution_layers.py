"""The Keras and the PyTorch layer of one convolution, with its weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convwidgets.core.activations import LEAK
from convwidgets.core.axis import Axis, named_padding
from convwidgets.core.layers.code import sides
from convwidgets.scenes.code import Call, amounts, called, keras_layer, literal
from convwidgets.scenes.setting import Setting

WORDS = {
    "correlation": "# {framework} does not flip the kernel",
    "keras_amounts": "# Keras pads by “valid” or “same” only",
    "keras_pads": "# Keras pads with zeros only",
    "keras_stride": "# Keras takes a stride or a dilation: every position first, then some of them",
}
"""What the comments say."""
MODES = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
"""NumPy's names of the pad modes."""
KERAS_AFTER = {
    "relu": "y = keras.ops.relu(y)",
    "leaky_relu": f"y = keras.ops.leaky_relu(y, {LEAK})",
    "sigmoid": "y = keras.ops.sigmoid(y)",
    "tanh": "y = keras.ops.tanh(y)",
}
TORCH_AFTER = {
    "relu": "y = torch.relu(y)",
    "leaky_relu": f"y = torch.nn.functional.leaky_relu(y, {LEAK})",
    "sigmoid": "y = torch.sigmoid(y)",
    "tanh": "y = torch.tanh(y)",
}


def keras(setting: Setting, x: str = "x", kernels: Sequence[str] = ("kernel",)) -> Call:
    """A layer of Keras with a filter for each kernel; what it has no option for comes before or after it."""
    axes = _axes(setting)
    strides = tuple(axis.stride for axis in axes)
    every = max(strides) > 1 and max(axis.dilation for axis in axes) > 1
    picked = ", ".join(f"::{stride}" for stride in strides) if every else "..."
    strides = (1,) * len(axes) if every else strides
    padding = named_by_keras(setting, strides)
    leaky = setting.activation == "leaky_relu"
    layer = called(
        f"keras.layers.Conv{len(axes)}D", str(len(kernels)), amounts([axis.kernel for axis in axes]),
        strides=(strides, 1), padding=(padding or "valid", "valid"),
        dilation_rate=(tuple(axis.dilation for axis in axes), 1),
        use_bias=(bool(setting.bias), True), activation=("none" if leaky else setting.activation, "none"),
    )  # fmt: skip
    flips = [f"{name} = np.flip({name})" for name in kernels]
    flipped = [WORDS["correlation"].format(framework="Keras"), *flips] if setting.flip else []
    bias = f", np.array([{literal(setting.bias)}])" if setting.bias else ""
    batch = f"layer({x}[None, ..., None])[0, {picked}"
    weights, result = f"{kernels[0]}[..., None, None]", f"{batch}, 0]"
    if len(kernels) > 1:
        weights = f"np.stack([{', '.join(kernels)}], axis=-1)[..., None, :]"
        result = f"keras.ops.moveaxis({batch}], -1, 0)"
    return Call(
        [
            *flipped, *([WORDS["keras_stride"]] if every else []),
            *keras_layer(layer, len(axes), f"{weights}{bias}"),
        ],
        [] if padding else padded(setting, x),
        result,
        [KERAS_AFTER["leaky_relu"]] if leaky else [],
    )  # fmt: skip


def named_by_keras(setting: Any, strides: tuple[int, ...]) -> str | None:
    """The name that Keras has for the padding of a setting; None where it has none."""
    axes = _axes(setting)
    if not is_padded(axes):
        return "valid"
    same = tuple(
        named_padding("same", axis.size, axis.kernel, stride, axis.dilation)
        for axis, stride in zip(axes, strides, strict=True)
    )
    return "same" if setting.pad_mode == "zeros" and sides(axes) == same else None


def padded(setting: Setting, x: str = "x") -> list[str]:
    """The lines that pad the input in NumPy, where Keras cannot."""
    options = {"mode": (MODES.get(setting.pad_mode, "constant"), "constant"), "constant_values": (setting.constant, 0)}
    why = WORDS["keras_amounts" if setting.pad_mode == "zeros" else "keras_pads"]
    array = "x" if x == "x" else f"keras.ops.convert_to_numpy({x})"
    return [why, f"{x} = {called('np.pad', array, str(sides(_axes(setting))), **options)}"]


def pytorch(setting: Setting, x: str = "x", kernels: Sequence[str] = ("kernel",)) -> Call:
    """A layer of PyTorch with a filter for each kernel, after a padding that it has no option for."""
    axes = _axes(setting)
    own = all(axis.before == axis.after for axis in axes) and setting.pad_mode != "constant"
    layer = called(
        f"torch.nn.Conv{len(axes)}d", "1", str(len(kernels)), amounts([axis.kernel for axis in axes]),
        stride=(tuple(axis.stride for axis in axes), 1), padding=(tuple(axis.before for axis in axes) if own else 0, 0),
        dilation=(tuple(axis.dilation for axis in axes), 1),
        padding_mode=(setting.pad_mode if own and is_padded(axes) else "zeros", "zeros"),
        bias=(bool(setting.bias), True),
    )  # fmt: skip
    turned = f"flip({', '.join(map(str, range(len(axes))))})"
    flips = [f"{name} = {name}.{turned}" for name in kernels]
    one = len(kernels) == 1
    weights = f"{kernels[0]}[None, None]" if one else f"torch.stack([{', '.join(kernels)}])[:, None]"
    bias = f"layer.bias.data = torch.tensor([{literal(float(setting.bias))}])"
    return Call(
        [
            *([WORDS["correlation"].format(framework="PyTorch"), *flips] if setting.flip else []),
            f"layer = {layer}", f"layer.weight.data = {weights}", *([bias] if setting.bias else []),
        ],
        [] if own or not is_padded(axes) else padded_tensor(setting, x),
        f"layer({x}[None, None])[0{', 0' if one else ''}]",
        [TORCH_AFTER[setting.activation]] if setting.activation in TORCH_AFTER else [],
    )  # fmt: skip


def padded_tensor(setting: Setting, x: str = "x") -> list[str]:
    """The line that pads the input in PyTorch."""
    mode = "constant" if setting.pad_mode == "zeros" else setting.pad_mode
    around = tuple(side for pair in reversed(sides(_axes(setting))) for side in pair)
    options: dict[str, Any] = {"mode": (mode, "constant"), "value": (setting.constant, 0)}
    return [f"{x} = {called('torch.nn.functional.pad', f'{x}[None, None]', str(around), **options)}[0, 0]"]


def _axes(setting: Any) -> list[Axis]:
    return [axis for axis in setting.axes if axis is not None]


def is_padded(axes: list[Axis]) -> bool:
    """Whether there is any padding."""
    return any(axis.before or axis.after for axis in axes)
