"""A convolution of a picture, some rows of the result at a time: memory stays small, and cores share the work."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from convwidgets.core.axis import Axis
from convwidgets.core.blocks import piece
from convwidgets.core.dtypes import holding
from convwidgets.core.fast import LARGE
from convwidgets.core.problem import Problem

BAND = 2**18  # results of a band
TALL = 14  # times the kernel's span: two blocks of a transform
WORKERS = 1 if sys.platform == "emscripten" else min(4, os.cpu_count() or 1)
"""Transforms let go of the interpreter; sums of a few weights are too short. Beyond a few cores memory is the limit."""


def in_bands(problems: list[Problem], do: Callable[[slice, list[Problem]], None]) -> None:
    """Call `do` with the rows of each band and the problems whose results these rows are.

    Args:
        problems: along the same two spatial axes.
        do: may run in several threads at once.
    """
    _, height, width, _ = problems[0].shape
    most = max(1, BAND // max(1, width), TALL * problems[0].axes[0].span)
    size = -(-height // -(-height // most))
    parts = [slice(start, min(start + size, height)) for start in range(0, height, size)]

    def work(rows: slice) -> None:
        do(rows, [band(problem, rows) for problem in problems])

    if len(parts) == 1 or WORKERS == 1 or problems[0].kernel.size < LARGE:
        for rows in parts:
            work(rows)
    else:
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(work, parts))


def band(problem: Problem, rows: slice) -> Problem:
    """The problem whose result is some rows of another's: its input is padded already.

    Args:
        problem: along two spatial axes.
        rows: of its result.
    """
    count, _, width, _ = problem.shape
    dtype = holding(problem.x.dtype, problem.fill)
    seen = piece(problem, (slice(0, count), rows, slice(0, width)), dtype)
    axes = tuple(
        Axis(length, axis.kernel, axis.stride, axis.dilation)
        for length, axis in zip(seen.shape[1:3], problem.axes, strict=True)
    )
    return replace(problem, x=seen, axes=axes, pad_mode="zeros", fill=0)
