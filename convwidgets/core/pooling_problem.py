"""The validated pooling: one frozen object that the definition and every fast method read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, per_axis, real_array, refuse_empty
from convwidgets.core.blocks import Block
from convwidgets.core.pooling_axis import PoolAxis, pool_axes
from convwidgets.core.problem import SPACE

Run: TypeAlias = tuple[slice, slice]
"""What one tap meets along one axis: so many windows in a row, and the input positions that it reads there."""


@dataclass(frozen=True)
class Pool:
    """What is to be pooled, all questions settled."""

    x: Array  # (N, *space, C)
    axes: tuple[PoolAxis, ...]
    batch: bool  # the result keeps the axis N
    channels: bool  # the result keeps the axis of channels

    @property
    def shape(self) -> tuple[int, ...]:
        """Shape of the whole result: (N, *output, C)."""
        return (len(self.x), *(axis.windows.output for axis in self.axes), self.x.shape[-1])

    @property
    def taps(self) -> tuple[Array, ...]:
        """Per axis the input position of every tap of every window."""
        return tuple(axis.taps for axis in self.axes)

    @cached_property
    def _whole_runs(self) -> list[list[tuple[int, int, int]]]:
        """Per axis and tap the first window where it meets the input, the one after the last, and where it starts."""
        found: list[list[tuple[int, int, int]]] = []
        for axis, taps in zip(self.axes, self.taps, strict=True):
            inside = (taps >= 0) & (taps < axis.size)
            first, count = inside.argmax(axis=0), inside.sum(axis=0)
            starts = np.take_along_axis(taps, first[None], axis=0)[0]
            found.append(list(zip(first.tolist(), (first + count).tolist(), starts.tolist(), strict=True)))
        return found

    def runs(self, number: int, part: slice) -> list[Run | None]:
        """Per tap along an axis its run over a part of the windows; None for a tap that reads only padding there.

        The windows are counted from the start of the part, the positions from the start of the input.
        """
        found, stride = list[Run | None](), self.axes[number].stride
        for first, end, start in self._whole_runs[number]:
            low, high = max(first, part.start), min(end, part.stop)
            at = start + (low - first) * stride
            positions = slice(at, at + (high - low - 1) * stride + 1, stride)
            found.append((slice(low - part.start, high - part.start), positions) if low < high else None)
        return found

    def meetings(self, block: Block) -> Iterator[tuple[int, Block, Array]]:
        """Every tap in row-major order that meets the input in a block of the result.

        Yields:
            The number of the tap, the windows where it lies on the input, and the values that it reads there.
        """
        runs = [self.runs(number, part) for number, part in enumerate(block[1:])]
        for tap, found in enumerate(product(*runs)):
            along = [run for run in found if run is not None]
            if len(along) == len(found):
                windows = (slice(None), *(windows for windows, _ in along))
                yield tap, windows, self.x[(block[0], *(positions for _, positions in along))]

    @property
    def whole(self) -> Block:
        """The whole result as one block."""
        return tuple(slice(0, length) for length in self.shape[:-1])

    def of(self, x: Array) -> Pool:
        """The same windows over other values."""
        return replace(self, x=x)

    def positions(self, taps: Array) -> Array:
        """Of a tap number per result, the flat position in the input that this tap reads there."""
        corners, steps = np.zeros((), np.int64), np.zeros((), np.int64)
        for axis, rows in zip(self.axes, self.taps, strict=True):
            corners = np.add.outer(corners * axis.size, rows[:, 0])
            steps = np.add.outer(steps * axis.size, rows[0] - rows[0, 0])
        found: Array = steps.ravel().take(taps)
        found += corners[..., None]
        return found

    def counts(self, include_pad: bool = False) -> Array:
        """How many values each window has on the input, or on the padded input; of shape (*output, 1)."""
        counts: Array = np.ones((), np.int64)
        for axis in self.axes:
            counts = np.multiply.outer(counts, axis.counts(include_pad))
        return counts[..., None]

    def trimmed(self, result: Array) -> Array:
        """The result without the axes that the input did not have."""
        result = result if self.channels else result[..., 0]
        return result if self.batch else result[0]


def pose_pool(
    name: str,
    x_like: ArrayLike,
    size: PerAxis,
    dimensions: int,
    *,
    stride: PerAxis | None = None,
    padding: Padding = "valid",
    dilation: PerAxis = 1,
    ceil_mode: bool = False,
) -> Pool:
    """Validate the arguments of the pooling of that name along 1 or 2 spatial axes."""
    x = real_array(x_like, "input")
    if not dimensions <= x.ndim <= dimensions + 2:
        space = ", ".join(SPACE[dimensions])
        raise ValueError(
            f"The input has the shape {x.shape}, but {name} takes "
            f"({space}{',' * (dimensions == 1)}), ({space}, C) or a batch (N, {space}, C)."
        )
    batch, channels = x.ndim == dimensions + 2, x.ndim > dimensions
    refuse_empty(x.shape[batch:], "input")
    x = x if channels else x[..., None]
    x = x if batch else x[None]
    options: dict[str, Any] = {"stride": stride, "padding": padding, "dilation": dilation, "ceil_mode": ceil_mode}
    return Pool(x, pool_axes(x.shape[1:-1], per_axis(size, dimensions, "size"), **options), batch, channels)
