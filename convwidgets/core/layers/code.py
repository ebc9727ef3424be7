"""Writing calls as code: what the Keras and the PyTorch code share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from convwidgets.core.axis import Axis
from convwidgets.core.layers.stack import Row
from convwidgets.core.layers.words import say

Lines = Iterator[str]
"""Calls, each a line without its comma, and comments that begin with #."""


def call(name: str, /, *values: Any, **named: Any) -> str:
    """One call as text; values that are the same along all axes are written once.

    >>> call("layers.Conv2D", 8, (3, 3), strides=(2, 1), padding="same")
    'layers.Conv2D(8, 3, strides=(2, 1), padding="same")'
    """
    return f"{name}({', '.join([*map(text, values), *(f'{key}={text(value)}' for key, value in named.items())])})"


def text(value: Any) -> str:
    """A value as code, texts in double quotes, (3, 3) as 3."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Exact):
        return value.code
    if isinstance(value, tuple) and len(set(value)) == 1 and not isinstance(value[0], tuple):
        return text(value[0])
    if isinstance(value, tuple) and len(value) == 1:
        return f"({text(value[0])},)"
    return repr(value)


def remark(code: str, **values: Any) -> str:
    """A comment."""
    return f"# {say(code, **values)}"


class Exact:
    """Written as it is: a shape, in which equal sizes stay apart, or a text that is code already."""

    def __init__(self, value: tuple[Any, ...] | str) -> None:
        self.code = value if isinstance(value, str) else repr(value)


def sides(axes: Sequence[Axis]) -> tuple[tuple[int, int], ...]:
    """The padding in numbers, per axis."""
    return tuple((axis.before, axis.after) for axis in axes)


def written(rows: Sequence[Row], framework: str, lines: Callable[[Row], Lines], end: str = ",") -> list[str]:
    """The lines of all rows, each call with its comma.

    Raises:
        ValueError: for a layer that the framework cannot express, with its number and name.
    """
    found: list[str] = []
    for row in rows:
        try:
            found += [line if line[0] == "#" else line + end for line in lines(row)]
        except ValueError as error:
            whose = {"number": row.number, "name": row.name, "type": row.layer.type}
            raise ValueError(say("unwritable", **whose, framework=framework, reason=error)) from None
    return found
