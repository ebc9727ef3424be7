"""One setting of a pooling of a line or a plane: its windows, its result, its ways back, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, per_axis
from convwidgets.core.pooling_axis import PoolAxis, pool_axes_or_errors
from convwidgets.core.pooling_gradients import average_gradient, choice_gradient, length_gradient
from convwidgets.core.pooling_mean import means
from convwidgets.core.pooling_norm import norms
from convwidgets.core.pooling_problem import Pool
from convwidgets.core.pooling_stochastic import drawn
from convwidgets.core.pooling_winners import maxima, winners
from convwidgets.core.sheet import xorshift32
from convwidgets.scenes.gradients import upstream

METHODS = ("max", "average", "l2", "stochastic")
CHOOSING = ("max", "stochastic")
"""Methods whose result is one of the values, and which keep its index."""
ASIDES = ("unpool", "gradient")
_DROPPED, _WORD = 8, 2**32
_EXACT = 2**53


def draws(seed: int, count: int, before: int = 0) -> Array:
    """So many numbers from 0 to 1, 1 excluded, after others; the page makes the same ones from the seed.

    >>> draws(0, 3).round(3).tolist()
    [0.411, 0.773, 0.029]
    """
    first = _DROPPED + before
    words = islice(xorshift32(seed), first, first + count)
    return np.fromiter(words, np.float64, count) / _WORD


@dataclass(frozen=True)
class Pooling:
    """All that the pooling of one plane depends on. Along a line the windows are those of one row.

    Values of the wrong kind raise. Of several planes this one has the number `channel` and the name `plane`; its draws
    follow those of the planes before it.

    >>> setting = Pooling(np.array([[0, 10, 9, 3], [4, 3, 2, 1]]))
    >>> setting.output, setting.indices, setting.unpooled[0]
    (array([[10,  9]]), array([[1, 2]]), array([ 0, 10,  9,  0]))
    >>> Pooling(np.array([1, 2]), 3).error
    'The pool does not fit: it spans 3 (pool 3, dilation 1) but the padded input is 2 long (0 + 2 + 0). \
Add 1 of padding, or use a smaller pool.'
    """

    input: Array
    size: Any = 2
    method: str = "max"
    stride: Any = None
    padding: Any = "valid"
    dilation: Any = 1
    ceil_mode: bool = False
    count_include_pad: bool = False
    gradient: Any = None
    seed: int = 0
    channel: int = 0
    plane: str = ""

    @property
    def dimensions(self) -> int:
        """1 for a line, 2 for a plane."""
        return self.input.ndim

    @property
    def sizes(self) -> tuple[int, ...]:
        """The size of the pool along every axis."""
        return per_axis(self.size, self.dimensions, "size")

    @property
    def strides(self) -> tuple[int, ...]:
        """The stride along every axis: the size, unless it is set."""
        return self.sizes if self.stride is None else per_axis(self.stride, self.dimensions, "stride")

    @cached_property
    def _found(self) -> tuple[PoolAxis | ValueError, ...]:
        options = {"stride": self.stride, "padding": self.padding, "dilation": self.dilation}
        return pool_axes_or_errors(self.input.shape, self.sizes, **options, ceil_mode=self.ceil_mode)

    @property
    def axes(self) -> tuple[PoolAxis | None, ...]:
        """The windows along every axis; None where they are impossible."""
        return tuple(axis if isinstance(axis, PoolAxis) else None for axis in self._found)

    @property
    def error(self) -> str:
        """Why there is no output, of the first axis without one; empty when there is one."""
        return next((str(axis) for axis in self._found if isinstance(axis, ValueError)), "")

    @cached_property
    def pool(self) -> Pool:
        """The windows of a plane, of a setting with an output."""
        axes = [axis for axis in self._found if isinstance(axis, PoolAxis)]
        plane = np.atleast_2d(self.input)
        return Pool(plane[None, ..., None], (PoolAxis(1, 1), *axes)[-2:], batch=False, channels=False)

    @cached_property
    def _pooled(self) -> tuple[Array, Array | None]:
        """The result of the plane, and for methods that choose where each value stands."""
        if self.method == "max":
            largest = maxima(self.pool)
            return self.pool.trimmed(largest), self.pool.trimmed(winners(self.pool, largest))
        if self.method == "stochastic":
            numbers = draws(self.seed, count := int(np.prod(self.pool.shape)), self.channel * count)
            values, positions = drawn(self.pool, numbers.reshape(self.pool.shape))
            return self.pool.trimmed(values), self.pool.trimmed(positions)
        if self.method == "average":
            return self.pool.trimmed(means(self.pool, self.pool.counts(self.count_include_pad))), None
        return self.pool.trimmed(norms(self.pool, 2)), None

    def _own(self, plane: Array) -> Array:
        """A plane as it is, of a line its one row."""
        return plane if self.dimensions == 2 else plane[0]

    @property
    def values(self) -> Array:
        """The result of a setting with an output, as a plane."""
        return self._pooled[0]

    @property
    def output(self) -> Array | None:
        """The result; None without output."""
        return None if self.error else self._own(self._pooled[0])

    @property
    def indices(self) -> Array | None:
        """Flat positions of what was chosen, −1 where nothing was; None where no value is chosen."""
        return None if self.error or self._pooled[1] is None else self._own(self._pooled[1])

    @property
    def unpooled(self) -> Array | None:
        """The values back where they stood, 0 elsewhere; None where no index is kept."""
        if self.error or self._pooled[1] is None:
            return None
        values, indices = self._pooled
        assert indices is not None
        result = np.zeros(self.input.size, values.dtype)
        result[indices[indices >= 0]] = values[indices >= 0]
        return result.reshape(self.input.shape)

    @cached_property
    def upstream(self) -> Array:
        """g in the shape of the output: cut to it, and 1 where it lacks a number."""
        g = upstream(self.gradient, self._own(self._pooled[0]).shape)
        large = g.dtype.kind in "iu" and max(map(abs, g.ravel().tolist())) * g.size >= _EXACT
        return g.astype(np.float64) if large else g

    @cached_property
    def input_gradient(self) -> Array:
        """dL/dx of a setting with an output."""
        g, plane = np.atleast_2d(self.upstream), np.atleast_2d(self.input)
        indices = self._pooled[1]
        if indices is not None:
            return self._own(choice_gradient(g, indices, plane.shape))
        axes = self.pool.axes
        sizes, strides, dilations = (
            tuple(getattr(axis, name) for axis in axes) for name in ("kernel", "stride", "dilation")
        )
        sides = tuple((axis.before, axis.after) for axis in axes)
        options: dict[str, Any] = {
            "stride": strides,
            "padding": sides,
            "dilation": dilations,
            "ceil_mode": self.ceil_mode,
        }
        if self.method == "average":
            return self._own(
                average_gradient(g, plane.shape, sizes, count_include_pad=self.count_include_pad, **options)
            )
        return self._own(length_gradient(g, plane, sizes, **options))
