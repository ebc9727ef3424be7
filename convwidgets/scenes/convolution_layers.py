"""The Keras and the PyTorch layer of one convolution, with its weights."""

from __future__ import annotations

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
TORCH_AFTER = {
    "relu": "y = torch.relu(y)",
    "leaky_relu": f"y = torch.nn.functional.leaky_relu(y, {LEAK})",
    "sigmoid": "y = torch.sigmoid(y)",
    "tanh": "y = torch.tanh(y)",
}


def keras(setting: Setting) -> Call:
    """A layer of Keras; what it has no option for comes before or after it."""
    axes = _axes(setting)
    strides = tuple(axis.stride for axis in axes)
    every = max(strides) > 1 and max(axis.dilation for axis in axes) > 1
    picked = ", ".join(f"::{stride}" for stride in strides) if every else "..."
    strides = (1,) * len(axes) if every else strides
    padding = named_by_keras(setting, strides)
    leaky = setting.activation == "leaky_relu"
    layer = called(
        f"keras.layers.Conv{len(axes)}D", "1", amounts([axis.kernel for axis in axes]), strides=(strides, 1),
        padding=(padding or "valid", "valid"), dilation_rate=(tuple(axis.dilation for axis in axes), 1),
        use_bias=(bool(setting.bias), True), activation=("none" if leaky else setting.activation, "none"),
    )  # fmt: skip
    flipped = [WORDS["correlation"].format(framework="Keras"), "kernel = np.flip(kernel)"] if setting.flip else []
    bias = f", np.array([{literal(setting.bias)}])" if setting.bias else ""
    return Call(
        [
            *flipped, *([WORDS["keras_stride"]] if every else []),
            *keras_layer(layer, len(axes), f"kernel[..., None, None]{bias}"),
        ],
        [] if padding else padded(setting),
        f"layer(x[None, ..., None])[0, {picked}, 0]",
        [f"y = keras.ops.leaky_relu(y, {LEAK})"] if leaky else [],
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


def padded(setting: Setting) -> list[str]:
    """The lines that pad x in NumPy, where Keras cannot."""
    options = {"mode": (MODES.get(setting.pad_mode, "constant"), "constant"), "constant_values": (setting.constant, 0)}
    why = WORDS["keras_amounts" if setting.pad_mode == "zeros" else "keras_pads"]
    return [why, f"x = {called('np.pad', 'x', str(sides(_axes(setting))), **options)}"]


def pytorch(setting: Setting) -> Call:
    """A layer of PyTorch, after a padding that it has no option for."""
    axes = _axes(setting)
    own = all(axis.before == axis.after for axis in axes) and setting.pad_mode != "constant"
    layer = called(
        f"torch.nn.Conv{len(axes)}d", "1", "1", amounts([axis.kernel for axis in axes]),
        stride=(tuple(axis.stride for axis in axes), 1), padding=(tuple(axis.before for axis in axes) if own else 0, 0),
        dilation=(tuple(axis.dilation for axis in axes), 1),
        padding_mode=(setting.pad_mode if own and is_padded(axes) else "zeros", "zeros"),
        bias=(bool(setting.bias), True),
    )  # fmt: skip
    flipped = f"kernel = kernel.flip({', '.join(map(str, range(len(axes))))})"
    bias = f"layer.bias.data = torch.tensor([{literal(float(setting.bias))}])"
    return Call(
        [
            *([WORDS["correlation"].format(framework="PyTorch"), flipped] if setting.flip else []),
            f"layer = {layer}", "layer.weight.data = kernel[None, None]", *([bias] if setting.bias else []),
        ],
        [] if own or not is_padded(axes) else padded_tensor(setting),
        "layer(x[None, None])[0, 0]",
        [TORCH_AFTER[setting.activation]] if setting.activation in TORCH_AFTER else [],
    )  # fmt: skip


def padded_tensor(setting: Setting) -> list[str]:
    """The line that pads x in PyTorch."""
    mode = "constant" if setting.pad_mode == "zeros" else setting.pad_mode
    around = tuple(side for pair in reversed(sides(_axes(setting))) for side in pair)
    options: dict[str, Any] = {"mode": (mode, "constant"), "value": (setting.constant, 0)}
    return [f"x = {called('torch.nn.functional.pad', 'x[None, None]', str(around), **options)}[0, 0]"]


def _axes(setting: Any) -> list[Axis]:
    return [axis for axis in setting.axes if axis is not None]


def is_padded(axes: list[Axis]) -> bool:
    """Whether there is any padding."""
    return any(axis.before or axis.after for axis in axes)
