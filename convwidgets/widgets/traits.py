"""The options as traits: numbers per axis, padding, names, switches. Each refuses in one sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from traitlets import TraitType

from convwidgets.core import arguments
from convwidgets.core.axis import PADDINGS, REFUSALS, Axis
from convwidgets.core.axis import whole as core_whole
from convwidgets.core.pooling_axis import POOL_REFUSALS
from convwidgets.widgets.errors import SettingError, brief, choices, listed, suggestion

LARGEST = 1024
"""More stride, dilation or padding than this is a slip of the finger, and would fill the memory of a browser."""
EXACT = 2**53


def whole(value: object, name: str, least: int, most: int) -> int:
    """An int from `least` to `most`, NumPy's included; bool and float are refused."""
    try:
        number = core_whole(value, name)
    except TypeError as error:
        raise SettingError(str(error)) from None
    if not least <= number <= most:
        bound = f"at least {least}" if number < least else f"at most {most}"
        raise SettingError(f"The {name} is {number}, but it must be {bound}.")
    return number


def one_of(value: object, names: Sequence[str], name: str, other: str = "") -> str:
    """The name, if it is one of these."""
    if isinstance(value, str) and value in names:
        return str(value)
    near = suggestion(value, names) if isinstance(value, str) else ""
    raise SettingError(f"The {name} {brief(value)} is unknown.{near} Use {choices(names)}{other}.")


class PerAxis(TraitType[Any, Any]):
    """A whole number, or one for every axis; equal numbers read back as one."""

    info_text = "a whole number, or one for every axis"

    def validate(self, obj: Any, value: Any) -> int | tuple[int, ...]:
        name = str(self.name)
        try:
            numbers = arguments.per_axis(value, obj.dimensions, name)
        except (TypeError, ValueError) as error:
            raise SettingError(str(error)) from None
        for number in numbers:
            if number < 1:
                raise SettingError(REFUSALS[name].format(**{name: number}))
            whole(number, name, 1, LARGEST)
        return numbers[0] if len(set(numbers)) == 1 else numbers


class Stride(PerAxis):
    """As PerAxis, or None: the stride of a pool is then its size."""

    info_text = "None, a whole number, or one for every axis"

    def __init__(self) -> None:
        super().__init__(None, allow_none=True)


class PoolSize(PerAxis):
    """The size of a pool along every axis."""

    def validate(self, obj: Any, value: Any) -> int | tuple[int, ...]:
        numbers = listed(value)
        for number in [value] if numbers is None else numbers:
            if isinstance(number, (int, np.integer)) and not isinstance(number, bool) and number < 1:
                raise SettingError(POOL_REFUSALS["kernel"].format(kernel=number))
        return super().validate(obj, value)


class Padding(TraitType[Any, Any]):
    """A named padding, an amount, one for every axis, or ((before, after), …): reads back what was set."""

    info_text = "a name, an amount, one for every axis, or (before, after) for every axis"

    def validate(self, obj: Any, value: Any) -> Any:
        if isinstance(value, str):
            return one_of(value, PADDINGS, "padding", ", or numbers")
        axes = self._axes(value, obj.dimensions)
        for axis in axes:
            whole(max(axis.before, axis.after), "padding", 0, LARGEST)
        if (items := listed(value)) is None:
            return axes[0].before
        pairs = zip(items, axes, strict=True)
        return tuple(axis.before if listed(item) is None else (axis.before, axis.after) for item, axis in pairs)

    def _axes(self, value: Any, dimensions: int) -> list[Axis]:
        ones = (1,) * dimensions
        try:
            found = arguments.axes_or_errors(ones, ones, padding=value)
        except (TypeError, ValueError) as error:
            raise SettingError(str(error)) from None
        for axis in found:
            if isinstance(axis, ValueError):
                raise SettingError(str(axis))
        return [axis for axis in found if isinstance(axis, Axis)]


class Choice(TraitType[Any, Any]):
    """One of several names."""

    def __init__(self, names: Sequence[str], default: str, label: str = "") -> None:
        self.names, self.label = tuple(names), label
        self.info_text = "one of " + choices(self.names)
        super().__init__(default)

    def validate(self, obj: Any, value: object) -> str:
        return one_of(value, self.names, self.label or str(self.name))


class Number(TraitType[Any, Any]):
    """A finite number; whole ones read back as int, as they come from the page."""

    info_text = "a finite number"

    def __init__(self, default: float, *, positive: bool = False) -> None:
        self.positive = positive
        super().__init__(default)

    def validate(self, obj: Any, value: object) -> int | float:
        number = self._number(value)
        if isinstance(number, int) and abs(number) > EXACT:
            raise SettingError(f"The {self.name} is {number}, but whole numbers go up to 2⁵³ here. Give a float.")
        if self.positive and number <= 0:
            raise SettingError(f"The {self.name} is {number}, but it must be more than 0.")
        return number

    def _number(self, value: Any) -> int | float:
        array = None if isinstance(value, (str, bytes, list, tuple)) else np.asarray(value)
        if array is None or array.ndim or array.dtype.kind not in "iuf":
            raise SettingError(f"The {self.name} must be one real number, but it is {brief(value)}.")
        number: int | float = array.item()
        if not math.isfinite(number):
            raise SettingError(f"The {self.name} is {number}, but it must be finite.")
        return int(number) if abs(number) <= EXACT and number == int(number) else number


class Count(TraitType[Any, Any]):
    """A whole number from 0 on."""

    info_text = "a whole number from 0 on"

    def validate(self, obj: Any, value: object) -> int:
        return whole(value, str(self.name), 0, 2**32 - 1)


class Switch(TraitType[Any, Any]):
    """True or False."""

    info_text = "True or False"

    def validate(self, obj: Any, value: object) -> bool:
        if isinstance(value, (bool, np.bool_)):
            return bool(value)
        raise SettingError(f"{self.name} must be True or False, but it is {brief(value)}.")


class Selected(TraitType[Any, Any]):
    """None, or the (panel, row, column) of a cell; a cell that is not there selects nothing."""

    info_text = "None or (panel, row, column)"

    def validate(self, obj: Any, value: object) -> tuple[str, int, int] | None:
        if value is None:
            return None
        items = listed(value)
        if items is None or len(items) != 3:
            raise SettingError(f"selected must be None or (panel, row, column), but it is {brief(value)}.")
        panel = one_of(items[0], obj.panels, "panel")
        row = whole(items[1], "selected row", -EXACT, EXACT)
        return panel, row, whole(items[2], "selected column", -EXACT, EXACT)


class Names(TraitType[Any, Any]):
    """Some of several names, in their own order."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.info_text = "some of " + choices(self.names)
        super().__init__(())

    def validate(self, obj: Any, value: object) -> tuple[str, ...]:
        items = listed(value)
        if items is None:
            raise SettingError(f"{self.name} must be a list of names, but it is {brief(value)}.")
        given = {one_of(item, self.names, f"name in {self.name}") for item in items}
        return tuple(name for name in self.names if name in given)
