"""The same layer in NumPy, Keras, PyTorch and LaTeX: lines to copy, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from convwidgets.core.arguments import Array
from convwidgets.core.axis import Axis
from convwidgets.scenes.base import shown, times
from convwidgets.scenes.transposed_setting import Turned
from convwidgets.scenes.transposed_words import CODE

WRITTEN, SET = 64, 12
"""So many numbers of an array are written out; grids of so many rows and columns are set in LaTeX."""


def code(turned: Turned) -> dict[str, tuple[bool, str]]:
    """By name of the language: whether it has such a layer, and the line of code or the reason.

    >>> import numpy as np
    >>> lines = code(Turned(np.array([1, 10]), np.array([1, 2, 3]), stride=2, padding=1, output_padding=1))
    >>> lines["PyTorch"][1]
    'torch.nn.ConvTranspose1d(1, 1, 3, stride=2, padding=1, output_padding=1, bias=False)  # 2 → 4'
    >>> lines["Keras"]
    (False, 'Keras has no layer for it: its padding is “valid” or “same” and cannot crop 1 before and 0 after. \
Of its own, “valid” gives 5 and “same” gives 4.')
    """
    return {"NumPy": _numpy(turned), "Keras": _keras(turned), "PyTorch": _pytorch(turned), "LaTeX": _latex(turned)}


def _axes(turned: Turned) -> list[Axis]:
    return [axis for axis in turned.axes if axis is not None]


def _together(values: Sequence[Any]) -> str:
    """One value where all agree, else a tuple, as Python writes it."""
    return str(values[0]) if len(set(values)) == 1 else f"({', '.join(map(str, values))})"


def _line(turned: Turned, line: str) -> tuple[bool, str]:
    assert turned.result is not None
    return True, CODE["comment"].format(line=line, input=times(turned.y.shape), output=times(turned.result.shape))


def _arguments(pairs: list[tuple[str, str, str]]) -> str:
    """The keywords that are not at their default."""
    return "".join(f", {name}={value}" for name, value, plain in pairs if value != plain)


def _numpy(turned: Turned) -> tuple[bool, str]:
    arrays = [
        _written(array) if array.size <= WRITTEN else name
        for array, name in ((turned.y, "y"), (turned.kernel, "kernel"))
    ]  # fmt: skip
    axes = _axes(turned)
    options = _arguments([
        ("stride", _together([axis.stride for axis in axes]), "1"),
        ("padding", _padding(turned.padding), '"valid"'),
        ("dilation", _together([axis.dilation for axis in axes]), "1"),
        ("output_padding", _plain(turned.output_padding), "0"),
    ])  # fmt: skip
    return _line(turned, f"cw.conv_transpose{turned.dimensions}d({', '.join(arrays)}{options})")


def _written(array: Array) -> str:
    """Nested lists, each number as the page shows it."""
    if array.ndim == 0:
        return shown(array).replace("−", "-").replace("∞", 'float("inf")').replace("NaN", 'float("nan")')
    return f"[{', '.join(_written(part) for part in array)}]"


def _padding(padding: Any) -> str:
    return f'"{padding}"' if isinstance(padding, str) else _plain(padding)


def _plain(value: Any) -> str:
    """A number or a nest of them, as Python writes it."""
    if not isinstance(value, list | tuple):
        return str(value)
    return f"({', '.join(map(_plain, value))}{',' * (len(value) == 1)})"


def _reach(axis: Axis, own: int) -> int:
    """How far all stamps reach: where the last window ends."""
    return int(axis.taps()[own - 1, -1]) + axis.before + 1


def _pytorch(turned: Turned) -> tuple[bool, str]:
    axes, extras = _axes(turned), []
    for axis, own in zip(axes, turned.y.shape, strict=True):
        extra, most = axis.size + 2 * axis.before - _reach(axis, own), max(axis.stride, axis.dilation) - 1
        if not 0 <= extra <= most:
            return False, CODE["pytorch_none"].format(before=axis.before, extra=shown(extra), most=most)
        extras.append(extra)
    options = _arguments([
        ("stride", _together([axis.stride for axis in axes]), "1"),
        ("padding", _together([axis.before for axis in axes]), "0"),
        ("output_padding", _together(extras), "0"),
        ("dilation", _together([axis.dilation for axis in axes]), "1"),
    ])  # fmt: skip
    size, number = _together(turned.kernel.shape), turned.dimensions
    return _line(turned, f"torch.nn.ConvTranspose{number}d(1, 1, {size}{options}, bias=False)")


def _keras(turned: Turned) -> tuple[bool, str]:
    axes = _axes(turned)
    if reason := _unknown_to_keras(axes):
        return _no_keras(turned, reason)
    fits = {mode: [_fits(axis, own, mode) for axis, own in zip(axes, turned.y.shape, strict=True)] for mode in MODES}
    mode = next((mode for mode in MODES if None not in fits[mode]), None)
    if mode is None:
        axis = next(a for a, extra in zip(axes, fits["valid"], strict=True) if extra is None)
        after = _reach(axis, turned.y.shape[axes.index(axis)]) - axis.before - axis.size
        return _no_keras(turned, CODE["keras_crop"].format(before=axis.before, after=shown(after)))
    plain = all(a.size == _size(a, own, mode) for a, own in zip(axes, turned.y.shape, strict=True))
    extras = "None" if plain else _together([extra for extra in fits[mode] if extra is not None])
    options = _arguments([
        ("strides", _together([axis.stride for axis in axes]), "1"),
        ("padding", f'"{mode}"', '"valid"'),
        ("output_padding", extras, "None"),
        ("dilation_rate", _together([axis.dilation for axis in axes]), "1"),
    ])  # fmt: skip
    size, number = _together(turned.kernel.shape), turned.dimensions
    return _line(turned, f"keras.layers.Conv{number}DTranspose(1, {size}{options}, use_bias=False)")


MODES = ("valid", "same")


def _unknown_to_keras(axes: list[Axis]) -> str:
    if any(axis.stride > 1 for axis in axes) and any(axis.dilation > 1 for axis in axes):
        return CODE["keras_dilation"]
    return CODE["keras_rates"] if len({axis.dilation for axis in axes}) > 1 else ""


def _no_keras(turned: Turned, reason: str) -> tuple[bool, str]:
    sizes = {
        mode: times(_size(axis, own, mode) for axis, own in zip(_axes(turned), turned.y.shape, strict=True))
        for mode in MODES
    }  # fmt: skip
    return False, CODE["keras_none"].format(reason=reason, **sizes)


def _size(axis: Axis, own: int, mode: str) -> int:
    """What Keras makes of so many values without an output padding."""
    return own * axis.stride if mode == "same" else (own - 1) * axis.stride + max(axis.span, axis.stride)


def _fits(axis: Axis, own: int, mode: str) -> int | None:
    """Keras's output padding along an axis; None where no value of it gives this size with this crop at the start."""
    reach = _reach(axis, own)
    total = max(0, reach - axis.size)
    crop, base = (total // 2, axis.span % 2 - axis.span) if mode == "same" else (0, 0)
    extra = axis.size - reach - base
    return extra if axis.before == crop and (0 <= extra < axis.stride or axis.size == _size(axis, own, mode)) else None


def _latex(turned: Turned) -> tuple[bool, str]:
    assert turned.result is not None
    arrays = [turned.y, turned.kernel, turned.result]
    if max(side for array in arrays for side in array.shape) > SET:
        return False, CODE["latex_none"].format(most=SET)
    y, kernel, result = map(_set, arrays)
    return True, rf"{y} \ast^{{\top}} {kernel} = {result}"


def _set(array: Array) -> str:
    lines = array.reshape(-1, array.shape[-1])
    rows = r" \\ ".join(" & ".join(_number(value) for value in line) for line in lines)
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"


def _number(value: Any) -> str:
    return shown(value).replace("−", "-").replace("∞", r"\infty").replace("NaN", r"\mathrm{NaN}")
