"""y = C x in LaTeX: the matrix with its numbers or its symbols, and the vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.matrix import convolution_matrix
from convwidgets.core.patches import im2col
from convwidgets.core.symbols import symbolic_matrix
from convwidgets.scenes.base import times
from convwidgets.scenes.code_latex import ACTIVATED, gathered, matrices, signed
from convwidgets.scenes.matrix_code_parts import Matrix
from convwidgets.scenes.setting import Setting

BOARD = 24, 64
"""So many rows and columns of C and P are set; columns and rows of Cᵀ."""
WORDS = {"large": "{letter} is {size}: too large to be written out, at most 24 × 64 is"}
"""In a comment."""
LETTERS = {"matrix": "C", "transpose": r"C^{\top}", "im2col": "P"}


def latex(matrix: Matrix) -> str:
    """The equation, and where they are small enough its matrix and vectors."""
    formula = {
        "matrix": f"y = C x{' + b' if matrix.offset else ''}",
        "transpose": r"C^{\top} y = C^{\top} C x",
        "im2col": f"y = k P{signed(matrix.setting.bias)}",
    }[matrix.shows]
    activation = ACTIVATED.get(matrix.setting.activation) if matrix.shows != "transpose" else None
    formulas = [formula, *([f"h = {activation.format(y='y')}"] if activation else [])]
    sides = matrix.windows if matrix.shows == "im2col" else matrix.sides
    if any(side > most for side, most in zip(sides, BOARD, strict=True)):
        letter = {"transpose": "Cᵀ"}.get(matrix.shows, LETTERS[matrix.shows])
        size = times(sides[::-1] if matrix.shows == "transpose" else sides)
        return gathered(formulas, [WORDS["large"].format(letter=letter, size=size)])
    return gathered(formulas + matrices(_arrays(matrix), max(BOARD)))


def _arrays(matrix: Matrix) -> dict[str, Array]:
    """What is set: by name, in the order of the equation; of a picture only what holds none of it."""
    setting = matrix.setting
    assert setting.preactivation is not None and setting.output is not None
    y = setting.preactivation.reshape(1, -1)
    h = {"h" if matrix.shows == "im2col" else r"h^{\top}": setting.output.reshape(1, -1)}
    h = h if setting.activation in ACTIVATED else {}
    if matrix.shows == "im2col":
        private = {"P": _windows(matrix), "y": y, **h}
        return {"k": _row(matrix), **({} if matrix.hidden else private)}
    found = _entries(matrix)
    if matrix.shows == "transpose":
        linear = Setting(setting.input, setting.kernel, **_linear(setting)).preactivation
        assert linear is not None
        back = convolution_matrix(setting.kernel, setting.input.shape, **_linear(setting)).T @ linear.ravel()
        private = {r"y^{\top}": linear.reshape(1, -1), r"(C^{\top} y)^{\top}": back.reshape(1, -1)}
        return {LETTERS["transpose"]: found.T, **({} if matrix.hidden else private)}
    private = {r"x^{\top}": setting.input.reshape(1, -1), **_offset(matrix), r"y^{\top}": y, **h}
    return {"C": found, **({} if matrix.hidden else private)}


def _linear(setting: Setting) -> dict[str, Any]:
    names = ("stride", "padding", "dilation", "flip", "pad_mode")
    return {name: getattr(setting, name) for name in names}


def _entries(matrix: Matrix) -> Array:
    setting = matrix.setting
    if matrix.form == "symbols":
        return symbolic_matrix(setting.kernel.shape, setting.input.shape, **_linear(setting))
    found: Array = convolution_matrix(setting.kernel, setting.input.shape, **_linear(setting)).toarray()
    return found


def _offset(matrix: Matrix) -> dict[str, Array]:
    """b: y where x is 0."""
    setting = matrix.setting
    options = {**_linear(setting), "bias": setting.bias, "pad_value": setting.pad_value}
    b = Setting(np.zeros_like(setting.input), setting.kernel, **options).preactivation if matrix.offset else None
    return {} if b is None else {r"b^{\top}": b.reshape(1, -1)}


def _row(matrix: Matrix) -> Array:
    """The kernel as the row k."""
    kernel = matrix.setting.kernel
    names = symbolic_matrix(kernel.shape, kernel.shape).reshape(kernel.shape) if matrix.form == "symbols" else kernel
    return (np.flip(names) if matrix.setting.flip else names).reshape(1, -1)


def _windows(matrix: Matrix) -> Array:
    setting, axes = matrix.setting, matrix.axes
    return im2col(
        np.atleast_2d(setting.input), tuple(axis.kernel for axis in axes), stride=tuple(axis.stride for axis in axes),
        padding=matrix.pads, dilation=tuple(axis.dilation for axis in axes), pad_mode=setting.pad_mode,
        pad_value=setting.constant,
    )  # fmt: skip
