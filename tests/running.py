"""Run the code that explorers write, and read what their LaTeX says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from convwidgets.core.matrix import convolution_matrix
from convwidgets.scenes.setting import Setting


def result(text: str, name: str = "y", **variables: Any) -> np.ndarray[Any, Any]:
    """What the code leaves in a variable, as a NumPy array; `variables` are those that the reader has."""
    return results(text, (name,), **variables)[name]


def results(text: str, names: Iterable[str], **variables: Any) -> dict[str, np.ndarray[Any, Any]]:
    """What the code leaves in several variables."""
    space = dict(variables)
    exec(compile(text, "<code to copy>", "exec"), space)
    values = {name: space[name] for name in names}
    return {name: np.asarray(value.detach() if hasattr(value, "detach") else value) for name, value in values.items()}


def back_of(setting: Setting) -> np.ndarray[Any, Any]:
    """CᵀC x of a convolution."""
    linear = replace(setting, bias=0, pad_value=0, activation="none")
    options = {name: getattr(setting, name) for name in ("stride", "padding", "dilation", "flip", "pad_mode")}
    matrix = convolution_matrix(setting.kernel, setting.input.shape, **options)
    assert linear.output is not None
    found: np.ndarray[Any, Any] = (matrix.T @ linear.output.ravel()).reshape(setting.input.shape)
    return found


def array_in(text: str, name: str) -> np.ndarray[Any, Any]:
    """The numbers of an array that LaTeX sets as `name = [...]`."""
    found = re.search(
        rf"^{re.escape(name)} = \\left\[\\begin{{array}}{{(c+)}}\n(.*?)\n\\end{{array}}\\right\]", text, re.M | re.S
    )
    assert found, f"{name} is not in {text}"
    rows = [[number(cell) for cell in line.split(" & ")] for line in found[2].split(" \\\\\n")]
    assert {len(row) for row in rows} == {len(found[1])}
    return np.array(rows)


def number(cell: str) -> float:
    plain = cell.replace(r"\infty", "inf").replace(r"\mathrm{NaN}", "nan")
    mantissa, _, power = plain.partition(r" \cdot 10^{")
    return float(mantissa) * 10.0 ** int(power.rstrip("}") or 0)


def renders(text: str) -> None:
    """Whether LaTeX can be set: environments close, and matplotlib draws the formulas between the matrices."""
    lines = [line for line in text.splitlines() if not line.startswith("%")]
    assert (lines[0], lines[-1]) == (r"\begin{gathered}", r"\end{gathered}")
    body = re.sub(r"\\left\[\\begin{array}{c+}\n.*?\n\\end{array}\\right\]", "M", "\n".join(lines[1:-1]), flags=re.S)
    assert "begin" not in body and "end{" not in body
    for formula in re.split(r" \\\\\n|, \\qquad\n", body):
        assert "\n" not in formula and "&" not in formula
        drawn(formula)


@cache
def drawn(formula: str) -> None:
    from matplotlib.mathtext import MathTextParser

    MathTextParser("agg").parse(f"${formula}$")
