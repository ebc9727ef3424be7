"""Activations: pointwise functions after the sum, h = σ(x ∗ k + b). One table from name to function."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, real_array

LEAK = 0.01
"""Slope of the leaky ReLU below zero, PyTorch's default; the layer of Keras uses 0.3."""


def activate(x: ArrayLike, name: str = "none") -> Array:
    """Apply the activation ``name`` to every value.

    Args:
        x: numbers of any shape.
        name: "none", "relu", "leaky_relu" (slope 0.01 below zero), "sigmoid" or "tanh".

    Returns:
        A new array. "none" and "relu" keep the dtype; the others keep floats and give float64 for integers.

    Raises:
        TypeError: for values that are not real numbers.
        ValueError: for an unknown name.

    >>> activate([-200, 0, 3], "relu"), activate([-200, 0, 3], "leaky_relu"), activate([-800.0, 0.0], "sigmoid")
    (array([0, 0, 3]), array([-2.,  0.,  3.]), array([0. , 0.5]))
    """
    if name not in ACTIVATIONS:
        known = ", ".join(f'"{each}"' for each in ACTIVATIONS)
        raise ValueError(f"The activation {name!r} is unknown. Use one of {known}.")
    return ACTIVATIONS[name](real_array(x, "input"))


def _sigmoid(x: Array) -> Array:
    """1/(1 + e⁻ˣ), without overflow: the exponential of a number that is never positive."""
    decay = np.exp(-abs(_floats(x)))
    result: Array = np.where(x >= 0, 1, decay) / (1 + decay)
    return result


def _leaky_relu(x: Array) -> Array:
    x = _floats(x)
    return np.where(x < 0, x * x.dtype.type(LEAK), x)


def _floats(x: Array) -> Array:
    return x if x.dtype.kind == "f" else x.astype(np.float64)


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "none": np.copy,
    "relu": lambda x: np.maximum(x, 0),
    "leaky_relu": _leaky_relu,
    "sigmoid": _sigmoid,
    "tanh": lambda x: np.tanh(_floats(x)),
}
