"""Numbers as a reader sees them, in few digits."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

SAFE = 2**53 - 1
_FOUR_DIGITS = Context(prec=4, rounding=ROUND_HALF_UP)


def short(value: Any) -> str:
    """Integers whole, floats with at most four significant digits, half a digit rounded up.

    >>> [short(value) for value in (-3, 0.12345, 2.5e7 / 3, -0.0, float("-inf"))]
    ['-3', '0.1235', '8.333e6', '0', '-∞']
    """
    number = value.item() if hasattr(value, "item") else value
    if isinstance(number, int):
        return str(int(number))
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "∞" if number > 0 else "-∞"
    if number.is_integer() and abs(number) <= SAFE:
        return str(int(number))
    rounded = _FOUR_DIGITS.create_decimal(Decimal(number)).normalize()
    if 1e-4 <= abs(number) < 1e6:
        return f"{rounded:f}"
    digits = "".join(map(str, rounded.as_tuple().digits))
    mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
    return f"{'-' if number < 0 else ''}{mantissa}e{rounded.adjusted()}"
