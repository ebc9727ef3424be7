"""The scene of the backward pass: x, k and y, the gradient g that arrives at y, and what flows back to x and to k."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, real_array
from convwidgets.core.axis import Axis
from convwidgets.core.gradients import input_gradient, kernel_gradient
from convwidgets.core.problem import INEXACT
from convwidgets.scenes import convolution
from convwidgets.scenes.base import panel, times
from convwidgets.scenes.gradients_check import checked, loss_of
from convwidgets.scenes.gradients_templates import GRADIENTS
from convwidgets.scenes.gradients_words import cell_words, lines, values_of
from convwidgets.scenes.padded import plane_axes

NAMES = ("input", "kernel", "output", "gradient", "input_gradient", "kernel_gradient")


def scene(
    input: Any,
    kernel: Any,
    gradient: Any = None,
    *,
    stride: Any = 1,
    padding: Any = "valid",
    dilation: Any = 1,
    flip: bool = False,
    bias: float = 0,
    pad_mode: str = "zeros",
    pad_value: float = 0,
    at: tuple[str, int, int] = ("input_gradient", 0, 0),
    check: bool = False,
) -> dict[str, Any]:
    """What a picture of the gradients of one convolution needs, as a plain dict.

    The loss is L = Σ g·y, so that g is dL/dy. A loss of any other kind gives its own g, and the rest is the same.

    Args:
        input, kernel, stride, padding, dilation, flip, bias, pad_mode, pad_value: as in
            :func:`convwidgets.scenes.convolution.scene`.
        gradient: g. It is cut to the shape of the output; a number that it lacks is 1.
        at: the cell to look at: panel, row, column.
        check: try every number of x and k, and compare.

    Returns:
        ``panels`` (input, kernel, output, gradient, input_gradient, kernel_gradient), ``loss``, ``bias_gradient``,
        ``lines``: the formulae with their numbers, ``sentence``, and ``check``: see :func:`gradients_check.checked`,
        which adds the panels input_quotient and kernel_quotient.
        A setting without an output has an ``error`` and no gradients.

    Raises:
        ValueError: for a gradient with another number of axes, and for a cell that is not there.

    >>> board = scene([[1, 2, 3]], [[1, -1]], [[2, 5]], at=("input_gradient", 0, 1))
    >>> [(each["name"], each["values"].tolist()) for each in board["panels"][3:6]]
    [('gradient', [[2, 5]]), ('input_gradient', [[2, 3, -5]]), ('kernel_gradient', [[12, 19]])]
    >>> board["lines"][0], board["sentence"]
    ('L = Σ g·y = 2·(−1) + 5·(−1) = −7', 'dL/dx row 0, column 1 is 3 = 2·(−1) + 5·1: column 1 of C times g.')
    """
    drawn = convolution.scene(
        input, kernel, stride=stride, padding=padding, dilation=dilation, flip=flip, bias=bias, pad_mode=pad_mode,
        pad_value=pad_value,
    )  # fmt: skip
    options = {"stride": stride, "dilation": dilation}
    drawn |= {"kind": "gradients", "title": GRADIENTS["title"], "pad_value": pad_value, "lines": [], "check": None}
    drawn |= {"loss": None, "bias_gradient": None, "subtitle": _subtitle(drawn), "window": None, "products": None}
    labels = GRADIENTS["labels"].split("|")
    drawn["panels"] = [{**each, "label": label} for each, label in zip(drawn["panels"], labels, strict=False)]
    try:
        return drawn if drawn["error"] else _flowed(drawn, gradient, options, at, check)
    except OverflowError as error:
        return {**drawn, "at": None, "error": str(error)}


def _subtitle(drawn: dict[str, Any]) -> str:
    """The sizes on the way to the loss; without an output those of the convolution."""
    if drawn["error"]:
        subtitle: str = drawn["subtitle"]
        return subtitle
    source, kernel, output = drawn["panels"]
    inside = ~source["padding"]
    sizes = [inside.any(axis=1).sum(), inside.any(axis=0).sum()]
    shapes = sizes, kernel["values"].shape, output["values"].shape
    told = dict(
        zip(("input", "kernel", "output"), (times(shape[-drawn["dimensions"] :]) for shape in shapes), strict=True)
    )
    return GRADIENTS["subtitle"].format(**told)


def upstream(gradient: Any, shape: tuple[int, ...]) -> Array:
    """g in the shape of the output: cut to it, and 1 where it lacks a number.

    >>> upstream([[5, 7, 9]], (2, 2)).tolist()
    [[5, 7], [1, 1]]
    """
    given = real_array([] if gradient is None else gradient, "gradient")
    if given.size == 0:
        return np.ones(shape, dtype=np.int64)
    if given.ndim != len(shape):
        raise ValueError(
            f"The gradient has the shape {given.shape}, but the output has {shape}. Give one number for each output."
        )
    whole = np.ones(shape, dtype=np.result_type(given, np.int64) if given.dtype.kind != "f" else given.dtype)
    common = tuple(slice(min(sizes)) for sizes in zip(given.shape, shape, strict=True))
    whole[common] = given[common]
    return whole


def _flowed(drawn: dict[str, Any], gradient: Any, options: dict[str, Any], at: Any, check: bool) -> dict[str, Any]:
    """The scene with its gradients, its loss and its words."""
    axes = plane_axes(drawn["axes"])
    assert axes is not None
    output = values_of(drawn, "output")
    g = np.atleast_2d(upstream(gradient, output.shape[-drawn["dimensions"] :]))
    options = {name: _plane_option(value, drawn["dimensions"]) for name, value in options.items()}
    source, weights = values_of(drawn, "input"), values_of(drawn, "kernel")
    try:
        back = input_gradient(g, weights, source.shape, **options)
        to_kernel = kernel_gradient(source, g, weights.shape, **options)
    except ValueError as error:  # exact integers beyond 64 bits
        raise OverflowError(str(error)) from None
    found = [g, _gathered(back, axes, drawn["pad_mode"]), to_kernel]
    drawn = {**drawn, "panels": [*drawn["panels"], *_panels(drawn, found)], "at": at[1:]}
    drawn |= {"loss": loss_of(output, g), "bias_gradient": loss_of(np.ones_like(g), g), "looked_at": at}
    drawn["lines"], drawn["check"] = lines(drawn), checked(drawn, check)
    drawn["panels"] += drawn["check"]["panels"]
    return {**drawn, "sentence": cell_words(drawn, *at)}


def _plane_option(value: Any, dimensions: int) -> Any:
    """A setting along the axes of a plane: a line is one row."""
    if dimensions == 2:
        return value
    return 1, value[0] if isinstance(value, tuple | list) else value


def _gathered(back: Array, axes: tuple[Axis, Axis], pad_mode: str) -> Array:
    """What flows back to the padded input, brought home: a copy's share is added to the number that was copied."""
    rows, columns = (axis.padded_sources(pad_mode) for axis in axes)
    inside = np.ix_(rows >= 0, columns >= 0)
    shares, places = back[inside], np.ix_(rows[rows >= 0], columns[columns >= 0])
    total = np.zeros((axes[0].size, axes[1].size), dtype=object if shares.dtype.kind == "i" else shares.dtype)
    np.add.at(total, places, shares.astype(total.dtype))
    if total.dtype == object:
        if (largest := max(map(abs, total.flat))) >= 2**63:
            raise OverflowError(INEXACT.format(largest=largest, most=2**63 - 1))
        total = total.astype(np.int64)
    return total


def _panels(drawn: dict[str, Any], found: list[Array]) -> list[dict[str, Any]]:
    """g, dL/dx and dL/dk; each looks like what it is the gradient of."""
    labels, roles = GRADIENTS["labels"].split("|")[3:], ("output", "input", "kernel")
    pictures = (drawn["panels"][2]["picture"], drawn["panels"][0]["picture"], False)
    return [
        panel(name, role, label, times(values.shape[-drawn["dimensions"] :]), values, picture=picture)
        for name, role, label, values, picture in zip(NAMES[3:], roles, labels, found, pictures, strict=False)
    ]
