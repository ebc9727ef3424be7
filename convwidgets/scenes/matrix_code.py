"""A convolution as a matrix in every language: y = C x, back by Cᵀ, or the windows as columns.

`frontend/scenes/matrix-code.js` writes the same.
"""

from __future__ import annotations

from convwidgets.scenes.base import times
from convwidgets.scenes.code import Call, Code, called, given, script
from convwidgets.scenes.convolution_code import AFTER
from convwidgets.scenes.matrix_code_latex import latex
from convwidgets.scenes.matrix_code_layers import keras, pytorch
from convwidgets.scenes.matrix_code_parts import Matrix
from convwidgets.scenes.setting import Setting
from convwidgets.scenes.words import CODE


def code(setting: Setting, *, shows: str = "matrix", form: str = "numbers", hidden: bool = False) -> Code:
    """The setting, which has an output, in every language.

    Args:
        shows: "matrix", "transpose" or "im2col", as the explorer.
        form: entries of C in LaTeX as "numbers" or as "symbols".
        hidden: the input is somebody's picture: a variable stands for it.

    >>> import numpy as np
    >>> print(code(Setting(np.array([1, 2, 4]), np.array([1, -1])))["NumPy"][1])
    import convwidgets as cw
    import numpy as np
    <BLANKLINE>
    x = np.array([1, 2, 4])
    kernel = np.array([1, -1])
    C = cw.convolution_matrix(kernel, x.shape)  # 2 × 3
    y = C @ x
    """
    matrix = Matrix(setting, shows, form, hidden)
    what = CODE["picture" if hidden else "input"]
    found: Code = {}
    for language, write in {"NumPy": _numpy, "Keras": keras, "PyTorch": pytorch}.items():
        x = given(language, "x", setting.input, what, hidden=hidden, lists=False)
        kernel = given(language, "kernel", setting.kernel, CODE["kernel"], lists=False)
        call = write(matrix)
        if isinstance(call, str):
            found[language] = False, call
            continue
        result = f"{'back' if shows == 'transpose' else 'y'} = {call.result}"
        found[language] = True, script(language, [*x, *kernel, *call.setup, *call.prepare, result, *call.after])
    return {**found, "LaTeX": (True, latex(matrix))}


def _numpy(matrix: Matrix) -> Call:
    setting = matrix.setting
    after = [AFTER[setting.activation]] if setting.activation in AFTER else []
    if matrix.shows == "im2col":
        return Call([], _windows(matrix), matrix.shaped(f"k @ P{matrix.bias}"), after)
    options = {
        "stride": (setting.stride, 1), "padding": (setting.padding, "valid"), "dilation": (setting.dilation, 1),
        "flip": (setting.flip, False), "pad_mode": (setting.pad_mode, "zeros"),
    }  # fmt: skip
    x = matrix.vector("x")
    lines = [f"C = {called('cw.convolution_matrix', 'kernel', 'x.shape', **options)}  # {matrix.size}"]
    if matrix.shows == "transpose":
        return Call([], lines, matrix.shaped(f"C.T @ (C @ {x})", setting.input.shape), [])
    if not matrix.offset or not setting.constant:
        return Call([], lines, matrix.shaped(f"C @ {x}{matrix.bias}"), after)
    options |= {"pad_value": (setting.constant, 0), "bias": (setting.bias, 0)}
    b = called(f"cw.conv{setting.dimensions}d", "np.zeros_like(x)", "kernel", **options)
    return Call([], [*lines, f"b = {matrix.vector(b)}"], matrix.shaped(f"C @ {x} + b"), after)


def _windows(matrix: Matrix) -> list[str]:
    """The lines that make P and k; a line is an image of one row."""
    setting, axes = matrix.setting, matrix.axes
    patches = called(
        "cw.im2col", "x[None]" if matrix.line else "x", str(tuple(axis.kernel for axis in axes)),
        stride=(tuple(axis.stride for axis in axes), 1),
        padding=(matrix.pads if any(map(any, matrix.pads)) else 0, 0),
        dilation=(tuple(axis.dilation for axis in axes), 1), pad_mode=(setting.pad_mode, "zeros"),
        pad_value=(setting.constant, 0),
    )  # fmt: skip
    kernel = "np.flip(kernel)" if setting.flip else "kernel"
    return [f"P = {patches}  # {times(matrix.windows)}", f"k = {matrix.vector(kernel)}"]
