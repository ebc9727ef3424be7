"""Kinds of exercises about the ways back from a max pooling: unpooling, and where the gradient goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from convwidgets.core.arguments import Array, PerAxis
from convwidgets.core.pooling import max_pool2d
from convwidgets.core.pooling_gradients import average_gradient, choice_gradient
from convwidgets.core.unpooling import max_unpool2d
from convwidgets.exercises.checks import Exercise, Slip
from convwidgets.exercises.pools import Pools, plane
from convwidgets.exercises.slips import distinct
from convwidgets.scenes.base import place

STOOD = "Each value goes back to where it stood, and 0 stands everywhere else."
WINNER = "Max pooling passes g on to the winner of the window, and nothing to the other values."
FIRST = "Of equal values the first one in reading order wins."


def unpooled(question: str, input: Any, size: PerAxis, *, because: str, **settings: Any) -> Exercise:
    """Which numbers has the plane after max pooling, and unpooling with the indices that were kept?

    >>> unpooled("And?", [[1, 5, 2, 0]], (1, 2), because="5 and 2 stood there.").check([[5, 5, 2, 2]])
    Not yet: exactly these numbers come out when each value fills its window. Each value goes back to where it stood, \
and 0 stands everywhere else.
    """
    pools = Pools(plane(input), size, **settings)
    values, winners = _pooled(pools)
    right = max_unpool2d(values, winners, pools.plane.shape)
    text = f"{question}\n\ninput:\n{pools.plane}\n\n{pools.told()}"
    return _exercise(text, right, because, _of_unpooled(pools, values))


def _of_unpooled(pools: Pools, values: Array) -> Iterator[Slip]:
    pairs = [(value, *_window(pools, index)) for index, value in np.ndenumerate(values)]
    shape = pools.plane.shape
    yield Slip("each value fills its window", STOOD, _written(shape, [(cells, value) for value, cells, _ in pairs]))
    yield Slip("each value goes to the first place of its window", STOOD,
               _written(shape, [(cells[:1], value) for value, cells, _ in pairs]))  # fmt: skip
    yield Slip("every one of equal values comes back", FIRST,
               _written(shape, [(tied, value) for value, _, tied in pairs]))  # fmt: skip
    yield Slip("the last one of equal values wins", FIRST,
               _written(shape, [(tied[-1:], value) for value, _, tied in pairs]))  # fmt: skip
    lost = "What did not win is lost: the indices say where the winners stood, and no more."
    yield Slip("the input comes back whole", lost, pools.plane)
    yield Slip("only the pooled values are given", "Unpooling goes back to the size of the input.", values)


def pool_gradient(
    question: str, input: Any, size: PerAxis, gradient: Any, *, because: str, **settings: Any
) -> Exercise:
    """Which numbers has dL/dx behind a max pooling, when dL/dy is given?

    >>> exercise = pool_gradient("And?", [[1, 5, 2]], (1, 2), [[10, 3]], stride=(1, 1), because="The 5 won twice.")
    >>> exercise.check([[0, 3, 0]])
    Not yet: exactly these numbers come out when the later number of g covers the earlier one. A value that wins \
several windows is given the sum of their g.
    """
    pools, g = Pools(plane(input), size, **settings), np.array(gradient)
    values, winners = _pooled(pools)
    right = choice_gradient(g, winners, pools.plane.shape)
    text = f"{question}\n\ninput:\n{pools.plane}\n\ng = dL/dy:\n{g}\n\n{pools.told()}"
    return _exercise(text, right, because, _of_gradient(pools, g, values))


def _of_gradient(pools: Pools, g: Array, values: Array) -> Iterator[Slip]:
    shape = pools.plane.shape
    pairs = [(each, *_window(pools, index)) for index, each in np.ndenumerate(g)]
    winners = [tied[:1] for _, _, tied in pairs]
    yield Slip("every value of a window is given all of g", WINNER,
               _added(shape, [(cells, each) for each, cells, _ in pairs]))  # fmt: skip
    strides, sides = zip(*((axis.stride, (axis.before, axis.after)) for axis in pools.axes), strict=True)
    even = average_gradient(g, shape, pools.size, stride=strides, padding=sides, ceil_mode=pools.ceil_mode)
    yield Slip("g is shared out evenly", f"That is average pooling. {WINNER}", even)
    yield Slip("the later number of g covers the earlier one",
               "A value that wins several windows is given the sum of their g.",
               _written(shape, zip(winners, g.flat, strict=True)))  # fmt: skip
    yield Slip("equal values share g", FIRST,
               _added(shape, [(tied, each / len(tied)) for each, _, tied in pairs]))  # fmt: skip
    yield Slip("the last one of equal values wins", FIRST,
               _added(shape, [(tied[-1:], each) for each, _, tied in pairs]))  # fmt: skip
    yield Slip("g is multiplied by the value that won", "The slope of the winner is 1: it is given g as it is.",
               _added(shape, zip(winners, (g * values).flat, strict=True)))  # fmt: skip
    yield Slip("the pooled values go back", "What goes back here is g, not y.",
               _written(shape, zip(winners, values.flat, strict=True)))  # fmt: skip


def _pooled(pools: Pools) -> tuple[Array, Array]:
    return max_pool2d(pools.plane, pools.size, return_indices=True, **pools.options)


Cells = list[tuple[int, int]]


def _window(pools: Pools, index: tuple[int, ...]) -> tuple[Cells, Cells]:
    """The cells of a window, and those of them that hold its largest value, in reading order."""
    rows, columns = pools.inside(index)
    cells = [(row, column) for row in rows for column in columns]
    largest = max(pools.plane[cell] for cell in cells)
    return cells, [cell for cell in cells if pools.plane[cell] == largest]


def _written(shape: tuple[int, ...], parts: Iterable[tuple[Cells, Any]]) -> Array:
    """Each value put into its cells; later ones cover earlier ones."""
    result = np.zeros(shape)
    for cells, value in parts:
        result[tuple(np.transpose(cells))] = value
    return result


def _added(shape: tuple[int, ...], parts: Iterable[tuple[Cells, Any]]) -> Array:
    """Each value added to its cells."""
    result = np.zeros(shape)
    for cells, value in parts:
        result[tuple(np.transpose(cells))] += value
    return result


def _exercise(text: str, right: Array, because: str, slips: Iterator[Slip]) -> Exercise:
    ways = tuple(f"Which windows does {place(*index)} win?" for index in np.ndindex(right.shape))
    return Exercise(text, right, because, distinct(right, slips), ways=ways)
