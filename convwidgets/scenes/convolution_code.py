"""One convolution in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/convolution-code.js` writes the same."""

from __future__ import annotations

from convwidgets.core.activations import LEAK
from convwidgets.core.axis import Axis
from convwidgets.core.symbols import latex_number
from convwidgets.scenes.code import Call, Code, called, given, script, sized
from convwidgets.scenes.code_latex import ACTIVATED, gathered, matrices, reads, signed
from convwidgets.scenes.convolution_layers import keras, pytorch
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import CODE

OUTSIDE = {
    "outside_zeros": "x is 0 outside",
    "outside_constant": "x is {value} outside",
    "outside_reflect": "x is reflected outside, its edge not repeated",
    "outside_replicate": "x keeps the value of its edge outside",
    "outside_circular": "x begins again outside",
}
"""What padding is, by its mode."""
AFTER = {
    "relu": "y = np.maximum(y, 0)",
    "leaky_relu": f"y = np.where(y < 0, {LEAK} * y, y)",
    "sigmoid": "y = 1 / (1 + np.exp(-y))",
    "tanh": "y = np.tanh(y)",
}
"""What NumPy does after the sum."""


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
    assert setting.preactivation is not None
    what = CODE["picture" if hidden else "input"]
    sizes = setting.input.shape, setting.preactivation.shape
    found: Code = {}
    for language, write in {"NumPy": _numpy, "Keras": keras, "PyTorch": pytorch}.items():
        x = given(language, "x", setting.input, what, hidden=hidden)
        kernel = given(language, "kernel", setting.kernel, CODE["kernel"])
        call = write(setting)
        lines = [*x, *kernel, *call.setup, *call.prepare, sized(f"y = {call.result}", *sizes), *call.after]
        found[language] = True, script(language, lines)
    return {**found, "LaTeX": (True, _latex(setting, hidden))}


def _numpy(setting: Setting) -> Call:
    call = called(
        f"cw.conv{setting.dimensions}d", "x", "kernel", bias=(setting.bias, 0), stride=(setting.stride, 1),
        padding=(setting.padding, "valid"), dilation=(setting.dilation, 1), flip=(setting.flip, False),
        pad_mode=(setting.pad_mode, "zeros"), pad_value=(setting.constant, 0),
    )  # fmt: skip
    return Call([], [], call, [AFTER[setting.activation]] if setting.activation in AFTER else [])


def _latex(setting: Setting, hidden: bool) -> str:
    assert setting.preactivation is not None and setting.output is not None
    axes = [axis for axis in setting.axes if axis is not None]
    place = "n" if len(axes) == 1 else "r,c"
    formulas = [_sum(setting, axes, place)]
    arrays = {"x": setting.input, "k": setting.kernel, "y": setting.preactivation}
    if setting.activation in ACTIVATED:
        formulas.append(f"h_{{{place}}} = {ACTIVATED[setting.activation].format(y=f'y_{{{place}}}')}")
        arrays["h"] = setting.output
    padded = any(axis.before or axis.after for axis in axes)
    outside = OUTSIDE[f"outside_{setting.pad_mode}"].format(value=latex_number(setting.constant))
    return gathered(formulas + ([] if hidden else matrices(arrays)), [outside] if padded else [])


def _sum(setting: Setting, axes: list[Axis], place: str) -> str:
    """The definition with the numbers of this setting."""
    letters = [("n", "j")] if len(axes) == 1 else [("r", "i"), ("c", "j")]
    sums = [rf"\sum_{{{tap}=0}}^{{{axis.kernel - 1}}} " for axis, (_, tap) in zip(axes, letters, strict=True)]
    inputs = [reads(axis, *names, flip=setting.flip) for axis, names in zip(axes, letters, strict=True)]
    k, x = ",".join(tap for _, tap in letters), r",\, ".join(inputs)
    return rf"y_{{{place}}} = {''.join(sums)}k_{{{k}}} \, x_{{{x}}}{signed(setting.bias)}"
