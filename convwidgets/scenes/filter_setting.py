"""One setting of the filter lab: its axes, its result, or the sentence that says why there is none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, axes_or_errors, per_axis
from convwidgets.core.axis import Axis
from convwidgets.core.filtering import check_filter, filter_image, kernels_of
from convwidgets.scenes.setting import LARGEST, filled
from convwidgets.scenes.words import LIMITS


class FilterSetting:
    """All that the result depends on: a picture (h, w) or (h, w, 3) and the settings of the lab, by their names.

    >>> image = np.array([[0, 0, 9], [0, 0, 9], [0, 0, 9]], dtype=np.uint8)
    >>> FilterSetting(image, kernel=np.array([[1, 0, -1]]), padding="valid").output
    array([[-9],
           [-9],
           [-9]])
    """

    def __init__(self, region: Array, **settings: Any) -> None:
        self.region = np.asarray(region)
        constant = settings.get("pad_mode") == "constant"
        self.settings = {**settings, "pad_value": settings.get("pad_value", 0) if constant else 0}

    @property
    def axes(self) -> tuple[Axis | None, ...]:
        """The geometry along every axis, of the second kernel where it filters what the first one gave; None where it
        is impossible.
        """
        return tuple(axis if isinstance(axis, Axis) else None for axis in self._found)

    @property
    def _found(self) -> tuple[Axis | ValueError, ...]:
        get = self.settings.get
        combine = get("combine", "none")
        kernels = kernels_of(self.settings["kernel"], get("second"), combine, False)
        stages = kernels if combine == "then" else kernels[:1]
        found: tuple[Axis | ValueError, ...] = tuple(Axis(size, 1) for size in self.region.shape[:2])
        for number, kernel in enumerate(stages):
            sizes = [axis.output for axis in found if isinstance(axis, Axis)]
            stride = per_axis(get("stride", 1), 2, "stride") if number == len(stages) - 1 else 1
            padding, dilation = get("padding", "same"), get("dilation", 1)
            found = axes_or_errors(sizes, kernel.shape, stride=stride, padding=padding, dilation=dilation)
            found = tuple(filled(axis, get("pad_mode", "zeros")) for axis in found)
            if any(isinstance(axis, ValueError) for axis in found):
                break
        return found

    @property
    def error(self) -> str:
        """Why there is no output; empty when there is one. Nothing is filtered to know it."""
        if (count := math.prod(axis.padded if axis else 1 for axis in self.axes)) > LARGEST:
            return LIMITS["too_large"].format(count=count, most=LARGEST)
        try:
            check_filter(self.region.shape, **self.settings)
        except ValueError as error:
            return str(error)
        return ""

    @property
    def output(self) -> Array | None:
        """The result in full resolution; None without one."""
        return None if self.error else filter_image(self.region, **self.settings)
