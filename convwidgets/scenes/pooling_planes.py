"""The pooling of every plane of an input: the same windows, each plane by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, real_array
from convwidgets.scenes.pooling_setting import Pooling
from convwidgets.scenes.pooling_words import PLANES

COLOURS = ("red", "green", "blue")


@dataclass(frozen=True)
class Planes:
    """The input (L,), (H, W) or (H, W, C), and the other settings of :class:`Pooling` by name.

    >>> planes = Planes(np.array([[[1, 8], [4, 2]], [[3, 0], [2, 5]]]), {"size": 2})
    >>> planes.count, planes.output, planes.indices
    (2, array([[[4, 8]]]), array([[[1, 0]]]))
    >>> planes.of(1).plane, planes.of(1).output
    ('plane 1', array([[8]]))
    """

    input: Array
    settings: Mapping[str, Any]
    colour: bool = False

    @property
    def count(self) -> int:
        """How many planes there are."""
        return int(self.input.shape[2]) if self.input.ndim == 3 else 1

    def name(self, number: int) -> str:
        """What a plane is called: a colour, or its number; the only one has no name."""
        if self.input.ndim < 3:
            return ""
        return PLANES[COLOURS[number]] if self.colour else PLANES["one"].format(number=number)

    @cached_property
    def _settings(self) -> dict[int, Pooling]:
        return {}

    def of(self, number: int) -> Pooling:
        """The pooling of one plane; of the last one where there are fewer."""
        number = min(number, self.count - 1)
        if number not in self._settings:
            plane = self.input[:, :, number] if self.input.ndim == 3 else self.input
            own = {**self.settings, "gradient": gradient_of(self.settings.get("gradient"), number)}
            self._settings[number] = Pooling(plane, **own, channel=number, plane=self.name(number))
        return self._settings[number]

    def whole(self, name: str) -> Array | None:
        """An array of every plane, channels last; None where the planes have none."""
        parts = [getattr(self.of(number), name) for number in range(self.count)]
        if parts[0] is None or self.input.ndim < 3:
            return parts[0]  # type: ignore[no-any-return]
        return np.stack(parts, axis=-1)

    @property
    def output(self) -> Array | None:
        """The result; None without output."""
        return self.whole("output")

    @property
    def indices(self) -> Array | None:
        """Positions row · W + column of what was chosen, in each plane; None where no value is chosen."""
        return self.whole("indices")

    @property
    def unpooled(self) -> Array | None:
        """The values back where they stood; None where no index is kept."""
        return self.whole("unpooled")

    @property
    def input_gradient(self) -> Array | None:
        """dL/dx; None for a setting without an output."""
        return None if self.error else self.whole("input_gradient")

    @property
    def error(self) -> str:
        """Why there is no output: windows are the same in every plane."""
        return self.of(0).error


def gradient_of(gradient: Any, number: int) -> Any:
    """dL/dy of one plane; a plane that it lacks has ones.

    >>> gradient_of([[5]], 0), gradient_of([[5]], 1), gradient_of([[[5, 7]]], 1)
    (array([[5]]), None, array([[7]]))
    """
    if gradient is None:
        return None
    given = real_array(gradient, "gradient")
    if given.ndim < 3:
        return given if number == 0 else None
    return given[:, :, number] if number < given.shape[2] else None
