"""The options of channels as traits: groups, a bias for each filter, a cell of one of many planes."""

from __future__ import annotations

from typing import Any

import numpy as np

from convwidgets.core import kernels
from convwidgets.widgets.arrays import Array, frozen, is_frozen, numbers
from convwidgets.widgets.errors import SettingError, brief, choices, listed, suggestion
from convwidgets.widgets.traits import EXACT, Number, PerAxis, Selected, whole

MANY = ("input", "kernel", "partial")
"""Panels of which there is one for every plane: "input-0", "input-1", …"""


def filters_for(value: Any, planes: int) -> Array:
    """The filters that an explorer keeps, immutable: (kh, kw, planes/groups, filters); a name stands for every plane.

    Raises:
        SettingError: for an unknown name, and for any other number of axes than 2, 3 or 4.
    """
    array = _named(value, planes) if isinstance(value, str) else numbers(value, "kernel")
    if array.ndim not in (2, 3, 4):
        raise SettingError(f"The kernel has the shape {array.shape}, but filters are (kh, kw, C/groups, filters).")
    array = array.reshape(*array.shape, *(1,) * (4 - array.ndim))
    return array if is_frozen(array) else frozen(array)


def _named(name: str, planes: int) -> Array:
    try:
        return np.repeat(kernels.get(name)[:, :, np.newaxis], planes, axis=2)
    except ValueError as error:
        raise SettingError(str(error)) from None


class Groups(PerAxis):
    """The number of groups."""

    info_text = "a whole number from 1 on"

    def validate(self, obj: Any, value: Any) -> int:
        return whole(value, "number of groups", 1, EXACT)


class Bias(Number):
    """A number, or a tuple with one for every filter."""

    info_text = "a finite number, or one for every filter"

    def validate(self, obj: Any, value: object) -> Any:
        items = listed(value)
        if items is None:
            return super().validate(obj, value)
        if not items:
            raise SettingError("The bias is empty. Give one number, or one for every filter.")
        return tuple(super(Bias, self).validate(obj, item) for item in items)


class CellOfPlane(Selected):
    """None, or the (panel, row, column) of a cell; panels of planes are numbered: "input-0", "kernel-2"."""

    def validate(self, obj: Any, value: object) -> tuple[str, int, int] | None:
        items = listed(value)
        if items is None or len(items) != 3:
            return super().validate(obj, value)
        if not isinstance(items[0], str) or not self._known(items[0], obj.panels):
            first = tuple(f"{name}-0" if name in MANY else name for name in obj.panels)
            near = suggestion(items[0], first) if isinstance(items[0], str) else ""
            names = choices(first)
            raise SettingError(f"The panel {brief(items[0])} is unknown.{near} Use {names}; 0 is the first plane.")
        row, column = (
            whole(item, f"selected {name}", -EXACT, EXACT)
            for item, name in zip(items[1:], ("row", "column"), strict=True)
        )
        return items[0], row, column

    @staticmethod
    def _known(name: str, panels: tuple[str, ...]) -> bool:
        kind, dash, number = name.partition("-")
        return kind in panels and (number.isdecimal() and kind in MANY if dash else kind not in MANY)
