"""Derivatives by trying: how much a loss changes when one number of an array changes, for a lesson and for a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, real_array


def finite_differences(loss: Callable[[Array], Any], at: ArrayLike, *, step: float = 1) -> Array:
    """(L(a + h) − L(a − h))/2h for every entry of an array: its gradient, as far as L is straight between the two.

    Of a loss that is linear in each entry the quotient is exact for every h; of another it is off by some h², and by
    rounding when h is tiny.

    Args:
        loss: takes an array of the shape of ``at`` to one number.
        at: where the gradient is asked for. It is not changed.
        step: h. Integers with an h of 1, and a loss that stays whole, are compared without rounding.

    Returns:
        A new array of the shape of ``at``: int64 when h is 1 and every quotient whole and of 64 bits, else float64.

    Raises:
        ValueError: for a step that is not above 0, and for a loss that is not one number.

    >>> finite_differences(lambda x: (x * [[1, 2, 3]]).sum(), [[5, 5, 5]])
    array([[1, 2, 3]])
    >>> finite_differences(lambda x: (x**3).sum(), [2.0], step=0.5)
    array([12.25])
    """
    array = real_array(at, "array")
    if not step > 0:
        raise ValueError(f"The step is {step}, but it must be more than 0. Use 1, or less where the loss is curved.")
    whole = array.dtype.kind in "iub" and isinstance(step, int)
    moved = array.astype(np.int64 if whole else np.float64)
    changes = [_change(loss, moved, index, step) for index in np.ndindex(array.shape)]
    halves = [change // 2 for change in changes]
    if step == 1 and all(_whole(half) and 2 * half == change for half, change in zip(halves, changes, strict=True)):
        return np.array(halves, dtype=np.int64).reshape(array.shape)
    return np.array([change / (2 * step) for change in changes], dtype=np.float64).reshape(array.shape)


def _whole(number: Any) -> bool:
    return isinstance(number, int) and -(2**63) <= number < 2**63


def _change(loss: Callable[[Array], Any], moved: Array, index: tuple[int, ...], step: float) -> Any:
    """L(a + h) − L(a − h) for one entry, which is put back."""
    value = moved[index].item()
    losses = []
    for number in (value + step, value - step):
        moved[index] = number
        losses.append(_number(loss(moved.copy())))
    moved[index] = value
    return losses[0] - losses[1]


def _number(loss: Any) -> Any:
    if np.ndim(loss):
        raise ValueError(f"The loss has the shape {np.shape(loss)}, but it must be one number. Add it up first.")
    return loss.item() if hasattr(loss, "item") else loss
