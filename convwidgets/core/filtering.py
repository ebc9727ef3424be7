"""A picture, filtered: one kernel or two, what becomes of their sums, bias, activation. The numbers of FilterLab.

``frontend/filter`` mirrors this module for the page, and a test compares the two.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import ArrayLike

from convwidgets.core.arguments import Array, Padding, PerAxis, real_array, refuse_empty
from convwidgets.core.bands import in_bands
from convwidgets.core.dtypes import refuse_inexact
from convwidgets.core.fast import convolve
from convwidgets.core.finish import PAIRS, Finish
from convwidgets.core.problem import Problem, pose

Combine: TypeAlias = Literal["none", "then", "sum", "difference", "magnitude", "direction"]
COMBINATIONS: tuple[Combine, ...] = get_args(Combine)


def filter_image(
    image: ArrayLike,
    kernel: ArrayLike,
    *,
    combine: str = "none",
    second: ArrayLike | None = None,
    stride: PerAxis = 1,
    dilation: PerAxis = 1,
    padding: Padding = "same",
    pad_mode: str = "zeros",
    pad_value: float = 0,
    flip: bool = False,
    bias: float = 0,
    activation: str = "none",
) -> Array:
    """Filter a picture, every channel by itself.

    Args:
        image: (H, W) or (H, W, C).
        kernel: (kh, kw).
        combine: what becomes of the sums a of the kernel and b of the second one: "none" (a alone), "then" (the second
            kernel filters a), "sum" a + b, "difference" a − b, "magnitude" √(a² + b²), "direction" atan2(b, a), radians
            in (−π, π]. Kernels of different sizes are laid into one window, centre upon centre.
        second: (kh, kw); None is the first one transposed, so that Sobel x meets Sobel y.
        stride, dilation, padding, pad_mode, pad_value, flip: as in `conv2d`. With "then" both kernels meet dilation
            and padding, and the stride belongs to the second.
        bias, activation: come last, once: σ(combined + bias). A direction is an angle and has neither.

    Returns:
        A new array (oh, ow) or (oh, ow, C): int64 for integers alone, float64 for a magnitude or a direction of them.
        It is worked out in bands of rows, which need little memory beside it; "then" needs one channel of the first
        result too.

    Raises:
        TypeError, ValueError: with the fact, the numbers and the way out.

    >>> image = np.array([[0, 0, 9], [0, 0, 9], [0, 0, 9]], dtype=np.uint8)
    >>> sobel_x = [[1, 0, -1], [2, 0, -2], [1, 0, -1]]
    >>> filter_image(image, sobel_x, pad_mode="replicate")
    array([[  0, -36, -36],
           [  0, -36, -36],
           [  0, -36, -36]])
    >>> filter_image(image, sobel_x, combine="magnitude", padding="valid")
    array([[36.]])
    """
    picture = real_array(image, "image")
    if picture.ndim not in (2, 3):
        raise ValueError(f"The image has the shape {picture.shape}, but a picture has (H, W) or (H, W, C).")
    kernels = kernels_of(kernel, second, combine, flip)
    options = {"dilation": dilation, "padding": padding, "pad_mode": pad_mode, "pad_value": pad_value, "stride": stride}
    finish = Finish(combine, real_array(bias, "bias").item(), activation)
    planes = picture[..., None] if picture.ndim == 2 else picture
    result = np.empty(0)
    for channel in range(planes.shape[2]):
        problems = _problems(planes[..., channel], kernels, finish, options)
        if channel == 0:
            result = np.empty((*problems[0].shape[1:3], planes.shape[2]), finish.dtype([picture, *kernels], problems))
        in_bands(problems, partial(finish.write, result[..., channel]))
    return result if picture.ndim == 3 else result[..., 0]


def check_filter(
    shape: tuple[int, ...],
    kernel: ArrayLike,
    *,
    combine: str = "none",
    second: ArrayLike | None = None,
    flip: bool = False,
    bias: float = 0,
    activation: str = "none",
    **options: Any,
) -> None:
    """Raise what `filter_image` would raise for a picture of levels 0…255, without filtering one.

    Args:
        shape: of the picture.
        options: as in `filter_image`.

    >>> check_filter((2, 9), [[1], [2], [1]])
    """
    every = {"stride": 1, "dilation": 1, "padding": "same", "pad_mode": "zeros", "pad_value": 0, **options}
    plane = np.broadcast_to(np.uint8(0), shape[:2])
    _problems(plane, kernels_of(kernel, second, combine, flip), Finish(combine, bias, activation), every, _largest)


def kernels_of(kernel: ArrayLike, second: ArrayLike | None, combine: str, flip: bool) -> list[Array]:
    """One kernel or two, as they meet the window."""
    if combine not in COMBINATIONS:
        known = ", ".join(f'"{each}"' for each in COMBINATIONS)
        raise ValueError(f"The combination {combine!r} is unknown. Use one of {known}.")
    first = _kernel(kernel, "kernel")
    if combine == "none":
        return [_turned(first, flip)]
    other = first.T if second is None else _kernel(second, "second kernel")
    pair = [_turned(first, flip), _turned(other, flip)]
    return pair if combine == "then" else laid(pair)


def _kernel(values: ArrayLike, name: str) -> Array:
    array = real_array(values, name)
    if array.ndim != 2:
        raise ValueError(f"The {name} has the shape {array.shape}, but a filter takes (kh, kw).")
    refuse_empty(array.shape, name)
    return array


def _turned(kernel: Array, flip: bool) -> Array:
    return kernel[::-1, ::-1] if flip else kernel


def laid(kernels: list[Array]) -> list[Array]:
    """Kernels of different sizes in one window, centre upon centre, zeros around them.

    >>> laid([np.ones((1, 3), int), np.ones((2, 1), int)])
    [array([[1, 1, 1],
           [0, 0, 0]]), array([[0, 1, 0],
           [0, 1, 0]])]
    """
    height, width = (max(kernel.shape[axis] for kernel in kernels) for axis in (0, 1))
    framed = [np.zeros((height, width), kernel.dtype) for kernel in kernels]
    for frame, kernel in zip(framed, kernels, strict=True):
        top, left = (around(*sizes)[0] for sizes in zip(frame.shape, kernel.shape, strict=True))
        frame[top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
    return framed


def around(window: int, own: int) -> tuple[int, int]:
    """How many zeros lie before and after a kernel along one axis of a window that it shares.

    >>> around(5, 3), around(3, 2)
    ((1, 1), (1, 0))
    """
    before = (window - 1) // 2 - (own - 1) // 2
    return before, window - own - before


def _convolved(problem: Problem) -> Array:
    return problem.trimmed(convolve(problem))


def _largest(problem: Problem) -> Array:
    """An array that is no larger than the result can be, and takes no memory."""
    return np.broadcast_to(np.asarray(problem.bound, problem.dtype), problem.shape[1:3])


def _problems(
    plane: Array,
    kernels: list[Array],
    finish: Finish,
    options: dict[str, Any],
    convolved: Callable[[Problem], Array] = _convolved,
) -> list[Problem]:
    """What is left to convolve: one problem for each of the kernels that share a window."""
    if finish.combine in PAIRS:
        problems = [_posed(plane, kernel, options) for kernel in kernels]
        refuse_inexact(sum(problem.bound for problem in problems) + int(abs(finish.bias)))
        return problems
    if finish.combine == "then":
        plane = convolved(_posed(plane, kernels[0], {**options, "stride": 1}))
    return [_posed(plane, kernels[-1], options, finish.bias)]


def _posed(plane: Array, kernel: Array, options: dict[str, Any], bias: float = 0) -> Problem:
    return pose(plane, kernel, 2, bias=bias, groups=1, flip=False, **options)
