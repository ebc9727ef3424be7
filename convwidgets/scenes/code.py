"""Code for what is on the screen: what the texts of all explorers are made of.

A text is lines: arrays with their numbers, or their names where they are large; calls; comments. It runs as it is and
gives the numbers that are shown. `frontend/scenes/code.js` writes the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, NamedTuple

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.layers.code import Exact, text
from convwidgets.scenes.base import times
from convwidgets.scenes.words import CODE

Code = dict[str, tuple[bool, str]]
"""By name of the language: whether there is code, and the text or the sentence that says why not."""

LANGUAGES = ("NumPy", "Keras", "PyTorch", "LaTeX")
WRITTEN = 64
"""So many numbers of an array are written out."""
WIDTH = 72
"""An array that is longer than this has a line for each of its rows."""

IMPORTS = {
    "NumPy": {"cw": "import convwidgets as cw", "np": "import numpy as np"},
    "Keras": {"cw": "import convwidgets as cw", "keras": "import keras", "np": "import numpy as np"},
    "PyTorch": {"cw": "import convwidgets as cw", "torch": "import torch"},
}
_FLOAT32 = {"PyTorch": ("torch.tensor(", ", dtype=torch.float32)"), "NumPy": ("np.array(", ', dtype="float32")')}


def script(language: str, lines: Sequence[str]) -> str:
    """The lines below the imports that they need.

    >>> print(script("NumPy", ["y = cw.conv1d([1, 2], [3])"]))
    import convwidgets as cw
    <BLANKLINE>
    y = cw.conv1d([1, 2], [3])
    """
    needed = [line for name, line in IMPORTS[language].items() if re.search(rf"\b{name}\.", "\n".join(lines))]
    return "\n".join([*needed, "", *lines])


def given(language: str, name: str, values: Array, what: str, *, hidden: bool = False, lists: bool = True) -> list[str]:
    """The lines that make an array: from its numbers, or from a variable that the reader has.

    Args:
        what: what the array is, for the comment that stands in place of its numbers: "input", "kernel", …
        hidden: it is somebody's picture, which is never written out.
        lists: nested lists are enough where NumPy would have an array.

    >>> given("PyTorch", "x", np.array([1, 2]), "input")
    ['x = torch.tensor([1, 2], dtype=torch.float32)']
    >>> given("NumPy", "x", np.zeros((9, 9)), "input")
    ['# x is the input, an array of 9 × 9']
    """
    large = hidden or values.size > WRITTEN
    comment = [CODE["given"].format(name=name, what=what, size=times(values.shape))] if large else []
    plain = language == "NumPy" and (large or values.dtype != np.float32)
    before, after = _FLOAT32.get(language, _FLOAT32["NumPy"])
    if plain:
        before, after = ("", "") if lists or large else ("np.array(", ")")
    if large:
        return comment if plain else [*comment, f"{name} = {before}{name}{after}"]
    start = f"{name} = {before}"
    return [start + nested(values, len(start)) + after]


def nested(values: Array, indent: int = 0) -> str:
    """Nested lists; a long one has a line for each row, indented by so many columns.

    >>> nested(np.array([[1.0, 0.5], [np.nan, 2]]))
    '[[1.0, 0.5], [float("nan"), 2.0]]'
    """
    if values.ndim == 0:
        return literal(values[()])
    parts = [nested(part, indent + 1) for part in values]
    line = f"[{', '.join(parts)}]"
    if values.ndim == 1 or (len(line) + indent <= WIDTH and "\n" not in line):
        return line
    return "[" + f",\n{' ' * (indent + 1)}".join(parts) + "]"


def literal(value: Any) -> str:
    """One number with as few digits as give the very same number again.

    >>> [literal(value) for value in (3, 3.0, np.float32(0.1), 1e-7, -np.inf)]
    ['3', '3.0', '0.1', '1e-7', '-float("inf")']
    """
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, int):
        return str(int(number))
    if not math.isfinite(number):
        return 'float("nan")' if math.isnan(number) else f'{"-" * (number < 0)}float("inf")'
    digits = _shortest(value) if isinstance(value, np.float32) else Decimal(repr(number))
    exact = digits.normalize()
    power = exact.adjusted()
    if number == 0 or -5 <= power < 16:
        fixed = f"{exact:f}"
        return fixed if "." in fixed else f"{fixed}.0"
    mantissa = exact.scaleb(-power)
    return f"{mantissa:f}e{power}"


def _shortest(value: np.float32) -> Decimal:
    """The first rounding that is still the same float32."""
    exact = Decimal(float(value))
    found = (Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(exact) for digits in range(1, 10))
    return next(number for number in found if np.float32(float(number)) == value)


def called(name: str, *values: str, **options: tuple[Any, Any]) -> str:
    """A call: its values, and by name every option that is not what it usually is, given as (value, usual).

    >>> called("cw.conv2d", "x", "kernel", stride=((2, 2), 1), padding=("valid", "valid"), bias=(1.5, 0))
    'cw.conv2d(x, kernel, stride=2, bias=1.5)'
    """
    named = {key: (_text(value), _text(usual)) for key, (value, usual) in options.items()}
    unusual = [f"{key}={value}" for key, (value, usual) in named.items() if value != usual]
    return f"{name}({', '.join([*values, *unusual])})"


def _text(value: Any) -> str:
    return text(Exact(literal(value)) if isinstance(value, float) else value)


def plus(value: float) -> str:
    """A further term of a sum.

    >>> [plus(value) for value in (2, -0.5, 0)]
    [' + 2', ' - 0.5', '']
    """
    return f" {'-' if value < 0 else '+'} {literal(abs(value))}" if value else ""


def sized(line: str, before: Sequence[int], after: Sequence[int]) -> str:
    """A line with the size of what goes in and what comes out.

    >>> sized("y = f(x)", (3, 4), (2, 2))
    'y = f(x)  # 3 × 4 → 2 × 2'
    """
    return CODE["sized"].format(line=line, input=times(before), output=times(after))


def amounts(values: Sequence[int]) -> str:
    """One number per axis, written once where they are equal.

    >>> amounts((3, 3)), amounts((2, 3))
    ('3', '(2, 3)')
    """
    return text(tuple(values))


class Call(NamedTuple):
    """Code around one expression: lines that make what it calls, lines that prepare the input, lines after it."""

    setup: list[str]
    prepare: list[str]
    result: str
    after: list[str]


def keras_layer(layer: str, dimensions: int, weights: str) -> list[str]:
    """The lines that make a layer of one channel and give it its weights."""
    sides = ", ".join(["None"] * dimensions)
    return [f"layer = {layer}", f"layer.build((None, {sides}, 1))", f"layer.set_weights([{weights}])"]
