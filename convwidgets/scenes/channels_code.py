"""A bank of filters in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/channels-code.js` writes the same."""

from __future__ import annotations

from typing import Any

from convwidgets.core.activations import LEAK
from convwidgets.core.layers.code import sides
from convwidgets.core.symbols import latex_number
from convwidgets.scenes.channels_setting import ChannelSetting
from convwidgets.scenes.code import Call, Code, amounts, called, given, script, sized
from convwidgets.scenes.code_latex import ACTIVATED, gathered, matrices, reads
from convwidgets.scenes.convolution_code import AFTER, outside
from convwidgets.scenes.convolution_layers import MODES, TORCH_AFTER, WORDS, named_by_keras
from convwidgets.scenes.words import CODE

PLANES = 8
"""The numbers of so many planes are set in LaTeX."""
LAST = (0, 0)
"""No padding along the planes."""


def code(setting: ChannelSetting, filter: int = 0, *, hidden: bool = False) -> Code:
    """The setting, which has an output, in every language.

    Args:
        filter: the one whose numbers LaTeX sets.
        hidden: the input is somebody's picture: a variable stands for it.

    >>> import numpy as np
    >>> setting = ChannelSetting(np.array([[[1, 5], [2, 6]]]), np.array([[[[3], [4]]]]), bias=-1)
    >>> print(code(setting)["NumPy"][1])
    import convwidgets as cw
    <BLANKLINE>
    x = [[[1, 5], [2, 6]]]
    kernel = [[[[3], [4]]]]
    bias = [-1]
    y = cw.conv2d(x, kernel, bias=bias)  # 1 × 2 × 2 → 1 × 2 × 1
    """
    what = CODE["picture" if hidden else "input"]
    outputs = [*(axis.output for axis in setting.plane_axes), setting.filters]
    found: Code = {}
    for language, write in {"NumPy": _numpy, "Keras": _keras, "PyTorch": _pytorch}.items():
        call = write(setting)
        lines = [
            *given(language, "x", setting.input, what, hidden=hidden),
            *given(language, "kernel", setting.kernel, CODE["kernel"]),
            *(given(language, "bias", setting.biases, CODE["bias"]) if setting.biases.any() else []),
            *call.setup, *call.prepare, sized(f"y = {call.result}", setting.input.shape, outputs), *call.after,
        ]  # fmt: skip
        found[language] = True, script(language, lines)
    return {**found, "LaTeX": (True, _latex(setting, filter, hidden))}


def _numpy(setting: ChannelSetting) -> Call:
    bias = ["bias=bias"] if setting.biases.any() else []
    call = called(
        "cw.conv2d", "x", "kernel", *bias, stride=(setting.stride, 1), padding=(setting.padding, "valid"),
        dilation=(setting.dilation, 1), groups=(setting.groups, 1), flip=(setting.flip, False),
        pad_mode=(setting.pad_mode, "zeros"), pad_value=(setting.constant, 0),
    )  # fmt: skip
    return Call([], [], call, [AFTER[setting.activation]] if setting.activation in AFTER else [])


def _flipped(setting: ChannelSetting, framework: str, line: str) -> list[str]:
    return [WORDS["correlation"].format(framework=framework), line] if setting.flip else []


def _keras(setting: ChannelSetting) -> Call:
    axes = setting.plane_axes
    strides = tuple(axis.stride for axis in axes)
    every = max(strides) > 1 and max(axis.dilation for axis in axes) > 1
    picked = ", " + ", ".join(f"::{stride}" for stride in strides) if every else ""
    strides = (1, 1) if every else strides
    padding, leaky = named_by_keras(setting, strides), setting.activation == "leaky_relu"
    layer = called(
        "keras.layers.Conv2D", str(setting.filters), amounts([axis.kernel for axis in axes]), strides=(strides, 1),
        padding=(padding or "valid", "valid"), dilation_rate=(tuple(axis.dilation for axis in axes), 1),
        groups=(setting.groups, 1), use_bias=(bool(setting.biases.any()), True),
        activation=("none" if leaky else setting.activation, "none"),
    )  # fmt: skip
    weights = "kernel, bias" if setting.biases.any() else "kernel"
    return Call(
        [
            *_flipped(setting, "Keras", "kernel = np.flip(kernel, (0, 1))"),
            *([WORDS["keras_stride"]] if every else []), f"layer = {layer}",
            f"layer.build((None, None, None, {setting.planes}))", f"layer.set_weights([{weights}])",
        ],
        [] if padding else _padded(setting),
        f"layer(x[None])[0{picked}]",
        [f"y = keras.ops.leaky_relu(y, {LEAK})"] if leaky else [],
    )  # fmt: skip


def _padded(setting: ChannelSetting) -> list[str]:
    options = {"mode": (MODES.get(setting.pad_mode, "constant"), "constant"), "constant_values": (setting.constant, 0)}
    why = WORDS["keras_amounts" if setting.pad_mode == "zeros" else "keras_pads"]
    return [why, f"x = {called('np.pad', 'x', str((*sides(setting.plane_axes), LAST)), **options)}"]


def _pytorch(setting: ChannelSetting) -> Call:
    axes = setting.plane_axes
    is_padded = any(axis.before or axis.after for axis in axes)
    own = all(axis.before == axis.after for axis in axes) and setting.pad_mode != "constant"
    layer = called(
        "torch.nn.Conv2d", str(setting.planes), str(setting.filters), amounts([axis.kernel for axis in axes]),
        stride=(tuple(axis.stride for axis in axes), 1), padding=(tuple(axis.before for axis in axes) if own else 0, 0),
        dilation=(tuple(axis.dilation for axis in axes), 1), groups=(setting.groups, 1),
        padding_mode=(setting.pad_mode if own and is_padded else "zeros", "zeros"),
        bias=(bool(setting.biases.any()), True),
    )  # fmt: skip
    return Call(
        [
            *_flipped(setting, "PyTorch", "kernel = kernel.flip(0, 1)"), f"layer = {layer}",
            "layer.weight.data = kernel.permute(3, 2, 0, 1)",
            *(["layer.bias.data = bias"] if setting.biases.any() else []),
        ],
        ["x = x.permute(2, 0, 1)[None]", *([] if own or not is_padded else _padded_tensor(setting))],
        "layer(x)[0].permute(1, 2, 0)",
        [TORCH_AFTER[setting.activation]] if setting.activation in TORCH_AFTER else [],
    )  # fmt: skip


def _padded_tensor(setting: ChannelSetting) -> list[str]:
    mode = "constant" if setting.pad_mode == "zeros" else setting.pad_mode
    around = tuple(side for pair in reversed(sides(setting.plane_axes)) for side in pair)
    options: dict[str, Any] = {"mode": (mode, "constant"), "value": (setting.constant, 0)}
    return [f"x = {called('torch.nn.functional.pad', 'x', str(around), **options)}"]


def _latex(setting: ChannelSetting, filter: int, hidden: bool) -> str:
    """The definition with the numbers of this setting, and the arrays of one filter."""
    seen = setting.planes_of(filter)
    formulas = [_sum(setting)]
    arrays = {f"x_{{{plane}}}": setting.input[:, :, plane] for plane in seen}
    arrays |= {f"k_{{{plane - seen.start},{filter}}}": setting.alone(plane, filter).kernel for plane in seen}
    arrays[f"y_{{{filter}}}"] = setting.sum_of(filter)
    if setting.activation in ACTIVATED:
        formulas.append(f"h_{{r,c,f}} = {ACTIVATED[setting.activation].format(y='y_{r,c,f}')}")
        arrays[f"h_{{{filter}}}"] = setting.map_of(filter)
    if setting.biases.any():
        formulas.append(f"b_{{{filter}}} = {latex_number(setting.biases[filter])}")
    told = [] if hidden or len(seen) > PLANES else matrices(arrays)
    return gathered(formulas + told, outside(setting, setting.plane_axes))


def _sum(setting: ChannelSetting) -> str:
    depth, each = setting.kernel.shape[2], setting.filters // setting.groups
    rows, columns = setting.plane_axes
    group = "f" if each == 1 else rf"\lfloor f/{each} \rfloor"
    plane = "q" if setting.groups == 1 else f"{depth if depth > 1 else ''}{group} + q"
    limits = (("q", depth), ("i", rows.kernel), ("j", columns.kernel))
    sums = "".join(rf"\sum_{{{letter}=0}}^{{{count - 1}}} " for letter, count in limits)
    x = rf"{reads(rows, 'r', 'i', flip=setting.flip)},\, {reads(columns, 'c', 'j', flip=setting.flip)},\, {plane}"
    return rf"y_{{r,c,f}} = {sums}k_{{i,j,q,f}} \, x_{{{x}}}{' + b_{f}' if setting.biases.any() else ''}"
