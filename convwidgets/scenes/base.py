"""What every scene is made of: numbers as a reader sees them, places in words, panels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from convwidgets.core.arguments import Array
from convwidgets.core.digits import short
from convwidgets.scenes.words import PLACE, SENTENCES

MINUS = "\N{MINUS SIGN}"
LISTED = 12


def shown(value: Any) -> str:
    """The number as a reader sees it: integers whole, floats at most four significant digits, a real minus sign.

    `frontend/arrays.js` has the same function.

    >>> [shown(value) for value in (-3, 0.1234567, 1e7 / 3, -0.0, float("nan"))]
    ['−3', '0.1235', '3.333e6', '0', 'NaN']
    """
    return short(value).replace("-", MINUS)


def times(sizes: Iterable[int]) -> str:
    """`7 × 6`."""
    return " × ".join(map(str, sizes))


def place(row: int, column: int, dimensions: int = 2) -> str:
    """The words for a position, counted from 0; padding before the input is negative.

    >>> place(1, -1), place(0, 3, dimensions=1)
    ('row 1, column −1', 'position 3')
    """
    return PLACE[dimensions].format(row=shown(row), column=shown(column))


def factor(value: Any) -> str:
    """A number in a product: in parentheses when it starts with a minus sign."""
    text = shown(value)
    return f"({text})" if text.startswith(MINUS) else text


def listing(entries: Sequence[str], count: int | None = None) -> str:
    """At most twelve entries, and how many of `count` are left."""
    count = len(entries) if count is None else count
    heads = list(entries[:LISTED])
    if count > LISTED:
        heads.append(SENTENCES["and_more"].format(count=count - LISTED))
    return "; ".join(heads)


def panel(name: str, role: str, label: str, note: str, values: Array, **more: Any) -> dict[str, Any]:
    """A named grid of numbers. `origin` is the index of its first row and column, `picture` says: it is an image."""
    words = {"name": name, "role": role, "label": label, "note": note}
    return {**words, "values": values, "origin": (0, 0), "picture": False, **more}
