"""Does filtering commute with moving the picture? f(T x) beside T f(x), and how they differ, inside and at the border.

``frontend/filter/equivariance.js`` mirrors this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, axes_for, per_axis, real_array
from convwidgets.core.axis import Axis
from convwidgets.core.dtypes import holding
from convwidgets.core.filtering import filter_image, kernels_of
from convwidgets.core.problem import fill_value

ROUNDING = 1e-9
"""Two results differ where they differ by more than this share of the largest value: sums in another order round
differently."""

_TURNS = {90: -1, 180: 2, 270: 1}


class Figures(NamedTuple):
    """How different: of so many values, the largest and the mean difference, and the share of those that differ."""

    pixels: int
    largest: float
    mean: float
    share: float


class Comparison(NamedTuple):
    """f(T x) and T f(x). `difference` is None where their sizes differ, and `even` False where no shift fits."""

    first: Array
    then: Array
    difference: Array | None
    even: bool
    all: Figures
    inside: Figures
    border: Figures


def moved(image: ArrayLike, change: Mapping[str, Any], *, pad_mode: str = "zeros", pad_value: float = 0) -> Array:
    """A picture (H, W) or (H, W, C), shifted, rotated or flipped.

    Args:
        change: {"kind": "shift", "rows": 1, "columns": -2}, {"kind": "rotate", "degrees": 90} with 90, 180 or 270
            clockwise, or {"kind": "flip", "axis": "left-right"} or "up-down".
        pad_mode, pad_value: what a shift brings in from beyond the border.

    >>> moved([[1, 2], [3, 4]], {"kind": "rotate", "degrees": 90})
    array([[3, 1],
           [4, 2]])
    >>> moved([[1, 2, 3]], {"kind": "shift", "rows": 0, "columns": 1}, pad_mode="replicate")
    array([[1, 1, 2]])
    """
    picture = real_array(image, "image")
    if change["kind"] == "rotate":
        return np.rot90(picture, _TURNS[change["degrees"]]).copy()
    if change["kind"] == "flip":
        return np.flip(picture, 1 if change["axis"] == "left-right" else 0).copy()
    down, across = (
        _shifted(size, change[name], pad_mode)
        for size, name in zip(picture.shape[:2], ("rows", "columns"), strict=True)
    )
    fill = fill_value(pad_mode, pad_value).item()
    result: Array = picture[np.ix_(down, across)].astype(holding(picture.dtype, fill))
    result[(down < 0)[:, None] | (across < 0)] = fill
    return result


def _shifted(size: int, by: int, pad_mode: str) -> Array:
    """Where each position comes from after a shift: padding on one side, as much cut off on the other."""
    sources = Axis(size, 1, before=max(by, 0), after=max(-by, 0)).padded_sources(pad_mode)
    return sources[:size] if by >= 0 else sources[-by:]


def equivariance(image: ArrayLike, kernel: ArrayLike, change: Mapping[str, Any], **options: Any) -> Comparison:
    """Filter the moved picture, and move the filtered picture.

    Args:
        image: (H, W) or (H, W, C).
        kernel: (kh, kw).
        change: as in `moved`. With a stride, the result moves by as many whole steps as fit.
        options: as in `filter_image`.

    Returns:
        Both results, their difference with rounding taken out (of a direction, the smaller turn), and its figures: of
        everything, of what has nothing to do with the border, and of the rest.

    A symmetric kernel does not mind a quarter turn, and Sobel's does:

    >>> image = np.arange(25).reshape(5, 5) ** 2 % 11
    >>> turn = {"kind": "rotate", "degrees": 90}
    >>> equivariance(image, [[0, 1, 0], [1, -4, 1], [0, 1, 0]], turn).all.largest
    0.0
    >>> equivariance(image, [[1, 0, -1], [2, 0, -2], [1, 0, -1]], turn).inside
    Figures(pixels=9, largest=16.0, mean=6.888888888888889, share=0.8888888888888888)
    """
    rule: dict[str, Any] = {name: options[name] for name in ("pad_mode", "pad_value") if name in options}
    on_result, even = _on_result(change, per_axis(options.get("stride", 1), 2, "stride"))
    picture = real_array(image, "image")
    other = moved(picture, change, **rule)
    first = filter_image(other, kernel, **options)
    then = _moved_result(filter_image(picture, kernel, **options), on_result, rule)
    if first.shape != then.shape:
        none = Figures(0, 0.0, 0.0, 0.0)
        return Comparison(first, then, None, even, none, none, none)
    difference = _difference(first, then, options.get("combine") == "direction")
    within = _clear(other.shape, kernel, change, options) & moved(_clear(picture.shape, kernel, {}, options), on_result)
    figures = (_figures(difference[where]) for where in (np.ones_like(within, bool), within > 0, within == 0))
    return Comparison(first, then, difference, even, *figures)


def _moved_result(result: Array, change: Mapping[str, Any], rule: dict[str, Any]) -> Array:
    try:
        return moved(result, change, **rule)
    except ValueError:  # a result may be too small for its own reflection
        return moved(result, change, pad_mode="replicate")


def _on_result(change: Mapping[str, Any], strides: tuple[int, ...]) -> tuple[Mapping[str, Any], bool]:
    """A stride makes the shift of the result smaller, and where it does not divide it, there is none that fits."""
    if change["kind"] != "shift":
        return change, True
    amounts = [(change[name], stride) for name, stride in zip(("rows", "columns"), strides, strict=True)]
    rows, columns = (abs(by) // stride * (1 if by > 0 else -1) for by, stride in amounts)
    return {"kind": "shift", "rows": rows, "columns": columns}, all(by % stride == 0 for by, stride in amounts)


def _difference(first: Array, then: Array, is_angle: bool) -> Array:
    difference = first - then
    largest = np.maximum(abs(first), abs(then)).max(axis=(0, 1), keepdims=True)  # of each channel
    if is_angle:
        difference = np.where(abs(difference) > np.pi, difference - np.sign(difference) * 2 * np.pi, difference)
    return np.where(abs(difference) > ROUNDING * largest, difference, difference.dtype.type(0))


def _clear(shape: tuple[int, ...], kernel: ArrayLike, change: Mapping[str, Any], options: Mapping[str, Any]) -> Array:
    """1 for results of whose windows no tap lies beyond the border or on what a shift brought in, else 0."""
    combine, flip = options.get("combine", "none"), options.get("flip", False)
    kernels = kernels_of(kernel, options.get("second"), combine, flip)
    stages = kernels if combine == "then" else kernels[:1]
    known = [_unmoved(size, change.get(name, 0)) for size, name in zip(shape, ("rows", "columns"), strict=False)]
    for number, stage in enumerate(stages):
        stride = options.get("stride", 1) if number == len(stages) - 1 else 1
        plain = {"padding": options.get("padding", "same"), "dilation": options.get("dilation", 1)}
        axes = axes_for([len(each) for each in known], stage.shape, stride=stride, **plain)
        known = [_all_known(axis, each) for axis, each in zip(axes, known, strict=True)]
    return (known[0][:, None] & known[1]).astype(np.uint8)


def _unmoved(size: int, by: int) -> Array:
    came_from = np.arange(size) - by
    return (came_from >= 0) & (came_from < size)


def _all_known(axis: Axis, known: Array) -> Array:
    taps = axis.taps()
    inside = (taps >= 0) & (taps < axis.size)
    result: Array = (inside & known[taps.clip(0, axis.size - 1)]).all(axis=1)
    return result


def _figures(values: Array) -> Figures:
    sizes = abs(values).ravel()
    if not sizes.size:
        return Figures(0, 0.0, 0.0, 0.0)
    return Figures(sizes.size, float(sizes.max()), float(sizes.mean()), float((sizes > 0).mean()))
