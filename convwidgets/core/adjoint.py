"""Weighing an adjoint: ⟨A x, y⟩ = ⟨x, Aᵀ y⟩, for a lesson and for a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from convwidgets.core.arguments import Array

Number: TypeAlias = int | float


def dot_test(
    forward: Callable[[Array], Array],
    adjoint: Callable[[Array], Array],
    input_shape: Sequence[int],
    output_shape: Sequence[int],
    *,
    rng: np.random.Generator | int = 0,
) -> tuple[Number, Number]:
    """Both sides of ⟨A x, y⟩ = ⟨x, Aᵀ y⟩ for whole numbers x and y from −9 to 9, drawn at random.

    They agree for every x and y if, and only if, the second function is the transpose of the first. Functions that are
    exact on integers give equal integers; others agree but for rounding.

    Args:
        forward: takes an array of ``input_shape`` to one of ``output_shape``.
        adjoint: takes an array of ``output_shape`` to one of ``input_shape``.
        rng: a generator, or the seed of one.

    Returns:
        ⟨A x, y⟩ and ⟨x, Aᵀ y⟩.

    Raises:
        ValueError: when a function gives another shape.

    >>> from convwidgets.core.convolution import conv1d
    >>> from convwidgets.core.transposed import conv_transpose1d
    >>> dot_test(lambda x: conv1d(x, [1, 2, 3]), lambda y: conv_transpose1d(y, [1, 2, 3]), (5,), (3,))
    (135, 135)
    >>> dot_test(lambda x: conv1d(x, [1, 2, 3]), lambda y: conv_transpose1d(y, [3, 2, 1]), (5,), (3,))
    (135, -175)
    """
    random = np.random.default_rng(rng)
    x, y = random.integers(-9, 10, tuple(input_shape)), random.integers(-9, 10, tuple(output_shape))
    there = _checked(forward(x), y.shape, "forward function", x.shape)
    back = _checked(adjoint(y), x.shape, "adjoint", y.shape)
    return np.vdot(there, y).item(), np.vdot(x, back).item()


def _checked(result: Array, shape: tuple[int, ...], name: str, given: tuple[int, ...]) -> Array:
    if np.shape(result) != shape:
        raise ValueError(
            f"The {name} takes {given} to {np.shape(result)}, but it should give {shape}. "
            f"Check input_shape and output_shape, or the function."
        )
    return result
