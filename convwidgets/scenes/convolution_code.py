"""One convolution in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/convolution-code.js` writes the same."""

from __future__ import annotations

from convwidgets.core.activations import LEAK
from convwidgets.core.axis import Axis, named_padding
from convwidgets.core.layers.code import sides, text
from convwidgets.scenes.code import Code, called, gathered, given, literal, matrices, script, sized, tex
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import CODE

WORDS = {
    "keras_pads": "# Keras pads with zeros only",
    "keras_amounts": "# Keras pads by “valid” or “same” only",
    "keras_stride": "# Keras takes a stride or a dilation: every position first, then some of them",
    "correlation": "# {framework} does not flip the kernel",
    "outside_zeros": "x is 0 outside",
    "outside_constant": "x is {value} outside",
    "outside_reflect": "x is reflected outside, its edge not repeated",
    "outside_replicate": "x keeps the value of its edge outside",
    "outside_circular": "x begins again outside",
}
"""What the comments say."""
MODES = {"constant": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}
"""Names of NumPy's padding."""


def code(setting: Setting, *, hidden: bool = False) -> Code:
    """The setting, which has an output, in every language.

    Args:
        hidden: the input is somebody's picture: a variable stands for it.

    >>> import numpy as np
    >>> print(code(Setting(np.array([1, 2, 4]), np.array([1, -1]), stride=2))["NumPy"][1])
    import convwidgets as cw
    <BLANKLINE>
    x = [1, 2, 4]
    kernel = [1, -1]
    y = cw.conv1d(x, kernel, stride=2)  # 3 → 1
    """
    writers = {"NumPy": _numpy, "Keras": _keras, "PyTorch": _pytorch, "LaTeX": _latex}
    return {language: (True, write(setting, hidden)) for language, write in writers.items()}


def _arrays(language: str, setting: Setting, hidden: bool) -> list[str]:
    what = CODE["picture" if hidden else "input"]
    return [
        *given(language, "x", setting.input, what, hidden=hidden),
        *given(language, "kernel", setting.kernel, CODE["kernel"]),
    ]


def _sized(line: str, setting: Setting) -> str:
    output = setting.preactivation
    assert output is not None
    return sized(line, setting.input.shape, output.shape)


def _axes(setting: Setting) -> list[Axis]:
    return [axis for axis in setting.axes if axis is not None]


# NumPy


def _numpy(setting: Setting, hidden: bool) -> str:
    call = called(
        f"cw.conv{setting.dimensions}d", "x", "kernel", bias=(setting.bias, 0), stride=(setting.stride, 1),
        padding=(setting.padding, "valid"), dilation=(setting.dilation, 1), flip=(setting.flip, False),
        pad_mode=(setting.pad_mode, "zeros"), pad_value=(setting.constant, 0),
    )  # fmt: skip
    after = {
        "relu": "y = np.maximum(y, 0)",
        "leaky_relu": f"y = np.where(y < 0, {LEAK} * y, y)",
        "sigmoid": "y = 1 / (1 + np.exp(-y))",
        "tanh": "y = np.tanh(y)",
    }
    lines = [*_arrays("NumPy", setting, hidden), _sized(f"y = {call}", setting)]
    return script("NumPy", [*lines, *filter(None, [after.get(setting.activation)])])


# Keras


def _keras(setting: Setting, hidden: bool) -> str:
    axes, count = _axes(setting), setting.dimensions
    lines, pads = _arrays("Keras", setting, hidden), sides(axes)
    if setting.flip:
        lines += [WORDS["correlation"].format(framework="Keras"), "kernel = np.flip(kernel)"]
    strides = tuple(axis.stride for axis in axes)
    picked = ""
    if max(strides) > 1 and max(axis.dilation for axis in axes) > 1:
        picked, strides = ", ".join(f"::{stride}" for stride in strides), (1,) * count
    padding = _keras_padding(setting, strides)
    if padding is None:
        mode = MODES.get(setting.pad_mode, "constant")
        why = "keras_amounts" if setting.pad_mode == "zeros" else "keras_pads"
        options = {"mode": (mode, "constant"), "constant_values": (setting.constant, 0)}
        lines += [WORDS[why], f"x = {called('np.pad', 'x', str(pads), **options)}"]
    if picked:
        lines.append(WORDS["keras_stride"])
    leaky = setting.activation == "leaky_relu"
    layer = called(
        f"keras.layers.Conv{count}D", "1", _size(axes), strides=(strides, 1), padding=(padding or "valid", "valid"),
        dilation_rate=(tuple(axis.dilation for axis in axes), 1), use_bias=(bool(setting.bias), True),
        activation=("none" if leaky else setting.activation, "none"),
    )  # fmt: skip
    weights = ", ".join(
        ["kernel[..., None, None]", *([f"np.array([{literal(setting.bias)}])"] if setting.bias else [])]
    )
    rest = ", ".join(["None"] * count)
    lines += [
        f"layer = {layer}",
        f"layer.build((None, {rest}, 1))",
        f"layer.set_weights([{weights}])",
        _sized(f"y = layer(x[None, ..., None])[0, {picked or '...'}, 0]", setting),
    ]
    return script("Keras", lines + ([f"y = keras.ops.leaky_relu(y, {LEAK})"] if leaky else []))


def _keras_padding(setting: Setting, strides: tuple[int, ...]) -> str | None:
    """Keras's name for the padding; None where it has none."""
    axes = _axes(setting)
    if not any(map(any, sides(axes))):
        return "valid"
    same = tuple(
        named_padding("same", axis.size, axis.kernel, stride, axis.dilation)
        for axis, stride in zip(axes, strides, strict=True)
    )
    return "same" if setting.pad_mode == "zeros" and sides(axes) == same else None


def _size(axes: list[Axis]) -> str:
    return text(tuple(axis.kernel for axis in axes))


# PyTorch


def _pytorch(setting: Setting, hidden: bool) -> str:
    axes, count = _axes(setting), setting.dimensions
    lines, pads = _arrays("PyTorch", setting, hidden), sides(axes)
    if setting.flip:
        flipped = f"kernel = kernel.flip({', '.join(map(str, range(count)))})"
        lines += [WORDS["correlation"].format(framework="PyTorch"), flipped]
    batch = ", ".join(["None"] * 2)
    alike = all(before == after for before, after in pads)
    own = alike and setting.pad_mode != "constant"
    if not own and any(map(any, pads)):
        mode = "constant" if setting.pad_mode == "zeros" else setting.pad_mode
        around = tuple(side for pair in reversed(pads) for side in pair)
        call = called(
            "torch.nn.functional.pad", f"x[{batch}]", str(around), mode=(mode, "constant"), value=(setting.constant, 0)
        )
        lines.append(f"x = {call}[0, 0]")
    layer = called(
        f"torch.nn.Conv{count}d", "1", "1", _size(axes), stride=(tuple(axis.stride for axis in axes), 1),
        padding=(tuple(before for before, _ in pads) if own else 0, 0),
        dilation=(tuple(axis.dilation for axis in axes), 1),
        padding_mode=(setting.pad_mode if own and any(map(any, pads)) else "zeros", "zeros"),
        bias=(bool(setting.bias), True),
    )  # fmt: skip
    lines += [f"layer = {layer}", f"layer.weight.data = kernel[{batch}]"]
    if setting.bias:
        lines.append(f"layer.bias.data = torch.tensor([{literal(float(setting.bias))}])")
    lines.append(_sized(f"y = layer(x[{batch}])[0, 0]", setting))
    after = {
        "relu": "y = torch.relu(y)",
        "leaky_relu": f"y = torch.nn.functional.leaky_relu(y, {LEAK})",
        "sigmoid": "y = torch.sigmoid(y)",
        "tanh": "y = torch.tanh(y)",
    }
    return script("PyTorch", [*lines, *filter(None, [after.get(setting.activation)])])


# LaTeX


def _latex(setting: Setting, hidden: bool) -> str:
    assert setting.preactivation is not None and setting.output is not None
    activated = _ACTIVATED.get(setting.activation)
    place = "n" if setting.dimensions == 1 else "r,c"
    formulas = [_sum(setting, place)]
    if activated:
        formulas.append(f"h_{{{place}}} = {activated.format(y=f'y_{{{place}}}')}")
    if not hidden:
        arrays = {"x": setting.input, "k": setting.kernel, "y": setting.preactivation}
        formulas += matrices(**arrays, **({"h": setting.output} if activated else {}))
    padded = any(axis.before or axis.after for axis in _axes(setting))
    outside = WORDS[f"outside_{setting.pad_mode}"].format(value=tex(setting.constant))
    return gathered(formulas, [outside] if padded else [])


_ACTIVATED = {
    "relu": r"\max(0,\, {y})",
    "leaky_relu": rf"\max({LEAK}\, {{y}},\, {{y}})",
    "sigmoid": r"\frac{{1}}{{1 + e^{{-{y}}}}}",
    "tanh": r"\tanh {y}",
}


def _sum(setting: Setting, place: str) -> str:
    """The definition with the numbers of this setting."""
    letters = [("n", "j")] if setting.dimensions == 1 else [("r", "i"), ("c", "j")]
    axes = _axes(setting)
    sums = "".join(rf"\sum_{{{tap}=0}}^{{{axis.kernel - 1}}} " for axis, (_, tap) in zip(axes, letters, strict=True))
    taps = ",".join(tap for _, tap in letters)
    read = ",\\, ".join(_read(axis, setting.flip, *names) for axis, names in zip(axes, letters, strict=True))
    bias = setting.bias
    added = f" {'-' if bias < 0 else '+'} {tex(abs(bias))}" if bias else ""
    return rf"y_{{{place}}} = {sums}k_{{{taps}}} \, x_{{{read}}}{added}"


def _read(axis: Axis, flip: bool, place: str, tap: str) -> str:
    """Which input the weight at `tap` meets at `place`, as a formula: `2r + i - 1`."""
    start = (axis.span - 1 if flip else 0) - axis.before
    terms = [f"{axis.stride if axis.stride > 1 else ''}{place}", "-" if flip else "+"]
    terms.append(f"{axis.dilation if axis.dilation > 1 else ''}{tap}")
    return " ".join([*terms, *([f"{'-' if start < 0 else '+'} {abs(start)}"] if start else [])])
