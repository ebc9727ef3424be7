"""One convolution in NumPy, Keras, PyTorch and LaTeX. `frontend/scenes/convolution-code.js` writes the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from convwidgets.core.activations import LEAK
from convwidgets.core.axis import Axis
from convwidgets.core.symbols import latex_number
from convwidgets.scenes.code import Call, Code, called, given, script, sized
from convwidgets.scenes.code_latex import ACTIVATED, gathered, matrices, reads, signed
from convwidgets.scenes.convolution_layers import is_padded, keras, pytorch
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import CODE

OUTSIDE = {
    "outside_zeros": "{x} is 0 outside",
    "outside_constant": "{x} is {value} outside",
    "outside_reflect": "{x} is reflected outside, its edge not repeated",
    "outside_replicate": "{x} keeps the value of its edge outside",
    "outside_circular": "{x} begins again outside",
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
    for language, write in WRITERS.items():
        x = given(language, "x", setting.input, what, hidden=hidden)
        kernel = given(language, "kernel", setting.kernel, CODE["kernel"])
        call = write(setting)
        lines = [*x, *kernel, *call.setup, *call.prepare, sized(f"y = {call.result}", *sizes), *call.after]
        found[language] = True, script(language, lines)
    return {**found, "LaTeX": (True, _latex(setting, hidden))}


def _numpy(setting: Setting, x: str = "x", kernels: Sequence[str] = ("kernel",)) -> Call:
    calls = (_called(setting, x, kernel) for kernel in kernels)
    return Call([], [], ", ".join(calls), [AFTER[setting.activation]] if setting.activation in AFTER else [])


def _called(setting: Setting, x: str, kernel: str) -> str:
    return called(
        f"cw.conv{setting.dimensions}d", x, kernel, bias=(setting.bias, 0), stride=(setting.stride, 1),
        padding=(setting.padding, "valid"), dilation=(setting.dilation, 1), flip=(setting.flip, False),
        pad_mode=(setting.pad_mode, "zeros"), pad_value=(setting.constant, 0),
    )  # fmt: skip


WRITERS: dict[str, Callable[..., Call]] = {"NumPy": _numpy, "Keras": keras, "PyTorch": pytorch}
"""For a setting, the name of its input and the names of its kernels: each gives a result of its own."""


def _latex(setting: Setting, hidden: bool) -> str:
    assert setting.preactivation is not None and setting.output is not None
    axes = [axis for axis in setting.axes if axis is not None]
    place = "n" if len(axes) == 1 else "r,c"
    formulas = [f"{summed(axes, flip=setting.flip)}{signed(setting.bias)}"]
    arrays = {"k": setting.kernel}
    if not hidden:
        arrays = {"x": setting.input, **arrays, "y": setting.preactivation}
    if setting.activation in ACTIVATED:
        formulas.append(f"h_{{{place}}} = {ACTIVATED[setting.activation].format(y=f'y_{{{place}}}')}")
        arrays |= {} if hidden else {"h": setting.output}
    return gathered(formulas + matrices(arrays), outside(setting))


def outside(setting: Any, axes: Sequence[Axis | None] | None = None, x: str = "x") -> list[str]:
    """What lies around the input, where windows read it."""
    found = [axis for axis in (setting.axes if axes is None else axes) if axis is not None]
    value = latex_number(setting.constant)
    return [OUTSIDE[f"outside_{setting.pad_mode}"].format(x=x, value=value)] if is_padded(found) else []


def summed(
    axes: Sequence[Axis],
    y: str = "y",
    k: str = "k",
    x: str = "x",
    *,
    flip: bool = False,
    within: Sequence[tuple[int, int]] | None = None,
) -> str:
    """The definition with the numbers of one setting, without its bias.

    Args:
        y, k, x: letters of the sums, the kernel and the input.
        within: along each axis the first tap of the window that the kernel meets, and how many; all, if not given.

    >>> print(summed([Axis(9, 3, stride=2, before=1)]))
    y_{n} = \\sum_{j=0}^{2} k_{j} \\, x_{2n + j - 1}
    """
    letters = [("n", "j")] if len(axes) == 1 else [("r", "i"), ("c", "j")]
    spans = within or [(0, axis.kernel) for axis in axes]
    sums = [rf"\sum_{{{tap}=0}}^{{{count - 1}}} " for (_, count), (_, tap) in zip(spans, letters, strict=True)]
    reading = (
        reads(axis, *own, flip=flip, first=start + (count - 1 if flip else 0))
        for axis, own, (start, count) in zip(axes, letters, spans, strict=True)
    )
    inputs = r",\, ".join(reading)
    places, taps = (",".join(each) for each in zip(*letters, strict=True))
    return rf"{y}_{{{places}}} = {''.join(sums)}{k}_{{{taps}}} \, {x}_{{{inputs}}}"
