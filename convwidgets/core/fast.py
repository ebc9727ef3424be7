"""Fast convolution."""

from __future__ import annotations

import numpy as np

from convwidgets.core.arguments import Array
from convwidgets.core.problem import Problem


def convolve(problem: Problem) -> Array:
    """The result (N, *output, C_out)."""
    wide = np.promote_types(problem.dtype, np.float32) if problem.dtype.kind == "f" else problem.dtype
    padded = problem.x.astype(wide)
    for number, axis in enumerate(problem.axes, 1):
        sources = axis.padded_sources(problem.pad_mode)
        padded = padded.take(sources, axis=number)
        padded[(slice(None),) * number + (sources < 0,)] = problem.fill  # type: ignore[index]
    windows = np.lib.stride_tricks.sliding_window_view(
        padded, [axis.span for axis in problem.axes], tuple(range(1, len(problem.axes) + 1))
    )
    starts = tuple(slice(None, None, axis.stride) for axis in problem.axes)
    holes = tuple(slice(None, None, axis.dilation) for axis in problem.axes)
    windows = windows[(slice(None), *starts, slice(None), *holes)]
    groups, filters = problem.groups, problem.kernel.shape[-1] // problem.groups
    inputs = problem.x.shape[-1] // groups
    result = np.empty(problem.shape, wide)
    n = len(problem.axes)
    for g in range(groups):
        patches = np.moveaxis(windows[(..., slice(g * inputs, (g + 1) * inputs), *[slice(None)] * n)], n + 1, -1)
        weights = problem.kernel[..., g * filters : (g + 1) * filters].astype(wide)
        flat = patches.reshape(-1, weights[..., 0].size) @ weights.reshape(-1, filters)
        result[..., g * filters : (g + 1) * filters] = flat.reshape(*problem.shape[:-1], filters)
    return (result + problem.bias.astype(wide)).astype(problem.dtype)
