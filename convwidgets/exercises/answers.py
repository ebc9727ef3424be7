"""Reading an answer: numbers out of what a learner typed, or the sentence that says why there are none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array

UNANSWERED = "No answer yet. Put yours in the place of the three dots and run the cell again."
UNFINISHED = "Not finished: {count} of the numbers still {verb} open. Put a number in the place of every three dots."
TEXT = "The answer holds text, {value}. Write numbers without quotes, such as 3 or [[1, 2], [3, 4]]."
UNEVEN = "The rows of the answer have different lengths. Give every row the same number of values."
OBJECTS = "The answer is no number and no list of numbers ({kind}). Write something like 3, (5, 4) or [[1, 2], [3, 4]]."
TRUTHS = "The answer is True or False, but numbers are asked for."
COMPLEX = "The answer holds complex numbers, but a convolution of real numbers is real."
NOT_FINITE = "{value} is in the answer, but every number of a right answer is finite."
HUGE = "The answer holds a number of more than 64 bits, but a right answer is much smaller."
EMPTY = "The answer is empty. Write at least one number."


def read(answer: object) -> Array | str:
    """The answer as an array of finite numbers, or a sentence about what it is instead.

    >>> read([[1, 2], [3, 4]])
    array([[1, 2],
           [3, 4]])
    >>> read("12")
    "The answer holds text, '12'. Write numbers without quotes, such as 3 or [[1, 2], [3, 4]]."
    >>> read([[1, ...], [3, 4]])
    'Not finished: 1 of the numbers still is open. Put a number in the place of every three dots.'
    """
    if answer is None or answer is ...:
        return UNANSWERED
    if isinstance(answer, str | bytes):
        return TEXT.format(value=_first_text(answer))
    if gaps := _gaps(answer):
        return UNFINISHED.format(count=gaps, verb="is" if gaps == 1 else "are")
    try:
        array = np.asarray(answer)
    except Exception:  # whatever an object does when NumPy asks it for its numbers
        return UNEVEN if isinstance(answer, Sequence) else OBJECTS.format(kind=type(answer).__name__)
    return _refusal(array, answer) or array


def _gaps(answer: object) -> int:
    """How many of the numbers are still three dots or None."""
    if isinstance(answer, list | tuple):
        return sum(map(_gaps, answer))
    return int(answer is None or answer is ...)


def _refusal(array: Array, answer: object) -> str:
    kind = array.dtype.kind
    if kind in "US":
        return TEXT.format(value=_first_text(answer))
    if kind in "bc":
        return TRUTHS if kind == "b" else COMPLEX
    if kind == "O" and all(type(value) in (int, float) for value in array.flat):
        return HUGE
    if kind not in "iuf":
        return OBJECTS.format(kind=type(answer).__name__)
    if array.size == 0:
        return EMPTY
    strange = array[~np.isfinite(array)]
    return NOT_FINITE.format(value="NaN" if np.isnan(strange[0]) else "Infinity") if strange.size else ""


def _first_text(answer: Any) -> str:
    """The first piece of text in an array or in nested lists, as Python would write it."""
    if isinstance(answer, list | tuple):
        return next(filter(None, map(_first_text, answer)), "")
    leaf = answer.ravel()[0].item() if isinstance(answer, np.ndarray | np.generic) else answer
    return _short(repr(leaf)) if isinstance(leaf, str | bytes) else ""


def _short(text: str) -> str:
    return text if len(text) <= 20 else f"{text[:20]}…"
