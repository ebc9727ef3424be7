"""A setting of pooling as its code needs it: windows per axis, and what lies around the input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from convwidgets.core.layers.code import Exact, text
from convwidgets.core.pooling_axis import PoolAxis
from convwidgets.scenes.code import given, sized
from convwidgets.scenes.pooling_planes import Planes
from convwidgets.scenes.words import CODE

WORDS = {
    "stochastic": "{framework} has no stochastic pooling. The NumPy code takes the values that were drawn here.",
    "drawn": "# what was drawn here; {call} draws anew",
    "anew": "# draws anew, so it gives other numbers than the page",
    "amounts": "# {framework} does not pad like this: padding by hand, which never wins",
    "zeros": "# {framework} does not pad like this: zeros by hand, which add nothing",
    "ceil": "# {framework} has no such ceil mode: the last window is completed by hand",
    "uncounted": "# zeros around it, and an average of ones for those that do not count",
    "dilation": "# {framework} has no dilation here: the values of all windows, one after the other",
    "length": "# Keras has no ℓ² pooling: as many values as a window has, times their mean square",
    "indices": "# its indices would count the padding",
    "unpool": "# MaxUnpool does not fit here: the values put back by their indices",
    "outside_max": "outside of x nothing can win",
    "outside": "x is 0 outside",
    "count": "n is the number of values that count",
    "planes": "each plane k by itself",
}
"""What the comments say."""


@dataclass(frozen=True)
class Board:
    """A setting with an output, as its code needs it."""

    planes: Planes
    hidden: bool

    @property
    def axes(self) -> list[PoolAxis]:
        """The windows along every axis of space."""
        return [axis for axis in self.planes.of(0).axes if axis is not None]

    def __getattr__(self, name: str) -> Any:
        """A setting: method, padding, stride, …"""
        return getattr(self.planes.of(0), name)

    @property
    def several(self) -> bool:
        """Whether the input has an axis for channels."""
        return self.planes.input.ndim == 3

    @property
    def kernel(self) -> tuple[int, ...]:
        """The size of the pool."""
        return tuple(axis.kernel for axis in self.axes)

    @property
    def strides(self) -> tuple[int, ...]:
        """The stride along every axis."""
        return tuple(axis.stride for axis in self.axes)

    @property
    def dilations(self) -> tuple[int, ...]:
        """The dilation along every axis."""
        return tuple(axis.dilation for axis in self.axes)

    @property
    def dilated(self) -> bool:
        """Whether the values of a window lie apart."""
        return max(self.dilations) > 1

    @property
    def pads(self) -> tuple[tuple[int, int], ...]:
        """What lies around the input under the windows, the overhang too."""
        return tuple((axis.before, axis.windows.after) for axis in self.axes)

    @property
    def padded(self) -> bool:
        """Whether anything lies around the input."""
        return any(map(any, self.pads))

    @property
    def overhangs(self) -> bool:
        """Whether ceil mode changes the windows."""
        return any(axis.windows.after != axis.after for axis in self.axes)

    @property
    def even(self) -> bool:
        """Whether PyTorch's layers pad like this: the same on both sides, and at most half of the pool."""
        return all(axis.before == axis.after and 2 * axis.before <= axis.kernel for axis in self.axes)

    @property
    def counted(self) -> tuple[tuple[int, int], ...]:
        """Of what lies around, the padding that an average counts."""
        if not self.count_include_pad:
            return tuple((0, 0) for _ in self.axes)
        return tuple((axis.before, min(axis.after, axis.windows.after)) for axis in self.axes)

    @property
    def rest(self) -> tuple[tuple[int, int], ...]:
        """Of what lies around, what an average does not count."""
        pairs = zip(self.pads, self.counted, strict=True)
        return tuple((before - own_before, after - own_after) for (before, after), (own_before, own_after) in pairs)

    def arrays(self, language: str) -> list[str]:
        """The lines that make the input."""
        return given(language, "x", self.planes.input, CODE["picture" if self.hidden else "input"], hidden=self.hidden)

    def sized(self, line: str) -> str:
        """A line with the sizes of input and output."""
        shape = self.planes.input.shape
        return sized(line, shape, (*(axis.windows.output for axis in self.axes), *shape[len(self.axes) :]))

    def told(self, name: str, framework: str) -> str:
        """A comment."""
        return WORDS[name].format(framework=framework)


def around(board: Board, pads: Any = None) -> str:
    """Pads as NumPy takes them; channels have none."""
    pads = board.pads if pads is None else pads
    return text(Exact((*pads, (0, 0)) if board.several else pads))


def product(sizes: tuple[int, ...]) -> int:
    """How many values a line or a plane of these sizes has."""
    return sizes[0] * (sizes[1] if len(sizes) > 1 else 1)
